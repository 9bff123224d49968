"""Changing one's own password: for everybody who can sign in."""

from PySide6.QtWidgets import QWidget

from cbs_desktop.errors import Fault, Invalid
from cbs_desktop.keeping import accounts
from cbs_desktop.words import _
from ui.desk import Desk
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues


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
    dialog = Dialog(
        parent, _("Change my password"), form, _("Change the password"), 420
    )

    def change(values: FormValues) -> None:
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
