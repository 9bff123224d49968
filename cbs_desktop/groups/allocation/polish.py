"""Two groups at a time divided anew, exactly: what the search may leave between two groups of a small pool is taken up.

Each pair of groups is a problem of its own for HiGHS, in which the shares are those of the
whole; a pair that was solved and has not changed since is not asked again. The same
partition comes out the same way.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from typing import TypeVar

from cbs_desktop.groups.allocation.bounds import lower_bound
from cbs_desktop.groups.allocation.grouping import (
    WAITING,
    ColumnRule,
    GroupingProblem,
    Partition,
    Trait,
)
from cbs_desktop.groups.allocation.linear_model import Progress, Stop
from cbs_desktop.groups.allocation.objective import cost

MOST = 34  # people of two groups: of more, HiGHS takes longer than people wait
_NODES = 60
_SECONDS = 2.0
_GAIN = 1e-6
Two = tuple[int, int]
Value = TypeVar("Value")


def polish(
    problem: GroupingProblem, partition: Partition, progress: Progress | None = None
) -> Partition:
    """The partition, or a better one. Where people wait, distances count or groups are
    large it stays as it is."""
    if WAITING in partition.where or problem.distances:
        return partition
    stop = Stop(progress)
    where = list(partition.where)
    best = partition.cost
    every = list(combinations(range(len(problem.groups)), 2))
    queue = list(every)
    while queue:
        pair = queue.pop(0)
        other = _divided_anew(problem, where, pair, stop)
        better = cost(problem, other)
        if better < best - _GAIN:
            where = other
            best = better
            for each in every:
                touched = each != pair and not set(each).isdisjoint(pair)
                if touched and each not in queue:
                    queue.append(each)
    return Partition(tuple(where), best)


def _divided_anew(
    problem: GroupingProblem, where: list[int], pair: Two, stop: Stop
) -> list[int]:
    """The best there is for the people of two groups, everybody else where they are."""
    people = []
    for person, group in enumerate(where):
        if group in pair:
            people.append(person)
    if len(people) > MOST:
        return where
    part = _between(problem, people, pair)
    found = lower_bound(part, _SECONDS, stop, _NODES)
    stop.tell()
    other = list(where)
    if found.where is not None:
        for person, side in zip(people, found.where, strict=True):
            other[person] = pair[side]
    return other


def _between(problem: GroupingProblem, people: list[int], pair: Two) -> GroupingProblem:
    """The people of two groups as a problem of its own."""
    place = {}
    for number, person in enumerate(people):
        place[person] = number
    together = []
    for block in problem.together:
        if block[0] in place:
            together.append(tuple(place[person] for person in block))
    fixed = {}
    for person, group in problem.fixed.items():
        if person in place:
            fixed[place[person]] = pair.index(group)
    return replace(
        problem,
        people=len(people),
        groups=tuple(problem.groups[group] for group in pair),
        traits=tuple(_trait(trait, people) for trait in problem.traits),
        places=_those(problem.places, people),
        apart=_pairs(problem.apart, place),
        far=_pairs(problem.far, place),
        together=tuple(together),
        fixed=fixed,
        common=tuple(_those(matter, people) for matter in problem.common),
        rules=tuple(_rule(rule, people) for rule in problem.rules),
    )


def _those(values: tuple[Value, ...], people: list[int]) -> tuple[Value, ...]:
    """What those people have, if there are values at all."""
    if not values:
        return ()
    return tuple(values[person] for person in people)


def _trait(trait: Trait, people: list[int]) -> Trait:
    return replace(trait, values=_those(trait.values, people), of_all=trait.share)


def _rule(rule: ColumnRule, people: list[int]) -> ColumnRule:
    return replace(rule, labels=_those(rule.labels, people))


def _pairs(pairs: Iterable[Two], place: dict[int, int]) -> frozenset[Two]:
    found = set()
    for one, other in pairs:
        if one in place and other in place:
            found.add((place[one], place[other]))
    return frozenset(found)
