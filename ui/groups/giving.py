"""Why not everybody has a group: the fewest rules that would have to give, named with the people concerned."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from cbs_desktop.groups.proposals import relaxing
from cbs_desktop.groups.proposals.relaxing import RuleToGive, TightPool, WaitingNames
from cbs_desktop.words import _, many
from ui.widgets.dialog import Dialog
from ui.widgets.parts import label, rows

if TYPE_CHECKING:
    from ui.groups.board import Groups

_N = str  # marks a word for the catalogues; it is translated when it is shown
SECONDS = 8.0
_GIVE = {
    "keep apart": _N("Kept apart: {names}"),
    "too far": _N("Ways between {names}"),
    "keep together": _N("Kept together: {names}"),
    "no common day": _N("Days of {names}"),
    "no common language": _N("Languages of {names}"),
    "size": _N("The size of a group"),
}


def ask(screen: "Groups", pool: int) -> None:
    """Look beside the window which rules stand in the way of a place, then say it."""
    screen.ask(relaxing.tight_pool, pool, then=partial(_look, screen))


def _look(screen: "Groups", found: TightPool | None) -> None:
    if found is None:
        screen.said.emit(_("Nothing is proposed yet: propose groups first."))
    elif not found.waiting:
        screen.said.emit(_("Everybody of this place has a group."))
    else:
        said = partial(_say, screen, found.names)
        screen.work(
            _("Looking which rules stand in the way"),
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
            "One rule stands in the way of a place for everybody. It would have to give:",
            "{n} rules stand in the way of a place for everybody, and no fewer. These would have to give:",
            len(found),
        )
        if not found:
            head = _(
                "Nothing has to give: there is a place for everybody. Propose again."
            )
        lines = [label("·  " + _words(names, one), wrap=True) for one in found]
        inside.setLayout(rows(label(head, wrap=True), *lines, gap=8))
        super().__init__(
            screen, _("Why not everybody has a group"), inside, _("Close"), 560
        )
        self.accepted_with.connect(self._done)

    def _done(self, _values: dict[str, Any]) -> None:
        self.well()


def _words(names: WaitingNames, one: RuleToGive) -> str:
    if one.rule == "keep apart" and not names.may_know_apart:
        return _("Two people who are kept apart; the screener may know who")
    told = ", ".join(names.people.get(i, "?") for i in one.people)
    return _(_GIVE[one.rule]).format(names=told)
