"""One figure, and how it is printed."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """What was measured, in the unit said, and the goal it is held against (None: printed only)."""

    what: str
    value: float
    unit: str
    goal: float | None
    more: str = ""
    also: bool = True  # a second condition of the goal

    @property
    def reached(self) -> bool:
        return self.goal is None or (self.value <= self.goal and self.also)

    def line(self, key: str) -> str:
        goal = "printed" if self.goal is None else f"goal {self.goal:.2f}"
        if self.goal is None:
            verdict = ""
        elif self.reached:
            verdict = " ok"
        else:
            verdict = " MISSED"
        more = f" [{self.more}]" if self.more else ""
        return f"{key} {self.what} {self.value:.2f} {self.unit} ({goal}){verdict}{more}"


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratio(
    ours: Callable[[], float], floor: Callable[[], float], times: int
) -> tuple[float, float, float]:
    """Medians of both, taken in turns so that a noisy minute hits both; and their ratio."""
    pairs = [(floor(), ours()) for _ in range(times)]
    low = median(f for f, _ in pairs)
    high = median(o for _, o in pairs)
    return high / low, high, low
