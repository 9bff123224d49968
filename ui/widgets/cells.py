"""How the cells of a table are painted: chips, names that stand out, ticks; no widget per row."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme
from ui.widgets.parts import chip_size, paint_chip

if TYPE_CHECKING:
    from ui.widgets.table import Column, Rows

ROW_HEIGHT = 38
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
Index = QModelIndex | QPersistentModelIndex


class Cells(QStyledItemDelegate):
    """Paints a chip where the column has one, strong text where it is the name; no style sheet is asked for each cell."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Paint a cell."""
        model = cast("Rows", index.model())
        column = model.columns[index.column()]
        row = model.rows[index.row()]
        rect: QRect = option.rect  # type: ignore[attr-defined]
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(rect, theme.colour("accentSoft"))
        painter.fillRect(
            rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line")
        )
        if row is None or not column.chip:
            text = str(model.data(index) or "")
            if model.tickable and index.column() == 0:
                tick = model.has_tick(row)
            else:
                tick = None
            self._words(painter, option, text, column, tick)
            return
        kind, word = column.chip(row)
        if word:
            painter.setFont(option.font)  # type: ignore[attr-defined]
            self._chip(painter, QRectF(rect), kind, word)

    def _words(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        text: str,
        column: "Column",
        tick: bool | None,
    ) -> None:
        """Text; a name stands out, and is made smaller rather than cut."""
        rect: QRect = option.rect.adjusted(11, 0, -8, 0)  # type: ignore[attr-defined]
        if tick is not None:
            self._tick(
                painter, QRectF(rect.left(), rect.center().y() - 8, 17, 17), tick
            )
            rect.setLeft(rect.left() + 28)
        font: QFont = option.font  # type: ignore[attr-defined]
        if column.strong:
            font = QFont(font)
            font.setWeight(QFont.Weight.Medium)
        measure = QFontMetrics(font)
        wide = measure.horizontalAdvance(text)
        if wide > rect.width():
            if column.strong:
                font.setPixelSize(max(10, int(font.pixelSize() * rect.width() / wide)))
            else:
                text = measure.elidedText(
                    text, Qt.TextElideMode.ElideRight, rect.width()
                )
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        painter.drawText(rect, _RIGHT if column.right else _LEFT, text)

    def _tick(self, painter: QPainter, box: QRectF, on: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("accent" if on else "edge"))
        painter.setBrush(theme.colour("accent" if on else "surface"))
        painter.drawRoundedRect(box, 4, 4)
        if on:
            theme.draw(painter, "check", box.adjusted(2, 2, -2, -2), "onAccent")

    def _chip(self, painter: QPainter, cell: QRectF, kind: str, word: str) -> None:
        size = chip_size(painter.font(), word)
        width = min(size.width(), cell.width() - 8)
        paint_chip(
            painter,
            QRectF(cell.left() + 8, cell.center().y() - 11, width, 22),
            kind,
            word,
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of one height."""
        return QSize(0, ROW_HEIGHT)
