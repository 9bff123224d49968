"""Registering people, changing them, consent, leaving, and importing many at once."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date

from sqlalchemy import delete, insert, select, update

from cbs_desktop import settings
from cbs_desktop.action import Progress, Reading, Transaction, action, batches
from cbs_desktop.errors import Fault, Invalid, Missing
from cbs_desktop.participants import rules
from cbs_desktop.participants import tables as t
from cbs_desktop.participants.rules import Consent, Details
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.text import clean

SERIES = "participant"
_TEXTS = ("own_name", "other_names", "name_on_id", "phone", "phone_of", "id_number")


def tidy(details: Details) -> Details:
    """Composed letters and single blanks in every text."""
    return replace(details, **{key: clean(getattr(details, key)) for key in _TEXTS})


def _row(details: Details, number: str) -> dict[str, object]:
    values = {key: getattr(details, key) for key in Details.__slots__ if key != "categories"}
    return {**values, "search": rules.search_words(details, number)}


@action(Permission.REGISTER, "Registered {who}")
def register(tx: Transaction, details: Details, consent: Consent | None = None) -> int:
    """A new person, with consent if it was given; their id. Invalid lists every fault at once."""
    details = tidy(details)
    faults = rules.person_faults(details, tx.today)
    if consent:
        faults += rules.consent_faults(consent, rules.age(details.born_on, details.born_year, tx.today), tx.today)
    if faults:
        raise Invalid(faults)
    return _enter(tx, [(details, consent)])[0]


def _enter(tx: Transaction, people: Sequence[tuple[Details, Consent | None]]) -> list[int]:
    """Write checked people; their ids."""
    code = f"{settings.read(tx, 'code') or 'CBS'}-{tx.laptop}"
    numbers = settings.take_numbers(tx, SERIES, len(people))
    found = [(tx.new_id(), f"{code}-{n:04}", *person) for n, person in zip(numbers, people, strict=True)]
    more = {"registered_on": tx.today, "left_on": None, "left_reason": ""}
    _insert(tx, t.Person, [{"id": i, "number": n, **_row(details, n), **more} for i, n, details, _ in found])
    _insert(tx, t.Background, [{"person_id": i, "category": c} for i, _, d, _ in found for c in d.categories or ()])
    agreed = [(i, consent) for i, _, _, consent in found if consent]
    _insert(tx, t.Consent, [{"id": tx.new_id(), "person_id": i, "withdrawn_on": None, **_as_row(c)} for i, c in agreed])
    if people:
        tx.say(who=rules.shown(people[0][0].own_name, people[0][0].other_names))
    return [person_id for person_id, *_ in found]


def _as_row(consent: Consent) -> dict[str, object]:
    return {key: getattr(consent, key) for key in Consent.__slots__}


def _insert(tx: Transaction, table: type[t.Base], rows: list[dict[str, object]]) -> None:
    for part in batches(rows):
        tx.run(insert(table), part)


@action(Permission.REGISTER, "Changed {who}")
def change(tx: Transaction, person_id: int, details: Details) -> None:
    """New details of a person. Background stays as it is where `categories` is None; to set it asks for its permission."""
    details = tidy(details)
    if faults := rules.person_faults(details, tx.today):
        raise Invalid(faults)
    number = tx.value(select(t.Person.number).where(t.Person.id == person_id))
    if number is None:
        raise Missing(what="person", id=person_id)
    tx.run(update(t.Person).where(t.Person.id == person_id).values(**_row(details, number)))
    if details.categories is not None:
        tx.need(Permission.SEE_BACKGROUND)
        tx.run(delete(t.Background).where(t.Background.person_id == person_id))
        _insert(tx, t.Background, [{"person_id": person_id, "category": c} for c in details.categories])
    tx.say(who=rules.shown(details.own_name, details.other_names))


@action(Permission.REGISTER, "Noted the consent of {who}")
def give_consent(tx: Transaction, person_id: int, consent: Consent) -> None:
    """Enter a consent."""
    person = _person(tx, person_id)
    years = rules.age(person.born_on, person.born_year, tx.today)
    if faults := rules.consent_faults(consent, years, tx.today):
        raise Invalid(faults)
    tx.run(insert(t.Consent).values(id=tx.new_id(), person_id=person_id, withdrawn_on=None, **asdict(consent)))


@action(Permission.REGISTER, "{who} left: {why}")
def leave(tx: Transaction, person_id: int, left_on: date, reason: str) -> None:
    """A person leaves the programme, on a day and for a reason of the list."""
    _person(tx, person_id)
    faults = [Fault("left_on", "in the future")] if left_on > tx.today else []
    if reason not in rules.LEAVING:
        faults.append(Fault("reason", "not a choice"))
    if faults:
        raise Invalid(faults)
    tx.run(update(t.Person).where(t.Person.id == person_id).values(left_on=left_on, left_reason=reason))
    tx.say(why=reason)


def _person(tx: Transaction, person_id: int) -> t.Person:
    """A person's row; says the name for the bar."""
    person = tx.first(select(t.Person.__table__).where(t.Person.id == person_id))
    if person is None:
        raise Missing(what="person", id=person_id)
    tx.say(who=rules.shown(person.own_name, person.other_names))
    return person


@action(Permission.IMPORT, "Imported {count} people")
def import_people(
    tx: Transaction, people: Sequence[tuple[Details, Consent | None]], first_row: int = 2, progress: Progress | None = None
) -> int:
    """Enter all, or none: Invalid names every row that cannot be taken. The number entered."""
    tidied = [(tidy(details), consent) for details, consent in people]
    if faults := import_faults(tx, tidied, first_row):
        raise Invalid(faults)
    for number, part in enumerate(batches(tidied, 5_000)):
        _enter(tx, part)
        if progress:
            progress(min((number + 1) * 5_000, len(tidied)), len(tidied))
    tx.say(count=len(tidied))
    return len(tidied)


def import_faults(reading: Reading, people: Sequence[tuple[Details, Consent | None]], first_row: int) -> list[Fault]:
    """Every fault of every row: the person's own, rows given twice, and people who are registered already."""
    faults: list[Fault] = []
    seen = _registered(reading)
    for row, (details, consent) in enumerate(people, first_row):
        wrong = rules.person_faults(details, reading.today)
        if consent:
            years = rules.age(details.born_on, details.born_year, reading.today)
            wrong += rules.consent_faults(consent, years, reading.today)
        key = (*rules.same_key(details), details.place_id)
        if key in seen:
            wrong.append(Fault("own_name", "twice", {"where": seen[key]}))
        seen.setdefault(key, row)
        faults += [replace(fault, row=row) for fault in wrong]
    return faults


def _registered(reading: Reading) -> dict[tuple[object, ...], object]:
    p = t.Person
    rows = reading.rows(select(p.own_name, p.other_names, p.sex, p.born_on, p.born_year, p.place_id, p.number))
    return {(*rules.same_key(Details(*row[:3], None, *row[3:5])), row.place_id): row.number for row in rows}
