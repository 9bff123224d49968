"""Registering people, changing them, consent, leaving, and importing many at once."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial

from sqlalchemy import delete, insert, select, update

from cbs_desktop import settings
from cbs_desktop.action import Progress, Transaction, action, batches
from cbs_desktop.errors import Fault, Invalid, Missing
from cbs_desktop.participants import availability, choices, rules
from cbs_desktop.participants import tables as t
from cbs_desktop.participants.consents import consents_of
from cbs_desktop.participants.fields import NAME_MOST
from cbs_desktop.participants.importing import ImportLine
from cbs_desktop.participants.queries import SERIES, Places, import_faults
from cbs_desktop.participants.rules import Birth, ConsentDetails, PersonDetails, tidy
from cbs_desktop.places.actions import add_path
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store import search
from cbs_desktop.store.values import NamedRow
from cbs_desktop.text import clean, day_faults, fold, text_faults


def _row(details: PersonDetails, number: str, aliases: str = "") -> dict[str, object]:
    values = {
        key: getattr(details, key)
        for key in PersonDetails.__slots__
        if key != "categories"
    }
    return {
        **values,
        **availability.columns(details),
        "search": _search(details, number, aliases),
    }


def _search(details: PersonDetails, number: str, aliases: str = "") -> str:
    """What a person is found by: words, and the keys of the names."""
    keys = search.keys(details.own_name, details.other_names, details.name_on_id)
    words = f"{rules.search_words(details, number)} {keys}".rstrip()
    if not aliases:
        return words
    return f"{words} {fold(aliases)} {search.keys(aliases)}"


@action(Permission.REGISTER, "Registered {who}")
def register(
    tx: Transaction, details: PersonDetails, consent: ConsentDetails | None = None
) -> int:
    """A new person, with consent if it was given; their id. Invalid lists every fault at once."""
    details = tidy(details)
    faults = rules.person_faults(details, tx.today)
    if consent:
        birth = Birth(details.born_on, details.born_year)
        years = rules.age_at_consent(consent.given_on, birth, tx.today)
        faults += rules.consent_faults(consent, years, tx.today)
    if faults:
        raise Invalid(faults)
    return _enter(tx, [(details, consent)])[0]


def _enter(
    tx: Transaction, people: Sequence[tuple[PersonDetails, ConsentDetails | None]]
) -> list[int]:
    """Write checked people; their ids."""
    code = f"{settings.read(tx, 'code') or 'CBS'}-{tx.laptop}"
    numbers = settings.take_numbers(tx, SERIES, len(people))
    found = [
        (tx.new_id(), f"{code}-{n:04}", *person)
        for n, person in zip(numbers, people, strict=True)
    ]
    more = {
        "registered_on": tx.today,
        "left_on": None,
        "left_reason": "",
        "aliases": "",
    }
    _insert(
        tx,
        t.Person,
        [
            {"id": i, "number": n, **_row(details, n), **more}
            for i, n, details, _ in found
        ],
    )
    _insert(
        tx,
        t.Background,
        [
            {"person_id": i, "category": c}
            for i, _, d, _ in found
            for c in d.categories or ()
        ],
    )
    agreed = [(i, consent) for i, _, _, consent in found if consent]
    _insert(tx, t.Consent, list(_consent_rows(tx, agreed)))
    if people:
        tx.say(who=rules.shown(people[0][0].own_name, people[0][0].other_names))
    return [person_id for person_id, *_ in found]


def _consent_rows(
    tx: Transaction, agreed: Iterable[tuple[int, ConsentDetails]]
) -> Iterator[dict[str, object]]:
    """A row for every purpose of every consent."""
    for person_id, consent in agreed:
        for purpose in consent.purposes:
            yield {
                "id": tx.new_id(),
                "person_id": person_id,
                "purpose": purpose,
                "mode": consent.mode,
                "given_on": consent.given_on,
                "guardian": clean(consent.guardian),
                "withdrawn_on": None,
                "language": consent.language,
                "witness": clean(consent.witness),
                "withdrawn_why": "",
            }


def _insert(
    tx: Transaction, table: type[t.Base], rows: list[dict[str, object]]
) -> None:
    for part in batches(rows):
        tx.run(insert(table), part)


@action(Permission.REGISTER, "Changed {who}")
def change(tx: Transaction, person_id: int, details: PersonDetails) -> None:
    """New details of a person. Background stays as it is where `categories` is None; to set it asks for its permission."""
    details = tidy(details)
    if faults := rules.person_faults(details, tx.today):
        raise Invalid(faults)
    known = select(t.Person.number, t.Person.aliases).where(t.Person.id == person_id)
    row = tx.first(known)
    if row is None:
        raise Missing(what="person", id=person_id)
    values = _row(details, row.number, row.aliases)
    tx.run(update(t.Person).where(t.Person.id == person_id).values(**values))
    if details.categories is not None:
        tx.need(Permission.SEE_BACKGROUND)
        tx.run(delete(t.Background).where(t.Background.person_id == person_id))
        _insert(
            tx,
            t.Background,
            [{"person_id": person_id, "category": c} for c in details.categories],
        )
    tx.say(who=rules.shown(details.own_name, details.other_names))


@action(Permission.REGISTER, "Changed the printed name of {who}")
def name_on_papers(tx: Transaction, person_id: int, name: str) -> None:
    """The name as on the ID, which papers carry; empty for the name under which the person is registered."""
    name = clean(name)
    person = _person(tx, person_id)
    if faults := text_faults("name_on_id", name, most=2 * NAME_MOST):
        raise Invalid(faults)
    known = {
        key: getattr(person, key)
        for key in PersonDetails.__slots__
        if key not in ("categories", "name_on_id")
    }
    name = "" if name == rules.shown(person.own_name, person.other_names) else name
    details = PersonDetails(name_on_id=name, **known)
    words = _search(details, person.number, person.aliases)
    tx.run(
        update(t.Person)
        .where(t.Person.id == person_id)
        .values(name_on_id=name, search=words)
    )


def set_aliases(tx: Transaction, person_id: int, aliases: str) -> None:
    """Numbers and names under which somebody was registered a second time: they are found by them still. For actions
    of higher rooms."""
    person = _person(tx, person_id)
    known = {
        key: getattr(person, key)
        for key in PersonDetails.__slots__
        if key != "categories"
    }
    words = _search(PersonDetails(**known), person.number, aliases)
    tx.run(
        update(t.Person)
        .where(t.Person.id == person_id)
        .values(aliases=aliases, search=words)
    )


@action(Permission.REGISTER, "Recorded the consent of {who}: {what}")
def give_consent(tx: Transaction, person_id: int, consent: ConsentDetails) -> None:
    """Enter a consent to one purpose or several. Who had left because consent was withdrawn comes back with a new one
    for the programme, without a group."""
    person = _person(tx, person_id)
    birth = Birth(person.born_on, person.born_year)
    years = rules.age_at_consent(consent.given_on, birth, tx.today)
    faults = rules.consent_faults(consent, years, tx.today)
    if not faults:
        before = consents_of(tx, person_id)
        faults = rules.older_than_withdrawal(consent, before)
    if faults:
        raise Invalid(faults)
    _insert(tx, t.Consent, list(_consent_rows(tx, [(person_id, consent)])))
    if "programme" in consent.purposes and person.left_reason == choices.WITHDRAWN:
        _set_left(tx, person_id, None, "")
    tx.say(what=", ".join(consent.purposes))


def withdraw(
    tx: Transaction,
    person_id: int,
    purposes: Sequence[str],
    on: date,
    reason: str = "",
) -> None:
    """A person no longer consents to these purposes, from a day on; who withdraws consent for the programme has left it.

    A part of `groups.withdraw_consent`, which ends the place in the group as well.
    """
    person = _person(tx, person_id)
    before = consents_of(tx, person_id)
    if faults := rules.withdrawal_faults(purposes, before, on, reason, tx.today):
        raise Invalid(faults)
    _end_consents(tx, person_id, purposes, on, reason)
    if "programme" in purposes and person.left_on is None:
        _set_left(tx, person_id, on, choices.WITHDRAWN)
    tx.say(what=", ".join(purposes))


def _end_consents(
    tx: Transaction, person_id: int, purposes: Sequence[str], on: date, reason: str
) -> None:
    """End what stands; a consent ends on the day it was given at the earliest."""
    c = t.Consent
    ended = update(c).where(
        c.person_id == person_id, c.purpose.in_(purposes), c.withdrawn_on.is_(None)
    )
    later = ended.where(c.given_on > on)
    tx.run(later.values(withdrawn_on=c.given_on, withdrawn_why=reason))
    tx.run(ended.values(withdrawn_on=on, withdrawn_why=reason))


def _set_left(tx: Transaction, person_id: int, on: date | None, reason: str) -> None:
    this = update(t.Person).where(t.Person.id == person_id)
    tx.run(this.values(left_on=on, left_reason=reason))


@action(Permission.REGISTER, "{who} left: {why}")
def leave(tx: Transaction, person_id: int, left_on: date, reason: str) -> None:
    """A person leaves the programme, on a day and for a reason of the list. Who leaves because consent was withdrawn
    has withdrawn that for the programme."""
    _person(tx, person_id)
    faults = day_faults("left_on", left_on, tx.today)
    if reason not in choices.LEAVING:
        faults.append(Fault("reason", "not a choice"))
    if faults:
        raise Invalid(faults)
    _set_left(tx, person_id, left_on, reason)
    if reason == choices.WITHDRAWN:
        _end_consents(tx, person_id, ("programme",), left_on, "")
    tx.say(why=reason)


def _person(tx: Transaction, person_id: int) -> NamedRow:
    """A person's row; says the name for the bar."""
    person = tx.first(select(t.Person.__table__).where(t.Person.id == person_id))
    if person is None:
        raise Missing(what="person", id=person_id)
    tx.say(who=rules.shown(person.own_name, person.other_names))
    return person


@action(Permission.IMPORT, "Imported {count} people")
def import_people(
    tx: Transaction, lines: Sequence[ImportLine], progress: Progress | None = None
) -> int:
    """Enter all lines of a sheet, or none: Invalid names every row that cannot be taken. The number entered.

    Sectors, cells and villages that are new are entered below their district.
    """
    if faults := import_faults(tx, lines):
        raise Invalid(faults)
    known = Places(tx)
    people = [
        (known.settle(line, partial(add_path, tx)), line.consent) for line in lines
    ]
    done = 0
    for part in batches(people, 5_000):
        _enter(tx, part)
        done += len(part)
        if progress:
            progress(done, len(people))
    tx.say(count=len(people))
    return len(people)
