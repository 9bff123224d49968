"""Whose groups a facilitator does not lead: participants chosen by name. Why is not asked and not recorded."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cbs_desktop.facilitators.queries import FacilitatorRow
from cbs_desktop.groups import actions, queries
from cbs_desktop.overview.queries import find_people
from cbs_desktop.words import _
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues, Offer
from ui.widgets.parts import button, label, line, rows
from ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from ui.facilitators.people import Facilitators


class Ties(Dialog):
    """Family, and others whose group this person must not lead."""

    def __init__(self, screen: "Facilitators", one: FacilitatorRow) -> None:
        self._screen = screen
        self._one = one
        self._people: list[tuple[int, str]] = []
        self.form = Form(
            [Field("person", _("Participant"), "place", search=self._find)],
            columns=1,
        )
        self.table = Table(
            _("Does not lead"),
            [
                Column(
                    _("Name"),
                    lambda pair: pair[1],
                    strong=True,
                    stretch=True,
                    width=300,
                )
            ],
        )
        self.table.setMinimumHeight(160)
        buttons = line(
            button(_("Add"), self._add, "", "add"),
            button(_("Remove selected"), self._drop, "plain"),
            None,
        )
        inside = QWidget()
        about = _(
            "Family members, and anyone else this person must not lead. "
            "The reason is not recorded."
        )
        inside.setLayout(
            rows(
                label(about, "small", wrap=True), self.form, buttons, self.table, gap=10
            )
        )
        super().__init__(
            screen,
            _("Participants whose groups {name} must not lead").format(name=one.name),
            inside,
            _("Save"),
            560,
        )
        self.accepted_with.connect(self._save)
        screen.desk.ask(self, queries.ties, one.id, then=self._show)

    def _find(self, text: str, then: Offer) -> None:
        self._screen.desk.ask(
            self,
            find_people,
            text,
            then=lambda found: then(
                [(one.id, f"{one.name} · {one.number}") for one in found]
            ),
        )

    def _show(self, found: list[tuple[int, str]]) -> None:
        self._people = found
        self.table.show_rows(found)

    def _add(self) -> None:
        box = self.form.inputs["person"]
        if isinstance(box.value(), int):
            self._show([*self._people, (box.value(), box.text())])
            box.show_value(("", ""))

    def _drop(self) -> None:
        if (one := self.table.current()) is not None:
            self._show([each for each in self._people if each != one])

    def _save(self, _values: FormValues) -> None:
        self._add()
        people = [i for i, _name in self._people]
        self._screen.desk.do(
            self,
            actions.set_ties,
            self._one.id,
            people,
            then=self.well,
            failed=self.failed,
        )
