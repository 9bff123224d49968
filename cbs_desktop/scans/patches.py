"""In the child: each box of a page cut out with what is around it, all in one array, and which of its points lie where."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cbs_desktop.scans.alignment import DOTS, Frames
from cbs_desktop.scans.darkness import Darkness
from cbs_desktop.scans.layout import PageLayout, letter_place

Values = NDArray[np.floating]
Mask = NDArray[np.bool_]  # of the points of a patch, [down, across]

AROUND = 2.8  # millimetres outside the frame that are cut out with a box: a circle around it, the tail of a tick
_INSIDE = 0.65  # millimetres from the frame to where the inside begins
_BEYOND = 0.2  # millimetres over the border of the row


def cut(page: Darkness, frames: Frames) -> Values:
    """The boxes of a page with its margin: n × size × size."""
    around = round(AROUND * DOTS)
    size = frames.side + 2 * around
    found: list[Darkness] = []
    for x, y in frames.corners:
        top = y - around
        left = x - around
        low = top + size
        right = left + size
        found.append(page[top:low, left:right])
    return np.stack(found).astype(np.float32)


def insides(patches: Values) -> Values:
    """The boxes without their frames and what is around them."""
    around = round(AROUND * DOTS)
    inset = around + round(_INSIDE * DOTS)
    part = slice(inset, -inset)
    return patches[:, part, part]


def middles(inside: Values) -> Values:
    """The middle part of insides."""
    edge = inside.shape[1] // 5
    part = slice(edge, -edge)
    return inside[:, part, part]


def lines(patches: Values) -> Values:
    """How dark the four lines of each frame are: n × 4. Each point of a line is the darkest of those beside it."""
    start = round(AROUND * DOTS)
    end = patches.shape[1] - start
    along = slice(start + 2, end - 2)
    found: list[Values] = []
    for at in (start, end):
        beside = slice(at - 2, at + 2)
        level = patches[:, beside, along].max(axis=1)
        upright = patches[:, along, beside].max(axis=2)
        found.append(level.mean(axis=1))
        found.append(upright.mean(axis=1))
    return np.stack(found, axis=1)


@dataclass(frozen=True, slots=True)
class PatchPoints:
    """Of each point of a patch: `far` millimetres from the frame, less than 0 inside; its `sector`, seen from the middle, the
    first one to the right, clockwise; whether it is `ours`: in the row, and not where the letter stands."""

    far: Values
    sector: NDArray[np.int_]
    ours: Mask


def points(layout: PageLayout, size: int, sectors: int) -> PatchPoints:
    """The points of the patches of a page."""
    middle = (size - 1) / 2
    from_middle = np.arange(size) - middle
    across, down = np.meshgrid(from_middle, from_middle)
    half = middle - round(AROUND * DOTS)
    farther = np.maximum(np.abs(across), np.abs(down))
    far = (farther - half) / DOTS
    turn = np.arctan2(down, across) / (2 * np.pi)
    sector = np.round(turn * sectors).astype(int)
    row = layout.strips[0].height / 2 + _BEYOND
    ours = np.abs(down) < row * DOTS
    ours &= ~_letter(layout, size)
    return PatchPoints(
        far,
        sector % sectors,
        ours,
    )


def _letter(layout: PageLayout, size: int) -> Mask:
    """Where the letter of a box stands."""
    box = layout.boxes[0]
    place = letter_place(box)
    across = _pixels(place.x - box.rect.x, place.width)
    down = _pixels(place.y - box.rect.y, place.height)
    found = np.zeros((size, size), np.bool_)
    found[down, across] = True
    return found


def _pixels(start: float, length: float) -> slice:
    """Of a patch, from millimetres that are counted from its frame."""
    first = round((start + AROUND) * DOTS)
    end = round((start + AROUND + length) * DOTS)
    return slice(max(0, first), end)
