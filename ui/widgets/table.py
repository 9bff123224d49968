"""A table over frozen rows: chips painted, no widget per row, sorted by the head, ticked by Space, filled in pages when long."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui import theme
from ui.widgets.cells import ROW_HEIGHT, Cells

PAGE = 60  # rows asked for at once from a long source
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_FLAGS = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
Key = Callable[[Any], Hashable]  # what a row is known by, however often it is read


@dataclass(frozen=True)
class Column:
    """A column: its head, the text of a row, and how it is shown. `chip` gives (kind, word) instead of text."""

    title: str
    text: Callable[[Any], str] = str
    right: bool = False
    strong: bool = False
    chip: Callable[[Any], tuple[str, str]] | None = None
    width: int = 120
    stretch: bool = False
    sort: Callable[[Any], Any] | None = None


class Rows(QAbstractTableModel):
    """The rows of a table. With a source, rows that are not there yet are empty and asked for when they are seen."""

    wanted = Signal(int)  # the first row of a page that is missing
    ticks_changed = Signal()

    def __init__(
        self,
        columns: Sequence[Column],
        tickable: bool = False,
        key: Key = lambda row: row,
    ) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: list[Any] = []
        self.tickable = tickable
        self._key = key  # what a tick is kept under: it outlives the row
        self.ticked: set[Hashable] = set()
        self._asked: set[int] = set()
        self._lazy = False

    def show_rows(self, rows: Sequence[object]) -> None:
        """Show these rows and no others."""
        self.beginResetModel()
        self.rows = list(rows)
        self._lazy = False
        self.endResetModel()

    def show_count(self, count: int, first: Sequence[object]) -> None:
        """Show `count` rows of which the first are here; the rest is asked for through `wanted`."""
        self.beginResetModel()
        self.rows = [*first, *[None] * (count - len(first))]
        self._asked = set(range(0, len(first), PAGE))
        self._lazy = True
        self.endResetModel()

    def supply(self, first: int, rows: Sequence[object]) -> None:
        """Put rows that were asked for in their place."""
        end = min(first + len(rows), len(self.rows))
        self.rows[first:end] = rows[: end - first]
        if end > first:
            self.dataChanged.emit(
                self.index(first, 0), self.index(end - 1, len(self.columns) - 1)
            )

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """How many rows there are."""
        if parent.isValid():
            return 0
        return len(self.rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """How many columns there are."""
        if parent.isValid():
            return 0
        return len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows, and what a screen reader says."""
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return self._look(index, role)
        row = self.rows[index.row()]
        if row is None:
            return self._fetch(index.row())
        column = self.columns[index.column()]
        if column.chip:
            return column.chip(row)[1]
        return column.text(row)

    def _fetch(self, row: int) -> str:
        page = row - row % PAGE
        if self._lazy and page not in self._asked:
            self._asked.add(page)
            self.wanted.emit(page)
        return "…"

    def _look(self, index: _Index, role: int) -> object:
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            if column.right:
                side = Qt.AlignmentFlag.AlignRight
            else:
                side = Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if (
            role == Qt.ItemDataRole.CheckStateRole
            and self.tickable
            and index.column() == 0
        ):
            if self.has_tick(self.rows[index.row()]):
                return Qt.CheckState.Checked
            return Qt.CheckState.Unchecked
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The heads."""
        if (
            orientation is Qt.Orientation.Horizontal
            and role == Qt.ItemDataRole.DisplayRole
        ):
            return self.columns[section].title
        if (
            orientation is Qt.Orientation.Horizontal
            and role == Qt.ItemDataRole.TextAlignmentRole
        ):
            if self.columns[section].right:
                side = Qt.AlignmentFlag.AlignRight
            else:
                side = Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Cells can be chosen, never typed into."""
        return _FLAGS

    def is_lazy(self) -> bool:
        """Whether rows come from a long source, which alone knows all of them."""
        return self._lazy

    def can_sort(self) -> bool:
        """Whether all rows are here; a long source keeps its own order until then."""
        return not (self._lazy and None in self.rows)

    def sort(
        self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder
    ) -> None:
        """Sort what is here; a long source keeps its own order."""
        if not self.can_sort() or not 0 <= column < len(self.columns):
            return
        shown = self.columns[column]
        key = shown.sort or (
            lambda row: (
                shown.chip(row)[1] if shown.chip else shown.text(row)
            ).casefold()
        )
        self.layoutAboutToBeChanged.emit()
        self.rows.sort(key=key, reverse=order == Qt.SortOrder.DescendingOrder)
        self.layoutChanged.emit()

    def has_tick(self, row: object) -> bool:
        """Whether a row is ticked; one that is not here yet is not."""
        return row is not None and self._key(row) in self.ticked

    def tick(self, rows: Iterable[object]) -> None:
        """Tick these and no others."""
        self.tick_keys(map(self._key, rows))

    def tick_keys(self, keys: Iterable[Hashable]) -> None:
        """Tick the rows of these keys and no others, also such as are not here yet."""
        self.ticked = set(keys)
        self._tell_ticks()

    def turn(self, row: object) -> None:
        """Tick or untick one."""
        self.ticked ^= {self._key(row)}
        self._tell_ticks()

    def _tell_ticks(self) -> None:
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))
        self.ticks_changed.emit()


class Table(QTableView):
    """A list of people or things. Enter or double click opens, letters go to `typed`."""

    chosen = Signal(object)  # the row the cursor is on, or None
    opened = Signal(object)
    typed = Signal(object, str)
    all_wanted = Signal()  # Ctrl+A where not all rows are here

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        tickable: bool = False,
        key: Key = lambda row: row,
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._rows = Rows(columns, tickable, key)
        self._sorted: tuple[int, Qt.SortOrder] | None = None
        self.setModel(self._rows)
        self.setItemDelegate(Cells(self))
        self._settle()
        self._widths(columns)
        self._rows.modelReset.connect(self._sort_again)
        self._rows.modelReset.connect(self._tell)
        self.selectionModel().currentRowChanged.connect(self._tell)
        self.doubleClicked.connect(self._open)
        self.clicked.connect(self._clicked)

    def _settle(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setFixedHeight(32)
        self.horizontalHeader().setSectionsClickable(True)
        self.horizontalHeader().setSortIndicatorShown(False)
        self.horizontalHeader().sectionClicked.connect(self._sort)

    def _widths(self, columns: Sequence[Column]) -> None:
        for i, column in enumerate(columns):
            if column.stretch:
                self.horizontalHeader().setSectionResizeMode(
                    i, QHeaderView.ResizeMode.Stretch
                )
        self._widen()

    def _widen(self) -> None:
        """Columns grow with the text."""
        if self.font().pixelSize() > 0:
            scale = self.font().pixelSize() / theme.SIZES["body"]
        else:
            scale = 1.0
        for i, column in enumerate(self._rows.columns):
            self.setColumnWidth(i, round(column.width * scale))

    def changeEvent(self, event: QEvent) -> None:
        """Bigger text was chosen."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_rows"):
            self._widen()

    @property
    def rows(self) -> list[Any]:
        """The rows that are shown, in their order."""
        return self._rows.rows

    @property
    def model_rows(self) -> Rows:
        """The model, for long sources and ticks."""
        return self._rows

    def show_rows(
        self,
        rows: Sequence[object],
        key: Key = lambda row: getattr(row, "id", row),
    ) -> None:
        """Show these; the row that was chosen stays chosen if it is still there."""
        before = self.current()
        scroll = self.verticalScrollBar().value()
        self._rows.show_rows(rows)
        self.choose(self._place_of(key, key(before)) if before is not None else 0)
        if before is not None:
            self.verticalScrollBar().setValue(scroll)

    def _place_of(self, key: Key, wanted: object) -> int:
        return next(
            (place for place, row in enumerate(self.rows) if key(row) == wanted), 0
        )

    def choose(self, place: int) -> None:
        """Put the cursor on a row."""
        if 0 <= place < len(self.rows):
            index = self._rows.index(place, 0)
            flags = (
                QItemSelectionModel.SelectionFlag.ClearAndSelect
                | QItemSelectionModel.SelectionFlag.Rows
            )
            self.selectionModel().setCurrentIndex(index, flags)
            self.executeDelayedItemsLayout()  # rows that are not laid out yet cannot be scrolled to
            self.scrollTo(index)

    def current(self) -> Any:
        """The row the cursor is on, or None."""
        place = self.currentIndex().row()
        if 0 <= place < len(self.rows):
            return self.rows[place]
        return None

    def ticked(self) -> list[Any]:
        """The ticked rows in their order."""
        return [row for row in self.rows if self._rows.has_tick(row)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space ticks, Ctrl+A ticks all, other keys are told; arrows move."""
        row = self.current()
        if self._rows.tickable and event.matches(QKeySequence.StandardKey.SelectAll):
            self._tick_all()
            return
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers()
            and row is not None
        ):
            self._open()
        elif (
            event.key() == Qt.Key.Key_Space and self._rows.tickable and row is not None
        ):
            self._rows.turn(row)
        elif event.text().strip() and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        ):
            self.typed.emit(row, event.text())
        else:
            super().keyPressEvent(event)

    def _tick_all(self) -> None:
        if self._rows.is_lazy():
            self.all_wanted.emit()
        else:
            self._rows.tick(self.rows)

    def _tell(self, *_: object) -> None:
        self.chosen.emit(self.current())

    def _open(self, *_: object) -> None:
        if (row := self.current()) is not None:
            self.opened.emit(row)

    def _clicked(self, index: QModelIndex) -> None:
        row = self.rows[index.row()]
        if self._rows.tickable and index.column() == 0 and row is not None:
            self._rows.turn(row)

    def _sort(self, column: int) -> None:
        if not self._rows.can_sort():  # an arrow in the head would tell what is not so
            return
        header = self.horizontalHeader()
        ascending = Qt.SortOrder.AscendingOrder
        # the head turns its arrow before it tells of the click, so its arrow cannot be asked
        if self._sorted == (column, ascending):
            order = Qt.SortOrder.DescendingOrder
        else:
            order = ascending
        self._sorted = (column, order)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(column, order)
        chosen = self.current()
        self._rows.sort(column, order)
        if chosen is not None:
            self.choose(next(i for i, row in enumerate(self.rows) if row is chosen))

    def _sort_again(self) -> None:
        """New rows take the order that the head shows; where they cannot, the head shows none."""
        if self._sorted and self._rows.can_sort():
            self._rows.sort(*self._sorted)
        elif self._sorted:
            self._sorted = None
            self.horizontalHeader().setSortIndicatorShown(False)
