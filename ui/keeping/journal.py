"""The journal: who did what and when, narrowed by account, by kind of work and by days; the check beside it."""

from datetime import date
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox

from cbs_desktop.findings import Checked
from cbs_desktop.keeping import problems, queries
from cbs_desktop.keeping.queries import JournalFilter, JournalLine, JournalPage
from cbs_desktop.words import _, many
from ui.desk import Desk
from ui.findings import Findings
from ui.screen import PageAction, Screen
from ui.vocabulary import full_day
from ui.widgets.inputs import DayInput
from ui.widgets.parts import label, line, rows, rule, sheet
from ui.widgets.table import PAGE, Column, Table

_N = str  # marks a word for the catalogues; it is translated when it is shown
ROOMS = {
    "participants": _N("Participants"),
    "duplicates": _N("Duplicates"),
    "screening": _N("Screening"),
    "groups": _N("Groups"),
    "facilitators": _N("Facilitators"),
    "attendance": _N("Attendance"),
    "certificates": _N("Certificates"),
    "programmes": _N("Programmes and rounds"),
    "places": _N("Places"),
    "exports": _N("Exports and prints"),
    "protection": _N("Data protection"),
    "settings": _N("Settings"),
    "drafts": _N("Unfinished forms"),
    "keeping": _N("Accounts and safety"),
    "office": _N("The office itself"),
}


def _columns() -> list[Column]:
    return [
        Column(_("Number"), lambda one: str(one.act), right=True, width=80),
        Column(_("When"), _when, width=150),
        Column(_("Who"), lambda one: one.account, width=130),
        Column(_("What"), _done, strong=True, stretch=True, width=320),
        Column(_("Records"), lambda one: str(one.rows), right=True, width=90),
        Column(_("Laptop"), lambda one: one.laptop or "–", width=80),
    ]


def _when(one: JournalLine) -> str:
    day = full_day(one.at.date())
    return f"{day} {one.at:%H:%M}"


def _done(one: JournalLine) -> str:
    if one.undid:
        return _("Undo or redo of {act}: {what}").format(act=one.undid, what=one.done)
    return one.done


def _day(field: DayInput) -> date | None:
    """The day of a field; None while it is none yet."""
    value = field.value()
    return value if isinstance(value, date) else None


class Journal(Screen):
    """Every act of the office, the latest first."""

    word = "journal"
    watches = frozenset(ROOMS)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.page_actions = (
            PageAction(_("Check the office"), "", "ok", self.check_office),
            PageAction(_("Data protection"), "", "protection", self.open_protection),
        )
        self.account = QComboBox()
        self.account.setAccessibleName(_("Who"))
        self.account.addItem(_("Everybody"), "")
        self.room = QComboBox()
        self.room.setAccessibleName(_("Kind of work"))
        self.room.addItem(_("All work"), "")
        for key, word in ROOMS.items():
            self.room.addItem(_(word), key)
        self.since = DayInput()
        self.since.setAccessibleName(_("From"))
        self.until = DayInput()
        self.until.setAccessibleName(_("To"))
        self._count = label("", "small")
        self._tables = label("", "small", wrap=True)
        self.table = Table(_("Journal"), _columns())
        self._build()
        for box in (self.account, self.room):
            box.currentIndexChanged.connect(self._narrow)
        for field in (self.since, self.until):
            field.textChanged.connect(self._narrow)
        self.table.model_rows.wanted.connect(self._fetch)
        self.table.chosen.connect(self._choose)
        self.ask(queries.accounts_in_journal, then=self._show_accounts)

    def _build(self) -> None:
        filters = line(
            self.account,
            self.room,
            label(_("From"), "small"),
            self.since,
            label(_("To"), "small"),
            self.until,
            None,
            self._count,
            gap=8,
            margin=(16, 12, 16, 12),
        )
        for field in (self.since, self.until):
            field.setMaximumWidth(130)
        inside = rows(filters, rule(), gap=0)
        inside.addWidget(self.table, 1)
        inside.addWidget(rule())
        inside.addLayout(line(self._tables, margin=(16, 8, 16, 8)))
        self.setLayout(rows(sheet(inside), margin=(24, 16, 24, 16)))

    def refresh(self) -> None:
        """Ask for the acts that fit."""
        self._narrow()

    def wanted(self) -> JournalFilter:
        """What the journal is narrowed to."""
        return JournalFilter(
            self.account.currentData(),
            self.room.currentData(),
            _day(self.since),
            _day(self.until),
        )

    @Slot()
    def _narrow(self, *_changed: object) -> None:
        self.ask(queries.acts, self.wanted(), then=self._show)

    def _show(self, page: JournalPage) -> None:
        self.table.model_rows.show_count(page.count, page.lines)
        self.table.choose(0)
        count = many("{n} action", "{n} actions", page.count)
        self._count.setText(count)
        self.tell(count)
        if not page.lines:
            self._tables.setText(_("Nothing was done that fits."))

    def _fetch(self, first: int) -> None:
        supply = partial(self._supply, first)
        self.ask(queries.acts, self.wanted(), first, PAGE, then=supply, about=first)

    def _supply(self, first: int, page: JournalPage) -> None:
        self.table.model_rows.supply(first, page.lines)

    def _show_accounts(self, names: list[str]) -> None:
        for name in names:
            self.account.addItem(name, name)

    def _choose(self, one: JournalLine | None) -> None:
        if one is not None:
            self.ask(queries.tables_of_act, one.act, then=self._show_tables)

    def _show_tables(self, found: dict[str, int]) -> None:
        parts = []
        for name, count in found.items():
            kind = problems.record_word(name)
            parts.append(f"{kind}: {count}")
        joined = " · ".join(parts)
        self._tables.setText(_("Records: {parts}").format(parts=joined))

    def show_item(self, item: object) -> None:
        """What a loss asks for: the check."""
        if item == "check":
            self.check_office()

    @Slot()
    def open_protection(self) -> None:
        """Losses, and the register of processing."""
        self.opens.emit("protection", None)

    @Slot()
    def check_office(self) -> None:
        """The whole check, now."""
        self.work(_("Checking the office"), self.desk.office.check, then=self._checked)

    def _checked(self, checked: Checked) -> None:
        if checked.well:
            self.said.emit(problems.told(checked))
        else:
            Findings(self, self.desk, checked.findings).show()
