"""The same for all who are ticked: what will happen and for whom not is seen before it is done, as one action."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVarTuple

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from cbs_desktop import clock
from cbs_desktop.action import Door, Reading, Transaction
from cbs_desktop.errors import Cancelled, Invalid
from cbs_desktop.groups import bulk as groups
from cbs_desktop.participants import bulk as participants
from cbs_desktop.participants.bulk import BulkLine, BulkPlan, NewPlace
from cbs_desktop.participants.choices import LEAVING, USUAL_PURPOSES, WITHDRAWN
from cbs_desktop.participants.fields import CONSENT_FIELDS, PersonField
from cbs_desktop.participants.rules import ConsentDetails
from cbs_desktop.places import queries as places
from cbs_desktop.places.queries import TypedPlace
from cbs_desktop.words import _, many
from ui.messages import confirm
from ui.participants.form import consent_choices
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues, Offer
from ui.widgets.parts import label, rows
from ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from ui.participants.people import Participants

Given = TypeVarTuple("Given")
_N = str  # marks words for the catalogues; they are translated when they are shown
_WIDTH = 760  # pixels
_HEIGHT = 620
_TABLE = 120  # pixels of the list of people at the least
_EVERY = 200  # milliseconds between two looks at how far it is
_WHY_NOT = {
    "lives there": _N("lives there already"),
    "guardian needed": _N("was under 16: needs the name of a guardian, on their page"),
    "before withdrawal": _N("withdrew this consent on a later day"),
    "has it already": _N("consents to all of this already"),
    "left already": _N("has left already"),
}
_THEN = {
    "stays in group": _N("stays in {about}"),
    "leaves group": _N("leaves {about} too"),
    "propose again": _N("waits for a group: propose again with the new place"),
    "in a facility": _N("is in a facility, whose groups do not depend on this"),
    "comes back": _N("comes back into the programme, without a group"),
}


class Steps:
    """How far long work is. The work tells it and is stopped by it; the window looks at it."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0
        self.stopped = False

    def __call__(self, done: int, total: int) -> None:
        """The work tells how far it is; Cancelled when it is to stop."""
        if self.stopped:
            raise Cancelled()
        self.done = done
        self.total = total


def said(line: BulkLine) -> str:
    """What happens to a person, or why nothing does."""
    if line.why_not:
        return _(_WHY_NOT[line.why_not])
    told: list[str] = []
    for code in line.then:
        told.append(_(_THEN[code]).format(about=line.about))
    return ", ".join(told)


def _chip(line: BulkLine) -> tuple[str, str]:
    if line.why_not:
        return "warn", _("Left out")
    return "ok", _("Will be done")


def _columns() -> list[Column]:
    return [
        Column(_("Name"), lambda line: line.name, strong=True, width=200),
        Column(_("Number"), lambda line: line.number, width=100),
        Column("", chip=_chip, width=120),
        Column(_("What follows"), said, stretch=True, width=240),
    ]


class BulkDialog(Dialog):
    """A form, the people it is about, and the button. Subclasses ask for the plan in `look` and do it in `do_it`."""

    def __init__(
        self,
        screen: "Participants",
        ids: tuple[int, ...],
        title: str,
        fields: list[Field],
        ends_in: Door,
    ) -> None:
        self._screen = screen
        self._ids = ids
        self.form = Form(fields)
        self.plan: BulkPlan | None = None
        self._steps: Steps | None = None
        self.summary = label("", "strong", wrap=True)
        self.people = Table(_("People who are ticked"), _columns())
        self.people.setMinimumHeight(_TABLE)
        inside = QWidget()
        box = rows(self.form, self.summary, gap=10)
        box.addWidget(self.people, 1)
        inside.setLayout(box)
        super().__init__(
            screen, title, inside, title, _WIDTH, tall=True, ends_in=ends_in
        )
        self.title = title
        self.resize(self.width(), min(_HEIGHT, self._room().height()))
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self._tell_steps)
        self.form.changed.connect(self.look_anew)
        self.accepted_with.connect(self._go)

    def done_for(self, count: int) -> str:
        """What the button says for so many people."""
        raise NotImplementedError

    def look(self, told: bool) -> None:
        """Ask what would be done; where `told`, what is wrong with the form is said."""
        raise NotImplementedError

    def do_it(self, ids: tuple[int, ...], steps: Steps) -> None:
        """Do it for these people."""
        raise NotImplementedError

    @Slot()
    def look_anew(self) -> None:
        """The form was changed: what was told of it is no longer true."""
        self.plan = None
        self.summary.setText(
            many("{n} person is ticked.", "{n} people are ticked.", len(self._ids))
        )
        self.people.show_rows([])
        self.main.setText(self.title)
        self.look(told=False)

    def ask_plan(
        self,
        query: Callable[[Reading, *Given], BulkPlan],
        *args: *Given,
        told: bool,
    ) -> None:
        """Ask for the plan; while the form is not complete nothing is said of it unless it is to be."""
        failed = self.failed if told else self._not_complete
        self._screen.desk.ask(self, query, *args, then=self.show_plan, failed=failed)

    def _not_complete(self, problem: BaseException) -> None:
        """The form is not filled in yet: that is said when it is to be done."""
        if not isinstance(problem, Invalid):
            self.failed(problem)

    def show_plan(self, plan: BulkPlan) -> None:
        """Show for whom it will be done, and first for whom not."""
        self.plan = plan
        self.main.setEnabled(True)
        left_out = plan.left_out()
        will = plan.will()
        told: list[str] = []
        if will:
            told.append(
                many(
                    "Will be done for {n} person.",
                    "Will be done for {n} people.",
                    len(will),
                )
            )
        if left_out:
            told.append(
                many(
                    "{n} person is left out.", "{n} people are left out.", len(left_out)
                )
            )
        self.summary.setText(" ".join(told))
        self.people.show_rows([*left_out, *will])
        self.main.setText(self.done_for(len(will)) if will else self.title)

    @Slot(dict)
    def _go(self, _values: FormValues) -> None:
        if self.plan is None:
            self.look(told=True)
            self.main.setEnabled(True)
            return
        chosen: list[int] = []
        for line in self.plan.will():
            chosen.append(line.id)
        if not chosen:
            self.tell(_("Everybody who is ticked is left out. Nothing is changed."))
            return
        self.begin(tuple(chosen))

    def begin(self, chosen: tuple[int, ...]) -> None:
        """Do it; the dialog tells how far it is."""
        self._steps = Steps()
        self._timer.start()
        self.form.setEnabled(False)
        self.do_it(chosen, self._steps)

    def send_many(
        self, action: Callable[[Transaction, *Given], object], *args: *Given
    ) -> None:
        """Do the action for many."""
        self._screen.desk.do(
            self, action, *args, then=self._was_done, failed=self.failed
        )

    def _was_done(self, _count: object) -> None:
        self._timer.stop()
        self._steps = None
        self._screen.table.model_rows.tick_keys(())
        self.well()

    def failed(self, problem: BaseException) -> None:
        """It was not done, or was stopped: nothing is changed."""
        self._timer.stop()
        self._steps = None
        self.form.setEnabled(True)
        self.cancel.setText(_("Cancel"))
        if isinstance(problem, Cancelled):
            self.tell(_("Stopped. Nothing is changed."))
        else:
            super().failed(problem)

    @Slot()
    def _tell_steps(self) -> None:
        if self._steps is not None and self._steps.total:
            words = _("{n} of {m} people …")
            self.summary.setText(words.format(n=self._steps.done, m=self._steps.total))
            self.cancel.setText(_("Stop"))

    def reject(self) -> None:
        """Stop what is under way; else leave."""
        if self._steps is not None:
            self._steps.stopped = True
            return
        super().reject()


class MoveMany(BulkDialog):
    """People move to another village or sector. A place that is not entered yet is asked about as in the form."""

    def __init__(self, screen: "Participants", ids: tuple[int, ...]) -> None:
        self._new_place: TypedPlace | None = None
        field = Field(
            "place_id",
            _("They live in"),
            "place",
            needed=True,
            span=2,
            search=self._find,
        )
        title = _("Change the place")
        super().__init__(screen, ids, title, [field], participants.move_many)
        self.form.inputs["place_id"].textChanged.connect(self.look_anew)
        self.look_anew()
        self.form.inputs["place_id"].setFocus()

    def done_for(self, count: int) -> str:
        """What the button says."""
        return many("Move {n} person", "Move {n} people", count)

    def _find(self, text: str, then: Offer) -> None:
        def offer(found: list[places.PlaceChoice]) -> None:
            pairs: list[tuple[object, str]] = []
            for one in found:
                pairs.append((one.id or one.path, one.path))
            then(pairs)

        self._screen.desk.ask(self, places.suggest_places, text, then=offer)

    def look(self, told: bool) -> None:
        """Who would move there, once it is known where."""
        self._new_place = None
        place = self.form.values()["place_id"]
        if isinstance(place, int):
            self.ask_plan(groups.moving, self._ids, place, told=told)
        elif place:
            then = partial(self._understood, told, place)
            self._screen.desk.ask(self, places.understand, str(place), then=then)
        elif told:
            self.tell(_("Choose the place first."))

    def _understood(self, told: bool, asked: str, found: TypedPlace | None) -> None:
        if self.form.values()["place_id"] != asked:
            return  # another place was typed meanwhile
        if found is not None and found.names:
            self._new_place = found
            self.ask_plan(groups.moving, self._ids, found.id, told=told)
        elif told:
            self.tell(_("No such place is known. Choose one of the list."))

    def begin(self, chosen: tuple[int, ...]) -> None:
        """Ask about a place that no list knows, then move."""
        typed = self._new_place
        if typed is not None and typed.id is None and not typed.official:
            question = _("{place} is not known yet.").format(place=typed.path)
            if typed.near:
                near = _("Did you mean {place}?").format(place=typed.near)
                question = f"{question} {near}"
            if not confirm(self, question, _("Add this place"), _("Correct it")):
                self.main.setEnabled(True)
                self.form.inputs["place_id"].setFocus()
                return
        super().begin(chosen)

    def do_it(self, ids: tuple[int, ...], steps: Steps) -> None:
        """Move them."""
        typed = self._new_place
        if typed is None:
            place: int | NewPlace = self.form.values()["place_id"]
        elif typed.id is not None:
            place = typed.id
        else:
            place = NewPlace(typed.district_id, typed.names)
        self.send_many(participants.move_many, ids, place, steps)


class ConsentMany(BulkDialog):
    """What people agreed to at one meeting: the same day, form, language and witness for all."""

    def __init__(self, screen: "Participants", ids: tuple[int, ...]) -> None:
        fields: list[Field] = []
        for field in CONSENT_FIELDS:
            if field.key != "guardian":
                fields.append(_consent_field(field))
        fields.sort(key=_purposes_first)
        title = _("Record consent")
        super().__init__(screen, ids, title, fields, participants.consent_many)
        today = clock.day_of(clock.now())
        self.form.show_values({"purposes": USUAL_PURPOSES, "consent_on": today})
        self.look_anew()
        self.form.inputs["purposes"].setFocus()

    def done_for(self, count: int) -> str:
        """What the button says."""
        return many(
            "Record consent of {n} person", "Record consent of {n} people", count
        )

    def _consent(self) -> ConsentDetails:
        values = self.form.values()
        return ConsentDetails(
            given_on=values["consent_on"],
            mode=values["consent_mode"],
            purposes=values["purposes"],
            language=values["consent_language"],
            witness=values["witness"],
        )

    def look(self, told: bool) -> None:
        """Whose consent would be recorded."""
        self.ask_plan(participants.consenting, self._ids, self._consent(), told=told)

    def do_it(self, ids: tuple[int, ...], steps: Steps) -> None:
        """Record it."""
        self.send_many(participants.consent_many, ids, self._consent(), steps)


def _purposes_first(field: Field) -> bool:
    return field.key != "purposes"


def _consent_field(field: PersonField) -> Field:
    key = field.key
    return Field(
        key,
        _(field.asked or field.label),
        field.kind,
        needed=key in ("consent_on", "purposes"),
        choices=consent_choices(key),
        span=2 if key == "purposes" else 1,
    )


class LeaveMany(BulkDialog):
    """People left the programme on one day for one reason."""

    def __init__(self, screen: "Participants", ids: tuple[int, ...]) -> None:
        reasons: list[tuple[object, str]] = []
        for why in LEAVING:
            if why != WITHDRAWN:  # told person by person
                reasons.append((why, _(why)))
        fields = [
            Field("left_on", _("Date of departure"), "date", needed=True),
            Field("reason", _("Reason"), "choice", choices=reasons),
        ]
        title = _("Record departure")
        super().__init__(screen, ids, title, fields, groups.leave_many)
        self.look_anew()
        self.form.inputs["left_on"].setFocus()

    def done_for(self, count: int) -> str:
        """What the button says."""
        return many("Record that {n} person left", "Record that {n} people left", count)

    def look(self, told: bool) -> None:
        """Who would leave."""
        values = self.form.values()
        self.ask_plan(
            groups.leaving, self._ids, values["left_on"], values["reason"], told=told
        )

    def do_it(self, ids: tuple[int, ...], steps: Steps) -> None:
        """Record it."""
        values = self.form.values()
        left_on, reason = values["left_on"], values["reason"]
        self.send_many(groups.leave_many, ids, left_on, reason, steps)
