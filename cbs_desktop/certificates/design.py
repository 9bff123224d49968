"""The drawn part of a certificate, the same on every page: one form object of vectors, no picture file.

A border after imigongo wall painting, a rosette of fine lines behind the name, and a seal of twelve people round a fire.
The seal is not a state emblem and must not look like one.
"""

from collections.abc import Sequence
from math import cos, pi, radians, sin

from reportlab.lib.colors import Color, HexColor, white
from reportlab.pdfgen.canvas import Canvas

from cbs_desktop.paper import fonts
from cbs_desktop.paper.page import INK, LANDSCAPE, SOFT, slanted, write

WIDE, HIGH = LANDSCAPE
MIDDLE = WIDE / 2
GREEN, GOLD, CLAY, PALE = HexColor("#0F5C5A"), HexColor("#A67C2D"), HexColor("#8C3B22"), HexColor("#EFE4CB")
SIGN_Y, NAME_LINE_Y = 128, 314
_INSET, _BAND = 28, 27  # points from the edge of the paper to the frame, and the width of the painted band
Point = tuple[float, float]


def shape(to: Canvas, points: Sequence[Point], fill: Color) -> None:
    """A filled polygon."""
    path = to.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    to.setFillColor(fill)
    to.drawPath(path, stroke=0, fill=1)


def _diamond(to: Canvas, x: float, y: float, size: float, fill: Color) -> None:
    shape(to, [(x, y + size), (x + size, y), (x, y - size), (x - size, y)], fill)


def _band(to: Canvas, length: float) -> None:
    """One side of the border, from the origin along x: chevrons that point outward, a small red one in each."""
    count = round(length / 17)
    step = length / count
    for i in range(count):
        left, middle, right = i * step, (i + 0.5) * step, (i + 1) * step
        shape(to, [(left, 13), (middle, 0), (right, 13)], GREEN)
        shape(to, [(left + step * 0.23, 13), (middle, 5.6), (right - step * 0.23, 13)], white)
        shape(to, [(left + step * 0.36, 13), (middle, 9.2), (right - step * 0.36, 13)], CLAY)


def _border(to: Canvas) -> None:
    to.setStrokeColor(GREEN)
    to.setLineWidth(1.6)
    to.rect(_INSET, _INSET, WIDE - 2 * _INSET, HIGH - 2 * _INSET)
    to.setStrokeColor(GOLD)
    to.setLineWidth(0.7)
    for inset in (_INSET + _BAND, _INSET + _BAND + 3):
        to.rect(inset, inset, WIDE - 2 * inset, HIGH - 2 * inset)
    near, corner = _INSET + 7, _INSET + 30
    for turn, x, y, length in (
        (0, corner, near, WIDE - 2 * corner),
        (90, WIDE - near, corner, HIGH - 2 * corner),
        (180, WIDE - corner, HIGH - near, WIDE - 2 * corner),
        (270, near, HIGH - corner, HIGH - 2 * corner),
    ):
        to.saveState()
        to.translate(x, y)
        to.rotate(turn)
        _band(to, length)
        to.restoreState()
    middle = _INSET + _BAND / 2
    for x in (middle, WIDE - middle):
        for y in (middle, HIGH - middle):
            _diamond(to, x, y, 8, GOLD)
            _diamond(to, x, y, 4, white)


def _rosette(to: Canvas, y: float) -> None:
    """Interlaced waves on an ellipse, in lines too fine to copy well."""
    to.setStrokeColor(PALE)
    to.setLineWidth(0.4)
    for turn in range(6):
        path = to.beginPath()
        for i in range(241):
            angle = 2 * pi * i / 240
            radius = 126 * (0.74 + 0.24 * sin(8 * angle + turn * pi / 3))
            point = MIDDLE + 1.75 * radius * cos(angle), y + radius * sin(angle)
            path.lineTo(*point) if i else path.moveTo(*point)
        to.drawPath(path)


def _person(to: Canvas, radius: float, angle: float, fill: Color) -> None:
    """Somebody sitting in the circle, seen from above: a head, and shoulders turned to the fire."""
    to.saveState()
    to.rotate(angle - 90)
    to.setFillColor(fill)
    to.circle(0, radius * 0.49, radius * 0.058, stroke=0, fill=1)
    path = to.beginPath()
    path.moveTo(-radius * 0.085, radius * 0.425)
    path.curveTo(-radius * 0.07, radius * 0.3, radius * 0.07, radius * 0.3, radius * 0.085, radius * 0.425)
    path.close()
    to.drawPath(path, stroke=0, fill=1)
    to.restoreState()


def _flame(to: Canvas, size: float, fill: Color) -> None:
    path = to.beginPath()
    path.moveTo(0, size)
    path.curveTo(size * 0.75, size * 0.1, size * 0.5, -size * 0.65, 0, -size * 0.65)
    path.curveTo(-size * 0.5, -size * 0.65, -size * 0.75, size * 0.1, 0, size)
    to.setFillColor(fill)
    to.drawPath(path, stroke=0, fill=1)


def _seal(to: Canvas, x: float, y: float, radius: float) -> None:
    to.saveState()
    to.translate(x, y)
    rim = [(radius * (1 + 0.028 * cos(40 * a)), a) for a in (2 * pi * i / 240 for i in range(240))]
    shape(to, [(r * cos(a), r * sin(a)) for r, a in rim], GOLD)
    to.setFillColor(white)
    to.circle(0, 0, radius * 0.93, stroke=0, fill=1)
    to.setStrokeColor(GOLD)
    to.setLineWidth(0.7)
    to.circle(0, 0, radius * 0.88)
    to.circle(0, 0, radius * 0.62)
    _round(to, "MVURA NKUVURE  ·  SOCIOTHERAPY  ·  ", radius * 0.7, radius * 0.145)
    for i in range(12):
        _person(to, radius, 30 * i + 15, GREEN if i % 2 else CLAY)
    _flame(to, radius * 0.2, GOLD)
    to.translate(0, -radius * 0.02)
    _flame(to, radius * 0.09, white)
    to.restoreState()


def _round(to: Canvas, words: str, radius: float, size: float) -> None:
    """Words along a circle, clockwise from the top."""
    to.setFont(fonts.STRONG, size)
    to.setFillColor(GREEN)
    for i, letter in enumerate(words):
        angle = 90 - 360 * i / len(words)
        to.saveState()
        to.translate(radius * cos(radians(angle)), radius * sin(radians(angle)))
        to.rotate(angle - 90)
        to.drawCentredString(0, 0, letter)
        to.restoreState()


def sign_places(count: int) -> list[float]:
    """The middles of the signature lines: left and right of the seal, a third one beside the left."""
    return {1: [205], 2: [205, WIDE - 205], 3: [160, 310, WIDE - 205]}[count]


def draw_ground(to: Canvas, mark: str) -> None:
    """All that is the same on every page, to be drawn into the form object; `mark` stands across it (practice, draft)."""
    _rosette(to, 290)
    if mark:
        slanted(to, LANDSCAPE, mark, HexColor("#F3EEE2"))
    _border(to)
    to.setStrokeColor(GOLD)
    to.setLineWidth(0.8)
    for side in (-1, 1):
        to.line(MIDDLE + side * 12, 417, MIDDLE + side * 120, 417)
    _diamond(to, MIDDLE, 417, 4, GOLD)
    to.line(MIDDLE - 215, NAME_LINE_Y, MIDDLE + 215, NAME_LINE_Y)
    _seal(to, MIDDLE, 146, 56)


def draw_signers(to: Canvas, signers: Sequence[tuple[str, str]]) -> None:
    """A line, the name and the office of everybody who signs."""
    for (name, title), x in zip(signers, sign_places(len(signers)), strict=True):
        room = 140 if len(signers) > 2 else 190
        to.setStrokeColor(INK)
        to.setLineWidth(0.6)
        to.line(x - room / 2, SIGN_Y, x + room / 2, SIGN_Y)
        write(to, x, SIGN_Y - 14, name, fonts.STRONG, 10, INK, "center", room=room)
        write(to, x, SIGN_Y - 27, title, fonts.TEXT, 8.5, SOFT, "center", room=room)
