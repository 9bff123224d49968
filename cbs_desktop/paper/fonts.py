"""The two type families of our paper, and text made ready for them: composed, without invisible signs, every letter drawn."""

import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from cbs_desktop.errors import Bug

TEXT = "FiraSans-Regular"
STRONG = "FiraSans-Medium"
SERIF, SERIF_MEDIUM, SERIF_BOLD, SERIF_ITALIC = (
    f"Spectral-{weight}" for weight in ("Regular", "Medium", "SemiBold", "Italic")
)
_PACKAGES = {"FiraSans": "fontpkg_fira_sans", "Spectral": "fontpkg_spectral"}
_HYPHENS = {"‐": "-", "‑": "-"}
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SPACES = frozenset({"Zs", "Zl", "Zp"})


@cache
def register() -> None:
    """Make the fonts of every paper known to ReportLab, once. Raises Bug when a font package is missing."""
    for name in (TEXT, STRONG):
        need(name)


@cache
def need(name: str) -> None:
    """Make one font known to ReportLab. Raises Bug when its package is missing, or the package has no such font."""
    file = _file(name)
    if file is None or not file.is_file():
        raise Bug(f"font {name} is missing")
    pdfmetrics.registerFont(TTFont(name, str(file)))


def known(name: str) -> bool:
    """Whether there is a font of this name, as Spectral-Medium."""
    file = _file(name)
    return file is not None and file.is_file()


@cache
def _file(name: str) -> Path | None:
    family, _dash, weight = name.partition("-")
    if family not in _PACKAGES or not weight.isalpha():
        return None
    spec = find_spec(
        _PACKAGES[family]
    )  # found, not imported: the package's own code is of no use here
    if spec and spec.origin:
        return Path(spec.origin).parent / "files" / f"{name}.ttf"
    return None


def tidy(text: str) -> str:
    """The text in NFC, blanks as plain blanks, without controls, direction marks and zero-width signs."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible, unicodedata.normalize("NFC", text)))


def _visible(char: str) -> str:
    kind = unicodedata.category(char)
    if kind in _SPACES or char in "\n\t\r":
        return " "
    if kind in _INVISIBLE:
        return ""
    return char


def drawable(text: str, font: str) -> str:
    """Tidy text with every letter the font lacks taken apart into base and accent, which it may have; hyphens of
    typesetting as plain ones."""
    text = tidy(text)
    if has_all(text, font):
        return text
    return "".join(_parts(char, font) for char in text)


def _parts(char: str, font: str) -> str:
    parts = _HYPHENS.get(char) or unicodedata.normalize("NFD", char)
    if not has_all(char, font) and has_all(parts, font):
        return parts
    return char


def has_all(text: str, font: str) -> bool:
    """Whether the font has a glyph for every character."""
    return _glyphs(font).issuperset(map(ord, text))


@lru_cache
def _glyphs(font: str) -> frozenset[int]:
    need(font)
    return frozenset(pdfmetrics.getFont(font).face.charToGlyph)  # pyright: ignore[reportAttributeAccessIssue]


def missing(text: str, *fonts: str) -> str:
    """The signs of the text that none of the fonts can draw, each once, in their order."""
    return "".join(
        dict.fromkeys(
            char
            for char in tidy(text)
            if not any(has_all(drawable(char, font), font) for font in fonts)
        )
    )


def choose(text: str, *fonts: str) -> str:
    """The first of the fonts that has every letter of the tidy text, whole or as base and accent; else the last."""
    text = tidy(text)
    for font in fonts:
        if has_all(text, font):
            return font
    for font in fonts:
        if has_all(drawable(text, font), font):
            return font
    return fonts[-1]


def width(text: str, font: str, size: float, space: float = 0) -> float:
    """Width in points, with `space` points between letters."""
    need(font)
    return pdfmetrics.stringWidth(text, font, size) + space * max(len(text) - 1, 0)


def shrunk(text: str, font: str, size: float, room: float, least: float = 4) -> float:
    """The largest size, not above `size`, at which the text fits into `room` points; not below `least`."""
    return max(least, min(size, size * room / max(width(text, font, size), 0.01)))
