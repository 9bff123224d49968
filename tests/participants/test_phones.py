"""Phone numbers of two countries: as they are typed, as they are kept, which cannot be one, and who may be called."""

from dataclasses import replace

import pytest

from cbs_desktop.errors import Invalid
from cbs_desktop.participants import actions, importing, phones, queries, rules
from cbs_desktop.participants.rules import PersonDetails
from cbs_desktop.problems import say_fault
from cbs_desktop.store import search
from tests.conftest import DAY
from tests.tamper import sql


@pytest.fixture
def alice(musanze):
    return PersonDetails("MUKAMANA", "Alice", "F", musanze, phone="788123456")


@pytest.mark.parametrize(
    ("country", "typed", "kept"),
    [
        ("RW", "788123456", "0788 123 456"),
        ("RW", "0788/123/456", "0788 123 456"),
        ("RW", "+250 788-123-456", "0788 123 456"),
        ("RW", "250788123456", "0788 123 456"),
        ("RW", "00250788123456", "0788 123 456"),
        ("RW", "+257 79123456", "+257 79 123 456"),
        ("RW", "25779123456", "+257 79 123 456"),
        ("RW", "+250 741 234 567", "+250 741 234 567"),  # a beginning that is new
        ("RW", "78812345", ""),
        ("RW", "0788 12 345", ""),
        ("RW", "79 123 456", ""),  # may be a Rwandan number that lost a digit
        ("RW", "0788 123 4567", ""),
        ("RW", "+250 7", ""),
        ("BI", "79123456", "79 123 456"),
        ("BI", "+25779123456", "79 123 456"),
        ("BI", "22 20 10 00", "22 201 000"),
        ("BI", "+250788123456", "+250 788 123 456"),
        ("BI", "0788123456", ""),
        ("CD", "+243 991234567", "0991 234 567"),
        ("CD", "+250788123456", "+250 788 123 456"),
        ("CD", "0788 123 456", ""),
        ("", "0788123", "0788123"),
        ("RW", "", ""),
    ],
)  # fmt: skip
def test_numbers_as_they_are_typed_and_kept(country, typed, kept):
    assert phones.as_written(typed, country) == kept
    if kept:
        assert phones.as_written(kept, country) == kept


@pytest.mark.parametrize("country", ["RW", "BI"])
def test_the_short_way_says_what_the_library_says(country):
    for start in range(10_000):
        digits = f"{start:04}12345"[: 9 if country == "RW" else 8]
        usual = phones._usual_mobile(digits, country)
        found = phones._understood(digits, country)
        assert not usual or (found and phones._form(found, country) == usual)


def test_a_number_that_cannot_be_one_gets_a_sentence_with_a_way_out(office, alice):
    with pytest.raises(Invalid) as refused:
        office.do(actions.register, replace(alice, phone="0788 12 345"))
    (fault,) = refused.value.faults
    said = say_fault(fault)
    assert fault.field == "phone" and "0788 123 456" in said and "+" in said
    person = office.do(actions.register, replace(alice, phone="+243 991 234 567"))
    assert office.ask(queries.form, person).details.phone == "+243 991 234 567"


def test_register_change_and_import_keep_the_writing_of_the_office(office, alice):
    person = office.do(actions.register, alice)
    details = office.ask(queries.form, person).details
    assert details.phone == "0788 123 456" and details.safe_to_call is None
    changed = replace(details, phone="+250789999999", phone_of="KEZA, sister", safe_to_call=False)  # fmt: skip
    office.do(actions.change, person, changed)
    details = office.ask(queries.form, person).details
    assert (details.phone, details.phone_of, details.safe_to_call) == ("0789 999 999", "KEZA, sister", False)  # fmt: skip
    header = ("Izina", "Sex", "District", "Sector", "Telefone", "Nyiri telefone", "Safe to call")  # fmt: skip
    rows = [
        ("KEZA Aline", "F", "Musanze", "Muhoza", 788000101.0, "UWERA", "oya"),
        ("INEZA Aline", "F", "Musanze", "Muhoza", "", "", "yego"),
        ("UWASE Aline", "F", "Musanze", "Muhoza", "", "", ""),
        ("MUGISHA Jean", "M", "Musanze", "Muhoza", "", "", "perhaps"),
    ]
    lines = importing.read(rows, importing.guess(header), 2, DAY)
    assert [fault.kind for fault in lines[3].faults] == ["not yes or no"]
    numbers = office.do(actions.import_people, lines[:3])
    ids = office.ask(queries.numbers)
    found = [office.ask(queries.form, ids[number]).details for number in numbers.values()]  # fmt: skip
    assert [one.safe_to_call for one in found] == [False, True, None]
    assert (found[0].phone, found[0].phone_of) == ("0788 000 101", "UWERA")


def test_a_number_of_before_that_nobody_touches_refuses_nothing(office, alice):
    person = office.do(actions.register, alice)
    as_version_3_took_it = sql("UPDATE person SET phone = '0788 12 34'")
    as_version_3_took_it(office.folder, office._keys.data)
    details = office.ask(queries.form, person).details
    office.do(actions.change, person, replace(details, other_names="Alicia"))
    details = office.ask(queries.form, person).details
    assert (details.other_names, details.phone) == ("Alicia", "0788 12 34")
    with pytest.raises(Invalid):
        office.do(actions.change, person, replace(details, phone="0788 12 35"))


def test_the_index_and_the_rules_mean_the_same_end_of_a_phone():
    assert rules.PHONE_END == search.PHONE_END
