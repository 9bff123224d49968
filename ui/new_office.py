"""Making a new office: country, districts, name, first account; then the recovery code, shown once."""

import csv
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from cbs_desktop import resource
from cbs_desktop.errors import Fault, Invalid, OfficeProblem
from cbs_desktop.problems import say
from cbs_desktop.safe.accounts import LEAST
from cbs_desktop.words import _
from ui.password import strength_line
from ui.sign_in import OnceShown, SignIn, page_with
from ui.widgets.form import Field, Form
from ui.widgets.parts import button, label, line, rows
from ui.widgets.written_code import WrittenCode

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
        meter = strength_line(self.form.inputs["password"])
        self._trouble = label("", "fault", wrap=True)
        self._trouble.hide()
        self.main = button(_("Create office"), self._make, "main")
        where = _("It will be stored in {folder}").format(folder=window.folder)
        head = [label(_("New office"), "title"), label(where, "small", wrap=True)]
        foot = [
            meter,
            self._trouble,
            line(button(_("Back"), window.back), None, self.main),
        ]
        self.setLayout(rows(page_with(head, self.form, foot, width=760)))
        self.form.inputs["country"].currentIndexChanged.connect(self._offer)
        self.form.changed.connect(self._trouble.hide)
        self.form.leads_to(self.main)
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


class RecoveryCode(OnceShown):
    """The code that opens the office when every password is lost: shown only here, and typed back in part."""

    def __init__(self, window: SignIn, office: "Office", code: str) -> None:
        super().__init__()
        self._window = window
        self._office = office
        why = _(
            "Write this code down and lock it away. It is shown only once. "
            "With it you can replace a lost password; without a password "
            "or this code, nobody can read the records."
        )
        title = _("Recovery code")
        self.written = WrittenCode(office.title, title, why, code)
        self.main = button(_("I have written it down"), self.written.go_on, "main")
        self.written.turned.connect(self._turn)
        self.written.proved.connect(self._open)
        head = [label(title, "title")]
        foot = [line(None, self.main)]
        self.setLayout(rows(page_with(head, self.written, foot, width=600)))

    @Slot(bool)
    def _turn(self, asking: bool) -> None:
        if asking:
            self.main.setText(_("Open the office"))
            self.written.form.leads_to(self.main, self.written.again)
        else:
            self.main.setText(_("I have written it down"))

    @Slot()
    def _open(self) -> None:
        from cbs_desktop.keeping.accounts import confirm_code

        with suppress(OfficeProblem):  # a full disk: it is asked for again later
            self._office.do(confirm_code)
        self._window.opened.emit(self._office)

    def unsaved(self) -> str:
        """What is lost when the window closes now."""
        return _(
            "The recovery code is shown only once, and you have not typed it back."
        )

    def leave(self) -> None:
        """Close the office, for nobody goes on into it."""
        self._office.close()
