"""People across all rooms: the roster with everybody's state, finding somebody, and one person's record."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Label, case, exists, func, literal_column, select

from cbs_desktop.action import Reading, query
from cbs_desktop.attendance.queries import grids
from cbs_desktop.attendance.rules import Completion
from cbs_desktop.certificates.tables import Certificate
from cbs_desktop.errors import Missing
from cbs_desktop.groups.tables import Group, Membership
from cbs_desktop.overview import finding
from cbs_desktop.overview.consents import NO_CONSENT, in_group_without_consent
from cbs_desktop.overview.roles import RoleSpan, roles_of
from cbs_desktop.participants import backgrounds, consents, phones
from cbs_desktop.participants.fields import CARD_FIELDS
from cbs_desktop.participants.queries import country_of
from cbs_desktop.participants.rules import (
    Birth,
    RecordedConsent,
    age,
    certainty,
    shown,
    why_not,
)
from cbs_desktop.participants.tables import Person
from cbs_desktop.places.tables import Facility, Place
from cbs_desktop.programmes.queries import rounds_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening import discretion
from cbs_desktop.screening.tables import Assessment, Decision
from cbs_desktop.store.values import NamedRow
from cbs_desktop.text import write_day
from cbs_desktop.words import _

# What somebody is to the office, in the order of a season. The words for them are the screens'.
STATES = (
    "new", "to decide", "sociotherapy", "in group", "graduated", "waiting", "refer", "multifamily", "resilience",
    "other", "left",
)  # fmt: skip
_LOOKED_AT = 200  # people, of whom the first by name are shown


def _state(reading: Reading, round_id: int) -> Any:
    p = Person
    of_round = (Decision.person_id == p.id) & (Decision.round_id == round_id)
    certified = exists().where(
        Certificate.person_id == p.id,
        Certificate.round_id == round_id,
        Certificate.withdrawn_on.is_(None),
    )
    member = exists().where(
        Membership.person_id == p.id,
        Membership.left_on.is_(None),
        Group.id == Membership.group_id,
        Group.round_id == round_id,
    )
    screened = exists().where(
        Assessment.person_id == p.id, Assessment.round_id == round_id
    )
    decided = select(discretion.pathway(reading))
    pathway = decided.where(of_round).scalar_subquery()
    return case(
        (p.left_on.is_not(None), "left"),
        (certified, "graduated"),
        (member, "in group"),
        else_=func.coalesce(pathway, case((screened, "to decide"), else_="new")),
    )


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A line of the list of people."""

    id: int
    number: str
    name: str
    sex: str
    age: int | None
    place: str
    group: str
    state: str


@dataclass(frozen=True, slots=True)
class Roster:
    """A part of the list. `count` is exact up to 1,000; `more` says that there are more than it tells."""

    rows: tuple[RosterRow, ...]
    count: int
    more: bool
    by_name: bool


@query(Permission.LOOK)
def roster(
    reading: Reading,
    words: str = "",
    state: str = "",
    district_id: int | None = None,
    first: int = 0,
    most: int = 60,
) -> Roster:
    """People whom all the words typed describe (see `finding`), in a state (or NO_CONSENT), of a district."""
    round_id = latest_round(reading)
    others = _conditions(reading, state, district_id, round_id)
    where = finding.narrowed(reading, words, others)
    ids, counted, by_name = finding.matching_ids(reading, where, first, most)
    more = bool(where) and counted > finding.COUNTED_MOST
    return Roster(
        tuple(_rows(reading, ids, round_id)),
        min(counted, finding.COUNTED_MOST) if more else counted,
        more,
        by_name,
    )


def matching(
    reading: Reading, words: str, state: str, district_id: int | None
) -> list[finding.Condition]:
    """What `roster` narrows the list to, as conditions on people; for lists of all of them."""
    others = _conditions(reading, state, district_id, latest_round(reading))
    return finding.narrowed(reading, words, others).all()


def state_now(reading: Reading) -> ColumnElement[str]:
    """The state of the person of the statement around it, a word of STATES."""
    return _state(reading, latest_round(reading))


def _conditions(
    reading: Reading, state: str, district_id: int | None, round_id: int
) -> list[finding.Condition]:
    """What a list is narrowed to beside the words typed."""
    others: list[finding.Condition] = []
    if state == NO_CONSENT:
        others.append(in_group_without_consent(reading, round_id))
    elif state:
        others.append(_state(reading, round_id) == state)
    if district_id:
        others.append(
            Person.place_id.in_(
                select(Place.id).where(Place.district_id == district_id)
            )
        )
    return others


def latest_round(reading: Reading) -> int:
    """The id of the latest round; 0 before there is one."""
    rounds = rounds_of(reading)
    if rounds:
        return rounds[0].id
    return 0


def group_now() -> Label[str]:
    """The name of the group in which the person of the statement around it is now; empty for none."""
    m = Membership
    names = (
        select(Group.name)
        .join(m, m.group_id == Group.id)
        .where(m.person_id == Person.id, m.left_on.is_(None))
    )
    latest = names.order_by(m.joined_on.desc()).limit(1)
    return func.coalesce(latest.scalar_subquery(), "").label("group")


def _name(row: NamedRow) -> str:
    name = shown(row.own_name, row.other_names)
    return _("{name} (restricted)").format(name=name) if row.is_held else name


def _rows(reading: Reading, ids: list[int], round_id: int) -> list[RosterRow]:
    p = Person
    statement = (
        select(
            p.id,
            p.number,
            p.own_name,
            p.other_names,
            p.sex,
            p.born_on,
            p.born_year,
            Place.path,
            group_now(),
            _state(reading, round_id).label("state"),
            consents.restricted(reading.today).label("is_held"),
        )
        .join(Place, Place.id == p.place_id)
        .where(p.id.in_(ids))
    )
    found = {}
    for row in reading.rows(statement):
        found[row.id] = RosterRow(
            id=row.id,
            number=row.number,
            name=_name(row),
            sex=row.sex,
            age=age(row.born_on, row.born_year, reading.today),
            place=row.path,
            group=row.group,
            state=row.state,
        )
    return [found[i] for i in ids if i in found]


@query(Permission.LOOK)
def by_state(reading: Reading) -> dict[str, int]:
    """How many people are in each state."""
    state = state_now(reading).label("state")
    by_name = select(state, func.count()).group_by(literal_column("state"))
    found = dict(reading.rows(by_name))
    return {name: found.get(name, 0) for name in STATES}


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """Somebody found by a few letters."""

    id: int
    number: str
    name: str
    place: str


@query(Permission.LOOK)
def find_people(reading: Reading, words: str, most: int = 8) -> list[PersonMatch]:
    """The first people whom the words typed describe: name, number, phone, end of the ID number, place, group."""
    where = finding.narrowed(reading, words)
    if not where:
        return []
    statement = (
        select(
            Person.id, Person.number, Person.own_name, Person.other_names, Place.path
        )
        .join(Place, Place.id == Person.place_id)
        .where(Person.id.in_(finding.some_ids(reading, where, _LOOKED_AT)))
    )
    people = []
    for row in reading.rows(statement):
        name = shown(row.own_name, row.other_names)
        people.append(PersonMatch(row.id, row.number, name, row.path))
    return sorted(people, key=lambda one: (one.name, one.number))[:most]


@dataclass(frozen=True, slots=True)
class Record:
    """One person in full, as far as the asker may see. `categories` is None where that may not be seen."""

    row: RosterRow
    born: str
    certainty: str  # of the age: day, year, estimate; "" where nothing is known
    estimated_on: date | None
    facility: str
    aliases: str  # numbers and names of records that became part of this one
    texts: dict[str, str]  # by key, of the fields that the card shows (fields.py)
    safe_to_call: bool | None  # None: nobody asked
    id_number: str  # whole; screens show its end
    categories: tuple[str, ...] | None
    consents: tuple[RecordedConsent, ...]  # also those withdrawn, the oldest first
    no_consent: str  # why not for the programme, of participants.rules.why_not
    events: tuple["Event", ...]
    completion: Completion | None
    roles: tuple[RoleSpan, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A step of a person's way: the day, a code (registered, consent, withdrawn, screened, decided, joined, moved,
    certified, left), a detail such as the group's name, and the purposes of a consent."""

    day: date
    code: str
    detail: str = ""
    purposes: tuple[str, ...] = ()


@query(Permission.LOOK)
def record(reading: Reading, person_id: int) -> Record:
    """One person with the way through the season; Missing when there is none."""
    round_id = latest_round(reading)
    rows = _rows(reading, [person_id], round_id)
    statement = select(Person.__table__, Facility.name.label("facility")).outerjoin(
        Facility, Facility.id == Person.facility_id
    )
    person = reading.first(statement.where(Person.id == person_id))
    if person is None or not rows:
        raise Missing(what="person", id=person_id)
    agreed = consents.consents_of(reading, person_id)
    birth = Birth(person.born_on, person.born_year)
    is_held = consents.is_restricted(reading, person_id)
    return Record(
        row=rows[0],
        born=_born(person),
        certainty=certainty(birth, person.age_estimated),
        estimated_on=person.estimated_on,
        facility=person.facility or "",
        aliases=person.aliases,
        texts=_texts(person, country_of(reading)),
        safe_to_call=person.safe_to_call,
        id_number=person.id_number,
        categories=_categories(reading, person_id),
        consents=tuple(agreed),
        no_consent="restricted"
        if is_held
        else why_not("programme", agreed, birth, reading.today),
        events=tuple(
            sorted(
                [*_events(reading, person), *_consent_events(agreed)],
                key=lambda event: event.day,
            )
        ),
        completion=_completion(reading, person_id, round_id),
        roles=roles_of(reading, person_id),
    )


def _texts(person: NamedRow, country: str) -> dict[str, str]:
    """The texts of the card, the phone as the office writes it."""
    texts: dict[str, str] = {key: getattr(person, key) for key in CARD_FIELDS}
    texts["phone"] = phones.shown(person.phone, country)
    return texts


def _born(person: NamedRow) -> str:
    """The day of birth, or the year; empty when neither is known."""
    if person.born_on:
        return write_day(person.born_on)
    return str(person.born_year or "")


def _categories(reading: Reading, person_id: int) -> tuple[str, ...] | None:
    if not reading.account.may(Permission.SEE_BACKGROUND):
        return None
    return backgrounds.of_person(reading, person_id)


def _events(reading: Reading, person: NamedRow) -> list[Event]:
    i = person.id
    events = [Event(person.registered_on, "registered")]
    if person.left_on:
        events.append(Event(person.left_on, "left", person.left_reason))
    a = Assessment
    d = Decision
    m = Membership
    events += [
        Event(day, "screened")
        for (day,) in reading.rows(select(a.taken_on).where(a.person_id == i))
    ]
    decided = select(d.decided_on, discretion.pathway(reading)).where(d.person_id == i)
    events += [Event(day, "decided", pathway) for day, pathway in reading.rows(decided)]
    spans = (
        select(m.joined_on, m.left_on, m.reason, Group.name)
        .join(Group, Group.id == m.group_id)
        .where(m.person_id == i)
    )
    for joined, left, reason, name in reading.rows(spans):
        events.append(Event(joined, "joined", name))
        if left:
            events.append(Event(left, "moved", reason or name))
    issued = select(Certificate.issued_on, Certificate.number).where(
        Certificate.person_id == i
    )
    return events + [
        Event(day, "certified", number) for day, number in reading.rows(issued)
    ]


def _consent_events(agreed: list[RecordedConsent]) -> Iterator[Event]:
    """What was given together, and withdrawn together, is one step."""
    given: dict[tuple[date, str], list[str]] = {}
    ended: dict[date, list[str]] = {}
    for consent in agreed:
        paper = (consent.given_on, consent.mode)
        given.setdefault(paper, []).append(consent.purpose)
        if consent.withdrawn_on is not None:
            ended.setdefault(consent.withdrawn_on, []).append(consent.purpose)
    for (day, mode), purposes in given.items():
        yield Event(day, "consent", mode, tuple(purposes))
    for day, purposes in ended.items():
        yield Event(day, "withdrawn", "", tuple(dict.fromkeys(purposes)))


def _completion(reading: Reading, person_id: int, round_id: int) -> Completion | None:
    m = Membership
    mine = select(m.group_id).join(Group, Group.id == m.group_id)
    group = reading.value(
        mine.where(m.person_id == person_id, Group.round_id == round_id)
        .order_by(m.joined_on.desc())
        .limit(1)
    )
    if group is None:
        return None
    lines = grids(reading, [group])[0].rows
    return next(
        (line.completion for line in lines if line.person_id == person_id), None
    )
