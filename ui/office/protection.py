"""Data protection: the rules of the country, and what was lost or seen."""

from functools import partial

from PySide6.QtCore import Slot

from cbs_desktop import settings
from cbs_desktop.errors import OfficeProblem
from cbs_desktop.exports import queries as exports
from cbs_desktop.protection import law as laws
from cbs_desktop.protection import queries
from cbs_desktop.protection.law import Law
from cbs_desktop.protection.problems import clock_line
from cbs_desktop.protection.queries import Case
from cbs_desktop.rights import retention
from cbs_desktop.settings import SettingValues
from cbs_desktop.words import _, many
from ui.office.breaches import Cases, NewCase
from ui.office.retention import RetentionDialog
from ui.office.section import Section
from ui.screen import Screen


class Protection(Section):
    """Which law counts, and a button for when something was lost or seen."""

    def __init__(self, page: Screen) -> None:
        super().__init__(page)
        self._law: Law | None = None
        self._cases: list[Case] = []
        self.build(
            _("Data protection"),
            (_("Something was lost or seen…"), self.new_case),
            (_("Losses…"), self.show_cases),
            (_("Retention…"), self.show_retention),
        )

    def refresh(self) -> None:
        """Ask for the country, and for what is open."""
        self.ask(settings.all_values, self._show_law)
        self.ask(queries.cases, self._keep)

    def _show_law(self, values: SettingValues) -> None:
        try:
            self._law = laws.of_country(values["country"])
        except OfficeProblem as problem:
            self.page.problem.emit(problem)
        self._show()

    def _keep(self, found: list[Case]) -> None:
        self._cases = found
        self._show()

    def _show(self) -> None:
        law = self._law
        if law is None:
            return
        hours = _("{notice} h for the notice, {report} h for the report")
        open_ones = [case for case in self._cases if case.closed is None]
        if open_ones:
            untold = [c.loss.noticed for c in open_ones if c.told is None]
            unreported = [c.loss.noticed for c in open_ones if c.reported is None]
            now = self.desk.office.now()
            left = clock_line(
                min(untold, default=None),
                min(unreported, default=None),
                law.country,
                now,
            )
            count = many("{n} open.", "{n} open.", len(open_ones))
            said = f"{count} {left}"
        else:
            said = _("none open")
        self.facts.show_facts(
            [
                (_("Law"), law.name),
                (_("Authority"), law.authority),
                (
                    _("If lost"),
                    hours.format(
                        notice=law.figures["notice_hours"].value,
                        report=law.figures["report_hours"].value,
                    ),
                ),
                (_("Losses"), said),
            ]
        )

    @Slot()
    def new_case(self) -> None:
        """Note that something was lost or seen: asked with the sticks and papers that are known."""
        self.desk.ask(self, exports.sticks, then=self._with_sticks)

    def _with_sticks(self, found: list[exports.Stick]) -> None:
        then = partial(self._ask_new, found)
        self.desk.ask(self, exports.what_left, 60, then=then)

    def _ask_new(self, sticks: list[exports.Stick], left: list[exports.Left]) -> None:
        NewCase(self.page, sticks, left, self._noted).show()

    def _noted(self, _breach: int) -> None:
        self.show_cases()

    @Slot()
    def show_retention(self) -> None:
        """What is to be destroyed, for whoever may."""
        if self.page.may(retention.retention):
            RetentionDialog(self.page).show()

    @Slot()
    def show_cases(self) -> None:
        """Every loss, with its clocks."""
        if self._law is not None:
            Cases(self.page, self._law).show()
