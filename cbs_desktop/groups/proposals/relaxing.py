"""What would have to give for everybody of a pool to have a group: the smallest set of rules, proved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from cbs_desktop.action import Reading, query
from cbs_desktop.groups import eligible
from cbs_desktop.groups.allocation.assignment import PlacedGroup
from cbs_desktop.groups.allocation.grouping import GroupingProblem
from cbs_desktop.groups.allocation.instance import Instance
from cbs_desktop.groups.allocation.linear_model import Progress, Stop
from cbs_desktop.groups.allocation.relaxation import Relaxation, relax
from cbs_desktop.groups.allocation.solver import group_count
from cbs_desktop.groups.proposals.stored import stored_on_board
from cbs_desktop.participants.rules import shown
from cbs_desktop.programmes.queries import round_of
from cbs_desktop.safe.permissions import Permission


@dataclass(frozen=True, slots=True)
class WaitingNames:
    """How people are called, and whether the asker may know who is kept apart."""

    people: Mapping[int, str]
    may_know_apart: bool


@dataclass(frozen=True, slots=True)
class TightPool:
    """A pool of the proposal on the board with those of it who wait."""

    instance: Instance
    pool: int
    groups: tuple[PlacedGroup, ...]
    waiting: tuple[int, ...]
    names: WaitingNames


@dataclass(frozen=True, slots=True)
class RuleToGive:
    """A rule that would have to give (keep apart, too far, keep together, no common day,
    no common language, size), for whom."""

    rule: str
    people: tuple[int, ...] = ()


@query(Permission.ALLOCATE)
def tight_pool(
    reading: Reading, pool: int, round_id: int | None = None
) -> TightPool | None:
    """A pool of the proposal on the board; None without one."""
    found = round_of(reading, round_id)
    proposal = stored_on_board(reading, found.id)
    if proposal is None or not 0 <= pool < len(proposal.instance.pools):
        return None
    names = {}
    for row in eligible.rows(reading, found):
        names[row.id] = shown(row.own_name, row.other_names)
    now = proposal.instance.as_now(eligible.instance(reading, found.id))
    groups = []
    placed: set[int] = set()
    for group in proposal.assignment.groups:
        if group.pool == pool:
            groups.append(group)
            placed.update(group.people)
    waiting = []
    for person in now.pools[pool].ids:
        if person not in placed:
            waiting.append(person)
    may_know = reading.account.may(Permission.KEEP_APART)
    return TightPool(
        instance=now,
        pool=pool,
        groups=tuple(groups),
        waiting=tuple(waiting),
        names=WaitingNames(names, may_know),
    )


def rules_to_give(
    tight: TightPool, seconds: float, progress: Progress | None = None
) -> tuple[RuleToGive, ...]:
    """The fewest rules that have to give for a place for everybody in as many groups as
    there are, or as would be made."""
    pool = tight.instance.pools[tight.pool]
    sizes = tight.instance.sizes
    count = len(tight.groups)
    if not count:
        count = max(1, group_count(len(pool.people), sizes, pool.rooms))
    problem = tight.instance.problem(tight.pool)
    problem = replace(problem, groups=((0, sizes.stop),) * count)
    stop = Stop(progress)
    relaxation = relax(problem, seconds, stop)
    stop.tell()
    return tuple(_in_ids(problem, relaxation, pool.ids))


def _in_ids(
    problem: GroupingProblem, relaxation: Relaxation, ids: list[int]
) -> Iterator[RuleToGive]:
    """The rules with the people concerned."""
    for one, other in relaxation.apart:
        rule = "too far"
        if (one, other) in problem.apart:
            rule = "keep apart"
        yield RuleToGive(rule, (ids[one], ids[other]))
    for number in relaxation.together:
        block = problem.together[number]
        yield RuleToGive("keep together", tuple(ids[person] for person in block))
    for matter, person in relaxation.common:
        yield RuleToGive(problem.matter(matter), (ids[person],))
    for _group in relaxation.sizes:
        yield RuleToGive("size")
