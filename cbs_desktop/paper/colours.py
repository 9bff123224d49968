"""Colours on white paper: what is one, and whether it can be seen, also when it is printed in black and white."""

import re

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_LEAST = 3.0  # WCAG 2.2, 1.4.11: lines and large letters


def is_colour(text: str) -> bool:
    """Whether the text is a colour as #rrggbb."""
    return bool(_COLOUR.fullmatch(text))


def contrast(colour: str) -> float:
    """Contrast of #rrggbb with white, 1 to 21 (WCAG 2.2)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 1.05 / (luminance + 0.05)


def _linear(value: int) -> float:
    """A part of a colour, 0 to 255, as light, 0 to 1."""
    part = value / 255
    if part <= 0.04045:
        return part / 12.92
    return ((part + 0.055) / 1.055) ** 2.4


def shows(colour: str) -> bool:
    """Whether lines and large letters of the colour can be seen on white."""
    return contrast(colour) >= _LEAST
