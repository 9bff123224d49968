"""Two people in each other's group: the exchanges that break no rule, and what the balance gains."""

from typing import NamedTuple

from cbs_desktop.groups.allocation.assignment import Assignment
from cbs_desktop.groups.allocation.balance import cost
from cbs_desktop.groups.allocation.instance import Instance
from cbs_desktop.groups.allocation.violations import violations


class Swap(NamedTuple):
    """Two people in each other's group: with whom, in which group (counted from 0), and
    what the balance loses."""

    person: int
    group: int
    extra: float


def swaps(
    instance: Instance, assignment: Assignment, person_id: int, most: int = 3
) -> list[Swap]:
    """The best exchanges of a person with somebody of another group of the same pool that
    break no rule, best first."""
    here = assignment.where(person_id)
    if here is None:
        return []
    pool = assignment.groups[here].pool
    found = []
    for there, group in enumerate(assignment.groups):
        if group.pool == pool and there != here:
            both = {here, there}
            before = cost(instance, assignment.those(both))
            for other in group.people:
                changed = assignment.exchanged(person_id, other)
                if changed is not None:
                    groups = changed.those(both)
                    if not violations(instance, groups):
                        extra = cost(instance, groups) - before
                        found.append(Swap(other, there, extra))
    found.sort(key=_best_first)
    return found[:most]


def _best_first(swap: Swap) -> tuple[float, int]:
    return swap.extra, swap.person
