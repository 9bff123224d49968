"""How good a partition can be at all: mixed-integer programming with HiGHS.

Soft costs are convex in what a group holds: lines through neighbouring values that a
category can have make them exact, tangents bound those of a number from below. So what
HiGHS proves of the model holds for the partition. Distances are left out: with them nothing
is proved here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from cbs_desktop.groups.allocation.grouping import (
    PER_PERSON,
    ColumnRule,
    GroupingProblem,
    Trait,
)
from cbs_desktop.groups.allocation.linear_model import FREE, NEAR, LinearModel
from cbs_desktop.groups.allocation.placement import keep_hard_rules, read_seats, seat

_NO_LIMIT = 2**31 - 1
# Lines for a number: with more attainable values it is bounded a little less tightly.
_KNOTS = 60


@dataclass(frozen=True, slots=True)
class Bound:
    """No partition costs less than `least`. `where` is the group of each person in the
    best one found, None if none was; `proven` when that one costs no more than `least`."""

    least: float
    where: tuple[int, ...] | None
    proven: bool


def lower_bound(
    problem: GroupingProblem,
    seconds: float,
    stop: Callable[[], bool] | None = None,
    nodes: int = _NO_LIMIT,
) -> Bound:
    """The least that a partition can cost, as far as it can be told in so many seconds, or
    nodes of the search.

    Everybody is placed: a problem in which somebody has to wait has no such bound.
    """
    model = LinearModel()
    seats = seat(model, problem)
    for group, (least, most) in enumerate(problem.groups):
        model.total(least, most, [columns[group] for columns in seats])
    keep_hard_rules(model, problem, seats)
    for trait in problem.traits:
        _trait(model, problem, seats, trait)
    _places(model, problem, seats)
    for rule in problem.rules:
        _column_rule(model, problem, seats, rule)
    solution = model.solve(seconds, stop, nodes)
    least = max(0.0, solution.lower_bound)
    if not solution.feasible:
        return Bound(least, None, proven=False)
    where = read_seats(solution, seats)
    return Bound(least, where, proven=solution.cost <= least + NEAR)


def _trait(
    model: LinearModel, problem: GroupingProblem, seats: list[list[int]], trait: Trait
) -> None:
    """Lines beneath the squared deviation, and the mark of somebody who is alone."""
    for group, (least, most) in enumerate(problem.groups):
        inside = [columns[group] for columns in seats]
        if trait.weight:
            lines = _lines(trait, least, most)
            _uneven(model, trait, inside, lines)
        if trait.alone:
            _alone(model, trait, inside)


def _alone(model: LinearModel, trait: Trait, inside: list[int]) -> None:
    alone = model.column(0, 1, trait.alone)
    holders = []
    for person, value in enumerate(trait.values):
        if value:
            holders.append(person)
    for one in holders:
        entries = [(alone, 1), (inside[one], -1)]
        for other in holders:
            if other != one:
                entries.append((inside[other], 1))
        model.row(0, FREE, entries)


Line = tuple[float, float]  # slope, value at nought


def _uneven(
    model: LinearModel, trait: Trait, inside: list[int], lines: list[Line]
) -> None:
    cost = model.column(0, FREE, trait.weight)
    share = trait.share
    for slope, at_nought in lines:
        entries = [(cost, 1.0)]
        for column, value in zip(inside, trait.values, strict=True):
            extra = value - share
            entries.append((column, -slope * extra))
        model.row(at_nought, FREE, entries)


def _lines(trait: Trait, least: int, most: int) -> list[Line]:
    """Lines never above the square of what a group can have beyond an even share.

    Of a category all values are known: lines through neighbours are exact at each. Of a
    number tangents are below all.
    """
    if not trait.is_category:
        return _tangents(trait, most)
    holders = int(sum(trait.values))
    reached = set()
    for size in range(least, most + 1):
        for count in range(min(size, holders) + 1):
            reached.add(count - trait.share * size)
    lines = []
    for low, high in pairwise(sorted(reached)):
        lines.append((low + high, -low * high))
    return lines


def _tangents(trait: Trait, most: int) -> list[Line]:
    share = trait.share
    furthest = max(max(trait.values) - share, share - min(trait.values))
    reach = furthest * most
    lines = []
    for knot in range(_KNOTS + 1):
        side = knot / _KNOTS * 2 - 1
        point = reach * side**3  # closer together around nought
        lines.append((2 * point, -point * point))
    return lines


def _places(
    model: LinearModel, problem: GroupingProblem, seats: list[list[int]]
) -> None:
    if not problem.scatter:
        return
    for home in sorted(set(problem.places)):
        here = []
        for place, columns in zip(problem.places, seats, strict=True):
            if place == home:
                here.append(columns)
        for group in range(len(problem.groups)):
            used = model.column(0, 1, problem.scatter)
            for columns in here:
                lives = [(used, 1), (columns[group], -1)]
                model.row(0, FREE, lives)


def _column_rule(
    model: LinearModel,
    problem: GroupingProblem,
    seats: list[list[int]],
    rule: ColumnRule,
) -> None:
    everybody = 2.0 * problem.people
    part = rule.weight * PER_PERSON
    for group, sizes in enumerate(problem.groups):
        holders = _holders(rule, seats, group)
        wrong = _wrong(model, rule, holders, sizes)
        people = model.column(0, FREE, part)
        broken = model.choice(rule.weight)
        counted = [(people, 1.0), *_minus(wrong)]
        only_if = [(people, 1.0), (broken, -everybody)]
        model.row(0, FREE, counted)
        model.row(-FREE, 0, only_if)


def _holders(rule: ColumnRule, seats: list[list[int]], group: int) -> list[list[int]]:
    """Per value the columns of whoever has it, in a group."""
    holders: list[list[int]] = []
    for _share in rule.shares:
        holders.append([])
    for label, columns in zip(rule.labels, seats, strict=True):
        if label >= 0:
            holders[label].append(columns[group])
    return holders


def _wrong(
    model: LinearModel,
    rule: ColumnRule,
    holders: list[list[int]],
    sizes: tuple[int, int],
) -> list[int]:
    """Columns that add up to who is one too many or too few in a group."""
    least, most = sizes
    if rule.kind == "same":
        return _strangers(model, holders, most)
    return _outside(model, holders, rule.within(least, most))


def _minus(columns: list[int]) -> list[tuple[int, float]]:
    return [(column, -1.0) for column in columns]


def _outside(
    model: LinearModel, holders: list[list[int]], within: list[tuple[int, int]]
) -> list[int]:
    """How far a group is outside the floor or the ceiling of each value."""
    found = []
    for columns, (low, high) in zip(holders, within, strict=True):
        outside = model.column(0, FREE)
        model.row(-FREE, high, [*_plus(columns), (outside, -1.0)])
        model.row(low, FREE, [*_plus(columns), (outside, 1.0)])
        found.append(outside)
    return found


def _plus(columns: list[int]) -> list[tuple[int, float]]:
    return [(column, 1.0) for column in columns]


def _strangers(model: LinearModel, holders: list[list[int]], most: int) -> list[int]:
    """One value counts for each group: everybody with another is one too many."""
    found = []
    chosen = [model.choice() for _value in holders]
    model.total(1, 1, chosen)
    for value, columns in zip(chosen, holders, strict=True):
        strangers = model.column(0, FREE)
        unless = [(strangers, 1.0), (value, float(most))]
        model.row(0, FREE, [*unless, *_minus(columns)])
        found.append(strangers)
    return found
