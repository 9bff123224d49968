"""Consent of a person: what stands by purpose, giving it, and withdrawing it with what comes of that told first."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout

from cbs_desktop import clock
from cbs_desktop.groups import actions as groups
from cbs_desktop.overview import queries as overview
from cbs_desktop.overview.consents import Consequence
from cbs_desktop.overview.roster import Record
from cbs_desktop.participants import actions, rules
from cbs_desktop.participants.choices import (
    PURPOSES,
    USUAL_PURPOSES,
    WITHDRAWAL_REASONS,
    WITHDRAWN,
)
from cbs_desktop.participants.fields import CONSENT_FIELDS, PersonField
from cbs_desktop.participants.rules import ConsentDetails, RecordedConsent
from cbs_desktop.words import _, many
from ui import vocabulary
from ui.participants.form import consent_choices, consent_of
from ui.vocabulary import LANGUAGES, MODES, full_day, word
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.widgets.parts import label

if TYPE_CHECKING:
    from ui.participants.people import Participants

_N = str  # marks a word for the catalogues; it is translated when it is shown
_WHY = {
    "": _N("Not said"),
    "own wish": _N("Own wish"),
    "guardian's wish": _N("Wish of the guardian"),
    "feels unsafe": _N("Feels unsafe"),
    "no time": _N("No time"),
    "other": _N("Another reason"),
}
_WIDE = 560  # pixels
assert tuple(_WHY) == WITHDRAWAL_REASONS


def purposes_in_words(purposes: Iterable[str]) -> str:
    """Purposes with commas between them."""
    return ", ".join(word(vocabulary.PURPOSES, purpose) for purpose in purposes)


def consent_facts(consents: Sequence[RecordedConsent]) -> list[tuple[str, str]]:
    """What was ever consented to, alike ones on one line, and a line for all that was not."""
    latest: dict[str, RecordedConsent] = {}
    for consent in consents:
        known = latest.get(consent.purpose)
        if known is None or known.withdrawn_on or not consent.withdrawn_on:
            latest[consent.purpose] = consent
    alike: dict[str, list[str]] = {}
    for purpose in (*PURPOSES, *sorted(latest.keys() - set(PURPOSES))):
        if purpose in latest:
            alike.setdefault(_said(latest[purpose]), []).append(purpose)
    facts = [(purposes_in_words(found), said) for said, found in alike.items()]
    missing = [purpose for purpose in PURPOSES if purpose not in latest]
    return [*facts, (_("Not given"), purposes_in_words(missing))]


def _said(consent: RecordedConsent) -> str:
    given = full_day(consent.given_on)
    if consent.withdrawn_on is not None:
        ended = full_day(consent.withdrawn_on)
        words = _("withdrawn on {ended}, given on {day}")
        return words.format(ended=ended, day=given)
    parts = [given, word(MODES, consent.mode)]
    if consent.language:
        parts.append(word(LANGUAGES, consent.language))
    if consent.witness:
        parts.append(_("witness: {name}").format(name=consent.witness))
    if consent.guardian:
        parts.append(_("guardian: {name}").format(name=consent.guardian))
    return ", ".join(parts)


class ConsentDialog(Dialog):
    """Consent is given: to one purpose or several, all from one paper or one talk."""

    def __init__(self, screen: "Participants", record: Record) -> None:
        self._screen = screen
        self._record = record
        self._today = clock.day_of(clock.now())
        self._form = Form([_field(field) for field in _in_order()])
        title = _("Consent: {name}").format(name=record.row.name)
        super().__init__(
            screen,
            title,
            self._form,
            _("Record consent"),
            ends_in=actions.give_consent,
            about=record.row.id,
        )
        self._note = _note(self)
        values = {"purposes": self._offered(), "consent_on": self._today}
        self._form.show_values(values)
        self._form.changed.connect(self._tell)
        self.accepted_with.connect(self._save)
        self._tell()
        self._form.inputs["purposes"].setFocus()

    def _offered(self) -> tuple[str, ...]:
        """The usual purposes that do not stand yet."""
        there = rules.standing(self._record.consents, self._today)
        return tuple(purpose for purpose in USUAL_PURPOSES if purpose not in there)

    @Slot()
    def _tell(self) -> None:
        values = self._form.values()
        notes = []
        if values["consent_mode"] == "oral" and not values["witness"].strip():
            notes.append(
                _("No witness is named. The consent counts, but is harder to prove.")
            )
        if "programme" in values["purposes"] and self._left_for_want_of_it():
            notes.append(
                _("The person comes back into the programme, without a group.")
            )
        self._note.setText(" ".join(notes))
        self._note.setVisible(bool(notes))

    def _left_for_want_of_it(self) -> bool:
        return any(
            event.code == "left" and event.detail == WITHDRAWN
            for event in self._record.events
        )

    @Slot(dict)
    def _save(self, values: FormValues) -> None:
        consent = consent_of(values) or ConsentDetails(values["consent_on"])
        self.send(self._screen.desk, actions.give_consent, self._record.row.id, consent)


def _in_order() -> list[PersonField]:
    first = [field for field in CONSENT_FIELDS if field.key == "purposes"]
    return [*first, *(field for field in CONSENT_FIELDS if field not in first)]


def _field(field: PersonField) -> Field:
    key = field.key
    return Field(
        field.key,
        _(field.asked or field.label),
        field.kind,
        needed=key in ("consent_on", "purposes"),
        choices=consent_choices(key),
        span=2 if key in ("purposes", "guardian") else 1,
    )


class WithdrawalDialog(Dialog):
    """Consent is withdrawn; what comes of it is told before it is confirmed."""

    def __init__(
        self,
        screen: "Participants",
        record: Record,
        consequences: tuple[Consequence, ...],
    ) -> None:
        self._screen = screen
        self._record = record
        self._consequences = consequences
        today = clock.day_of(clock.now())
        there = rules.standing(record.consents, today)
        offered = [(code, word(vocabulary.PURPOSES, code)) for code in there]
        fields = [
            Field("purposes", _("Withdraws consent for"), "many", needed=True,
                choices=offered, span=2),
            Field("withdrawn_on", _("Date of the withdrawal"), "date", needed=True),
            Field("withdrawn_why", _("Reason, if one was given"), "choice",
                choices=[(code, word(_WHY, code)) for code in WITHDRAWAL_REASONS]),
        ]  # fmt: skip
        self._form = Form(fields)
        title = _("Withdraw consent: {name}").format(name=record.row.name)
        super().__init__(
            screen,
            title,
            self._form,
            _("Withdraw consent"),
            ends_in=groups.withdraw_consent,
            about=record.row.id,
        )
        self._note = _note(self)
        self.setMinimumWidth(_WIDE)
        chosen = there if len(there) == 1 else ()
        self._form.show_values({"purposes": chosen, "withdrawn_on": today})
        self._form.changed.connect(self._tell)
        self.accepted_with.connect(self._save)
        self._tell()
        self._form.inputs["purposes"].setFocus()

    @Slot()
    def _tell(self) -> None:
        purposes = self._form.values()["purposes"]
        lines = list(consequences_in_words(self._consequences, purposes))
        if lines:
            self._note.setText("\n".join(lines))
        else:
            self._note.setText(_("Choose what consent is withdrawn for."))
        self._note.show()
        self.adjustSize()

    @Slot(dict)
    def _save(self, values: FormValues) -> None:
        self.send(
            self._screen.desk,
            groups.withdraw_consent,
            self._record.row.id,
            values["purposes"],
            values["withdrawn_on"],
            values["withdrawn_why"],
        )


def ask_withdrawal(screen: "Participants", record: Record) -> None:
    """Read what would come of it, then offer it."""

    def show(found: tuple[Consequence, ...]) -> None:
        WithdrawalDialog(screen, record, found).show()

    screen.ask(overview.consequences, record.row.id, then=show)


def consequences_in_words(
    consequences: Iterable[Consequence], purposes: Iterable[str]
) -> Iterator[str]:
    """What comes of withdrawing consent for these purposes, a sentence each."""
    chosen = set(purposes)
    for one in consequences:
        if one.purpose in chosen:
            yield f"{word(vocabulary.PURPOSES, one.purpose)}: {_sentence(one)}"


def _sentence(one: Consequence) -> str:
    sentences = {
        "leaves group": _("leaves {group}.").format(group=one.group),
        "not active": _("leaves the programme and is no longer counted as active."),
        "attendance stays": _("attendance until then stays recorded."),
        "certificates stay": many(
            "{n} certificate stays valid.", "{n} certificates stay valid.", one.count
        ),
        "no questionnaires": _("no questionnaire can be entered from now on."),
        "results sealed": many(
            "{n} questionnaire stays sealed and is left out of new reports.",
            "{n} questionnaires stay sealed and are left out of new reports.",
            one.count,
        ),
        "no pictures": _("pictures and stories are no longer used."),
        "no names": _("the name no longer appears in tables for others."),
        "no visits": _("no follow-up visits."),
        "not used": _("no longer applies."),
    }
    return sentences[one.code]


def _note(dialog: Dialog) -> QLabel:
    """A line under the title that says what comes of what was chosen."""
    note = label("", "", wrap=True)
    box = dialog.layout()
    assert isinstance(box, QVBoxLayout)
    box.insertWidget(3, note)
    return note
