"""The groups of a round, who is kept apart or together, who leads how many, and what the office prefers."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select

from cbs_desktop.action import Reading, query
from cbs_desktop.errors import Missing, NoRound
from cbs_desktop.facilitators.tables import Facilitator
from cbs_desktop.groups import tables as t
from cbs_desktop.groups.eligible import PairTable, preferences_of
from cbs_desktop.groups.rules import Preferences
from cbs_desktop.participants.rules import age, shown
from cbs_desktop.participants.tables import Person
from cbs_desktop.places.tables import Facility, Place
from cbs_desktop.programmes.queries import programmes as programmes_of
from cbs_desktop.programmes.queries import round_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store.values import NamedRow


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
    sexes = _sexes(reading)
    names = _facilitator_names(reading)
    place = func.coalesce(Facility.name, Place.path).label("place")
    statement = (
        select(t.Group.__table__, place)
        .join(Place, Place.id == t.Group.sector_id)
        .outerjoin(Facility, Facility.id == t.Group.facility_id)
        .where(t.Group.round_id == found.id)
        .order_by(t.Group.number)
    )
    rows: list[GroupRow] = []
    for row in reading.rows(statement):
        rows.append(_group_row(row, sexes[row.id], names[row.id]))
    return rows


def _sexes(reading: Reading) -> dict[int, Counter[str]]:
    """Women and men in each group now."""
    members = t.Membership
    now = (
        select(members.group_id, Person.sex)
        .join(Person, Person.id == members.person_id)
        .where(members.left_on.is_(None))
    )
    sexes: dict[int, Counter[str]] = defaultdict(Counter)
    for group_id, sex in reading.rows(now):
        sexes[group_id][sex] += 1
    return sexes


def _group_row(row: NamedRow, sexes: Counter[str], facilitators: list[str]) -> GroupRow:
    return GroupRow(
        id=row.id,
        number=row.number,
        name=row.name,
        track=row.track,
        place=row.place,
        venue=row.venue,
        weekday=row.weekday,
        starts=row.starts,
        size=sexes.total(),
        women=sexes["F"],
        men=sexes["M"],
        facilitators=tuple(facilitators),
    )


def _facilitator_names(reading: Reading) -> dict[int, list[str]]:
    """The names of each group's facilitators, as they were set."""
    leads = t.GroupFacilitator
    statement = (
        select(leads.group_id, Facilitator.own_name, Facilitator.other_names)
        .join(Facilitator, Facilitator.id == leads.facilitator_id)
        .order_by(leads.id)
    )
    names: dict[int, list[str]] = defaultdict(list)
    for group_id, own_name, other_names in reading.rows(statement):
        names[group_id].append(shown(own_name, other_names))
    return names


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
    this = t.Group.id == group_id
    round_id = reading.value(select(t.Group.round_id).where(this))
    if not round_id:
        raise Missing(what="group", id=group_id)
    rows: dict[int, GroupRow] = {}
    for row in groups(reading, round_id):
        rows[row.id] = row
    members = _members(reading, group_id)
    return GroupFacts(rows[group_id], members, _sessions(reading, group_id))


def _members(reading: Reading, group_id: int) -> tuple[Member, ...]:
    columns = (
        Person.id,
        Person.number,
        Person.own_name,
        Person.other_names,
        Person.sex,
        Person.born_on,
        Person.born_year,
        t.Membership.joined_on,
        t.Membership.left_on,
        t.Membership.reason,
    )
    statement = (
        select(*columns)
        .join(Person, Person.id == t.Membership.person_id)
        .where(t.Membership.group_id == group_id)
        .order_by(Person.own_name, Person.other_names)
    )
    rows = reading.rows(statement)
    members: list[Member] = []
    for row in rows:
        members.append(_member(row, reading.today))
    return tuple(members)


def _member(row: NamedRow, today: date) -> Member:
    return Member(
        person_id=row.id,
        number=row.number,
        name=shown(row.own_name, row.other_names),
        sex=row.sex,
        age=age(row.born_on, row.born_year, today),
        joined_on=row.joined_on,
        left_on=row.left_on,
        reason=row.reason,
    )


def _sessions(reading: Reading, group_id: int) -> tuple[tuple[int, date, str], ...]:
    planned = t.Session
    columns = select(planned.number, planned.planned_on, planned.phase)
    of_group = columns.where(planned.group_id == group_id)
    sessions: list[tuple[int, date, str]] = []
    for row in reading.rows(of_group.order_by(planned.number)):
        sessions.append((row.number, row.planned_on, row.phase))
    return tuple(sessions)


@dataclass(frozen=True, slots=True)
class KeptPair:
    """Two people kept apart or together, and the code of the reason."""

    id: int
    one: str
    other: str
    reason: str


@query(Permission.KEEP_APART)
def keep_aparts(reading: Reading) -> list[KeptPair]:
    """All pairs kept apart, with the reason: for those who may know."""
    return _pairs(reading, t.KeepApart)


@query(Permission.ALLOCATE)
def keep_togethers(reading: Reading) -> list[KeptPair]:
    """All pairs kept together."""
    return _pairs(reading, t.KeepTogether)


def _pairs(reading: Reading, table: PairTable) -> list[KeptPair]:
    names: dict[int, str] = {}
    people = select(Person.id, Person.own_name, Person.other_names)
    for row in reading.rows(people):
        names[row.id] = shown(row.own_name, row.other_names)
    columns = select(table.id, table.one_id, table.other_id, table.reason)
    pairs: list[KeptPair] = []
    for row in reading.rows(columns):
        one = names[row.one_id]
        other = names[row.other_id]
        pairs.append(KeptPair(row.id, one, other, row.reason))
    return pairs


@dataclass(frozen=True, slots=True)
class Link:
    """Somebody linked with a person: `kind` is together or apart, `reason` a code, `id` that of the pair."""

    id: int
    kind: str
    person_id: int
    name: str
    reason: str


@query(Permission.LOOK)
def links(reading: Reading, person_id: int) -> tuple[Link, ...]:
    """Who is linked with a person, as far as the asker may know: who stays together is for those who form groups, who
    is kept apart for those who may know that."""
    found: list[Link] = []
    if reading.account.may(Permission.ALLOCATE):
        found += _linked(reading, person_id, "together", t.KeepTogether)
    if reading.account.may(Permission.KEEP_APART):
        found += _linked(reading, person_id, "apart", t.KeepApart)
    return tuple(found)


def _linked(
    reading: Reading, person_id: int, kind: str, table: PairTable
) -> list[Link]:
    """The pairs of a person, each with the other one's name."""
    mine = (table.one_id == person_id) | (table.other_id == person_id)
    other = (Person.id == table.one_id) | (Person.id == table.other_id)
    columns = (
        table.id,
        table.reason,
        Person.id.label("person_id"),
        Person.own_name,
        Person.other_names,
    )
    statement = (
        select(*columns)
        .join(Person, other & (Person.id != person_id))
        .where(mine)
        .order_by(Person.own_name, Person.other_names)
    )
    found: list[Link] = []
    for row in reading.rows(statement):
        name = shown(row.own_name, row.other_names)
        found.append(Link(row.id, kind, row.person_id, name, row.reason))
    return found


@query(Permission.ALLOCATE)
def ties(reading: Reading, facilitator_id: int) -> list[tuple[int, str]]:
    """The people whose group a facilitator must not lead, by id and name."""
    statement = (
        select(Person.id, Person.own_name, Person.other_names)
        .join(t.Tie, t.Tie.person_id == Person.id)
        .where(t.Tie.facilitator_id == facilitator_id)
        .order_by(Person.own_name)
    )
    people: list[tuple[int, str]] = []
    for row in reading.rows(statement):
        people.append((row.id, shown(row.own_name, row.other_names)))
    return people


def leads_own_group(reading: Reading, person_id: int | None) -> bool:
    """Whether somebody sits as a participant in a group that they lead, for actions of this room and of higher ones."""
    m, leads = t.Membership, t.GroupFacilitator
    own = (
        select(m.id)
        .join(leads, leads.group_id == m.group_id)
        .join(Facilitator, Facilitator.id == leads.facilitator_id)
        .where(m.person_id == person_id, m.left_on.is_(None))
        .where(Facilitator.person_id == m.person_id)
    )
    return reading.value(own.limit(1)) is not None


def broken_for(reading: Reading, person_id: int) -> str:
    """The rule that somebody's groups of now break, empty for none; for actions of higher rooms, after two records
    became one."""
    m = t.Membership
    mine = select(m.group_id).where(m.person_id == person_id, m.left_on.is_(None))
    beside = select(m.person_id).where(m.group_id.in_(mine), m.left_on.is_(None))
    k = t.KeepApart
    apart = select(k.id).where(
        or_(
            and_(k.one_id == person_id, k.other_id.in_(beside)),
            and_(k.other_id == person_id, k.one_id.in_(beside)),
        )
    )
    leads = t.GroupFacilitator
    leaders = select(leads.facilitator_id).where(leads.group_id.in_(mine))
    tied = select(t.Tie.id).where(
        t.Tie.person_id == person_id, t.Tie.facilitator_id.in_(leaders)
    )
    themselves = select(func.count()).where(Facilitator.person_id == person_id)
    if reading.value(apart.limit(1)) is not None:
        return "keep apart"
    if reading.value(tied.limit(1)) is not None:
        return "tie"
    if leads_own_group(reading, person_id):
        return "leads own group"
    if reading.count(themselves) > 1:
        return "two facilitators"
    return ""


@query(Permission.LOOK)
def preferences(reading: Reading) -> tuple[int, Preferences] | None:
    """The office's programme by id, and what is preferred of its groups; None before one
    is taken up."""
    programmes = programmes_of(reading)
    if not programmes:
        return None
    programme_id = programmes[0][0]
    return programme_id, preferences_of(reading, programme_id)


@query(Permission.LOOK)
def workload(reading: Reading, round_id: int | None = None) -> dict[int, int]:
    """How many groups of a round each facilitator leads; before the first round nobody
    leads any."""
    try:
        found = round_of(reading, round_id)
    except NoRound:
        return {}
    leads = t.GroupFacilitator
    statement = (
        select(leads.facilitator_id, func.count())
        .join(t.Group, t.Group.id == leads.group_id)
        .where(t.Group.round_id == found.id)
        .group_by(leads.facilitator_id)
    )
    return dict(reading.rows(statement))
