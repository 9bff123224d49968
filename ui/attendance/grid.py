"""Attendance: one group, fifteen sessions, by keyboard alone. Each mark is saved at once."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from cbs_desktop.attendance import actions, queries, rules
from cbs_desktop.attendance import documents as register_documents
from cbs_desktop.attendance.bulk import enter_sheet
from cbs_desktop.attendance.queries import Grid, Unmarked
from cbs_desktop.exports.rules import OWN, Outgoing, Recipient
from cbs_desktop.groups import queries as groups
from cbs_desktop.groups.queries import GroupRow
from cbs_desktop.programmes import queries as programmes
from cbs_desktop.words import _, many
from ui.attendance.marks import MarkTable
from ui.attendance.opening import open_next, open_session
from ui.attendance.sheet_import import SheetImport
from ui.desk import Desk
from ui.screen import PageAction, Screen
from ui.vocabulary import PHASES, full_day, word
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.widgets.outgoing import keep, save_as
from ui.widgets.parts import Chip, Empty, clear, label, line, picture, rows, rule, sheet

_STATUS = {
    "held": "It was held",
    "postponed": "It was postponed",
    "cancelled": "It was cancelled",
}


class Attendance(Screen):
    """The grid of a group, its warnings, its printed register."""

    word = "attendance"
    watches = frozenset({"attendance", "groups", "participants"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.offer(
            PageAction(_("Print registers"), "Ctrl+P", "print", self.save_registers),
            PageAction(_("Session details"), "F2", "calendar", self.change_session),
            PageAction(
                _("Marks from a spreadsheet"),
                "Ctrl+I",
                "import",
                self.import_marks,
                enter_sheet,
            ),
            PageAction(
                _("Calendar of the round"),
                "",
                "calendar",
                partial(self._go, "calendar"),
            ),
            PageAction(_("Next register"), "Ctrl+Return", "next", self.next_register),
            PageAction(_("Next group"), "Ctrl+PgDown", "next", self.next_group),
            PageAction(
                _("Previous group"), "Ctrl+PgUp", "previous", self.previous_group
            ),
        )
        self._groups: list[GroupRow] = []
        self._unmarked: list[Unmarked] = []
        self._grid: Grid | None = None
        self.group = QComboBox()
        self.group.setAccessibleName(_("Group"))
        self.group.setMinimumWidth(260)
        self.group.currentIndexChanged.connect(self._choose)
        self.table = MarkTable()
        self.table.marked.connect(self._mark)
        self.table.all_present.connect(self._all_present)
        self.table.moved.connect(self._tell_session)
        self._warnings = line(gap=12)
        self._chip = Chip()
        self._led = ""
        self._empty = Empty(
            _("No groups yet. Place those who are waiting."),
            _("Go to Groups"),
            partial(self._go, "groups"),
        )
        self._build()

    def _build(self) -> None:
        keys = line(gap=6)
        for key, does in (
            *((mark.letter, _(mark.word)) for mark in rules.MARKS),
            ("Del", _("clear")),
            ("F9", _("mark all others present")),
            ("F2", _("session")),
        ):
            keys.addWidget(label(key, "strong"))
            keys.addWidget(label(does, "small"))
            keys.addSpacing(6)
        head = line(self.group, 8, gap=8, margin=(16, 10, 16, 8))
        self._keys = QWidget()
        self._keys.setLayout(keys)
        self._keys.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred
        )
        keys.addStretch(1)
        head.addWidget(self._keys, 2)
        head.addWidget(self._chip)
        inside = rows(gap=0)
        inside.addLayout(head)
        inside.addWidget(rule())
        inside.addWidget(self.table, 1)
        self._sheet = sheet(inside)
        box = rows(gap=10, margin=(24, 12, 24, 12))
        box.addLayout(self._warnings)
        box.addWidget(self._sheet, 1)
        box.addWidget(self._empty, 1)
        self._box = box
        self.setLayout(box)

    def refresh(self) -> None:
        """Ask for the groups, then for the one that is shown."""
        self.ask(groups.groups, then=self._show_groups)
        self.ask(queries.unmarked, then=self._keep_unmarked)

    def _keep_unmarked(self, found: list[Unmarked]) -> None:
        self._unmarked = found

    def _show_groups(self, found: list[GroupRow]) -> None:
        chosen = self.group.currentData()
        same = [one.id for one in found] == [one.id for one in self._groups]
        self._groups = found
        self._sheet.setVisible(bool(found))
        self._empty.setVisible(not found)
        if not same:
            self.group.blockSignals(True)
            self.group.clear()
            for one in found:
                self.group.addItem(f"{one.name} · {one.place}", one.id)
            place = self.group.findData(chosen)
            self.group.setCurrentIndex(max(0, place))
            self.group.blockSignals(False)
        self._choose()

    @Slot()
    def _choose(self, *_index: object) -> None:
        group_id = self.group.currentData()
        if group_id is not None:
            self.ask(queries.grid, group_id, then=self._show)

    def _show(self, grid: Grid) -> None:
        first = self._grid is None or self._grid.group_id != grid.group_id
        self._grid = grid
        self.table.show_grid(grid, first)
        row = next((one for one in self._groups if one.id == grid.group_id), None)
        led = ", ".join(row.facilitators) if row else ""
        self._led = _("{place} · facilitators {names}").format(
            place=grid.place, names=led or "–"
        )
        self.tell(self._led, grid.name)
        self._show_warnings(grid)
        self._tell_session()

    def _show_warnings(self, grid: Grid) -> None:
        clear(self._warnings)
        said: list[tuple[str, str, str]] = []
        running = any(column.status == "" for column in grid.columns)
        for row in grid.rows if running else ():
            if row.left_on is None and row.completion.state in (
                "nearly",
                "not complete",
            ):
                most = row.completion.attended + row.completion.remaining
                said.append(
                    (
                        "stop",
                        _("{name} can no longer reach {n}").format(
                            name=row.name, n=row.completion.needed
                        ),
                        _("At most {n}. They may stay and finish.").format(n=most),
                    )
                )
            elif row.left_on is None and row.absent_in_a_row >= rules.IN_A_ROW:
                said.append(
                    (
                        "warn",
                        _("{name}: absent {n} times in a row").format(
                            name=row.name, n=row.absent_in_a_row
                        ),
                        _("They may need a visit."),
                    )
                )
        for kind, what, more in said[:2]:
            box = line(picture(kind, kind, 20), gap=12, margin=(14, 6, 14, 6))
            box.addLayout(rows(label(what, "strong"), label(more, "small"), gap=0), 1)
            if len(said) > 2 and (kind, what, more) == said[1]:
                box.addWidget(
                    label(
                        many("and {n} more below", "and {n} more below", len(said) - 2),
                        "small",
                    )
                )
            self._warnings.addWidget(sheet(box, kind), 1)

    @Slot()
    def _tell_session(self) -> None:
        place = self.table.session_place()
        if self._grid is None or place < 0:
            return
        column = self._grid.columns[place]
        marked = sum(
            bool(row.marks[place]) and row.marks[place] != "–"
            for row in self._grid.rows
        )
        expected = self._grid.expected[place]
        words = _("Session {n}, {day}, {phase}").format(
            n=column.number, day=full_day(column.day), phase=word(PHASES, column.phase)
        )
        self.tell(f"{words} · {self._led}", self._grid.name)
        self._chip.tell(
            "ok" if marked == expected else "info",
            _("{n} of {m} marked").format(n=marked, m=expected),
        )

    @Slot(object, object, str)
    def _mark(self, session: int, person: int, value: str) -> None:
        self.do(actions.mark, session, person, value)

    @Slot(object)
    def _all_present(self, session: int) -> None:
        self.do(actions.mark_all, session)

    def _step(self, by: int) -> None:
        if self.group.count():
            self.group.setCurrentIndex(
                (self.group.currentIndex() + by) % self.group.count()
            )

    @Slot()
    def import_marks(self) -> None:
        """Marks from a spreadsheet, in a window of their own."""
        SheetImport(self).show()

    @Slot()
    def next_register(self) -> None:
        """The next register of today, or of before, that is not complete."""
        open_next(self)

    @Slot()
    def next_group(self) -> None:
        """The next group."""
        self._step(1)

    @Slot()
    def previous_group(self) -> None:
        """The group before."""
        self._step(-1)

    @Slot()
    def change_session(self) -> None:
        """What became of the session under the cursor: held when and in which phase, postponed, cancelled."""
        place = self.table.session_place()
        if self._grid is None or place < 0:
            return
        column = self._grid.columns[place]
        phases = list(dict.fromkeys(one.phase for one in self._grid.columns))
        form = Form(
            [
                Field(
                    "status",
                    _("Status"),
                    "choice",
                    choices=[(code, _(text)) for code, text in _STATUS.items()],
                ),
                Field("held_on", _("Held on"), "date"),
                Field(
                    "phase",
                    _("Phase worked on"),
                    "choice",
                    choices=[(phase, word(PHASES, phase)) for phase in phases],
                ),
                Field(
                    "note",
                    _("Brief note (nothing that was said in the circle)"),
                    span=2,
                ),
            ]
        )
        form.show_values(
            {
                "status": column.status or "held",
                "held_on": column.day,
                "phase": column.phase,
                "note": column.note,
            }
        )
        title = _("Session {n} of {group}").format(
            n=column.number, group=self._grid.name
        )
        dialog = Dialog(
            self, title, form, _("Save"), ends_in=actions.hold, about=column.id
        )
        dialog.accepted_with.connect(partial(self._hold, dialog, column.id))
        dialog.show()

    def _hold(self, dialog: Dialog, session: int, values: FormValues) -> None:
        day = values["held_on"] if values["status"] == "held" else None
        dialog.send(
            self.desk,
            actions.hold,
            session,
            values["status"],
            day,
            values["phase"],
            values["note"],
        )

    @Slot()
    def save_registers(self) -> None:
        """The registers of all groups as PDF, to print."""
        self.ask(programmes.rounds, then=self._ask_where)

    def _ask_where(self, rounds: list[programmes.RoundFacts]) -> None:
        if not rounds or not self._groups:
            self.said.emit(_("There are no groups to print registers for."))
            return
        name = f"registers-{rounds[0].name}.pdf"
        write = partial(self.write_registers, rounds[0].id)
        kind = "attendance registers"
        save_as(self, self.desk, kind, _("Save the registers"), name, "*.pdf", write)

    def write_registers(self, round_id: int, path: Path, to: Recipient = OWN) -> None:
        """Draw the registers beside the window, and write them."""

        def made(paper: tuple[bytes, int]) -> None:
            content, people = paper
            what = Outgoing("attendance registers", people, to)
            said = _("The registers were saved to {file}. Print them from there")
            keep(self, what, {path: content}, said.format(file=path.name))

        self.work(
            _("Saving the registers"),
            register_documents.counted_registers,
            self.desk.office,
            round_id,
            takes_progress=False,
            then=made,
        )

    def show_item(self, item: object) -> None:
        """A group by id, or the first of what is missing."""
        if isinstance(item, int):
            self.group.setCurrentIndex(max(0, self.group.findData(item)))
        elif isinstance(item, tuple):
            open_session(self, item)
        elif item == "missing":
            self.ask(queries.unmarked, then=self._open_missing)

    def _open_missing(self, found: list[Unmarked]) -> None:
        if found:
            self.group.setCurrentIndex(max(0, self.group.findData(found[0].group_id)))
        self.table.setFocus()

    def _go(self, place: str, *_more: object) -> None:
        self.opens.emit(place, None)

    def setFocus(self, *reason: object) -> None:
        """The cursor belongs into the grid."""
        self.table.setFocus()

    def find_in_list(self) -> None:
        """Ctrl+F chooses a group."""
        self.group.setFocus()
        self.group.showPopup()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Less edge, and the keys only behind F1, where it is tight."""
        super().resizeEvent(event)
        tight = self.width() < 1150
        self._keys.setVisible(not tight)
        self._box.setContentsMargins(*((12, 8, 12, 8) if tight else (24, 12, 24, 12)))
        self._tell_session()
