"""Where everything stands on a page that is printed and read back, in millimetres from its upper left corner. Pure.

The printer draws from it and the reader measures by it, so neither keeps a figure of its own.
"""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["register", "questionnaire"]
VERSION = 1  # of the layout; pages of older versions stay readable
COLUMNS_MOST = 4  # sessions side by side
CHOICES_MOST = 7

CORNER = 9.0  # side of a corner marker
CORNER_IDS = (0, 1, 2, 3)  # upper left, upper right, lower left, lower right
CODE = 20.0  # side of a page code
_EDGE = 14.0  # from the edge of the paper to the middle of a corner marker
_SHAPE = re.compile(r"([RQ])(\d{1,2})\.(\d{1,2})\.(\d)\.(\d)")
_KINDS: dict[str, Kind] = {"R": "register", "Q": "questionnaire"}


@dataclass(frozen=True, slots=True)
class PageShape:
    """What a page is made of: `rows` of people or questions, `columns` of sessions (1 on a questionnaire), and `choices`
    boxes for each."""

    kind: Kind
    rows: int
    columns: int
    choices: int
    version: int = VERSION

    def __str__(self) -> str:
        """As it stands in the page code: R1.18.2.4."""
        letter = self.kind[0].upper()
        first = f"{letter}{self.version}"
        return f"{first}.{self.rows}.{self.columns}.{self.choices}"


def shape_of(text: str) -> PageShape | None:
    """The shape that a page code tells; None when it is none or has figures that no page of ours has."""
    found = _SHAPE.fullmatch(text)
    if found is None:
        return None
    kind = _KINDS[found[1]]
    version, rows, columns, choices = (int(part) for part in found.groups()[1:])
    fits = (
        1 <= columns <= COLUMNS_MOST
        and 1 <= rows <= rows_most(columns)
        and 1 <= choices <= choices_most(columns)
    )
    return PageShape(kind, rows, columns, choices, version) if fits else None


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle by its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Of its right edge."""
        return self.x + self.width

    @property
    def low(self) -> float:
        """Of its lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle."""
        across = self.x + self.width / 2
        down = self.y + self.height / 2
        return across, down


Rects = tuple[Rect, ...]


@dataclass(frozen=True, slots=True)
class MarkBox:
    """A box to mark: choice `choice` of column `column` in row `row`, each counted from 0."""

    row: int
    column: int
    choice: int
    rect: Rect


def letter_place(box: MarkBox) -> Rect:
    """Where the letter of a choice may stand, left of its box; everything else around a box stays white."""
    _x, middle = box.rect.middle
    left = box.rect.x - 3.1
    return Rect(left, middle - 1.3, 2.2, 2.6)


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page with all its places. `strips` are the rows from edge to edge, `heads` the top of each column."""

    shape: PageShape
    width: float
    height: float
    corners: Rects  # by CORNER_IDS
    codes: Rects  # the page code stands here twice
    title: Rect
    heads: Rects
    strips: Rects
    boxes: tuple[MarkBox, ...]
    labels: Rects  # number and name, or question, of each row
    counts: Rects  # the head count of each column, written by hand
    days: Rects  # the day on which each session was held, written by hand


@dataclass(frozen=True, slots=True)
class _Measures:
    """The figures of one way to hold the paper."""

    width: float
    height: float
    rows: int  # at the most
    top: float  # of the first row
    row: float  # height of a row
    side: float  # of a box
    pitch: float  # from box to box
    label: float  # width of number and name at the least


_UPRIGHT = _Measures(210, 297, 20, 64, 9.6, 6.2, 13.0, 80)
_LYING = _Measures(297, 210, 18, 56, 6.4, 4.6, 10.5, 84)
PAPERS = ((_UPRIGHT.width, _UPRIGHT.height), (_LYING.width, _LYING.height))
_SIDE = 9.0  # white at both sides of the rows
_HEAD = 16.0  # over a column
_WRITTEN = 7.5  # height of what is written by hand below
_FOOT = 2.0  # between the rows and what is written below them


def _measures(columns: int) -> _Measures:
    return _UPRIGHT if columns == 1 else _LYING


def rows_most(columns: int) -> int:
    """How many rows a page of so many columns has room for."""
    return _measures(columns).rows


def choices_most(columns: int) -> int:
    """How many boxes of each column stand beside a name."""
    m = _measures(columns)
    room = m.width - 2 * _SIDE - m.label
    side_by_side = int(room / m.pitch)
    return min(CHOICES_MOST, side_by_side // columns)


def page_layout(shape: PageShape) -> PageLayout:
    """Where everything stands on a page of this shape; ValueError for a version that this program does not know."""
    if shape.version != VERSION:
        raise ValueError(shape.version)
    m = _measures(shape.columns)
    block = shape.choices * m.pitch  # the boxes of one column
    all_blocks = shape.columns * block
    label = m.width - 2 * _SIDE - all_blocks
    tops = _steps(m.top, m.row, shape.rows)
    lefts = _steps(_SIDE + label, block, shape.columns)
    bottom = m.top + m.rows * m.row + _FOOT
    return PageLayout(
        shape=shape,
        width=m.width,
        height=m.height,
        corners=corners_of(m.width, m.height),
        codes=codes_of(m.width, m.height),
        title=_title(m),
        heads=_across(lefts, m.top - _HEAD, block, _HEAD),
        strips=_down(tops, label + all_blocks, m.row),
        boxes=tuple(_boxes(shape, m, lefts, tops)),
        labels=_down(tops, label, m.row),
        counts=_across(lefts, bottom, block, _WRITTEN),
        days=_across(lefts, bottom + _WRITTEN, block, _WRITTEN),
    )


def _title(m: _Measures) -> Rect:
    """Between the upper left marker and the code."""
    left = _SIDE + 14
    right = m.width - _SIDE - CODE - 20
    return Rect(left, 10, right - left, 34)


def _steps(first: float, step: float, count: int) -> list[float]:
    return [first + number * step for number in range(count)]


def _across(lefts: list[float], y: float, width: float, height: float) -> Rects:
    """Rectangles side by side."""
    return tuple(Rect(left, y, width, height) for left in lefts)


def _down(tops: list[float], width: float, height: float) -> Rects:
    """Rectangles below each other, from the left edge of the rows."""
    return tuple(Rect(_SIDE, top, width, height) for top in tops)


def _boxes(
    shape: PageShape, m: _Measures, lefts: list[float], tops: list[float]
) -> list[MarkBox]:
    inset = (m.pitch - m.side) / 2
    above = (m.row - m.side) / 2
    found: list[MarkBox] = []
    for row, top in enumerate(tops):
        for column, left in enumerate(lefts):
            xs = _steps(left + inset, m.pitch, shape.choices)
            for choice, x in enumerate(xs):
                rect = Rect(x, top + above, m.side, m.side)
                found.append(MarkBox(row, column, choice, rect))
    return found


def corners_of(width: float, height: float) -> Rects:
    """The corner markers of a paper of this size, by CORNER_IDS."""
    half = CORNER / 2
    found: list[Rect] = []
    for y in (_EDGE, height - _EDGE):
        for x in (_EDGE, width - _EDGE):
            found.append(Rect(x - half, y - half, CORNER, CORNER))
    return tuple(found)


def codes_of(width: float, height: float) -> Rects:
    """Upper right beside the marker, and lower left: a fold or a thumb does not reach both."""
    beside = _EDGE + CORNER / 2 + 5
    return (
        Rect(width - beside - CODE, 9, CODE, CODE),
        Rect(beside, height - 9 - CODE, CODE, CODE),
    )
