"""What can be registered, and every kind of nonsense that cannot."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbs_desktop.participants import rules
from cbs_desktop.participants.choices import PURPOSES, WITHDRAWAL_REASONS
from cbs_desktop.participants.rules import ConsentDetails, PersonDetails

GOOD = PersonDetails("MUKAMANA", "Alice", "F", 1, born_on=date(1990, 5, 4))


@pytest.fixture
def day():
    return date(2026, 3, 1)


def kinds(details, day):
    return {(fault.field, fault.kind) for fault in rules.person_faults(details, day)}


def test_a_person_with_the_usual_fields_is_fine(day):
    assert kinds(GOOD, day) == set()
    assert kinds(replace(GOOD, other_names="", born_on=None), day) == set()
    assert kinds(replace(GOOD, born_on=day), day) == set()
    assert kinds(replace(GOOD, born_on=None, born_year=1916), day) == set()
    assert kinds(replace(GOOD, born_on=None, born_year=2026), day) == set()
    assert kinds(replace(GOOD, safe_to_call=False), day) == set()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"own_name": ""}, ("own_name", "needed")),
        ({"own_name": "x" * 300}, ("own_name", "too long")),
        ({"own_name": "MUKA\u202eMANA"}, ("own_name", "hidden sign")),
        ({"other_names": "Ali\u0000ce"}, ("other_names", "hidden sign")),
        ({"sex": ""}, ("sex", "needed")),
        ({"sex": "X"}, ("sex", "not a choice")),
        ({"place_id": None}, ("place_id", "needed")),
        ({"born_on": date(2026, 3, 2)}, ("born_on", "in the future")),
        ({"born_on": None, "born_year": 2027}, ("born_on", "in the future")),
        ({"born_on": date(1899, 1, 1)}, ("born_on", "too long ago")),
        ({"born_on": None, "born_year": 1915}, ("born_on", "too long ago")),
        ({"born_year": "1990"}, ("born_year", "not a number")),
        ({"place_id": "Musanze"}, ("place_id", "no such place")),
        ({"release_on": "soon"}, ("release_on", "not a date")),
        ({"safe_to_call": "perhaps"}, ("safe_to_call", "not a choice")),
        ({"phone": "12"}, ("phone", "not a phone")),
        ({"phone": "call me maybe 0788123456"}, ("phone", "not a phone")),
        ({"id_kind": "club card"}, ("id_kind", "not a choice")),
        ({"categories": ("tall",)}, ("categories", "not a choice")),
    ],
)
def test_nonsense_is_named_by_its_field(change, fault, day):
    assert kinds(replace(GOOD, **change), day) == {fault}


@pytest.mark.parametrize(
    "name",
    ["<img src=x>", "=1+1", "& Co", "O’Brien", "Nyirahabimana-Uwase", "ÉMÉRENCE"],
)
def test_strange_but_honest_names_are_kept_as_they_are(name, day):
    assert kinds(replace(GOOD, own_name=name), day) == set()
    assert rules.tidy(replace(GOOD, own_name=f"  {name} ")).own_name == name


@pytest.mark.parametrize("phone", ["", "0788123456", "+250 788 123 456", "79 123 456"])
def test_phones_as_people_write_them(phone):
    assert rules.phone_faults(phone) == []


def test_a_child_needs_a_guardian(day):
    consent = ConsentDetails(day)
    assert [f.kind for f in rules.consent_faults(consent, 15, day)] == [
        "guardian needed"
    ]
    assert rules.consent_faults(replace(consent, guardian="UWERA Rose"), 15, day) == []
    assert rules.consent_faults(consent, 16, day) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"given_on": date(2026, 3, 2)}, ("consent_on", "in the future")),
        ({"mode": "by post"}, ("consent_mode", "not a choice")),
        ({"language": "xx"}, ("consent_language", "not a choice")),
        ({"purposes": ()}, ("purposes", "needed")),
        ({"purposes": ("programme", "sale")}, ("purposes", "not a choice")),
        ({"guardian": "x" * 300}, ("guardian", "too long")),
        ({"witness": "x" * 300}, ("witness", "too long")),
    ],
)
def test_what_is_wrong_with_a_consent_is_named(change, fault, day):
    assert rules.consent_faults(ConsentDetails(day), None, day) == []
    everything = ConsentDetails(day, purposes=PURPOSES)
    assert rules.consent_faults(everything, None, day) == []
    consent = replace(ConsentDetails(day), **change)
    found = rules.consent_faults(consent, None, day)
    assert [(one.field, one.kind) for one in found] == [fault]


def test_a_withdrawal_is_of_a_consent_that_stands_and_not_before_it(day):
    given = date(2026, 2, 1)
    agreed = [rules.RecordedConsent("programme", given)]
    reason = WITHDRAWAL_REASONS[0]

    def wrong(on, purposes=("programme",), consents=agreed, why=reason):
        found = rules.withdrawal_faults(purposes, consents, on, why, day)
        return [(fault.field, fault.kind) for fault in found]

    assert wrong(given) == wrong(day) == []
    assert wrong(date(2026, 1, 31)) == [("withdrawn_on", "before consent")]
    assert wrong(date(2026, 3, 2)) == [("withdrawn_on", "in the future")]
    assert wrong(day, ("photos",)) == [("purposes", "not a choice")]
    assert wrong(day, why="mood") == [("withdrawn_why", "not a choice")]
    gone = [replace(agreed[0], withdrawn_on=day)]
    assert wrong(day, consents=gone) == [("purposes", "no consent to withdraw")]


def test_a_consent_stands_from_its_day_until_its_withdrawal(day):
    consent = rules.RecordedConsent("programme", date(2026, 2, 1), withdrawn_on=day)
    assert not consent.stands(date(2026, 1, 31))
    assert consent.stands(date(2026, 2, 1)) and consent.stands(date(2026, 2, 28))
    assert not consent.stands(day)


def test_the_own_name_stands_first():
    assert rules.shown("MUKAMANA", "Alice") == "MUKAMANA Alice"
    assert rules.shown("MUKAMANA", "") == "MUKAMANA"


@pytest.mark.parametrize(
    ("day", "years"), [(date(2026, 5, 3), 35), (date(2026, 5, 4), 36)]
)
def test_age_turns_on_the_birthday(day, years):
    assert rules.age(date(1990, 5, 4), None, day) == years
    assert rules.age(None, 1990, day) == 36
    assert rules.age(None, None, day) is None


@given(
    st.dates(date(1920, 1, 1), date(2026, 1, 1)),
    st.dates(date(2026, 1, 2), date(2030, 1, 1)),
)
def test_age_is_the_number_of_birthdays_lived(born, day):
    years = rules.age(born, None, day)
    birthdays = sum(
        (y, born.month, born.day) <= (day.year, day.month, day.day)
        for y in range(born.year + 1, day.year + 1)
    )
    assert years == birthdays


@given(st.text(max_size=100), st.text(max_size=100))
def test_no_text_makes_the_check_fail(own, other):
    details = rules.tidy(replace(GOOD, own_name=own, other_names=other))
    rules.person_faults(details, date(2026, 3, 1))
    assert rules.same_key(details) == rules.same_key(rules.tidy(details))


def test_the_same_person_typed_differently_has_the_same_key():
    other = replace(GOOD, own_name="Mukamana", other_names="ALICE")
    assert rules.same_key(GOOD) == rules.same_key(other)
    for change in ({"sex": "M"}, {"born_on": date(1990, 5, 5)}):
        assert rules.same_key(GOOD) != rules.same_key(replace(GOOD, **change))
    by_year = replace(GOOD, born_on=None, born_year=1990)
    assert rules.same_key(by_year) != rules.same_key(replace(by_year, born_year=1991))
