"""In the child: what there is to see in and around each box of a page, as figures. What they mean, `verdicts` says."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from cbs_desktop.scans.alignment import DOTS, Frames
from cbs_desktop.scans.darkness import Darkness
from cbs_desktop.scans.layout import PageLayout, letter_place

Values = NDArray[np.floating]

_INSIDE = 0.65  # millimetres from the frame to where the inside begins
_AROUND = 2.8  # millimetres outside the frame that are looked at: a circle around the box, the tail of a tick
_OUTSIDE = 0.45  # millimetres from the frame to where the outside begins
_RING = -0.9  # millimetres from the frame to where the ring begins: a narrow circle cuts the corners of the frame
_BEYOND = 0.2  # millimetres over the border of the row
_ENOUGH = 0.4  # of a sector: what is drawn there can be seen
_PEAK = 0.03  # of the points of a box: the darkest
_DRAWN = 0.2  # of the darkness of printed lines: a pen was there
SECTORS = 16  # of the ring around a box


@dataclass(frozen=True, slots=True)
class Ink:
    """Figures of all boxes in the order of the layout; darkness is in units of the page's printed lines.

    `inside` mean darkness of the inside, `middle` of its middle part, `darkest` of its darkest points, `lines` of the four lines
    of the frame; `around` the darkest point of each sector of a ring, the first one to the right, clockwise, `open` whether a
    sector is white paper on most boxes, so that a pen can be seen there; `strewn` how much of what is outside is covered;
    `longest` the length of the longest stroke inside, in parts of the side.
    """

    inside: Values  # n
    middle: Values  # n
    darkest: Values  # n
    lines: Values  # n × 4
    around: Values  # n × SECTORS
    open: NDArray[np.bool_]  # SECTORS
    strewn: Values  # n
    longest: Values  # n


def ink(page: Darkness, layout: PageLayout, frames: Frames) -> Ink:
    """Measured on a page with its margin."""
    around = round(_AROUND * DOTS)
    patches = _patches(page, frames, around)
    lines = _lines(patches, frames.side, around)
    printed = max(float(np.median(lines)), 0.12)
    inset = around + round(_INSIDE * DOTS)
    inside = patches[:, inset:-inset, inset:-inset]
    noise = _noise(inside)
    floor = max(2.5 * noise, 0.04)
    covered = np.maximum(patches - floor, 0) / printed
    inside = covered[:, inset:-inset, inset:-inset]
    quarter = inside.shape[1] // 5
    middle = inside[:, quarter:-quarter, quarter:-quarter]
    free = _free(layout, frames.side, around) & ~_printed(covered)
    far = _distance(frames.side, around)
    outside = free & (far > _OUTSIDE)
    sectors = _sectors_of(len(free))
    return Ink(
        inside=inside.mean(axis=(1, 2)),
        middle=middle.mean(axis=(1, 2)),
        darkest=_peak(inside),
        lines=lines / printed,
        around=_darkest(covered, free & (far > _RING), sectors),
        open=_open(outside, far > _OUTSIDE, sectors),
        strewn=(covered[:, outside] > _DRAWN).mean(axis=1),
        longest=_longest(inside),
    )


def _patches(page: Darkness, frames: Frames, around: int) -> Values:
    """Each box with what is around it: n × side × side."""
    size = frames.side + 2 * around
    found = np.empty((len(frames.corners), size, size), np.float32)
    for number, (x, y) in enumerate(frames.corners):
        left, top = x - around, y - around
        found[number] = page[top : top + size, left : left + size]
    return found


def _lines(patches: Values, side: int, around: int) -> Values:
    """How dark the four lines of each frame are: top, bottom, left, right. Each point of a line is the darkest of three."""
    end = around + side
    along = slice(around + 2, end - 2)
    found: list[Values] = []
    for at in (around, end):
        across = patches[:, at - 2 : at + 2, along].max(axis=1)
        found.append(across.mean(axis=1))
    for at in (around, end):
        across = patches[:, along, at - 2 : at + 2].max(axis=2)
        found.append(across.mean(axis=1))
    return np.stack(found, axis=1)


def _peak(inside: Values) -> Values:
    """How dark the darkest points are."""
    points = inside.reshape(len(inside), -1)
    count = max(1, round(_PEAK * points.shape[1]))
    return np.partition(points, -count, axis=1)[:, -count:].mean(axis=1)


def _longest(inside: Values) -> Values:
    """How long the longest stroke of each box is; small gaps in it do not count."""
    near = np.ones((3, 3), np.uint8)
    found = np.zeros(len(inside))
    for number, box in enumerate(inside):
        if box.max() > _DRAWN:
            drawn = cv2.morphologyEx(np.uint8(box > _DRAWN), cv2.MORPH_CLOSE, near)
            _count, _map, sizes, _middles = cv2.connectedComponentsWithStats(drawn)
            strokes = sizes[1:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_HEIGHT + 1]
            found[number] = strokes.max() / len(box)
    return found


def _noise(inside: Values) -> float:
    """The grain of white paper, from the emptier half of the boxes."""
    spread = inside.std(axis=(1, 2))
    return float(np.sort(spread)[: max(1, len(spread) // 2)].mean())


def _printed(covered: Values) -> NDArray[np.bool_]:
    """The points of a patch where most boxes have something, such as the line between rows."""
    near = np.ones((3, 3), np.uint8)
    usual = np.percentile(covered, 30, axis=0).astype(np.float32)
    return cv2.dilate(usual, near) > _DRAWN / 2


def _distance(side: int, around: int) -> Values:
    """Of each point of a patch from the frame in millimetres, less than 0 inside."""
    size = side + 2 * around
    down, across = np.abs(np.mgrid[:size, :size] - (size - 1) / 2)
    return ((np.maximum(down, across) - side / 2) / DOTS).astype(np.float32)


def _free(layout: PageLayout, side: int, around: int) -> NDArray[np.bool_]:
    """The points of a patch that lie in the row, and not where the letter stands."""
    size = side + 2 * around
    half = (layout.strips[0].height / 2 + _BEYOND) * DOTS
    free = np.zeros((size, size), np.bool_)
    middle = (size - 1) / 2
    free[max(0, round(middle - half)) : round(middle + half) + 1] = True
    box = layout.boxes[0]
    letter = letter_place(box)
    left = round((letter.x - box.rect.x) * DOTS) + around
    top = round((letter.y - box.rect.y) * DOTS) + around
    free[
        top : top + round(letter.height * DOTS),
        max(0, left) : left + round(letter.width * DOTS),
    ] = False
    return free


def _sectors_of(size: int) -> NDArray[np.int_]:
    """The sector of each point of a patch, seen from its middle."""
    down, across = np.mgrid[:size, :size] - (size - 1) / 2
    turn = np.arctan2(down, across) / (2 * np.pi) * SECTORS
    return np.round(turn).astype(int) % SECTORS


def _darkest(
    covered: Values, ring: NDArray[np.bool_], sectors: NDArray[np.int_]
) -> Values:
    """The darkest point of the ring in each sector: n × SECTORS."""
    found = np.empty((len(covered), SECTORS), np.float32)
    for number in range(SECTORS):
        here = ring & (sectors == number)
        found[:, number] = covered[:, here].max(axis=1, initial=0)
    return found


def _open(
    free: NDArray[np.bool_], outside: NDArray[np.bool_], sectors: NDArray[np.int_]
) -> NDArray[np.bool_]:
    """The sectors in which a good part of what is outside is free."""
    found = np.zeros(SECTORS, np.bool_)
    for number in range(SECTORS):
        here = sectors == number
        found[number] = (free & here).sum() > _ENOUGH * (outside & here).sum()
    return found
