"""Languages and days as offices write them, and in their order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbs_desktop.participants import availability as a
from cbs_desktop.participants.rules import PersonDetails


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("Monday, jeudi", (0, 3)),
        ("kuwa gatanu", (4,)),
        ("1/7", (0, 6)),
        (3.0, (2,)),
        ("Lundi;lundi", (0,)),
    ],
)
def test_days_in_a_sheet(cell, days):
    assert a.read_days(cell) == days


def test_languages_in_a_sheet():
    assert a.read_languages("Kinyarwanda, Français; sw") == ("rw", "fr", "sw")


@pytest.mark.parametrize("cell", ["someday", "8", "Monday and Tuesday"])
def test_what_is_no_day_is_refused(cell):
    with pytest.raises(ValueError, match="not a choice"):
        a.read_days(cell)


@given(
    st.lists(st.sampled_from(a.LANGUAGES), unique=True),
)
def test_languages_stand_in_the_order_of_the_form(languages):
    assert a.listed(languages) == tuple(c for c in a.LANGUAGES if c in languages)
    assert a.listed([*languages, "xx"])[-1] == "xx"


@pytest.mark.parametrize(
    ("languages", "days", "wrong"),
    [
        ((), (), []),
        (a.LANGUAGES, a.DAYS, []),
        (("rw",), (), []),
        (("xx",), (), ["languages"]),
        ((), (7,), ["days"]),
        (("rw", "xx"), (0, 7), ["languages", "days"]),
    ],
)
def test_what_is_not_listed_is_named(languages, days, wrong):
    details = PersonDetails("KEZA", "", "F", 1, languages=languages, days=days)
    assert [fault.field for fault in a.faults(details)] == wrong
