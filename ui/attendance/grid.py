"""Attendance: one group, fifteen sessions, by keyboard alone. Each mark is saved at once."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from cbs_desktop.action import Change
from cbs_desktop.attendance import actions, queries, rules
from cbs_desktop.attendance.bulk import enter_sheet
from cbs_desktop.attendance.queries import Grid
from cbs_desktop.groups import queries as groups
from cbs_desktop.groups.queries import GroupRow
from cbs_desktop.programmes import queries as programmes
from cbs_desktop.programmes.marks import MarkSet
from cbs_desktop.words import _, many
from ui.attendance.cell_form import ask_cell
from ui.attendance.evidence import Evidence
from ui.attendance.marks import MarkTable
from ui.attendance.opening import open_next, open_session
from ui.attendance.printing import Here, RegisterPrinting
from ui.attendance.session_form import ask_session
from ui.attendance.sheet_import import SheetImport
from ui.desk import Desk
from ui.screen import PageAction, Screen
from ui.vocabulary import PHASES, completion_sum, full_day, mark_word, word
from ui.widgets.inputs import NumberInput
from ui.widgets.parts import Chip, Empty, clear, label, line, picture, rows, rule, sheet

_ITSELF = frozenset({"attendance"})
_HEADS_WIDE = 66  # pixels: two digits, or the word of the field


def _checked(grid: Grid, place: int) -> tuple[str, str]:
    """The marks of a session against who was expected, and against the head count of the paper."""
    marked, expected, came = grid.marked[place], grid.expected[place], grid.came[place]
    heads = grid.columns[place].head_count
    if heads is not None and marked and heads != came:
        words = _("Paper says {n} came, marks say {m}")
        return "warn", words.format(n=heads, m=came)
    words = _("{n} of {m} marked").format(n=marked, m=expected)
    return ("ok" if marked == expected else "info"), words


class Attendance(Screen):
    """The grid of a group, its warnings, its printed register."""

    word = "attendance"
    watches = frozenset({"attendance", "groups", "participants"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.offer(
            PageAction(_("Print registers"), "Ctrl+P", "print", self.print_registers),
            PageAction(_("Read registers"), "Ctrl+R", "import", self.read_registers),
            PageAction(_("Session details"), "F4", "calendar", self.change_session),
            PageAction(_("This mark: remark, history"), "F2", "edit", self.open_cell),
            PageAction(_("Show the paper"), "Ctrl+E", "registers", self.show_paper),
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
        self._grid: Grid | None = None
        self._marks: MarkSet | None = None
        self._counting: int | None = None  # the session whose heads the field shows
        self._wanted: int | None = None  # a group that somebody was led to
        self._shown_once = False
        self._after: tuple[int, int] | None = None  # session, person marked last
        self.group = QComboBox()
        self.group.setAccessibleName(_("Group"))
        self.group.setMinimumWidth(260)
        self.group.currentIndexChanged.connect(self._choose)
        self.table = MarkTable()
        self.table.marked.connect(self._mark)
        self.table.all_present.connect(self._all_present)
        self.table.moved.connect(self._tell_session)
        self.table.counted.connect(self._begin_count)
        self.heads = NumberInput()
        self.heads.setAccessibleName(_("Head count on the paper"))
        self.heads.setPlaceholderText(_("Paper"))
        self.heads.setToolTip(_("Head count on the paper: type its digits in the grid"))
        self.heads.setFixedWidth(_HEADS_WIDE)
        self.heads.returnPressed.connect(self._end_count)
        self.heads.editingFinished.connect(self._count_heads)
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
        self._key_line = keys
        head = line(self.group, 8, gap=8, margin=(16, 10, 16, 8))
        self._head = head
        self._keys = QWidget()
        self._keys.setLayout(keys)
        self._keys.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred
        )
        head.addWidget(self._keys, 2)
        self._heads_label = label(_("Paper:"), "small")
        self._heads_label.setBuddy(self.heads)
        head.addWidget(self._heads_label)
        head.addWidget(self.heads)
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

    def _show_keys(self, marks: MarkSet) -> None:
        """The letters of the programme, and the other keys."""
        if marks == self._marks:
            return
        self._marks = marks
        clear(self._key_line)
        said = [(letter, mark_word(marks, letter)) for letter in marks.letters]
        said.append(("Del", _("clear")))
        said.append(("F9", _("all others")))
        said.append(("F2", _("remark")))
        said.append(("F4", _("session")))
        for key, does in said:
            self._key_line.addWidget(label(key, "strong"))
            self._key_line.addWidget(label(does, "small"))
            self._key_line.addSpacing(6)
        self._key_line.addStretch(1)

    def on_change(self, change: Change) -> None:
        """After a mark only the group that is shown is asked for: whoever types does not wait for the list of all."""
        if self._grid is None or not self.isVisible() or change.rooms != _ITSELF:
            super().on_change(change)
            return
        self.ask(queries.grid, self._grid.group_id, then=self._show)

    def refresh(self) -> None:
        """Ask for the groups, then for the one that is shown."""
        self.ask(groups.groups, then=self._show_groups)
        if self._grid is None:
            self.ask(queries.last_marked, then=self._go_on_where_left)

    def _go_on_where_left(self, last: tuple[int, int, int] | None) -> None:
        """After a power cut, or the next morning: the row after the last mark of this account. Whoever was led to a group
        stays there."""
        if last is None or self._shown_once:
            return
        self._shown_once = True
        group, session, person = last
        self._after = (session, person)
        place = self.group.findData(group)
        if place >= 0 and place != self.group.currentIndex():
            self.group.setCurrentIndex(place)
        elif self._grid is not None and self._grid.group_id == group:
            self._show(self._grid)

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
            if self._wanted is not None:
                self._show_wanted()
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
        self._show_keys(grid.marks)
        self.table.show_grid(grid, first)
        if self._after is not None:
            self.table.go_after(*self._after)
            self._after = None
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
        words = _("Session {n}, {day}, {phase}").format(
            n=column.number, day=full_day(column.day), phase=word(PHASES, column.phase)
        )
        facts = [words, self._sum_of_person(), self._led]
        self.tell(" · ".join(filter(None, facts)), self._grid.name)
        if not self.heads.hasFocus():
            self._counting = column.id
            self.heads.show_value(column.head_count)
        self._chip.tell(*_checked(self._grid, place))

    def _sum_of_person(self) -> str:
        """How the person under the cursor stands, with the sum."""
        here = self.table.here()
        if here is None:
            return ""
        _column, row = here
        return f"{row.name}: {completion_sum(row.completion)}"

    @Slot(object, object, str)
    def _mark(self, session: int, person: int, value: str) -> None:
        put = partial(self.table.marks.put, session, person, value)
        self.do(actions.mark, session, person, value, then=lambda _none: put())

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
        """What became of the session under the cursor."""
        place = self.table.session_place()
        if self._grid is not None and place >= 0:
            session = self._grid.columns[place].id
            self.ask(queries.session_details, session, then=partial(ask_session, self))

    @Slot()
    def open_cell(self) -> None:
        """The mark under the cursor with its remark and its history."""
        found = self.table.here()
        if self._grid is not None and found is not None:
            column, row = found
            show = partial(ask_cell, self, column, row, self._grid.marks)
            self.ask(queries.cell, column.id, row.person_id, then=show)

    @Slot(str)
    def _begin_count(self, digit: str) -> None:
        """A digit typed into the grid begins the head count of the session."""
        self.heads.setFocus()
        self.heads.setText(digit)
        self.heads.setModified(True)

    @Slot()
    def _end_count(self) -> None:
        """Enter goes back into the grid, unless what was typed is no number; leaving the field saves."""
        if isinstance(self.heads.value(), str):
            self.said.emit(_("A head count is a whole number, such as 12."))
        else:
            self.table.setFocus()

    @Slot()
    def _count_heads(self) -> None:
        """Save the head count that was typed; also when somebody goes elsewhere without Enter."""
        count = self.heads.value()
        if self._counting is None or not self.heads.isModified():
            return
        if isinstance(count, str):
            self.said.emit(_("A head count is a whole number, such as 12."))
            return
        self.heads.setModified(False)
        self.do(actions.count_heads, self._counting, count)

    @Slot()
    def print_registers(self) -> None:
        """Ask which registers are to be printed."""
        self.ask(programmes.rounds, then=self._ask_which)

    def _ask_which(self, rounds: list[programmes.RoundFacts]) -> None:
        if not rounds or self._grid is None:
            self.said.emit(_("There are no groups to print registers for."))
            return
        place = max(0, self.table.session_place())
        session = self._grid.columns[place].number
        here = Here(self._grid.group_id, self._grid.name, session)
        RegisterPrinting(self, rounds[0].id, rounds[0].name).ask(here)

    @Slot()
    def read_registers(self) -> None:
        """Registers that came back on paper."""
        self.opens.emit("registers", None)

    @Slot()
    def show_paper(self) -> None:
        """The paper on which the mark under the cursor stands."""
        found = self.table.here()
        if found is not None:
            column, row = found
            Evidence(self).ask(column.id, row.person_id)

    def show_item(self, item: object) -> None:
        """A group by id, or a session of one (opening.py); not where somebody was marking last."""
        self._shown_once = self._shown_once or item is not None
        if isinstance(item, int):
            self._wanted = item
            self._show_wanted()
        elif isinstance(item, tuple):
            open_session(self, item)

    def _show_wanted(self) -> None:
        """Show the group that somebody was led to, as soon as the groups are known."""
        place = self.group.findData(self._wanted)
        if place >= 0:
            self._wanted = None
            self.group.setCurrentIndex(place)

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
        self._heads_label.setVisible(not tight)
        if tight:
            self._box.setContentsMargins(12, 4, 12, 4)
            self._head.setContentsMargins(16, 4, 16, 4)
        else:
            self._box.setContentsMargins(24, 12, 24, 12)
            self._head.setContentsMargins(16, 10, 16, 8)
        self._tell_session()
