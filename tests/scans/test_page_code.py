"""The code of a page: what one wrong letter does to it, and what is forgiven."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbs_desktop.safe.keys import CODE_LETTERS
from cbs_desktop.scans import page_code
from cbs_desktop.scans.layout import PageShape
from cbs_desktop.scans.page_code import PageCode

ids = st.builds(
    lambda drawn: drawn + page_code._check_letter(drawn),
    st.text(CODE_LETTERS, min_size=8, max_size=8),
)
REGISTER = PageShape("register", 18, 1, 4)


@given(ids, st.integers(0, 8), st.sampled_from(CODE_LETTERS))
def test_one_wrong_letter_is_noticed(page, place, letter):
    wrong = page[:place] + letter + page[place + 1 :]
    assert page_code.is_page_id(wrong) == (wrong == page)


@given(ids, st.integers(0, 7))
def test_an_exchange_of_neighbours_is_noticed(page, place):
    wrong = page[:place] + page[place + 1] + page[place] + page[place + 2 :]
    assert page_code.is_page_id(wrong) == (wrong == page)


@given(ids)
def test_look_alikes_case_and_dashes_are_forgiven(page):
    as_written = page_code.short(page).lower().replace("0", "o").replace("1", "l")
    assert page_code.typed(f" {as_written} ") == page


@given(ids, st.text(CODE_LETTERS, min_size=1, max_size=8))
def test_a_code_comes_back(page, office):
    code = PageCode(REGISTER, office, page)
    assert page_code.parse(page_code.text(code)) == code


def test_new_ids_are_ids_and_differ():
    made = {page_code.new_page_id() for _ in range(200)}
    assert len(made) == 200
    assert all(map(page_code.is_page_id, made))


def test_as_it_stands_on_paper():
    page = "M2X94TBC" + page_code._check_letter("M2X94TBC")
    code = PageCode(REGISTER, "7KQ4", page)
    assert page_code.text(code) == f"CBSP:R1.18.1.4:7KQ4:{page}"
    assert page_code.short(page) == f"M2X9-{page[4:]}"


@pytest.mark.parametrize(
    "text",
    ["", "CBSP:", "HELLO", "CBSP:R1.18.1.4:7KQ4:M2X94TBC", "CBSP:R1.99.1.4:7KQ4:000000000", "cbsp:R1.18.1.4:7KQ4:000000000"],
)  # fmt: skip
def test_other_texts_are_none(text):
    assert page_code.parse(text) is None


def test_the_version_of_a_page_of_tomorrow_is_told():
    tomorrow = "CBSP:R7.60.9.9:7KQ4:000000000"
    assert page_code.version(tomorrow) == 7
    assert page_code.parse(tomorrow) is None
    assert page_code.version("something else") is None
