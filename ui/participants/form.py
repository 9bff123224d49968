"""Registering and changing a person: one form, look-alikes beside it while typing, consent with it."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from cbs_desktop.participants import actions, availability, queries
from cbs_desktop.participants import rules as r
from cbs_desktop.participants.queries import EditablePerson as Found
from cbs_desktop.participants.queries import LookAlike
from cbs_desktop.participants.rules import ConsentDetails, PersonDetails
from cbs_desktop.places import actions as place_actions
from cbs_desktop.places import queries as places
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.words import _
from ui.vocabulary import LANGUAGES, weekday, word
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues, Offer
from ui.widgets.parts import label

if TYPE_CHECKING:
    from ui.participants.people import Participants


class PersonForm(Dialog):
    """The form in a dialog; Enter saves, what is wrong stands under its field."""

    def __init__(self, screen: "Participants", found: Found | None) -> None:
        self._screen = screen
        self._found = found
        self._facilities: list[tuple[int | None, str]] = [
            (None, _("Lives in the community"))
        ]
        self._form = Form(self._fields(screen, found), columns=2)
        if found is None:
            title = _("New person")
        else:
            title = _("Edit {number}").format(number=found.number)
        super().__init__(
            screen,
            title,
            self._form,
            _("Register") if found is None else _("Save changes"),
            760,
            tall=True,
        )
        self._alike = label("", "fault", wrap=True)
        self._alike.hide()
        self.layout().insertWidget(1, self._alike)  # type: ignore[attr-defined]
        self._form.changed.connect(self._look)
        self.accepted_with.connect(self._save)
        screen.desk.ask(self, places.facilities, then=self._show_facilities)
        self._fill()
        self.resize(760, 590)

    def _fields(self, screen: "Participants", found: Found | None) -> list[Field]:
        kinds = [(kind, _(kind) if kind else _("none")) for kind in r.ID_KINDS]
        fields = [
            Field("own_name", _("Own name"), needed=True, help=_("Written first, as in official documents")),
            Field("other_names", _("Other names")),
            Field(
                "sex", _("Sex"), "choice", needed=True, choices=[("", _("choose")), ("F", _("woman")), ("M", _("man"))]
            ),
            Field("born_on", _("Birth date"), "date", help=_("16/11/1990, or leave empty and enter the year")),
            Field("born_year", _("Birth year"), "number", help=_("If only the year or the age is known")),
            Field("age_estimated", _("The age is estimated"), "yes"),
            Field("place_id", _("Lives in"), "place", needed=True, span=2, search=self._find_places),
            Field("facility_id", _("Setting"), "choice", choices=self._facilities),
            Field("release_on", _("Expected release"), "date", help=_("Only for people in a facility")),
            Field("phone", _("Phone")),
            Field("phone_of", _("Whose phone, if not their own")),
            Field("name_on_id", _("Name as on the ID"), help=_("Only if different")),
            Field("id_kind", _("ID"), "choice", choices=kinds),
            Field("id_number", _("ID number")),
            Field(
                "languages", _("Languages, if other than the local one"), "many", span=2,
                choices=[(code, word(LANGUAGES, code)) for code in availability.LANGUAGES],
            ),
            Field(
                "days", _("Days available, if not all"), "many", span=2,
                choices=[(day, weekday(day)) for day in availability.DAYS],
            ),
        ]  # fmt: skip
        if screen.desk.office.account.may(Permission.SEE_BACKGROUND):
            choices = [(each, _(each)) for each in r.CATEGORIES]
            fields.append(
                Field(
                    "categories",
                    _("Background (sensitive; never shown on lists or paper)"),
                    "many",
                    choices=choices,
                    span=2,
                )
            )
        if found is None:
            modes = [(mode, _(mode)) for mode in r.CONSENT_MODES]
            fields += [
                Field(
                    "consent_on",
                    _("Consent date"),
                    "date",
                    help=_("Nobody is screened without consent"),
                ),
                Field("consent_mode", _("Form of consent"), "choice", choices=modes),
                Field("guardian", _("Guardian, for a child under 16"), span=2),
            ]
        return fields

    def _find_places(self, text: str, then: Offer) -> None:
        self._screen.desk.ask(
            self,
            places.find_places,
            text,
            then=lambda found: then([(one.id, one.name) for one in found]),
        )

    def _show_facilities(self, found: list[places.Choice]) -> None:
        box = self._form.inputs["facility_id"]
        for one in found:
            box.addItem(one.name, one.id)
        if self._found is not None:
            box.show_value(self._found.details.facility_id)

    def _fill(self) -> None:
        if self._found is not None:
            details = self._found.details
            values = {key: getattr(details, key) for key in PersonDetails.__slots__}
            self._form.show_values(
                {**values, "place_id": (details.place_id, self._found.place)}
            )
        self._form.inputs["own_name"].setFocus()

    @Slot()
    def _look(self) -> None:
        values = self._form.values()
        if self._found is None and len(values["own_name"].strip()) > 2:
            self._screen.desk.ask(
                self,
                queries.look_alikes,
                values["own_name"],
                values["other_names"],
                values["sex"],
                then=self._show_alike,
            )

    def _show_alike(self, found: list[LookAlike]) -> None:
        names = "; ".join(
            f"{one.name}, {one.number}, {one.born or '?'}, {one.place}"
            for one in found[:3]
        )
        self._alike.setText(_("Possibly the same person: {names}").format(names=names))
        self._alike.setVisible(bool(found))

    @Slot(dict)
    def _save(self, values: FormValues) -> None:
        """A place that is typed but not known yet is entered below its district first, if it is a path."""
        place = values["place_id"]
        if isinstance(place, str) and "›" in place:
            names = [name.strip() for name in place.split("›")]
            self._screen.desk.ask(
                self,
                places.covered,
                then=lambda found: self._add_place(values, names, found),
            )
            return
        self._send(values)

    def _add_place(
        self, values: FormValues, names: list[str], found: list[places.Choice]
    ) -> None:
        district = next(
            (one.id for one in found if one.name.casefold() == names[0].casefold()),
            None,
        )
        if district is None:
            self._send(values)
            return
        self._screen.desk.do(
            self,
            place_actions.add_path,
            district,
            names[1:],
            then=lambda i: self._send({**values, "place_id": i}),
            failed=self.failed,
        )

    def _send(self, values: FormValues) -> None:
        details = _details(values)
        consent = _consent(values)
        if self._found is None:
            self._screen.desk.do(
                self,
                actions.register,
                details,
                consent,
                then=self._registered,
                failed=self.failed,
            )
        else:
            self._screen.desk.do(
                self,
                actions.change,
                self._found.id,
                details,
                then=self.well,
                failed=self.failed,
            )

    def _registered(self, person_id: int) -> None:
        self.well()
        self._screen.show_item(person_id)


def _details(values: FormValues) -> PersonDetails:
    return PersonDetails(
        **{key: values[key] for key in PersonDetails.__slots__ if key in values}
    )


def _consent(values: FormValues) -> ConsentDetails | None:
    given = values.get("consent_on")
    if not given:
        return None
    day: date = given
    return ConsentDetails(day, values["consent_mode"], guardian=values["guardian"])
