"""Participants: search as you type, filter by state and district, one person beside the list."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QStackedWidget

from cbs_desktop.drafts.queries import Unfinished
from cbs_desktop.duplicates import actions as duplicate_actions
from cbs_desktop.duplicates import queries as duplicates
from cbs_desktop.duplicates.queries import AlikePairs
from cbs_desktop.overview import queries as overview
from cbs_desktop.overview.consents import NO_CONSENT
from cbs_desktop.overview.roster import STATES as CODES
from cbs_desktop.overview.roster import Record, Roster, RosterRow
from cbs_desktop.participants.queries import EditablePerson, form
from cbs_desktop.places import queries as places
from cbs_desktop.places.queries import Choice
from cbs_desktop.screening.discretion import URGENT, may_know
from cbs_desktop.words import _, many
from ui import theme
from ui.desk import Desk
from ui.participants.duplicates import Duplicates, Merges
from ui.participants.form import PersonForm
from ui.participants.importing import Import
from ui.participants.person import PersonPanel
from ui.participants.ticking import Ticks
from ui.screen import PageAction, Screen
from ui.vocabulary import STATES, chip
from ui.widgets.parts import label, line, rows, rule, sheet
from ui.widgets.table import PAGE, Column, Table

_STATE_LETTERS = 14  # room for the usual ones; letters are counted as wide as an X
REST = 120  # milliseconds that the list stands still before the person's page is made: typing goes first
NARROW = 1150  # pixels: below, the person is a page of its own


def _columns() -> list[Column]:
    return [
        Column(_("Number"), lambda row: row.number, width=128),
        Column(_("Name"), lambda row: row.name, strong=True, stretch=True, width=230),
        Column(
            _("Sex, age"),
            lambda row: f"{row.sex} {row.age if row.age is not None else '?'}",
            width=70,
        ),
        Column(
            _("Sector"),
            lambda row: row.place.split(" › ")[min(1, row.place.count(" › "))],
            width=102,
        ),
        Column(_("Group"), lambda row: row.group or "–", width=98),
        Column(_("Status"), chip=lambda row: chip(STATES, row.state), width=132),
    ]


def _hint() -> str:
    return _("↑ ↓ move   Enter opens   Space ticks   Ctrl+A ticks all   Ctrl+P lists")


def _id_of(row: RosterRow) -> int:
    return row.id


class Participants(Screen):
    """People: find, look, register, change, import."""

    word = "participants"
    watches = frozenset(
        {
            "participants",
            "duplicates",
            "screening",
            "groups",
            "attendance",
            "certificates",
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.table = Table(_("People"), _columns(), tickable=True, key=_id_of)
        self.ticks = Ticks(self, _hint())
        self.offer(
            PageAction(_("New person"), "Ctrl+N", "new", self.new_person),
            PageAction(_("Import"), "Ctrl+I", "import", self.open_import),
            PageAction(_("Edit this person"), "Ctrl+E", "edit", self.edit_person),
            PageAction(
                _("Duplicates"),
                "Ctrl+D",
                "compare",
                self.find_duplicates,
                duplicates.alike_pairs,
            ),
            PageAction(
                _("Merged records"), "", "again", self.show_merges, duplicates.merges
            ),
            PageAction(
                _("Attendance of this person"),
                "Ctrl+G",
                "attendance",
                self.show_attendance,
            ),
            *self.ticks.actions_offered(),
        )
        self.search = QLineEdit()
        self.search.setAccessibleName(
            _("Search by name, number, phone, ID, place or group")
        )
        self.search.setPlaceholderText(_("Name, place …"))
        self.search.addAction(
            theme.icon("find", "second"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.state = QComboBox()
        self.district = QComboBox()
        self.state.setAccessibleName(_("Status"))
        self.district.setAccessibleName(_("District"))
        self.state.addItem(_("Any status"), "")
        for code in CODES:
            if code == URGENT and not may_know(desk.office.account):
                continue
            self.state.addItem(chip(STATES, code)[1], code)
        self.state.addItem(_("In group, no consent"), NO_CONSENT)
        self.state.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.state.setMinimumContentsLength(_STATE_LETTERS)
        self.district.addItem(_("All {level.districts}"), None)
        self.state.currentIndexChanged.connect(self._narrow)
        self.district.currentIndexChanged.connect(self._narrow)
        self._count = label("", "small")
        self.table.model_rows.wanted.connect(self._fetch)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._enter)
        self.person = PersonPanel(self)
        self._stack = QStackedWidget()
        self._build()
        self.ask(places.covered, then=self._show_districts)

    def _build(self) -> None:
        filters = line(
            self.search,
            self.state,
            self.district,
            None,
            self._count,
            gap=8,
            margin=(16, 12, 16, 12),
        )
        self.search.setMinimumWidth(190)
        left = rows(filters, rule(), gap=0)
        left.addWidget(self.table, 1)
        left.addWidget(rule())
        left.addWidget(self.ticks)
        self._list = sheet(left)
        self._pane = sheet(rows(self.person))
        self._box = line(gap=16, margin=(24, 16, 24, 16))
        self._box.addWidget(self._list, 2)
        self._box.addWidget(self._pane, 1)
        self._pane.setMinimumWidth(330)
        self.setLayout(self._box)

    def _show_districts(self, found: list[Choice]) -> None:
        for one in found:
            self.district.addItem(one.name, one.id)

    def refresh(self) -> None:
        """Ask for the people who fit the search, and whether those ticked are still there."""
        self._narrow()
        self.ticks.look_again()

    @Slot()
    def _narrow(self, *_changed: object) -> None:
        """Ask for the people who fit the search."""
        self.ask(overview.roster, *self.wanted(), then=self._show)

    def wanted(self) -> tuple[str, str, int | None]:
        """The words, the state and the district that the list is narrowed to."""
        return self.search.text(), self.state.currentData(), self.district.currentData()

    def _show(self, roster: Roster) -> None:
        chosen = self.table.current()
        self.table.model_rows.show_count(roster.count, roster.rows)
        place = next(
            (i for i, row in enumerate(roster.rows) if chosen and row.id == chosen.id),
            0,
        )
        self.table.choose(place)
        more = _("more than {n} people") if roster.more else ""
        self._count.setText(
            more.format(n=roster.count)
            if more
            else many("{n} person", "{n} people", roster.count)
        )
        order = _("by name") if roster.by_name else _("by number")
        self.tell(_("{count}, {order}").format(count=self._count.text(), order=order))
        if not roster.rows:
            self.person.show_nothing(self._why_nobody())

    def _why_nobody(self) -> str:
        text = self.search.text().strip()
        if not text and not self.state.currentData():
            return _("No people yet. Register one, or import a list.")
        why = _(
            "Nobody was found for “{text}”. Try fewer letters or another status."
        ).format(text=text)
        if self._name_sought():
            why += " " + _("Ctrl+N registers a new person with this name.")
        return why

    def _name_sought(self) -> str:
        """The name that was looked for and that nobody has."""
        text = self.search.text().strip()
        if self.table.rows or any(sign.isdigit() for sign in text):
            return ""
        return text

    def _fetch(self, first: int) -> None:
        supply = partial(self._supply, first)
        self.ask(overview.roster, *self.wanted(), first, PAGE, then=supply, about=first)

    def _supply(self, first: int, roster: Roster) -> None:
        self.table.model_rows.supply(first, roster.rows)

    def _choose(self, row: RosterRow | None) -> None:
        if row is not None:
            self.ask(overview.record, row.id, then=self._show_record, rest=REST)

    def _show_record(self, record: Record) -> None:
        self.person.show_record(record)

    def _enter(self, row: RosterRow) -> None:
        if self._is_narrow():
            self._list.hide()
            self._pane.show()
        self.person.setFocus()

    @Slot()
    def show_attendance(self) -> None:
        """All sessions of the person who is shown."""
        self.person.show_attendance()

    def leave_person(self) -> None:
        """Back to the list (Esc)."""
        self._list.show()
        self._pane.setVisible(not self._is_narrow())
        self.table.setFocus()

    def _is_narrow(self) -> bool:
        return self.width() < NARROW - 60

    def resizeEvent(self, event: QResizeEvent) -> None:
        """When narrow, the list takes all the room."""
        super().resizeEvent(event)
        if self._list.isVisible() or not self._pane.isVisible():
            self._pane.setVisible(not self._is_narrow())
        margin = 12 if self._is_narrow() else 24
        self._box.setContentsMargins(margin, 12, margin, 12)

    def show_item(self, item: object) -> None:
        """A person by id, the people in a state, or the form of somebody new."""
        if item == "register":
            self.new_person()
        elif isinstance(item, str) and item in (*CODES, NO_CONSENT):
            self.state.setCurrentIndex(max(0, self.state.findData(item)))
        elif isinstance(item, Unfinished) and item.about:
            self.ask(form, item.about, then=self._edit)
        elif isinstance(item, Unfinished):
            PersonForm(self, None).show()
        elif isinstance(item, int):
            self.desk.ask(self.person, overview.record, item, then=self._open_record)

    def _open_record(self, record: Record) -> None:
        self.state.setCurrentIndex(0)
        self.search.setText(record.row.number)
        self.person.show_record(record)
        self._enter(record.row)

    def find_in_list(self) -> None:
        """Ctrl+F."""
        self.search.setFocus()
        self.search.selectAll()

    @Slot()
    def new_person(self) -> None:
        """Register somebody; under the name that was looked for, where nobody has it."""
        PersonForm(self, None, self._name_sought()).show()

    @Slot()
    def edit_person(self) -> None:
        """Change the person who is shown."""
        if self.person.record is not None:
            self.ask(form, self.person.record.row.id, then=self._edit)

    def _edit(self, found: EditablePerson) -> None:
        PersonForm(self, found).show()

    @Slot()
    def find_duplicates(self) -> None:
        """Compare all people of the office, beside the window; then show who may be there twice."""
        self.work(
            _("Comparing all people"),
            partial(self.desk.office.ask, duplicates.alike_pairs),
            then=self._show_duplicates,
        )

    def _show_duplicates(self, found: AlikePairs) -> None:
        self.do(duplicate_actions.remember_weights, found.weights)
        Duplicates(self, found).show()

    @Slot()
    def show_merges(self) -> None:
        """Merges that stand."""
        Merges(self).show()

    @Slot()
    def open_import(self) -> None:
        """Import a list."""
        Import(self).show()
