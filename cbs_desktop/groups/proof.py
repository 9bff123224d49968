"""How good a division can be at all, and what has to give where none exists: mixed-integer programming with HiGHS.

Soft costs are convex in what a group holds: lines through neighbouring values that a category can have make them exact,
tangents bound those of a number from below. So what HiGHS proves of the model holds for the division. Distances are left
out: with them nothing is proved here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Any

from cbs_desktop.groups.core import Case, Trait

NEAR = 1e-6
_KNOTS = (
    60  # lines at most for a trait; a number with more attainable values is bounded from below a little less tightly
)


@dataclass(frozen=True, slots=True)
class Bound:
    """No division costs less than `least`. `where` is the group of each person in the best one found, None if none was;
    `proven` when that one costs no more than `least`."""

    least: float
    where: tuple[int, ...] | None
    proven: bool


@dataclass(slots=True)
class _Model:
    """Columns and rows of a linear model as they are written down."""

    cost: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[float, float, list[tuple[int, float]]]] = field(default_factory=list)

    def column(self, low: float, high: float, cost: float = 0.0, whole: bool = False) -> int:
        self.cost.append(cost)
        self.low.append(low)
        self.high.append(high)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, low: float, high: float, entries: Sequence[tuple[int, float]]) -> None:
        self.rows.append((low, high, [one for one in entries if one[1]]))

    def solve(self, seconds: float, stop: Callable[[], bool] | None, start: Sequence[float] | None) -> Any:
        """The solved HiGHS instance, stopped after so many seconds or when `stop` says so."""
        import highspy
        import numpy as np

        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.cost), len(self.rows)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = map(np.array, (self.cost, self.low, self.high))
        lp.row_lower_, lp.row_upper_ = np.array([r[0] for r in self.rows]), np.array([r[1] for r in self.rows])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(r[2]) for r in self.rows)])
        lp.a_matrix_.index_ = np.array([c for r in self.rows for c, _v in r[2]])
        lp.a_matrix_.value_ = np.array([v for r in self.rows for _c, v in r[2]], dtype=float)
        kinds = highspy.HighsVarType
        lp.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in self.whole]
        solver = highspy.Highs()
        solver.silent()
        solver.setOptionValue("time_limit", float(seconds))
        solver.setOptionValue("threads", 1)  # the same answer every time
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", NEAR / 2)
        solver.passModel(lp)
        if start is not None:
            given = highspy.HighsSolution()
            given.col_value = list(start)
            solver.setSolution(given)
        if stop is not None:
            solver.cbMipInterrupt += lambda event: event.interrupt() if stop() else None
            solver.cbSimplexInterrupt += lambda event: event.interrupt() if stop() else None
        solver.run()
        return solver


def bound(
    case: Case, seconds: float, known: Sequence[int] | None = None, stop: Callable[[], bool] | None = None
) -> Bound:
    """The least that a division of the case can cost, as far as it can be told in so many seconds.

    `known` is a division to begin with. Everybody is placed: a case in which somebody has to wait has no such bound.
    """
    model = _Model()
    seats = _seats(model, case, known)
    _sizes(model, case, seats)
    for one, other in sorted(case.apart):
        for group in range(len(case.groups)):
            model.row(0, 1, [(seats[one][group], 1), (seats[other][group], 1)])
    for block in case.together:
        for one, other in pairwise(block):
            for group in range(len(case.groups)):
                model.row(0, 0, [(seats[one][group], 1), (seats[other][group], -1)])
    for matter in case.common:
        _common(model, case, seats, matter, {})
    for trait in case.traits:
        _trait(model, case, seats, trait)
    _places(model, case, seats)
    solver = model.solve(seconds, stop, None)
    info = solver.getInfo()
    where = _read(solver, seats) if info.primal_solution_status == 2 else None
    least = max(0.0, info.mip_dual_bound) if abs(info.mip_dual_bound) < 1e20 else 0.0
    proven = where is not None and info.objective_function_value <= least + NEAR
    return Bound(least, where, proven)


def _seats(model: _Model, case: Case, known: Sequence[int] | None) -> list[list[int]]:
    """A column per person and group. Groups that are alike can be named in any order: the first person not fixed sits in
    the first of them, the second in the first two, and so on."""
    alike = not case.fixed and len(set(case.groups)) == 1
    seats = []
    for person in range(case.people):
        fixed = case.fixed.get(person)
        may = [float(fixed in (None, group) and (not alike or group <= person)) for group in range(len(case.groups))]
        seats.append([model.column(0, high, whole=True) for high in may])
        model.row(1, 1, [(column, 1) for column in seats[person]])
    return seats


def _sizes(model: _Model, case: Case, seats: list[list[int]]) -> None:
    for group, (least, most) in enumerate(case.groups):
        model.row(least, most, [(mine[group], 1) for mine in seats])


def _common(
    model: _Model, case: Case, seats: list[list[int]], matter: Sequence[frozenset[int]], give: Mapping[int, int]
) -> None:
    """An option for each group: who sits there can it, or gives (the column of each person who may)."""
    every = sorted(frozenset().union(*matter))
    for group in range(len(case.groups) if every else 0):
        chosen = {option: model.column(0, 1, whole=True) for option in every}
        model.row(1, 1, [(column, 1) for column in chosen.values()])
        for i, can in enumerate(matter):
            if can:
                gives = [(give[i], -1.0)] if i in give else []
                options = [(chosen[option], -1.0) for option in can]
                model.row(-float("inf"), 0, [(seats[i][group], 1), *options, *gives])


def _trait(model: _Model, case: Case, seats: list[list[int]], trait: Trait) -> None:
    """Lines beneath the squared deviation, and the mark of somebody who is alone with it."""
    holders = [i for i, value in enumerate(trait.values) if value]
    for group, (least, most) in enumerate(case.groups):
        over = [(seats[i][group], value - trait.share) for i, value in enumerate(trait.values)]
        if trait.weight:
            cost = model.column(0, float("inf"), trait.weight)
            for slope, at_nought in _lines(trait, least, most):
                model.row(at_nought, float("inf"), [(cost, 1), *((column, -slope * x) for column, x in over)])
        if trait.alone:
            alone = model.column(0, 1, trait.alone)
            for one in holders:
                others = [(seats[i][group], 1) for i in holders if i != one]
                model.row(0, float("inf"), [(alone, 1), (seats[one][group], -1), *others])


def _lines(trait: Trait, least: int, most: int) -> list[tuple[float, float]]:
    """Lines (slope, value at nought) never above the square of what a group can have beyond an even share.

    Of a category all values are known: lines through neighbours are exact at each. Of a number tangents are below all.
    """
    if set(trait.values) <= {0.0, 1.0}:
        have = int(sum(trait.values))
        found = sorted({c - trait.share * n for n in range(least, most + 1) for c in range(min(n, have) + 1)})
        return [(a + b, -a * b) for a, b in pairwise(found)]
    reach = max(abs(value - trait.share) for value in trait.values) * most
    points = (reach * (k / _KNOTS * 2 - 1) ** 3 for k in range(_KNOTS + 1))  # closer together around nought
    return [(2 * a, -a * a) for a in points]


def _places(model: _Model, case: Case, seats: list[list[int]]) -> None:
    if not case.scatter:
        return
    for place in sorted(set(case.places)):
        here = [i for i, where in enumerate(case.places) if where == place]
        for group in range(len(case.groups)):
            used = model.column(0, 1, case.scatter)
            for i in here:
                model.row(0, float("inf"), [(used, 1), (seats[i][group], -1)])


def _read(solver: Any, seats: list[list[int]]) -> tuple[int, ...]:
    values = solver.getSolution().col_value
    return tuple(max(range(len(mine)), key=lambda g: values[mine[g]]) for mine in seats)


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The fewest rules that have to give for a division to exist: pairs kept apart, blocks (by number) kept together,
    people fixed, groups whose size has to be left, and (matter, person) whose options have to be left."""

    apart: tuple[tuple[int, int], ...] = ()
    together: tuple[int, ...] = ()
    fixed: tuple[int, ...] = ()
    sizes: tuple[int, ...] = ()
    common: tuple[tuple[int, int], ...] = ()

    @property
    def count(self) -> int:
        """How many rules."""
        return len(self.apart) + len(self.together) + len(self.fixed) + len(self.sizes) + len(self.common)


def relax(case: Case, seconds: float = 10.0, stop: Callable[[], bool] | None = None) -> Relaxed:
    """The smallest set of hard rules to relax; nothing when the case can be divided as it is."""
    model, count = _Model(), len(case.groups)
    seats = [[model.column(0, 1, whole=True) for _ in range(count)] for _ in range(case.people)]
    for mine in seats:
        model.row(1, 1, [(column, 1) for column in mine])
    apart = {pair: model.column(0, 1, 1.0, True) for pair in sorted(case.apart)}
    together = [model.column(0, 1, 1.0, True) for _ in case.together]
    fixed = {person: model.column(0, 1, 1.0, True) for person in sorted(case.fixed)}
    sizes = [model.column(0, 1, 1.0, True) for _ in case.groups]
    for group, (least, most) in enumerate(case.groups):
        everybody = [(mine[group], 1.0) for mine in seats]
        model.row(-float("inf"), most, [*everybody, (sizes[group], -float(case.people))])
        model.row(least, float("inf"), [*everybody, (sizes[group], float(case.people))])
        for (one, other), give in apart.items():
            model.row(-float("inf"), 1, [(seats[one][group], 1), (seats[other][group], 1), (give, -1)])
        for block, give in zip(case.together, together, strict=True):
            for one, other in combinations(block, 2):
                model.row(0, float("inf"), [(seats[one][group], -1), (seats[other][group], 1), (give, 1)])
                model.row(-float("inf"), 0, [(seats[one][group], 1), (seats[other][group], -1), (give, -1)])
    for person, give in fixed.items():
        model.row(1, float("inf"), [(seats[person][case.fixed[person]], 1), (give, 1)])
    common = {
        (number, i): model.column(0, 1, 1.0, True)
        for number, matter in enumerate(case.common)
        for i, can in enumerate(matter)
        if can
    }
    for number, matter in enumerate(case.common):
        _common(model, case, seats, matter, {i: give for (of, i), give in common.items() if of == number})
    solver = model.solve(seconds, stop, None)
    values = solver.getSolution().col_value
    return Relaxed(
        tuple(pair for pair, column in apart.items() if values[column] > 0.5),
        tuple(number for number, column in enumerate(together) if values[column] > 0.5),
        tuple(person for person, column in fixed.items() if values[column] > 0.5),
        tuple(group for group, column in enumerate(sizes) if values[column] > 0.5),
        tuple(one for one, column in common.items() if values[column] > 0.5),
    )
