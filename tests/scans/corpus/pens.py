"""Marks as people make them: by many hands and pens, neat or hurried, beyond the frame, taken back."""

from dataclasses import dataclass

import cv2
import numpy as np

from tests.scans.corpus.printing import DOTS

_FINE = 2  # drawn so many times larger
STYLES = ("tick", "cross", "fill", "slash", "dot", "circle", "neat cross", "thick tick")
INKS = {
    "blue": (35, 50, 140), "black": (30, 30, 32), "red": (185, 30, 40), "pencil": (95, 95, 98), "light blue": (70, 105, 190),
    "green": (30, 120, 60),
}  # fmt: skip


@dataclass(frozen=True)
class Hand:
    """How somebody writes: a style, an ink, the width of the line in millimetres, how hurried (0 to 1), how firm."""

    style: str
    ink: str
    width: float
    hurry: float
    firm: float


def hand(rng):
    style = rng.choice(STYLES, p=[0.26, 0.22, 0.12, 0.1, 0.06, 0.06, 0.08, 0.1])
    ink = rng.choice(list(INKS), p=[0.42, 0.25, 0.08, 0.12, 0.08, 0.05])
    width = rng.uniform(0.3, 0.7) if style != "thick tick" else rng.uniform(0.8, 1.3)
    return Hand(str(style), str(ink), width, rng.uniform(0, 1), rng.uniform(0.7, 1))


def mark(sheet, rect, hand, rng, style=None, room=1.7):
    """Draw a mark of this hand over a box. `room` is the white around the box in millimetres."""
    style = style or hand.style
    layer, left, top, middle = _layer(rect, sheet)
    strokes = {
        "tick": _tick, "thick tick": _tick, "cross": _cross, "neat cross": _neat_cross, "slash": _slash, "dot": _dot,
        "fill": _fill, "circle": _circle, "scribble": _scribble,
    }[style](rect.width, hand, rng, room)  # fmt: skip
    for points, width in strokes:
        _stroke(layer, points + middle, width, rng)
    _lay(sheet, layer, left, top, hand, rng)


def _layer(rect, sheet):
    reach = rect.width + 8
    left = max(0, round((rect.x + rect.width / 2 - reach) * DOTS))
    top = max(0, round((rect.y + rect.height / 2 - reach) * DOTS))
    right = min(sheet.shape[1], left + round(2 * reach * DOTS))
    low = min(sheet.shape[0], top + round(2 * reach * DOTS))
    layer = np.zeros(((low - top) * _FINE, (right - left) * _FINE), np.uint8)
    middle = np.array(
        [rect.x + rect.width / 2 - left / DOTS, rect.y + rect.height / 2 - top / DOTS]
    )
    return layer, left, top, middle


def _stroke(layer, points, width, rng):
    """A line through points in millimetres, with a slight tremble."""
    steps = np.linspace(0, len(points) - 1, max(8, 6 * len(points)))
    path = np.stack(
        [np.interp(steps, range(len(points)), points[:, axis]) for axis in (0, 1)], 1
    )
    tremble = rng.normal(0, 0.12, path.shape)
    path = path + (cv2.blur(tremble, (1, 5)))
    wide = max(1, round(width * DOTS * _FINE))
    pixels = np.round(path * DOTS * _FINE * 16).astype(np.int32)
    cv2.polylines(layer, [pixels], False, 255, wide, cv2.LINE_AA, 4)


def _lay(sheet, layer, left, top, hand, rng):
    high, wide = layer.shape[0] // _FINE, layer.shape[1] // _FINE
    cover = (
        cv2.resize(layer, (wide, high), interpolation=cv2.INTER_AREA).astype(np.float32)
        / 255
    )
    grain = (
        1.0
        if hand.ink != "pencil"
        else rng.uniform(0.55, 1, cover.shape).astype(np.float32)
    )
    cover = (cover * hand.firm * grain)[:, :, None]
    under = sheet[top : top + high, left : left + wide].astype(np.float32)
    ink = np.array(INKS[hand.ink], np.float32)
    mixed = under * (1 - cover) + np.minimum(under, ink) * cover
    sheet[top : top + high, left : left + wide] = mixed.astype(np.uint8)


def _scale(side, hand, rng, room):
    """How large, and how far from the middle."""
    most = 1 + hand.hurry * min(0.5, 1.6 * room / side)
    return rng.uniform(0.75, most), rng.normal(0, 0.05 + 0.07 * hand.hurry, 2) * side


def _tick(side, hand, rng, room):
    scale, off = _scale(side, hand, rng, room)
    tail = rng.uniform(0.35, 0.55 + 0.25 * hand.hurry)
    points = (
        np.array([(-0.32, 0.0), (-0.08, 0.34), (tail, -tail * 0.95)]) * side * scale
    )
    points += rng.normal(0, 0.04 * side, points.shape)
    return [(points + off, hand.width)]


def _cross(side, hand, rng, room):
    scale, off = _scale(side, hand, rng, room)
    half = 0.42 * side * scale
    one = np.array([(-half, -half), (half, half)]) + rng.normal(0, 0.06 * side, (2, 2))
    other = np.array([(half, -half), (-half, half)]) + rng.normal(
        0, 0.06 * side, (2, 2)
    )
    return [(one + off, hand.width), (other + off, hand.width)]


def _neat_cross(side, hand, rng, room):
    half = rng.uniform(0.25, 0.45) * side
    one = np.array([(-half, -half), (half, half)])
    other = np.array([(half, -half), (-half, half)])
    return [(one, hand.width), (other, hand.width)]


def _slash(side, hand, rng, room):
    scale, off = _scale(side, hand, rng, room)
    half = 0.45 * side * scale
    points = np.array([(-half, half), (half, -half)]) + rng.normal(
        0, 0.05 * side, (2, 2)
    )
    return [(points + off, hand.width)]


def _dot(side, hand, rng, room):
    where = rng.normal(0, 0.09 * side, 2)
    turn = np.linspace(0, 2 * np.pi, 9)
    size = rng.uniform(0.08, 0.2) * side
    ring = np.stack([np.cos(turn), np.sin(turn)], 1) * size * 0.5
    return [(ring + where, size)]


def _fill(side, hand, rng, room):
    """To and fro until it is full, more or less."""
    half = side * rng.uniform(0.42, 0.52)
    times = round(side / (hand.width * rng.uniform(0.7, 1.2)))
    ys = np.linspace(-half, half, times * 2)
    xs = np.where(np.arange(times * 2) % 2, half, -half)
    points = np.stack([xs, ys], 1) + rng.normal(0, 0.03 * side, (times * 2, 2))
    return [(points, max(hand.width, 0.5))]


def _scribble(side, hand, rng, room):
    """A box taken back: filled as the page asks for."""
    one = _fill(side, hand, rng, room)
    other = _fill(side, hand, rng, room)[0]
    return [*one, (other[0][:, ::-1], other[1])]


def _circle(side, hand, rng, room):
    """Around the box."""
    most = side / 2 + min(room + 0.4, 2.2)
    wide = rng.uniform(side / 2 * 1.25, max(most, side / 2 * 1.3) + 0.6)
    high = rng.uniform(side / 2 * 1.2, max(most, side / 2 * 1.25))
    start = rng.uniform(0, 2 * np.pi)
    turn = np.linspace(start, start + 2 * np.pi * rng.uniform(0.98, 1.1), 24)
    points = np.stack([np.cos(turn) * wide, np.sin(turn) * high], 1)
    return [(points + rng.normal(0, 0.2, 2), hand.width)]
