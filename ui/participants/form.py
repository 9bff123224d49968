"""Registering and changing a person: one form, people who may be the same beside it while typing, consent with it."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from cbs_desktop import clock
from cbs_desktop.duplicates import actions as duplicates
from cbs_desktop.duplicates import queries as alike
from cbs_desktop.duplicates.rules import LATER
from cbs_desktop.participants import actions, availability, choices, rules
from cbs_desktop.participants.fields import (
    CONSENT_FIELDS,
    PERSON_FIELDS,
    PersonField,
)
from cbs_desktop.participants.queries import EditablePerson as Found
from cbs_desktop.participants.queries import doubts
from cbs_desktop.participants.rules import ConsentDetails, PersonDetails
from cbs_desktop.places import actions as place_actions
from cbs_desktop.places import queries as places
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.words import _
from ui.messages import confirm
from ui.participants import met
from ui.vocabulary import LANGUAGES, MODES, PURPOSES, SAFE_TO_CALL, weekday, word
from ui.widgets.dialog import Dialog
from ui.widgets.facility import FacilityDialog
from ui.widgets.form import Field, Form, FormValues, Offer

if TYPE_CHECKING:
    from ui.participants.people import Participants


_WIDTH = 900  # pixels
_COLUMNS = 4
_ANOTHER = "another"  # of the facilities: one that is added
# what is asked most often, in lines of four columns: seen without scrolling on a small screen; the rest stands below
_FIRST = {
    "own_name": 2, "other_names": 2,
    "sex": 1, "born_on": 1, "born_year": 1, "age_estimated": 1,
    "place_id": 2, "phone": 1, "safe_to_call": 1,
    "consent_on": 1, "consent_mode": 1, "guardian": 2,
    "purposes": 4, "consent_language": 2, "witness": 2,
    "phone_of": 2, "name_on_id": 2,
    "id_kind": 2, "id_number": 2,
    "facility_id": 2, "release_on": 2,
}  # fmt: skip


class PersonForm(Dialog):
    """The form in a dialog; Enter saves, what is wrong stands under its field."""

    def __init__(
        self, screen: "Participants", found: Found | None, name: str = ""
    ) -> None:
        self._screen = screen
        self._found = found
        self._facilities: list[tuple[int | None, str]] = [
            (None, _("Lives in the community"))
        ]
        self._facility: int | None = None  # the one chosen last
        self._form = Form(self._fields(screen, found), columns=_COLUMNS)
        if found is None:
            title = _("New person")
        else:
            title = _("Edit {number}").format(number=found.number)
        super().__init__(
            screen,
            title,
            self._form,
            _("Register") if found is None else _("Save changes"),
            _WIDTH,
            tall=True,
            ends_in=actions.register if found is None else actions.change,
            about=0 if found is None else found.id,
        )
        self.met = met.HaveWeMet()
        self.met.same.connect(self._open_same)
        if found is None:
            self.put_beside(self.met)
            self._form.changed.connect(self._look)
        self._form.changed.connect(self._doubt)
        self._form.inputs["born_year"].editingFinished.connect(self._take_age)
        self._warned_of: set[int] = set()
        self.accepted_with.connect(self._save)
        screen.desk.ask(self, places.facilities, then=self._show_facilities)
        self._fill()
        own, __, others = name.partition(" ")
        if found is None and own:
            self._form.show_values({"own_name": own, "other_names": others})
            self._look()
        if found is None:
            self._fit(_WIDTH + 16 + met.WIDTH, tall=True)

    def _fields(self, screen: "Participants", found: Found | None) -> list[Field]:
        declared = list(PERSON_FIELDS)
        if found is None:
            declared += CONSENT_FIELDS
        if not screen.desk.office.account.may(Permission.SEE_BACKGROUND):
            declared = [field for field in declared if field.key != "categories"]
        first = list(_FIRST)
        asked = [field for field in declared if field.kind]
        rest = [field for field in asked if field.key not in first]
        often = [field for field in asked if field.key in first]
        often.sort(key=lambda field: first.index(field.key))
        return [self._field(field) for field in (*often, *rest)]

    def _field(self, field: PersonField) -> Field:
        return Field(
            field.key,
            _(field.asked or field.label),
            field.kind,
            _(field.help) if field.help else "",
            field.needed,
            self._choices(field.key),
            _FIRST.get(field.key, _COLUMNS),
            self._find_places,
        )

    def _choices(self, key: str) -> Sequence[tuple[object, str]]:
        """The values of a field that is chosen, with their words."""
        if key == "facility_id":
            return self._facilities
        if key == "sex":
            return [("", _("choose")), ("F", _("woman")), ("M", _("man"))]
        if key == "safe_to_call":
            return [(answer, _(said)) for answer, said in SAFE_TO_CALL.items()]
        if key == "id_kind":
            return [(kind, _(kind) if kind else _("none")) for kind in choices.ID_KINDS]
        if key == "languages":
            return [(code, word(LANGUAGES, code)) for code in availability.LANGUAGES]
        if key == "days":
            return [(day, weekday(day)) for day in availability.DAYS]
        if key == "categories":
            return [(category, _(category)) for category in choices.CATEGORIES]
        return consent_choices(key)

    def _find_places(self, text: str, then: Offer) -> None:
        self._screen.desk.ask(
            self,
            places.suggest_places,
            text,
            then=lambda found: then([(one.id or one.path, one.path) for one in found]),
        )

    def _show_facilities(self, found: list[places.FacilityChoice]) -> None:
        box = self._form.inputs["facility_id"]
        for one in found:
            box.addItem(one.name, one.id)
        box.addItem(_("another facility or camp …"), _ANOTHER)
        box.picked.connect(self._ask_facility)
        if self._found is not None:
            self._facility = self._found.details.facility_id
            box.show_value(self._facility)

    @Slot()
    def _ask_facility(self) -> None:
        """A facility or a camp that is not in the list yet is added, and chosen."""
        box = self._form.inputs["facility_id"]
        if box.value() != _ANOTHER:
            self._facility = box.value()
        else:
            box.show_value(self._facility)
            FacilityDialog(self, self._screen.desk, self._take_facility).show()

    def _take_facility(self, facility_id: int, name: str) -> None:
        box = self._form.inputs["facility_id"]
        box.insertItem(box.count() - 1, name, facility_id)
        self._facility = facility_id
        box.show_value(facility_id)

    def _fill(self) -> None:
        if self._found is not None:
            details = self._found.details
            values = {key: getattr(details, key) for key in PersonDetails.__slots__}
            self._form.show_values(
                {**values, "place_id": (details.place_id, self._found.place)}
            )
        else:
            self._form.show_values({"purposes": choices.USUAL_PURPOSES})
        self._form.inputs["own_name"].setFocus()
        self._doubt()

    @Slot()
    def _take_age(self) -> None:
        """An age that was typed becomes the year of birth, as an estimate."""
        typed = self._form.inputs["born_year"].value()
        year = rules.year_of_age(typed, clock.day_of(self._screen.desk.office.now()))
        if year is not None:
            self._form.show_values({"born_year": year, "age_estimated": True})

    @Slot()
    def _look(self) -> None:
        details = _details(self._form.values())
        self._screen.desk.ask(self, alike.met, details, then=self.met.show_found)

    @Slot()
    def _doubt(self) -> None:
        """Whether the number of the card agrees with the rest."""
        details = _details(self._form.values())
        if details.id_number:
            self._screen.desk.ask(self, doubts, details, then=self._form.show_doubts)
        else:
            self._form.show_doubts(())

    @Slot(object)
    def _open_same(self, person_id: int) -> None:
        """The person is registered already: their record instead of a second one."""
        self.well()
        self._screen.show_item(person_id)

    def _is_to_be_looked_at(self) -> bool:
        """Whether somebody who is probably the same is to be looked at first; they are shown once."""
        new = {one.id: one for one in self.met.unanswered()}
        new = {key: one for key, one in new.items() if key not in self._warned_of}
        if not new:
            return False
        self._warned_of |= new.keys()
        names = "; ".join(f"{one.name}, {one.number}" for one in new.values())
        self.tell(
            _(
                "Probably registered already: {names}. Say on the right whether it is the same person, "
                "or press Register again to decide later."
            ).format(names=names)
        )
        return True

    @Slot(dict)
    def _save(self, values: FormValues) -> None:
        """A place that is typed but not known yet is asked about, and added first."""
        if self._found is None and self._is_to_be_looked_at():
            return
        place = values["place_id"]
        if isinstance(place, str):
            self._screen.desk.ask(
                self,
                places.understand,
                place,
                then=partial(self._settle, values),
            )
            return
        self._send(values)

    def _settle(self, values: FormValues, typed: places.TypedPlace | None) -> None:
        if typed is None or not typed.names:
            self._send(values)
            return
        if typed.id is not None:
            self._send({**values, "place_id": typed.id})
            return
        question = _("{place} is not known yet.").format(place=typed.path)
        if typed.near:
            alike = _("Did you mean {place}?").format(place=typed.near)
            question = f"{question} {alike}"
        if typed.official or confirm(
            self, question, _("Add this place"), _("Correct it")
        ):
            self._screen.desk.do(
                self,
                place_actions.add_path,
                typed.district_id,
                typed.names,
                then=lambda place_id: self._send({**values, "place_id": place_id}),
                failed=self.failed,
            )
        else:
            self._form.inputs["place_id"].setFocus()

    def _send(self, values: FormValues) -> None:
        details = _details(values)
        consent = consent_of(values)
        if self._found is None:
            self._screen.desk.do(
                self,
                duplicates.register,
                details,
                consent,
                self._judged(),
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

    def _judged(self) -> dict[int, str]:
        """What was said of those who are alike; who is probably the same and was passed over is asked about later."""
        passed_over = {one.id: LATER for one in self.met.unanswered()}
        return {**passed_over, **self.met.said}

    def _registered(self, person_id: int) -> None:
        self.well()
        self._screen.show_item(person_id)


def _details(values: FormValues) -> PersonDetails:
    return PersonDetails(
        **{key: values[key] for key in PersonDetails.__slots__ if key in values}
    )


def consent_choices(key: str) -> Sequence[tuple[object, str]]:
    """The values of a field of the consent that is chosen, with their words."""
    if key == "purposes":
        return [(code, word(PURPOSES, code)) for code in choices.PURPOSES]
    if key == "consent_mode":
        return [(code, word(MODES, code)) for code in choices.CONSENT_MODES]
    if key == "consent_language":
        spoken = [(code, word(LANGUAGES, code)) for code in availability.LANGUAGES]
        return [("", _("not said")), *spoken]
    return ()


def consent_of(values: FormValues) -> ConsentDetails | None:
    """The consent that was typed, its day perhaps missing; None where nothing was typed of it."""
    purposes = values.get("purposes", ())
    unusual = bool(purposes) and tuple(purposes) != choices.USUAL_PURPOSES
    told = ("consent_on", "guardian", "consent_language", "witness")
    if not unusual and not any(values.get(key) for key in told):
        return None
    day: date = values["consent_on"]  # who checks it says when it is missing
    return ConsentDetails(
        given_on=day,
        mode=values["consent_mode"],
        purposes=values["purposes"],
        guardian=values["guardian"],
        language=values["consent_language"],
        witness=values["witness"],
    )
