"""Dialogs of decisions about certificates: without the rule being met, another name, withdrawing."""

from cbs_desktop.certificates import actions, rules
from cbs_desktop.certificates.actions import Override
from cbs_desktop.certificates.queries import Candidate, Issued
from cbs_desktop.errors import Fault, Invalid
from cbs_desktop.participants import actions as participants
from cbs_desktop.words import _
from ui.screen import Screen
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues

_N = str  # marks a word for the catalogues; it is translated when it is shown

OVERRIDES = {
    "sessions made up": _N("Missed sessions were made up"), "absences excused": _N("Absences are excused"),
    "joined late by decision": _N("Joined late, by decision"), "register incomplete": _N("The register is incomplete"),
    "programme decided": _N("Programme decision"),
}  # fmt: skip
WITHDRAWALS = {
    "issued by mistake": _N("Issued by mistake"), "wrong person": _N("Issued to the wrong person"),
    "wrong dates or sessions": _N("Wrong dates or sessions"), "asked by the person": _N("Requested by the person"),
    "misused": _N("It was misused"),
}  # fmt: skip
assert (
    tuple(OVERRIDES) == rules.OVERRIDE_REASONS
    and tuple(WITHDRAWALS) == rules.WITHDRAWAL_REASONS
)


def _choices(words: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((code, _(word)) for code, word in words.items())


def decide(page: Screen, round_id: int, one: Candidate, why: str) -> None:
    """Issue to somebody who did not meet the rule; reason, words and who decided are kept and listed."""
    form = Form(
        [
            Field(
                "reason",
                _("Reason"),
                "choice",
                needed=True,
                choices=_choices(OVERRIDES),
            ),
            Field(
                "words",
                _("In words"),
                needed=True,
                help=_("About the sessions only, never about the person’s life."),
            ),
        ],
        columns=1,
    )
    title = _("A certificate for {name}: {why}").format(name=one.printed_name, why=why)
    dialog = Dialog(
        page,
        title,
        form,
        _("Issue by exception"),
        560,
        ends_in=actions.issue,
        about=one.person_id,
    )

    def go(values: FormValues) -> None:
        override = {one.person_id: Override(values["reason"], values["words"])}
        dialog.send(
            page.desk,
            actions.issue,
            round_id,
            [one.person_id],
            override,
        )

    dialog.accepted_with.connect(go)
    dialog.show()


def correct(page: Screen, person_id: int, name: str, issued: Issued | None) -> None:
    """Another name on papers; where a certificate is out already, a new one takes its place under a new number."""
    said = _("Exactly as on the ID. The participant list is not changed.")
    if issued:
        more = _(
            "Certificate {number} is withdrawn, and a new one with a new number takes its place."
        )
        said = f"{said} {more.format(number=issued.number)}"
    form = Form(
        [Field("name_on_id", _("Name as it will be printed"), needed=True, help=said)],
        columns=1,
    )
    form.show_values({"name_on_id": name})
    words = _("Replace the certificate") if issued else _("Correct the name")
    dialog = Dialog(
        page,
        _("Correct the name"),
        form,
        words,
        560,
        ends_in=participants.name_on_papers,
        about=person_id,
    )

    def replaced(_answer: object) -> None:
        if issued is None:
            dialog.well()
        else:
            dialog.send(
                page.desk,
                actions.replace,
                issued.id,
            )

    def go(values: FormValues) -> None:
        given = values["name_on_id"]
        if not given.strip():
            dialog.failed(Invalid([Fault("name_on_id", "needed")]))
            return
        page.desk.do(
            dialog,
            participants.name_on_papers,
            person_id,
            given,
            then=replaced,
            failed=dialog.failed,
        )

    dialog.accepted_with.connect(go)
    dialog.show()
    form.inputs["name_on_id"].selectAll()


def withdraw(page: Screen, found: Issued) -> None:
    """Withdraw a certificate, with a reason: it cannot be printed any more, and checking tells so."""
    form = Form(
        [
            Field(
                "reason",
                _("Reason"),
                "choice",
                needed=True,
                choices=_choices(WITHDRAWALS),
                help=_(
                    "When verified it will show as withdrawn: here at "
                    "once, in other offices with the next list."
                ),
            )
        ],
        columns=1,
    )
    title = _("Withdraw certificate {number}?").format(number=found.number)
    dialog = Dialog(
        page,
        title,
        form,
        _("Withdraw"),
        520,
        ends_in=actions.withdraw,
        about=found.id,
    )

    def go(values: FormValues) -> None:
        dialog.send(
            page.desk,
            actions.withdraw,
            found.id,
            values["reason"],
        )

    dialog.accepted_with.connect(go)
    dialog.show()
