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
    shape = (len(frames.corners), size, size)
    found = np.empty(shape, np.float32)
    for number, (x, y) in enumerate(frames.corners):
        top = y - around
        left = x - around
        found[number] = page[top : top + size, left : left + size]
    return found


def insides(patches: Values) -> Values:
    """The boxes without their frames and what is around them."""
    inset = round(AROUND * DOTS) + round(_INSIDE * DOTS)
    return patches[:, inset:-inset, inset:-inset]


def middles(inside: Values) -> Values:
    """The middle part of insides."""
    edge = inside.shape[1] // 5
    return inside[:, edge:-edge, edge:-edge]


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
    turn = np.arctan2(down, across) / (2 * np.pi)
    sector = np.round(turn * sectors).astype(int)
    row = layout.strips[0].height / 2 + _BEYOND
    ours = np.abs(down) < row * DOTS
    ours &= ~_letter(layout, size)
    return PatchPoints((farther - half) / DOTS, sector % sectors, ours)


def _letter(layout: PageLayout, size: int) -> Mask:
    """Where the letter of a box stands."""
    box = layout.boxes[0]
    place = letter_place(box)
    left = place.x - box.rect.x + AROUND
    top = place.y - box.rect.y + AROUND
    low = round((top + place.height) * DOTS)
    right = round((left + place.width) * DOTS)
    found = np.zeros((size, size), np.bool_)
    found[round(top * DOTS) : low, max(0, round(left * DOTS)) : right] = True
    return found
