"""The number of the national ID of Rwanda: its parts, what does not agree, and how little of it is shown."""

from dataclasses import replace
from datetime import date

import pytest

from cbs_desktop.participants import national_id
from cbs_desktop.participants.national_id import NationalId
from cbs_desktop.participants.rules import PersonDetails
from cbs_desktop.problems import say_fault

DAY = date(2026, 3, 2)
CARD = "1 1985 7 0123456 0 12"
WOMAN = PersonDetails(
    "MUKAMANA", "Alice", "F", 1, born_on=date(1985, 5, 4), id_kind="national ID", id_number=CARD
)  # fmt: skip


def kinds(details, country="RW"):
    return [fault.kind for fault in national_id.doubts(details, country, DAY)]


def test_the_parts_of_a_number():
    parts = NationalId("citizen", 1985, "F", "0123456", 0, "12")
    assert national_id.parse(CARD) == national_id.parse("1198570123456012") == parts
    assert national_id.parse("2 2001 8 0123456 1 99").status == "refugee"
    assert national_id.parse("9 2001 1 0123456 1 99").status == ""


@pytest.mark.parametrize("number", ["", "119857", "1198570123456O12", "x" * 16, CARD + "1"])  # fmt: skip
def test_what_is_no_such_number(number):
    assert national_id.parse(number) is None


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"id_number": CARD.replace(" ", "")}, []),
        ({"id_number": ""}, []),
        ({"sex": "M"}, ["card sex F"]),
        ({"born_on": date(1986, 5, 4)}, ["card year"]),
        ({"born_on": None, "born_year": 1986}, ["card year"]),
        ({"born_on": None, "born_year": 1986, "age_estimated": True}, []),
        ({"born_on": None, "born_year": None}, []),
        ({"id_number": "119857012345601"}, ["card digits"]),
        ({"id_number": "11985701234560123"}, ["card digits"]),
        ({"id_number": "5198570123456012"}, ["card status"]),
        ({"id_number": "1185070123456012"}, ["card year unknown"]),
        ({"id_number": "1198530123456012"}, ["card sex unknown"]),
        ({"id_number": "1201270123456012", "born_on": date(2012, 1, 1)}, ["card too early"]),
        ({"id_number": "1190070123456012", "born_on": date(1900, 1, 1)}, []),
        ({"id_number": "1189970123456012", "born_on": date(1899, 1, 1)}, ["card year unknown"]),
        ({"id_number": "1201070123456012", "born_on": date(2010, 12, 1)}, []),
        ({"id_number": "1201170123456012", "born_on": date(2011, 1, 1)}, ["card too early"]),
        ({"id_number": "1202670123456012", "born_on": None, "born_year": None}, []),
        ({"id_number": "1202770123456012", "born_on": None, "born_year": None}, ["card year unknown"]),
        ({"id_kind": "passport", "id_number": "PC12"}, []),
        ({"id_kind": "refugee ID", "sex": "M"}, []),
        ({"id_kind": "", "sex": "M"}, ["card sex F"]),
        ({"id_kind": "", "id_number": "123"}, []),
    ],
)  # fmt: skip
def test_what_does_not_agree_is_named(change, found):
    assert kinds(replace(WOMAN, **change)) == found


def test_numbers_of_burundi_are_free_text_and_a_rwandan_card_is_known_there_too():
    assert kinds(replace(WOMAN, id_number="531/1234.567"), "BI") == []
    assert kinds(replace(WOMAN, sex="M"), "BI") == ["card sex F"]


@pytest.mark.parametrize("change", [{"sex": "M"}, {"id_number": "12"}, {"born_on": date(1990, 1, 1)}])  # fmt: skip
def test_every_doubt_has_its_sentence(change):
    for doubt in national_id.doubts(replace(WOMAN, **change), "RW", DAY):
        said = say_fault(doubt)
        assert (
            said != "Please check this." and "{" not in said and "0123456" not in said
        )


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("", ""), ("1198570123456012", "•••• 6012"), ("12345678", "•••• 5678"), ("123456", "•••• 456"),
        ("12", "•••• 2"), ("1", "••••"), ("PC123456", "•••• 3456"),
    ],
)  # fmt: skip
def test_a_screen_shows_the_end(number, shown):
    assert national_id.masked(number) == shown
