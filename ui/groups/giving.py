"""Why not everybody has a group: the fewest rules that would have to give, named with the people concerned."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cbs_desktop.groups.proposals import relaxing
from cbs_desktop.groups.proposals.relaxing import RuleToGive, TightPool, WaitingNames
from cbs_desktop.words import _, many
from ui.widgets.dialog import Dialog
from ui.widgets.form import FormValues
from ui.widgets.parts import label, rows

if TYPE_CHECKING:
    from ui.groups.board import Groups

_N = str  # marks a word for the catalogues; it is translated when it is shown
SECONDS = 8.0
_GIVE = {
    "keep apart": _N("Kept apart: {names}"),
    "keep together": _N("Kept together: {names}"),
    "no common day": _N("Days of {names}"),
    "no common language": _N("Languages of {names}"),
    "too far": _N("Distances between {names}"),
    "size": _N("The group size"),
}


def ask(screen: "Groups", pool: int) -> None:
    """Look beside the window which rules stand in the way of a place, then say it."""
    screen.ask(relaxing.tight_pool, pool, then=partial(_look, screen))


def _look(screen: "Groups", found: TightPool | None) -> None:
    if found is None:
        screen.said.emit(_("No groups have been proposed yet: propose groups first."))
    elif not found.waiting:
        screen.said.emit(_("Everybody in this place has a group."))
    else:
        said = partial(_say, screen, found.names)
        screen.work(
            _("Finding which rules are in the way"),
            relaxing.rules_to_give,
            found,
            SECONDS,
            then=said,
        )


def _say(screen: "Groups", names: WaitingNames, found: tuple[RuleToGive, ...]) -> None:
    Giving(screen, names, found).show()


class Giving(Dialog):
    """What would have to give; nothing is changed here."""

    def __init__(
        self, screen: "Groups", names: WaitingNames, found: tuple[RuleToGive, ...]
    ) -> None:
        inside = QWidget()
        head = many(
            "One rule prevents a place for everybody. It would have to be relaxed:",
            "{n} rules together prevent a place for everybody; no smaller "
            "set does. These would have to be relaxed:",
            len(found),
        )
        if not found:
            head = _(
                "No rule has to be relaxed: there is a place for "
                "everybody. Propose again."
            )
        lines = [label("·  " + _words(names, one), wrap=True) for one in found]
        inside.setLayout(rows(label(head, wrap=True), *lines, gap=8))
        super().__init__(
            screen, _("Why some people have no group"), inside, _("Close"), 560
        )
        self.accepted_with.connect(self._done)

    def _done(self, _values: FormValues) -> None:
        self.well()


def _words(names: WaitingNames, one: RuleToGive) -> str:
    if one.rule == "keep apart" and not names.may_know_apart:
        return _("Two people who are kept apart; the screener may see who")
    people = [names.people.get(person, "?") for person in one.people]
    sentence = _(_GIVE[one.rule])
    return sentence.format(names=", ".join(people))
