"""A code of which a corner square was blotted out: where it was follows from the other two, so it is drawn anew.

Readers look for the three squares first and give up without one; what the blot took of the data they can make up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

_SQUARES_MOST = 6  # corner squares looked at; a page of ours has three
_GRID = 16  # pixels
_SIDES = range(45, 78, 4)  # modules of codes of version 7 to 15
_SQUARE = 7  # modules across a corner square
_RINGS = ((9, 255), (7, 0), (5, 255), (3, 0))  # modules across, shade
_CORNERS = (complex(-1, -1), complex(1, -1), complex(1, 1), complex(-1, 1))
_TURNS = (1j, -1j)
Grey = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class _Spot:
    """The middle of a corner square, x + y·i in pixels, and the size of a module in pixels."""

    middle: complex
    module: float


@dataclass(slots=True)
class _Seen:
    """A square as it was seen so far: the mean of its middles and modules."""

    middle: complex
    module: float
    times: int = 1

    def add(self, spot: _Spot) -> None:
        """Take one more sight of it into the mean."""
        weight = 1 / (self.times + 1)
        self.middle += (spot.middle - self.middle) * weight
        self.module += (spot.module - self.module) * weight
        self.times += 1

    def is_near(self, spot: _Spot) -> bool:
        """Whether a sight is of the same square: close by, and of a similar size."""
        away = spot.middle - self.middle
        if abs(away.real) + abs(away.imag) >= 2 * spot.module:
            return False
        return 0.6 < self.module / spot.module < 1.6


def mended(image: "Image") -> Iterator["Image"]:
    """Cut-outs of a grey picture with all three corner squares drawn in, one for each way in which two could stand."""
    squares = _squares(np.asarray(image, dtype=np.int16))
    for first, second in combinations(squares[:_SQUARES_MOST], 2):
        module = (first.module + second.module) / 2
        if abs(first.module - second.module) >= 0.35 * module:
            continue
        for corners in _ways(first.middle, second.middle, module):
            yield _drawn(image, corners, module)


def _ways(a: complex, b: complex, module: float) -> Iterator[tuple[complex, ...]]:
    """The three corners (the right angle first) that fit two squares: on a side of the code, or across it."""
    apart = abs(b - a) / module
    if _is_side(apart + _SQUARE):
        for turn in _TURNS:
            step = (b - a) * turn
            yield a, b, a + step
            yield b, a, b + step
    if _is_side(apart / 2**0.5 + _SQUARE):
        for turn in _TURNS:
            yield (a + b) / 2 + (b - a) / 2 * turn, a, b


def _is_side(modules: float) -> bool:
    return any(abs(side - modules) < 0.06 * side for side in _SIDES)


def _drawn(image: "Image", corners: tuple[complex, ...], module: float) -> "Image":
    """A cut-out around the corners, up to three times as large, with the squares drawn in."""
    from PIL import ImageDraw

    box = _box(corners, 9 * module)
    factor = _enlarging(box[2] - box[0])
    part = _enlarged(image.crop(box), factor)
    pen = ImageDraw.Draw(part)
    right = corners[1] - corners[0]
    right /= abs(right) or 1
    origin = complex(box[0], box[1])
    for corner in corners:
        _draw_square(pen, (corner - origin) * factor, right, module * factor)
    return part


def _box(corners: tuple[complex, ...], edge: float) -> tuple[int, int, int, int]:
    """Left, top, right and bottom around the code, its fourth corner included."""
    fourth = corners[1] + corners[2] - corners[0]
    xs = [corner.real for corner in (*corners, fourth)]
    ys = [corner.imag for corner in (*corners, fourth)]
    return (
        round(min(xs) - edge),
        round(min(ys) - edge),
        round(max(xs) + edge),
        round(max(ys) + edge),
    )


def _enlarging(width: int) -> int:
    """How many times a cut-out is enlarged: to about 1,500 pixels, at most three times."""
    wanted = round(1_500 / max(1, width))
    return max(1, min(3, wanted))


def _enlarged(part: "Image", factor: int) -> "Image":
    from PIL import Image

    size = (part.width * factor, part.height * factor)
    return part.resize(size, Image.Resampling.BICUBIC)


def _draw_square(
    pen: "ImageDraw", middle: complex, right: complex, module: float
) -> None:
    """A corner square with its light margin, turned so that `right` points along the code."""
    for modules, shade in _RINGS:
        half = modules * module / 2
        points = []
        for corner in _CORNERS:
            point = middle + right * corner * half
            points.append((point.real, point.imag))
        pen.polygon(points, fill=shade)


def _squares(grey: Grey) -> list[_Spot]:
    """Corner squares, the surest first: dark and light in the widths 1 1 3 1 1, across and down."""
    dark = grey < _around(grey, 20) - 8
    across = _runs(dark)
    down = [_turned(spot) for spot in _runs(dark.T)]
    seen: dict[tuple[int, int], _Seen] = {}  # by place on a coarse grid
    for spot in across + down:
        _note(seen, spot)
    surest = sorted(seen.values(), key=lambda square: -square.times / square.module)
    return [
        _Spot(square.middle, square.module)
        for square in surest
        if square.times >= 2 * square.module
    ]


def _turned(spot: _Spot) -> _Spot:
    """What was found in the picture's mirror image, where rows are columns."""
    return _Spot(complex(spot.middle.imag, spot.middle.real), spot.module)


def _note(seen: dict[tuple[int, int], _Seen], spot: _Spot) -> None:
    """The grid keeps a noisy photo, full of squares, from taking minutes."""
    column = round(spot.middle.real / _GRID)
    row = round(spot.middle.imag / _GRID)
    for dx in (0, -1, 1):
        for dy in (0, -1, 1):
            square = seen.get((column + dx, row + dy))
            if square and square.is_near(spot):
                square.add(spot)
                return
    seen[column, row] = _Seen(spot.middle, spot.module)


def _runs(dark: Grey) -> list[_Spot]:
    """Middles of dark-light-dark-light-dark in the widths 1 1 3 1 1, row by row."""
    height, width = dark.shape
    framed = np.zeros((height, width + 1), dtype=np.int8)  # light between the rows
    framed[:, :width] = dark
    line = framed.ravel()
    starts = np.flatnonzero(np.diff(line)) + 1
    widths = np.diff(starts).astype(np.float64)
    if len(widths) < 5:
        return []
    five = np.lib.stride_tricks.sliding_window_view(widths, 5).T
    module = five.sum(axis=0) / _SQUARE
    starts_dark = line[starts[: len(module)]] == 1
    at = np.flatnonzero(_fits(five, module) & starts_dark)
    before = five[:3, at].sum(axis=0)
    middles = starts[at] + before - five[2, at] / 2
    rows, columns = np.divmod(middles, width + 1)
    return [
        _Spot(complex(x, y), size)
        for x, y, size in zip(
            columns.tolist(), rows.tolist(), module[at].tolist(), strict=True
        )
    ]


def _fits(five: Grey, module: Grey) -> Grey:
    """Which five runs have the widths 1 1 3 1 1 in modules of 1.5 to 40 pixels."""
    wanted = np.array([1, 1, 3, 1, 1])[:, None]
    off = np.abs(five - wanted * module)
    close = (off < 0.5 * module + 0.8).all(axis=0)
    return close & (module >= 1.5) & (module < 40)


def _around(grey: Grey, reach: int) -> Grey:
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
