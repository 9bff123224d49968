"""In the child: where the printed frame of each box stands on a straightened page. Paper curls, folds and stretches, so each
row is looked for near its place, rows beside it have a say, and then each box by itself."""

from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from cbs_desktop.scans.darkness import Darkness
from cbs_desktop.scans.layout import MarkBox, PageLayout

Scores = MatLike

DOTS = 6.0  # pixels of a millimetre on the straightened page: 152 dpi
_SEARCH = 2.8  # millimetres around its place in which a row is looked for
_NEAR = 0.8  # millimetres that a box may be off its row, or off those above and below
_ROWS = 2  # above and below that have a say
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
    scores: dict[tuple[int, int], Scores] = {}
    for cell, boxes in _blocks(layout).items():
        scores[cell] = _scores(lines, boxes)
    shifts = _agreed(scores)
    side = round(layout.boxes[0].rect.width * DOTS)
    settled = _Settled(lines, side)
    for box in layout.boxes:
        settled.look(box, shifts[box.row, box.column], _NEAR)
    for box in layout.boxes:
        settled.look(box, settled.usual(box), _NEAR)
    corners: list[tuple[int, int]] = []
    for box in layout.boxes:
        (x, y), (across, down) = _corner(box), settled.shifts[box]
        corners.append((x + across, y + down))
    return Frames(np.array(corners, np.int32), side)


def _blocks(layout: PageLayout) -> dict[tuple[int, int], list[MarkBox]]:
    found: dict[tuple[int, int], list[MarkBox]] = {}
    for box in layout.boxes:
        found.setdefault((box.row, box.column), []).append(box)
    return found


def _corner(box: MarkBox) -> tuple[int, int]:
    return round(box.rect.x * DOTS) + MARGIN, round(box.rect.y * DOTS) + MARGIN


def _scores(lines: Darkness, boxes: list[MarkBox]) -> Scores:
    """How well the frames of a row fit at each shift: [down, across], the middle is their place."""
    search = round(_SEARCH * DOTS)
    side = round(boxes[0].rect.width * DOTS)
    x, y = _corner(boxes[0])
    lefts = [_corner(box)[0] - x for box in boxes]
    template = _template(lefts, side)
    high, wide = template.shape
    edge = _WHITE[1] + search
    window = lines[
        y - edge : y - edge + high + 2 * search, x - edge : x - edge + wide + 2 * search
    ]
    return cv2.matchTemplate(window, template, cv2.TM_CCORR)


def _template(lefts: list[int], side: int) -> Scores:
    """Frames that start at `lefts`: dark lines count for, what is dark beside them against."""
    edge = _WHITE[1]
    template = np.zeros((side + 2 * edge, lefts[-1] + side + 2 * edge), np.float32)
    for left in lefts:
        _frame(template, left + edge, edge, side, _WHITE[1], -1)
    for left in lefts:
        _frame(template, left + edge, edge, side, _WHITE[0] - 1, 0)
    for left in lefts:
        _frame(template, left + edge, edge, side, _LINE, 1)
    for sign in (1, -1):
        part = template * sign > 0
        template[part] /= np.abs(template[part]).sum()
    return template


def _frame(on: Scores, x: int, y: int, side: int, half: int, value: float) -> None:
    """A frame whose line is `half` pixels wide at both sides of the edge."""
    inner = on[y + half : y + side - half, x + half : x + side - half].copy()
    on[y - half : y + side + half, x - half : x + side + half] = value
    on[y + half : y + side - half, x + half : x + side - half] = inner


def _agreed(
    scores: dict[tuple[int, int], Scores],
) -> dict[tuple[int, int], tuple[int, int]]:
    """The best shift (across, down) of each row when the rows and columns beside it are asked too."""
    near = np.ones((5, 5), np.uint8)
    wider = {cell: cv2.dilate(map_, near) for cell, map_ in scores.items()}
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for (row, column), own in scores.items():
        total = own.copy()
        for beside in (
            (row - 1, column),
            (row + 1, column),
            (row, column - 1),
            (row, column + 1),
        ):
            if beside in wider:
                total += _BESIDE * wider[beside]
        down, across = np.unravel_index(total.argmax(), total.shape)
        middle = own.shape[0] // 2
        found[row, column] = int(across) - middle, int(down) - middle
    return found


class _Settled:
    """The shift of each box by itself: the best of those that were looked at."""

    def __init__(self, lines: Darkness, side: int) -> None:
        self._lines = lines
        self._side = side
        self._template = _template([0], side)
        self.shifts: dict[MarkBox, tuple[int, int]] = {}
        self._best: dict[MarkBox, float] = {}
        self._at: dict[tuple[int, int, int], MarkBox] = {}

    def look(self, box: MarkBox, about: tuple[int, int], far: float) -> None:
        """Look for the frame of a box around a shift, `far` millimetres at the most."""
        near = round(far * DOTS)
        edge = _WHITE[1] + near
        x, y = _corner(box)
        left, top = x + about[0] - edge, y + about[1] - edge
        size = self._side + 2 * edge
        window = self._lines[top : top + size, left : left + size]
        scores = cv2.matchTemplate(window, self._template, cv2.TM_CCORR)
        down, across = np.unravel_index(scores.argmax(), scores.shape)
        best = float(scores[down, across])
        if best > self._best.get(box, -1):
            self._best[box] = best
            self._at[box.row, box.column, box.choice] = box
            self.shifts[box] = (
                about[0] + int(across) - near,
                about[1] + int(down) - near,
            )

    def usual(self, box: MarkBox) -> tuple[int, int]:
        """The usual shift of the boxes above and below."""
        beside: list[tuple[int, int]] = []
        for row in range(box.row - _ROWS, box.row + _ROWS + 1):
            other = self._at.get((row, box.column, box.choice))
            if other is not None:
                beside.append(self.shifts[other])
        across, down = np.median(np.array(beside), axis=0)
        return round(float(across)), round(float(down))
