"""How the cells of a table are painted: chips, names that stand out, ticks; no widget per row."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme
from ui.widgets.parts import chip_size, paint_chip

ROW_HEIGHT = 38
Index = QModelIndex | QPersistentModelIndex


class Cells(QStyledItemDelegate):
    """Paints a chip where the column has one, strong text where it is the name."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        model: Any = index.model()
        column, row = model.columns[index.column()], model.rows[index.row()]
        if column.chip and row is not None:
            self._ground(painter, option)
            kind, word = column.chip(row)
            if word:
                painter.save()
                painter.setFont(option.font)  # type: ignore[attr-defined]
                self._chip(painter, QRectF(option.rect), kind, word)  # type: ignore[attr-defined]
                painter.restore()
            return
        if column.strong and row is not None:
            self._ground(painter, option)
            tick = row in model.ticked if model.tickable and index.column() == 0 else None
            self._name(painter, option, column.text(row), tick)
            return
        super().paint(painter, option, index)

    def _name(self, painter: QPainter, option: QStyleOptionViewItem, text: str, tick: bool | None) -> None:
        """A name stands out, and is made smaller rather than cut."""
        font, rect = QFont(option.font), option.rect.adjusted(11, 0, -6, 0)  # type: ignore[attr-defined]
        if tick is not None:
            self._tick(painter, QRectF(rect.left(), rect.center().y() - 8, 17, 17), tick)
            rect.setLeft(rect.left() + 28)
        font.setWeight(QFont.Weight.Medium)
        wide = QFontMetrics(font).horizontalAdvance(text)
        if wide > rect.width():
            font.setPixelSize(max(10, int(font.pixelSize() * rect.width() / wide)))
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _tick(self, painter: QPainter, box: QRectF, on: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("accent" if on else "edge"))
        painter.setBrush(theme.colour("accent" if on else "surface"))
        painter.drawRoundedRect(box, 4, 4)
        if on:
            theme.draw(painter, "check", box.adjusted(2, 2, -2, -2), "onAccent")

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """What other cells have under their text."""
        rect = option.rect  # type: ignore[attr-defined]
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(rect, theme.colour("accentSoft"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line"))

    def _chip(self, painter: QPainter, cell: QRectF, kind: str, word: str) -> None:
        size = chip_size(painter.font(), word)
        width = min(size.width(), cell.width() - 8)
        paint_chip(painter, QRectF(cell.left() + 8, cell.center().y() - 11, width, 22), kind, word)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of one height."""
        return QSize(0, ROW_HEIGHT)
