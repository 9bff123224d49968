"""Dialogs of trust: the root key, shown once; another office's list, taken when its fingerprint was compared."""

from pathlib import Path

from PySide6.QtCore import Slot

from cbs_desktop.certificates import guarded, trust
from cbs_desktop.errors import RuleBroken
from cbs_desktop.words import _
from ui.messages import confirm
from ui.screen import Screen
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.widgets.written_code import WrittenCode


def make_root(page: Screen) -> None:
    """Make the root key, or let one that exists sign; the new code is shown once."""
    help_ = _(
        "Leave this empty to create a new root key. If one root key serves "
        "several offices, enter its code."
    )
    form = Form(
        [Field("code", _("Code of an existing root key"), help=help_)], columns=1
    )
    dialog = Dialog(page, _("Create the root key"), form, _("Create"), 560)

    def made(code: str) -> None:
        dialog.well()
        if not dialog.property("given"):
            _RootCode(page, code).show()

    def go(values: FormValues) -> None:
        dialog.setProperty("given", bool(values["code"].strip()))
        page.desk.do(
            dialog,
            trust.make_root,
            values["code"].strip(),
            then=made,
            failed=dialog.failed,
        )

    dialog.accepted_with.connect(go)
    dialog.show()


class _RootCode(Dialog):
    """The root key's code, shown once; it ends when two of its groups were typed back."""

    def __init__(self, page: Screen, code: str) -> None:
        words = _(
            "This is the root key for the office’s certificates. It is shown "
            "only once and not stored anywhere. Write it down and lock the "
            "paper away, separately from the recovery code. You need it if the "
            "signing key is ever stolen."
        )
        office = page.desk.office.title
        self.written = WrittenCode(office, _("Root key code"), words, code)
        title = _("Write down the root key code")
        super().__init__(page, title, self.written, _("I have written it down"), 600)
        self.accepted_with.connect(self._go_on)
        self.written.turned.connect(self._turn)
        self.written.proved.connect(self.well)

    def _go_on(self, _values: FormValues) -> None:
        self.main.setEnabled(True)
        self.written.go_on()

    @Slot(bool)
    def _turn(self, asking: bool) -> None:
        if asking:
            self.main.setText(_("Done"))
            self.written.form.leads_to(self.main, self.written.again, self.cancel)
        else:
            self.main.setText(_("I have written it down"))

    def reject(self) -> None:
        """Ask before the only look at the code ends."""
        lost = _(
            "The root key code is shown only once, and you have not typed it back."
        )
        if confirm(self, lost, _("Close without it"), _("Stay")):
            super().reject()


def take(page: Screen, path: Path) -> None:
    """Take a list; where its root is new here, the fingerprint is asked for, as the other office reads it out."""

    def read(content: str) -> None:
        page.desk.do(
            page,
            trust.take_list,
            content,
            path.name,
            failed=lambda problem: failed(content, problem),
        )

    def failed(content: str, problem: BaseException) -> None:
        if isinstance(problem, RuleBroken) and problem.facts["rule"] == "root unknown":
            _ask_fingerprint(page, content, path.name, str(problem.facts["office"]))
        else:
            page.problem.emit(problem)

    page.work(_("Reading the list"), guarded.check_list, path, then=read)


def _ask_fingerprint(page: Screen, content: str, name: str, office: str) -> None:
    """Typed as it is read out: the letters are not shown here, so that nobody copies them without a call."""
    said = _(
        "Call {office} on a number you know, and type its root key "
        "fingerprint as it is read to you."
    )
    form = Form(
        [
            Field(
                "trust", _("Fingerprint"), needed=True, help=said.format(office=office)
            )
        ],
        columns=1,
    )
    dialog = Dialog(page, _("Whose list is this?"), form, _("Import the list"), 560)

    def failed(problem: BaseException) -> None:
        wrong = (
            isinstance(problem, RuleBroken) and problem.facts["rule"] == "root unknown"
        )
        dialog.failed(RuleBroken(rule="fingerprint differs") if wrong else problem)

    def go(values: FormValues) -> None:
        page.desk.do(
            dialog,
            trust.take_list,
            content,
            name,
            values["trust"],
            then=dialog.well,
            failed=failed,
        )

    dialog.accepted_with.connect(go)
    dialog.show()
