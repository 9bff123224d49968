"""In the child: what the figures of a page's boxes mean. The page tells by itself what empty and what marked looks like; whatever
is neither goes to a person."""

from dataclasses import dataclass

import numpy as np

from cbs_desktop.scans.deciding import State
from cbs_desktop.scans.ink import SECTORS, Ink, Values
from cbs_desktop.scans.layout import PageLayout

_LEAST = 0.012  # of a box above the usual empty one: less is grain of the paper
_SURE = 0.02, 0.09  # of a box: what may be the least of a mark, between these
_OF_USUAL = 0.25  # of the page's usual mark: a mark
_FAINT = 0.06  # of the page's usual mark: nothing
_PALE = 0.5  # of the darkness of the page's usual mark: not of the same pen
_FULL = 0.55  # of a box: filled
_HEAVY, _LIGHT = 1.8, 1.4  # times the page's usual mark: taken back; as usual
_LINE = 0.4  # of the darkness of printed lines: a line is there
_CIRCLE = 0.25  # of the darkness of printed lines: a sector of the ring has ink
_ROUND = 0.7  # of the sectors: a circle
_STREWN = 0.08  # of what is around a box: covered
_AROUND = 6  # sectors of the ring more than usual
_SHORT = 0.4  # of the usual length of a stroke
_PART = 5  # sectors of the ring: perhaps a circle
_FAR = 5  # times the ink of a stray
_HALF = 0.45  # of the sectors: perhaps one


@dataclass(frozen=True, slots=True)
class Levels:
    """What the page's two clusters say: up to `low` a box is empty, from `high` it is marked; `usual` is its usual mark."""

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
    usual = float(np.median(marks)) - empty if len(marks) else 0.0
    low = max(low, empty + min(2 * _LEAST, _FAINT * usual))
    least, most = _SURE
    high = empty + min(most, max(least, _OF_USUAL * usual))
    return Levels(low, max(high, 1.5 * low), usual)


def states(ink: Ink, layout: PageLayout) -> list[State]:
    """The state of each box in the order of the layout."""
    page = levels(ink, layout.shape.choices)
    there = ink.lines.min(axis=1) > _LINE
    circles = _circles(ink)
    found: list[State] = []
    for number in range(len(layout.boxes)):
        found.append(
            _state(
                float(ink.inside[number]),
                bool(there[number]),
                circles[number],
                page,
            )
        )
    _not_of_the_pen(found, ink)
    for cell in _cells(layout):
        _taken_back(found, cell, ink.inside, page)
        _strays(found, cell, ink, page)
        _half_circles(found, cell, ink)
    return found


def _state(inside: float, there: bool, circle: State, page: Levels) -> State:
    if not there:
        return "doubtful"
    if inside >= page.high:
        return "marked"
    if inside > page.low and circle == "empty":
        return "doubtful"
    return circle


def _circles(ink: Ink) -> list[State]:
    """Whether there is a line all around each box: marked, doubtful, or empty. What reaches in from above and below may be of
    the rows beside, so both sides have to be there too."""
    covered = ink.around > _CIRCLE
    sides = np.abs(np.arange(SECTORS) - SECTORS / 2) % (SECTORS / 2)
    beside = (sides <= 2) | (sides >= SECTORS / 2 - 2)
    around = covered[:, ink.open].mean(axis=1)
    level = np.minimum(around, covered[:, beside & ink.open].mean(axis=1))
    found: list[State] = []
    for part in level:
        if part >= _ROUND:
            found.append("marked")
        else:
            found.append("doubtful" if part >= _HALF else "empty")
    return found


def _not_of_the_pen(found: list[State], ink: Ink) -> None:
    """What is far from the page's other marks may be none: paler ink is a stain or a crease, specks are short, and around a stamp
    far more is drawn."""
    marked = [number for number, state in enumerate(found) if state == "marked"]
    inked = [number for number in marked if ink.inside[number] > _SURE[0]]
    if not inked:
        return
    sectors = (ink.around > _CIRCLE).sum(axis=1)
    darkness = _PALE * float(np.median(ink.darkest[inked]))
    length = _SHORT * float(np.median(ink.longest[inked]))
    strewn = _STREWN + 1.5 * float(np.percentile(ink.strewn[marked], 70))
    around = _AROUND + float(np.percentile(sectors[marked], 70))
    for number in marked:
        if ink.strewn[number] > strewn or sectors[number] > around:
            found[number] = "doubtful"
    for number in inked:
        if ink.darkest[number] < darkness or ink.longest[number] < length:
            found[number] = "doubtful"


def _cells(layout: PageLayout) -> list[list[int]]:
    """The numbers of the boxes of each row and column."""
    found: dict[tuple[int, int], list[int]] = {}
    for number, box in enumerate(layout.boxes):
        found.setdefault((box.row, box.column), []).append(number)
    return list(found.values())


def _taken_back(
    found: list[State], cell: list[int], inside: Values, page: Levels
) -> None:
    """A filled box beside one that is marked as usual was taken back, as the page tells people to do."""
    marked = [number for number in cell if found[number] == "marked"]
    full = [n for n in marked if inside[n] > max(_FULL, _HEAVY * page.usual)]
    usual = [n for n in marked if inside[n] < _LIGHT * page.usual]
    if len(usual) == 1:
        for number in full:
            found[number] = "crossed out"


def _strays(found: list[State], cell: list[int], ink: Ink, page: Levels) -> None:
    """Beside one box that is marked, another is empty that has far less ink, or much paler ink: the tail of a mark in another
    row, a stain, what was rubbed out."""
    marked = [number for number in cell if found[number] == "marked"]
    if len(marked) != 1:
        return
    (mark,) = marked
    for number in cell:
        there = ink.lines[number].min() > _LINE and ink.inside[number] > page.low
        if found[number] == "doubtful" and there and _is_stray(ink, number, mark):
            found[number] = "empty"


def _is_stray(ink: Ink, number: int, mark: int) -> bool:
    at_edge = ink.middle[number] < ink.inside[number]
    times = _FAR if at_edge else 2 * _FAR
    less = ink.inside[number] * times < ink.inside[mark]
    paler = ink.darkest[number] < _PALE * ink.darkest[mark]
    return bool(less or (paler and ink.inside[number] < ink.inside[mark]))


def _half_circles(found: list[State], cell: list[int], ink: Ink) -> None:
    """Where no box is marked, a line around a part of one may be a circle that missed it."""
    if any(found[number] == "marked" for number in cell):
        return
    for number in cell:
        sectors = int((ink.around[number] > _CIRCLE).sum())
        if found[number] == "empty" and sectors >= _PART:
            found[number] = "doubtful"
