"""In the child: how dark each point of a straightened page is against the paper around it, shadows taken away."""

import cv2
import numpy as np
from cv2.typing import MatLike

from cbs_desktop.scans.opening import Grey

Darkness = MatLike  # 0 paper, 1 black; [down, across]

_COARSE = 4  # the light of the paper is looked for in a picture so many times smaller
_WIDEST = 9.0  # millimetres: what is wider than this is no ink, but shadow


def darkness(page: Grey, dots: float) -> Darkness:
    """Of a page with `dots` pixels for a millimetre. Ink is narrow, a shadow is wide, whatever its edge: closing takes the
    one away and leaves the other where it is."""
    small = cv2.resize(
        page, None, fx=1 / _COARSE, fy=1 / _COARSE, interpolation=cv2.INTER_AREA
    )
    side = round(_WIDEST * dots / _COARSE) | 1
    window = cv2.getStructuringElement(cv2.MORPH_RECT, (side, side))
    light = cv2.morphologyEx(cv2.medianBlur(small, 3), cv2.MORPH_CLOSE, window)
    light = cv2.GaussianBlur(light, (0, 0), 1.0)
    high, wide = page.shape
    paper = cv2.resize(light, (wide, high), interpolation=cv2.INTER_LINEAR)
    bright = page.astype(np.float32) / np.maximum(paper, 24).astype(np.float32)
    return np.clip(1 - bright, 0, 1)
