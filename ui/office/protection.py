"""Data protection on the Office page: the law that counts, what is open, and the way to the losses and the register."""

from PySide6.QtCore import Slot

from cbs_desktop import settings
from cbs_desktop.errors import OfficeProblem
from cbs_desktop.protection import law as laws
from cbs_desktop.protection import processing, queries
from cbs_desktop.protection.law import Law
from cbs_desktop.protection.queries import Case
from cbs_desktop.protection.rules import ControllerEntries
from cbs_desktop.rights import retention
from cbs_desktop.settings import SettingValues
from cbs_desktop.words import _, many
from ui.office.retention import RetentionDialog
from ui.office.section import Section
from ui.screen import Screen


class Protection(Section):
    """Which law counts, the registration with its authority, and a button for when something was lost or seen."""

    def __init__(self, page: Screen) -> None:
        super().__init__(page)
        self._law: Law | None = None
        self._cases: list[Case] = []
        self._entries = ControllerEntries()
        self.build(
            _("Data protection"),
            (_("Something was lost or seen…"), self.new_case),
            (_("Open data protection"), self.open),
            (_("Retention…"), self.show_retention),
        )

    def refresh(self) -> None:
        """Ask for the country, for what is open, and for the registration."""
        self.ask(settings.all_values, self._show_law)
        self.ask(queries.cases, self._keep)
        self.ask(processing.entries, self._keep_entries)

    def _show_law(self, values: SettingValues) -> None:
        try:
            self._law = laws.of_country(values["country"])
        except OfficeProblem as problem:
            self.page.problem.emit(problem)
        self._show()

    def _keep(self, found: list[Case]) -> None:
        self._cases = found
        self._show()

    def _keep_entries(self, entries: ControllerEntries) -> None:
        self._entries = entries
        self._show()

    def _show(self) -> None:
        law = self._law
        if law is None:
            return
        open_ones = [case for case in self._cases if case.closed is None]
        said = many("{n} is open", "{n} are open", len(open_ones))
        number = self._entries.registration or _("not registered yet")
        hours = _("{notice} h for the notice, {report} h for the report").format(
            notice=law.figures["notice_hours"].value,
            report=law.figures["report_hours"].value,
        )
        self.facts.show_facts(
            [
                (_("Law"), law.name),
                (_("Authority"), law.authority),
                (_("Registration"), number),
                (_("If lost"), hours),
                (_("Losses"), said if open_ones else _("none is open")),
            ]
        )

    @Slot()
    def new_case(self) -> None:
        """Note that something was lost or seen."""
        self.page.opens.emit("protection", "new")

    @Slot()
    def open(self) -> None:
        """Losses and the register."""
        self.page.opens.emit("protection", None)

    @Slot()
    def show_retention(self) -> None:
        """What is to be destroyed, for whoever may."""
        if self.page.may(retention.retention):
            RetentionDialog(self.page).show()
