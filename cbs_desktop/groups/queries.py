"""Eligible people as a problem, proposals as a board shows them, and the groups of a round."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, exists, func, select

from cbs_desktop.action import Reading, query
from cbs_desktop.errors import Missing, NoRound
from cbs_desktop.facilitators.tables import Facilitator
from cbs_desktop.groups import tables as t
from cbs_desktop.groups.problem import Candidate, Explained, Pool, Problem, Result, Sizes
from cbs_desktop.groups.solver import broken, cost, explain
from cbs_desktop.participants.rules import age, shown
from cbs_desktop.participants.tables import Background, Person
from cbs_desktop.places.tables import Facility, Place
from cbs_desktop.programmes.queries import RoundFacts, round_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening.tables import Decision

_g, _m = t.Group, t.Membership


@query(Permission.ALLOCATE)
def problem(reading: Reading, round_id: int | None = None) -> Problem:
    """All eligible people of a round who are in none of its groups, by pool: sector and track, or facility."""
    found = round_of(reading, round_id)
    rules = found.rules
    sizes = Sizes(rules.size_least, rules.size_target, rules.size_most, rules.size_stop, rules.pool_least)
    categories = _categories(reading)
    pools: dict[tuple[str, int, int | None], list[Candidate]] = {}
    for row in _eligible(reading, found):
        track = _track(row, found)
        place_id = row.facility_district if track == "facility" else row.sector_id or row.place_id
        key = (track, place_id, row.facility_id if track == "facility" else None)
        pools.setdefault(key, []).append(Candidate(row.id, row.sex, categories.get(row.id, ()), row.place_id))
    facilities = {row.id: row for row in reading.rows(select(Facility.id, Facility.name, Facility.rooms))}
    paths = dict(reading.db.execute(select(Place.id, Place.path)).all())
    made = []
    for (track, place_id, facility_id), people in pools.items():
        where, rooms = facilities[facility_id][1:] if facility_id else (paths[place_id], 0)
        made.append(Pool(place_id, facility_id, track, where, tuple(people), rooms))
    order = ("youth", "adult", "facility")
    made.sort(key=lambda pool: (pool.track == "facility", pool.place, order.index(pool.track)))
    apart = {
        (min(one, other), max(one, other))
        for one, other in reading.rows(select(t.KeepApart.one_id, t.KeepApart.other_id))
    }
    return Problem(sizes, tuple(made), frozenset(apart))


def _track(row: Any, found: RoundFacts) -> str:
    if row.facility_id:
        return "facility"
    if row.track:
        return row.track
    band = found.rules.band(age(row.born_on, row.born_year, found.plan.starts))
    return "youth" if band == "youth" else "adult"


def _eligible(reading: Reading, found: RoundFacts) -> list[Any]:
    p = Person
    placed = exists().where(_m.person_id == p.id, _m.left_on.is_(None), _g.id == _m.group_id, _g.round_id == found.id)
    decided = and_(Decision.person_id == p.id, Decision.round_id == found.id, Decision.pathway == "sociotherapy")
    return reading.rows(
        select(
            p.id, p.number, p.own_name, p.other_names, p.sex, p.born_on, p.born_year, p.place_id, p.facility_id,
            Place.sector_id, Decision.track, Facility.district_id.label("facility_district"),
        )
        .join(Decision, decided)
        .join(Place, Place.id == p.place_id)
        .outerjoin(Facility, Facility.id == p.facility_id)
        .where(p.left_on.is_(None), ~placed)
        .order_by(p.id)
    )  # fmt: skip


def _categories(reading: Reading) -> dict[int, tuple[str, ...]]:
    """Backgrounds, for the balance only: they never leave the problem."""
    found: dict[int, tuple[str, ...]] = {}
    for person_id, category in reading.rows(select(Background.person_id, Background.category)):
        found[person_id] = (*found.get(person_id, ()), category)
    return found


@dataclass(frozen=True, slots=True)
class Card:
    """A person on the board."""

    id: int
    number: str
    name: str
    sex: str
    age: int | None
    place: str
    why: str = ""  # of those who wait: too few, no room, keep apart, by hand, new
    pool: int = -1  # of those who wait: which pool of the board is theirs, if it is there


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposed group: its place in the proposal, where it is, who is in it, and its warnings as codes."""

    place: str
    track: str
    cards: tuple[Card, ...]
    women: int
    men: int
    warnings: tuple[str, ...]  # small, large
    pool: int
    made_of: Explained


@dataclass(frozen=True, slots=True)
class Board:
    """A proposal as the board shows it; without one (id 0), only those who wait."""

    id: int
    version: int
    round: RoundFacts
    groups: tuple[Proposed, ...]
    waiting: tuple[Card, ...]
    cost: float
    first_cost: float
    broken: int
    pools: tuple[tuple[str, str], ...] = ()  # place and track, as numbered in `Proposed.pool`
    least: float | None = None  # no allocation of these people costs less, as far as it was proved
    changed: int = 0  # people of the proposal who have left, moved or been placed since: propose again


@query(Permission.ALLOCATE)
def board(reading: Reading, round_id: int | None = None) -> Board:
    """The latest proposal of a round that was not accepted, with everybody eligible in it or waiting."""
    found = round_of(reading, round_id)
    fresh = problem(reading, found.id)
    people = {row.id: row for row in _eligible(reading, found)}
    paths = dict(reading.db.execute(select(Place.id, Place.path)).all())
    row = kept_proposal(reading, t.Proposal.round_id == found.id)
    if row is None:
        cards = tuple(_card(one, paths, reading.today, "new") for one in people.values())
        return Board(0, 0, found, (), cards, 0.0, 0.0, 0)
    kept, result = Problem.from_json(row.problem), Result.from_json(row.result)
    groups = []
    for placed, made_of in zip(result.groups, explain(kept, result.groups), strict=True):
        cards = tuple(_card(people[i], paths, reading.today) for i in placed.people if i in people)
        count, pool = Counter(card.sex for card in cards), kept.pools[placed.pool]
        warnings = _warnings(len(cards), kept.sizes)
        groups.append(Proposed(pool.place, pool.track, cards, count["F"], count["M"], warnings, placed.pool, made_of))
    reasons = dict(result.waiting)
    placed_now = {i: kept.pools[placed.pool].key for placed in result.groups for i in placed.people}
    keys = {one.id: pool.key for pool in fresh.pools for one in pool.people}
    numbers = {pool.key: number for number, pool in enumerate(kept.pools)}
    waiting = tuple(
        _card(one, paths, reading.today, reasons.get(i, "new"), numbers.get(keys[i], -1))
        for i, one in people.items()
        if i not in placed_now
    )
    wrong = len(broken(Problem(fresh.sizes, kept.pools, fresh.apart), result.groups))
    changed = sum(keys.get(i) != key for i, key in placed_now.items())
    pools = tuple((pool.place, pool.track) for pool in kept.pools)
    now = cost(kept, result.groups)
    return Board(
        row.id, row.version, found, tuple(groups), waiting, now, result.cost, wrong, pools, result.least, changed
    )


def kept_proposal(reading: Reading, which: Any) -> Any:
    """The latest proposal of those that was not accepted, or None."""
    statement = select(t.Proposal.__table__).where(which, t.Proposal.accepted_on.is_(None))
    return reading.first(statement.order_by(t.Proposal.id.desc()).limit(1))


def _warnings(size: int, sizes: Sizes) -> tuple[str, ...]:
    return ("small",) if size < sizes.least else ("large",) if size > sizes.most else ()


def _card(row: Any, paths: dict[int, str], today: date, why: str = "", pool: int = -1) -> Card:
    years, name = age(row.born_on, row.born_year, today), shown(row.own_name, row.other_names)
    return Card(row.id, row.number, name, row.sex, years, paths[row.place_id], why, pool)


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
    now = select(_m.group_id, Person.sex).join(Person, Person.id == _m.person_id).where(_m.left_on.is_(None))
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
    return [_group_row(row, sexes.get(row.id, Counter()), leads.get(row.id, ())) for row in reading.rows(statement)]


def _group_row(row: Any, sexes: Counter[str], leads: tuple[str, ...]) -> GroupRow:
    return GroupRow(
        row.id, row.number, row.name, row.track, row.place, row.venue, row.weekday, row.starts,
        sexes.total(), sexes["F"], sexes["M"], leads,
    )  # fmt: skip


def _leads(reading: Reading) -> dict[int, tuple[str, ...]]:
    statement = select(t.Lead.group_id, Facilitator.own_name, Facilitator.other_names).join(
        Facilitator, Facilitator.id == t.Lead.facilitator_id
    )
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
    row = next((one for one in groups(reading, round_id) if one.id == group_id), None) if round_id else None
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
    planned = select(t.Session.number, t.Session.planned_on, t.Session.phase).where(t.Session.group_id == group_id)
    sessions = tuple(tuple(one) for one in reading.rows(planned.order_by(t.Session.number)))
    return GroupFacts(row, tuple(_member(one, reading.today) for one in members), sessions)  # type: ignore[arg-type]


def _member(row: Any, today: date) -> Member:
    years = age(row.born_on, row.born_year, today)
    return Member(row.id, row.number, shown(row.own_name, row.other_names), row.sex, years, *row[7:])


@dataclass(frozen=True, slots=True)
class Apart:
    """Two people kept apart, and the code of the reason: for those who may know."""

    id: int
    one: str
    other: str
    reason: str


@query(Permission.KEEP_APART)
def keep_aparts(reading: Reading) -> list[Apart]:
    """All pairs kept apart."""
    names = {
        i: shown(own, other) for i, own, other in reading.rows(select(Person.id, Person.own_name, Person.other_names))
    }
    rows = reading.rows(select(t.KeepApart.id, t.KeepApart.one_id, t.KeepApart.other_id, t.KeepApart.reason))
    return [Apart(row.id, names[row.one_id], names[row.other_id], row.reason) for row in rows]


@query(Permission.LOOK)
def workload(reading: Reading, round_id: int | None = None) -> dict[int, int]:
    """How many groups of a round each facilitator leads; before the first round nobody leads any."""
    try:
        found = round_of(reading, round_id)
    except NoRound:
        return {}
    statement = select(t.Lead.facilitator_id, func.count()).join(_g, _g.id == t.Lead.group_id)
    return dict(reading.db.execute(statement.where(_g.round_id == found.id).group_by(t.Lead.facilitator_id)).all())
