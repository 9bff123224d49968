"""The two type families of our paper, and text made ready for them: composed, without invisible signs, every letter drawn."""

import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from cbs_desktop.errors import Bug

TEXT, STRONG = "FiraSans-Regular", "FiraSans-Medium"
SERIF, SERIF_MEDIUM, SERIF_BOLD, SERIF_ITALIC = (
    f"Spectral-{weight}" for weight in ("Regular", "Medium", "SemiBold", "Italic")
)
_PACKAGES = {
    "fontpkg_fira_sans": (TEXT, STRONG),
    "fontpkg_spectral": (SERIF, SERIF_MEDIUM, SERIF_BOLD, SERIF_ITALIC),
}
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SPACES = frozenset({"Zs", "Zl", "Zp"})


@cache
def register() -> None:
    """Make the fonts known to ReportLab, once. Raises Bug when a font package is missing from the environment."""
    for package, names in _PACKAGES.items():
        spec = find_spec(package)  # found, not imported: the package's own code is of no use here
        if spec is None or spec.origin is None:
            raise Bug(f"font package {package} is missing")
        for name in names:
            pdfmetrics.registerFont(TTFont(name, str(Path(spec.origin).parent / "files" / f"{name}.ttf")))


def tidy(text: str) -> str:
    """The text in NFC, blanks as plain blanks, without controls, direction marks and zero-width signs."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible, unicodedata.normalize("NFC", text)))


def _visible(char: str) -> str:
    kind = unicodedata.category(char)
    if kind in _SPACES or char in "\n\t\r":
        return " "
    return "" if kind in _INVISIBLE else char


def drawable(text: str, font: str) -> str:
    """Tidy text with every letter the font lacks taken apart into base and accent, which it may have."""
    text = tidy(text)
    return text if has_all(text, font) else "".join(_parts(char, font) for char in text)


def _parts(char: str, font: str) -> str:
    parts = unicodedata.normalize("NFD", char)
    return parts if not has_all(char, font) and has_all(parts, font) else char


def has_all(text: str, font: str) -> bool:
    """Whether the font has a glyph for every character."""
    return _glyphs(font).issuperset(map(ord, text))


@lru_cache
def _glyphs(font: str) -> frozenset[int]:
    register()
    return frozenset(pdfmetrics.getFont(font).face.charToGlyph)  # pyright: ignore[reportAttributeAccessIssue]


def choose(text: str, *fonts: str) -> str:
    """The first of the fonts that has every letter of the tidy text, else the last."""
    text = tidy(text)
    return next((font for font in fonts if has_all(text, font)), fonts[-1])


def width(text: str, font: str, size: float, space: float = 0) -> float:
    """Width in points, with `space` points between letters."""
    return pdfmetrics.stringWidth(text, font, size) + space * max(len(text) - 1, 0)


def shrunk(text: str, font: str, size: float, room: float, least: float = 4) -> float:
    """The largest size, not above `size`, at which the text fits into `room` points; not below `least`."""
    return max(least, min(size, size * room / max(width(text, font, size), 0.01)))
