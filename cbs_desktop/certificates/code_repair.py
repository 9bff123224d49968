"""A code of which a corner square was blotted out: where it was follows from the other two, so it is drawn anew.

Readers look for the three squares first and give up without one; what the blot took of the data they can make up.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np

_SQUARES_MOST = 6  # corner squares looked at; a page of ours has three
_GRID = 16  # pixels
_SIDES = range(45, 78, 4)  # modules of codes of version 7 to 15
_Spot = tuple[
    float, float, float
]  # x, y of the middle of a square, and the size of a module, in pixels


def mended(image: Any) -> Iterator[Any]:
    """Cut-outs of a grey picture with all three corner squares drawn in, one for each way in which two could stand."""
    squares = _squares(np.asarray(image, dtype=np.int16))
    for one, other in combinations(squares[:_SQUARES_MOST], 2):
        module = (one[2] + other[2]) / 2
        if abs(one[2] - other[2]) < 0.35 * module:
            for corners in _ways(one, other, module):
                yield _drawn(image, corners, module)


def _ways(
    one: _Spot, other: _Spot, module: float
) -> Iterator[list[tuple[float, float]]]:
    """The three corners (the right angle first) that fit two squares: on a side of the code, or across it."""
    a = complex(*one[:2])
    b = complex(*other[:2])
    between = abs(b - a) / module + 7  # modules, if they stand on one side
    across = abs(b - a) / module / 2**0.5 + 7
    if any(abs(side - between) < 0.06 * side for side in _SIDES):
        for turn in (1j, -1j):
            step = (b - a) * turn
            for corners in ((a, b, a + step), (b, a, b + step)):
                yield [(each.real, each.imag) for each in corners]
    if any(abs(side - across) < 0.06 * side for side in _SIDES):
        for turn in (1j, -1j):
            third = (a + b) / 2 + (b - a) / 2 * turn
            yield [(each.real, each.imag) for each in (third, a, b)]


def _drawn(image: Any, corners: list[tuple[float, float]], module: float) -> Any:
    """A cut-out around the corners, three times as large, with the squares drawn in."""
    from PIL import Image, ImageDraw

    (x0, y0), (x1, y1), (x2, y2) = corners
    xs = (x0, x1, x2, x1 + x2 - x0)
    ys = (y0, y1, y2, y1 + y2 - y0)
    edge = 9 * module
    box = [
        round(v)
        for v in (min(xs) - edge, min(ys) - edge, max(xs) + edge, max(ys) + edge)
    ]
    factor = max(1, min(3, round(1_500 / max(1, box[2] - box[0]))))
    part = image.crop(box)
    part = part.resize(
        (part.width * factor, part.height * factor), Image.Resampling.BICUBIC
    )
    right = complex(x1 - x0, y1 - y0)
    right /= abs(right) or 1
    pen = ImageDraw.Draw(part)
    for x, y in corners:
        middle = complex(x - box[0], y - box[1]) * factor
        for modules, shade in ((9, 255), (7, 0), (5, 255), (3, 0)):
            half = modules * module * factor / 2
            points = [
                middle + right * complex(dx, dy) * half
                for dx, dy in ((-1, -1), (1, -1), (1, 1), (-1, 1))
            ]
            pen.polygon([(point.real, point.imag) for point in points], fill=shade)
    return part


def _squares(grey: "np.ndarray[Any, Any]") -> list[_Spot]:
    """Corner squares, the surest first: dark and light in the widths 1 1 3 1 1, across and down."""
    dark = grey < _around(grey, 20) - 8
    found: dict[
        tuple[int, int], list[float]
    ] = {}  # by place on a coarse grid: x, y, module, how often seen
    down = [(y, x, m) for x, y, m in _runs(dark.T)]
    for x, y, module in [*_runs(dark), *down]:
        near = _near(found, x, y, module)
        if near is None:
            found[round(x / _GRID), round(y / _GRID)] = [x, y, module, 1]
        else:
            n = near[3]
            near[:] = [
                (near[0] * n + x) / (n + 1),
                (near[1] * n + y) / (n + 1),
                (near[2] * n + module) / (n + 1),
                n + 1,
            ]
    sure = sorted(found.values(), key=lambda s: -s[3] / s[2])
    return [(x, y, module) for x, y, module, seen in sure if seen >= 2 * module]


def _near(
    found: dict[tuple[int, int], list[float]], x: float, y: float, module: float
) -> list[float] | None:
    """The square seen already at this place and size. The grid keeps a noisy photo, full of them, from taking minutes."""
    column = round(x / _GRID)
    row = round(y / _GRID)
    for dx in (0, -1, 1):
        for dy in (0, -1, 1):
            s = found.get((column + dx, row + dy))
            if (
                s
                and abs(s[0] - x) + abs(s[1] - y) < 2 * module
                and 0.6 < s[2] / module < 1.6
            ):
                return s
    return None


def _runs(dark: "np.ndarray[Any, Any]") -> list[_Spot]:
    """Middles of dark-light-dark-light-dark in the widths 1 1 3 1 1, row by row."""
    high, wide = dark.shape
    flat = np.zeros((high, wide + 1), dtype=np.int8)  # a light column between the rows
    flat[:, :wide] = dark
    line = flat.ravel()
    starts = np.flatnonzero(np.diff(line)) + 1
    widths = np.diff(starts).astype(np.float64)
    if len(widths) < 5:
        return []
    five = np.stack([widths[i : len(widths) - 4 + i] for i in range(5)])
    module = five.sum(axis=0) / 7
    wanted = np.array([1, 1, 3, 1, 1])[:, None]
    fits = (
        (np.abs(five - wanted * module) < 0.5 * module + 0.8).all(axis=0)
        & (module >= 1.5)
        & (module < 40)
    )
    fits &= line[starts[: len(module)]] == 1
    at = np.flatnonzero(fits)
    middle = starts[at] + five[:3, at].sum(axis=0) - five[2, at] / 2
    return [
        (float(m % (wide + 1)), float(m // (wide + 1)), float(s))
        for m, s in zip(middle, module[at], strict=True)
    ]


def _around(grey: "np.ndarray[Any, Any]", reach: int) -> "np.ndarray[Any, Any]":
    """The mean of the neighbourhood of each pixel, `reach` to each side."""
    padded = (
        np.pad(grey, reach + 1, mode="edge")
        .astype(np.int32)
        .cumsum(axis=0, dtype=np.int32)
        .cumsum(axis=1, dtype=np.int32)
    )
    size = 2 * reach + 1
    high, wide = grey.shape
    ends = (
        padded[size : size + high, size : size + wide]
        - padded[:high, size : size + wide]
    )
    return (ends - padded[size : size + high, :wide] + padded[:high, :wide]) // size**2
