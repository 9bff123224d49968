"""Other groups for one person: each with its size, whether it may take them, and what the balance would lose."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget

from cbs_desktop.action import Transaction
from cbs_desktop.groups.allocation.exchanges import Swap
from cbs_desktop.groups.proposals import alternatives, proposing, stored
from cbs_desktop.groups.proposals.alternatives import Fit
from cbs_desktop.groups.proposals.boards import Board, Card
from cbs_desktop.words import _, many
from ui.groups.answers import REFUSALS, short_balance, weightiest
from ui.groups.cards import notes
from ui.widgets.dialog import Dialog
from ui.widgets.form import FormValues
from ui.widgets.parts import label, rows
from ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from ui.groups.board import Groups

To = TypeVar(
    "To", int, int | None
)  # a group by number, None for those who wait; or a person


@dataclass(frozen=True, slots=True)
class _Line:
    """A group to go to; `id` None is the waiting list. `other` is somebody to change places with."""

    id: int | None
    name: str
    size: str
    chip: tuple[str, str]
    worth: str
    most: str = ""
    other: int | None = None


class Others(Dialog):
    """Choose another group for a person with the arrows; Enter moves them there."""

    def __init__(self, screen: "Groups", board: Board, card: Card) -> None:
        self._screen = screen
        self._board = board
        self._card = card
        self.table = Table(
            _("Groups"),
            [
                Column(
                    _("Group"),
                    lambda one: one.name,
                    strong=True,
                    stretch=True,
                    width=150,
                ),
                Column(_("People"), lambda one: one.size, width=100),
                Column("", chip=lambda one: one.chip, width=130),
                Column(_("Balance"), lambda one: one.worth, width=170),
                Column(_("Main effect"), lambda one: one.most, width=290),
            ],
        )
        self.table.setMinimumHeight(220)
        inside = QWidget()
        about = _("Groups of other places and tracks are not shown.")
        self._why = label("", wrap=True)
        inside.setLayout(
            rows(self._why, self.table, label(about, "small", wrap=True), gap=8)
        )
        super().__init__(
            screen,
            _("Other groups for {name}").format(name=card.name),
            inside,
            _("Move to this group"),
            980,
        )
        self.table.opened.connect(self.finish)
        self.accepted_with.connect(self._move)
        self._fits: tuple[Fit, ...] = ()
        self._apart: dict[int, tuple[tuple[str, str], ...]] = {}
        if screen.may(stored.kept_apart):
            screen.desk.ask(
                self, stored.kept_apart, board.id, card.id, then=self._keep_apart
            )
        screen.desk.ask(self, alternatives.fits, board.id, card.id, then=self._keep)
        screen.desk.ask(self, alternatives.swaps, board.id, card.id, then=self._show)

    def _keep_apart(self, found: dict[int, tuple[tuple[str, str], ...]]) -> None:
        self._apart = found

    def _tell_why(self) -> None:
        """Why this person is where they are: what binds them, and how the best other group compares."""
        card = self._card
        free = [fit for fit in self._fits if not fit.refusal]
        here = next(
            (n for n, group in enumerate(self._board.groups) if card in group.cards),
            None,
        )
        words = list(notes(card))
        if here is not None:
            words.insert(0, _("Now in group {n}.").format(n=here + 1))
            shut = sum(
                bool(fit.refusal) and fit.refusal != "other pool" for fit in self._fits
            )
            if shut:
                words.append(
                    many(
                        "{n} group in this place is not possible",
                        "{n} groups in this place are not possible",
                        shut,
                    )
                )
            if free:
                best = min(fit.extra for fit in free)
                words.append(_worth(best))
            else:
                words.append(_("this is the only possible group for this person"))
        self._why.setText(" · ".join(words))

    def _keep(self, fits: tuple[Fit, ...]) -> None:
        self._fits = fits
        self._tell_why()

    def _show(self, swaps: tuple[Swap, ...]) -> None:
        near = sorted(
            (fit for fit in self._fits if fit.refusal != "other pool"),
            key=lambda fit: (fit.refusal, fit.extra),
        )
        lines = [self._line(fit) for fit in near]
        if all(one.id != self._card.id for one in self._board.waiting):
            lines.append(_Line(None, _("Put on waiting list"), "", ("", ""), ""))
        names = {
            card.id: card.name for group in self._board.groups for card in group.cards
        }
        lines += [
            self._swap(swap, names[swap.person])
            for swap in swaps
            if swap.person in names
        ]
        self.table.show_rows(lines)
        self.table.setFocus()

    def _swap(self, swap: Swap, name: str) -> _Line:
        words = _("Group {n}, in exchange for {name}").format(
            n=swap.group + 1, name=name
        )
        return _Line(
            swap.group,
            words,
            "",
            ("info", _("Exchange")),
            short_balance(swap.extra),
            other=swap.person,
        )

    def _most(self, fit: Fit) -> str:
        """What weighs most; for who may know it, from whom somebody is kept apart and why."""
        if fit.refusal != "keep apart":
            return weightiest(fit.parts, 2)
        return ", ".join(
            f"{name}: {_(reason)}" for name, reason in self._apart.get(fit.group, ())
        )

    def _line(self, fit: Fit) -> _Line:
        size = len(self._board.groups[fit.group].cards)
        if fit.refusal:
            chip = ("stop", _(REFUSALS[fit.refusal][0]))
        else:
            chip = ("ok", _("May join"))
        worth = "" if fit.refusal else short_balance(fit.extra)
        name = _("Group {n}").format(n=fit.group + 1)
        return _Line(
            fit.group,
            name,
            many("{n} person", "{n} people", size),
            chip,
            worth,
            self._most(fit),
        )

    def _move(self, _values: FormValues) -> None:
        line = self.table.current()
        if line is None:
            self.main.setEnabled(True)
            return
        if line.other is None:
            self._send(proposing.move, line.id)
        else:
            self._send(proposing.exchange, line.other)

    def _send(
        self, action: Callable[[Transaction, int, int, int, To], None], to: To
    ) -> None:
        board = self._board
        self.send(self._screen.desk, action, board.id, board.version, self._card.id, to)


def _worth(best: float) -> str:
    """What the best other group does to the balance."""
    if best > 0.05:
        return _("every other group would make the balance worse")
    if best > -0.05:
        return _("another group would be just as balanced")
    return _("another group would improve the balance")
