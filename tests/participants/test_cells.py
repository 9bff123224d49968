"""Single cells of a sheet: what they mean, at every border of what is taken."""

from datetime import date, timedelta

import pytest

from cbs_desktop.participants import cells

SPREADSHEETS_BEGIN = date(1899, 12, 30)


def refused(read, *cell):
    try:
        return f"read as {read(*cell)}"
    except ValueError as problem:
        return str(problem)


@pytest.mark.parametrize(
    "cell", [None, "", "N/A", "n/a", "-", "?", "Unknown", "inconnu", "NTIBIZWI", "0000-00-00", "00/00/0000"]
)  # fmt: skip
def test_cells_that_say_that_nothing_is_known(cell):
    assert cells.is_not_known(cell)


@pytest.mark.parametrize("cell", [0, 1990, "Nadine", "07", "0788 123 456", "n a but long text"])  # fmt: skip
def test_cells_that_say_something(cell):
    assert not cells.is_not_known(cell)


@pytest.mark.parametrize("cell", ["#N/A", " #REF! ", "#######", "#NAME?"])
def test_what_a_spreadsheet_could_not_calculate_is_an_error(cell):
    assert cells.is_error(cell)
    assert not cells.is_error("# 5") and not cells.is_error(5)


def test_long_numbers_lose_no_digit_unseen():
    assert cells.read_digits(10**15 - 1) == "9" * 15
    assert refused(cells.read_digits, 10**15) == "lost digits"
    assert refused(cells.read_digits, "1,19901E+15") == "lost digits"
    assert cells.read_digits("1199070012345678") == "1199070012345678"
    assert cells.read_digits(-(10**15) + 1)
    assert cells.read_text(788123456.0) == "788123456"
    assert cells.read_text("'0788\u200b") == "0788"
    assert cells.read_text("É\u200e") == "É"


def test_the_first_of_several_phones_is_taken():
    assert cells.phones("0788123 / 0799123") == ["0788123", "0799123"]
    assert cells.phones("078812/0799123") == ["078812/0799123"]
    assert cells.read_phone("0788123456 cyangwa 0799123456") == "0788123456"
    assert cells.read_phone(788123456.0) == "788123456"


def test_a_number_is_whole_and_between_nought_and_three_thousand():
    assert [cells.read_number(each) for each in (0, "3000", 12.0)] == [0, 3000, 12]
    for wrong in (-1, 3001, 2.5, "x", None, date(2000, 1, 1)):
        assert refused(cells.read_number, wrong) == "not a number"


@pytest.mark.parametrize("cell", [45, "45", "45 ans", "imyaka 45", "~45", "45 years old"])  # fmt: skip
def test_ages_in_words(cell):
    assert cells.read_age(cell) == 45
    assert refused(cells.read_age, "old") == "not a number"


def test_days_as_spreadsheets_count_them():
    assert cells.is_serial("10000") and cells.is_serial(79_999)
    assert not cells.is_serial("09999") and not cells.is_serial(80_000)
    assert cells.read_day(40_000) == SPREADSHEETS_BEGIN + timedelta(40_000)
    assert cells.read_birth(30_000) == (SPREADSHEETS_BEGIN + timedelta(30_000), None)


def test_days_in_figures_are_read_in_the_order_of_the_sheet():
    assert cells.read_day("3/5/1990") == date(1990, 5, 3)
    assert cells.read_day("3/5/1990", None, month_first=True) == date(1990, 3, 5)
    assert cells.figures("3/5/1990") == (3, 5, "1990")
    assert cells.figures("3 May 1990") is None and cells.figures(3) is None


def test_a_birth_is_a_day_or_a_year_and_no_year_shown_as_a_day():
    assert cells.read_birth("1990") == cells.read_birth("00/00/1990") == (None, 1990)
    assert cells.read_birth(date(1990, 5, 3)) == (date(1990, 5, 3), None)
    for year in (1900, 2100):
        shown = SPREADSHEETS_BEGIN + timedelta(year)
        assert refused(cells.read_birth, shown) == "year as day"
    for day in (1899, 2101):
        shown = SPREADSHEETS_BEGIN + timedelta(day)
        assert cells.read_birth(shown) == (shown, None)


def test_choices_are_read_in_four_languages():
    assert [cells.read_sex(each) for each in ("Umugore", "homme", "F/femme")] == ["F", "M", "F"]  # fmt: skip
    assert refused(cells.read_sex, "F/M") == refused(cells.read_sex, "?") == "not a sex"
    assert cells.read_yes("Yego") and not cells.read_yes("oya")
    assert refused(cells.read_yes, "maybe") == "not yes or no"
    assert cells.read_categories("Widow; refugee/widow,") == ("refugee", "widow")
    assert refused(cells.read_categories, "tall") == "not a choice"
    assert cells.read_mode("Oral") == "oral"
    assert refused(cells.read_mode, "by post") == "not a choice"
