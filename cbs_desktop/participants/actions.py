"""Registering people, changing them, consent, leaving, and importing many at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from operator import attrgetter

from sqlalchemy import insert, select, update

from cbs_desktop import settings
from cbs_desktop.action import Progress, Transaction, action, batches
from cbs_desktop.errors import Fault, Invalid, Missing
from cbs_desktop.participants import backgrounds, choices, rules
from cbs_desktop.participants import tables as t
from cbs_desktop.participants.checking import import_faults
from cbs_desktop.participants.consents import consents_of, need_not_erased
from cbs_desktop.participants.fields import NAME_MOST
from cbs_desktop.participants.importing import ChosenColumns, ImportLine
from cbs_desktop.participants.named_places import Places
from cbs_desktop.participants.names import name_faults
from cbs_desktop.participants.queries import SERIES, country_of, details_of
from cbs_desktop.participants.rules import Birth, ConsentDetails, PersonDetails, tidy
from cbs_desktop.places.actions import add_place
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store import lists, search
from cbs_desktop.store.values import NamedRow
from cbs_desktop.text import clean, day_faults, fold, text_faults, write_day

_KINDS_MOST = 40  # of sheets whose columns are remembered


def _row(details: PersonDetails, number: str, aliases: str = "") -> dict[str, object]:
    values: dict[str, object] = {key: getattr(details, key) for key in rules.OF_ROW}
    values["search"] = _search(details, number, aliases)
    return values


def _search(details: PersonDetails, number: str, aliases: str = "") -> str:
    """What a person is found by: words, and the keys of the names."""
    names = rules.names_folded(details)
    words = rules.search_words(names, number, details.phone)
    words = f"{words} {search.keys(*names)}".rstrip()
    words = f"{words} {search.card(details.id_number)}".rstrip()
    if not aliases:
        return words
    aliases = fold(aliases)
    return f"{words} {aliases} {search.keys(aliases)}"


@action(Permission.REGISTER, "Registered {who}")
def register(
    tx: Transaction, details: PersonDetails, consent: ConsentDetails | None = None
) -> int:
    """A new person, with consent if it was given; their id. Invalid lists every fault at once."""
    country = country_of(tx)
    details = rules.with_phone(tidy(details), country)
    faults = rules.person_faults(details, tx.today, country)
    if consent:
        birth = Birth(details.born_on, details.born_year)
        years = rules.age_at_consent(consent.given_on, birth, tx.today)
        faults += rules.consent_faults(consent, years, tx.today)
    if faults:
        raise Invalid(faults)
    ((person_id, _number),) = _enter(tx, [Entered(details, consent)])
    return person_id


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody checked who is entered: with the place and the facility of the details, unless others are given."""

    details: PersonDetails
    consent: ConsentDetails | None
    place_id: int | None = None
    facility_id: int | None = None


def _enter(tx: Transaction, people: Sequence[Entered]) -> list[tuple[int, str]]:
    """Write checked people; their ids and numbers."""
    code = f"{settings.read(tx, 'code') or 'CBS'}-{tx.laptop}"
    numbers = settings.take_numbers(tx, SERIES, len(people))
    found = [(tx.new_id(), f"{code}-{n:04}") for n in numbers]
    registered_on = write_day(tx.today)
    # as they are: naming the values of 20,000 people costs a third of a second
    tx.db.exec_driver_sql(
        _PUT_PERSON,
        [
            (
                *(i, number, *_values(one), _search(one.details, number)),
                *(registered_on, (one.details.age_estimated and registered_on) or None),
            )
            for (i, number), one in zip(found, people, strict=True)
        ],
    )
    _enter_more(tx, [i for i, _number in found], people)
    if people:
        first = people[0].details
        tx.say(who=rules.shown(first.own_name, first.other_names))
    return found


_OTHERWISE = ("born_on", "place_id", "facility_id", "release_on")
_AS_TYPED = tuple(key for key in rules.OF_ROW if key not in _OTHERWISE)
_typed = attrgetter(*_AS_TYPED)
_languages = attrgetter("details.languages")
_days = attrgetter("details.days")
_COLUMNS = (
    "id", "number", *_AS_TYPED, *_OTHERWISE, "search", "registered_on", "estimated_on", "left_reason", "aliases"
)  # fmt: skip
_PUT_PERSON = (
    f"INSERT INTO person ({', '.join(_COLUMNS)})"
    f" VALUES ({', '.join('?' * (len(_COLUMNS) - 2))}, '', '')"
)
_PUT_CONSENT = (
    "INSERT INTO consent (id, person_id, purpose, mode, given_on, guardian, language, witness, withdrawn_why)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, '')"
)


def _values(one: Entered) -> tuple[object, ...]:
    """What a row of the table keeps of somebody, as the driver takes it."""
    details = one.details
    return (
        *_typed(details),
        details.born_on and write_day(details.born_on),
        one.place_id or details.place_id,
        one.facility_id or details.facility_id,
        details.release_on and write_day(details.release_on),
    )


def _enter_more(tx: Transaction, ids: Sequence[int], people: Sequence[Entered]) -> None:
    """Languages, days, backgrounds and consents of people who were entered."""
    languages = map(_languages, people)
    days = map(_days, people)
    lists.put_new(tx.db, t.PersonLanguage.code, zip(ids, languages, strict=True))
    lists.put_new(tx.db, t.PersonDay.weekday, zip(ids, days, strict=True))
    categories = [one.details.categories for one in people]
    backgrounds.put_new(tx, zip(ids, categories, strict=True))
    consents: list[tuple[object, ...]] = []
    for i, entered in zip(ids, people, strict=True):
        if entered.consent:
            consents += _consent_rows(tx, i, entered.consent)
    if consents:
        tx.db.exec_driver_sql(_PUT_CONSENT, consents)


def _consent_rows(
    tx: Transaction, person_id: int, consent: ConsentDetails
) -> Iterator[tuple[object, ...]]:
    """A row for every purpose of a consent, as the driver takes it."""
    given_on = write_day(consent.given_on)
    guardian, witness = clean(consent.guardian), clean(consent.witness)
    how = (consent.mode, given_on, guardian, consent.language, witness)
    for purpose in consent.purposes:
        yield (tx.new_id(), person_id, purpose, *how)


def _insert(
    tx: Transaction, table: type[t.Base], rows: list[dict[str, object]]
) -> None:
    for part in batches(rows):
        tx.run(insert(table), part)


@action(Permission.REGISTER, "Changed {who}")
def change(tx: Transaction, person_id: int, details: PersonDetails) -> None:
    """New details of a person. Background stays as it is where `categories` is None; to set it asks for its permission.
    An age that is estimated now was so today, unless it is the estimate of before."""
    write_details(tx, person_id, details)


def write_details(
    tx: Transaction,
    person_id: int,
    details: PersonDetails,
    kept_phones: Sequence[str] = (),
    estimated_on: date | None = None,
) -> None:
    """As `change`, for actions of higher rooms too; `kept_phones` were entered before and are not looked at again, and
    an estimate was made on the day given, else today."""
    row = _person(tx, person_id)
    country = country_of(tx)
    details = rules.with_phone(tidy(details), country)
    if details.phone in (row.phone, *kept_phones):
        country = ""  # a number of before that nobody touched refuses nothing
    if faults := rules.person_faults(details, tx.today, country):
        raise Invalid(faults)
    values = _row(details, row.number, row.aliases)
    values["estimated_on"] = _estimated_on(details, row, estimated_on or tx.today)
    tx.run(update(t.Person).where(t.Person.id == person_id).values(**values))
    lists.put(tx.db, t.PersonLanguage.code, person_id, details.languages)
    lists.put(tx.db, t.PersonDay.weekday, person_id, details.days)
    if details.categories is not None:
        tx.need(Permission.SEE_BACKGROUND)
        backgrounds.put(tx, person_id, details.categories)
    tx.say(who=rules.shown(details.own_name, details.other_names))


def _estimated_on(details: PersonDetails, before: NamedRow, today: date) -> date | None:
    """When the age of these details was estimated; None for one that is known."""
    if not details.age_estimated:
        return None
    same = (details.born_on, details.born_year) == (before.born_on, before.born_year)
    if same and before.estimated_on:
        return before.estimated_on
    return today


@action(Permission.REGISTER, "Changed the printed name of {who}")
def name_on_papers(tx: Transaction, person_id: int, name: str) -> None:
    """The name as on the ID, which papers carry; empty for the name under which the person is registered."""
    name = clean(name)
    person = _person(tx, person_id)
    faults = text_faults("name_on_id", name, most=2 * NAME_MOST)
    if faults := [*faults, *name_faults("name_on_id", name)]:
        raise Invalid(faults)
    name = "" if name == rules.shown(person.own_name, person.other_names) else name
    details = replace(details_of(person), name_on_id=name)
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
    words = _search(details_of(person), person.number, aliases)
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
    put_consent(tx, person_id, consent, person.left_reason)
    tx.say(what=", ".join(consent.purposes))


def put_consent(
    tx: Transaction, person_id: int, consent: ConsentDetails, left_reason: str
) -> None:
    """Write a checked consent; who had left because it was withdrawn comes back. For actions about many people too."""
    rows = list(_consent_rows(tx, person_id, consent))
    tx.db.exec_driver_sql(_PUT_CONSENT, rows)
    if "programme" in consent.purposes and left_reason == choices.WITHDRAWN:
        _set_left(tx, person_id, None, "")


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
    need_not_erased(tx, person_id)
    tx.say(who=rules.shown(person.own_name, person.other_names))
    return person


@action(Permission.IMPORT, "Imported {count} people")
def import_people(
    tx: Transaction,
    lines: Sequence[ImportLine],
    progress: Progress | None = None,
    new_places: bool = False,
    chosen: ChosenColumns | None = None,
) -> dict[int, str]:
    """Enter all lines of a sheet, or none: Invalid names every row that cannot be taken. Their numbers, by row.

    The columns that a person has `chosen` are remembered for the next sheet of this kind.
    Cells and villages that are new are entered below their sector; sectors that nobody knows only with `new_places`.
    """
    if faults := import_faults(tx, lines, new_places):
        raise Invalid(faults)
    known = Places(tx)
    add = partial(add_place, tx)
    country = country_of(tx)
    people: list[Entered] = []
    for line in lines:
        details = rules.with_phone(line.details, country)
        people.append(Entered(details, line.consent, *known.settle(line, add)))
    entered: list[tuple[int, str]] = []
    for part in batches(people, 5_000):
        entered += _enter(tx, part)
        if progress:
            progress(len(entered), len(people))
    if chosen:
        _remember(tx, chosen)
    tx.say(count=len(people))
    return {
        line.row: number for line, (_id, number) in zip(lines, entered, strict=True)
    }


def _remember(tx: Transaction, chosen: ChosenColumns) -> None:
    """Keep the columns of a kind of sheet; those of the kind used longest ago are forgotten."""
    known: dict[str, object] = dict(settings.read(tx, "import columns"))
    known.pop(chosen.kind, None)
    known[chosen.kind] = dict(chosen.columns)
    settings.write(tx, "import columns", dict(list(known.items())[-_KINDS_MOST:]))
