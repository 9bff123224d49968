"""Small parts: sheets, labels, buttons, chips, figures, empty states, and boxes to put them in."""

from collections.abc import Callable
from html import escape
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QRectF, QSize
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import theme

_PLAIN = 0  # Qt.TextFormat.PlainText: importing the names of Qt costs 10 ms, which the sign-in does not pay
_TAB = 1  # Qt.FocusPolicy.TabFocus
_CONTROL = 0x04000000  # Qt.KeyboardModifier.ControlModifier
_ENTER_KEYS = (0x01000004, 0x01000005)  # Return, and Enter of the keypad
Part = (
    QWidget | QLayout | int | None
)  # a widget, boxes, pixels of space, or None for a stretch


def _fill(
    box: QBoxLayout,
    parts: tuple[Part, ...],
    gap: int,
    margin: tuple[int, int, int, int],
) -> None:
    box.setContentsMargins(*margin)
    box.setSpacing(gap)
    for part in parts:
        if part is None:
            box.addStretch(1)
        elif isinstance(part, int):
            box.addSpacing(part)
        elif isinstance(part, QLayout):
            box.addLayout(part)
        else:
            box.addWidget(part)


def rows(
    *parts: Part, gap: int = 8, margin: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """Parts beneath each other."""
    box = QVBoxLayout()
    _fill(box, parts, gap, margin)
    return box


def line(
    *parts: Part, gap: int = 8, margin: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """Parts beside each other."""
    box = QHBoxLayout()
    _fill(box, parts, gap, margin)
    return box


def sheet(inside: QLayout, panel: str = "sheet") -> QFrame:
    """A white sheet, or a panel in the colour of a kind."""
    frame = QFrame()
    frame.setProperty("panel", panel)
    frame.setLayout(inside)
    return frame


def rule() -> QFrame:
    """A thin line."""
    frame = QFrame()
    frame.setProperty("panel", "rule")
    return frame


def plain_tip(text: str) -> str:
    """A tip that shows a text as it is: Qt takes a tip with tags for markup."""
    if "<" not in text:
        return text
    return f"<qt>{escape(text, quote=False)}</qt>".replace("\n", "<br>")


def label(text: str = "", role: str = "", wrap: bool = False) -> QLabel:
    """Plain text, never markup. Roles: title, head, figure, strong, second, small, fault, doubt."""
    made = QLabel(text)
    made.setProperty("textFormat", _PLAIN)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def picture(word: str, token: str = "second", size: int = 20) -> QLabel:
    """An icon beside words; it says nothing by itself."""
    made = QLabel()
    theme.wear(made, word, token, size)
    made.setFixedSize(size, size)
    return made


class Button(QPushButton):
    """A button that Enter presses too, wherever it stands."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space press it; Ctrl+Enter belongs to the page."""
        if event.key() in _ENTER_KEYS and not event.modifiers().value & _CONTROL:
            self.click()
        else:
            super().keyPressEvent(event)


def button(
    text: str,
    press: Callable[..., object] | None = None,
    look: str = "",
    icon: str = "",
    tip: str = "",
) -> QPushButton:
    """A button. Looks: main, plain, or none. The key, if there is one, stands in the tip."""
    made = Button(f" {text}" if icon else text)
    made.setProperty("look", look)
    made.setAccessibleName(text)
    if icon:
        theme.wear(
            made, icon, {"main": "onAccent", "plain": "accent"}.get(look, "text"), 18
        )
        made.setIconSize(QSize(18, 18))
    if tip:
        made.setToolTip(tip)
    if press:
        made.clicked.connect(press)
    made.setAutoDefault(False)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


class Chip(QLabel):
    """A state: icon, word and colour together."""

    def __init__(self, kind: str = "quiet", word: str = "") -> None:
        super().__init__()
        self.setProperty("textFormat", _PLAIN)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.tell(kind, word)

    def tell(self, kind: str, word: str) -> None:
        """Show another state; nothing when there is no word."""
        self.kind = kind
        self.setText(word)
        self.setAccessibleName(word)
        self.setVisible(bool(word))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as icon and word need."""
        return chip_size(self.font(), self.text())

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip."""
        painter = QPainter(self)
        paint_chip(painter, QRectF(self.rect()), self.kind, self.text())


def _chip_font(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(max(11, round(font.pixelSize() * 12 / 14)))
    small.setWeight(QFont.Weight.Medium)
    return small


def chip_size(font: QFont, word: str) -> QSize:
    """The size in pixels of a chip with this word, in a table or form of this font."""
    return QSize(QFontMetrics(_chip_font(font)).horizontalAdvance(word) + 36, 22)


def paint_chip(painter: QPainter, rect: QRectF, kind: str, word: str) -> None:
    """Paint a chip into a rectangle: soft ground, icon, word. The painter has the font of the place around it."""
    from PySide6.QtCore import Qt

    small = _chip_font(painter.font())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(f"{kind}Soft"))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    theme.draw(
        painter, kind, QRectF(rect.left() + 7, rect.center().y() - 7, 14, 14), kind
    )
    painter.setFont(small)
    painter.setPen(theme.colour(kind))
    painter.drawText(
        rect.adjusted(26, 0, -4, 0),
        Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
        word,
    )


class Figure(Button):
    """A large number with its meaning; pressing it opens what is behind."""

    def __init__(self, meaning: str, press: Callable[..., object]) -> None:
        super().__init__()
        self.setProperty("look", "figure")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._meaning = label(meaning, "small")
        self._number = label("–", "figure")
        self._note = label("", "small")
        self.setLayout(
            rows(self._meaning, self._number, self._note, gap=0, margin=(14, 6, 10, 6))
        )
        from PySide6.QtCore import Qt

        for each in (self._meaning, self._number, self._note):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(press)

    def tell(self, number: str, note: str = "") -> None:
        """Show a number."""
        self._number.setText(number)
        self._note.setText(note)
        self.setAccessibleName(f"{self._meaning.text()}: {number}. {note}")


class Empty(QWidget):
    """Why there is nothing, and the one thing to do about it."""

    def __init__(
        self, why: str, act: str = "", press: Callable[..., object] | None = None
    ) -> None:
        super().__init__()
        from PySide6.QtCore import Qt

        self._why = label(why, "second", wrap=True)
        self._why.setAlignment(Qt.AlignmentFlag.AlignCenter)
        parts: list[Part] = [None, self._why]
        if act and press:
            parts.append(line(None, button(act, press, "main"), None))
        self.setLayout(rows(*parts, None, gap=16, margin=(24, 24, 24, 24)))

    def tell(self, why: str) -> None:
        """Say another reason."""
        self._why.setText(why)


class Facts(QWidget):
    """Pairs of word and value, one a line."""

    def __init__(self) -> None:
        super().__init__()
        self._box = rows(gap=6)
        self.setLayout(self._box)

    def show_facts(self, facts: list[tuple[str, str]]) -> None:
        """Show these; those without a value are left out."""
        from PySide6.QtCore import Qt

        clear(self._box)
        for word, value in facts:
            if value:
                name = label(word, "small")
                content = label(value, wrap=True)
                name.setFixedWidth(92)
                name.setWordWrap(True)
                content.setTextInteractionFlags(
                    Qt.TextInteractionFlag.TextSelectableByMouse
                )
                box = line(name, gap=8)
                box.addWidget(content, 1)
                self._box.addLayout(box)


def clear(box: QLayout) -> None:
    """Take everything out of a box."""
    while (item := box.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def last_stop(inside: QWidget) -> QWidget:
    """The last widget inside that Tab stops at, or the widget itself if there is none."""
    stop = inside
    for each in inside.findChildren(QWidget):
        same_window = each.window() is inside.window()  # not a list that pops up
        takes_tab = each.focusPolicy().value & _TAB and not each.focusProxy()
        if takes_tab and same_window:
            stop = each
    return stop


def lead_on(last: QWidget, main: QWidget, *others: QWidget) -> None:
    """The first Tab after the last field reaches the main button; then come the others."""
    for before, after in pairwise((last, main, *others)):
        QWidget.setTabOrder(before, after)


class _Fitting(QScrollArea):
    """Asks for as much height as its inside, and asks again when that grows."""

    def sizeHint(self) -> QSize:
        """The size of the inside, as high as its words need at this width."""
        inside = self.widget()
        if inside is None:
            return super().sizeHint()
        size = inside.sizeHint().expandedTo(inside.minimumSizeHint())
        return QSize(
            size.width(), max(size.height(), inside.heightForWidth(self.width()))
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps words otherwise."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A sentence that appears inside makes it taller."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def scrolled(inside: QWidget, whole: bool = False) -> QScrollArea:
    """Something that may be taller than its place; with `whole` it is shown whole where there is room."""
    from PySide6.QtCore import Qt

    area = _Fitting() if whole else QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
