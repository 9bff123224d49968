"""Passwords: one's own changed, by everybody who can sign in; and a line that says how hard one is to guess."""

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from cbs_desktop.errors import Fault, Invalid
from cbs_desktop.keeping import accounts
from cbs_desktop.safe import passwords
from cbs_desktop.safe.passwords import Strength
from cbs_desktop.words import _
from ui.desk import Desk
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.widgets.parts import label, rows


def change_own(parent: QWidget, desk: Desk) -> None:
    """Ask for the password until now and a new one, twice."""
    form = Form(
        [
            Field("old", _("Current password"), "password"),
            Field("new", _("New password, at least 8 characters"), "password"),
            Field("again", _("Repeat the new password"), "password"),
        ],
        columns=1,
    )
    inside = QWidget()
    meter = strength_line(form.inputs["new"], desk.office.account.name)
    inside.setLayout(rows(form, meter, gap=8))
    dialog = Dialog(
        parent, _("Change my password"), inside, _("Change the password"), 420
    )

    def change(_values: FormValues) -> None:
        values = form.values()
        if values["new"] != values["again"]:
            dialog.failed(Invalid([Fault("again", "passwords differ")]))
            return
        dialog.send(
            desk,
            accounts.change_password,
            values["old"],
            values["new"],
        )

    dialog.accepted_with.connect(change)
    dialog.show()


def strength_line(field: QLineEdit, *known: str) -> QLabel:
    """A line under a password that says how hard it is to guess while it is typed; `known` are words near at hand."""
    said = label("", "small", wrap=True)
    said.setAccessibleName(_("How hard the password is to guess"))

    def tell(password: str) -> None:
        said.setText(_words(passwords.strength(password, *known)) if password else "")

    field.textChanged.connect(tell)
    return said


def _words(strength: Strength) -> str:
    return {
        Strength.SHORT: _("Too short: use at least {n} characters.").format(
            n=passwords.LEAST
        ),
        Strength.COMMON: _("One of the first that anybody would try."),
        Strength.FAIR: _("Fair. Four words that do not belong together are better."),
        Strength.GOOD: _("Good: hard to guess."),
    }[strength]
