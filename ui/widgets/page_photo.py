"""The picture of a page that was read, with what was read drawn over it: a shape and a letter for each box."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from cbs_desktop.scans.layout import PageLayout, Rect
from cbs_desktop.words import _
from ui import theme

# beside its letter; a circle alone is what was recorded before
SIGNS = {"new": "", "same": "", "doubt": "?", "conflict": "≠", "typed": "✓"}
_TOKENS = {
    "new": "ok",
    "same": "quiet",
    "doubt": "warn",
    "conflict": "stop",
    "typed": "info",
}
_DARK = tuple(bytes([grey]) for grey in range(110))
_WRITTEN = 0.008  # part of a place that is dark where somebody wrote
_AROUND = 1.6  # millimetres of the picture that a shape leaves free around a box


@dataclass(frozen=True, slots=True)
class DrawnMark:
    """What was read in a box; `sign` is a key of SIGNS."""

    rect: Rect
    letter: str
    sign: str


class PagePhoto(QWidget):
    """A page as it was photographed and straightened. `pressed` tells where it was pressed, in millimetres."""

    pressed = Signal(float, float)

    def __init__(self) -> None:
        super().__init__()
        self._picture = QPixmap()
        self._place: PageLayout | None = None
        self._marks: Sequence[DrawnMark] = ()
        self._strip: Rect | None = None
        self.setAccessibleName(_("Picture of the page"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumSize(220, 240)

    def sizeHint(self) -> QSize:
        """A page at a readable size."""
        return QSize(420, 560)

    def show_page(self, image: bytes, place: PageLayout | None) -> None:
        """Show a picture; without a layout nothing is drawn over it."""
        self._picture = QPixmap.fromImage(QImage.fromData(image))
        self._place = place
        self._marks = ()
        self._strip = None
        self.update()

    def show_marks(self, marks: Sequence[DrawnMark], strip: Rect | None) -> None:
        """What was read, and the row that is looked at now."""
        self._marks = marks
        self._strip = strip
        self.update()

    def part(self, rect: Rect) -> QPixmap:
        """A piece of the picture; empty where there is no picture or no layout."""
        if self._place is None or self._picture.isNull():
            return QPixmap()
        scale = self._picture.width() / self._place.width
        left = round(rect.x * scale)
        top = round(rect.y * scale)
        width = round(rect.width * scale)
        height = round(rect.height * scale)
        return self._picture.copy(QRect(left, top, width, height))

    def is_written(self, rect: Rect) -> bool:
        """Whether somebody wrote into a place that was printed white."""
        piece = self.part(rect)
        if piece.isNull():
            return False
        grey = piece.toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        points = bytes(grey.constBits())
        dark = sum(map(points.count, _DARK))
        return dark > _WRITTEN * len(points)

    def _shown(self) -> QRectF:
        """Where the picture stands in the widget: as large as fits."""
        size = self._picture.size()
        size.scale(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = (self.width() - size.width()) / 2
        return QRectF(left, 0, size.width(), size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, the row that is looked at, and the marks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._picture.isNull():
            painter.setPen(theme.colour("second"))
            words = _("There is no picture.")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
            painter.end()
            return
        shown = self._shown()
        painter.drawPixmap(shown, self._picture, QRectF(self._picture.rect()))
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.drawRect(shown)
        if self._place is not None:
            self._paint_over(painter, shown, self._place)
        painter.end()

    def _paint_over(self, painter: QPainter, shown: QRectF, place: PageLayout) -> None:
        scale = shown.width() / place.width
        if self._strip is not None:
            painter.setPen(QPen(_on_paper("accent"), 2))
            painter.drawRect(_on(shown, scale, self._strip))
        font = QFont(self.font())
        font.setPixelSize(max(9, round(3.2 * scale)))
        font.setBold(True)
        painter.setFont(font)
        for mark in self._marks:
            _paint_mark(painter, _on(shown, scale, mark.rect), mark, scale)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell where it was pressed."""
        if self._place is None or self._picture.isNull():
            return
        shown = self._shown()
        scale = shown.width() / self._place.width
        at = event.position() - shown.topLeft()
        self.pressed.emit(at.x() / scale, at.y() / scale)


def _on_paper(token: str) -> QColor:
    """A colour that stands out on paper, which is white in either theme."""
    return QColor(theme.LIGHT[token])


def _on(shown: QRectF, scale: float, rect: Rect) -> QRectF:
    """A rectangle of the page where it is shown."""
    left = shown.left() + rect.x * scale
    top = shown.top() + rect.y * scale
    return QRectF(left, top, rect.width * scale, rect.height * scale)


def _paint_mark(painter: QPainter, box: QRectF, mark: DrawnMark, scale: float) -> None:
    """A circle where it is clear, a square where it is not; letter and sign beside it."""
    colour = _on_paper(_TOKENS[mark.sign])
    more = _AROUND * scale / 2
    around = box.adjusted(-more, -more, more, more)
    painter.setPen(QPen(colour, 2))
    if mark.sign in ("doubt", "conflict"):
        painter.drawRect(around)
    else:
        painter.drawEllipse(around)
    if mark.sign != "same":
        words = f"{mark.letter}{SIGNS[mark.sign]}"
        _paint_words(painter, around, words, colour)


def _paint_words(painter: QPainter, around: QRectF, words: str, colour: QColor) -> None:
    """On a small white ground, above the right edge of the shape."""
    wide = painter.fontMetrics().horizontalAdvance(words) + 4
    high = painter.fontMetrics().height()
    corner = around.topRight() + QPointF(-wide / 3, -high / 3)
    ground = QRectF(corner.x(), corner.y(), wide, high)
    painter.fillRect(ground, QColor("#ffffff"))
    painter.setPen(colour)
    painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, words)
