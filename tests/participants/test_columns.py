"""What concerns a whole column of a list is decided once and said once."""

from datetime import date

import pytest
import xlsxwriter

from cbs_desktop.participants import columns, importing
from cbs_desktop.participants.columns import ImportChoices
from cbs_desktop.participants.problems import REMARKS, say_remark
from cbs_desktop.sheets.read import Sheet, read

TODAY = date(2026, 11, 16)


@pytest.fixture
def read_list(tmp_path):
    """A list as a small file, read: its people, and the sentences about its columns."""

    def make(header, *rows, choices=None, name="list.xlsx"):
        path = tmp_path / name
        with xlsxwriter.Workbook(path) as book:
            page = book.add_worksheet("P")
            days = book.add_format({"num_format": "yyyy-mm-dd"})
            for number, row in enumerate((header, *rows)):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        page.write_datetime(number, column, cell, days)
                    else:
                        page.write(number, column, cell)
        return taken(read(path), choices)

    return make


def taken(sheet, choices=None):
    mapping = importing.guess(sheet.header)
    how = columns.look(sheet, mapping, TODAY, choices)
    lines = importing.read(sheet.rows, mapping, sheet.first_row, TODAY, how)
    return lines, {remark.kind: say_remark(remark) for remark in how.remarks}


def born(lines):
    return [line.details.born_on for line in lines]


def people(*cells):
    """Rows of invented people with one more cell each."""
    return [(f"KEZA{n} Ineza", "F", "Muhoza", cell) for n, cell in enumerate(cells)]


HEAD = ("Names", "Sex", "Sector", "DOB")


def test_one_day_shows_that_the_column_is_month_first(read_list):
    lines, said = read_list(HEAD, *people("3/25/1990", "3/5/1990", "12/1/85"))
    assert born(lines) == [date(1990, 3, 25), date(1990, 3, 5), date(1985, 12, 1)]
    assert said["month first"] == "Dates in “DOB” are month first: 3/5/1990 is 5 March 1990."  # fmt: skip
    assert not any(line.faults for line in lines)


def test_a_column_of_both_orders_leaves_out_what_may_be_either(read_list):
    lines, said = read_list(HEAD, *people("3/25/1990", "25/3/1990", "3/5/1990"))
    assert born(lines) == [date(1990, 3, 25), date(1990, 3, 25), None]
    assert [fault.kind for fault in lines[2].faults] == ["day or month"]
    assert "both day first and month first" in said["day or month"]


def test_a_day_that_is_none_says_nothing_of_its_column(read_list):
    lines, said = read_list(HEAD, *people("25/13/1990", "25/3/1990", "3/5/1990"))
    assert born(lines) == [None, date(1990, 3, 25), date(1990, 5, 3)] and said == {}


def test_days_stay_day_first_without_a_sign_of_the_other(read_list):
    lines, said = read_list(HEAD, *people("3/5/1990", "4/6/1990"))
    assert born(lines) == [date(1990, 5, 3), date(1990, 6, 4)] and said == {}


def test_years_of_two_digits_are_one_sentence(read_list):
    _lines, said = read_list(HEAD, *people("3/5/90", "4/6/71", "16/11/1980"))
    assert said["short years"] == (
        "Years in “DOB” have two digits: 3/5/90 is read as 3 May 1990. Cells: 2."
    )


def test_days_as_the_spreadsheet_counts_them_are_one_sentence(read_list):
    lines, said = read_list(HEAD, *people(28675, 28676))
    assert born(lines) == [date(1978, 7, 4), date(1978, 7, 5)]
    assert said["serial days"].endswith("28675 is 4 July 1978. Cells: 2.")


def test_days_that_a_program_may_have_swapped_are_said(read_list):
    swapped = [date(1990, 5, 3), date(1991, 1, 12), date(1985, 12, 7), "25/3/1990"]
    _lines, said = read_list(HEAD, *people(*swapped))
    assert "swapped" in said["swapped days"]
    _lines, said = read_list(HEAD, *people(*swapped, date(1970, 1, 30)))
    assert said == {}


def test_unseen_signs_are_counted(read_list):
    lines, said = read_list(HEAD, *people("3/5/1990\u200b", "\ufeff4/6/1990", "1990"))
    assert said["unseen signs"].endswith("Cells: 2.")
    assert born(lines)[:2] == [date(1990, 5, 3), date(1990, 6, 4)]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("First and last name", "Marie Claire UWASE"),
        ("Prénom et nom", "Marie Claire Uwase"),
        ("Prénoms et Nom", "Marie Claire UWASE"),
        ("First name, last name", "Marie Claire Uwase"),
    ],
)
def test_given_names_may_stand_first(read_list, header, name):
    (line,), said = read_list((header, "Sex", "Sector"), (name, "F", "Muhoza"))
    assert (line.details.own_name.upper(), line.details.other_names) == (
        "UWASE",
        "Marie Claire",
    )
    assert header in said["given first"]


def test_capitals_show_that_given_names_stand_first(read_list):
    names = ["Marie Claire UWASE", "Jean HABIMANA", "Aline KEZA"]
    lines, said = read_list(("Names", "Sex", "Sector"), *[(name, "F", "X") for name in names])  # fmt: skip
    assert [line.details.own_name for line in lines] == ["UWASE", "HABIMANA", "KEZA"]
    assert "given first" in said


def test_a_person_may_say_otherwise(read_list):
    row = ("Marie UWASE", "F", "Muhoza")
    (line,), said = read_list(
        ("First and last name", "Sex", "Sector"), row, choices=ImportChoices(given_first=False)
    )  # fmt: skip
    assert line.details.own_name == "Marie" and said == {}


def test_nom_and_prenom_are_two_columns(read_list):
    (line,), _said = read_list(("Nom", "Prénom", "Sexe", "Secteur"), ("UWASE", "Marie", "F", "X"))  # fmt: skip
    assert (line.details.own_name, line.details.other_names) == ("UWASE", "Marie")


@pytest.mark.parametrize("numbers", [(1, 2, 3), ("1", "2", "3"), (17, 18), (1,)])
def test_a_number_that_counts_the_rows_is_no_id_number(read_list, numbers):
    lines, said = read_list(("Names", "Sex", "Sector", "ID"), *people(*numbers))
    assert {line.details.id_number for line in lines} == {""}
    assert said["running number"] == "“ID” only counts the rows; it is not entered as ID number."  # fmt: skip


def test_a_real_id_number_is_taken(read_list):
    cards = ("1 1978 7 0012345 6 78", "1197870012345690", "1196580012345611")
    lines, said = read_list(("Names", "Sex", "Sector", "ID"), *people(*cards))
    assert [line.details.id_number for line in lines] == list(cards) and said == {}


def test_card_numbers_that_lost_their_end_are_not_entered(read_list):
    cards = ("1197870012345670", "1196580012345610", "1199080012345680")
    lines, said = read_list(("Names", "Sex", "Sector", "ID"), *people(*cards))
    assert {line.details.id_number for line in lines} == {""}
    assert "lost their last digit" in said["lost ends"] and not lines[0].faults


def test_card_numbers_that_the_spreadsheet_rounded_are_one_sentence(read_list):
    cards = (1197870012345678, 1196580012345611, 1.19908e15, "1199080012345681")
    lines, said = read_list(("Names", "Sex", "Sector", "ID"), *people(*cards))
    assert [line.details.id_number for line in lines] == ["", "", "", cards[3]]
    assert said["rounded"].endswith("Numbers: 3.") and not lines[0].faults


def test_one_rounded_number_among_others_is_a_fault_of_its_row(read_list):
    cards = ("1197870012345678", "1196580012345611", 1.19908e15)
    lines, said = read_list(("Names", "Sex", "Sector", "ID"), *people(*cards))
    assert [fault.kind for fault in lines[2].faults] == ["lost digits"] and said == {}


@pytest.mark.parametrize(
    "cell",
    ["0788000101/0722000102", "0788 000 101; 0722 000 102", "0788000101 ou 0722000102", "0788000101\n0722000102"],
)  # fmt: skip
def test_of_several_phones_the_first_is_taken(read_list, cell):
    lines, said = read_list(("Names", "Sex", "Sector", "Phone"), *people(cell, "0788/000/103"))  # fmt: skip
    assert lines[0].details.phone.replace(" ", "") == "0788000101"
    assert lines[1].details.phone == "0788/000/103"
    assert said["several phones"].endswith("the first is entered. Cells: 1.")


@pytest.mark.parametrize("yes", ["Yego", "Ego", "Oui", "YES", "x", 1, True])
def test_a_yes_is_no_day_of_consent(read_list, yes):
    head = ("Names", "Sex", "Sector", "Consent")
    (line,), said = read_list(head, *people(yes))
    assert line.consent is None and line.faults == ()
    assert "Give the day of consent" in said["consent without day"]
    choices = ImportChoices(consent_on=date(2026, 11, 2))
    (line,), said = read_list(head, *people(yes), choices=choices)
    assert line.consent.given_on == date(2026, 11, 2)
    assert "02/11/2026 is entered as the day of consent" in said["consent on"]


@pytest.mark.parametrize("no", ["Oya", "Non", "no", 0])
def test_whoever_said_no_is_left_out(read_list, no):
    (line,), _said = read_list(("Names", "Sex", "Sector", "Consent"), *people(no))
    assert [fault.kind for fault in line.faults] == ["consent refused"]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#NOM?", "########"])
def test_error_cells_are_faults_of_their_rows(read_list, error):
    lines, _said = read_list(HEAD, *people(error, "3/5/1990"))
    assert [fault.kind for fault in lines[0].faults] == ["error cell"]
    assert lines[1].faults == ()


def test_what_the_sheet_itself_has_to_say_comes_with_it():
    sheet = Sheet(HEAD, people("1990"), 2, hidden=(2,), merged=((2, 2, 3, 2),), repaired=4)  # fmt: skip
    _lines, said = taken(sheet)
    assert set(said) == {"repaired", "hidden rows", "merged cells"}


def test_every_remark_has_its_words():
    assert all(words[0].isupper() or words[0] == "“" for words in REMARKS.values())
