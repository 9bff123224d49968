"""Where the office works: its districts, and the correctional facilities where groups meet."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog

from cbs_desktop.errors import OfficeProblem
from cbs_desktop.places import actions, positions, queries
from cbs_desktop.places.queries import Choice
from cbs_desktop.sheets import read as sheets
from cbs_desktop.words import _
from ui.office.section import Section
from ui.screen import Screen
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues


class Districts(Section):
    """Districts and facilities."""

    def __init__(self, page: Screen) -> None:
        super().__init__(page)
        self._covered: list[Choice] = []
        self._all: list[Choice] = []
        self._facilities: list[Choice] = []
        self.build(
            _("Districts and facilities"),
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

    def _show_facilities(self, found: list[Choice]) -> None:
        self._facilities = found
        self._show()

    def _show(self) -> None:
        inside = ", ".join(one.name for one in self._facilities)
        names = ", ".join(one.name for one in self._covered)
        self.facts.show_facts(
            [(_("Districts"), names), (_("Facilities"), inside or _("none"))]
        )

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
        try:
            table = sheets.read(path)
            found = positions.read(table.header, table.rows, table.first_row)
        except OfficeProblem as problem:
            self.page.problem.emit(problem)
            return
        self.desk.do(self, actions.set_positions, found, failed=self.page.problem.emit)

    @Slot()
    def add_facility(self) -> None:
        """A correctional facility where groups meet."""
        form = Form(
            [
                Field("name", _("Facility name"), needed=True, span=2),
                Field(
                    "district",
                    _("District"),
                    "choice",
                    choices=[(one.id, one.name) for one in self._covered],
                ),
                Field(
                    "rooms",
                    _("Groups at the same time"),
                    "number",
                    help=_("0 means no limit"),
                ),
            ]
        )
        form.show_values({"rooms": 0})

        def save(dialog: Dialog, values: FormValues) -> None:
            self.send(
                dialog,
                actions.add_facility,
                values["name"],
                values["district"],
                values["rooms"],
            )

        self.dialog(_("Add facility"), form, save, _("Save"), actions.add_facility)
