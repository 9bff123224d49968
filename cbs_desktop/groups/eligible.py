"""Who is eligible in a round and in none of its groups, and the instance that allocation has to solve for them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields

from sqlalchemy import and_, exists, select

from cbs_desktop.action import Reading, query
from cbs_desktop.facilitators.tables import (
    Facilitator,
    FacilitatorDay,
    FacilitatorLanguage,
)
from cbs_desktop.groups import rules
from cbs_desktop.groups import tables as t
from cbs_desktop.groups.allocation.instance import IdPair, Instance
from cbs_desktop.groups.allocation.people import FacilitatorFacts, PersonFacts, Sizes
from cbs_desktop.groups.allocation.pools import Eligible, PlaceNames, pools
from cbs_desktop.groups.calendar.queries import calendar_of
from cbs_desktop.groups.rules import Preferences
from cbs_desktop.participants import backgrounds, consents
from cbs_desktop.participants.rules import age
from cbs_desktop.participants.tables import (
    Person,
    PersonDay,
    PersonLanguage,
)
from cbs_desktop.places.rules import PRISON
from cbs_desktop.places.tables import Facility, Place
from cbs_desktop.programmes.queries import RoundFacts, round_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening.tables import Decision
from cbs_desktop.store import lists
from cbs_desktop.store.values import NamedRow

_FRIDAY = 4
Spots = dict[int, tuple[float, float]]
PairTable = type[t.KeepApart] | type[t.KeepTogether]


@query(Permission.ALLOCATE)
def instance(reading: Reading, round_id: int | None = None) -> Instance:
    """All eligible people of a round who are in none of its groups, by pool, under the
    rules and preferences of today."""
    found = round_of(reading, round_id)
    return instance_of(reading, found, rows(reading, found))


def instance_of(
    reading: Reading,
    found: RoundFacts,
    free: list[NamedRow],
    placed: Iterable[NamedRow] = (),
) -> Instance:
    """The instance of these rows of people, as `rows` gives them. Of those who are free,
    who does not consent or is released too early is set aside; who is placed stays."""
    gone = released(reading, found, free)
    unconsented = tuple(row.id for row in free if not row.agreed)
    aside = {*gone, *unconsented}
    people = [row for row in free if row.id not in aside]
    people += placed
    limits = found.rules
    sizes = Sizes(
        least=limits.size_least,
        target=limits.size_target,
        most=limits.size_most,
        stop=limits.size_stop,
        pool_least=limits.pool_least,
    )
    spots = _spots(reading)
    preferences = preferences_of(reading, found.programme_id)
    drawn = _Drawing(
        found=found,
        categories=backgrounds.of_everybody(reading),
        languages=lists.of_each(reading.db, PersonLanguage.code),
        days=lists.of_each(reading.db, PersonDay.weekday),
        spots=spots,
    )
    everybody = [drawn.eligible(row) for row in people]
    return Instance(
        sizes=sizes,
        pools=pools(everybody, sizes, preferences, _place_names(reading)),
        apart=pairs(reading, t.KeepApart),
        together=pairs(reading, t.KeepTogether),
        preferences=preferences,
        released=gone,
        unconsented=unconsented,
        facilitators=tuple(_facilitators(reading, found.id, spots)),
    )


def _place_names(reading: Reading) -> PlaceNames:
    places = reading.rows(select(Place.id, Place.path))
    paths = dict(places)
    columns = select(Facility.id, Facility.name, Facility.rooms)
    facilities = {}
    for row in reading.rows(columns):
        known = (row.name, row.rooms)
        facilities[row.id] = known
    return PlaceNames(paths, facilities)


def rows(reading: Reading, found: RoundFacts, placed: bool = False) -> list[NamedRow]:
    """Everybody who was decided for a group of the round: those in none of its groups, or
    (`placed`) those in one now."""
    inside = exists().where(
        t.Membership.person_id == Person.id,
        t.Membership.left_on.is_(None),
        t.Group.id == t.Membership.group_id,
        t.Group.round_id == found.id,
    )
    decided = and_(
        Decision.person_id == Person.id,
        Decision.round_id == found.id,
        Decision.pathway == "sociotherapy",
    )
    columns = (
        Person.id,
        Person.number,
        Person.own_name,
        Person.other_names,
        Person.sex,
        Person.born_on,
        Person.born_year,
        Person.place_id,
        Person.facility_id,
        Person.release_on,
        Place.sector_id,
        Place.district_id,
        Decision.track,
        Decision.support,
        Facility.district_id.label("facility_district"),
        (Facility.kind == PRISON).label("in_prison"),
        consents.agrees("programme", reading.today).label("agreed"),
    )
    return reading.rows(
        select(*columns)
        .join(Decision, decided)
        .join(Place, Place.id == Person.place_id)
        .outerjoin(Facility, Facility.id == Person.facility_id)
        .where(Person.left_on.is_(None), inside if placed else ~inside)
        .order_by(Person.id)
    )


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Draws rows as people to be placed; what it needs of the file is read once."""

    found: RoundFacts
    categories: dict[int, tuple[str, ...]]
    languages: dict[int, tuple[str, ...]]
    days: dict[int, tuple[int, ...]]
    spots: Spots

    def eligible(self, row: NamedRow) -> Eligible:
        """Somebody to be placed; whoever is in a facility or a camp belongs there."""
        track = _track(row, self.found)
        if row.facility_id:
            district = row.facility_district
            person = self._candidate(row, district, None)
            return Eligible(person, track, district, row.facility_id)
        sector = row.sector_id or row.place_id
        person = self._candidate(row, sector, self.spots.get(row.place_id))
        return Eligible(person, track, row.district_id or row.place_id)

    def _candidate(
        self, row: NamedRow, sector: int, spot: tuple[float, float] | None
    ) -> PersonFacts:
        return PersonFacts(
            id=row.id,
            sex=row.sex,
            categories=self.categories.get(row.id, ()),
            cell=row.place_id,
            sector=sector,
            age=age(row.born_on, row.born_year, self.found.plan.starts),
            support=row.support,
            languages=self.languages.get(row.id, ()),
            days=self.days.get(row.id, ()),
            spot=spot,
        )


def _track(row: NamedRow, found: RoundFacts) -> str:
    if row.in_prison:
        return "facility"
    if row.track:
        return row.track
    years = age(row.born_on, row.born_year, found.plan.starts)
    if found.rules.band(years) == "youth":
        return "youth"
    return "adult"


def released(
    reading: Reading, found: RoundFacts, people: Iterable[NamedRow]
) -> tuple[int, ...]:
    """Whom a facility lets go before a group that begins with the round has had its last
    session."""
    inside = []
    for row in people:
        if row.in_prison and row.release_on is not None:
            inside.append(row)
    if not inside:
        return ()
    days = rules.session_dates(
        max(found.plan.starts, reading.today),
        _FRIDAY,
        found.rules.every_days,
        found.rules.sessions,
        calendar_of(reading),
    )
    return tuple(row.id for row in inside if row.release_on <= days[-1])


def preferences_of(reading: Reading, programme_id: int) -> Preferences:
    """What the office prefers of the groups of a programme; ours until it says so."""
    stored = t.GroupPreferences
    statement = select(stored.__table__).where(stored.programme_id == programme_id)
    row = reading.first(statement)
    if row is None:
        return Preferences()
    names = [field.name for field in fields(Preferences)]
    return Preferences(**{name: getattr(row, name) for name in names})


def _facilitators(
    reading: Reading, round_id: int, spots: Spots
) -> Iterator[FacilitatorFacts]:
    """Facilitators who lead groups now, with what they lead in the round already."""
    busy = _weekdays_led(reading, round_id)
    ties = _ties(reading)
    languages = lists.of_each(reading.db, FacilitatorLanguage.code)
    days = lists.of_each(reading.db, FacilitatorDay.weekday)
    columns = (
        Facilitator.id,
        Facilitator.sex,
        Facilitator.level,
        Facilitator.place_id,
        Place.sector_id,
        Place.district_id,
    )
    statement = (
        select(*columns)
        .join(Place, Place.id == Facilitator.place_id)
        .where(Facilitator.active)
        .order_by(Facilitator.id)
    )
    for row in reading.rows(statement):
        yield FacilitatorFacts(
            id=row.id,
            sex=row.sex,
            level=row.level,
            district_id=row.district_id or row.place_id,
            cell=row.place_id,
            sector=row.sector_id or row.place_id,
            spot=spots.get(row.place_id),
            languages=languages.get(row.id, ()),
            days=days.get(row.id, ()),
            load=len(busy[row.id]),
            busy=tuple(sorted(busy[row.id])),
            ties=tuple(ties[row.id]),
        )


def _weekdays_led(reading: Reading, round_id: int) -> dict[int, list[int]]:
    """On which weekdays each facilitator leads groups of the round."""
    leads = t.GroupFacilitator
    statement = (
        select(leads.facilitator_id, t.Group.weekday)
        .join(t.Group, t.Group.id == leads.group_id)
        .where(t.Group.round_id == round_id)
    )
    busy = defaultdict(list)
    for facilitator_id, weekday in reading.rows(statement):
        busy[facilitator_id].append(weekday)
    return busy


def _ties(reading: Reading) -> dict[int, list[int]]:
    """The people whose groups each facilitator must not lead; whoever was a participant never leads their own."""
    columns = select(t.Tie.facilitator_id, t.Tie.person_id)
    ties = defaultdict(list)
    own = select(Facilitator.id, Facilitator.person_id)
    for row in reading.rows(own.where(Facilitator.person_id.is_not(None))):
        ties[row.id].append(row.person_id)
    for facilitator_id, person_id in reading.rows(columns.order_by(t.Tie.person_id)):
        ties[facilitator_id].append(person_id)
    return ties


def pairs(reading: Reading, table: PairTable) -> frozenset[IdPair]:
    """Two by two, the smaller id first."""
    found = set()
    for one, other in reading.rows(select(table.one_id, table.other_id)):
        found.add((min(one, other), max(one, other)))
    return frozenset(found)


def _spots(reading: Reading) -> Spots:
    """Where places are, in degrees: their own position, else that of the nearest place
    above them."""
    columns = (Place.id, Place.parent_id, Place.latitude, Place.longitude)
    parents = {}
    spots = {}
    for row in reading.rows(select(*columns)):
        parents[row.id] = row.parent_id
        if row.latitude is not None:
            spots[row.id] = (row.latitude, row.longitude)
    if not spots:
        return {}
    for place in parents:
        above = _nearest_above(place, parents, spots)
        if above is not None:
            spots[place] = spots[above]
    return spots


def _nearest_above(
    place: int, parents: dict[int, int | None], measured: Collection[int]
) -> int | None:
    above: int | None = place
    while above is not None and above not in measured:
        above = parents[above]
    return above
