"""How the office is kept: accounts, the check of the file, backups."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog

from cbs_desktop import settings
from cbs_desktop.findings import Checked
from cbs_desktop.keeping import actions, problems
from cbs_desktop.settings import SettingValues
from cbs_desktop.words import _, many
from ui.findings import Findings
from ui.office.accounts import Accounts
from ui.office.section import Section
from ui.screen import Screen
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues


class Keeping(Section):
    """Accounts and safety."""

    def __init__(self, page: Screen) -> None:
        super().__init__(page)
        self.build(
            _("Accounts and safety"),
            (_("Accounts"), self.show_accounts),
            (_("Check the file"), self.check),
            (_("Lock"), self.change_lock),
        )
        self._minutes = 0

    def refresh(self) -> None:
        """Ask when the last backup was made."""
        self.ask(settings.all_values, self._show)

    def _show(self, values: SettingValues) -> None:
        self._minutes = values["lock after"]
        last = values["last backup"][:16].replace("T", " ")
        self.facts.show_facts(
            [
                (_("Last backup"), last or _("none yet")),
                (_("Folder"), str(self.desk.office.folder)),
                (_("Laptop"), self.desk.office.laptop),
                (
                    _("Lock"),
                    many("after {n} minute", "after {n} minutes", self._minutes),
                ),
            ]
        )

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
            _("Checking the file"),
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
        """A verified copy, on a USB key if there is one."""
        chosen = QFileDialog.getExistingDirectory(self, _("Save the backup in"))
        if chosen:
            self.back_up_to(Path(chosen))

    def back_up_to(self, folder: Path) -> None:
        """Make the backup there."""
        self.desk.do(
            self,
            actions.back_up,
            folder,
            then=self._backed_up,
            failed=self.page.problem.emit,
        )

    def _backed_up(self, facts: dict[str, object]) -> None:
        words = _("The backup was saved and verified: {folder}")
        self.page.said.emit(words.format(folder=facts["folder"]))
