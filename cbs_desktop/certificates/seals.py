"""The seals: people sitting round a fire, in different rims. None is a state emblem, and none must look like one."""

from collections.abc import Callable
from math import cos, pi, radians, sin

from reportlab.lib.colors import Color, white
from reportlab.pdfgen.canvas import Canvas

from cbs_desktop.certificates.ornaments import rosette, shape
from cbs_desktop.paper import fonts

Colours = dict[str, Color]


def _person(to: Canvas, radius: float, angle: float, fill: Color) -> None:
    """Somebody sitting in the circle, seen from above: a head, and shoulders turned to the fire."""
    to.saveState()
    to.rotate(angle - 90)
    to.setFillColor(fill)
    to.circle(0, radius * 0.49, radius * 0.058, stroke=0, fill=1)
    path = to.beginPath()
    path.moveTo(-radius * 0.085, radius * 0.425)
    path.curveTo(
        -radius * 0.07,
        radius * 0.3,
        radius * 0.07,
        radius * 0.3,
        radius * 0.085,
        radius * 0.425,
    )
    path.close()
    to.drawPath(path, stroke=0, fill=1)
    to.restoreState()


def _flame(to: Canvas, size: float, fill: Color) -> None:
    wide = size * 0.75
    narrow = size * 0.5
    foot = -size * 0.65
    waist = size * 0.1
    path = to.beginPath()
    path.moveTo(0, size)
    path.curveTo(wide, waist, narrow, foot, 0, foot)
    path.curveTo(-narrow, foot, -wide, waist, 0, size)
    to.setFillColor(fill)
    to.drawPath(path, stroke=0, fill=1)


def _circle_of_people(
    to: Canvas, radius: float, colours: Colours, people: int = 12
) -> None:
    for i in range(people):
        _person(
            to, radius, 360 / people * (i + 0.5), colours["main" if i % 2 else "warm"]
        )
    _flame(to, radius * 0.2, colours["accent"])
    to.translate(0, -radius * 0.02)
    _flame(to, radius * 0.09, white)


def _round(to: Canvas, words: str, radius: float, size: float, colour: Color) -> None:
    """Words along a circle, clockwise from the top, a dot after each part; who copies text gets them in one piece."""
    parts = [
        part.strip()
        for part in fonts.drawable(words, fonts.STRONG).split("·")
        if part.strip()
    ]
    if not parts:
        return
    spoken = " · ".join(parts).encode("utf-16-be").hex()
    words = "".join(f"{part}  ·  " for part in parts)
    # ReportLab has no call for marked content; without it every letter would be copied as a line of its own
    to._code.append(f"/Span <</ActualText <FEFF{spoken}>>> BDC")  # pyright: ignore[reportAttributeAccessIssue]
    to.setFont(fonts.STRONG, size)
    to.setFillColor(colour)
    for i, letter in enumerate(words):
        angle = 90 - 360 * i / len(words)
        to.saveState()
        to.translate(radius * cos(radians(angle)), radius * sin(radians(angle)))
        to.rotate(angle - 90)
        to.drawCentredString(0, 0, letter)
        to.restoreState()
    to._code.append("EMC")  # pyright: ignore[reportAttributeAccessIssue]


def _disc(to: Canvas, radius: float) -> None:
    to.setFillColor(white)
    to.circle(0, 0, radius, stroke=0, fill=1)


def scalloped(to: Canvas, radius: float, colours: Colours, words: str) -> None:
    """A scalloped rim, words in a ring, people round a fire."""
    shape(to, _scallops(radius), colours["accent"])
    _disc(to, radius * 0.93)
    to.setStrokeColor(colours["accent"])
    to.setLineWidth(0.7)
    to.circle(0, 0, radius * 0.88)
    to.circle(0, 0, radius * 0.62)
    _round(to, words, radius * 0.7, radius * 0.145, colours["main"])
    _circle_of_people(to, radius, colours)


def _scallops(radius: float) -> list[tuple[float, float]]:
    """A circle whose radius swings 40 times, in 240 points."""
    points = []
    for i in range(240):
        angle = 2 * pi * i / 240
        reach = radius * (1 + 0.028 * cos(40 * angle))
        points.append((reach * cos(angle), reach * sin(angle)))
    return points


def engraved(to: Canvas, radius: float, colours: Colours, words: str) -> None:
    """A rim of fine interlaced waves, as engraved, words in a ring, people round a fire."""
    figures = {
        "x": 0,
        "y": 0,
        "radius": radius,
        "wide": 1,
        "petals": 24,
        "lines": 6,
        "width": 0.35,
        "hollow": 0.82,
    }
    _disc(to, radius)
    rosette(to, figures, (colours["main"],))
    to.setStrokeColor(colours["accent"])
    to.setLineWidth(0.6)
    for at in (0.81, 0.56):
        to.circle(0, 0, radius * at)
    _round(to, words, radius * 0.635, radius * 0.135, colours["main"])
    to.scale(0.88, 0.88)
    _circle_of_people(to, radius, colours)


def plain(to: Canvas, radius: float, colours: Colours, words: str) -> None:
    """One strong ring, people round a fire, no words: at home on a pattern."""
    _disc(to, radius)
    to.setStrokeColor(colours["main"])
    to.setLineWidth(radius * 0.05)
    to.circle(0, 0, radius * 0.93)
    to.scale(1.42, 1.42)
    _circle_of_people(to, radius, colours)


SEALS: dict[str, Callable[[Canvas, float, Colours, str], None]] = {
    "scalloped": scalloped,
    "engraved": engraved,
    "plain": plain,
}


def draw(
    to: Canvas,
    kind: str,
    x: float,
    y: float,
    radius: float,
    colours: Colours,
    words: str,
) -> None:
    """Draw a seal of a kind around (x, y); `words` stand in its ring if it has one."""
    to.saveState()
    to.translate(x, y)
    SEALS[kind](to, radius, colours, words)
    to.restoreState()
