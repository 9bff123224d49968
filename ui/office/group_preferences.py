"""What the office wishes of groups, in words: how much each thing weighs, who may share a group, pools that do not divide."""

from PySide6.QtCore import Slot

from cbs_desktop.groups import actions, queries, rules
from cbs_desktop.groups.rules import Preferences
from cbs_desktop.words import _
from ui.office.section import Section
from ui.screen import Screen
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues

_N = str  # marks a word for the catalogues; it is translated when it is shown
WORDS = {"much": _N("much"), "some": _N("some"), "none": _N("none")}
SOFT = {
    "sexes": _N("Balance women and men"), "alone": _N("Nobody alone with their background"),
    "backgrounds": _N("Balance backgrounds"), "support": _N("Balance support needs"),
    "distance": _N("Short distances"), "ages": _N("Mixed ages"),
}  # fmt: skip
UNDIVIDED = {
    "stretch": _N("smaller or larger groups, up to the maximum"),
    "merge": _N("merge small pools with the nearest first"),
    "wait": _N("put them on the waiting list"),
}
FREE_DAYS = {
    "later": _N("a week later"),
    "same week": _N("on another day of that week"),
}


class PreferencesSection(Section):
    """The wishes of the programme's groups."""

    def __init__(self, page: Screen) -> None:
        super().__init__(page)
        self._programme = 0
        self._wishes = Preferences()
        self.build(_("Group preferences"), (_("Change"), self.change))

    def refresh(self) -> None:
        """Ask what is wished."""
        self.ask(queries.preferences, self._show)

    def _show(self, found: tuple[int, Preferences] | None) -> None:
        if found is None:
            return
        self._programme, self._wishes = found
        by_word = {
            word: ", ".join(
                _(name).lower()
                for key, name in SOFT.items()
                if getattr(self._wishes, key) == word
            )
            for word in WORDS
        }
        facts = [
            (_(WORDS[word]).capitalize(), names)
            for word, names in by_word.items()
            if names
        ]
        self.facts.show_facts(
            [
                *facts,
                (_("Who can share a group"), _area(self._wishes.area_km)),
                (_("Uneven pools"), _(UNDIVIDED[self._wishes.undivided])),
                (_("On free days"), _(FREE_DAYS[self._wishes.free_days])),
            ]
        )

    @Slot()
    def change(self) -> None:
        """How much each wish weighs."""
        words = [(word, _(text)) for word, text in WORDS.items()]
        form = Form(
            [
                *(
                    Field(key, _(name), "choice", choices=words)
                    for key, name in SOFT.items()
                ),
                Field(
                    "area_km",
                    _("Maximum distance between members, km"),
                    "number",
                    help=_("0: groups are formed within one {level.sector}"),
                ),
                Field(
                    "undivided",
                    _("If people do not divide into preferred sizes"),
                    "choice",
                    choices=[(code, _(text)) for code, text in UNDIVIDED.items()],
                ),
                Field(
                    "free_days",
                    _("A session that would fall on a holiday takes place"),
                    "choice",
                    choices=[(code, _(text)) for code, text in FREE_DAYS.items()],
                ),
            ]
        )
        form.show_values(
            {
                key: getattr(self._wishes, key)
                for key in (*rules.SOFT, "area_km", "undivided", "free_days")
            }
        )

        def save(dialog: Dialog, values: FormValues) -> None:
            self.send(
                dialog,
                actions.set_preferences,
                self._programme,
                Preferences(**{**values, "area_km": values["area_km"] or 0}),
            )

        self.dialog(
            _("Group preferences"), form, save, _("Save"), actions.set_preferences
        )


def _area(km: int) -> str:
    if km:
        return _("people within {n} km of each other").format(n=km)
    return _("people of the same {level.sector}")
