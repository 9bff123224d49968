"""The section of the Office page that leads on to the questionnaires and to the referral directory."""

from PySide6.QtCore import Slot

from cbs_desktop.screening import queries
from cbs_desktop.screening.instrument import pick
from cbs_desktop.screening.instruments import Listed
from cbs_desktop.words import _, language
from ui.places.questionnaires import Questionnaires
from ui.places.referrals import Referrals
from ui.places.section import Section
from ui.screen import Screen


class Screening(Section):
    """Which questionnaires are used, and which cannot be."""

    def __init__(self, page: Screen) -> None:
        super().__init__(page)
        self.build(
            _("Screening"),
            (_("Questionnaires"), self.show_questionnaires),
            (_("Referral directory"), self.show_referrals),
        )

    def refresh(self) -> None:
        """Ask for the questionnaires."""
        self.ask(queries.questionnaires, self._show)

    def _show(self, found: list[Listed]) -> None:
        used = [pick(one.instrument.title, language()) for one in found if one.used and one.instrument]
        broken = ", ".join(one.key for one in found if one.problem is not None)
        self.facts.show_facts([(_("Used"), ", ".join(used)), (_("Cannot be used"), broken)])

    @Slot()
    def show_questionnaires(self) -> None:
        """Which questionnaires are used; adding one; blank forms."""
        Questionnaires(self.page).show()

    @Slot()
    def show_referrals(self) -> None:
        """The referral directory."""
        Referrals(self.page).show()
