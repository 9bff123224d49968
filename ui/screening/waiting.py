"""The waiting list: who gets the next place, why they wait and for how long."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from cbs_desktop.screening import actions
from cbs_desktop.screening.queries import Waiting
from cbs_desktop.words import _, many
from ui.vocabulary import full_day
from ui.widgets.parts import button, label, line, rows, rule
from ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from ui.screening.line import Screening


class WaitingList(QWidget):
    """The list in its order; Enter opens the decision about somebody."""

    def __init__(self, screen: "Screening") -> None:
        super().__init__()
        self._screen = screen
        self._head = label("", "head")
        self.table = Table(
            _("Waiting list"),
            [
                Column(
                    _("Place"),
                    lambda one: str(one.place),
                    right=True,
                    width=60,
                    sort=lambda one: one.place,
                ),
                Column(_("Name"), lambda one: one.name, strong=True, width=200),
                Column(
                    _("Sex, age"),
                    lambda one: f"{one.sex} {'?' if one.age is None else one.age}",
                    width=80,
                ),
                Column(_("Lives in"), lambda one: one.where, stretch=True, width=200),
                *self._reason(),
                Column(
                    _("Since"),
                    lambda one: full_day(one.since),
                    width=120,
                    sort=lambda one: one.since,
                ),
                Column(
                    _("Waiting"),
                    lambda one: many("{n} day", "{n} days", one.days),
                    width=80,
                    sort=lambda one: one.days,
                ),
            ],
        )
        self.table.opened.connect(lambda one: screen.look_at(one.person_id))
        back = button(_("Back to screening"), lambda: screen.done(), "plain", tip="Esc")
        lists = button(
            _("Print or save"), lambda: screen.show_lists(), "plain", "print", "Ctrl+P"
        )
        top = line(self._head, None, lists, back, margin=(16, 12, 16, 8))
        box = rows(top, rule(), gap=0)
        box.addWidget(self.table, 1)
        box.addWidget(rule())
        note = _("Longest waiting first. Enter opens the decision.")
        box.addLayout(line(label(note, "small"), margin=(16, 8, 16, 8)))
        self.setLayout(box)

    def _reason(self) -> list[Column]:
        """Why somebody waits, for those who decide."""
        if not self._screen.desk.office.may(actions.decide):
            return []
        return [Column(_("Reason"), lambda one: one.reason, width=200)]

    def show_list(self, found: list[Waiting]) -> None:
        """Show who waits."""
        self._head.setText(many("{n} person waiting", "{n} people waiting", len(found)))
        self.table.show_rows(found, key=lambda one: one.person_id)
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list of people."""
        if event.key() == Qt.Key.Key_Escape:
            self._screen.done()
        else:
            super().keyPressEvent(event)
