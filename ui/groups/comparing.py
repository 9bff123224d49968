"""Two or three proposals of a round beside each other; one of them goes on the board."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cbs_desktop.groups.proposals import comparing, proposing
from cbs_desktop.groups.proposals.comparing import Compared
from cbs_desktop.words import _
from ui.widgets.dialog import Dialog
from ui.widgets.form import FormValues
from ui.widgets.parts import label, rows
from ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from ui.groups.board import Groups


_N = str  # marks a word for the catalogues; it is translated when it is shown
_COSTS = (
    ("sexes", _N("Sexes"), 66), ("backgrounds", _N("Backgrounds"), 102), ("alone", _N("Isolated"), 66),
    ("support", _N("Support"), 78), ("ages", _N("Ages"), 60), ("distance", _N("Travel"), 62), ("size", _N("Size"), 58),
)  # fmt: skip


class Comparing(Dialog):
    """Lines are proposals, columns what they cost; Enter puts the chosen one on the board."""

    def __init__(self, screen: "Groups") -> None:
        self._screen = screen
        costs = [
            Column(
                _(name),
                lambda one, part=part: f"{one.costs[part]:.1f}",
                right=True,
                width=width,
            )
            for part, name, width in _COSTS
        ]
        self.table = Table(
            _("Proposals"),
            [
                Column(
                    _("Proposal"),
                    lambda one: _("Proposal {n}").format(n=one.number),
                    strong=True,
                    width=106,
                ),
                Column("", chip=_state, width=128),
                Column(_("Placed"), lambda one: str(one.placed), right=True, width=68),
                Column(
                    _("Waiting"), lambda one: str(one.waiting), right=True, width=60
                ),
                Column(
                    _("Cost"),
                    lambda one: f"{one.cost:.1f}",
                    right=True,
                    strong=True,
                    width=70,
                ),
                *costs,
                Column(
                    _("Elsewhere"), lambda one: str(one.elsewhere), right=True, width=84
                ),
            ],
        )
        self.table.setMinimumHeight(190)
        inside = QWidget()
        about = _(
            "Lower cost is better; each column is part of it. Elsewhere: people in a different group than on the board."
        )
        inside.setLayout(rows(label(about, "small", wrap=True), self.table, gap=8))
        super().__init__(
            screen, _("Compare proposals"), inside, _("Show on the board"), 1060
        )
        self.table.opened.connect(self.finish)
        self.accepted_with.connect(self._take)
        screen.desk.ask(self, comparing.proposals, then=self._show)

    def _show(self, found: list[Compared]) -> None:
        self.table.show_rows(found)
        self.table.choose(min(1, len(found) - 1))
        self.table.setFocus()

    def _take(self, _values: FormValues) -> None:
        one = self.table.current()
        if one is None or one.on_board:
            self.well()
            return
        act = proposing.take_up_proposal
        self._screen.desk.do(self, act, one.id, then=self.well, failed=self.failed)


def _state(one: Compared) -> tuple[str, str]:
    if one.broken:
        return "stop", _("Rules broken")
    if one.on_board:
        return ("ok", _("On the board"))
    return ("quiet", _("Kept"))
