"""Sheets as offices keep them: what is read, what is passed over, and what is left out rather than guessed."""

from dataclasses import replace
from datetime import date

import pytest
import xlsxwriter

from cbs_desktop.duplicates import arriving
from cbs_desktop.errors import Unreadable
from cbs_desktop.participants import (
    actions,
    cells,
    documents,
    importing,
    phones,
)
from cbs_desktop.places import queries as places
from cbs_desktop.sheets.read import Sheet, read

TODAY = date(2026, 11, 16)
HEAD = (
    "No",
    "Amazina y'umuntu",
    "Igitsina (Gabo/Gore)",
    "Date de naiss.",
    "Umurenge",
    "N° de téléphone",
)


def lines_of(*rows):
    return importing.read(rows, importing.guess(HEAD), 2, TODAY)


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("NOM ET PRENOMS", "name"),
        ("Names of participants", "name"),
        ("Sexe (M/F)", "sex"),
        ("Date de naissance *", "born_on"),
        ("Secteur administratif", "sector"),
        ("Village/Umudugudu", "village"),
        ("N° de téléphone", "phone"),
    ],
)
def test_a_heading_is_known_by_the_words_it_contains(head, field):
    assert importing.guess([head]) == {field: 0}


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("3/5/90", date(1990, 5, 3)),
        ("04/07/78", date(1978, 7, 4)),
        ("22/11/04", date(2004, 11, 22)),
        ("3 May 1990", date(1990, 5, 3)),
        ("3 mai 1990", date(1990, 5, 3)),
        ("1er août 1990", date(1990, 8, 1)),
        ("5 Gicurasi 1990", date(1990, 5, 5)),
        ("1978-07-04T00:00:00", date(1978, 7, 4)),
        ("1965/03/15", date(1965, 3, 15)),
        (28675, date(1978, 7, 4)),
        (28675.0, date(1978, 7, 4)),
    ],
)
def test_births_are_read_and_never_in_the_future(cell, day):
    assert cells.read_birth(cell, TODAY) == (day, None)


def test_a_year_with_zeros_is_a_year():
    assert cells.read_birth("00/00/1990", TODAY) == (None, 1990)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("15/03/20", "short year"),  # six years old, or a hundred and six?
        (date(1905, 5, 31), "year as day"),  # 1978, shown as a day
        ("31/02/1990", "not a date"),
        ("13 Brumaire 1990", "not a date"),
    ],
)
def test_a_doubtful_birth_is_not_guessed(cell, kind):
    with pytest.raises(ValueError, match=kind):
        cells.read_birth(cell, TODAY)


@pytest.mark.parametrize(
    ("cell", "sex"),
    [
        ("Umugore", "F"),
        ("Féminin", "F"),
        ("Fille", "F"),
        ("Femelle", "F"),
        ("Umukobwa", "F"),
        ("female/gore", "F"),
        ("Umugabo", "M"),
        ("MASCULIN", "M"),
        ("Garçon", "M"),
        ("Umuhungu", "M"),
    ],
)
def test_the_words_for_woman_and_man(cell, sex):
    assert cells.read_sex(cell) == sex


@pytest.mark.parametrize("cell", ["G", "2", "Gabo/Gore", ""])
def test_a_sex_that_is_not_certain_is_not_guessed(cell):
    with pytest.raises(ValueError, match="not a sex"):
        cells.read_sex(cell)


@pytest.mark.parametrize(
    ("cell", "age"),
    [(45, 45), (45.0, 45), ("45 ans", 45), ("imyaka 30", 30), ("~50", 50), ("ca. 50", 50)],
)  # fmt: skip
def test_ages_in_words(cell, age):
    assert cells.read_age(cell) == age


@pytest.mark.parametrize(
    "cell", [788000101, 788000101.0, "250788000101", "+250 788 000 101"]
)
def test_a_phone_gets_its_lost_zero_back(cell):
    assert phones.as_written(cells.read_phone(cell), "RW") == "0788 000 101"


@pytest.mark.parametrize("cell", ["1.19907E+15", 1.199070012345678e15])
def test_a_number_that_the_spreadsheet_rounded_is_named(cell):
    with pytest.raises(ValueError, match="lost digits"):
        cells.read_digits(cell)


def test_signs_that_nobody_sees_are_taken_out():
    assert cells.read_text("\ufeff'UWASE\u200b Alice\u200f") == "UWASE Alice"


def test_numbered_blanks_totals_and_the_foot_are_passed_over():
    rows = [
        (1, "UWASE Alice", "Gore", "3/5/90", "Muhoza", 788000101),
        (2, "", "", "", "", ""),
        ("", "TOTAL", "", "", 1, ""),
        ("", "Byakozwe na: KEZA", "", "", "", ""),
        ("", "Umukono", "", "", "", ""),
    ]
    lines = lines_of(*rows)
    assert [line.row for line in lines] == [2]
    assert importing.passed_over(rows, lines, 2) == [3, 4, 5, 6]


def test_a_person_of_whom_only_the_name_is_given_is_not_passed_over():
    (found,) = lines_of((1, "UWASE Alice", "", "", "", ""))
    assert found.details.own_name == "UWASE"


def test_not_known_is_empty_and_not_a_fault():
    (found,) = lines_of((1, "UWASE Alice", "F", "0000-00-00", "Muhoza", "N/A"))
    assert (found.details.born_on, found.details.phone, found.faults) == (None, "", ())


def test_age_in_one_row_and_year_in_another():
    mapping = importing.guess(("Name", "Sex", "Birth year", "Age", "Sector"))
    rows = [("A B", "F", 1980, "", "Muhoza"), ("C D", "F", "", 46, "Muhoza")]
    first, second = importing.read(rows, mapping, 2, TODAY)
    assert (first.details.born_year, first.details.age_estimated) == (1980, False)
    assert (second.details.born_year, second.details.age_estimated) == (1980, True)


def test_an_empty_sector_is_said():
    (found,) = lines_of((1, "UWASE Alice", "F", "", "", ""))
    assert [fault.kind for fault in found.faults] == ["sector missing"]


@pytest.mark.parametrize(
    "spelling", ["CYUVE", "Umurenge wa Cyuve", "Cyuve Sector", "Cyuve."]
)
def test_one_sector_however_it_is_written(office, lines, spelling):
    office.do(actions.import_people, lines(1, sector="Cyuve"))
    others = [
        replace(line, row=line.row + 10) for line in lines(4, sector=spelling)[1:]
    ]
    office.do(actions.import_people, others)
    known = [one.name for one in office.ask(places.sectors)]
    assert known.count("Musanze › Cyuve") == 1
    assert not [name for name in known if "CYUVE" in name or "wa" in name]


@pytest.mark.parametrize("spelling", ["Civve", "Cyuuve", "Cyuve 1"])
def test_a_spelling_of_a_known_sector_is_asked_about(office, lines, spelling):
    office.do(actions.import_people, lines(1, sector="Cyuve"))
    doubtful = lines(3, sector=spelling)[2:]
    (fault,) = office.ask(arriving.import_check, doubtful)
    assert (fault.kind, fault.facts["near"]) == ("spelled otherwise", "Cyuve")


def test_the_others_are_imported_and_the_rest_can_be_given_again(
    office, lines, tmp_path
):
    good = lines(3)
    bad = [good[0], replace(good[1], details=replace(good[1].details, sex="")), good[2]]
    faults = office.ask(arriving.import_check, bad)
    left = importing.without_faults(bad, faults)
    assert office.do(actions.import_people, left).keys() == {2, 4}
    sheet = Sheet(("Names", "Sex"), [("a b", "F"), ("c d", "?"), ("e f", "M")], 2)
    path = tmp_path / "rest.xlsx"
    path.write_bytes(documents.left_out(sheet, faults))
    again = read(path)
    assert again.header == ("Names", "Sex", "Row in the file", "Problem")
    assert [row[:3] for row in again.rows] == [("c d", "?", 3.0)]
    assert importing.guess(again.header) == {"name": 0, "sex": 1}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("titles.csv", "List;of Muhoza;2026\n;;\nNames;Sex;Age;Sector;Cell;Phone\nA B;F;30;Muhoza;;\n"),
        ("sep.csv", "sep=;\nNames;Sex;Age;Sector;Cell;Phone\nA B;F;30;Muhoza;;\n"),
        ("named.xlsx", "Names,Sex,Age,Sector,Cell,Phone\nA B,F,30,Muhoza,,\n"),
    ],
)  # fmt: skip
def test_the_heading_is_found_whatever_stands_above_it(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, "utf-8")
    sheet = read(path)
    assert sheet.header == ("Names", "Sex", "Age", "Sector", "Cell", "Phone")
    assert [row[:4] for row in sheet.rows] == [("A B", "F", "30", "Muhoza")]


def test_a_heading_of_two_rows_is_read_as_one(tmp_path):
    path = tmp_path / "two.csv"
    path.write_text(
        "Names,,Sex,Place,,\nOwn name,Other names,,District,Sector,Village\nA,B,F,Musanze,Muhoza,Kabeza\n"
    )
    sheet = read(path)
    assert sheet.header == ("Own name", "Other names", "Sex", "District", "Sector", "Village")  # fmt: skip
    assert (len(sheet.rows), sheet.first_row) == (1, 3)


def test_a_blank_head_over_people_is_no_second_heading(tmp_path):
    path = tmp_path / "one.csv"
    path.write_text("Names,,Sex,,Sector\nA B,x,F,y,Muhoza\n")
    assert len(read(path).rows) == 1


def test_formulas_without_a_value_are_not_taken_for_empty(tmp_path):
    path = tmp_path / "formulas.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ("Names", "Sex", "Consent date"))
        page.write_row(1, 0, ("A B", "F"))
        page.write_formula(1, 2, "=TODAY()", value="")
    with pytest.raises(Unreadable) as raised:
        read(path)
    assert raised.value.facts["kind"] == "formulas"


def test_one_card_is_one_person_however_the_name_is_written(office, lines):
    first, second, third = lines(3)
    card = "1 1978 7 0012345 6 78"
    same = [
        replace(line, details=replace(line.details, id_number=number, id_kind="national ID"))
        for line, number in ((first, card), (second, card.replace(" ", "")), (third, "2"))
    ]  # fmt: skip
    faults = office.ask(arriving.import_check, same)
    assert [(fault.row, fault.kind) for fault in faults] == [(second.row, "same card")]


def test_what_a_phone_form_counts_is_no_card():
    assert importing.guess(("_id", "grp_place/umurenge", "Sexe")) == {
        "sector": 1,
        "sex": 2,
    }


def test_the_people_of_a_phone_form_are_joined_with_their_place(tmp_path):
    path = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(path) as book:
        form, people = book.add_worksheet("Form"), book.add_worksheet("person")
        form.write_row(0, 0, ("start", "grp/district", "grp/umurenge", "_id", "_index"))
        form.write_row(1, 0, ("2026-11-20", "musanze", "muhoza", 101, 1))
        form.write_row(2, 0, ("2026-11-20", "musanze", "cyuve", 102, 2))
        people.write_row(
            0, 0, ("p/izina_bwite", "p/andi_mazina", "p/igitsina", "_parent_index")
        )
        people.write_row(1, 0, ("KEZA", "Alice", "gore", 2))
        people.write_row(2, 0, ("MUGABO", "Jean", "gabo", 1))
    sheet = read(path)
    mapping = importing.guess(sheet.header)
    assert not importing.mapping_faults(mapping) and "id_number" not in mapping
    first, second = importing.read(sheet.rows, mapping, sheet.first_row, TODAY)
    assert (first.details.own_name, first.details.sex, first.place[:2]) == (
        "KEZA",
        "F",
        ("musanze", "cyuve"),
    )
    assert (second.details.own_name, second.place[:2]) == (
        "MUGABO",
        ("musanze", "muhoza"),
    )


def test_the_table_may_stand_on_the_second_sheet(tmp_path):
    path = tmp_path / "second.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Cover").write(0, 0, "Our district")
        people = book.add_worksheet("People")
        people.write_row(0, 0, HEAD)
        people.write_row(1, 0, (1, "UWASE Alice", "F", "3/5/90", "Muhoza", ""))
    assert read(path).header == HEAD


@pytest.mark.parametrize("content", ["sep=;\n", "\ufeff", "\n\n"])
def test_a_text_of_nothing_is_said_in_words(tmp_path, content):
    path = tmp_path / "nothing.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(Unreadable) as raised:
        read(path)
    assert raised.value.facts["kind"] == "no rows"


def test_a_workbook_whose_directory_is_broken_is_said_in_words(tmp_path):
    path = tmp_path / "broken.xlsx"
    content = bytearray(documents.left_out(Sheet(("Names",), [("a",)], 2), []))
    content[content.rfind(b"PK\x01\x02") + 2] = 0
    path.write_bytes(content)
    with pytest.raises(Unreadable) as raised:
        read(path)
    assert raised.value.facts["kind"] == "damaged"
