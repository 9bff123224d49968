"""What no partition can cost less than, by counting alone: quick for pools of any size, where a proof would take too long.

Of each trait and column rule the best a partition could do if nothing else mattered; the
parts of the cost add up, so their sum is a bound.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import accumulate

from cbs_desktop.groups.allocation.grouping import (
    PER_PERSON,
    ColumnRule,
    GroupingProblem,
    Trait,
)

CostOfGroup = Callable[[int, int], float]  # by size and number of holders


def counting_bound(problem: GroupingProblem, sizes: Sequence[int]) -> float:
    """The bound for groups of these sizes, everybody placed. Traits that are numbers, and
    distances, count nothing."""
    total = problem.scatter * _places(problem, sizes)
    for trait in problem.traits:
        if trait.is_category:
            total += _cheapest(_trait(trait), int(sum(trait.values)), sizes)
    for rule in problem.rules:
        if rule.kind == "same":
            total += _same(rule, problem, sizes)
        else:
            total += _share(rule, problem, sizes)
    return total


def _trait(trait: Trait) -> CostOfGroup:
    def cost(size: int, holders: int) -> float:
        deviation = holders - trait.share * size
        lonely = trait.alone if holders == 1 else 0.0
        return trait.weight * deviation**2 + lonely

    return cost


def _cheapest(cost: CostOfGroup, holders: int, sizes: Sequence[int]) -> float:
    """The cheapest way to spread so many holders over the groups: group by group, for
    every number given so far."""
    best = {0: 0.0}
    for size in sizes:
        after: dict[int, float] = {}
        for given, so_far in best.items():
            for more in range(min(size, holders - given) + 1):
                total = so_far + cost(size, more)
                if total < after.get(given + more, float("inf")):
                    after[given + more] = total
        best = after
    return best.get(holders, 0.0)


def _places(problem: GroupingProblem, sizes: Sequence[int]) -> int:
    """How many places the groups have people of, added up, at the least: a large place
    needs several groups, and a group is filled from as many places as the largest of them
    do not fill alone."""
    if not problem.scatter or not sizes:
        return 0
    homes = sorted(Counter(problem.places).values(), reverse=True)
    by_place = 0
    for count in homes:
        by_place += -(-count // max(sizes))
    filled = list(accumulate(homes))
    by_group = 0
    for size in sizes:
        if filled[-1] >= size:
            by_group += 1 + sum(whole < size for whole in filled)
    return max(by_place, by_group)


def _share(rule: ColumnRule, problem: GroupingProblem, sizes: Sequence[int]) -> float:
    """Per value the fewest people outside floor or ceiling; and of all values the most
    groups that one of them breaks at the least."""
    least = min(bounds[0] for bounds in problem.groups)
    most = max(bounds[1] for bounds in problem.groups)
    counts = Counter(rule.labels)
    people = 0.0
    groups = 0.0
    for label, (low, high) in enumerate(rule.within(least, most)):
        holders = counts[label]
        outside = _cheapest(_outside(low, high), holders, sizes)
        broken = _cheapest(_broken(low, high), holders, sizes)
        crowded = _crowded(rule, problem, label, high)
        people += max(outside, crowded)
        groups = max(groups, broken, min(1, crowded))
    parts = PER_PERSON * people
    return rule.weight * (groups + parts)


def _outside(low: int, high: int) -> CostOfGroup:
    def cost(_size: int, holders: int) -> float:
        return max(0, low - holders, holders - high)

    return cost


def _broken(low: int, high: int) -> CostOfGroup:
    def cost(_size: int, holders: int) -> float:
        if low <= holders <= high:
            return 0.0
        return 1.0

    return cost


def _crowded(rule: ColumnRule, problem: GroupingProblem, label: int, high: int) -> int:
    """How many of a value are too many in one group because they stay together."""
    total = 0
    for block in problem.blocks():
        alike = 0
        for person in block:
            alike += rule.labels[person] == label
        total += max(0, alike - high)
    return total


def _same(rule: ColumnRule, problem: GroupingProblem, sizes: Sequence[int]) -> float:
    """The fewest people with others of another value, when as many groups as there are are
    filled from one value each, the largest values first; and groups that no value fills."""
    largest = max(sizes)
    smallest = min(sizes)
    full = []
    pure = 0
    counts = Counter(rule.labels)
    nameless = counts.pop(-1, 0)
    for count in counts.values():
        whole, rest = divmod(count, largest)
        full += [largest] * whole + [rest]
        pure += count // smallest
    alike = sum(sorted(full, reverse=True)[: len(sizes)])
    strangers = max(0, counts.total() - alike)
    mixed = 0 if nameless else max(0, len(sizes) - pure)
    return rule.weight * (mixed + PER_PERSON * strangers)
