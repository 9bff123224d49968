"""In the child: what there is to see in and around each box of a page, as figures. What they mean, `verdicts` says."""

import cv2
import numpy as np
from numpy.typing import NDArray

from cbs_desktop.scans import patches
from cbs_desktop.scans.alignment import Frames
from cbs_desktop.scans.darkness import Darkness
from cbs_desktop.scans.layout import PageLayout
from cbs_desktop.scans.patches import Mask, PatchPoints, Values
from cbs_desktop.scans.soundness import are_in_place
from cbs_desktop.scans.verdicts import FRAME_LINE, BoxInk

_SECTORS = 16  # of the ring around a box
_BESIDE = (0, 1, 2, 6, 7, 8, 9, 10, 14, 15)  # sectors at the left and the right
_OUTSIDE = 0.45  # millimetres from the frame to where the outside begins
_RING = -0.9  # millimetres from the frame to where the ring begins: a narrow circle cuts the corners of the frame
_ENOUGH = 0.4  # of a sector: what is drawn there can be seen
_MOST = 30  # percent of boxes: what they have, the page has printed
_PEAK = 0.03  # of the points of a box: the darkest
_DRAWN = 0.2  # of the darkness of printed lines: a pen was there
_CIRCLE = 0.25  # of the darkness of printed lines: a sector of the ring has ink
_GRAINS = 2.5  # times the grain of white paper, and at least
_FLOOR = 0.04  # darkness: less is nothing
_PALEST = 0.12  # darkness of printed lines; paler ones are none


def ink(page: Darkness, layout: PageLayout, frames: Frames) -> list[BoxInk]:
    """The figures of all boxes of a page with its margin, in the order of the layout. Darkness is in units of printed lines."""
    boxes = patches.cut(page, frames)
    lines = patches.lines(boxes)
    printed = max(float(np.median(lines)), _PALEST)
    covered = np.maximum(boxes - _floor(boxes), 0) / printed
    inside = patches.insides(covered)
    ring = _Ring(covered, layout)
    whole = inside.mean(axis=(1, 2))
    middle = patches.middles(inside).mean(axis=(1, 2))
    darkest = _darkest(inside)
    weakest = lines.min(axis=1) / printed
    there = weakest > FRAME_LINE
    if not are_in_place(page, layout, frames, there, FRAME_LINE * printed):
        weakest = np.zeros(len(boxes))  # a person looks at all of them
    found: list[BoxInk] = []
    for number in range(len(boxes)):
        found.append(
            BoxInk(
                inside=float(whole[number]),
                middle=float(middle[number]),
                darkest=float(darkest[number]),
                longest=_longest(inside[number]),
                frame=float(weakest[number]),
                sectors=ring.sectors(number),
                around=ring.around(number),
                strewn=float(ring.strewn[number]),
            )
        )
    return found


def _floor(boxes: Values) -> float:
    """The darkness that is grain of the paper, by the emptier half of the boxes."""
    inside = patches.insides(boxes)
    spread = np.sort(inside.std(axis=(1, 2)))
    half = max(1, len(spread) // 2)
    grain = float(spread[:half].mean())
    return max(_GRAINS * grain, _FLOOR)


def _darkest(inside: Values) -> Values:
    """How dark the darkest points are."""
    boxes = len(inside)
    dots = inside.reshape(boxes, -1)
    share = round(_PEAK * dots.shape[1])
    count = max(1, share)
    ordered = np.partition(dots, -count, axis=1)
    return ordered[:, -count:].mean(axis=1)


def _longest(inside: Values) -> float:
    """How long the longest stroke of a box is, in parts of its side; small gaps do not count."""
    drawn = (inside > _DRAWN).astype(np.uint8)
    if not drawn.any():
        return 0.0
    near = np.ones((3, 3), np.uint8)
    whole = cv2.morphologyEx(drawn, cv2.MORPH_CLOSE, near)
    _count, _map, found, _middles = cv2.connectedComponentsWithStats(whole)
    strokes = found[1:]  # the first is what is not drawn
    wide = int(strokes[:, cv2.CC_STAT_WIDTH].max())
    high = int(strokes[:, cv2.CC_STAT_HEIGHT].max())
    return max(wide, high) / len(inside)


class _Ring:
    """What is drawn around the boxes. What most boxes have there is printed and does not count, such as the line between rows."""

    def __init__(self, covered: Values, layout: PageLayout) -> None:
        count, size, _size = covered.shape
        at = patches.points(layout, size, _SECTORS)
        free = at.ours & ~_printed(covered)
        outside = at.far > _OUTSIDE
        seen = free & outside
        self.strewn = (covered[:, seen] > _DRAWN).mean(axis=1)
        self._open = _open(seen, outside, at)
        self._drawn = np.zeros((count, _SECTORS), np.bool_)
        near = free & (at.far > _RING)
        for sector in range(_SECTORS):
            here = near & (at.sector == sector)
            seen_there = covered[:, here]
            darkest = seen_there.max(axis=1, initial=0)
            self._drawn[:, sector] = darkest > _CIRCLE

    def sectors(self, number: int) -> int:
        """In how many sectors around a box something is drawn."""
        return int(self._drawn[number].sum())

    def around(self, number: int) -> float:
        """The part of the sectors that are drawn, of all or of those at both sides, whichever is less: what reaches in from
        above and below may be of the rows beside."""
        drawn = self._drawn[number]
        beside = np.zeros(_SECTORS, np.bool_)
        beside[list(_BESIDE)] = True
        everywhere = drawn[self._open].mean()
        at_sides = drawn[self._open & beside].mean()
        return float(min(everywhere, at_sides))


def _printed(covered: Values) -> Mask:
    """The points of a patch where most boxes have something."""
    usual = np.percentile(covered, _MOST, axis=0)
    near = np.ones((3, 3), np.uint8)
    return cv2.dilate(usual, near) > _DRAWN / 2


def _open(free: Mask, outside: Mask, at: PatchPoints) -> NDArray[np.bool_]:
    """The sectors in which a pen can be seen: a good part of what is outside is white paper on most boxes."""
    found = np.zeros(_SECTORS, np.bool_)
    for sector in range(_SECTORS):
        here = at.sector == sector
        white = (free & here).sum()
        found[sector] = white > _ENOUGH * (outside & here).sum()
    return found
