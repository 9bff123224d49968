"""What can be done on the Certificates place: each action with its key, and what the account needs for it."""

from typing import TYPE_CHECKING

from cbs_desktop.certificates import actions, queries
from cbs_desktop.words import _
from ui.screen import PageAction

if TYPE_CHECKING:
    from ui.certificates.candidates import Certificates


def offered(page: "Certificates") -> tuple[PageAction, ...]:
    """All actions of the page, the main one first."""
    return (*_issuing(page), *_deciding(page), *_around(page))


def _issuing(page: "Certificates") -> tuple[PageAction, ...]:
    return (
        PageAction(
            _("Issue certificates"),
            "Ctrl+Return",
            "certificates",
            page.issue,
            actions.issue,
        ),
        PageAction(_("Print"), "Ctrl+P", "print", page.print_shown, queries.printable),
        PageAction(
            _("Save as PDF"), "Ctrl+S", "save", page.save_shown, queries.printable
        ),
        PageAction(
            _("Browse the selected certificates"),
            "Ctrl+T",
            "next",
            page.turn,
            queries.printable,
        ),
        PageAction(
            _("Which certificates printed correctly?"),
            "Ctrl+J",
            "print",
            page.answer,
            queries.printable,
        ),
    )


def _deciding(page: "Certificates") -> tuple[PageAction, ...]:
    return (
        PageAction(
            _("Correct the name on the certificate"),
            "F2",
            "edit",
            page.correct,
            actions.replace,
        ),
        PageAction(
            _("Issue by exception"), "Ctrl+D", "decided", page.decide, actions.issue
        ),
        PageAction(
            _("Decide on a difference from the records"),
            "Ctrl+E",
            "decided",
            page.settle_difference,
            actions.keep,
        ),
        PageAction(
            _("Withdraw this certificate"),
            "",
            "withdraw",
            page.withdraw,
            actions.withdraw,
        ),
    )


def _around(page: "Certificates") -> tuple[PageAction, ...]:
    return (
        PageAction(
            _("Show attendance"),
            "Ctrl+G",
            "attendance",
            page.look,
            queries.candidates,
        ),
        PageAction(
            _("Verify a certificate"), "", "checking", page.check, queries.verdicts
        ),
        PageAction(
            _("Proof list of names as PDF"),
            "",
            "export",
            page.save_proof,
            queries.proof_list,
        ),
        PageAction(
            _("Register as PDF or table"),
            "",
            "export",
            page.save_register,
            queries.register,
        ),
    )
