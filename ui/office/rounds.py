"""The rounds and the programme's figures on the Office page."""

from functools import partial

from PySide6.QtCore import Slot

from cbs_desktop.attendance.actions import change_marks
from cbs_desktop.programmes import actions, queries
from cbs_desktop.programmes.marks import MarkSet
from cbs_desktop.programmes.queries import RoundFacts
from cbs_desktop.programmes.rules import RoundPlan, Rules
from cbs_desktop.words import _
from ui.office.marks import ask_marks
from ui.office.programme import ask_round, ask_rules, rule_facts, targets
from ui.office.section import Section
from ui.screen import Screen
from ui.vocabulary import full_day
from ui.widgets.dialog import Dialog

_SHOWN = 4  # rounds, the latest first


class Rounds(Section):
    """The latest rounds: opening one, changing the latest."""

    def __init__(self, page: Screen) -> None:
        super().__init__(page)
        self._rounds: list[RoundFacts] = []
        self.build(
            _("Rounds"),
            (_("New round"), self.new_round),
            (_("Edit the latest"), self.change_round),
        )

    def refresh(self) -> None:
        """Ask for the rounds."""
        self.ask(queries.rounds, self._show)

    def _show(self, found: list[RoundFacts]) -> None:
        self._rounds = found
        facts = [
            (
                one.name,
                f"{full_day(one.plan.starts)} – {full_day(one.plan.ends)}; {targets(one.plan)}",
            )
            for one in found[:_SHOWN]
        ]
        self.facts.show_facts(
            facts or [(_("Rounds"), _("none yet: open the first round"))]
        )

    @Slot()
    def new_round(self) -> None:
        """Open a round."""
        self.ask(queries.programmes, self._ask_new_round)

    def _ask_new_round(self, programmes: list[tuple[int, Rules]]) -> None:
        if programmes:
            programme_id = programmes[0][0]
            ask_round(
                self.page,
                _("New round"),
                None,
                partial(self._open, programme_id),
                actions.open_round,
            )

    def _open(self, programme_id: int, dialog: Dialog, plan: RoundPlan) -> None:
        self.send(dialog, actions.open_round, programme_id, plan)

    @Slot()
    def change_round(self) -> None:
        """Change the latest round."""
        if self._rounds:
            found = self._rounds[0]
            title = _("Edit round {name}").format(name=found.name)
            ask_round(
                self.page,
                title,
                found.plan,
                lambda dialog, plan: self.send(
                    dialog, actions.change_round, found.id, plan
                ),
                actions.change_round,
                found.id,
            )


class ProgrammeSection(Section):
    """The figures of the programme."""

    def __init__(self, page: Screen) -> None:
        super().__init__(page)
        self._programme: tuple[int, Rules] | None = None
        self.build(
            _("Programme"),
            (_("Edit settings"), self.change_rules),
            (_("Attendance marks"), self.change_marks),
        )

    def refresh(self) -> None:
        """Ask for the programme."""
        self.ask(queries.programmes, self._show)

    def _show(self, found: list[tuple[int, Rules]]) -> None:
        self._programme = found[0] if found else None
        if self._programme is not None:
            self.facts.show_facts(rule_facts(self._programme[1]))

    @Slot()
    def change_rules(self) -> None:
        """The programme's figures."""
        if self._programme is not None:
            i, found = self._programme
            ask_rules(
                self.page,
                found,
                lambda dialog, changed: self.send(
                    dialog, actions.change_rules, i, changed
                ),
                actions.change_rules,
                i,
            )

    @Slot()
    def change_marks(self) -> None:
        """The letters of the attendance register."""
        if self._programme is None:
            return
        programme_id, found = self._programme

        def save(dialog: Dialog, marks: MarkSet) -> None:
            self.send(dialog, change_marks, programme_id, marks)

        ask_marks(self.page, found.marks, save, change_marks, programme_id)
