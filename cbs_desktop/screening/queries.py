"""Who waits to be screened or decided on, results for those who may see them, open safety cards."""

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, exists, func, select

from cbs_desktop.action import Reading, query
from cbs_desktop.errors import Missing
from cbs_desktop.participants.rules import age, shown
from cbs_desktop.participants.tables import Consent, Person
from cbs_desktop.places.tables import Place
from cbs_desktop.programmes.queries import round_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening import rules, tables
from cbs_desktop.screening.instruments import instrument
from cbs_desktop.screening.rules import Instrument, Score

_a, _d, _k = tables.Assessment, tables.Decision, tables.RiskCard


@dataclass(frozen=True, slots=True)
class Awaiting:
    """Somebody in the line of screening. `state` is new, to decide, or the pathway decided; `since` the day it began."""

    person_id: int
    number: str
    name: str
    sex: str
    age: int | None
    place: str
    state: str
    since: date


@query(Permission.RECORD_SCREENING)
def line(reading: Reading, round_id: int | None = None) -> list[Awaiting]:
    """Everybody of a round who is not yet decided on, or waits or was referred; the longest waiting first."""
    found = round_of(reading, round_id)
    latest = (
        select(_a.person_id, func.max(_a.taken_on).label("taken_on"))
        .where(_a.round_id == found.id)
        .group_by(_a.person_id)
        .subquery()
    )
    decision = and_(_d.person_id == Person.id, _d.round_id == found.id)
    p = Person
    statement = (
        select(p, Place.path, latest.c.taken_on, _d.pathway, _d.decided_on)
        .with_only_columns(
            p.id, p.number, p.own_name, p.other_names, p.sex, p.born_on, p.born_year, p.registered_on,
            Place.path, latest.c.taken_on, _d.pathway, _d.decided_on,
        )
        .join(Place, Place.id == p.place_id)
        .outerjoin(latest, latest.c.person_id == p.id)
        .outerjoin(_d, decision)
        .where(p.left_on.is_(None), func.coalesce(_d.pathway, "") != "sociotherapy")
    )  # fmt: skip
    people = [_awaiting(row, reading.today) for row in reading.rows(statement)]
    order = {"to decide": 0, "new": 1, "refer": 2, "waiting": 3, "other": 4}
    return sorted(people, key=lambda one: (order[one.state], one.since, one.number))


def _awaiting(row: tuple, today: date) -> Awaiting:  # type: ignore[type-arg]
    person_id, number, own, other, sex, born_on, born_year, registered_on, path, taken_on, pathway, decided_on = row
    state = pathway or ("to decide" if taken_on else "new")
    since = decided_on or taken_on or registered_on
    return Awaiting(person_id, number, shown(own, other), sex, age(born_on, born_year, today), path, state, since)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the entry screen needs: the person, the paper, whether consent is there, and what was recorded before."""

    person_id: int
    number: str
    name: str
    sex: str
    age: int | None
    consent: bool
    round_id: int
    instrument: Instrument
    taken: tuple[date, ...]
    pathway: str


@query(Permission.RECORD_SCREENING)
def sheet(reading: Reading, person_id: int, round_id: int | None = None) -> Sheet:
    """The questionnaire of the round's programme for a person; Missing when there is no such person."""
    found = round_of(reading, round_id)
    person = reading.first(select(Person.__table__).where(Person.id == person_id))
    if person is None:
        raise Missing(what="person", id=person_id)
    given = exists().where(Consent.person_id == person_id, Consent.withdrawn_on.is_(None))
    of_round = (_a.person_id == person_id, _a.round_id == found.id)
    pathway = select(_d.pathway).where(_d.person_id == person_id, _d.round_id == found.id)
    return Sheet(
        person_id,
        person.number,
        shown(person.own_name, person.other_names),
        person.sex,
        age(person.born_on, person.born_year, reading.today),
        bool(reading.value(select(given))),
        found.id,
        instrument(found.rules.instrument),
        tuple(reading.db.scalars(select(_a.taken_on).where(*of_round).order_by(_a.id))),
        reading.value(pathway) or "",
    )


@dataclass(frozen=True, slots=True)
class Result:
    """A questionnaire as the screener sees it: the answers, the score against its cut-off, and what it suggests."""

    assessment_id: int
    taken_on: date
    instrument: Instrument
    answers: dict[int, int]
    score: Score
    proposed: str


@query(Permission.SEE_SCORES)
def result(reading: Reading, person_id: int, round_id: int | None = None) -> Result | None:
    """The latest questionnaire of a person in a round, unsealed; None when there is none."""
    found = round_of(reading, round_id)
    mine = (_a.person_id == person_id, _a.round_id == found.id)
    statement = select(_a.id, _a.taken_on, _a.instrument, _a.sealed, Person.sex).join(Person, Person.id == _a.person_id)
    row = reading.first(statement.where(*mine).order_by(_a.id.desc()).limit(1))
    if row is None:
        return None
    kept = json.loads(reading.unseal(row.sealed))
    answers = {int(number): value for number, value in kept["answers"].items()}
    form = instrument(row.instrument)
    scored = rules.score(form, answers, row.sex)
    return Result(row.id, row.taken_on, form, answers, scored, rules.proposed(scored))


@dataclass(frozen=True, slots=True)
class Card:
    """An open safety card, for those who may know."""

    id: int
    person_id: int
    name: str
    number: str
    opened_on: date
    told: str
    told_on: date
    safe_now: bool
    referred_to: str
    see_again_on: date


@query(Permission.SAFETY)
def open_cards(reading: Reading) -> list[Card]:
    """Safety cards that nobody has closed, the next day to see the person first."""
    columns = (_k.opened_on, _k.told, _k.told_on, _k.safe_now, _k.referred_to, _k.see_again_on)
    statement = (
        select(_k.id, Person.id.label("person_id"), Person.own_name, Person.other_names, Person.number, *columns)
        .join(Person, Person.id == _k.person_id)
        .where(_k.closed_on.is_(None))
        .order_by(_k.see_again_on, _k.id)
    )
    return [Card(row[0], row[1], shown(row[2], row[3]), *row[4:]) for row in reading.rows(statement)]


def open_card_count(reading: Reading) -> int:
    """How many safety cards are open: the number alone is for everybody, the names are not."""
    return reading.value(select(func.count()).select_from(_k).where(_k.closed_on.is_(None)))
