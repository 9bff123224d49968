"""In the child: whether the frames that were found are those of a page's rows, and not those beside them. Where a page was
located wrongly, another row or choice may stand where one is looked for, as clear as can be."""

import numpy as np

from cbs_desktop.scans import patches
from cbs_desktop.scans.alignment import DOTS, Frames
from cbs_desktop.scans.darkness import Darkness
from cbs_desktop.scans.layout import PageLayout
from cbs_desktop.scans.patches import Mask

_JUMP = 1.5  # millimetres that a box may have moved more than the one beside it
_SOME = 0.1  # of the frames beyond the rows: one that happens to look so does not count


def are_in_place(
    page: Darkness, layout: PageLayout, frames: Frames, there: Mask, least: float
) -> bool:
    """Whether none is skipped or taken twice, and beyond the first and the last there is no further one. `there` are the boxes
    whose frames were seen, `least` is how dark a line of a frame is."""
    return not _jump(layout, frames, there) and not _go_on(page, layout, frames, least)


def _jump(layout: PageLayout, frames: Frames, there: Mask) -> bool:
    """Whether a box has moved elsewhere than the next one."""
    places = [(box.rect.x, box.rect.y) for box in layout.boxes]
    moved = frames.corners / DOTS - np.array(places)
    moved[~there] = np.nan
    rows = moved.reshape(layout.shape.rows, -1, 2)
    for axis in (0, 1):
        steps = np.abs(np.diff(rows, axis=axis))
        if (steps > _JUMP).any():
            return True
    return False


def _go_on(page: Darkness, layout: PageLayout, frames: Frames, least: float) -> bool:
    """Whether there are frames where the next ones would be: left and right of the rows, above and below them."""
    rows = frames.corners.reshape(layout.shape.rows, -1, 2)
    row = np.array([0, layout.strips[0].height])
    sides = [rows[0] - row * DOTS, rows[-1] + row * DOTS]
    if layout.shape.choices > 1:
        first, second, *_others = layout.boxes
        pitch = np.array([second.rect.x - first.rect.x, 0])
        sides.append(rows[:, 0] - pitch * DOTS)
        sides.append(rows[:, -1] + pitch * DOTS)
    for corners in sides:
        whole = np.round(corners)
        beyond = Frames(whole.astype(np.int32), frames.side)
        boxes = patches.cut(page, beyond)
        weakest = patches.lines(boxes).min(axis=1)
        are_there = weakest > least
        if are_there.mean() > _SOME:
            return True
    return False
