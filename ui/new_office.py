"""Making a new office: country, districts, name, first account; then the recovery code, shown once."""

import csv
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from cbs_desktop import resource
from cbs_desktop.errors import Fault, Invalid
from cbs_desktop.problems import say
from cbs_desktop.safe.accounts import LEAST
from cbs_desktop.words import _
from ui.sign_in import SignIn, card, page_with
from ui.widgets.form import Field, Form
from ui.widgets.parts import button, label, line, rows

if TYPE_CHECKING:
    from cbs_desktop.office import Office


def districts(country: str) -> list[str]:
    """The districts (in Burundi communes) of a country, in order of name."""
    text = resource.text("places", f"{country}.csv")
    lines = [each for each in text.splitlines() if not each.startswith("#")]
    return sorted(row["district"] for row in csv.DictReader(lines))


def _fields() -> list[Field]:
    countries = [("RW", _("Rwanda")), ("BI", _("Burundi"))]
    password = _("Password, at least {n} characters").format(n=LEAST)
    return [
        Field("country", _("Country"), "choice", choices=countries),
        Field(
            "name",
            _("Office name"),
            help=_("Leave empty to use the first district’s name"),
            span=2,
        ),
        Field(
            "districts",
            _("Districts the office covers"),
            "list",
            needed=True,
            span=3,
        ),
        Field("account", _("Your name"), needed=True),
        Field("password", password, "password"),
        Field("again", _("Repeat the password"), "password"),
    ]


class NewOffice(QWidget):
    """One page; nothing is made before all of it fits."""

    def __init__(self, window: SignIn) -> None:
        super().__init__()
        self._window = window
        self.form = Form(_fields(), columns=3)
        self._trouble = label("", "fault", wrap=True)
        self._trouble.hide()
        self.main = button(_("Create office"), self._make, "main")
        where = _("It will be stored in {folder}").format(folder=window.folder)
        head = [label(_("New office"), "title"), label(where, "small", wrap=True)]
        foot = [self._trouble, line(button(_("Back"), window.back), None, self.main)]
        self.setLayout(rows(page_with(head, self.form, foot, width=760)))
        self.form.inputs["country"].currentIndexChanged.connect(self._offer)
        self.form.changed.connect(self._trouble.hide)
        self._offer()
        self.form.inputs["country"].setFocus()

    @Slot()
    def _offer(self, *_index: object) -> None:
        names = districts(self.form.inputs["country"].value())
        self.form.inputs["districts"].offer((name, name) for name in names)

    @Slot()
    def _make(self) -> None:
        values = self.form.values()
        folder = self._window.folder
        password = values["password"]
        if password != values["again"]:
            wrong = [Fault("again", "passwords differ")]
        else:
            wrong = []
        self.main.setEnabled(False)

        def work() -> "tuple[Office, str]":
            from cbs_desktop import founding

            plan = founding.Plan(
                values["name"],
                "",
                values["country"],
                values["districts"],
                values["account"],
            )
            faults = founding.faults(plan, password) + wrong
            if faults:
                raise Invalid(faults)
            return founding.found(folder, plan, password)

        self._window.run(work, self._made, self._failed)

    def _failed(self, problem: BaseException) -> None:
        self.main.setEnabled(True)
        if isinstance(problem, Invalid):
            rest = self.form.show_faults(problem.faults)
            if not rest:
                return
            problem = Invalid(rest)
        self._trouble.setText(str(say(problem)))
        self._trouble.show()

    def _made(self, made: "tuple[Office, str]") -> None:
        self._window.show_page(RecoveryCode(self._window, *made))


class RecoveryCode(QWidget):
    """The code that opens the office when every password is lost. It is shown only here."""

    def __init__(self, window: SignIn, office: "Office", code: str) -> None:
        super().__init__()
        self._window = window
        self._office = office
        self._code = code
        shown = QLineEdit(code)
        shown.setReadOnly(True)
        shown.setAccessibleName(_("Recovery code"))
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        why = _(
            "Write this code down and lock it away. It is shown only once. "
            "With it you can replace a lost password; without a password "
            "or this code, nobody can read the records."
        )
        copy = button(_("Copy"), self._copy, "plain")
        go = button(_("I have written it down"), self._on, "main")
        self.setLayout(
            rows(
                card(
                    label(_("Recovery code"), "title"),
                    label(why, wrap=True),
                    shown,
                    line(copy, None, go),
                    width=560,
                )
            )
        )

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._code)

    @Slot()
    def _on(self) -> None:
        self._window.opened.emit(self._office)
