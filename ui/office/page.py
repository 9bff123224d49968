"""The Office page: a sheet for each matter of the office, in two columns."""

from typing import TypeVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from cbs_desktop.words import _
from ui.desk import Desk
from ui.office.districts import Districts
from ui.office.doors import LookDoor, QuestionnairesDoor, ReferralsDoor
from ui.office.group_preferences import PreferencesSection
from ui.office.keeping import Keeping
from ui.office.naming import Naming
from ui.office.protection import Protection
from ui.office.rounds import ProgrammeSection, Rounds
from ui.office.section import Section
from ui.office.signers import Signers
from ui.office.spellings import Spellings
from ui.screen import PageAction, Screen
from ui.widgets.parts import line, rows, scrolled

S = TypeVar("S", bound=Section)

# The sections, left and right, from top to bottom: a new matter of the office is one more entry.
COLUMNS: tuple[tuple[type[Section], ...], ...] = (
    (Naming, Districts, Spellings, QuestionnairesDoor, ReferralsDoor, Protection),
    (Rounds, ProgrammeSection, PreferencesSection, LookDoor, Signers, Keeping),
)


class OfficePage(Screen):
    """The sections, each with its own buttons; the two that are needed most stand at the top as well."""

    word = "office"
    watches = frozenset({"*"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.page_actions = (
            PageAction(_("New round"), "Ctrl+N", "add", self.new_round),
            PageAction(_("Back up now"), "Ctrl+B", "backup", self.back_up),
        )
        self._sections: dict[type, Section] = {
            kind: kind(self) for column in COLUMNS for kind in column
        }
        box = line(gap=16, margin=(24, 16, 24, 16))
        for column in COLUMNS:
            box.addLayout(
                rows(*(self._sections[kind] for kind in column), None, gap=16), 1
            )
        inside = QWidget()
        inside.setLayout(box)
        self.setLayout(rows(scrolled(inside)))

    def section(self, kind: type[S]) -> S:
        """The section of a kind."""
        section = self._sections[kind]
        assert isinstance(section, kind)
        return section

    def refresh(self) -> None:
        """Each section asks for its own."""
        for section in self._sections.values():
            section.refresh()

    @Slot()
    def new_round(self) -> None:
        """Open a round."""
        self.section(Rounds).new_round()

    @Slot()
    def change_rules(self) -> None:
        """The programme's figures."""
        self.section(ProgrammeSection).change_rules()

    @Slot()
    def change_marks(self) -> None:
        """The letters of the attendance register."""
        self.section(ProgrammeSection).change_marks()

    @Slot()
    def change_wishes(self) -> None:
        """What is wished of groups."""
        self.section(PreferencesSection).change()

    @Slot()
    def change_signers(self) -> None:
        """Who signs."""
        self.section(Signers).change()

    @Slot()
    def compare_spellings(self) -> None:
        """Places that may be one."""
        self.section(Spellings).compare()

    @Slot()
    def add_facility(self) -> None:
        """A correctional facility or a refugee camp."""
        self.section(Districts).add_facility()

    @Slot()
    def add_former_place(self) -> None:
        """A place of an older division."""
        self.section(Spellings).add_former()

    @Slot()
    def show_joined_places(self) -> None:
        """Places that were joined."""
        self.section(Spellings).show_joins()

    @Slot()
    def show_accounts(self) -> None:
        """Who can sign in."""
        self.section(Keeping).show_accounts()

    @Slot()
    def show_copies(self) -> None:
        """Copies of the office; rehearsing and restoring."""
        self.section(Keeping).show_copies()

    @Slot()
    def show_retention(self) -> None:
        """What was kept for its whole time."""
        self.section(Protection).show_retention()

    @Slot()
    def back_up(self) -> None:
        """A verified copy."""
        self.section(Keeping).back_up()

    def show_item(self, item: object) -> None:
        """What Home and a loss ask for: the backup, accounts, copies, a round, who signs."""
        asked = {
            "backup": self.back_up,
            "accounts": self.show_accounts,
            "copies": self.show_copies,
            "round": self.new_round,
            "signatories": self.change_signers,
            "retention": self.show_retention,
        }
        if isinstance(item, str) and item in asked:
            asked[item]()
