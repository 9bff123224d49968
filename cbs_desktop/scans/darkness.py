"""In the child: how dark each point of a straightened page is against the paper around it, shadows taken away."""

import cv2
import numpy as np
from cv2.typing import MatLike

from cbs_desktop.scans.opening import Grey

Darkness = MatLike  # 0 paper, 1 black; [down, across]

_COARSE = 4  # the light of the paper is looked for in a picture so many times smaller
_NIGHT = 24  # of 255: where paper is darker, it is not seen
_WIDEST = 9.0  # millimetres: what is wider than this is no ink, but shadow


def darkness(page: Grey, dots: float) -> Darkness:
    """Of a page with `dots` pixels for a millimetre. Ink is narrow, a shadow is wide, whatever its edge: closing takes the
    one away and leaves the other where it is."""
    high, wide = page.shape
    width = wide // _COARSE
    height = high // _COARSE
    small = cv2.resize(page, (width, height), interpolation=cv2.INTER_AREA)
    even = cv2.medianBlur(small, 3)
    widest = _WIDEST * dots / _COARSE
    side = round(widest) | 1
    window = cv2.getStructuringElement(cv2.MORPH_RECT, (side, side))
    light = cv2.morphologyEx(even, cv2.MORPH_CLOSE, window)
    soft = cv2.GaussianBlur(light, (0, 0), 1.0)
    paper = cv2.resize(soft, (wide, high), interpolation=cv2.INTER_LINEAR)
    lit = np.maximum(paper, _NIGHT).astype(np.float32)
    bright = page.astype(np.float32) / lit
    return np.clip(1 - bright, 0, 1)
