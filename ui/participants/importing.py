"""Importing people: the file, its columns, the first rows, what is wrong row by row; then all or nothing."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QListWidget,
    QWidget,
)

from cbs_desktop import clock
from cbs_desktop.errors import Fault, Invalid, OfficeProblem
from cbs_desktop.paper.file import save
from cbs_desktop.participants import actions, documents, importing, queries
from cbs_desktop.participants.fields import SHEET_FIELDS
from cbs_desktop.participants.importing import ImportLine
from cbs_desktop.problems import say_fault
from cbs_desktop.sheets.read import Sheet, read
from cbs_desktop.words import _, many
from ui.widgets.dialog import Dialog
from ui.widgets.form import FormValues
from ui.widgets.parts import button, clear, label, line, rows
from ui.widgets.table import Column, Table
from ui.work import Pieces, Work

if TYPE_CHECKING:
    from ui.participants.people import Participants

_IN_A_LINE = 5  # choices of columns


class Import(Dialog):
    """One dialog with three parts: file, columns, what is wrong."""

    def __init__(self, screen: "Participants") -> None:
        self._screen = screen
        inside = QWidget()
        self._file = label(
            _(
                "Choose a spreadsheet (XLSX, ODS, CSV). Nothing is saved "
                "until you press Import."
            ),
            "second",
            wrap=True,
        )
        self._columns = QGridLayout()
        self._choices: dict[str, QComboBox] = {}
        self._table = Table(_("Preview of the first rows"), _preview_columns())
        self._table.setMinimumHeight(130)
        self._wrong = QListWidget()
        self._wrong.setAccessibleName(_("Problems by row"))
        self._wrong.setMinimumHeight(90)
        self._verdict = label("", "strong", wrap=True)
        self.others = QCheckBox()
        self.others.toggled.connect(self._allow)
        self.save_rest = button(
            _("Save these rows as a sheet"), self._save_rest, "", "save"
        )
        self.choose = button(_("Choose file"), self._choose, "", "import")
        box = rows(line(self.choose, gap=12), gap=10)
        box.addWidget(self._file)
        box.addWidget(self._verdict)
        box.addWidget(self._wrong)
        box.addLayout(line(self.others, self.save_rest, gap=12))
        box.addLayout(self._columns)
        box.addWidget(self._table)
        inside.setLayout(box)
        super().__init__(
            screen, _("Import people"), inside, _("Import"), 860, tall=True
        )
        self.main.setEnabled(False)
        self._table.hide()
        self._wrong.hide()
        self.others.hide()
        self.save_rest.hide()
        self._faults: list[Fault] = []
        self._sheet: Sheet | None = None
        self._lines: list[ImportLine] = []
        self._passed_over = 0
        self._pieces: Pieces | None = None
        self._reading = 0  # how often rows were read: only the last reading counts
        self.accepted_with.connect(self._import)
        self.resize(880, 600)

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
        self._file.setText(_("Reading {file} …").format(file=path.name))
        Work(
            self,
            read,
            path,
            then=lambda sheet: self._show_sheet(path, sheet),
            failed=self._unreadable,
            takes_progress=False,
        ).start()

    def _unreadable(self, problem: BaseException) -> None:
        self._file.setText(_("Choose another file."))
        self.failed(problem)
        self.main.setEnabled(False)

    def _show_sheet(self, path: Path, sheet: Sheet) -> None:
        self._sheet = sheet
        self._table.show()
        self._file.setText(
            many("{n} row in {file}", "{n} rows in {file}", len(sheet.rows)).replace(
                "{file}", path.name
            )
        )
        clear(self._columns)
        self._choices.clear()
        if self._pieces is not None:
            self._pieces.stop()
        self._pieces = Pieces(self, self._offer_columns(sheet.header))

    def _offer_columns(self, header: tuple[str, ...]) -> Iterator[None]:
        """A choice of column for each field, a line of choices at a time; then check."""
        guessed = importing.guess(header)
        heads = [
            head or _("column {n}").format(n=number)
            for number, head in enumerate(header, 1)
        ]
        for place, (key, field) in enumerate(SHEET_FIELDS.items()):
            line_, column = divmod(place, _IN_A_LINE)
            if place and not column:
                yield
            name = _(field.label)
            choice = self._choice(name, heads, guessed.get(key))
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

    @Slot()
    def _check(self) -> None:
        if self._sheet is None:
            return
        mapping = {
            field: choice.currentData()
            for field, choice in self._choices.items()
            if choice.currentData() is not None
        }
        self.main.setEnabled(False)
        self._wrong.clear()
        self._reading += 1
        if faults := importing.mapping_faults(mapping):
            self._show_faults(faults)
            return
        self._verdict.setText(_("Checking …"))
        Work(
            self,
            _read_people,
            self._sheet,
            mapping,
            clock.day_of(clock.now()),
            then=partial(self._check_lines, self._reading),
            failed=self._unreadable,
            takes_progress=False,
        ).start()

    def _check_lines(self, reading: int, found: tuple[list[ImportLine], int]) -> None:
        """Check what was read, unless other columns were chosen meanwhile."""
        if reading != self._reading:
            return
        lines, self._passed_over = found
        self._lines = lines
        self._table.show_rows(lines[:50], key=lambda one: one.row)
        self._screen.desk.ask(self, queries.import_check, lines, then=self._show_faults)

    def _show_faults(self, faults: list[Fault]) -> None:
        self._wrong.clear()
        self._wrong.addItems([say_fault(fault, named=True) for fault in faults[:500]])
        self._wrong.setVisible(bool(faults))
        self._faults = faults
        good = importing.without_faults(self._lines, faults)
        some = bool(faults) and faults[0].row is not None and bool(good)
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
        wrong_rows = len({fault.row for fault in faults})
        if faults:
            self._verdict.setText(
                many(
                    "{n} row cannot be imported. Correct the file and "
                    "choose it again; nothing was saved.",
                    "{n} rows cannot be imported. Correct the file and "
                    "choose it again; nothing was saved.",
                    wrong_rows,
                )
                + self._told_passed_over()
            )
        else:
            self._verdict.setText(
                many(
                    "{n} person can be imported.",
                    "{n} people can be imported.",
                    len(self._lines),
                )
                + self._told_passed_over()
            )
            self.main.setEnabled(bool(self._lines))
            self.main.setFocus()

    def _told_passed_over(self) -> str:
        """How many rows hold nobody, where there are any."""
        if not self._passed_over:
            return ""
        return " " + many(
            "{n} row without a person (blank, total or foot) is passed over.",
            "{n} rows without a person (blank, total or foot) are passed over.",
            self._passed_over,
        )

    @Slot(bool)
    def _allow(self, others: bool) -> None:
        self.main.setEnabled(others or not self._faults)

    @Slot()
    def _save_rest(self) -> None:
        """The rows with a problem, to be corrected and imported later."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save these rows as a sheet"), _("left-out.xlsx"), "*.xlsx"
        )
        if not chosen or self._sheet is None:
            return
        path = Path(chosen).with_suffix(".xlsx")
        try:
            save(path, documents.left_out(self._sheet, self._faults))
        except OfficeProblem as problem:
            self.failed(problem)
            self._allow(self.others.isChecked())
            return
        self._file.setText(
            _("The rows with problems are saved in {file}.").format(file=path.name)
        )

    @Slot(dict)
    def _import(self, _values: FormValues) -> None:
        self._verdict.setText(_("Importing …"))
        self._screen.desk.do(
            self,
            actions.import_people,
            importing.without_faults(self._lines, self._faults),
            then=self.well,
            failed=self._refused,
        )

    def _refused(self, problem: BaseException) -> None:
        if isinstance(problem, Invalid):
            self._show_faults(list(problem.faults))
        self.failed(problem)


def _read_people(
    sheet: Sheet, mapping: dict[str, int], today: date
) -> tuple[list[ImportLine], int]:
    """The people of a sheet, and how many of its rows hold nobody."""
    lines = importing.read(sheet.rows, mapping, sheet.first_row, today)
    return lines, len(importing.passed_over(sheet.rows, lines, sheet.first_row))


def _preview_columns() -> list[Column]:
    return [
        Column(_("Row"), lambda one: str(one.row), right=True, width=56),
        Column(
            _("Name"),
            lambda one: f"{one.details.own_name} {one.details.other_names}",
            strong=True,
            stretch=True,
            width=200,
        ),
        Column(_("Sex"), lambda one: one.details.sex, width=50),
        Column(
            _("Birth"),
            lambda one: str(one.details.born_on or one.details.born_year or ""),
            width=100,
        ),
        Column(
            _("Place"),
            lambda one: " › ".join(name for name in one.place if name),
            width=230,
        ),
        Column(_("Facility"), lambda one: one.facility, width=120),
        Column(
            "",
            chip=lambda one: ("stop", _("look")) if one.faults else ("ok", _("read")),
            width=84,
        ),
    ]
