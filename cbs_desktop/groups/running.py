"""The groups of a round that run, as an instance and its assignment: what late joiners and transfers are checked against."""

from collections import Counter, defaultdict
from collections.abc import Collection

from sqlalchemy import select

from cbs_desktop.action import Reading, query
from cbs_desktop.groups import eligible
from cbs_desktop.groups import tables as t
from cbs_desktop.groups.allocation.assignment import PlacedGroup
from cbs_desktop.groups.allocation.instance import Instance
from cbs_desktop.groups.allocation.late_joiners import Running
from cbs_desktop.participants.rules import shown
from cbs_desktop.programmes.queries import RoundFacts, round_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store.values import NamedRow

NO_POOL = -1  # of a group without members whose people are all gone


@query(Permission.ALLOCATE)
def running(reading: Reading, round_id: int | None = None) -> Running:
    """The running groups of a round, and who could still join one."""
    return running_of(reading, round_of(reading, round_id))


def running_of(reading: Reading, found: RoundFacts) -> Running:
    """The running groups of a round, for actions."""
    free = eligible.rows(reading, found)
    placed = eligible.rows(reading, found, placed=True)
    instance = eligible.instance_of(reading, found, free, placed)
    members = _members(reading)
    groups = []
    rows = _groups(reading, found.id)
    for row in rows:
        people = tuple(sorted(members[row.id]))
        groups.append(PlacedGroup(_pool_of(instance, row, people), people))
    waiting = []
    for row in free:
        waiting.append((row.id, row.number, shown(row.own_name, row.other_names)))
    return Running(
        round_id=found.id,
        instance=instance,
        groups=tuple(groups),
        ids=tuple(row.id for row in rows),
        names=tuple(row.name for row in rows),
        open=frozenset(_open(reading, found, rows, groups)),
        waiting=tuple(waiting),
    )


def _groups(reading: Reading, round_id: int) -> list[NamedRow]:
    columns = (
        t.Group.id,
        t.Group.name,
        t.Group.track,
        t.Group.sector_id,
        t.Group.facility_id,
    )
    of_round = select(*columns).where(t.Group.round_id == round_id)
    return reading.rows(of_round.order_by(t.Group.number))


def _members(reading: Reading) -> dict[int, list[int]]:
    columns = select(t.Membership.group_id, t.Membership.person_id)
    members = defaultdict(list)
    now = columns.where(t.Membership.left_on.is_(None))
    for group_id, person_id in reading.rows(now):
        members[group_id].append(person_id)
    return members


def _pool_of(instance: Instance, row: NamedRow, people: Collection[int]) -> int:
    """The pool of most members; of a group without any, that of its place."""
    known = []
    for i in people:
        if i in instance.pool_of:
            known.append(instance.pool_of[i])
    if known:
        number, _people = Counter(known).most_common(1)[0]
        return number
    number = instance.pool_with((row.track, row.sector_id, row.facility_id))
    if number is None:
        return NO_POOL
    return number


def _open(
    reading: Reading, found: RoundFacts, rows: list[NamedRow], groups: list[PlacedGroup]
) -> list[int]:
    """Groups that may still be joined today, by number."""
    last = select(t.Session.group_id, t.Session.planned_on).where(
        t.Session.number == found.rules.join_until
    )
    last_days = dict(reading.rows(last))
    numbers = []
    for number, row in enumerate(rows):
        last_day = last_days.get(row.id, reading.today)
        if groups[number].pool != NO_POOL and reading.today <= last_day:
            numbers.append(number)
    return numbers
