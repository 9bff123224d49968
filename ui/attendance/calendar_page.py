"""The calendar of a round: groups down, weeks across; arrows move, Enter opens a session, sessions to come are rescheduled."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from cbs_desktop.attendance import calendar_documents
from cbs_desktop.attendance.round_calendar import (
    STATES,
    TO_COME,
    CalendarSession,
    RoundCalendar,
    round_calendar,
)
from cbs_desktop.exports.rules import OWN, Outgoing, Recipient
from cbs_desktop.groups import forming
from cbs_desktop.words import _, many
from ui import theme
from ui.attendance.calendar_model import NAME, CalendarModel
from ui.desk import Desk
from ui.screen import PageAction, Screen
from ui.vocabulary import full_day, weekday
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.widgets.outgoing import keep, save_as
from ui.widgets.parts import Empty, label, rows, rule, sheet

_Index = QModelIndex | QPersistentModelIndex
_ROW = 30  # pixels
_HEAD = 44
_NAME = 140
_WEEK_LEAST = 44
# state → kind of colour
_KINDS = {
    "held": "ok",
    "without register": "stop",
    "postponed": "warn",
    "cancelled": "quiet",
    "to come": "info",
}


class _Cell(QStyledItemDelegate):
    """Paints sessions as a sign and a number on the colour of their state, side by side where there are two."""

    def __init__(self, view: "CalendarView") -> None:
        super().__init__(view)
        self._view = view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        """One cell."""
        if index.column() == NAME:
            super().paint(painter, option, index)
            return
        painter.save()
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        week = self._view.cells.week(index.column())
        if week is not None and week.free:
            painter.fillRect(rect, theme.colour("sunken"))
        sessions = self._view.cells.sessions(index)
        for place, session in enumerate(sessions):
            part = QRectF(rect)
            part.setWidth(rect.width() / len(sessions))
            part.moveLeft(rect.left() + place * part.width())
            self._session(painter, part.adjusted(2, 3, -2, -3), session)
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
            painter.drawRect(rect.adjusted(2, 2, -3, -3))
        painter.restore()

    def _session(
        self, painter: QPainter, rect: QRectF, session: CalendarSession
    ) -> None:
        kind = _KINDS[session.state]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{kind}Soft"))
        painter.drawRoundedRect(rect, 4, 4)
        painter.setPen(theme.colour(kind))
        text = f"{STATES[session.state][1]}{session.number}"
        if session.slip:
            text += f"+{session.slip}"
        if session.catch_up:
            text += "&"
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


class CalendarView(QTableView):
    """The table; Enter and double click open."""

    def __init__(self) -> None:
        super().__init__()
        self.cells = CalendarModel()
        self.setModel(self.cells)
        self.setItemDelegate(_Cell(self))
        self.setAccessibleName(_("Calendar: groups down, weeks across"))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.horizontalHeader().setFixedHeight(_HEAD)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def fit(self) -> None:
        """The weeks share the room; where it is too little they scroll."""
        weeks = self.cells.columnCount() - 1
        if weeks < 1:
            return
        self.setColumnWidth(NAME, _NAME)
        wide = max(_WEEK_LEAST, (self.viewport().width() - _NAME) // weeks)
        for column in range(1, weeks + 1):
            self.setColumnWidth(column, wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Bigger text was chosen."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens what double click opens."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers():
            self.doubleClicked.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As much as there is."""
        return QSize(900, 500)


class CalendarPage(Screen):
    """The calendar, what the cell under the cursor says, and what the signs mean."""

    word = "calendar"
    watches = frozenset({"attendance", "groups"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.offer(
            PageAction(_("Save as PDF"), "Ctrl+P", "print", self.save_calendar),
            PageAction(
                _("Change meeting day"),
                "F4",
                "calendar",
                self.change_day,
                forming.reschedule,
            ),
        )
        self.table = CalendarView()
        self.table.doubleClicked.connect(self._open)
        self.table.selectionModel().currentChanged.connect(self._tell_cell)
        self._says = label("", "strong", wrap=True)
        signs = label(calendar_documents.sign_words(), "small", wrap=True)
        inside = rows(gap=0)
        inside.addWidget(self.table, 1)
        inside.addWidget(rule())
        inside.addLayout(rows(self._says, signs, gap=2, margin=(16, 8, 16, 8)))
        self._sheet = sheet(inside)
        self._empty = Empty(
            _("No groups yet. Place those who are waiting."),
            _("Go to Groups"),
            partial(self.opens.emit, "groups", None),
        )
        box = rows(gap=0, margin=(24, 12, 24, 12))
        box.addWidget(self._sheet, 1)
        box.addWidget(self._empty, 1)
        self.setLayout(box)

    def refresh(self) -> None:
        """Ask for the calendar of the latest round."""
        self.ask(round_calendar, then=self._show)

    def _show(self, found: RoundCalendar) -> None:
        before = self.table.currentIndex()
        place = (before.row(), before.column()) if before.isValid() else (0, 1)
        self.table.cells.show_calendar(found)
        self.table.fit()
        self.table.setCurrentIndex(self.table.cells.index(*place))
        self._sheet.setVisible(bool(found.rows))
        self._empty.setVisible(not found.rows)
        states = found.states()
        told = [many("{n} group", "{n} groups", len(found.rows))]
        for state, (word, _sign) in STATES.items():
            if states[state]:
                told.append(f"{states[state]} {_(word)}")
        title = _("Calendar of round {name}").format(name=found.name)
        self.tell(" · ".join(told), title)

    @Slot()
    def _tell_cell(self, *_indexes: object) -> None:
        index = self.table.currentIndex()
        row = self.table.cells.row(index)
        words = self.table.cells.words(index)
        if not words and row is not None:
            words = f"{row.name} · {row.place}"
        self._says.setText(words)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        """The grid of the group, at the session of the cell where there is one."""
        row = self.table.cells.row(index)
        if row is None:
            return
        sessions = self.table.cells.sessions(index)
        item: object = row.group_id
        if sessions:
            item = ("session", row.group_id, sessions[0].id)
        self.opens.emit("attendance", item)

    @Slot()
    def change_day(self) -> None:
        """Another weekday for the sessions of a group that are still to come, from one of them on."""
        index = self.table.currentIndex()
        row = self.table.cells.row(index)
        if row is None:
            return
        to_come = [one for one in row.sessions if one.state == TO_COME]
        if not to_come:
            self.said.emit(_("This group has no more sessions to come."))
            return
        form = Form([_session_field(to_come), _day_field()], columns=1)
        here = [one.number for one in self.table.cells.sessions(index)]
        first = next((one for one in to_come if one.number in here), to_come[0])
        form.show_values({"number": first.number, "weekday": first.day.weekday()})
        title = _("Meeting day of {group}").format(group=row.name)
        dialog = Dialog(
            self,
            title,
            form,
            _("Reschedule"),
            460,
            ends_in=forming.reschedule,
            about=row.group_id,
        )
        dialog.accepted_with.connect(partial(self._reschedule, dialog, row.group_id))
        dialog.show()

    def _reschedule(self, dialog: Dialog, group_id: int, values: FormValues) -> None:
        dialog.send(
            self.desk,
            forming.reschedule,
            group_id,
            values["number"],
            values["weekday"],
        )

    @Slot()
    def save_calendar(self) -> None:
        """The calendar as PDF, to print."""
        found = self.table.cells.found
        if found is None or not found.rows:
            self.said.emit(_("There are no groups yet."))
            return
        name = f"calendar-{found.name}.pdf"
        asked = _("Save the calendar")
        kind = calendar_documents.KIND
        save_as(self, self.desk, kind, asked, name, "*.pdf", self.save_to)

    def save_to(self, path: Path, to: Recipient = OWN) -> None:
        """Write the calendar that is shown."""
        found = self.table.cells.found
        assert found is not None
        office = self.desk.office
        content = calendar_documents.pdf(found, office.title, office.practice)
        what = Outgoing(calendar_documents.KIND, 0, to)
        said = _("Saved as {file}").format(file=path.name)
        keep(self, what, {path: content}, said)

    def setFocus(self, *reason: object) -> None:
        """The cursor belongs into the calendar."""
        self.table.setFocus()


def _session_field(to_come: list[CalendarSession]) -> Field:
    choices: list[tuple[object, str]] = []
    for one in to_come:
        words = _("Session {n}, {day}")
        choices.append((one.number, words.format(n=one.number, day=full_day(one.day))))
    return Field("number", _("From session"), "choice", choices=choices)


def _day_field() -> Field:
    choices: list[tuple[object, str]] = []
    for day in range(7):
        choices.append((day, weekday(day)))
    moves = _("All sessions from this one on move to that day; free days are left out.")
    return Field("weekday", _("Meeting day"), "choice", moves, choices=choices)
