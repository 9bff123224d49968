"""Linear models with whole numbers, solved by HiGHS: columns and rows as they are written down, and what was found."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

NEAR = 1e-6
FREE = float("inf")
_FEASIBLE = 2  # of HiGHS's solution statuses
_NO_BOUND = 1e20
_NO_LIMIT = 2**31 - 1
Key = TypeVar("Key")
Progress = Callable[[int, int], None]
Entries = Sequence[tuple[int, float]]


class Stop:
    """Asked by HiGHS whether to stop: it tells progress, keeps what that raises, and
    raises it afterwards, because an exception may not pass through the library."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._raised: BaseException | None = None

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


@dataclass(frozen=True, slots=True)
class Solution:
    """What HiGHS found: the value of each column, their cost, and what no solution costs
    less than (nothing proved: minus infinity); `seconds` is how long it took."""

    feasible: bool
    values: Sequence[float]
    cost: float
    lower_bound: float
    seconds: float

    def chosen(self, column: int) -> bool:
        """Whether a column of 0 or 1 is 1."""
        return self.values[column] > 0.5

    def all_chosen(self, columns: Mapping[Key, int]) -> set[Key]:
        """Whatever has a column that is 1."""
        found = set()
        for key, column in columns.items():
            if self.chosen(column):
                found.add(key)
        return found


@dataclass(slots=True)
class LinearModel:
    """Columns and rows of a linear model as they are written down."""

    cost: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[float, float, Entries]] = field(default_factory=list)

    def column(
        self, low: float, high: float, cost: float = 0.0, whole: bool = False
    ) -> int:
        """A new column; its number."""
        self.cost.append(cost)
        self.low.append(low)
        self.high.append(high)
        self.whole.append(whole)
        return len(self.cost) - 1

    def choice(self, cost: float = 0.0) -> int:
        """A new column that is 0 or 1."""
        return self.column(0, 1, cost, whole=True)

    def row(self, low: float, high: float, entries: Entries) -> None:
        """A new row; columns named more than once are added up."""
        total: dict[int, float] = {}
        for column, value in entries:
            total[column] = total.get(column, 0.0) + value
        kept = []
        for column, value in total.items():
            if value:
                kept.append((column, value))
        self.rows.append((low, high, kept))

    def total(self, low: float, high: float, columns: Iterable[int]) -> None:
        """A new row: what some columns sum up to."""
        self.row(low, high, [(column, 1.0) for column in columns])

    def solve(
        self,
        seconds: float,
        stop: Callable[[], bool] | None = None,
        nodes: int = _NO_LIMIT,
    ) -> Solution:
        """What HiGHS finds in so many seconds and nodes, or until `stop` says so."""
        solver = _solver(seconds, nodes)
        solver.passModel(self._as_matrix())
        if stop is not None:
            _listen(solver, stop)
        solver.run()
        info = solver.getInfo()
        bound = info.mip_dual_bound
        return Solution(
            feasible=info.primal_solution_status == _FEASIBLE,
            values=solver.getSolution().col_value,
            cost=info.objective_function_value,
            lower_bound=bound if abs(bound) < _NO_BOUND else -FREE,
            seconds=solver.getRunTime(),
        )

    def _as_matrix(self) -> Any:
        """The model as HiGHS reads it, row by row."""
        import highspy
        import numpy as np

        starts = [0]
        columns: list[int] = []
        values: list[float] = []
        for _low, _high, entries in self.rows:
            for column, value in entries:
                columns.append(column)
                values.append(value)
            starts.append(len(columns))
        kinds = highspy.HighsVarType
        lp = highspy.HighsLp()
        lp.num_col_ = len(self.cost)
        lp.num_row_ = len(self.rows)
        lp.col_cost_ = np.array(self.cost)
        lp.col_lower_ = np.array(self.low)
        lp.col_upper_ = np.array(self.high)
        lp.row_lower_ = np.array([row[0] for row in self.rows])
        lp.row_upper_ = np.array([row[1] for row in self.rows])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(starts)
        lp.a_matrix_.index_ = np.array(columns)
        lp.a_matrix_.value_ = np.array(values, dtype=float)
        lp.integrality_ = [
            kinds.kInteger if whole else kinds.kContinuous for whole in self.whole
        ]
        return lp


def _solver(seconds: float, nodes: int) -> Any:
    import highspy

    solver = highspy.Highs()
    solver.silent()
    options = {
        "time_limit": float(seconds),
        "threads": 1,  # the same answer every time
        "mip_rel_gap": 0.0,
        "mip_abs_gap": NEAR / 2,
        "mip_max_nodes": nodes,
    }
    for name, value in options.items():
        solver.setOptionValue(name, value)
    return solver


def _listen(solver: Any, stop: Callable[[], bool]) -> None:
    def interrupt(event: Any) -> None:
        if stop():
            event.interrupt()

    solver.cbMipInterrupt += interrupt
    solver.cbSimplexInterrupt += interrupt
