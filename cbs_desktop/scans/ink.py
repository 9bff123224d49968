"""In the child: what there is to see in and around each box of a page, as figures. What they mean, `verdicts` says."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cbs_desktop.scans.alignment import DOTS, Frames
from cbs_desktop.scans.darkness import Darkness
from cbs_desktop.scans.layout import PageLayout

Values = NDArray[np.float32]

_INSIDE = 0.65  # millimetres from the frame to where the inside begins
_AROUND = 1.9  # millimetres outside the frame that belong to the box: a circle around it, the tail of a tick
_BEFORE = 0.45  # millimetres from the frame to where the outside begins
_SECTORS = 16  # of the ring around a box


@dataclass(frozen=True, slots=True)
class Ink:
    """Figures of all boxes in the order of the layout; darkness is in units of the page's printed lines.

    `inside` mean darkness of the inside, `middle` of its middle part, `lines` the darkness of the four lines of the frame,
    `around` of the sectors of a ring around it, `noise` the grain of white paper.
    """

    inside: Values  # n
    middle: Values  # n
    lines: Values  # n × 4
    around: Values  # n × sectors
    print: float
    noise: float


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
    return Ink(
        inside=inside.mean(axis=(1, 2)),
        middle=middle.mean(axis=(1, 2)),
        lines=lines / printed,
        around=_ring(covered, frames.side, around),
        print=printed,
        noise=noise,
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


def _noise(inside: Values) -> float:
    """The grain of white paper, from the emptier half of the boxes."""
    spread = inside.std(axis=(1, 2))
    return float(np.sort(spread)[: max(1, len(spread) // 2)].mean())


def _ring(covered: Values, side: int, around: int) -> Values:
    """The darkest point of the ring in each sector, from the middle of the box: n × sectors."""
    size = side + 2 * around
    down, across = np.mgrid[:size, :size] - (size - 1) / 2
    far = np.maximum(np.abs(down), np.abs(across)) > side / 2 + _BEFORE * DOTS
    turn = np.arctan2(down, across) / (2 * np.pi) * _SECTORS
    sector = np.floor(turn).astype(int) % _SECTORS
    found = np.empty((len(covered), _SECTORS), np.float32)
    for number in range(_SECTORS):
        found[:, number] = covered[:, far & (sector == number)].max(axis=1)
    return found
