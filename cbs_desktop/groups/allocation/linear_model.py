"""Linear models with whole numbers, solved by HiGHS: who sits where, and the hard rules as rows; how many can sit at all."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cbs_desktop.groups.allocation.grouping import WAITING, Case, blocks_of

NEAR = 1e-6
FREE = float("inf")
Progress = Callable[[int, int], None]
Seats = (
    Sequence[list[int]] | Mapping[int, list[int]]
)  # for each person a column per group


class Stop:
    """Asked by HiGHS whether to stop: it tells progress, keeps what that raises, and raises it afterwards, because an
    exception may not pass through the library."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress, self._raised = progress, None

    def __call__(self) -> bool:
        """Whether to stop."""
        if self._progress is not None and self._raised is None:
            try:
                self._progress(0, 1)
            except BaseException as problem:
                self._raised = problem
        return self._raised is not None

    def tell(self) -> None:
        """Raise what was raised meanwhile."""
        if self._raised is not None:
            raise self._raised


@dataclass(slots=True)
class Model:
    """Columns and rows of a linear model as they are written down."""

    cost: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[float, float, list[tuple[int, float]]]] = field(
        default_factory=list
    )

    def column(
        self, low: float, high: float, cost: float = 0.0, whole: bool = False
    ) -> int:
        """A new column; its number."""
        self.cost.append(cost)
        self.low.append(low)
        self.high.append(high)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(
        self, low: float, high: float, entries: Sequence[tuple[int, float]]
    ) -> None:
        """A new row; columns named more than once are added up."""
        total: Counter[int] = Counter()
        for column, value in entries:
            total[column] += value  # type: ignore[assignment]
        self.rows.append((low, high, [one for one in total.items() if one[1]]))

    def solve(
        self,
        seconds: float,
        stop: Callable[[], bool] | None = None,
        nodes: int = 2**31 - 1,
    ) -> Any:
        """The solved HiGHS instance, stopped after so many seconds, nodes, or when `stop` says so."""
        import highspy
        import numpy as np

        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.cost), len(self.rows)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = map(
            np.array, (self.cost, self.low, self.high)
        )
        lp.row_lower_, lp.row_upper_ = (
            np.array([r[0] for r in self.rows]),
            np.array([r[1] for r in self.rows]),
        )
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(r[2]) for r in self.rows)])
        lp.a_matrix_.index_ = np.array([c for r in self.rows for c, _v in r[2]])
        lp.a_matrix_.value_ = np.array(
            [v for r in self.rows for _c, v in r[2]], dtype=float
        )
        kinds = highspy.HighsVarType
        lp.integrality_ = [
            kinds.kInteger if whole else kinds.kContinuous for whole in self.whole
        ]
        solver = highspy.Highs()
        solver.silent()
        solver.setOptionValue("time_limit", float(seconds))
        solver.setOptionValue("threads", 1)  # the same answer every time
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", NEAR / 2)
        solver.setOptionValue("mip_max_nodes", nodes)
        solver.passModel(lp)
        if stop is not None:
            solver.cbMipInterrupt += lambda event: event.interrupt() if stop() else None
            solver.cbSimplexInterrupt += lambda event: (
                event.interrupt() if stop() else None
            )
        solver.run()
        return solver


def interchangeable(case: Case) -> list[int]:
    """Groups that can be named in any order: nobody is fixed in one of them, and all have the same size."""
    free = [
        group for group in range(len(case.groups)) if group not in case.fixed.values()
    ]
    return free if len({case.groups[group] for group in free}) == 1 else []


def seat(model: Model, case: Case, wait: float = 0.0) -> list[list[int]]:
    """For each person a column per group: the same ones for who stays together. With `wait` (what a person who waits costs)
    not everybody has to sit.

    Groups that are alike can be named in any order: the first block not fixed sits in the first of them, the second in the
    first two, and so on.
    """
    alike = interchangeable(case)
    seats: list[list[int]] = [[]] * case.people
    turn = 0
    for block in blocks_of(case):
        fixed = {case.fixed[i] for i in block if i in case.fixed}
        barred = set() if fixed else set(alike[turn + 1 :])
        turn += not fixed
        may = [
            group not in barred and fixed <= {group}
            for group in range(len(case.groups))
        ]
        worth = (
            wait * len(block) * (case.people if fixed else 1)
        )  # who is fixed has a place before others
        mine = [model.column(0, float(high), -worth, whole=True) for high in may]
        model.row(0.0 if wait else 1.0, 1, [(column, 1) for column in mine])
        for i in block:
            seats[i] = mine
    return seats


def rule(model: Model, case: Case, seats: list[list[int]]) -> None:
    """Rows for who is kept apart and for what a group has to have in common."""
    for one, other in sorted(case.apart):
        for group in range(len(case.groups)):
            model.row(0, 1, [(seats[one][group], 1), (seats[other][group], 1)])
    for matter in case.common:
        in_common(model, case, seats, matter, {})


def in_common(
    model: Model,
    case: Case,
    seats: Seats,
    matter: Sequence[frozenset[int]],
    give: Mapping[int, int],
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
                model.row(-FREE, 0, [(seats[i][group], 1), *options, *gives])


def read(solver: Any, seats: list[list[int]]) -> tuple[int, ...]:
    """The group of each person in what was found, WAITING for none."""
    values = solver.getSolution().col_value
    return tuple(
        next((g for g, column in enumerate(mine) if values[column] > 0.5), WAITING)
        for mine in seats
    )


def place(
    case: Case, seconds: float, nodes: int, stop: Callable[[], bool] | None = None
) -> tuple[int, ...] | None:
    """The group of each person so that as few as can be wait or are missing in a group; None if none was found."""
    model = Model()
    seats = seat(model, case, wait=1.0)
    rule(model, case, seats)
    for group, (least, most) in enumerate(case.groups):
        short = model.column(0, least, 1.0)
        model.row(least, FREE, [(short, 1), *((mine[group], 1) for mine in seats)])
        model.row(0, most, [(mine[group], 1) for mine in seats])
    solver = model.solve(seconds, stop, nodes)
    return read(solver, seats) if solver.getInfo().primal_solution_status == 2 else None
