"""The groups of a round that run, as a problem and its result: what late joiners and transfers are checked against."""

from collections import Counter

from sqlalchemy import select

from cbs_desktop.action import Reading, query
from cbs_desktop.groups import eligible
from cbs_desktop.groups import tables as t
from cbs_desktop.groups.allocation.instance import Placed, Problem
from cbs_desktop.groups.allocation.late_joiners import Running
from cbs_desktop.participants.rules import shown
from cbs_desktop.programmes.queries import RoundFacts, round_of
from cbs_desktop.safe.permissions import Permission


@query(Permission.ALLOCATE)
def running(reading: Reading, round_id: int | None = None) -> Running:
    """The running groups of a round, and who could still join one."""
    return running_of(reading, round_of(reading, round_id))


def running_of(reading: Reading, found: RoundFacts) -> Running:
    """The running groups of a round, for actions."""
    free, placed = (
        eligible.rows(reading, found),
        eligible.rows(reading, found, placed=True),
    )
    gone = eligible.released(reading, found, free)
    problem = eligible.problem_of(
        reading, found, [*(row for row in free if row.id not in gone), *placed], gone
    )
    pool_of = {
        one.id: number
        for number, pool in enumerate(problem.pools)
        for one in pool.people
    }
    members: dict[int, list[int]] = {}
    m = t.Membership
    for group_id, person_id in reading.rows(
        select(m.group_id, m.person_id).where(m.left_on.is_(None))
    ):
        members.setdefault(group_id, []).append(person_id)
    columns = (
        t.Group.id,
        t.Group.name,
        t.Group.track,
        t.Group.sector_id,
        t.Group.facility_id,
    )
    rows = reading.rows(
        select(*columns).where(t.Group.round_id == found.id).order_by(t.Group.number)
    )
    groups = []
    for row in rows:
        people = tuple(sorted(members.get(row.id, ())))
        pools = Counter(pool_of[i] for i in people if i in pool_of)
        usual = (
            pools.most_common(1)[0][0]
            if pools
            else _pool_named(problem, (row.track, row.sector_id, row.facility_id))
        )
        groups.append(Placed(usual, people))
    last_days = dict(
        reading.db.execute(
            select(t.Session.group_id, t.Session.planned_on).where(
                t.Session.number == found.rules.join_until
            )
        ).all()
    )
    still = (
        n
        for n, row in enumerate(rows)
        if groups[n].pool >= 0 and reading.today <= last_days.get(row.id, reading.today)
    )
    waiting = tuple(
        (row.id, row.number, shown(row.own_name, row.other_names)) for row in free
    )
    ids, names = tuple(row.id for row in rows), tuple(row.name for row in rows)
    return Running(
        found.id, problem, tuple(groups), ids, names, frozenset(still), waiting
    )


def _pool_named(problem: Problem, key: tuple[str, int, int | None]) -> int:
    """The pool of a group without members; -1 when nobody of it is left."""
    return next(
        (number for number, pool in enumerate(problem.pools) if pool.key == key), -1
    )
