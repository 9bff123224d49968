"""Who is eligible in a round and in none of its groups, and the problem that allocation has to solve for them."""

from dataclasses import fields
from typing import Any

from sqlalchemy import and_, exists, select

from cbs_desktop.action import Reading, query
from cbs_desktop.facilitators.tables import Facilitator
from cbs_desktop.groups import rules
from cbs_desktop.groups import tables as t
from cbs_desktop.groups.allocation.instance import (
    Candidate,
    Guide,
    Pair,
    Problem,
    Sizes,
)
from cbs_desktop.groups.allocation.pools import Eligible, Names, pools
from cbs_desktop.groups.calendar.queries import calendar_of
from cbs_desktop.groups.rules import Wishes
from cbs_desktop.participants.availability import days_of, languages_of
from cbs_desktop.participants.rules import age
from cbs_desktop.participants.tables import Background, Person
from cbs_desktop.places.tables import Facility, Place
from cbs_desktop.programmes.queries import RoundFacts, round_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening.tables import Decision


@query(Permission.ALLOCATE)
def problem(reading: Reading, round_id: int | None = None) -> Problem:
    """All eligible people of a round who are in none of its groups, by pool, under the rules and wishes of today."""
    found = round_of(reading, round_id)
    people = rows(reading, found)
    gone = released(reading, found, people)
    return problem_of(
        reading, found, [row for row in people if row.id not in gone], gone
    )


def problem_of(
    reading: Reading,
    found: RoundFacts,
    people: list[Any],
    released: tuple[int, ...] = (),
) -> Problem:
    """The problem of these rows of people, as `rows` gives them."""
    r, spots = found.rules, _spots(reading)
    categories = _categories(reading)
    paths = dict(reading.db.execute(select(Place.id, Place.path)).all())
    facilities = {
        row.id: (row.name, row.rooms)
        for row in reading.rows(select(Facility.id, Facility.name, Facility.rooms))
    }
    wished = wishes_of(reading, found.programme_id)
    sizes = Sizes(r.size_least, r.size_target, r.size_most, r.size_stop, r.pool_least)
    everybody = (
        _eligible(row, found, categories.get(row.id, ()), spots) for row in people
    )
    made = pools(everybody, sizes, wished, Names(paths, facilities))
    paired = pairs(reading, t.KeepApart), pairs(reading, t.KeepTogether)
    return Problem(
        sizes, made, *paired, wished, released, guides(reading, found.id, spots)
    )


def rows(reading: Reading, found: RoundFacts, placed: bool = False) -> list[Any]:
    """Everybody who was decided for a group of the round: those in none of its groups, or (`placed`) those in one now."""
    p, m, g = Person, t.Membership, t.Group
    inside = exists().where(
        m.person_id == p.id,
        m.left_on.is_(None),
        g.id == m.group_id,
        g.round_id == found.id,
    )
    decided = and_(
        Decision.person_id == p.id,
        Decision.round_id == found.id,
        Decision.pathway == "sociotherapy",
    )
    return reading.rows(
        select(
            p.id, p.number, p.own_name, p.other_names, p.sex, p.born_on, p.born_year, p.place_id, p.facility_id,
            p.release_on, p.languages, p.days, Place.sector_id, Place.district_id, Decision.track, Decision.support,
            Facility.district_id.label("facility_district"),
        )
        .join(Decision, decided)
        .join(Place, Place.id == p.place_id)
        .outerjoin(Facility, Facility.id == p.facility_id)
        .where(p.left_on.is_(None), inside if placed else ~inside)
        .order_by(p.id)
    )  # fmt: skip


def _eligible(
    row: Any,
    found: RoundFacts,
    categories: tuple[str, ...],
    spots: dict[int, tuple[float, float]],
) -> Eligible:
    track = _track(row, found)
    inside = track == "facility"
    years = age(row.born_on, row.born_year, found.plan.starts)
    person = Candidate(
        row.id, row.sex, categories, row.place_id,
        row.facility_district if inside else row.sector_id or row.place_id,
        years, row.support, languages_of(row.languages), days_of(row.days), None if inside else spots.get(row.place_id),
    )  # fmt: skip
    district = row.facility_district if inside else row.district_id or row.place_id
    return Eligible(person, track, district, row.facility_id if inside else None)


def _track(row: Any, found: RoundFacts) -> str:
    if row.facility_id:
        return "facility"
    if row.track:
        return row.track
    band = found.rules.band(age(row.born_on, row.born_year, found.plan.starts))
    return "youth" if band == "youth" else "adult"


def released(reading: Reading, found: RoundFacts, people: list[Any]) -> tuple[int, ...]:
    """Whom a facility lets go before a group that begins with the round has had its last session."""
    inside = [row for row in people if row.facility_id and row.release_on is not None]
    if not inside:
        return ()
    first = max(found.plan.starts, reading.today)
    last = rules.session_dates(
        first, 4, found.rules.every_days, found.rules.sessions, calendar_of(reading)
    )[-1]
    return tuple(row.id for row in inside if row.release_on <= last)


def wishes_of(reading: Reading, programme_id: int) -> Wishes:
    """What the office wishes of the groups of a programme; ours until it says so."""
    row = reading.first(
        select(t.Wishes.__table__).where(t.Wishes.programme_id == programme_id)
    )
    return (
        Wishes(**{f.name: getattr(row, f.name) for f in fields(Wishes)})
        if row
        else Wishes()
    )


def guides(
    reading: Reading, round_id: int, spots: dict[int, tuple[float, float]]
) -> tuple[Guide, ...]:
    """Facilitators who lead groups now, with what they lead in the round already."""
    f, load, ties = Facilitator, dict[int, list[int]](), dict[int, list[int]]()
    led = select(t.Lead.facilitator_id, t.Group.weekday).join(
        t.Group, t.Group.id == t.Lead.group_id
    )
    for i, weekday in reading.rows(led.where(t.Group.round_id == round_id)):
        load.setdefault(i, []).append(weekday)
    for i, person_id in reading.rows(
        select(t.Tie.facilitator_id, t.Tie.person_id).order_by(t.Tie.person_id)
    ):
        ties.setdefault(i, []).append(person_id)
    statement = (
        select(
            f.id,
            f.sex,
            f.level,
            f.languages,
            f.days,
            f.place_id,
            Place.sector_id,
            Place.district_id,
        )
        .join(Place, Place.id == f.place_id)
        .where(f.active)
        .order_by(f.id)
    )
    return tuple(
        Guide(
            row.id, row.sex, row.level, row.district_id or row.place_id, row.place_id, row.sector_id or row.place_id,
            spots.get(row.place_id), languages_of(row.languages), days_of(row.days), len(load.get(row.id, ())),
            tuple(sorted(load.get(row.id, ()))), tuple(ties.get(row.id, ())),
        )
        for row in reading.rows(statement)
    )  # fmt: skip


def pairs(
    reading: Reading, table: type[t.KeepApart] | type[t.KeepTogether]
) -> frozenset[Pair]:
    """Two by two, the smaller id first."""
    return frozenset(
        (min(a, b), max(a, b))
        for a, b in reading.rows(select(table.one_id, table.other_id))
    )


def _categories(reading: Reading) -> dict[int, tuple[str, ...]]:
    """Backgrounds, for the balance only: they never leave the problem."""
    found: dict[int, tuple[str, ...]] = {}
    for person_id, category in reading.rows(
        select(Background.person_id, Background.category)
    ):
        found[person_id] = (*found.get(person_id, ()), category)
    return found


def _spots(reading: Reading) -> dict[int, tuple[float, float]]:
    """Where places are, in degrees: their own position, else that of the nearest place above them."""
    columns = (Place.id, Place.parent_id, Place.latitude, Place.longitude)
    places = {row.id: row for row in reading.rows(select(*columns))}
    found = {
        i: (row.latitude, row.longitude)
        for i, row in places.items()
        if row.latitude is not None
    }
    for i in places if found else ():
        above: int | None = i
        while above is not None and above not in found:
            above = places[above].parent_id
        if above is not None:
            found[i] = found[above]
    return found
