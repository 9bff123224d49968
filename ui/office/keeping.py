"""How the office is kept: accounts, the check of the file, backups."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog

from cbs_desktop import settings
from cbs_desktop.findings import Checked
from cbs_desktop.keeping import actions, problems
from cbs_desktop.settings import SettingValues
from cbs_desktop.words import _
from ui.findings import Findings
from ui.office.accounts import Accounts
from ui.office.section import Section
from ui.screen import Screen


class Keeping(Section):
    """Accounts and safety."""

    def __init__(self, page: Screen) -> None:
        super().__init__(page)
        self.build(
            _("Accounts and safety"),
            (_("Accounts"), self.show_accounts),
            (_("Check the file"), self.check),
        )

    def refresh(self) -> None:
        """Ask when the last backup was made."""
        self.ask(settings.all_values, self._show)

    def _show(self, values: SettingValues) -> None:
        last = values["last backup"][:16].replace("T", " ")
        self.facts.show_facts(
            [
                (_("Last backup"), last or _("none yet")),
                (_("Folder"), str(self.desk.office.folder)),
                (_("Laptop"), self.desk.office.laptop),
            ]
        )

    @Slot()
    def show_accounts(self) -> None:
        """Who can sign in, and one's own password."""
        Accounts(self.page).show()

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
