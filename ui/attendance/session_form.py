"""What became of a session: held when, by whom, in which phases; agreements and incidents without their story."""

from collections.abc import Mapping

from cbs_desktop.attendance import actions
from cbs_desktop.attendance.details import SessionDetails
from cbs_desktop.attendance.session_record import AGREEMENTS, SessionRecord
from cbs_desktop.words import _
from ui.screen import Screen
from ui.vocabulary import PHASES, word
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues

_N = str  # marks a word for the catalogues; it is translated when it is shown
_STATUSES = {
    "held": _N("It was held"),
    "postponed": _N("It was postponed"),
    "cancelled": _N("It was cancelled"),
}
_SETBACKS = {
    "funeral": _N("A funeral"),
    "rain or road": _N("Rain, or no road"),
    "commemoration": _N("Commemoration"),
    "market or harvest": _N("Market or harvest"),
    "public duty": _N("Umuganda, a meeting or another public duty"),
    "facilitator absent": _N("A facilitator was absent"),
    "venue not free": _N("The venue was not free"),
    "too few came": _N("Too few people came"),
    "insecurity": _N("It was not safe"),
    "other": _N("Another reason"),
}
_INCIDENTS = {
    "conflict in the group": _N("A conflict in the group"),
    "illness or accident": _N("An illness or accident"),
    "somebody in danger": _N("Somebody in danger: open a safety card too"),
    "disturbed from outside": _N("Disturbed from outside"),
    "rules of the group broken": _N("The group’s rules were broken"),
    "other": _N("Something else"),
}
_AGREEMENTS = {
    "land": _N("Agreements on land"),
    "house": _N("Agreements on a house"),
    "debt": _N("Agreements on a debt"),
    "family": _N("Agreements in a family"),
    "other": _N("Other agreements"),
}


def ask_session(screen: Screen, details: SessionDetails) -> None:
    """Open the form of a session; it saves by `record_session`."""
    form = Form(_fields(details))
    form.show_values(_values(details.record))
    title = _("Session {n} of {group}").format(n=details.number, group=details.group)
    dialog = Dialog(
        screen,
        title,
        form,
        _("Save"),
        width=800,
        tall=True,
        ends_in=actions.record_session,
        about=details.session_id,
    )

    def save(values: FormValues) -> None:
        record = _record(values)
        dialog.send(screen.desk, actions.record_session, details.session_id, record)

    dialog.accepted_with.connect(save)
    dialog.show()


def _fields(details: SessionDetails) -> list[Field]:
    phases = [(phase, word(PHASES, phase)) for phase in details.phases]
    no_phase = ("", _("No other phase"))
    agreements: list[Field] = []
    for kind in AGREEMENTS:
        agreements.append(Field(kind, _(_AGREEMENTS[kind]), "number"))
    return [
        Field("status", _("Status"), "choice", choices=_choices(_STATUSES)),
        Field("held_on", _("Held on"), "date"),
        Field("phase", _("Phase worked on"), "choice", choices=phases),
        Field("second", _("Second phase"), "choice", choices=[no_phase, *phases]),
        Field(
            "setback",
            _("Why it was not held"),
            "choice",
            choices=[("", _("Not said")), *_choices(_SETBACKS)],
        ),
        Field("head_count", _("Head count on the paper"), "number"),
        Field(
            "facilitators",
            _("Facilitators present"),
            "list",
            choices=details.facilitators,
        ),
        Field(
            "incident",
            _("Incident"),
            "choice",
            choices=[("", _("None")), *_choices(_INCIDENTS)],
        ),
        Field("topic", _("Topic in a few words"), span=2),
        Field(
            "note",
            _("Brief note (nothing that was said in the circle)"),
            span=2,
        ),
        *agreements,
    ]


def _choices(words: Mapping[str, str]) -> list[tuple[object, str]]:
    return [(code, _(text)) for code, text in words.items()]


def _values(record: SessionRecord) -> dict[str, object]:
    first, second = (*record.phases, "", "")[:2]
    values: dict[str, object] = {
        "status": record.status,
        "held_on": record.held_on,
        "phase": first,
        "second": second,
        "setback": record.setback,
        "head_count": record.head_count,
        "facilitators": record.facilitators,
        "incident": record.incident,
        "topic": record.topic,
        "note": record.note,
    }
    return values | dict(record.agreements)


def _record(values: FormValues) -> SessionRecord:
    agreements: dict[str, int] = {}
    for kind in AGREEMENTS:
        agreements[kind] = values[kind] or 0
    return SessionRecord(
        status=values["status"],
        held_on=values["held_on"],
        phases=(values["phase"], values["second"]),
        topic=values["topic"],
        note=values["note"],
        setback=values["setback"],
        head_count=values["head_count"],
        incident=values["incident"],
        facilitators=tuple(values["facilitators"]),
        agreements=agreements,
    )
