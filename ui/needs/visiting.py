"""Noting a visit: its day, and what came of it as a choice; nothing that was said is written down."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from cbs_desktop.clock import day_of
from cbs_desktop.needs import actions
from cbs_desktop.needs.queries import NeedLine
from cbs_desktop.needs.rules import OUTCOMES
from cbs_desktop.words import _
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.widgets.parts import label, rows

if TYPE_CHECKING:
    from ui.screen import Screen

_WIDTH = 480  # pixels


class VisitForm(Dialog):
    """Who, when, and what came of it."""

    def __init__(self, screen: "Screen", line: NeedLine) -> None:
        self._screen = screen
        self._person_id = line.person_id
        choices: list[tuple[object, str]] = []
        for code, outcome in OUTCOMES.items():
            choices.append((code, _(outcome.word)))
        still = _(
            "Who was not met stays on the list. Nothing that was said is written down."
        )
        fields = [
            Field("on", _("Visited on"), "date", needed=True),
            Field("outcome", _("Outcome"), "choice", still, choices=choices),
        ]
        self.form = Form(fields, columns=1)
        inside = QWidget()
        who = " · ".join(filter(None, (line.name, line.number, line.group)))
        inside.setLayout(rows(label(who, "strong", wrap=True), self.form, gap=12))
        super().__init__(
            screen,
            _("Visited"),
            inside,
            _("Save"),
            _WIDTH,
            ends_in=actions.note_visit,
            about=line.person_id,
        )
        today = day_of(screen.desk.office.now())
        self.form.show_values({"on": today, "outcome": next(iter(OUTCOMES))})
        self._typed = False
        self.form.inputs["on"].setFocus()
        self.accepted_with.connect(self._save)

    @Slot(dict)
    def _save(self, _values: FormValues) -> None:
        values = self.form.values()
        self.send(
            self._screen.desk,
            actions.note_visit,
            self._person_id,
            values["on"],
            values["outcome"],
        )
