"""How good a division can be at all, and what has to give where none exists: mixed-integer programming with HiGHS.

Soft costs are convex in what a group holds: lines through neighbouring values that a category can have make them exact,
tangents bound those of a number from below. So what HiGHS proves of the model holds for the division. Distances are left
out: with them nothing is proved here.
"""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import pairwise, permutations
from typing import Any

from cbs_desktop.groups.allocation.conflicts import (
    Rule,
    clashes,
    fewest,
    rules_of,
    without,
)
from cbs_desktop.groups.allocation.grouping import WAITING, Case, Trait, broken
from cbs_desktop.groups.allocation.linear_model import (
    FREE,
    NEAR,
    Model,
    in_common,
    place,
    read,
    rule,
    seat,
)

_NODES = 1_000  # of looking for a division at all
_KNOTS = 60  # lines for a number: with more attainable values it is bounded from below a little less tightly


@dataclass(frozen=True, slots=True)
class Bound:
    """No division costs less than `least`. `where` is the group of each person in the best one found, None if none was;
    `proven` when that one costs no more than `least`."""

    least: float
    where: tuple[int, ...] | None
    proven: bool


def bound(
    case: Case,
    seconds: float,
    stop: Callable[[], bool] | None = None,
    nodes: int = 2**31 - 1,
) -> Bound:
    """The least that a division of the case can cost, as far as it can be told in so many seconds, or nodes of the search.

    Everybody is placed: a case in which somebody has to wait has no such bound.
    """
    model = Model()
    seats = seat(model, case)
    for group, (least, most) in enumerate(case.groups):
        model.row(least, most, [(mine[group], 1) for mine in seats])
    rule(model, case, seats)
    for trait in case.traits:
        _trait(model, case, seats, trait)
    _places(model, case, seats)
    solver = model.solve(seconds, stop, nodes)
    info = solver.getInfo()
    where = read(solver, seats) if info.primal_solution_status == 2 else None
    least = max(0.0, info.mip_dual_bound) if abs(info.mip_dual_bound) < 1e20 else 0.0
    proven = where is not None and info.objective_function_value <= least + NEAR
    return Bound(least, where, proven)


def _trait(model: Model, case: Case, seats: list[list[int]], trait: Trait) -> None:
    """Lines beneath the squared deviation, and the mark of somebody who is alone with it."""
    holders = [i for i, value in enumerate(trait.values) if value]
    for group, (least, most) in enumerate(case.groups):
        over = [
            (seats[i][group], value - trait.share)
            for i, value in enumerate(trait.values)
        ]
        if trait.weight:
            cost = model.column(0, FREE, trait.weight)
            for slope, at_nought in _lines(trait, least, most):
                model.row(
                    at_nought,
                    FREE,
                    [(cost, 1), *((column, -slope * x) for column, x in over)],
                )
        if trait.alone:
            alone = model.column(0, 1, trait.alone)
            for one in holders:
                others = [(seats[i][group], 1) for i in holders if i != one]
                model.row(0, FREE, [(alone, 1), (seats[one][group], -1), *others])


def _lines(trait: Trait, least: int, most: int) -> list[tuple[float, float]]:
    """Lines (slope, value at nought) never above the square of what a group can have beyond an even share.

    Of a category all values are known: lines through neighbours are exact at each. Of a number tangents are below all.
    """
    if set(trait.values) <= {0.0, 1.0}:
        have = int(sum(trait.values))
        found = sorted(
            {
                c - trait.share * n
                for n in range(least, most + 1)
                for c in range(min(n, have) + 1)
            }
        )
        return [(a + b, -a * b) for a, b in pairwise(found)]
    reach = max(abs(value - trait.share) for value in trait.values) * most
    points = (
        reach * (k / _KNOTS * 2 - 1) ** 3 for k in range(_KNOTS + 1)
    )  # closer together around nought
    return [(2 * a, -a * a) for a in points]


def _places(model: Model, case: Case, seats: list[list[int]]) -> None:
    if not case.scatter:
        return
    for home in sorted(set(case.places)):
        here = [i for i, where in enumerate(case.places) if where == home]
        for group in range(len(case.groups)):
            used = model.column(0, 1, case.scatter)
            for i in here:
                model.row(0, FREE, [(used, 1), (seats[i][group], -1)])


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The fewest rules that have to give for a division to exist: pairs kept apart, blocks (by number) kept together,
    people fixed, groups whose size has to be left, and (matter, person) whose options have to be left."""

    apart: tuple[tuple[int, int], ...] = ()
    together: tuple[int, ...] = ()
    fixed: tuple[int, ...] = ()
    sizes: tuple[int, ...] = ()
    common: tuple[tuple[int, int], ...] = ()
    proven: bool = True  # False: so many are enough, fewer may be

    @property
    def count(self) -> int:
        """How many rules."""
        return (
            len(self.apart)
            + len(self.together)
            + len(self.fixed)
            + len(self.sizes)
            + len(self.common)
        )


def relax(
    case: Case, seconds: float = 10.0, stop: Callable[[], bool] | None = None
) -> Relaxed:
    """The smallest set of hard rules to relax; nothing when the case can be divided as it is.

    Contradictions that can be told at once are met first, by as few rules as can be. Mostly a division exists without those;
    otherwise a model of all rules is asked, in which they help.
    """
    met, given, left = set[frozenset[Rule]](), set[Rule](), seconds / 4
    while given is not None and (more := clashes(case, given)):
        met |= more
        given, took = fewest(met, max(left, 0.01), stop)
        left -= took
    if given is not None:
        rest = without(case, given)
        where = place(rest, seconds / 4, _NODES, stop)
        if where is not None and WAITING not in where and not broken(rest, where):
            return _relaxed(given, True)
    return _relaxed(*_model_of_all(case, met, seconds / 2, stop))


def _relaxed(given: Collection[Rule], proven: bool) -> Relaxed:
    kinds: dict[str, list[Any]] = {}
    for kind, what in sorted(given):
        kinds.setdefault(kind, []).append(what)
    return Relaxed(
        **{kind: tuple(several) for kind, several in kinds.items()}, proven=proven
    )


def _model_of_all(
    case: Case,
    met: Collection[frozenset[Rule]],
    seconds: float,
    stop: Callable[[], bool] | None,
) -> tuple[set[Rule], bool]:
    """The fewest rules that have to give, and whether that was proved."""
    model, count = Model(), len(case.groups)
    give = {rule: model.column(0, 1, 1.0, True) for rule in rules_of(case)}
    for some in met:
        model.row(1, FREE, [(give[rule], 1) for rule in sorted(some)])
    named = Counter(
        i for several in (*case.apart, *case.together, case.fixed) for i in several
    )
    named.update(i for matter in case.common for i, can in enumerate(matter) if can)
    seats = {
        i: [model.column(0, 1, whole=True) for _ in range(count)] for i in sorted(named)
    }
    for mine in seats.values():
        model.row(1, 1, [(column, 1) for column in mine])
    rest = case.people - len(
        seats
    )  # no rule names them: how many of them sit where is enough
    others = [model.column(0, rest, whole=True) for _ in range(count)]
    model.row(rest, rest, [(column, 1) for column in others])
    for group, (least, most) in enumerate(case.groups):
        everybody = [
            (others[group], 1.0),
            *((mine[group], 1.0) for mine in seats.values()),
        ]
        model.row(
            -FREE, most, [*everybody, (give["sizes", group], -float(case.people))]
        )
        model.row(least, FREE, [*everybody, (give["sizes", group], float(case.people))])
        for one, other in case.apart:
            gives = (give["apart", (one, other)], -1)
            model.row(
                -FREE, 1, [(seats[one][group], 1), (seats[other][group], 1), gives]
            )
        for number, block in enumerate(case.together):
            for one, other in permutations(block, 2):
                gives = (give["together", number], -1)
                model.row(
                    -FREE, 0, [(seats[one][group], 1), (seats[other][group], -1), gives]
                )
    for person, group in case.fixed.items():
        model.row(1, FREE, [(seats[person][group], 1), (give["fixed", person], 1)])
    for number, matter in enumerate(case.common):
        gives = {i: give["common", (number, i)] for i, can in enumerate(matter) if can}
        in_common(model, case, seats, matter, gives)
    solver = model.solve(seconds, stop)
    if solver.getInfo().primal_solution_status != 2:
        return set(give), False
    values = solver.getSolution().col_value
    given = {rule for rule, column in give.items() if values[column] > 0.5}
    return given, len(given) <= solver.getInfo().mip_dual_bound + 1 - NEAR
