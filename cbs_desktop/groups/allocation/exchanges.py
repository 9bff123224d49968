"""Two people in each other's group: the exchanges that break no rule, and what the balance gains."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from cbs_desktop.groups.allocation.instance import Placed, Problem, Result
from cbs_desktop.groups.allocation.objective import cost
from cbs_desktop.groups.allocation.violations import broken


class Swap(NamedTuple):
    """Two people in each other's group: with whom, in which group (counted from 0), and what the balance loses."""

    person: int
    group: int
    extra: float


def swaps(
    problem: Problem, result: Result, person_id: int, most: int = 3
) -> list[Swap]:
    """The best exchanges of a person with somebody of another group of the same pool that break no rule, best first."""
    here = result.where(person_id)
    if here is None:
        return []
    pool = result.groups[here].pool
    alone = replace(problem, pools=(problem.pools[pool],))
    found = []
    for there, group in enumerate(result.groups):
        if group.pool != pool or there == here:
            continue
        before = cost(alone, _of_one_pool(result, (here, there)))
        for other in group.people:
            changed = result.exchanged(person_id, other)
            both = _of_one_pool(changed, (here, there)) if changed else []
            if both and not broken(alone, both):
                found.append(Swap(other, there, cost(alone, both) - before))
    return sorted(found, key=lambda swap: (swap.extra, swap.person))[:most]


def _of_one_pool(result: Result, numbers: Iterable[int]) -> list[Placed]:
    return [Placed(0, result.groups[number].people) for number in numbers]
