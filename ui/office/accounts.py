"""Who can sign in: the list of accounts, and what can be done with each."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from cbs_desktop.keeping import accounts
from cbs_desktop.keeping.accounts import ListedAccount
from cbs_desktop.safe.permissions import Role
from cbs_desktop.words import _
from ui.office import account_dialogs
from ui.office.account_dialogs import role_words
from ui.password import change_own
from ui.screen import Screen
from ui.vocabulary import full_day
from ui.widgets.dialog import Dialog
from ui.widgets.parts import button, label, line, rows
from ui.widgets.table import Column, Table


def _roles(account: ListedAccount) -> str:
    held = [role for role in Role if role in account.roles]
    return ", ".join(role_words(role) for role in held)


def _since(account: ListedAccount) -> str:
    if account.old:
        return _("older version: needs a new password")
    return full_day(account.since) if account.since else ""


class Accounts(Dialog):
    """The accounts in a table, a button for each thing to do with the one that is chosen, and what the office lacks."""

    def __init__(self, screen: Screen) -> None:
        self._desk = screen.desk
        self._advice = label("", "doubt", wrap=True)
        self._advice.hide()
        self.table = Table(
            _("Accounts"),
            [
                Column(_("Name"), lambda one: one.name, strong=True, width=200),
                Column(_("Roles"), _roles, width=250, stretch=True),
                Column(_("Since"), _since, width=170),
            ],
            key=lambda one: one.name,
        )
        self.table.setMinimumHeight(180)
        self.table.chosen.connect(self._chosen)
        self.add = button(_("Add account"), self.add_account, "", "add")
        self.roles = button(_("Change roles"), self.change_roles)
        self.password = button(_("New password"), self.new_password)
        self.away = button(_("Remove"), self.remove)
        self.code = button(_("Renew the recovery code"), self.renew_code, "plain")
        own = button(_("Change my own password"), self._change_own, "plain", "lock")
        inside = QWidget()
        inside.setLayout(
            rows(
                self._advice,
                self.table,
                line(self.add, self.roles, self.password, self.away, None),
                line(own, self.code, None),
                gap=10,
            )
        )
        super().__init__(screen, _("Accounts"), inside, _("Close"), 720)
        self.cancel.hide()
        self.accepted_with.connect(self.well)
        self.refresh()

    def refresh(self, *_value: object) -> None:
        """Ask who can sign in."""
        self._desk.ask(self, accounts.listed, then=self._show)
        self._desk.ask(self, accounts.advice, then=self._advise)

    def _show(self, found: list[ListedAccount]) -> None:
        self.table.show_rows(found, key=lambda one: one.name)

    def _advise(self, lacking: frozenset[str]) -> None:
        said = []
        if "second holder" in lacking:
            said.append(
                _(
                    "Only one person can change accounts. Make a second one coordinator: then each can replace the "
                    "other’s password."
                )
            )
        if "code" in lacking:
            said.append(
                _(
                    "Nobody has confirmed that the recovery code was written down. If the paper is not at hand, renew it."
                )
            )
        self._advice.setText("\n".join(said))
        self._advice.setVisible(bool(said))

    @Slot(object)
    def _chosen(self, account: ListedAccount | None) -> None:
        """One's own account is changed by somebody else, and its password by oneself."""
        others = account is not None and not account.mine
        self.password.setEnabled(others)
        self.away.setEnabled(others)
        self.roles.setEnabled(account is not None and not account.old)

    @Slot()
    def add_account(self) -> None:
        """A new person."""
        account_dialogs.Add(self, self._desk, self.refresh).show()

    @Slot()
    def change_roles(self) -> None:
        """Other roles for the one that is chosen."""
        if (one := self.table.current()) is not None:
            account_dialogs.Roles(self, self._desk, one, self.refresh).show()

    @Slot()
    def new_password(self) -> None:
        """A new password for the one that is chosen."""
        if (one := self.table.current()) is not None:
            account_dialogs.NewPassword(self, self._desk, one, self.refresh).show()

    @Slot()
    def remove(self) -> None:
        """Take the chosen one away."""
        if (one := self.table.current()) is not None:
            account_dialogs.Remove(self, self._desk, one, self.refresh).show()

    @Slot()
    def renew_code(self) -> None:
        """Another recovery code, on paper."""
        account_dialogs.RenewCode(self, self._desk, self.refresh).show()

    @Slot()
    def _change_own(self) -> None:
        change_own(self, self._desk)
