"""The look: tokens of light and dark, palette, style sheet, fonts, and icons by the word they stand for."""

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from string import Template

from PySide6.QtCore import QDir, QRectF
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from cbs_desktop import resource
from cbs_desktop.errors import Bug

LIGHT = {
    "paper": "#F6F5F1", "surface": "#FFFFFF", "sunken": "#EFEDE7", "line": "#DEDAD0", "edge": "#868174", "text": "#1F2421",
    "second": "#565C57", "accent": "#0F5C5A", "accentDeep": "#0A4745", "accentSoft": "#DDEDEB", "onAccent": "#FFFFFF",
    "rail": "#12393A", "railText": "#C3D6D3", "railTextOn": "#FFFFFF", "railOn": "#1F5A59", "railHover": "#194847",
    "ok": "#1B6637", "okSoft": "#E0F0E4", "warn": "#7F4A00", "warnSoft": "#FBECD0", "stop": "#9B2318", "stopSoft": "#FBE4E0",
    "info": "#1D4B8A", "infoSoft": "#E2ECF9", "quiet": "#555B57", "quietSoft": "#ECEAE4",
    "sealed": "#593885", "sealedSoft": "#EDE5F6", "tick": "tick-light.svg",
}  # fmt: skip
DARK = {
    "paper": "#151918", "surface": "#1E2322", "sunken": "#2A302E", "line": "#353C3A", "edge": "#7D8783", "text": "#ECEFEA",
    "second": "#AEB7B2", "accent": "#7ACBC3", "accentDeep": "#9ADAD3", "accentSoft": "#1B3F3C", "onAccent": "#0B201F",
    "rail": "#0F1413", "railText": "#AEB7B2", "railTextOn": "#FFFFFF", "railOn": "#1F4644", "railHover": "#1A2624",
    "ok": "#86D49C", "okSoft": "#17331F", "warn": "#F0BE6B", "warnSoft": "#3A2B10", "stop": "#F5A196", "stopSoft": "#43201C",
    "info": "#9CC3F5", "infoSoft": "#1A2C46", "quiet": "#B4BCB8", "quietSoft": "#2C3230",
    "sealed": "#CDB2F0", "sealedSoft": "#312445", "tick": "tick-dark.svg",
}  # fmt: skip
SIZES = {"small": 12, "body": 14, "head": 15, "title": 20, "figure": 26}
# The vocabulary of states: a kind has a colour and an icon, and a word always stands beside them.
KINDS = {
    "ok": "check-circle",
    "warn": "warning",
    "stop": "warning-octagon",
    "info": "info",
    "quiet": "minus-circle",
    "sealed": "lock-key",
}
ICONS = {
    **{kind: name for kind, name in KINDS.items()},
    "home": "house", "participants": "users", "screening": "clipboard-text", "groups": "circles-three",
    "attendance": "calendar-check", "certificates": "medal", "reports": "chart-bar", "facilitators": "chalkboard-teacher",
    "office": "gear-six", "help": "question", "find": "magnifying-glass", "new": "user-plus", "import": "download-simple",
    "print": "printer", "save": "floppy-disk", "backup": "hard-drives", "offline": "wifi-slash", "person": "user-circle",
    "lock": "lock", "undo": "arrow-counter-clockwise", "close": "x", "register": "calendar-x", "visit": "house-line",
    "falling": "trend-down", "edit": "pencil-simple", "calendar": "calendar-blank", "consent": "note-pencil",
    "withdrawn": "prohibit",
    "screened": "lock-key", "joined": "circles-three", "certified": "medal", "left": "minus-circle", "moved": "arrows-left-right",
    "decided": "arrow-bend-up-right", "registered": "user-plus", "waiting": "hourglass", "add": "plus", "export": "export",
    "check": "check", "withdraw": "prohibit", "next": "caret-right", "previous": "caret-left", "menu": "list",
    "pin": "push-pin", "compare": "columns", "together": "link", "wishes": "sliders-horizontal", "again": "arrows-clockwise",
    "questionnaires": "clipboard", "referrals": "address-book", "checking": "shield-check", "look": "palette",
    "registers": "camera", "needs": "house-line", "journal": "book-open", "protection": "shield-check",
}  # fmt: skip
STYLED = "fusion"  # set on an application begun with that style; to name it later costs 5 ms of start
_FACES = ("Regular", "Medium", "SemiBold")
_now: dict[str, str] = dict(LIGHT)
_colours: dict[str, QColor] = {}


def apply(app: QApplication, dark: bool = False, scale: float = 1.0) -> None:
    """Dress the whole application. `scale` is the text size: 1.0 to 1.5."""
    _now.clear()
    _now.update(DARK if dark else LIGHT)
    _colours.clear()
    _fonts()
    _picture.cache_clear()
    if not app.property(STYLED):
        app.setStyle("Fusion")
        app.setProperty(STYLED, True)
    font = QFont("Fira Sans")
    font.setPixelSize(round(SIZES["body"] * scale))
    font.setFeature(QFont.Tag("tnum"), 1)
    app.setFont(font)
    QDir.setSearchPaths("look", [str(resource.path("look"))])
    app.setPalette(_palette())
    sizes = {name: str(round(size * scale)) for name, size in SIZES.items()}
    app.setStyleSheet(
        Template(resource.text("look", "look.qss")).substitute(_now, **sizes)
    )
    for widget in app.allWidgets():
        _put_on(widget)


class Appearance:
    """What the application wears: text size (1.0 to 1.5), light or dark."""

    def __init__(self) -> None:
        self._scale = 1.0
        self._dark = colour("paper").lightness() < 128

    def resize(self, by: float) -> None:
        """Bigger or smaller text."""
        self._scale = max(1.0, min(1.5, self._scale + by))
        self._wear()

    def turn(self) -> None:
        """From light to dark or back."""
        self._dark = not self._dark
        self._wear()

    def _wear(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply(app, self._dark, self._scale)


def _palette() -> QPalette:
    role = QPalette.ColorRole
    pairs = {
        role.Window: "paper", role.Base: "surface", role.AlternateBase: "sunken", role.Button: "surface",
        role.WindowText: "text", role.Text: "text", role.ButtonText: "text", role.Highlight: "accent",
        role.HighlightedText: "onAccent", role.PlaceholderText: "second", role.ToolTipBase: "surface",
        role.ToolTipText: "text", role.Link: "accent", role.Mid: "line",
    }  # fmt: skip
    palette = QPalette()
    for each, token in pairs.items():
        palette.setColor(each, colour(token))
    return palette


def colour(token: str) -> QColor:
    """The colour of a token in the theme that is worn; not to be changed by who gets it."""
    if token not in _colours:
        _colours[token] = QColor(_now[token])
    return _colours[token]


def _package(name: str) -> Path:
    """Where a package of data lies; found, not imported, for importing costs more than the first paint."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise Bug(f"{name} is missing")
    return Path(spec.origin).parent


@lru_cache
def _fonts() -> None:
    folder = _package("fontpkg_fira_sans") / "files"
    for face in _FACES:
        if QFontDatabase.addApplicationFont(str(folder / f"FiraSans-{face}.ttf")) < 0:
            raise Bug(f"the font Fira Sans {face} cannot be read")


@lru_cache
def _glyphs() -> tuple[str, dict[str, str]]:
    """The family of the icon font and its characters by name."""
    folder = _package("qtawesome") / "fonts"
    number = QFontDatabase.addApplicationFont(str(folder / "phosphor-1.3.0.ttf"))
    characters = json.loads(
        (folder / "phosphor-charmap-1.3.0.json").read_text(encoding="utf-8")
    )
    return QFontDatabase.applicationFontFamilies(number)[0], characters


def draw(painter: QPainter, word: str, rect: QRectF, token: str) -> None:
    """Draw the icon of a word in the colour of a token."""
    from PySide6.QtCore import (
        Qt,
    )  # its thousand names cost 10 ms, which the sign-in does not pay

    family, characters = _glyphs()
    font = QFont(family)
    font.setPixelSize(round(rect.height()))
    painter.setFont(font)
    painter.setPen(colour(token))
    painter.drawText(
        rect, Qt.AlignmentFlag.AlignCenter, chr(int(characters[ICONS[word]], 16))
    )


@lru_cache(maxsize=300)
def _picture(word: str, token: str, size: int, ratio: float) -> QPixmap:
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    try:
        draw(painter, word, QRectF(0, 0, size, size), token)
    finally:  # a picture that goes while it is painted takes the program with it
        painter.end()
    return picture


def picture(word: str, token: str = "text", size: int = 20) -> QPixmap:
    """The icon of a word as a picture."""
    return _picture(
        word, token, size, QGuiApplication.primaryScreen().devicePixelRatio()
    )


def icon(word: str, token: str = "text", size: int = 20) -> QIcon:
    """The icon of a word for a button."""
    return QIcon(picture(word, token, size))


def wear(
    widget: QAbstractButton | QLabel, word: str, token: str = "text", size: int = 20
) -> None:
    """Put the icon of a word on a button or label; a change of theme draws it again in the new colour."""
    widget.setProperty("worn", [word, token, size])
    _put_on(widget)


def _put_on(widget: QWidget) -> None:
    worn = widget.property("worn")
    if worn and isinstance(widget, QAbstractButton):
        widget.setIcon(icon(*worn))
    elif worn and isinstance(widget, QLabel):
        widget.setPixmap(picture(*worn))
