"""Who can sign in: a new account, and one's own password."""

from PySide6.QtWidgets import QWidget

from cbs_desktop.errors import Fault
from cbs_desktop.keeping import accounts as account_actions
from cbs_desktop.safe import accounts
from cbs_desktop.safe.permissions import Role
from cbs_desktop.words import _
from ui.password import change_own
from ui.screen import Screen
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.widgets.parts import button, label, line, rows

ROLES = {
    Role.COORDINATOR: "Coordinator",
    Role.SCREENER: "Screener",
    Role.CLERK: "Clerk",
    Role.AUDITOR: "Auditor",
}


class Accounts(Dialog):
    """The accounts, a form for a new one, and the change of one's own password."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._list = label("", wrap=True)
        choices = [(role, _(text)) for role, text in ROLES.items()]
        self.form = Form(
            [
                Field("name", _("Name")),
                Field(
                    "password", _("Initial password, at least 8 characters"), "password"
                ),
                Field("roles", _("Roles"), "many", choices=choices, span=2),
            ]
        )
        inside = QWidget()
        own = button(_("Change my own password"), self._change_own, "plain", "lock")
        inside.setLayout(
            rows(
                label(_("Who can sign in"), "head"),
                self._list,
                line(own, None),
                label(_("New account"), "head"),
                self.form,
                gap=10,
            )
        )
        super().__init__(screen, _("Accounts"), inside, _("Add account"), 640)
        self.accepted_with.connect(self._add)
        self._show()

    def _show(self, *_value: object) -> None:
        self.main.setEnabled(True)
        found = accounts.roles(self._screen.desk.office.folder)
        self._list.setText(
            "\n".join(
                f"{name}: {', '.join(_(ROLES[role]) for role in Role if role in held)}"
                for name, held in found.items()
            )
        )

    def _add(self, _values: FormValues) -> None:
        values = self.form.values()
        if not values["roles"]:
            self.form.show_faults([Fault("roles", "needed")])
            self.main.setEnabled(True)
            return
        self._screen.desk.do(
            self,
            account_actions.add_account,
            values["name"].strip(),
            frozenset(values["roles"]),
            values["password"],
            then=self._added,
            failed=self.failed,
        )

    def _added(self, _value: object) -> None:
        self.form.show_values({"name": "", "password": "", "roles": ()})
        self._show()

    def _change_own(self) -> None:
        change_own(self, self._screen.desk)
