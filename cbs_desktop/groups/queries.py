"""The groups of a round, who is kept apart or together, who leads how many, and what the office wishes."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from cbs_desktop.action import Reading, query
from cbs_desktop.errors import Missing, NoRound
from cbs_desktop.facilitators.tables import Facilitator
from cbs_desktop.groups import tables as t
from cbs_desktop.groups.eligible import wishes_of
from cbs_desktop.groups.rules import Wishes
from cbs_desktop.participants.rules import age, shown
from cbs_desktop.participants.tables import Person
from cbs_desktop.places.tables import Facility, Place
from cbs_desktop.programmes.queries import programmes as programmes_of
from cbs_desktop.programmes.queries import round_of
from cbs_desktop.safe.permissions import Permission

_g, _m = t.Group, t.Membership


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group of a round."""

    id: int
    number: int
    name: str
    track: str
    place: str
    venue: str
    weekday: int
    starts: date
    size: int
    women: int
    men: int
    facilitators: tuple[str, ...]


@query(Permission.LOOK)
def groups(reading: Reading, round_id: int | None = None) -> list[GroupRow]:
    """The groups of a round by number, with their members now."""
    found = round_of(reading, round_id)
    sexes: dict[int, Counter[str]] = {}
    now = (
        select(_m.group_id, Person.sex)
        .join(Person, Person.id == _m.person_id)
        .where(_m.left_on.is_(None))
    )
    for group_id, sex in reading.rows(now):
        sexes.setdefault(group_id, Counter())[sex] += 1
    leads = _leads(reading)
    statement = (
        select(_g.__table__, func.coalesce(Facility.name, Place.path).label("place"))
        .join(Place, Place.id == _g.sector_id)
        .outerjoin(Facility, Facility.id == _g.facility_id)
        .where(_g.round_id == found.id)
        .order_by(_g.number)
    )
    return [
        _group_row(row, sexes.get(row.id, Counter()), leads.get(row.id, ()))
        for row in reading.rows(statement)
    ]


def _group_row(row: Any, sexes: Counter[str], leads: tuple[str, ...]) -> GroupRow:
    return GroupRow(
        row.id, row.number, row.name, row.track, row.place, row.venue, row.weekday, row.starts,
        sexes.total(), sexes["F"], sexes["M"], leads,
    )  # fmt: skip


def _leads(reading: Reading) -> dict[int, tuple[str, ...]]:
    statement = select(
        t.Lead.group_id, Facilitator.own_name, Facilitator.other_names
    ).join(Facilitator, Facilitator.id == t.Lead.facilitator_id)
    found: dict[int, tuple[str, ...]] = {}
    for group_id, own, other in reading.rows(statement.order_by(t.Lead.id)):
        found[group_id] = (*found.get(group_id, ()), shown(own, other))
    return found


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody's time in a group."""

    person_id: int
    number: str
    name: str
    sex: str
    age: int | None
    joined_on: date
    left_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A group with its members and planned sessions as (number, day, phase)."""

    row: GroupRow
    members: tuple[Member, ...]
    sessions: tuple[tuple[int, date, str], ...]


@query(Permission.LOOK)
def group(reading: Reading, group_id: int) -> GroupFacts:
    """One group; Missing when there is none."""
    round_id = reading.value(select(_g.round_id).where(_g.id == group_id))
    row = (
        next((one for one in groups(reading, round_id) if one.id == group_id), None)
        if round_id
        else None
    )
    if row is None:
        raise Missing(what="group", id=group_id)
    p = Person
    members = reading.rows(
        select(
            p.id, p.number, p.own_name, p.other_names, p.sex, p.born_on, p.born_year, _m.joined_on, _m.left_on, _m.reason
        )
        .join(p, p.id == _m.person_id)
        .where(_m.group_id == group_id)
        .order_by(p.own_name, p.other_names)
    )  # fmt: skip
    planned = select(t.Session.number, t.Session.planned_on, t.Session.phase).where(
        t.Session.group_id == group_id
    )
    sessions = tuple(
        tuple(one) for one in reading.rows(planned.order_by(t.Session.number))
    )
    return GroupFacts(
        row, tuple(_member(one, reading.today) for one in members), sessions
    )  # type: ignore[arg-type]


def _member(row: Any, today: date) -> Member:
    years = age(row.born_on, row.born_year, today)
    return Member(
        row.id,
        row.number,
        shown(row.own_name, row.other_names),
        row.sex,
        years,
        *row[7:],
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people and the code of the reason."""

    id: int
    one: str
    other: str
    reason: str


@query(Permission.KEEP_APART)
def keep_aparts(reading: Reading) -> list[Pair]:
    """All pairs kept apart, with the reason: for those who may know."""
    return _pairs(reading, t.KeepApart)


@query(Permission.ALLOCATE)
def keep_togethers(reading: Reading) -> list[Pair]:
    """All pairs kept together."""
    return _pairs(reading, t.KeepTogether)


def _pairs(
    reading: Reading, table: type[t.KeepApart] | type[t.KeepTogether]
) -> list[Pair]:
    people = select(Person.id, Person.own_name, Person.other_names)
    names = {i: shown(own, other) for i, own, other in reading.rows(people)}
    rows = reading.rows(select(table.id, table.one_id, table.other_id, table.reason))
    return [
        Pair(row.id, names[row.one_id], names[row.other_id], row.reason) for row in rows
    ]


@query(Permission.ALLOCATE)
def ties(reading: Reading, facilitator_id: int) -> list[tuple[int, str]]:
    """The people whose group a facilitator must not lead, by id and name."""
    statement = select(Person.id, Person.own_name, Person.other_names).join(
        t.Tie, t.Tie.person_id == Person.id
    )
    rows = reading.rows(
        statement.where(t.Tie.facilitator_id == facilitator_id).order_by(
            Person.own_name
        )
    )
    return [(i, shown(own, other)) for i, own, other in rows]


@query(Permission.LOOK)
def wishes(reading: Reading) -> tuple[int, Wishes] | None:
    """The office's programme by id, and what is wished of its groups; None before one is taken up."""
    found = programmes_of(reading)
    return (found[0][0], wishes_of(reading, found[0][0])) if found else None


@query(Permission.LOOK)
def workload(reading: Reading, round_id: int | None = None) -> dict[int, int]:
    """How many groups of a round each facilitator leads; before the first round nobody leads any."""
    try:
        found = round_of(reading, round_id)
    except NoRound:
        return {}
    statement = select(t.Lead.facilitator_id, func.count()).join(
        _g, _g.id == t.Lead.group_id
    )
    return dict(
        reading.db.execute(
            statement.where(_g.round_id == found.id).group_by(t.Lead.facilitator_id)
        ).all()
    )
