"""The signed text of the QR: comes back whole, and nothing else passes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbs_desktop.certificates import code
from cbs_desktop.errors import NotACertificate
from cbs_desktop.safe import sign

KEY = bytes(range(32))
FACTS = code.Facts("MU-L1-2026A-0001", "MUKAMANA Alice", 13, 15, date(2026, 6, 29), date(2026, 7, 3))


@pytest.fixture
def text():
    return code.make(FACTS, lambda message: sign.sign(KEY, message))


def test_it_comes_back_and_only_under_its_key(text):
    assert code.genuine(text, sign.public_of(KEY)) == FACTS
    assert code.genuine(text, sign.public_of(bytes(32))) is None
    assert code.genuine(f" {text}\n", sign.public_of(KEY)) == FACTS


@given(st.data())
def test_a_changed_letter_is_never_genuine(data):
    text = code.make(FACTS, lambda message: sign.sign(KEY, message))
    place = data.draw(st.integers(len(code.PREFIX), len(text) - 1))
    letter = data.draw(
        st.sampled_from([c for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:" if c != text[place]])
    )
    changed = text[:place] + letter + text[place + 1 :]
    try:
        found = code.genuine(changed, sign.public_of(KEY))
    except NotACertificate:
        return
    assert found is None


@pytest.mark.parametrize("text", ["", "CBS1:", "hello", "CBS1:%%%", "CBS1:0", "CBS1:" + "Z" * 3000, "CBS2:6BFOXN"])
def test_other_texts_are_none_of_ours(text):
    with pytest.raises(NotACertificate):
        code.read(text)


@given(st.text(max_size=300))
def test_no_text_makes_it_fail_otherwise(text):
    try:
        code.read("CBS1:" + text)
    except NotACertificate:
        return


@given(st.binary(max_size=200))
def test_base45_comes_back(data):
    assert code.decode(code.encode(data)) == data


@pytest.mark.parametrize(
    ("data", "text"), [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"ietf!", "QED8WEX0")]
)
def test_base45_as_the_standard_has_it(data, text):
    assert code.encode(data) == text
