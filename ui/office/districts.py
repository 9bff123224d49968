"""Where the office works: its districts, and the correctional facilities and refugee camps where groups meet."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog

from cbs_desktop.errors import OfficeProblem
from cbs_desktop.places import actions, positions, queries
from cbs_desktop.places.queries import Choice, FacilityChoice
from cbs_desktop.sheets import guarded
from cbs_desktop.sheets.read import Sheet
from cbs_desktop.words import _
from ui.office.section import Section
from ui.screen import Screen
from ui.vocabulary import FACILITY_KINDS
from ui.widgets.dialog import Dialog
from ui.widgets.facility import FacilityDialog
from ui.widgets.form import Field, Form, FormValues


class Districts(Section):
    """Districts and facilities."""

    def __init__(self, page: Screen) -> None:
        super().__init__(page)
        self._covered: list[Choice] = []
        self._all: list[Choice] = []
        self._facilities: list[FacilityChoice] = []
        self.build(
            _("{level.districts} and facilities").capitalize(),
            (_("Districts"), self.change_districts),
            (_("Add facility"), self.add_facility),
            (_("Positions"), self.read_positions),
        )

    def refresh(self) -> None:
        """Ask which there are and which are covered."""
        self.ask(queries.covered, self._show_covered)
        self.ask(queries.districts, lambda found: setattr(self, "_all", found))
        self.ask(queries.facilities, self._show_facilities)

    def _show_covered(self, found: list[Choice]) -> None:
        self._covered = found
        self._show()

    def _show_facilities(self, found: list[FacilityChoice]) -> None:
        self._facilities = found
        self._show()

    def _show(self) -> None:
        names = ", ".join(one.name for one in self._covered)
        facts = [(_("Districts"), names)]
        for kind, title in FACILITY_KINDS.items():
            facts.append((_(title), self._names_of(kind)))
        self.facts.show_facts(facts)

    def _names_of(self, kind: str) -> str:
        names: list[str] = []
        for one in self._facilities:
            if one.kind == kind:
                names.append(one.name)
        return ", ".join(names) or _("none")

    @Slot()
    def change_districts(self) -> None:
        """Which districts the office covers."""
        choices = [(one.id, one.name) for one in self._all]
        form = Form(
            [
                Field(
                    "districts", _("The office covers"), "many", choices=choices, span=2
                )
            ]
        )
        form.show_values({"districts": [one.id for one in self._covered]})

        def save(dialog: Dialog, values: FormValues) -> None:
            self.send(dialog, actions.cover, list(values["districts"]))

        self.dialog(_("Districts"), form, save, _("Save"), actions.cover)

    @Slot()
    def read_positions(self) -> None:
        """Where places are, from a table with latitude and longitude: ways within groups are counted in km then."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Positions of places"), "", "*.xlsx *.csv"
        )
        if chosen:
            self.take_positions(Path(chosen))

    def take_positions(self, path: Path) -> None:
        """Read a table and note the positions in it."""
        what = _("Reading {file}").format(file=path.name)
        self.page.work(what, guarded.read, path, then=self._set_positions)

    def _set_positions(self, table: Sheet) -> None:
        try:
            found = positions.read(table.header, table.rows, table.first_row)
        except OfficeProblem as problem:
            self.page.problem.emit(problem)
            return
        self.desk.do(self, actions.set_positions, found, failed=self.page.problem.emit)

    @Slot()
    def add_facility(self) -> None:
        """A correctional facility or a refugee camp where groups meet."""
        FacilityDialog(self.page, self.desk, lambda _id, _name: None).show()
