"""The cells of the table of marks: which person and which session each is, and its words for a screen reader."""

from dataclasses import replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from cbs_desktop.attendance.queries import Grid, MemberRow, SessionColumn
from cbs_desktop.words import _
from ui.vocabulary import COMPLETION, chip, completion_sum, mark_word

NAME = 0
BEFORE = 1
AFTER = 2  # the name before the sessions; came and state after them
Cell = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Marks(QAbstractTableModel):
    """A Grid as a table model."""

    def __init__(self) -> None:
        super().__init__()
        self.grid: Grid | None = None

    def show_grid(self, grid: Grid) -> None:
        """Show a group; cells are renewed in place when it is the same group."""
        same = (
            self.grid is not None
            and self.grid.group_id == grid.group_id
            and len(self.grid.rows) == len(grid.rows)
        )
        if same:
            self._renew(grid)
            return
        self.beginResetModel()
        self.grid = grid
        self.endResetModel()

    def _renew(self, grid: Grid) -> None:
        """Another state of the same group: only the lines that differ are painted anew."""
        before = self.grid
        assert before is not None, "there is a group to renew"
        self.grid = grid
        heads = (before.columns, before.marks, before.remarks)
        all_anew = heads != (grid.columns, grid.marks, grid.remarks)
        last = self.columnCount() - 1
        for place, row in enumerate(grid.rows):
            if all_anew or row != before.rows[place]:
                self.dataChanged.emit(self.index(place, 0), self.index(place, last))

    def put(self, session: int, person: int, value: str) -> None:
        """Show a mark that was saved; the sums follow with the next `show_grid`."""
        if self.grid is None:
            return
        columns = [column.id for column in self.grid.columns]
        people = [row.person_id for row in self.grid.rows]
        if session not in columns or person not in people:
            return
        place = people.index(person)
        column = columns.index(session)
        rows = list(self.grid.rows)
        marks = list(rows[place].marks)
        marks[column] = value
        rows[place] = replace(rows[place], marks=tuple(marks))
        self.grid = replace(self.grid, rows=tuple(rows))
        cell = self.index(place, column + BEFORE)
        self.dataChanged.emit(cell, cell)

    def row(self, index: Cell) -> MemberRow | None:
        """The person of a cell."""
        if self.grid and index.isValid():
            return self.grid.rows[index.row()]
        return None

    def column(self, index: Cell) -> SessionColumn | None:
        """The session of a cell, or None beside the sessions."""
        place = index.column() - BEFORE
        if self.grid and 0 <= place < len(self.grid.columns):
            return self.grid.columns[place]
        return None

    def remark(self, column: SessionColumn, row: MemberRow) -> str:
        """What is written beside a mark."""
        if self.grid is None:
            return ""
        return self.grid.remarks.get((column.id, row.person_id), "")

    def rowCount(self, parent: Cell = _ROOT) -> int:
        """People."""
        if self.grid and not parent.isValid():
            return len(self.grid.rows)
        return 0

    def columnCount(self, parent: Cell = _ROOT) -> int:
        """Name, sessions, came, state."""
        if self.grid and not parent.isValid():
            return len(self.grid.columns) + BEFORE + AFTER
        return 0

    def data(self, index: Cell, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text of a cell; what a screen reader says of it."""
        row = self.row(index)
        column = self.column(index)
        if (
            self.grid is None
            or row is None
            or role
            not in (
                Qt.ItemDataRole.DisplayRole,
                Qt.ItemDataRole.AccessibleTextRole,
            )
        ):
            return None
        if column is not None:
            mark = row.marks[index.column() - BEFORE]
            if role == Qt.ItemDataRole.AccessibleTextRole:
                letter = mark_word(self.grid.marks, mark)
                said = _("{name}, session {n}, {mark}").format(
                    name=row.name, n=column.number, mark=letter
                )
                return ", ".join(filter(None, (said, self.remark(column, row))))
            return mark
        if index.column() == NAME:
            return row.name
        stands = row.completion
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return completion_sum(stands)
        if index.column() == self.columnCount() - AFTER:
            return f"{stands.attended}/{stands.held}"
        return chip(COMPLETION, stands.state)[1]

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Number of a session, or the word over the other columns."""
        if (
            self.grid is None
            or orientation is not Qt.Orientation.Horizontal
            or role != Qt.ItemDataRole.DisplayRole
        ):
            return None
        place = section - BEFORE
        if section == NAME:
            return _("Name")
        if place < len(self.grid.columns):
            return str(self.grid.columns[place].number)
        if section == self.columnCount() - AFTER:
            return _("Came")
        return _("Can they graduate?")
