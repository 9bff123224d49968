"""Certificates that differ from the records: what differs in words, and the decision to keep, replace or withdraw."""

from cbs_desktop.certificates import actions, rules
from cbs_desktop.certificates.mismatches import PaperMismatch
from cbs_desktop.errors import Fault, Invalid
from cbs_desktop.words import _
from ui.certificates.exceptions import OVERRIDES
from ui.screen import Screen
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues

_N = str  # marks a word for the catalogues; it is translated when it is shown
_KINDS = {
    "not complete": _N("by the records the programme was not completed"),
    "sessions": _N("the paper says {says}, the records say {records}"),
    "days": _N("the first or last day of the group is another"),
    "group": _N("the person is in another group now"),
    "name": _N("the name is {now} now"),
    "no member": _N("the person is in no group of this round"),
    "two papers": _N("this person has two certificates of this round"),
    "erased": _N("the holder was erased; the paper is still valid"),
}
_KEEPING = {
    **OVERRIDES,
    "checked on paper": _N("Checked on the paper register"),
    "too small to matter": _N("Too small a difference to matter"),
    "asked by the person": _N("Requested by the person"),
}
assert tuple(_KINDS) == rules.MISMATCHES
assert tuple(_KEEPING) == rules.KEEP_REASONS
_WAYS = {
    "keep": _N("Keep the certificate as it is, with a reason"),
    "replace": _N("Replace it: a new one says what the records say"),
    "withdraw": _N("Withdraw it"),
}
_WITHDRAWN = "wrong dates or sessions"


def what_differs(one: PaperMismatch) -> str:
    """All that differs, in a sentence."""
    facts = {
        "says": _of(one.says),
        "records": _of(one.records),
        "now": one.now,
    }
    said = "; ".join(_(_KINDS[kind]).format(**facts) for kind in one.kinds)
    return _("Differs from the records: {what}.").format(what=said)


def _of(sessions: tuple[int, int]) -> str:
    attended, held = sessions
    return _("{n} of {m} sessions").format(n=attended, m=held)


def ask_decision(page: Screen, one: PaperMismatch) -> None:
    """Keep, replace or withdraw."""
    ways: list[tuple[object, str]] = []
    for code, text in _WAYS.items():
        ways.append((code, _(text)))
    reasons: list[tuple[object, str]] = [("", _("Please choose"))]
    for code, text in _KEEPING.items():
        reasons.append((code, _(text)))
    form = Form(
        [
            Field("way", _("Decision"), "choice", choices=ways),
            Field("reason", _("Reason, to keep it"), "choice", choices=reasons),
            Field(
                "words",
                _("In words, to keep it"),
                help=_("About the sessions only, never about the person’s life."),
            ),
        ],
        columns=1,
    )
    form.show_values({"way": "keep", "reason": "", "words": ""})
    title = _("Certificate {number}: {what}").format(
        number=one.number, what=what_differs(one)
    )
    dialog = Dialog(
        page,
        title,
        form,
        _("Decide"),
        600,
        ends_in=actions.keep,
        about=one.certificate_id,
    )

    def go(values: FormValues) -> None:
        _decide(page, dialog, one.certificate_id, values)

    dialog.accepted_with.connect(go)
    dialog.show()


def _decide(
    page: Screen, dialog: Dialog, certificate_id: int, values: FormValues
) -> None:
    way = values["way"]
    if way == "keep":
        if not values["reason"]:
            dialog.failed(Invalid([Fault("reason", "needed")]))
            return
        dialog.send(
            page.desk,
            actions.keep,
            certificate_id,
            values["reason"],
            values["words"],
        )
    elif way == "replace":
        dialog.send(page.desk, actions.replace, certificate_id)
    else:
        dialog.send(page.desk, actions.withdraw, certificate_id, _WITHDRAWN)
