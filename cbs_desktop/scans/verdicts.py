"""In the child: what the figures of a page's boxes mean. The page tells by itself what empty and what marked looks like; whatever
is neither goes to a person."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cbs_desktop.scans.deciding import State
from cbs_desktop.scans.ink import Ink, Values
from cbs_desktop.scans.layout import PageLayout

_LEAST = 0.012  # of a box above the usual empty one: less is grain of the paper
_SURE = 0.05  # of a box: a mark, however thin the usual one is
_OF_USUAL = 0.3  # of the page's usual mark: a mark
_FULL = 0.55  # of a box: filled
_LINE = 0.45  # of the darkness of printed lines: a line is there
_CIRCLE = 0.3  # of the darkness of printed lines: a sector of the ring has ink


@dataclass(frozen=True, slots=True)
class Levels:
    """What the page's two clusters say: up to `low` a box is empty, from `high` it is marked; `usual` is its usual mark."""

    empty: float
    low: float
    high: float
    usual: float


def levels(ink: Ink, choices: int) -> Levels:
    """The levels of a page with so many boxes for an answer."""
    ordered = np.sort(ink.inside)
    emptier = ordered[: max(1, len(ordered) // (2 if choices > 1 else 4))]
    empty = float(np.median(emptier))
    spread = float(np.median(np.abs(emptier - empty))) * 1.5
    low = empty + max(_LEAST, 6 * spread)
    marks = ordered[ordered > low]
    usual = float(np.median(marks)) if len(marks) else _SURE
    high = empty + min(_SURE, max(_OF_USUAL * usual, 1.6 * (low - empty)))
    return Levels(empty, low, max(high, low), usual)


def states(ink: Ink, layout: PageLayout) -> list[State]:
    """The state of each box in the order of the layout."""
    page = levels(ink, layout.shape.choices)
    there = (ink.lines > _LINE).sum(axis=1) >= 3
    circled = _circled(ink)
    found: list[State] = []
    for number in range(len(layout.boxes)):
        found.append(
            _state(
                float(ink.inside[number]),
                bool(there[number]),
                bool(circled[number]),
                page,
            )
        )
    for cell in _cells(layout):
        _among_others(found, cell, ink.inside, page)
    return found


def _state(inside: float, there: bool, circled: bool, page: Levels) -> State:
    if not there:
        return "doubtful"
    if inside >= page.high:
        return "marked"
    if inside > page.low or circled:
        return "doubtful"
    return "empty"


def _circled(ink: Ink) -> NDArray[np.bool_]:
    """Whether there is a line all around the box. Sectors where something is printed by most boxes do not count."""
    usual = np.median(ink.around, axis=0)
    free = usual < _CIRCLE
    if free.sum() < 6:
        return np.zeros(len(ink.inside), np.bool_)
    covered = (ink.around[:, free] > _CIRCLE).mean(axis=1)
    return covered > 0.85


def _cells(layout: PageLayout) -> list[list[int]]:
    """The numbers of the boxes of each row and column."""
    found: dict[tuple[int, int], list[int]] = {}
    for number, box in enumerate(layout.boxes):
        found.setdefault((box.row, box.column), []).append(number)
    return list(found.values())


def _among_others(
    found: list[State], cell: list[int], inside: Values, page: Levels
) -> None:
    """A filled box beside one that is marked as usual was taken back, as the page tells people to do."""
    marked = [number for number in cell if found[number] == "marked"]
    full = [number for number in marked if inside[number] > _FULL]
    light = [number for number in marked if inside[number] < 0.6 * _FULL]
    if full and len(light) == 1 and page.usual < 0.6 * _FULL:
        for number in full:
            found[number] = "crossed out"
