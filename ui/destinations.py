"""The one list of destinations: the word, what it is called, its key, what it needs, and where its screen is."""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from cbs_desktop.safe.permissions import Permission
from cbs_desktop.words import _

if TYPE_CHECKING:
    from ui.screen import Screen

_N = str  # marks a title for the catalogues; it is translated when it is shown


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the window can go. Its screen is imported when it is opened first; `needs` hides it from who may not.

    `below` puts it at the foot of the rail; one `inside` another stands in the menu and under Ctrl+K only.
    """

    word: str
    english: str
    key: str
    needs: Permission
    path: str  # "module:class"
    below: bool = False
    inside: str = ""

    @property
    def title(self) -> str:
        """What it is called, in the language that is spoken."""
        return _(self.english)

    def screen(self) -> "type[Screen]":
        """The class of its screen."""
        module, name = self.path.split(":")
        return getattr(import_module(module), name)


_P = Permission
# In the order of a season.
DESTINATIONS = (
    Destination("home", _N("Home"), "Ctrl+1", _P.LOOK, "ui.overview.home:Home"),
    Destination(
        "participants",
        _N("Participants"),
        "Ctrl+2",
        _P.LOOK,
        "ui.participants.people:Participants",
    ),
    Destination(
        "screening",
        _N("Screening"),
        "Ctrl+3",
        _P.RECORD_SCREENING,
        "ui.screening.line:Screening",
    ),
    Destination(
        "groups", _N("Groups"), "Ctrl+4", _P.ALLOCATE, "ui.groups.board:Groups"
    ),
    Destination(
        "attendance",
        _N("Attendance"),
        "Ctrl+5",
        _P.LOOK,
        "ui.attendance.grid:Attendance",
    ),
    Destination(
        "needs",
        _N("What needs a person"),
        "",
        _P.LOOK,
        "ui.needs.page:Needs",
        inside="attendance",
    ),
    Destination(
        "calendar",
        _N("Calendar of a round"),
        "",
        _P.LOOK,
        "ui.attendance.calendar_page:CalendarPage",
        inside="attendance",
    ),
    Destination(
        "certificates",
        _N("Certificates"),
        "Ctrl+6",
        _P.LOOK,
        "ui.certificates.candidates:Certificates",
    ),
    Destination(
        "reports",
        _N("Reports"),
        "Ctrl+7",
        _P.REPORT,
        "ui.reports.graduation:GraduationPage",
    ),
    Destination(
        "facilitators",
        _N("Facilitators"),
        "Ctrl+8",
        _P.ALLOCATE,
        "ui.facilitators.people:Facilitators",
        below=True,
    ),
    Destination(
        "office",
        _N("Office"),
        "Ctrl+9",
        _P.SET_UP,
        "ui.office.page:OfficePage",
        below=True,
    ),
    Destination(
        "questionnaires",
        _N("Questionnaires"),
        "",
        _P.LOOK,
        "ui.screening.questionnaires:Questionnaires",
        inside="office",
    ),
    Destination(
        "referrals",
        _N("Referral directory"),
        "",
        _P.RECORD_SCREENING,
        "ui.screening.referrals:Referrals",
        inside="office",
    ),
    Destination(
        "checking",
        _N("Verify a certificate"),
        "",
        _P.LOOK,
        "ui.certificates.verifying:CheckCertificate",
        inside="certificates",
    ),
    Destination(
        "registers",
        _N("Read registers"),
        "",
        _P.MARK_ATTENDANCE,
        "ui.scans.reading_page:ReadRegisters",
        inside="attendance",
    ),
    Destination(
        "look",
        _N("Certificate design"),
        "",
        _P.SET_UP,
        "ui.certificates.look_page:LookPage",
        inside="office",
    ),
    Destination(
        "journal",
        _N("Journal"),
        "",
        _P.READ_JOURNAL,
        "ui.keeping.journal:Journal",
        below=True,
    ),
    Destination(
        "protection",
        _N("Data protection"),
        "",
        _P.READ_JOURNAL,
        "ui.protection.page:ProtectionPage",
        inside="journal",
    ),
    Destination("help", _N("Help"), "F1", _P.LOOK, "ui.help_page:HelpPage", below=True),
)
