"""Sheets as offices keep them: headers in four languages, cells of every kind."""

from datetime import date, datetime

import pytest

from cbs_desktop import rooms
from cbs_desktop.errors import Fault
from cbs_desktop.participants import importing
from cbs_desktop.problems import say_fault

DAY = date(2026, 3, 1)


def line(mapping, *cells):
    (found,) = importing.read([cells], mapping, 2, DAY)
    return found


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (
            ("No", "Names", "Gender", "Sector", "Village"),
            {"name", "sex", "sector", "village"},
        ),
        (
            ("Izina bwite", "Andi mazina", "Igitsina", "Umurenge", "Akarere"),
            {"own_name", "other_names", "sex", "sector", "district"},
        ),
        (
            ("Nom", "Prénom", "Sexe", "Commune", "Date de naissance"),
            {"name", "other_names", "sex", "district", "born_on"},
        ),
        (
            ("Amazina", "Igitsina", "Komine", "Imyaka"),
            {"name", "sex", "district", "age"},
        ),
    ],
)
def test_columns_are_guessed_from_their_headers(headers, fields):
    assert importing.guess(headers).keys() == fields


def test_what_is_missing_is_said_before_any_row_is_read():
    faults = importing.mapping_faults(importing.guess(("Telephone", "Village")))
    assert {(f.field, f.kind) for f in faults} == {
        ("own_name", "no column"),
        ("sex", "no column"),
        ("place_id", "no column"),
    }


FULL = importing.guess(
    (
        "Own name",
        "Other names",
        "Sex",
        "Birth date",
        "Age",
        "District",
        "Sector",
        "Phone",
        "Consent date",
    )
)


def test_one_row_in_full():
    found = line(
        FULL,
        "MUKAMANA",
        "Alice",
        "F",
        "04/05/1990",
        "",
        "Musanze",
        "Muhoza",
        788123456.0,
        datetime(2026, 2, 1),
    )
    assert (found.details.own_name, found.details.sex, found.details.born_on) == (
        "MUKAMANA",
        "F",
        date(1990, 5, 4),
    )
    assert found.details.phone == "788123456" and found.consent.given_on == date(
        2026, 2, 1
    )
    assert found.place == ("Musanze", "Muhoza", "", "") and found.faults == ()


def test_age_alone_makes_an_estimated_year():
    found = line(FULL, "KEZA", "", "M", "", 30, "Musanze", "", "", "")
    assert (
        found.details.born_year,
        found.details.age_estimated,
        found.details.born_on,
    ) == (1996, True, None)


@pytest.mark.parametrize(
    ("place", "cell", "kind"),
    [
        (2, "X", "not a sex"),
        (3, "31/11/1990", "not a date"),
        (3, "soon", "not a date"),
        (4, "old", "not a number"),
        (8, "soon", "not a date"),
    ],
)
def test_a_cell_that_cannot_be_read_names_row_field_and_cell(place, cell, kind):
    cells = ["KEZA", "", "M", "1990-01-01", "", "Musanze", "Muhoza", "", ""]
    cells[place] = cell
    (fault,) = line(FULL, *cells).faults
    assert (fault.kind, fault.row, fault.facts["cell"]) == (kind, 2, cell)


def test_one_column_for_the_whole_name_takes_the_first_word_as_own_name():
    found = line(
        {"name": 0, "sex": 1, "district": 2}, "UWIMANA Marie Claire", "gore", "Ngoma"
    )
    assert (found.details.own_name, found.details.other_names, found.details.sex) == (
        "UWIMANA",
        "Marie Claire",
        "F",
    )


def test_empty_rows_are_passed_over_and_rows_keep_their_number():
    rows = [("", ""), ("KEZA", "M"), (None, None), ("UWERA", "F")]
    assert [
        one.row for one in importing.read(rows, {"own_name": 0, "sex": 1}, 5, DAY)
    ] == [6, 8]


def test_a_row_that_ends_before_its_last_columns_has_them_empty():
    mapping = {"own_name": 0, "sex": 1, "phone": 2, "district": 3}
    (line,) = importing.read([("KEZA", "F")], mapping, 2, DAY)
    assert (line.details.phone, line.place[1], line.faults) == ("", "", ())
    assert line.details.age_estimated is False


def test_somebody_who_stands_in_a_row_above_is_said_to():
    rooms.open_problems()
    fault = Fault("own_name", "same card", {"where": 2}, 4)
    said = say_fault(fault, named=True)
    assert said == "Row 4, Own name: Somebody with the same ID number is already listed: row 2."  # fmt: skip
