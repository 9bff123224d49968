"""A correctional facility or a refugee camp that is added: one of the country's list, or any other."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from cbs_desktop.places import actions, queries, rules
from cbs_desktop.places.queries import Choice, FacilityChoice
from cbs_desktop.words import _
from ui.desk import Desk
from ui.vocabulary import FACILITY_KINDS, word
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues

Made = Callable[[int, str], object]  # is told the id and the name of what was added


class FacilityDialog(Dialog):
    """Asks for a facility or a camp, and adds it."""

    def __init__(self, parent: QWidget, desk: Desk, made: Made) -> None:
        self._desk = desk
        self._made = made
        self._offered: dict[str, FacilityChoice] = {}
        kinds = [(kind, word(FACILITY_KINDS, kind)) for kind in rules.FACILITY_KINDS]
        self.form = Form(
            [
                Field("listed", _("From the list of the country"), "choice", span=2),
                Field("name", _("Facility name"), needed=True, span=2),
                Field("kind", _("Kind"), "choice", choices=kinds),
                Field("district", _("District"), "choice"),
                Field(
                    "rooms",
                    _("Groups at the same time"),
                    "number",
                    help=_("0 means no limit"),
                ),
            ]
        )
        self.form.show_values({"rooms": 0})
        super().__init__(
            parent,
            _("Add facility or camp"),
            self.form,
            _("Save"),
            ends_in=actions.add_facility,
        )
        self.form.inputs["listed"].addItem(_("another one"), "")
        self.form.inputs["listed"].currentIndexChanged.connect(self._take)
        self.accepted_with.connect(self._save)
        desk.ask(self, queries.covered, then=self._show_districts)
        desk.ask(self, queries.offered_facilities, then=self._show_offered)

    def _show_districts(self, found: list[Choice]) -> None:
        for one in found:
            self.form.inputs["district"].addItem(one.name, one.id)

    def _show_offered(self, found: list[FacilityChoice]) -> None:
        for one in found:
            self._offered[one.name] = one
            self.form.inputs["listed"].addItem(one.name, one.name)

    def _take(self, *_index: object) -> None:
        """Name, kind and district of the one that was chosen."""
        one = self._offered.get(self.form.inputs["listed"].value())
        if one is not None:
            values = {"name": one.name, "kind": one.kind, "district": one.district_id}
            self.form.show_values(values)

    def _save(self, values: FormValues) -> None:
        self._desk.do(
            self,
            actions.add_facility,
            values["name"],
            values["district"],
            values["rooms"],
            values["kind"],
            then=lambda facility_id: self._added(facility_id, values["name"]),
            failed=self.failed,
        )

    def _added(self, facility_id: int, name: str) -> None:
        self.well()
        self._made(facility_id, name)
