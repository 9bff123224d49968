"""What would have to give for everybody of a pool to have a group: the smallest set of rules, proved."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cbs_desktop.action import Reading, query
from cbs_desktop.groups import eligible
from cbs_desktop.groups.allocation import solver
from cbs_desktop.groups.allocation.instance import Placed, Problem
from cbs_desktop.groups.allocation.linear_model import Stop
from cbs_desktop.groups.proposals import stored
from cbs_desktop.participants.rules import shown
from cbs_desktop.programmes.queries import round_of
from cbs_desktop.safe.permissions import Permission


@dataclass(frozen=True, slots=True)
class Names:
    """How people are called, and whether the asker may know who is kept apart."""

    people: Mapping[int, str]
    may_know_apart: bool


@dataclass(frozen=True, slots=True)
class Tight:
    """A pool of the proposal on the board with those of it who wait."""

    problem: Problem
    pool: int
    groups: tuple[Placed, ...]
    waiting: tuple[int, ...]
    names: Names


@dataclass(frozen=True, slots=True)
class Give:
    """A rule that would have to give (keep apart, keep together, no common day, no common language, size), for whom."""

    rule: str
    people: tuple[int, ...]


@query(Permission.ALLOCATE)
def tight(reading: Reading, pool: int, round_id: int | None = None) -> Tight | None:
    """A pool of the proposal on the board; None without one."""
    found = round_of(reading, round_id)
    one = stored.kept(reading, found.id)
    if one is None or not 0 <= pool < len(one.problem.pools):
        return None
    rows = eligible.rows(reading, found)
    names = Names(
        {row.id: shown(row.own_name, row.other_names) for row in rows},
        reading.account.may(Permission.KEEP_APART),
    )
    now = one.problem.as_now(eligible.problem(reading, found.id))
    groups = tuple(group for group in one.result.groups if group.pool == pool)
    placed = {i for group in groups for i in group.people}
    waiting = tuple(
        person.id for person in now.pools[pool].people if person.id not in placed
    )
    return Tight(now, pool, groups, waiting, names)


def relax(
    found: Tight, seconds: float, progress: Callable[[int, int], None] | None = None
) -> tuple[Give, ...]:
    """The fewest rules that have to give for a place for everybody in as many groups as there are, or as would be made."""
    from cbs_desktop.groups.allocation import bounds

    pool, sizes = found.problem.pools[found.pool], found.problem.sizes
    count = len(found.groups) or max(
        1, solver.group_count(len(pool.people), sizes, pool.rooms)
    )
    case = solver.case(found.problem, found.pool, ((0, sizes.stop),) * count)
    stop = Stop(progress)
    relaxed = bounds.relax(case, seconds, stop)
    stop.tell()
    ids = [one.id for one in pool.people]
    matters = [name for name, key in (("no common day", "days"), ("no common language", "languages"))
               if any(getattr(one, key) for one in pool.people)]  # fmt: skip
    return (
        *(Give("keep apart", (ids[a], ids[b])) for a, b in relaxed.apart),
        *(
            Give("keep together", tuple(ids[i] for i in case.together[block]))
            for block in relaxed.together
        ),
        *(Give(matters[matter], (ids[i],)) for matter, i in relaxed.common),
        *(Give("size", ()) for _group in relaxed.sizes),
    )
