"""What can be done with an account, each in a dialog of its own: add, other roles, a new password, remove, the code."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from cbs_desktop.errors import Fault
from cbs_desktop.keeping import accounts
from cbs_desktop.keeping.accounts import ListedAccount
from cbs_desktop.safe.permissions import Role
from cbs_desktop.words import _
from ui.desk import Desk
from ui.messages import confirm
from ui.password import strength_line
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.widgets.parts import label, rows
from ui.widgets.written_code import WrittenCode

Then = Callable[..., object]


def role_words(role: Role) -> str:
    """A role as the screen says it."""
    return {
        Role.COORDINATOR: _("Coordinator"),
        Role.SCREENER: _("Screener"),
        Role.CLERK: _("Clerk"),
        Role.AUDITOR: _("Auditor"),
    }[role]


def _roles_field() -> Field:
    choices = [(role, role_words(role)) for role in Role]
    return Field("roles", _("Roles"), "many", choices=choices, span=2)


def _password_field(words: str) -> Field:
    return Field("password", words, "password", needed=True)


def _inside(*parts: QWidget) -> QWidget:
    made = QWidget()
    made.setLayout(rows(*parts, gap=10))
    return made


class _AboutAccount(Dialog):
    """A form that ends in a change of the accounts; `then` is told when it is done."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        title: str,
        form: Form,
        do_it: str,
        then: Then,
    ) -> None:
        self.desk = desk
        self.form = form
        self._then = then
        super().__init__(parent, title, self.build(), do_it, 520)
        self.accepted_with.connect(self.save)

    def build(self) -> QWidget:
        """The form with what stands around it."""
        return self.form

    def save(self, _values: FormValues) -> None:
        """Do it."""
        raise NotImplementedError

    def well(self, *_arguments: object) -> None:
        """It was done."""
        super().well()
        self._then()

    def need_roles(self) -> frozenset[Role]:
        """The roles that are ticked; none is said to be wrong."""
        chosen = frozenset(self.form.values()["roles"])
        if not chosen:
            self.form.show_faults([Fault("roles", "needed")])
            self.main.setEnabled(True)
        return chosen


class Add(_AboutAccount):
    """A new person who can sign in."""

    def __init__(self, parent: QWidget, desk: Desk, then: Then) -> None:
        form = Form(
            [
                Field("name", _("Name"), needed=True),
                _password_field(_("Initial password, at least 8 characters")),
                _roles_field(),
            ]
        )
        super().__init__(parent, desk, _("New account"), form, _("Add account"), then)

    def build(self) -> QWidget:
        """The form, how good the password is, and what to do with it."""
        why = _(
            "Tell the person this password alone; it is to be changed at the first sign-in."
        )
        meter = strength_line(self.form.inputs["password"])
        return _inside(self.form, meter, label(why, "small", wrap=True))

    def save(self, _values: FormValues) -> None:
        """Add it."""
        values = self.form.values()
        if chosen := self.need_roles():
            self.send(
                self.desk,
                accounts.add_account,
                values["name"],
                chosen,
                values["password"],
            )


class Roles(_AboutAccount):
    """Other roles for somebody."""

    def __init__(
        self, parent: QWidget, desk: Desk, account: ListedAccount, then: Then
    ) -> None:
        self._account = account
        form = Form([_roles_field()])
        form.show_values({"roles": tuple(account.roles)})
        title = _("Roles of {name}").format(name=account.name)
        super().__init__(parent, desk, title, form, _("Change roles"), then)

    def build(self) -> QWidget:
        """The roles, and from when on they count."""
        when = _(
            "They count from the next sign-in on. What was seen until then stays known."
        )
        return _inside(self.form, label(when, "small", wrap=True))

    def save(self, _values: FormValues) -> None:
        """Change them."""
        if chosen := self.need_roles():
            self.send(self.desk, accounts.change_roles, self._account.name, chosen)


class NewPassword(_AboutAccount):
    """A new password for somebody who forgot it."""

    def __init__(
        self, parent: QWidget, desk: Desk, account: ListedAccount, then: Then
    ) -> None:
        self._account = account
        form = Form(
            [_password_field(_("New password, at least 8 characters"))], columns=1
        )
        title = _("New password for {name}").format(name=account.name)
        super().__init__(parent, desk, title, form, _("Set password"), then)

    def build(self) -> QWidget:
        """The form, how good the password is, and what stays readable."""
        meter = strength_line(self.form.inputs["password"], self._account.name)
        old = _("Backups made before still open with the old password.")
        return _inside(self.form, meter, label(old, "small", wrap=True))

    def save(self, _values: FormValues) -> None:
        """Set it."""
        password = self.form.values()["password"]
        self.send(self.desk, accounts.replace_password, self._account.name, password)


class Remove(Dialog):
    """Ask before an account goes, and say what it does not reach."""

    def __init__(
        self, parent: QWidget, desk: Desk, account: ListedAccount, then: Then
    ) -> None:
        self._desk = desk
        self._account = account
        self._then = then
        name = account.name
        gone = _(
            "{name} can no longer sign in, and the file is encrypted with another key. It takes a few seconds; this cannot "
            "be undone."
        )
        copies = _(
            "Backups and copies made until today can still be opened with the password of {name}. Make a new backup now, "
            "and destroy the old ones or lock them away."
        )
        inside = _inside(
            label(gone.format(name=name), wrap=True),
            label(copies.format(name=name), "doubt", wrap=True),
        )
        title = _("Remove the account {name}").format(name=name)
        super().__init__(parent, title, inside, _("Remove account"), 520)
        self.accepted_with.connect(self._remove)

    def _remove(self, _values: FormValues) -> None:
        work = partial(accounts.remove, self._desk.office, self._account.name)
        self.main.setText(_("Removing…"))
        self._desk.call(self, work, then=self._removed, failed=self._failed)

    def _removed(self, _value: object) -> None:
        self.well()
        self._then()

    def _failed(self, problem: BaseException) -> None:
        self.main.setText(_("Remove account"))
        self.failed(problem)


class RenewCode(Dialog):
    """A new recovery code: it counts only when two of its groups were typed back; until then the old one does."""

    def __init__(self, parent: QWidget, desk: Desk, then: Then) -> None:
        self._desk = desk
        self._then = then
        self._code = accounts.new_code()
        why = _(
            "Write this code down and lock it away. It replaces the one before as soon as you have typed two of its groups "
            "back; then destroy the old paper. Backups made before still open with the old code."
        )
        title = _("New recovery code")
        self.written = WrittenCode(desk.office.title, title, why, self._code)
        super().__init__(parent, title, self.written, _("I have written it down"), 600)
        self.accepted_with.connect(self._go_on)
        self.written.turned.connect(self._turn)
        self.written.proved.connect(self._renew)

    def _go_on(self, _values: FormValues) -> None:
        self.main.setEnabled(True)
        self.written.go_on()

    @Slot(bool)
    def _turn(self, asking: bool) -> None:
        if asking:
            self.main.setText(_("Use the new code"))
            self.written.form.leads_to(self.main, self.written.again, self.cancel)
        else:
            self.main.setText(_("I have written it down"))

    @Slot()
    def _renew(self) -> None:
        self._desk.do(
            self,
            accounts.renew_code,
            self._code,
            then=self._renewed,
            failed=self.failed,
        )

    def _renewed(self, _value: object) -> None:
        self.well()
        self._then()

    def reject(self) -> None:
        """Ask before the only look at the code ends; the old one still counts."""
        lost = _("The old recovery code still counts; this one is thrown away.")
        if confirm(self, lost, _("Close without it"), _("Stay")):
            super().reject()
