"""Two people in each other's group: the exchanges that break no rule, and what the balance gains."""

from collections.abc import Collection
from typing import NamedTuple

from cbs_desktop.groups.allocation.assignment import Assignment, PlacedGroup
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
            before = cost(instance, _groups(assignment, (here, there)))
            for other in group.people:
                changed = assignment.exchanged(person_id, other)
                both = _groups(changed, (here, there)) if changed else []
                if both and not violations(instance, both):
                    found.append(Swap(other, there, cost(instance, both) - before))
    found.sort(key=lambda swap: (swap.extra, swap.person))
    return found[:most]


def _groups(assignment: Assignment, numbers: Collection[int]) -> list[PlacedGroup]:
    groups = []
    for number in numbers:
        groups.append(assignment.groups[number])
    return groups
