"""How the office is kept: accounts, the check of the file, backups."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog

from cbs_desktop import settings
from cbs_desktop.exports import files
from cbs_desktop.findings import Checked
from cbs_desktop.keeping import actions, copying, problems
from cbs_desktop.keeping.copying import Automatic
from cbs_desktop.safe.copies import Why
from cbs_desktop.settings import SettingValues
from cbs_desktop.text import write_moment
from cbs_desktop.words import _, many
from ui.findings import Findings
from ui.office.accounts import Accounts
from ui.office.copies import Copies
from ui.office.section import Section
from ui.screen import Screen
from ui.widgets.copy_list import when
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.work import Work


def _moment(text: str) -> str:
    """A moment by the clock of this laptop; empty for none."""
    if not text:
        return ""
    return write_moment(datetime.fromisoformat(text))


def _told(copies: Automatic) -> str:
    """How many automatic copies there are, and how new."""
    if copies.newest is None:
        return _("none yet")
    words = many("{n}, checked; of", "{n}, each checked; the newest of", copies.count)
    return f"{words} {when(copies.newest)}"


class Keeping(Section):
    """Accounts and safety."""

    def __init__(self, page: Screen) -> None:
        super().__init__(page)
        self.build(
            _("Accounts and safety"),
            (_("Accounts"), self.show_accounts),
            (_("Check the office"), self.check),
            (_("Lock"), self.change_lock),
            (_("Copies…"), self.show_copies),
            (_("Back up now"), self.back_up),
        )
        self._minutes = 0
        self._last = ""

    def refresh(self) -> None:
        """Ask when the last backup was made."""
        self.ask(settings.all_values, self._show)

    def _show(self, values: SettingValues) -> None:
        self._minutes = values["lock after"]
        self._last = _moment(values["last backup"])
        office = self.desk.office
        Work(
            self,
            copying.beside,
            office,
            then=self._show_facts,
            failed=self.page.problem.emit,
            takes_progress=False,
        ).start()

    def _show_facts(self, copies: Automatic) -> None:
        self.facts.show_facts(
            [
                (_("Last backup"), self._last or _("none yet")),
                (_("Automatic copies"), _told(copies)),
                (_("Copies in"), str(copies.folder) if copies.count else ""),
                (_("Folder"), str(self.desk.office.folder)),
                (_("Laptop"), self.desk.office.laptop),
                (
                    _("Lock"),
                    many("after {n} minute", "after {n} minutes", self._minutes),
                ),
            ]
        )

    @Slot()
    def show_copies(self) -> None:
        """All copies; rehearsing and restoring."""
        Copies(self.page).show()

    @Slot()
    def show_accounts(self) -> None:
        """Who can sign in, and one's own password."""
        Accounts(self.page).show()

    @Slot()
    def change_lock(self) -> None:
        """After how many minutes without a key the window locks itself."""
        help_ = _(
            "From 1 to 15. The window also locks when the laptop wakes from sleep, and with Ctrl+L."
        )
        field = Field("lock after", _("Lock after, minutes"), "number", help=help_)
        form = Form([field], columns=1)
        form.show_values({"lock after": self._minutes})

        def save(dialog: Dialog, values: FormValues) -> None:
            minutes = values["lock after"]
            self.send(dialog, settings.set_value, "lock after", minutes)

        self.dialog(_("Lock"), form, save, _("Save"), settings.set_value)

    @Slot()
    def check(self) -> None:
        """The start-up check, now."""
        office = self.desk.office
        self.page.work(
            _("Checking the office"),
            office.check,
            then=self._checked,
        )

    def _checked(self, checked: Checked) -> None:
        if checked.well:
            self.page.said.emit(problems.told(checked))
        else:
            Findings(self.page, self.desk, checked.findings).show()

    @Slot()
    def back_up(self) -> None:
        """A verified copy, on a USB stick if there is one."""
        chosen = QFileDialog.getExistingDirectory(self, _("Save the backup in"))
        if chosen:
            self.back_up_to(Path(chosen))

    def back_up_to(self, folder: Path) -> None:
        """Make the backup there; of an office that is only looked at, without a note in it."""
        office = self.desk.office
        if office.is_only_looked_at and office.may(actions.back_up):
            self.desk.call(
                self,
                partial(office.copy, folder, Why.BY_HAND),
                then=self._backed_up,
                failed=self.page.problem.emit,
            )
            return
        self.desk.do(
            self,
            actions.back_up,
            folder,
            then=self._backed_up,
            failed=self.page.problem.emit,
        )

    def _backed_up(self, facts: dict[str, object]) -> None:
        words = _("The backup was saved and verified: {folder}")
        said = words.format(folder=facts["folder"])
        if self.desk.office.is_only_looked_at:
            said = f"{said}. {files.not_noted()}"
        self.page.said.emit(said)
