"""Importing people: the file, its columns, the first rows, what is wrong row by row; then all or nothing."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QGridLayout, QWidget

from cbs_desktop import clock
from cbs_desktop.duplicates import arriving
from cbs_desktop.errors import Fault, Invalid, OfficeProblem
from cbs_desktop.exports.files import write
from cbs_desktop.exports.rules import Outgoing
from cbs_desktop.outside import reading
from cbs_desktop.participants import (
    actions,
    checking,
    documents,
    importing,
    outcomes,
    queries,
)
from cbs_desktop.participants.fields import SHEET_FIELDS
from cbs_desktop.participants.importing import ImportLine
from cbs_desktop.participants.problems import say_doubts, say_remark
from cbs_desktop.sheets import guarded
from cbs_desktop.sheets.read import Sheet
from cbs_desktop.words import _, many
from ui.participants.import_options import ImportOptions
from ui.participants.import_preview import preview_columns
from ui.participants.import_problems import ASKED, ProblemList
from ui.participants.import_rows import RowsFound, read_rows
from ui.widgets.dialog import Dialog
from ui.widgets.file_reading import FileReading
from ui.widgets.form import FormValues
from ui.widgets.outgoing import where_to
from ui.widgets.parts import button, clear, label, line, rows
from ui.widgets.table import Table
from ui.work import Pieces, Work

if TYPE_CHECKING:
    from ui.participants.people import Participants

_IN_A_LINE = 5  # choices of columns


class Import(Dialog):
    """One dialog with four parts: file, what is decided about it, what is wrong, columns."""

    def __init__(self, screen: "Participants") -> None:
        self._screen = screen
        self._file = label(
            _(
                "Choose a spreadsheet (XLSX, ODS, CSV). Nothing is saved "
                "until you press Import."
            ),
            "second",
            wrap=True,
        )
        self._file_reading = FileReading(self._stopped)
        self.options = ImportOptions()
        self._remarks = label("", wrap=True)
        self._columns = QGridLayout()
        self._choices: dict[str, QComboBox] = {}
        self._table = Table(_("Preview of the first rows"), preview_columns())
        self._table.setMinimumHeight(130)
        self.problems = ProblemList()
        self._verdict = label("", "strong", wrap=True)
        self.others = QCheckBox()
        self.save_rest = button(
            _("Save these rows as a sheet"), self._save_rest, "", "save"
        )
        self.then_save = QCheckBox(
            _("Afterwards save a sheet that tells what became of every row")
        )
        self.choose = button(_("Choose file"), self._choose, "", "import")
        super().__init__(
            screen, _("Import people"), self._inside(), _("Import"), 860, tall=True
        )
        self.main.setEnabled(False)
        for part in (self.options, self._remarks, self._table, self.then_save):
            part.hide()
        self._path = Path()
        self._faults: list[Fault] = []
        self._sheet: Sheet | None = None
        self._lines: list[ImportLine] = []
        self._passed_over: list[int] = []
        self._two_people: set[int] = set()
        self._offered: dict[str, int] = {}  # columns, before anybody chose others
        self._pieces: Pieces | None = None
        self._reading = 0  # how often rows were read: only the last reading counts
        self._connect()
        self._show_faults([])
        self._verdict.setText("")
        self.resize(880, 600)
        reading.make_ready(guarded.READER)  # while a file is chosen

    def _inside(self) -> QWidget:
        box = rows(line(self.choose, None, gap=12), gap=10)
        top = (self._file, self._file_reading, self.options)
        for part in (*top, self._verdict, self._remarks):
            box.addWidget(part)
        box.addWidget(self.problems)
        box.addLayout(line(self.others, self.save_rest, gap=12))
        box.addWidget(self.then_save)
        box.addLayout(self._columns)
        box.addWidget(self._table)
        inside = QWidget()
        inside.setLayout(box)
        return inside

    def _connect(self) -> None:
        self.options.other_table.connect(self._read)
        self.options.changed.connect(self._check)
        self.problems.two_people.connect(self._tell_apart)
        self.others.toggled.connect(self._allow)
        self.accepted_with.connect(self._import)

    @Slot()
    def _choose(self) -> None:
        kinds = _("Spreadsheets (*.xlsx *.xlsm *.xls *.ods *.csv *.tsv *.txt)")
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("List to import"), "", kinds
        )
        if chosen:
            self.take(Path(chosen))

    def take(self, path: Path) -> None:
        """Read a file beside the window."""
        self._path = path
        self.options.forget()
        self._read("", 0)

    @Slot(str, int)
    def _read(self, sheet: str, heading_row: int) -> None:
        """Read a sheet of the file, its heads in this row or wherever they are found."""
        self._file.hide()
        self._reading += 1
        self.main.setEnabled(False)
        self._file_reading.read(
            guarded.read,
            self._path,
            sheet,
            heading_row,
            then=partial(self._show_sheet, self._path),
            failed=self._unreadable,
        )

    def _stopped(self) -> None:
        """Somebody stopped reading: what was shown before, if anything, is of another file."""
        self._sheet = None
        self._lines = []
        for part in (self.options, self._remarks, self._table, self.then_save):
            part.hide()
        self.problems.show_faults([])
        self._verdict.setText("")
        self._say_of_file(_("Stopped. Nothing was read; choose a file."))

    def _say_of_file(self, words: str) -> None:
        self._file.setText(words)
        self._file.show()

    def done(self, result: int) -> None:
        """No file will be chosen any more."""
        reading.let_go(guarded.READER)
        super().done(result)

    def _unreadable(self, problem: BaseException) -> None:
        self._say_of_file(_("Choose another file."))
        self.failed(problem)
        self.main.setEnabled(False)

    def _show_sheet(self, path: Path, sheet: Sheet) -> None:
        self._sheet = sheet
        self._two_people.clear()
        self._trouble.hide()
        self._table.show()
        self._say_of_file(
            many("{n} row in {file}", "{n} rows in {file}", len(sheet.rows)).replace(
                "{file}", path.name
            )
        )
        self.options.new_table()
        self.options.show_sheet(sheet)
        self.options.show()
        self._screen.desk.ask(
            self,
            queries.remembered_columns,
            importing.kind_of_sheet(sheet.header),
            then=partial(self._show_columns, sheet),
        )

    def _show_columns(self, sheet: Sheet, remembered: dict[str, int]) -> None:
        clear(self._columns)
        self._choices.clear()
        if self._pieces is not None:
            self._pieces.stop()
        self._offered = remembered or importing.guess(sheet.header)
        self._pieces = Pieces(self, self._offer_columns(sheet.header))

    def _offer_columns(self, header: tuple[str, ...]) -> Iterator[None]:
        """A choice of column for each field, a line of choices at a time; then check."""
        heads = [
            head or _("column {n}").format(n=number)
            for number, head in enumerate(header, 1)
        ]
        for place, (key, field) in enumerate(SHEET_FIELDS.items()):
            line_, column = divmod(place, _IN_A_LINE)
            if place and not column:
                yield
            name = _(field.label)
            choice = self._choice(name, heads, self._offered.get(key))
            self._choices[key] = choice
            both = rows(label(name, "small"), choice, gap=1)
            self._columns.addLayout(both, line_, column)
        self._check()

    def _choice(self, name: str, heads: list[str], guessed: int | None) -> QComboBox:
        choice = QComboBox()
        choice.addItem(_("not in the file"), None)
        for column, head in enumerate(heads):
            choice.addItem(head, column)
        if guessed is not None:
            choice.setCurrentIndex(guessed + 1)
        choice.setAccessibleName(_("Column for {field}").format(field=name))
        choice.currentIndexChanged.connect(self._check)
        return choice

    def _mapping(self) -> dict[str, int]:
        """Which column holds which field, as it is chosen now."""
        return {
            field: choice.currentData()
            for field, choice in self._choices.items()
            if choice.currentData() is not None
        }

    @Slot()
    def _check(self) -> None:
        if self._sheet is None:
            return
        mapping = self._mapping()
        self.main.setEnabled(False)
        self._reading += 1
        if faults := importing.mapping_faults(mapping):
            self._show_faults(faults)
            return
        self._verdict.setText(_("Checking …"))
        Work(
            self,
            read_rows,
            self.options.prepared(self._sheet),
            mapping,
            clock.day_of(clock.now()),
            self.options.choices(self._two_people),
            then=partial(self._check_lines, self._reading),
            failed=self._unreadable,
            takes_progress=False,
        ).start()

    def _check_lines(self, reading: int, found: RowsFound) -> None:
        """Check what was read, unless other columns were chosen meanwhile."""
        if reading != self._reading:
            return
        self._lines, self._passed_over = found.lines, found.passed_over
        self._remarks.setText("\n".join(map(say_remark, found.remarks)))
        self._remarks.setVisible(bool(found.remarks))
        mapping = self._mapping()
        self.options.show_remarks(
            found.remarks, "name" in mapping and "own_name" not in mapping
        )
        self._table.show_rows(found.lines[:50], key=lambda one: one.row)
        self._screen.desk.ask(
            self,
            checking.card_doubts,
            found.lines,
            then=partial(self._show_doubts, reading),
        )
        self._screen.desk.ask(
            self,
            arriving.import_check,
            found.lines,
            self.options.new_places.isChecked(),
            then=partial(self._show_checked, reading),
        )

    def _show_checked(self, reading: int, faults: list[Fault]) -> None:
        """What the check found, unless the rows were read otherwise meanwhile."""
        if reading == self._reading:
            self._show_faults(faults)

    def _show_doubts(self, reading: int, doubts: list[Fault]) -> None:
        """What of national IDs does not agree is said beside what concerns whole columns; it stops nobody."""
        if doubts and reading == self._reading:
            said = (self._remarks.text(), say_doubts(doubts))
            self._remarks.setText("\n".join(filter(None, said)))
            self._remarks.show()

    def _show_faults(self, faults: list[Fault]) -> None:
        self.problems.show_faults(faults)
        self._faults = faults
        whole_file = [fault for fault in faults if fault.row is None]
        self.options.ask_places(any(fault.kind in ASKED for fault in whole_file))
        good = importing.without_faults(self._lines, faults)
        some = bool(faults) and not whole_file and bool(good)
        self.others.setText(
            many(
                "Leave these rows out and import {n} person",
                "Leave these rows out and import {n} people",
                len(good),
            )
        )
        self.others.setVisible(some)
        self.others.setChecked(False)
        self.save_rest.setVisible(some)
        self.then_save.setVisible(some or not faults)
        self._verdict.setText(self._told(faults) + self._told_passed_over())
        if not faults:
            self.main.setEnabled(bool(self._lines))
            self.main.setFocus()

    def _told(self, faults: list[Fault]) -> str:
        """Whether people can be imported, and what is first to be done."""
        if not faults:
            return many(
                "{n} person can be imported.",
                "{n} people can be imported.",
                len(self._lines),
            )
        wrong_rows = {fault.row for fault in faults if fault.row is not None}
        if not wrong_rows:
            return _("First mend or answer what is said below; nothing was saved.")
        return many(
            "{n} row cannot be imported. Correct the file and "
            "choose it again; nothing was saved.",
            "{n} rows cannot be imported. Correct the file and "
            "choose it again; nothing was saved.",
            len(wrong_rows),
        )

    def _told_passed_over(self) -> str:
        """How many rows hold nobody, where there are any."""
        if not self._passed_over:
            return ""
        return " " + many(
            "{n} row without a person (blank, total or foot) is passed over.",
            "{n} rows without a person (blank, total or foot) are passed over.",
            len(self._passed_over),
        )

    @Slot(list)
    def _tell_apart(self, numbers: list[int]) -> None:
        """These rows are people of their own: check again."""
        self._two_people.update(numbers)
        self._check()

    @Slot(bool)
    def _allow(self, others: bool) -> None:
        self.main.setEnabled(others or not self._faults)

    @Slot()
    def _save_rest(self) -> None:
        """The rows with a problem, to be corrected and imported later."""
        if self._sheet is None:
            return
        content = partial(documents.left_out, self._sheet, self._faults)
        path = self._saved(_("Save these rows as a sheet"), _("left-out.xlsx"), content)
        if path is None:
            self._allow(self.others.isChecked())
            return
        self._file.setText(
            _("The rows with problems are saved in {file}.").format(file=path.name)
        )

    def _saved(
        self,
        title: str,
        name: str,
        content: Callable[[], bytes],
        until_saved: bool = False,
    ) -> Path | None:
        """Save a sheet where the person says; None where they did not, or where it could not be. What cannot be made again
        is asked for until it is saved or given up."""
        chosen = where_to(self, title, name, "*.xlsx")
        if chosen is None:
            return None
        path = chosen.with_suffix(".xlsx")
        people = len(self._lines)
        try:
            office = self._screen.desk.office
            write(office, Outgoing("import rows", people), {path: content()})
        except OfficeProblem as problem:
            self.failed(problem)
            if until_saved:
                return self._saved(title, name, content, until_saved)
            return None
        return path

    @Slot(dict)
    def _import(self, _values: FormValues) -> None:
        if self._sheet is None:
            return
        self._verdict.setText(_("Importing …"))
        chosen = None
        mapping = self._mapping()
        if mapping != self._offered:
            kind = importing.kind_of_sheet(self._sheet.header)
            chosen = importing.ChosenColumns(kind, mapping)
        self._screen.desk.do(
            self,
            actions.import_people,
            importing.without_faults(self._lines, self._faults),
            None,
            self.options.new_places.isChecked(),
            chosen,
            then=self._imported,
            failed=self._refused,
        )

    def _imported(self, numbers: dict[int, str]) -> None:
        """Save what became of the rows, if that was wished; then go."""
        if self.then_save.isChecked() and self._sheet is not None:
            found = outcomes.outcomes(
                self._lines, self._faults, numbers, self._passed_over
            )
            content = partial(documents.results, self._sheet, found)
            title = _("Save the result of the import")
            self._saved(title, _("result.xlsx"), content, until_saved=True)
        self.well()

    def _refused(self, problem: BaseException) -> None:
        if isinstance(problem, Invalid):
            self._show_faults(list(problem.faults))
        self.failed(problem)
        self._allow(self.others.isChecked())
