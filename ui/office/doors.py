"""Sections of the Office page that lead on to a place of their own: questionnaires, referral directory, certificates."""

from PySide6.QtCore import Slot

from cbs_desktop import settings
from cbs_desktop.certificates import design_files, looks
from cbs_desktop.screening import queries, safety
from cbs_desktop.screening.instrument import pick
from cbs_desktop.screening.instrument_store import ListedInstrument
from cbs_desktop.settings import SettingValues
from cbs_desktop.words import _, language, many
from ui.office.section import Section
from ui.screen import Screen
from ui.vocabulary import LANGUAGES, second_entry_words

_NAMED = 4  # services that are named, the rest is counted


class QuestionnairesDoor(Section):
    """Which questionnaires are used, and which cannot be."""

    def __init__(self, page: Screen) -> None:
        super().__init__(page)
        self._found: list[ListedInstrument] = []
        self._second = ""
        self.build(_("Questionnaires"), (_("Open questionnaires"), self.open))

    def refresh(self) -> None:
        """Ask for the questionnaires and for the second entry."""
        self.ask(queries.questionnaires, self._keep)
        self.ask(settings.all_values, self._show_second)

    def _keep(self, found: list[ListedInstrument]) -> None:
        self._found = found
        self._show()

    def _show_second(self, values: SettingValues) -> None:
        self._second = second_entry_words(values["second entry every"])
        self._show()

    def _show(self) -> None:
        titles = {
            one.key: pick(one.instrument.title, language())
            for one in self._found
            if one.instrument
        }
        broken = [one.file or one.key for one in self._found if one.problem]
        used = [titles[one.key] for one in self._found if one.used]
        off = [
            titles[one.key] for one in self._found if not one.used and not one.problem
        ]
        self.facts.show_facts(
            [
                (_("In use"), ", ".join(used)),
                (_("Not in use"), ", ".join(off)),
                (_("Cannot be used"), ", ".join(broken)),
                (_("Second entry"), self._second),
            ]
        )

    @Slot()
    def open(self) -> None:
        """Go there."""
        self.page.opens.emit("questionnaires", None)


class ReferralsDoor(Section):
    """Who people are referred to."""

    def __init__(self, page: Screen) -> None:
        super().__init__(page)
        self.build(_("Referral directory"), (_("Open directory"), self.open))

    def refresh(self) -> None:
        """Ask for the services."""
        self.ask(safety.services, self._show)

    def _show(self, found: list[safety.ListedService]) -> None:
        names = ", ".join(one.service.name for one in found[:_NAMED])
        if len(found) > _NAMED:
            more = many("and {n} more", "and {n} more", len(found) - _NAMED)
        else:
            more = ""
        self.facts.show_facts(
            [
                (
                    _("Services"),
                    f"{names} {more}".strip() or _("none yet: enter the ones you know"),
                )
            ]
        )

    @Slot()
    def open(self) -> None:
        """Go there."""
        self.page.opens.emit("referrals", None)


class LookDoor(Section):
    """How certificates look."""

    def __init__(self, page: Screen) -> None:
        super().__init__(page)
        self.build(_("Certificate"), (_("Open design"), self.open))

    def refresh(self) -> None:
        """Ask for the looks."""
        self.ask(looks.looks, self._show)

    def _show(self, found: dict[str, looks.Look]) -> None:
        look = found[looks.ALL]
        listed = design_files.listed()
        titles = {
            one.key: pick(one.design.title, language()) for one in listed if one.design
        }
        if look.logos:
            logos = many("{n} logo", "{n} logos", len(look.logos))
        else:
            logos = _("none")
        if len(found) > 1:
            own = many(
                "{n} programme or training",
                "{n} programmes or trainings",
                len(found) - 1,
            )
        else:
            own = ""
        self.facts.show_facts(
            [
                (_("Design"), titles.get(look.design, look.design)),
                (
                    _("Languages"),
                    ", ".join(_(LANGUAGES[code]) for code in look.languages),
                ),
                (_("Logos"), logos),
                (
                    _("Paper"),
                    _("pre-printed: text and code only") if look.preprinted else "",
                ),
                (_("Own designs"), own),
                (
                    _("Cannot be used"),
                    ", ".join(f"{one.key}.toml" for one in listed if one.problem),
                ),
            ]
        )

    @Slot()
    def open(self) -> None:
        """Go there."""
        self.page.opens.emit("look", None)
