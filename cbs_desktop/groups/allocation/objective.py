"""What a group, or a partition, costs: less is better. The same sums serve the search, the
bounds and what the board says of a move."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

from cbs_desktop.groups.allocation.grouping import (
    WAITING,
    ColumnRule,
    GroupingProblem,
    Partition,
    Trait,
    members_of,
)

# What a person without a group costs, and one missing in a group: more than any unevenness.
LEFT_OUT = 1000.0


def cost(problem: GroupingProblem, where: Sequence[int]) -> float:
    """What a partition costs, counted anew from nothing."""
    total = LEFT_OUT * where.count(WAITING)
    for group, (least, most) in enumerate(problem.groups):
        members = members_of(where, group)
        total += LEFT_OUT * max(0, least - len(members))
        total += sum(group_parts(problem, members).values())
        for rule in problem.rules:
            total += rule.penalty(violations_of(rule, members, least, most))
    return total


def partition(problem: GroupingProblem, where: Sequence[int]) -> Partition:
    """A partition with what it costs."""
    return Partition(tuple(where), cost(problem, where))


def group_parts(problem: GroupingProblem, members: Sequence[int]) -> dict[str, float]:
    """What a group costs by the parts of its traits, "alone" and "distance"."""
    parts: dict[str, float] = defaultdict(float)
    for trait in problem.traits:
        parts[trait.part] += _uneven(trait, members)
        if trait.alone and _holders(trait, members) == 1:
            parts["alone"] += trait.alone
    parts["distance"] += _ways(problem, members)
    return parts


def _uneven(trait: Trait, members: Sequence[int]) -> float:
    has = 0.0
    for person in members:
        has += trait.values[person]
    deviation = has - trait.share * len(members)
    return trait.weight * deviation**2


def _holders(trait: Trait, members: Sequence[int]) -> int:
    total = 0
    for person in members:
        total += trait.values[person] != 0
    return total


def _ways(problem: GroupingProblem, members: Sequence[int]) -> float:
    total = 0.0
    if problem.scatter:
        homes = set()
        for person in members:
            homes.add(problem.places[person])
        total += problem.scatter * len(homes)
    if problem.distances:
        for one, other in combinations(members, 2):
            total += problem.distances[one][other]
    return total


def violations_of(
    rule: ColumnRule, members: Sequence[int], least: int, most: int
) -> int:
    """How many people of a group, which may have from least to most people, are one too
    many or too few by a column rule; 0 when the group keeps it."""
    held = Counter(rule.labels[person] for person in members)
    del held[-1]
    if rule.kind == "same":
        return held.total() - max(held.values(), default=0)
    total = 0
    for label, (low, high) in enumerate(rule.within(least, most)):
        total += max(0, low - held[label], held[label] - high)
    return total
