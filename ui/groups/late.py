"""LateJoiner joiners: a running group for everybody who waits, looked for with those groups as they are; a person says yes."""

from functools import partial
from random import Random
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cbs_desktop import clock
from cbs_desktop.groups import actions, running
from cbs_desktop.groups.allocation import late_joiners
from cbs_desktop.groups.allocation.late_joiners import LateJoiner, Running
from cbs_desktop.words import _
from ui.groups.looking import SEED
from ui.vocabulary import WHY_WAITING, word
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.widgets.parts import label, rows
from ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from ui.groups.board import Groups


def ask(screen: "Groups") -> None:
    """Read, look beside the window, offer."""
    screen.ask(running.running, then=partial(_look, screen))


def _look(screen: "Groups", found: Running) -> None:
    if not found.waiting:
        screen.said.emit(
            _(
                "Nobody eligible is without a group. Make decisions under "
                "Screening first."
            )
        )
    elif not found.ids:
        screen.said.emit(_("No groups yet. Propose groups first."))
    else:
        show = partial(_offer, screen, found)
        screen.work(
            _("Searching for places in running groups"),
            late_joiners.place_late,
            found,
            Random(SEED),
            then=show,
        )


def _offer(screen: "Groups", found: Running, places: list[LateJoiner]) -> None:
    Offer(screen, found, places).show()


class Offer(Dialog):
    """Who could join which group; those that are ticked join from a day on."""

    def __init__(
        self, screen: "Groups", found: Running, places: list[LateJoiner]
    ) -> None:
        self._screen = screen
        self._found = found
        names = {i: (number, name) for i, number, name in found.waiting}
        self.table = Table(
            _("Late joiners"),
            [
                Column(_("Number"), lambda one: names[one.person][0], width=110),
                Column(
                    _("Name"), lambda one: names[one.person][1], strong=True, width=200
                ),
                Column(_("Group"), self._group, stretch=True, width=260),
            ],
            tickable=True,
        )
        self.table.setMinimumHeight(240)
        self.form = Form([Field("on", _("From"), "date", needed=True)], columns=1)
        self.form.show_values({"on": clock.day_of(clock.now())})
        inside = QWidget()
        about = _(
            "Nobody already in a group is moved. Space selects; anyone not "
            "selected stays on the waiting list."
        )
        inside.setLayout(
            rows(label(about, "small", wrap=True), self.table, self.form, gap=10)
        )
        super().__init__(
            screen,
            _("Add late joiners"),
            inside,
            _("Add selected"),
            680,
            ends_in=actions.add_many,
        )
        self.accepted_with.connect(self._add)
        placed_first = sorted(
            places,
            key=lambda one: (one.group is None, one.group, names[one.person][1]),
        )
        self.table.show_rows(placed_first)
        self.table.model_rows.tick([one for one in places if one.group is not None])
        self.table.setFocus()

    def _group(self, one: LateJoiner) -> str:
        if one.group is None:
            return word(WHY_WAITING, one.why)
        return self._found.names[one.group]

    def _add(self, _values: FormValues) -> None:
        places = []
        for joiner in self.table.ticked():
            if joiner.group is not None:
                places.append((joiner.person, self._found.ids[joiner.group]))
        day = self.form.values()["on"]
        self._screen.desk.do(
            self, actions.add_many, places, day, then=self.well, failed=self.failed
        )
