"""A proposed group on the board: its head, and its cards."""

from PySide6.QtWidgets import QFrame

from cbs_desktop.groups.proposals.alternatives import Fit
from cbs_desktop.groups.proposals.boards import ProposedGroup
from cbs_desktop.words import _, many
from ui.groups.answers import REFUSALS
from ui.groups.cards import CardList
from ui.vocabulary import weekday
from ui.widgets.elided import Elided
from ui.widgets.parts import Chip, label, line, rows

LEAST = 206
_MOST = 380  # pixels of a column


class GroupColumn(QFrame):
    """A proposed group: its head, and its cards."""

    def __init__(self, place: int, group: ProposedGroup) -> None:
        super().__init__()
        self.cards = CardList(place)
        self.cards.show_cards(group.cards)
        size = many("{n} person", "{n} people", len(group.cards))
        if group.warnings:
            self._usual = ("warn", f"{size}, {_(group.warnings[0])}")
        else:
            self._usual = ("ok", size)
        if group.pinned:
            self._usual = ("info", _("{size}, pinned").format(size=size))
        self.chip = Chip(*self._usual)
        name = _("Group {n}").format(n=place + 1)
        self.cards.setAccessibleName(
            f"{name}, {group.place}, {self._usual[1]}, {_led(group)}"
        )
        sexes = _("{women} women, {men} men").format(women=group.women, men=group.men)
        mixed = Elided(f"{sexes} · {_mixture(group)}", "small")
        told = ", ".join(
            f"{_(c)} {here} ({even:g})" for c, here, even in group.made_of.backgrounds
        )
        self.setToolTip(
            _("Backgrounds here, and if evenly shared: {told}").format(told=told)
            if told
            else ""
        )
        head = rows(
            line(label(name, "head"), None, self.chip),
            mixed,
            Elided(_led(group), "small"),
        )
        head.setContentsMargins(12, 6, 12, 4)
        head.setSpacing(2)
        box = rows(gap=0, margin=(4, 0, 4, 2))
        box.addLayout(head)
        box.addWidget(self.cards, 1)
        self.setLayout(box)
        self.setMinimumWidth(LEAST)
        self.setMaximumWidth(_MOST)
        self._dress("sheet")

    def show_fit(self, fit: Fit | None, aimed: bool = False) -> None:
        """Say whether a held card may come here; None when nothing is held."""
        if fit is None:
            self.chip.tell(*self._usual)
            kind = "sheet"
        elif fit.refusal:
            self.chip.tell("stop", _(REFUSALS[fit.refusal][0]))
            kind = "stop"
        else:
            self.chip.tell("ok", _("May join"))
            kind = "ok"
        self._dress(kind if aimed else "sheet")

    def _dress(self, panel: str) -> None:
        if self.property("panel") != panel:
            self.setProperty("panel", panel)
            self.style().unpolish(self)
            self.style().polish(self)


def _led(group: ProposedGroup) -> str:
    """The weekday and who leads."""
    day = [] if group.weekday is None else [weekday(group.weekday)]
    return " · ".join([*day, ", ".join(group.facilitators) or _("No facilitator yet")])


def _mixture(group: ProposedGroup) -> str:
    """How the backgrounds are spread, in words: counts are in the tip, names nowhere."""
    off = max(
        (abs(here - even) for _c, here, even in group.made_of.backgrounds), default=0.0
    )
    if off < 1.5:
        return _("backgrounds even")
    return _("backgrounds uneven by {n:.0f}").format(n=off)
