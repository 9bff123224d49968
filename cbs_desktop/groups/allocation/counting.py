"""What no division can cost less than, by counting alone: quick for pools of any size, where a proof would take too long.

Of each trait the best a division could do if nothing else mattered; the parts of the cost add up, so their sum is a bound.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from cbs_desktop.groups.allocation.grouping import Case, Trait


def least(case: Case, sizes: Sequence[int]) -> float:
    """The bound for groups of these sizes, everybody placed. Traits that are numbers, and distances, count nothing."""
    return sum(_trait(trait, sizes) for trait in case.traits) + case.scatter * _places(
        case, sizes
    )


def _trait(trait: Trait, sizes: Sequence[int]) -> float:
    """The cheapest way to spread so many holders over the groups: group by group, for every number given so far."""
    if not set(trait.values) <= {0.0, 1.0}:
        return 0.0
    holders = int(sum(trait.values))
    best = {0: 0.0}
    for size in sizes:
        costs = [
            trait.weight * (n - trait.share * size) ** 2 + trait.alone * (n == 1)
            for n in range(size + 1)
        ]
        after: dict[int, float] = {}
        for given, so_far in best.items():
            for n, cost in enumerate(costs[: holders - given + 1]):
                total = so_far + cost
                if total < after.get(given + n, float("inf")):
                    after[given + n] = total
        best = after
    return best.get(holders, 0.0)


def _places(case: Case, sizes: Sequence[int]) -> int:
    """How many places the groups have people of, added up, at the least: a large place needs several groups, and a group
    is filled from as many places as the largest of them do not fill alone."""
    if not case.scatter or not sizes:
        return 0
    homes = sorted(Counter(case.places).values(), reverse=True)
    by_place = sum(-(-count // max(sizes)) for count in homes)
    filled = list(accumulate(homes))
    by_group = sum(
        next((n for n, whole in enumerate(filled, 1) if whole >= size), 0)
        for size in sizes
    )
    return max(by_place, by_group)
