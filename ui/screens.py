"""The one list of places: the word, what it is called, its key, what it needs, and where its screen is."""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from cbs_desktop.safe.permissions import Permission
from cbs_desktop.words import _

if TYPE_CHECKING:
    from ui.screen import Screen


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the rail. Its screen is imported when it is opened first; `needs` hides it from who may not.

    A place `inside` another stands in the menu and under Ctrl+K, not in the rail.
    """

    word: str
    title: str
    key: str
    needs: Permission
    home: str  # "module:class"
    below: bool = False
    inside: str = ""

    def screen(self) -> "type[Screen]":
        """The class of its screen."""
        module, name = self.home.split(":")
        return getattr(import_module(module), name)


def places() -> tuple[Place, ...]:
    """All places in the order of a season, in the language that is spoken."""
    p = Permission
    return (
        Place("home", _("Home"), "Ctrl+1", p.LOOK, "ui.reports.home:Home"),
        Place(
            "participants",
            _("Participants"),
            "Ctrl+2",
            p.LOOK,
            "ui.participants.people:Participants",
        ),
        Place(
            "screening",
            _("Screening"),
            "Ctrl+3",
            p.RECORD_SCREENING,
            "ui.screening.line:Screening",
        ),
        Place("groups", _("Groups"), "Ctrl+4", p.ALLOCATE, "ui.groups.board:Groups"),
        Place(
            "attendance",
            _("Attendance"),
            "Ctrl+5",
            p.LOOK,
            "ui.attendance.grid:Attendance",
        ),
        Place(
            "certificates",
            _("Certificates"),
            "Ctrl+6",
            p.LOOK,
            "ui.certificates.candidates:Certificates",
        ),
        Place(
            "reports",
            _("Reports"),
            "Ctrl+7",
            p.REPORT,
            "ui.reports.graduation:Graduation",
        ),
        Place(
            "facilitators",
            _("Facilitators"),
            "Ctrl+8",
            p.ALLOCATE,
            "ui.facilitators.people:Facilitators",
            below=True,
        ),
        Place(
            "office",
            _("Office"),
            "Ctrl+9",
            p.SET_UP,
            "ui.places.office_page:OfficePage",
            below=True,
        ),
        Place(
            "questionnaires",
            _("Questionnaires"),
            "",
            p.LOOK,
            "ui.places.questionnaires:Questionnaires",
            inside="office",
        ),
        Place(
            "referrals",
            _("Referral directory"),
            "",
            p.RECORD_SCREENING,
            "ui.places.referrals:Referrals",
            inside="office",
        ),
        Place(
            "checking",
            _("Check a certificate"),
            "",
            p.LOOK,
            "ui.certificates.checking:CheckCertificate",
            inside="certificates",
        ),
        Place(
            "look",
            _("Certificate design"),
            "",
            p.SET_UP,
            "ui.places.look_page:LookPage",
            inside="office",
        ),
        Place("help", _("Help"), "F1", p.LOOK, "ui.help_page:HelpPage", below=True),
    )
