"""Marks from a spreadsheet: the file, what it would change, what is left out and why; then one action with one Undo."""

from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QTabWidget, QWidget

from cbs_desktop.attendance import bulk
from cbs_desktop.attendance.sheets import doubts
from cbs_desktop.attendance.sheets.cells import SheetDoubt
from cbs_desktop.attendance.sheets.matching import MarkPlan, PlannedMark
from cbs_desktop.attendance.sheets.plans import sheet_plan
from cbs_desktop.outside import reading
from cbs_desktop.sheets import raw
from cbs_desktop.sheets.raw import RawSheet
from cbs_desktop.words import _, many
from ui.widgets.dialog import Dialog
from ui.widgets.file_reading import FileReading
from ui.widgets.form import FormValues
from ui.widgets.parts import button, label, line, rows
from ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from ui.attendance.grid import Attendance

_SIZE = (860, 600)  # pixels


def _doubt_columns() -> list[Column]:
    return [
        Column(_("Where"), _where, width=190),
        Column(_("What"), _what, stretch=True, width=330),
        Column(_("What to do"), _todo, width=290),
    ]


def _what(doubt: SheetDoubt) -> str:
    what, _do = doubts.saying(doubt)
    return f"{what[:1].upper()}{what[1:]}"


def _todo(doubt: SheetDoubt) -> str:
    return doubts.saying(doubt)[1]


def _mark_columns() -> list[Column]:
    name = Column(
        _("Name"),
        attrgetter("name"),
        strong=True,
        stretch=True,
        width=220,
    )
    session = Column(
        _("Session"),
        lambda mark: str(mark.session),
        sort=attrgetter("session"),
        right=True,
        width=70,
    )
    return [
        name,
        Column(_("Group"), attrgetter("group"), width=120),
        session,
        Column(_("Marked now"), lambda mark: mark.before or "–", width=100),
        Column(_("In the file"), attrgetter("letter"), width=90),
        Column(_("Where"), _where, width=170),
    ]


def _where(found: PlannedMark | SheetDoubt) -> str:
    return doubts.say_place(found.place)


class SheetImport(Dialog):
    """Nothing is written before Enter marks is pressed."""

    def __init__(self, screen: "Attendance") -> None:
        self._screen = screen
        self._sheets: list[RawSheet] = []
        self._plan: MarkPlan | None = None
        self.choose = button(_("Choose file"), self._choose, "", "import")
        self.group = QComboBox()
        self.group.setAccessibleName(_("Group of the file"))
        self.group.addItem(_("Named in the file"), "")
        for place in range(screen.group.count()):
            name, _dot, _where = screen.group.itemText(place).partition(" · ")
            self.group.addItem(name, name)
        self.group.currentIndexChanged.connect(self._ask)
        self._file = label(
            _(
                "Choose a spreadsheet (XLSX, ODS, CSV) with people down and dates or "
                "sessions across. An empty cell is unknown, never absent."
            ),
            "second",
            wrap=True,
        )
        self._file_reading = FileReading(self._stopped)
        self._verdict = label("", "strong", wrap=True)
        self._spellings = label("", "small", wrap=True)
        self.replace = QCheckBox()
        self.replace.toggled.connect(self._allow)
        self.doubts = Table(_("What is left out, and why"), _doubt_columns())
        self.new = Table(_("New marks"), _mark_columns())
        self.differing = Table(_("Marks that differ"), _mark_columns())
        self._doubt = label("", wrap=True)
        self.doubts.chosen.connect(self._tell_doubt)
        self.tabs = QTabWidget()
        super().__init__(
            screen,
            _("Marks from a spreadsheet"),
            self._inside(),
            _("Enter marks"),
            _SIZE[0],
        )
        self.resize(_SIZE[0], min(_SIZE[1], self._room().height()))
        self.main.setEnabled(False)
        self.accepted_with.connect(self._enter)
        self._show_nothing()
        reading.make_ready(raw.READER)  # while a file is chosen

    def _inside(self) -> QWidget:
        for table in (self.doubts, self.new, self.differing):
            self.tabs.addTab(table, table.accessibleName())
        chosen = line(self.choose, 12, label(_("Group"), "small"), self.group, None)
        box = rows(chosen, gap=10)
        for part in (self._file, self._file_reading, self._verdict, self._spellings):
            box.addWidget(part)
        box.addWidget(self.tabs, 1)
        box.addWidget(self._doubt)
        box.addWidget(self.replace)
        box.addStretch(0)
        inside = QWidget()
        inside.setLayout(box)
        return inside

    def _show_nothing(self) -> None:
        for part in (self.tabs, self.replace, self._spellings, self._doubt):
            part.hide()
        self._verdict.setText("")

    @Slot()
    def _choose(self) -> None:
        kinds = _("Spreadsheets (*.xlsx *.xlsm *.xls *.ods *.csv *.tsv *.txt)")
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Marks to enter"), "", kinds
        )
        if chosen:
            self.take(Path(chosen))

    def take(self, path: Path) -> None:
        """Read a file beside the window."""
        self._file.setText(path.name)
        self._trouble.hide()
        self.main.setEnabled(False)
        self._file_reading.read(
            raw.read, path, then=self._keep_sheets, failed=self._unreadable
        )

    def _stopped(self) -> None:
        """Somebody stopped reading: nothing of the file is kept."""
        self._sheets = []
        self._plan = None
        self._show_nothing()
        self._file.setText(_("Stopped. Nothing was read; choose a file."))

    def _unreadable(self, problem: BaseException) -> None:
        self._stopped()
        self._file.setText(_("Choose another file."))
        self.failed(problem)
        self.main.setEnabled(False)

    def _keep_sheets(self, sheets: list[RawSheet]) -> None:
        self._sheets = sheets
        self._ask()

    @Slot()
    def _ask(self, *_index: object) -> None:
        """What the file would change, in the group that is chosen where it names none."""
        self.main.setEnabled(False)
        if self._sheets:
            self._verdict.setText(_("Checking …"))
            self._screen.desk.ask(
                self,
                sheet_plan,
                self._sheets,
                None,
                self.group.currentData(),
                then=self._show,
                failed=self._unreadable,
            )

    def _show(self, plan: MarkPlan) -> None:
        self._plan = plan
        self._verdict.setText(doubts.say_plan(plan))
        self.doubts.show_rows(plan.doubts, key=lambda one: one)
        self.new.show_rows(plan.new, key=_place)
        self.differing.show_rows(plan.differing, key=_place)
        tables = (self.doubts, self.new, self.differing)
        for place, table in enumerate(tables):
            found = table.rows
            self.tabs.setTabText(place, f"{table.accessibleName()} ({len(found)})")
            self.tabs.setTabVisible(place, bool(found))
        self.tabs.setVisible(bool(plan.doubts or plan.new or plan.differing))
        read_as = [f"{one.written} → {one.name}" for one in plan.spellings]
        self._spellings.setText(_("Read as: {names}").format(names=", ".join(read_as)))
        self._spellings.setVisible(bool(read_as))
        self._offer_replacing(plan)
        self._allow()

    @Slot(object)
    def _tell_doubt(self, doubt: SheetDoubt | None) -> None:
        """The whole sentence about the row under the cursor."""
        self._doubt.setVisible(doubt is not None)
        if doubt is not None:
            self._doubt.setText(doubts.say_doubt(doubt))

    def _offer_replacing(self, plan: MarkPlan) -> None:
        self.replace.setText(
            many(
                "Replace {n} mark that differs by the one in the file",
                "Replace {n} marks that differ by those in the file",
                len(plan.differing),
            )
        )
        self.replace.setChecked(False)
        self.replace.setVisible(bool(plan.differing))

    @Slot()
    def _allow(self, *_checked: object) -> None:
        """Enter marks is offered where there are any to enter."""
        plan = self._plan
        allowed = plan is not None and bool(plan.marks(self.replace.isChecked()))
        self.main.setEnabled(allowed)
        if allowed:
            self.main.setFocus()

    @Slot(dict)
    def _enter(self, _values: FormValues) -> None:
        if self._plan is None:
            return
        self._screen.desk.do(
            self,
            bulk.enter_sheet,
            self._plan,
            self.replace.isChecked(),
            then=self._entered,
            failed=self.failed,
        )

    def _entered(self, count: int) -> None:
        told = many("{n} mark was entered.", "{n} marks were entered.", count)
        left = len(self._plan.doubts) if self._plan is not None else 0
        if left:
            left_out = many(
                "{n} doubt was left out.", "{n} doubts were left out.", left
            )
            told = f"{told} {left_out}"
        self._screen.said.emit(told)
        self.well()

    def done(self, result: int) -> None:
        """No file will be chosen any more."""
        reading.let_go(raw.READER)
        super().done(result)


def _place(mark: PlannedMark) -> tuple[int, int]:
    return mark.session_id, mark.person_id
