"""The cells of the calendar: a group a row, a week a column; each says in words what it shows in signs."""

from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from cbs_desktop.attendance.calendar_documents import say, say_free
from cbs_desktop.attendance.round_calendar import (
    CalendarRow,
    CalendarSession,
    CalendarWeek,
    RoundCalendar,
)
from cbs_desktop.words import _
from ui.vocabulary import short_day

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_TEXTS = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
NAME = 0


class CalendarModel(QAbstractTableModel):
    """Rows of groups; sessions are put into their weeks once, not at each painting."""

    def __init__(self) -> None:
        super().__init__()
        self.found: RoundCalendar | None = None
        self._cells: dict[tuple[int, int], list[CalendarSession]] = {}

    def show_calendar(self, found: RoundCalendar) -> None:
        """Show a round."""
        self.beginResetModel()
        self.found = found
        self._cells = {}
        places = {week.monday: place for place, week in enumerate(found.weeks)}
        for number, row in enumerate(found.rows):
            for session in sorted(row.sessions, key=_by_day):
                place = places[session.monday]
                self._cells.setdefault((number, place), []).append(session)
        self.endResetModel()

    def row(self, index: _Index) -> CalendarRow | None:
        """The group of a cell."""
        if self.found is None or not index.isValid():
            return None
        return self.found.rows[index.row()]

    def week(self, column: int) -> CalendarWeek | None:
        """The week of a column; None beside the weeks."""
        if self.found is None or not NAME < column <= len(self.found.weeks):
            return None
        return self.found.weeks[column - 1]

    def sessions(self, index: _Index) -> list[CalendarSession]:
        """What a cell holds, in the order of days."""
        return self._cells.get((index.row(), index.column() - 1), [])

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """The groups."""
        if parent.isValid() or self.found is None:
            return 0
        return len(self.found.rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """The name and the weeks."""
        if parent.isValid() or self.found is None:
            return 0
        return 1 + len(self.found.weeks)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name of a group; of all else the words, for a screen reader and as a tip."""
        row = self.row(index)
        if row is None:
            return None
        if index.column() == NAME:
            if role == Qt.ItemDataRole.DisplayRole:
                return row.name
            return f"{row.name}, {row.place}" if role in _TEXTS else None
        return self.words(index) if role in _TEXTS else None

    def words(self, index: _Index) -> str:
        """A cell in words: the group, each session, and what is kept free in that week."""
        row = self.row(index)
        week = self.week(index.column())
        if row is None or week is None:
            return ""
        told = [say(one) for one in self.sessions(index)]
        if not told:
            none = _("no session in the week of {day}")
            told.append(none.format(day=short_day(week.monday)))
        if free := say_free(week):
            told.append(_("kept free: {days}").format(days=free))
        return f"{row.name}. {'. '.join(told)}"

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The Mondays; weeks with free days are starred, and say which in their tip."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        week = self.week(section)
        if week is None:
            return _("Group") if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            star = "*" if week.free else ""
            return f"{week.monday.day}{star}\n{_month(week.monday)}"
        if role in _TEXTS:
            return say_free(week) or short_day(week.monday)
        return None


def _by_day(session: CalendarSession) -> tuple[date, int]:
    return session.day, session.number


def _month(day: date) -> str:
    return short_day(day).partition(" ")[2]
