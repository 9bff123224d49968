"""The ornaments of certificates, drawn as vectors: each a function of canvas, figures (points, degrees, counts) and colours."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from reportlab.lib.colors import Color, white
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from cbs_desktop.paper.page import LANDSCAPE

WIDE, HIGH = LANDSCAPE
Figures = Mapping[str, float]
Colours = Sequence[Color]
Point = tuple[float, float]
_FINE = 28  # points of a wave of the border


def shape(to: Canvas, points: Sequence[Point], fill: Color) -> None:
    """A filled polygon."""
    path = to.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    to.setFillColor(fill)
    to.drawPath(path, stroke=0, fill=1)


def _stroke(to: Canvas, points: Sequence[Point], close: bool = False) -> None:
    path = to.beginPath()
    for i, (x, y) in enumerate(points):
        x = round(x, 2)
        y = round(y, 2)  # finer than any printer, and half the size
        path.lineTo(x, y) if i else path.moveTo(x, y)
    if close:
        path.close()
    to.drawPath(path)


def _pen(to: Canvas, colour: Color, width: float) -> None:
    to.setStrokeColor(colour)
    to.setLineWidth(width)


def frame(to: Canvas, f: Figures, colours: Colours) -> None:
    """A rectangle all round, `inset` from the edge of the paper."""
    _pen(to, colours[0], f["width"])
    inset = f["inset"]
    to.rect(inset, inset, WIDE - 2 * inset, HIGH - 2 * inset)


def panel(to: Canvas, f: Figures, colours: Colours) -> None:
    """A filled rectangle."""
    to.setFillColor(colours[0])
    to.rect(f["x"], f["y"], f["wide"], f["high"], stroke=0, fill=1)


def rule(to: Canvas, f: Figures, colours: Colours) -> None:
    """A level line."""
    _pen(to, colours[0], f["width"])
    to.line(f["x"], f["y"], f["x"] + f["wide"], f["y"])


def diamond(to: Canvas, f: Figures, colours: Colours) -> None:
    """A square on its corner, with a hole of the second colour."""
    x = f["x"]
    y = f["y"]
    for size, fill in ((f["size"], colours[0]), (f["hole"], colours[1])):
        if size:
            corners = [(x, y + size), (x + size, y), (x, y - size), (x - size, y)]
            shape(to, corners, fill)


def _sides(inset: float, corner: float) -> list[tuple[float, float, float, float]]:
    """Turn, start and length of the four sides, each to be drawn from the origin along x with the paper's edge below."""
    wide = WIDE - 2 * corner
    high = HIGH - 2 * corner
    return [
        (0, corner, inset, wide),
        (90, WIDE - inset, corner, high),
        (180, WIDE - corner, HIGH - inset, wide),
        (270, inset, HIGH - corner, high),
    ]


def _along(
    to: Canvas, inset: float, corner: float, side: Callable[[float], None]
) -> None:
    for turn, x, y, length in _sides(inset, corner):
        to.saveState()
        to.translate(x, y)
        to.rotate(turn)
        side(length)
        to.restoreState()


def imigongo(to: Canvas, f: Figures, colours: Colours) -> None:
    """A border after imigongo wall painting: chevrons that point outward, a small one in each, a diamond in each corner."""
    main, inner, corner = colours
    band = f["band"]

    def side(length: float) -> None:
        count = round(length / f["step"])
        step = length / count
        for i in range(count):
            left = i * step
            middle = (i + 0.5) * step
            right = (i + 1) * step
            shape(to, [(left, band), (middle, 0), (right, band)], main)
            shape(
                to,
                [
                    (left + step * 0.23, band),
                    (middle, band * 0.43),
                    (right - step * 0.23, band),
                ],
                white,
            )
            shape(
                to,
                [
                    (left + step * 0.36, band),
                    (middle, band * 0.71),
                    (right - step * 0.36, band),
                ],
                inner,
            )

    _along(to, f["inset"], f["corner"], side)
    middle = f["inset"] + band / 2
    for x in (middle, WIDE - middle):
        for y in (middle, HIGH - middle):
            diamond(
                to,
                {"x": x, "y": y, "size": band * 0.62, "hole": band * 0.31},
                (corner, white),
            )


def _repeat(to: Canvas, draw: Callable[[], None], places: Sequence[Point]) -> None:
    """The same drawing in many places: its operators are made once, which is quick, and packs well."""
    made = None
    for x, y in places:
        to.saveState()
        to.translate(x, y)
        if made is None:
            start = len(to._code)  # pyright: ignore[reportAttributeAccessIssue]
            draw()
            made = to._code[start:]  # pyright: ignore[reportAttributeAccessIssue]
        else:
            to._code.extend(made)  # pyright: ignore[reportAttributeAccessIssue]
        to.restoreState()


def guilloche(to: Canvas, f: Figures, colours: Colours) -> None:
    """A border of fine interlaced waves, as on old bonds, with a small rosette in each corner."""
    band = f["band"]
    lines = round(f["lines"])
    to.setLineCap(1)

    def side(length: float) -> None:
        waves = round(length / f["step"])
        step = length / waves

        def wave() -> None:
            for colour, high, times in (
                (colours[1], band * 0.5, 1),
                (colours[0], band * 0.34, 2),
            ):
                _pen(to, colour, f["width"])
                for line in range(lines):
                    turns = [
                        2 * pi * (times * i / _FINE + line / lines)
                        for i in range(_FINE + 1)
                    ]
                    _stroke(
                        to,
                        [
                            (step * i / _FINE, band / 2 + high * sin(turn))
                            for i, turn in enumerate(turns)
                        ],
                    )

        _repeat(to, wave, [(i * step, 0) for i in range(waves)])

    def corner() -> None:
        to.setFillColor(white)
        to.circle(0, 0, band * 0.74, stroke=0, fill=1)
        for size, colour, petals in ((0.7, colours[0], 12), (0.4, colours[1], 8)):
            figures = {
                "x": 0,
                "y": 0,
                "radius": band * size,
                "wide": 1,
                "petals": petals,
                "lines": 4,
                "hollow": 0.5,
            }
            rosette(to, {**figures, "width": f["width"]}, (colour,))

    _along(to, f["inset"], f["inset"] + band, side)
    middle = f["inset"] + band / 2
    _repeat(
        to,
        corner,
        [(x, y) for x in (middle, WIDE - middle) for y in (middle, HIGH - middle)],
    )


def rosette(to: Canvas, f: Figures, colours: Colours) -> None:
    """Interlaced waves on an ellipse `wide` times as wide as high, in lines too fine to copy well.

    They swing between `hollow` × radius and the radius.
    """
    _pen(to, colours[0], f["width"])
    petals = round(f["petals"])
    lines = round(f["lines"])
    radius = f["radius"]
    middle = (1 + f["hollow"]) / 2
    swing = (1 - f["hollow"]) / 2
    steps = petals * 24
    for line in range(lines):
        turn = 2 * pi * line / lines
        points = []
        for i in range(steps):
            angle = 2 * pi * i / steps
            out = radius * (middle + swing * sin(petals * angle + turn))
            points.append(
                (f["x"] + f["wide"] * out * cos(angle), f["y"] + out * sin(angle))
            )
        _stroke(to, points, close=True)


def weave(to: Canvas, f: Figures, colours: Colours) -> None:
    """A woven panel as on a peace basket: leaning stitches, row on row, whose colours make zigzags and diamonds."""
    columns = round(f["columns"])
    cell = f["wide"] / columns
    rows = round(f["high"] / cell)
    high = f["high"] / rows
    stitches: list[list[tuple[int, int]]] = [[] for _colour in colours]
    for row in range(rows):
        for column in range(columns):
            thread = _thread(row, column, columns, len(colours))
            stitches[thread].append((column, row))
    for colour, mine in zip(colours, stitches, strict=True):
        path = to.beginPath()
        for column, row in mine:
            x = f["x"] + column * cell
            y = f["y"] + row * high
            _stitch(path, x, y, cell, high, row)
        to.setFillColor(colour)
        to.drawPath(path, stroke=0, fill=1)


def _stitch(
    path: PDFPathObject, x: float, y: float, cell: float, high: float, row: int
) -> None:
    """A parallelogram in its cell; every other row leans the other way."""
    lean = -cell * 0.12
    if row % 2:
        lean = cell * 0.12
    left = x + 0.4
    right = x + cell - 0.4
    bottom = y + 0.35
    top = y + high - 0.35
    path.moveTo(left - lean, bottom)
    path.lineTo(right - lean, bottom)
    path.lineTo(right + lean, top)
    path.lineTo(left + lean, top)
    path.close()


def _thread(row: int, column: int, columns: int, threads: int) -> int:
    """Which thread shows at a stitch: nested zigzags, four rows of the first colour to two of each other."""
    half = (columns - 1) / 2
    height = row + round(abs(column - half))
    turn = height % (2 * threads + 2)
    if turn < 4:
        return 0
    return 1 + (turn - 4) // 2


@dataclass(frozen=True, slots=True)
class Kind:
    """An ornament: how it is drawn, which figures it needs, and how many colours."""

    draw: Callable[[Canvas, Figures, Colours], None]
    figures: tuple[str, ...]
    colours: int


KINDS: dict[str, Kind] = {
    "frame": Kind(frame, ("inset", "width"), 1),
    "panel": Kind(panel, ("x", "y", "wide", "high"), 1),
    "rule": Kind(rule, ("x", "y", "wide", "width"), 1),
    "diamond": Kind(diamond, ("x", "y", "size", "hole"), 2),
    "imigongo": Kind(imigongo, ("inset", "band", "step", "corner"), 3),
    "guilloche": Kind(guilloche, ("inset", "band", "step", "lines", "width"), 2),
    "rosette": Kind(
        rosette, ("x", "y", "radius", "wide", "petals", "lines", "width", "hollow"), 1
    ),
    "weave": Kind(weave, ("x", "y", "wide", "high", "columns"), 4),
}
