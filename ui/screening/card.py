"""The safety card as a form: on the entry of a sheet, and when somebody is seen again."""

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter

from cbs_desktop.screening.rules import SafetyCard
from cbs_desktop.screening.safety import ListedService
from cbs_desktop.words import _
from ui.widgets.form import Field, Form


def card_form(columns: int = 2) -> Form:
    """Who was told and when, safe now, referred to whom, to be seen again when."""
    safe = [
        ("", _("choose")),
        (True, _("yes, safe now")),
        (False, _("no or not sure")),
    ]
    fields = [
        Field("told", _("Who was told"), needed=True),
        Field("told_on", _("On which day"), "date", needed=True),
        Field("safe_now", _("Is the person safe now?"), "choice", choices=safe),
        Field("referred_to", _("Referred to")),
        Field("see_again_on", _("Follow-up date"), "date", needed=True),
    ]
    return Form(fields, columns=columns)


def empty(today: date) -> dict[str, object]:
    """The values of a new card: told today, seen again in a week."""
    again = today + timedelta(days=7)
    return {
        "told": "",
        "told_on": today,
        "safe_now": "",
        "referred_to": "",
        "see_again_on": again,
    }


def typed(form: Form) -> SafetyCard:
    """The card as it was typed; not chosen counts as not safe."""
    values = form.values()
    return SafetyCard(**{**values, "safe_now": values["safe_now"] is True})


def offer(form: Form, services: list[ListedService]) -> None:
    """Offer the services of the referral directory while typing."""
    completer = QCompleter([_with_phone(one) for one in services], form)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    form.inputs["referred_to"].setCompleter(completer)


def _with_phone(one: ListedService) -> str:
    if one.service.phone:
        return f"{one.service.name}, {one.service.phone}"
    return one.service.name
