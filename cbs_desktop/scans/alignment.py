"""In the child: where the printed frame of each box stands on a straightened page. Paper curls, folds and stretches, so each
row is looked for near its place, rows beside it have a say, and then each box by itself."""

from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from cbs_desktop.scans.darkness import Darkness
from cbs_desktop.scans.layout import MarkBox, PageLayout

Scores = MatLike
Cell = tuple[int, int]  # row, column
Shift = tuple[int, int]  # pixels across and down

DOTS = 6.0  # pixels of a millimetre on the straightened page: 152 dpi
_SEARCH = 2.8  # millimetres around its place in which a row is looked for
_NEAR = 0.8  # millimetres that a box may be off its row, or off those above and below
_ABOVE = 2  # rows above and below that have a say
_BESIDE = 0.5  # how much the rows beside have to say
_STRONG = 0.6  # darkness above which a line is not more of a line
_LINE = 1  # pixels at both sides of the middle of a line
_WHITE = (3, 5)  # pixels from the line that should be white
MARGIN = 48  # pixels of white around the page, so that all windows are whole


@dataclass(frozen=True, slots=True)
class Frames:
    """The upper left corner of each box in pixels of the page with its margin, in the order of the layout's boxes."""

    corners: NDArray[np.int32]  # n × 2, (x, y)
    side: int


def with_margin(page: Darkness) -> Darkness:
    """The page with white around it."""
    return cv2.copyMakeBorder(
        page, MARGIN, MARGIN, MARGIN, MARGIN, cv2.BORDER_CONSTANT, value=(0,)
    )


def frames(page: Darkness, layout: PageLayout) -> Frames:
    """Where the frames stand on a page with its margin."""
    lines = np.minimum(page, _STRONG)
    scores: dict[Cell, Scores] = {}
    for cell, boxes in _rows(layout).items():
        scores[cell] = _row_scores(lines, boxes)
    shifts = _agreed(scores)
    found = _BoxShifts(lines, layout)
    for box in layout.boxes:
        found.look(box, shifts[box.row, box.column])
    for box in layout.boxes:
        found.look(box, found.usual(box))
    corners: list[tuple[int, int]] = []
    for box in layout.boxes:
        shift = found.shifts[box]
        corners.append(_moved(_corner(box), shift))
    return Frames(np.array(corners, np.int32), found.side)


def _rows(layout: PageLayout) -> dict[Cell, list[MarkBox]]:
    """The boxes of each row and column."""
    found: dict[Cell, list[MarkBox]] = {}
    for box in layout.boxes:
        cell = (box.row, box.column)
        found.setdefault(cell, []).append(box)
    return found


def _corner(box: MarkBox) -> tuple[int, int]:
    """Where the frame should stand."""
    x = round(box.rect.x * DOTS)
    y = round(box.rect.y * DOTS)
    return x + MARGIN, y + MARGIN


def _row_scores(lines: Darkness, boxes: list[MarkBox]) -> Scores:
    """How well the frames of a row fit at each shift: [down, across], the middle is their place."""
    x, y = _corner(boxes[0])
    lefts: list[int] = []
    for box in boxes:
        left, _top = _corner(box)
        lefts.append(left - x)
    side = round(boxes[0].rect.width * DOTS)
    template = _template(lefts, side)
    search = round(_SEARCH * DOTS)
    return _fits(lines, template, (x, y), search)


def _fits(lines: Darkness, template: Scores, corner: Shift, search: int) -> Scores:
    """How well a template fits at each shift of up to `search` pixels from its corner."""
    high, wide = template.shape
    edge = _WHITE[1] + search
    left, top = _moved(corner, (-edge, -edge))
    right = left + wide + 2 * search
    low = top + high + 2 * search
    window = lines[top:low, left:right]
    return cv2.matchTemplate(window, template, cv2.TM_CCORR)


def _moved(place: Shift, by: Shift) -> Shift:
    x, y = place
    across, down = by
    return x + across, y + down


def _best(scores: Scores) -> tuple[Shift, float]:
    """The shift (across, down) with the best score, and the score."""
    _least, best, _where, place = cv2.minMaxLoc(scores)
    middle = scores.shape[0] // 2
    across, down = place
    return (across - middle, down - middle), best


def _template(lefts: list[int], side: int) -> Scores:
    """Frames that start at `lefts`: dark lines count for, what is dark beside them against."""
    edge = _WHITE[1]
    size = side + 2 * edge
    template = np.zeros((size, lefts[-1] + size), np.float32)
    bands = ((_WHITE[1], -1), (_WHITE[0] - 1, 0), (_LINE, 1))
    for half, value in bands:
        for left in lefts:
            square = template[:, left : left + size]
            _draw_frame(square, edge, half, value)
    for sign in (1, -1):
        part = template * sign > 0
        template[part] /= np.abs(template[part]).sum()
    return template


def _draw_frame(square: Scores, edge: int, half: int, value: float) -> None:
    """A frame `edge` pixels inside a square, its line `half` pixels wide at both sides."""
    end = len(square) - edge
    outer = slice(edge - half, end + half)
    inner = slice(edge + half, end - half)
    kept = square[inner, inner].copy()
    square[outer, outer] = value
    square[inner, inner] = kept


def _agreed(scores: dict[Cell, Scores]) -> dict[Cell, Shift]:
    """The best shift of each row when the rows and columns beside it are asked too."""
    near = np.ones((5, 5), np.uint8)
    wider: dict[Cell, Scores] = {}
    for cell, own in scores.items():
        wider[cell] = cv2.dilate(own, near)
    found: dict[Cell, Shift] = {}
    for (row, column), own in scores.items():
        total = own.copy()
        above_and_below = [(row - 1, column), (row + 1, column)]
        left_and_right = [(row, column - 1), (row, column + 1)]
        for cell in above_and_below + left_and_right:
            beside = wider.get(cell)
            if beside is not None:
                total += _BESIDE * beside
        shift, _score = _best(total)
        found[row, column] = shift
    return found


class _BoxShifts:
    """The shift of each box by itself: the best of those that were looked at."""

    def __init__(self, lines: Darkness, layout: PageLayout) -> None:
        self.side = round(layout.boxes[0].rect.width * DOTS)
        self.shifts: dict[MarkBox, Shift] = {}
        self._lines = lines
        self._template = _template([0], self.side)
        self._scores: dict[MarkBox, float] = {}
        self._rows = _rows(layout)

    def look(self, box: MarkBox, about: Shift) -> None:
        """Look for the frame of a box near a shift."""
        near = round(_NEAR * DOTS)
        start = _moved(_corner(box), about)
        scores = _fits(self._lines, self._template, start, near)
        shift, score = _best(scores)
        if score > self._scores.get(box, -1):
            self._scores[box] = score
            self.shifts[box] = _moved(about, shift)

    def usual(self, box: MarkBox) -> Shift:
        """The usual shift of the boxes above and below."""
        across: list[int] = []
        down: list[int] = []
        first = box.row - _ABOVE
        last = box.row + _ABOVE
        for row in range(first, last + 1):
            beside = self._rows.get((row, box.column))
            if beside is not None:
                other = beside[box.choice]
                x, y = self.shifts[other]
                across.append(x)
                down.append(y)
        return round(median(across)), round(median(down))
