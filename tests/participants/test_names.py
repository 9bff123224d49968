"""The letters of names: every sign that is taken can be printed, and no other script slips in."""

import unicodedata

import pytest

from cbs_desktop.paper import fonts
from cbs_desktop.participants.names import name_faults


def kinds(name):
    return [fault.kind for fault in name_faults("own_name", name)]


def test_whatever_is_taken_in_a_name_can_be_printed():
    taken = [chr(n) for n in range(0x20, 0x3000) if not kinds(f"A{chr(n)}")]
    seen = [sign for sign in taken if unicodedata.category(sign)[0] in "LNPSM"]
    for font in (fonts.TEXT, fonts.STRONG):
        assert not [sign for sign in seen if fonts.missing(sign, font)]
    assert len(seen) > 700


@pytest.mark.parametrize("name", ["", "MUKAMANA", "O’BRIEN", "Nguyễn", "E\u0331\u0302", "=1+1", "& Co", "a b"])  # fmt: skip
def test_names(name):
    assert kinds(name) == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("--", "no letter"), ("Алиса", "strange sign"), ("A☮", "strange sign"), ("A×B", "strange sign"),
        ("A" + "\u0317" * 4, "accents"),
    ],
)  # fmt: skip
def test_what_is_no_name(name, kind):
    assert kinds(name) == [kind]


def test_the_strange_signs_are_named_once_each():
    (fault,) = name_faults("own_name", "KEZA 王王秀")
    assert fault.facts == {"signs": "王 秀"}
