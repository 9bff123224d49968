"""The table of marks: people down, sessions across, phases above. A screen reader finds every cell with its words."""

from PySide6.QtCore import (
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygon,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from cbs_desktop.attendance.queries import Grid, MemberRow, SessionColumn
from cbs_desktop.programmes.marks import MarkSet
from cbs_desktop.words import _
from ui import theme
from ui.attendance.marks_model import AFTER, BEFORE, NAME, Cell, Marks
from ui.vocabulary import COMPLETION, PHASES, chip, full_day, word
from ui.widgets.parts import chip_size, paint_chip

_FOLD = 7  # pixels of the corner that stands for a remark
_COLOURS = {"came": "info", "excused": "sealed", "absent": "stop"}


def _grounds(marks: MarkSet) -> dict[str, str]:
    """The colour of each letter but the usual one, which is a tick."""
    found = {mark.letter: _COLOURS[mark.counts] for mark in marks.every}
    del found[marks.usual]
    return found


class _Head(QHeaderView):
    """Phases, numbers and days over the sessions."""

    def __init__(self, table: "MarkTable") -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setFixedHeight(62)
        self.setSectionsClickable(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint the head of one column."""
        model = self._table.marks
        grid = self._table.marks.grid
        if grid is None:
            return
        painter.fillRect(rect, theme.colour("surface"))
        painter.fillRect(
            rect.left(), rect.bottom(), rect.width(), 1, theme.colour("edge")
        )
        font = QFont(self.font())
        place = section - BEFORE
        if not 0 <= place < len(grid.columns):
            font.setPixelSize(max(11, font.pixelSize() - 2))
            painter.setFont(font)
            painter.setPen(theme.colour("second"))
            words = str(model.headerData(section, Qt.Orientation.Horizontal))
            painter.drawText(
                rect.adjusted(12, 0, -2, -6),
                Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft,
                words,
            )
            return
        self._session(painter, rect, grid.columns[place], place, font)

    def _session(
        self,
        painter: QPainter,
        rect: QRect,
        column: SessionColumn,
        place: int,
        font: QFont,
    ) -> None:
        here = place == self._table.session_place()
        if here:
            painter.fillRect(rect.adjusted(0, 22, 0, -1), theme.colour("accentSoft"))
        font.setWeight(QFont.Weight.DemiBold if here else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        painter.drawText(
            rect.adjusted(0, 24, 0, -18),
            Qt.AlignmentFlag.AlignCenter,
            str(column.number),
        )
        small = QFont(font)
        small.setPixelSize(11)
        painter.setFont(small)
        painter.setPen(theme.colour("second"))
        day = {"cancelled": _("off"), "postponed": _("later")}.get(
            column.status, f"{column.day.day}/{column.day.month}"
        )
        painter.drawText(rect.adjusted(0, 42, 0, -3), Qt.AlignmentFlag.AlignCenter, day)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The phases stretch over several columns, so they are painted last."""
        super().paintEvent(event)
        grid = self._table.marks.grid
        if grid is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(max(11, font.pixelSize() - 2))
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        start = 0
        here = self._table.session_place()
        while start < len(grid.columns):
            end = start
            while (
                end + 1 < len(grid.columns)
                and grid.columns[end + 1].phase == grid.columns[start].phase
            ):
                end += 1
            left = self.sectionViewportPosition(start + BEFORE)
            right = self.sectionViewportPosition(end + BEFORE) + self.sectionSize(
                end + BEFORE
            )
            inside = start <= here <= end
            rect = QRectF(left + 1, 2, right - left - 2, 19)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent" if inside else "accentSoft"))
            painter.drawRoundedRect(rect, 4, 4)
            painter.setPen(theme.colour("onAccent" if inside else "text"))
            name = word(PHASES, grid.columns[start].phase)
            text = QFontMetrics(font).elidedText(
                name, Qt.TextElideMode.ElideRight, int(rect.width()) - 6
            )
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
            start = end + 1


class _Cells(QStyledItemDelegate):
    """Paints marks: a tick for present, letters on a soft ground for the others, a dot for what is open."""

    def __init__(self, table: "MarkTable") -> None:
        super().__init__(table)
        self._table = table
        self.grounds: dict[str, str] = {}
        self.usual = ""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Cell
    ) -> None:
        """Paint a cell."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marks = self._table.marks
        column = marks.column(index)
        row = marks.row(index)
        if (
            column is not None
            and index.column() - BEFORE == self._table.session_place()
        ):
            painter.fillRect(rect, theme.colour("accentSoft"))
        painter.fillRect(
            rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line")
        )
        painter.setFont(option.font)  # type: ignore[attr-defined]
        if row is not None:
            if column is not None:
                self._mark(painter, rect, row.marks[index.column() - BEFORE])
                if marks.remark(column, row):
                    self._remark(painter, rect)
            else:
                self._words(painter, rect, index, row)
        if option.state & QStyle.StateFlag.State_HasFocus and column is not None:  # type: ignore[attr-defined]
            painter.setPen(QPen(theme.colour("accent"), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(2, 2, -2, -2), 4, 4)
        painter.restore()

    def _mark(self, painter: QPainter, rect: QRect, mark: str) -> None:
        if mark == self.usual:
            theme.draw(
                painter,
                "check",
                QRectF(rect.center().x() - 8, rect.center().y() - 8, 17, 17),
                "ok",
            )
            return
        if mark in self.grounds:
            side = min(rect.height() - 8, 30)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(f"{self.grounds[mark]}Soft"))
            painter.drawRoundedRect(
                QRectF(
                    rect.center().x() - side / 2,
                    rect.center().y() - side / 2,
                    side,
                    side,
                ),
                4,
                4,
            )
        font = QFont(painter.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.colour(self.grounds.get(mark, "second")))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, mark or "•")

    def _remark(self, painter: QPainter, rect: QRect) -> None:
        """A folded corner, as on paper."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        corner = rect.topRight()
        fold = (corner, corner - QPoint(_FOLD, 0), corner + QPoint(0, _FOLD))
        painter.drawPolygon(QPolygon(fold))

    def _words(
        self, painter: QPainter, rect: QRect, index: Cell, row: MemberRow
    ) -> None:
        text = str(index.data())
        if index.column() == NAME:
            font = QFont(painter.font())
            here = self._table.currentIndex().row() == index.row()
            font.setWeight(QFont.Weight.DemiBold if here else QFont.Weight.Normal)
            room = rect.width() - 18
            wide = QFontMetrics(font).horizontalAdvance(text)
            if wide > room:
                font.setPixelSize(max(10, int(font.pixelSize() * room / wide)))
            painter.setFont(font)
            painter.setPen(theme.colour("second" if row.left_on else "text"))
            painter.drawText(
                rect.adjusted(12, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter, text
            )
        elif index.column() == self._table.marks.columnCount() - AFTER:
            painter.setPen(theme.colour("text"))
            painter.drawText(
                rect.adjusted(12, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter, text
            )
        else:
            if row.left_on:
                left = ("quiet", _("Left {day}").format(day=full_day(row.left_on)))
            else:
                left = None
            kind, words = left or chip(COMPLETION, row.completion.state)
            width = min(chip_size(painter.font(), words).width(), rect.width() - 6)
            paint_chip(
                painter,
                QRectF(rect.left() + 4, rect.center().y() - 11, width, 22),
                kind,
                words,
            )


class MarkTable(QTableView):
    """The grid. The programme's letters mark and go to the next person; Delete clears; F9 marks all others present."""

    marked = Signal(object, object, str)  # session, person, mark
    all_present = Signal(object)  # session
    moved = Signal()
    counted = Signal(str)  # a digit: the head count of the paper begins

    def __init__(self) -> None:
        super().__init__()
        self.marks = Marks()
        self.setModel(self.marks)
        self._cells = _Cells(self)
        self._letters: dict[str, str] = {}  # by the key
        self.setItemDelegate(self._cells)
        self.setHorizontalHeader(_Head(self))
        self.setAccessibleName(_("Attendance: people down, sessions across"))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(self._moved)

    def session_place(self) -> int:
        """Which session the cursor is in, counted from 0; -1 beside the sessions."""
        place = self.currentIndex().column() - BEFORE
        if self.marks.grid and 0 <= place < len(self.marks.grid.columns):
            return place
        return -1

    def show_grid(self, grid: Grid, first: bool) -> None:
        """Show a group; at first the cursor stands on the session that is due."""
        self._cells.grounds = _grounds(grid.marks)
        self._cells.usual = grid.marks.usual
        self._letters = {letter.lower(): letter for letter in grid.marks.letters}
        self.marks.show_grid(grid)
        self.fit()
        if first and grid.rows:
            done = [
                i for i, column in enumerate(grid.columns) if column.status == "held"
            ]
            place = min((done[-1] if done else -1) + 1, len(grid.columns) - 1)
            self.setCurrentIndex(self.marks.index(0, place + BEFORE))

    def fit(self) -> None:
        """Share the room: 15 columns and 12 people fit whole, down to 1092×576."""
        grid = self.marks.grid
        if grid is None:
            return
        width = self.viewport().width()
        name, came, state = (190, 64, 172) if width > 1040 else (158, 60, 150)
        sessions = max(1, len(grid.columns))
        session = max(36, (width - name - came - state) // sessions)
        count = self.marks.columnCount()
        for column in range(count):
            self.setColumnWidth(column, session)
        rest = width - name - came - session * len(grid.columns)
        self.setColumnWidth(NAME, name)
        self.setColumnWidth(count - 2, came)
        self.setColumnWidth(count - 1, max(state, rest))
        height = self.viewport().height() // max(1, len(grid.rows))
        self.verticalHeader().setDefaultSectionSize(max(27, min(38, height)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self.fit()

    def _moved(self, now: Cell, before: Cell) -> None:
        """Paint anew what depends on the cursor: names in bold, and the session under it."""
        if now.column() == before.column():
            for index in (now, before):
                self.update(self.marks.index(index.row(), NAME))
        else:
            self.viewport().update()
            self.horizontalHeader().viewport().update()
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mark, clear, all present, next session."""
        row = self.marks.row(self.currentIndex())
        column = self.marks.column(self.currentIndex())
        if row is None or column is None:
            super().keyPressEvent(event)
            return
        key = event.key()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        mark = self._letters.get(event.text().lower())
        if mark and not control:
            self._mark(column.id, row.person_id, mark)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._mark(column.id, row.person_id, "")
        elif key == Qt.Key.Key_F9:
            self.all_present.emit(column.id)
        elif control and key == Qt.Key.Key_Right:
            self._go(0, 1)
        elif control and key == Qt.Key.Key_Left:
            self._go(0, -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(1, 0)
        elif event.text().isdigit() and not control:
            self.counted.emit(event.text())
        else:
            super().keyPressEvent(event)

    def here(self) -> tuple[SessionColumn, MemberRow] | None:
        """The session and the person under the cursor; None beside the sessions."""
        column = self.marks.column(self.currentIndex())
        row = self.marks.row(self.currentIndex())
        if column is None or row is None:
            return None
        return column, row

    def go_after(self, session: int, person: int) -> None:
        """Put the cursor where somebody goes on who marked this person last."""
        grid = self.marks.grid
        if grid is None:
            return
        columns = [column.id for column in grid.columns]
        people = [row.person_id for row in grid.rows]
        if session in columns and person in people:
            row = min(people.index(person) + 1, len(people) - 1)
            place = self.marks.index(row, columns.index(session) + BEFORE)
            self.setCurrentIndex(place)

    def _mark(self, session: int, person: int, value: str) -> None:
        self.marked.emit(session, person, value)
        self._go(1, 0)

    def _go(self, down: int, across: int) -> None:
        """One row down, or to the first person of the session before or after."""
        here = self.currentIndex()
        row = min(here.row() + down, self.marks.rowCount() - 1)
        if across:
            row = 0
        last = self.marks.columnCount() - AFTER - 1
        column = max(BEFORE, min(last, here.column() + across))
        self.setCurrentIndex(self.marks.index(row, column))

    def sizeHint(self) -> QSize:
        """As much as there is."""
        return QSize(900, 500)
