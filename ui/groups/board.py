"""Groups: propose, look at the board, move people by hand, accept; afterwards the groups of the round."""

from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget

from cbs_desktop import clock
from cbs_desktop.groups import actions, queries, solver
from cbs_desktop.groups.problem import Problem, Result
from cbs_desktop.groups.queries import Board as Proposal
from cbs_desktop.groups.queries import GroupRow
from cbs_desktop.words import _, many
from ui.desk import Desk
from ui.groups.columns import Columns
from ui.groups.overview import Overview
from ui.screen import Screen
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form
from ui.widgets.parts import Chip, label, line, rows, sheet

SEED = 2026  # the same people give the same groups


class Groups(Screen):
    """The board of a proposal, or the groups there are."""

    word = "groups"
    watches = frozenset({"groups", "screening", "participants", "facilitators", "programmes"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.page_actions = (
            (_("Accept groups"), "Ctrl+Return", "check", "accept"),
            (_("Propose groups"), "Ctrl+N", "groups", "propose"),
            (_("Keep two people apart"), "Ctrl+Shift+K", "stop", "keep_apart"),
            (_("Board or groups"), "Ctrl+G", "next", "turn"),
        )
        self._board: Proposal | None = None
        self._problem: Problem | None = None
        self.columns, self.overview = Columns(), Overview(self)
        self.columns.moved.connect(self._move)
        self.columns.said.connect(self.said.emit)
        self._rules, self._numbers = Chip(), label("", "second")
        bar = line(self._rules, self._numbers, None, gap=12, margin=(16, 8, 16, 8))
        self._hint = label(_("Space holds a card, ← → choose a group, Space drops it, Esc puts it back"), "small")
        bar.addWidget(self._hint)
        board = rows(sheet(bar), gap=12)
        board.addWidget(self.columns, 1)
        self._stack = QStackedWidget()
        from PySide6.QtWidgets import QWidget

        self._board_page = QWidget()
        self._board_page.setLayout(board)
        self._stack.addWidget(self._board_page)
        self._stack.addWidget(self.overview)
        self.setLayout(rows(self._stack, margin=(24, 12, 24, 12)))

    def refresh(self) -> None:
        """Ask for the board and the groups."""
        self.ask(queries.board, then=self._show)
        self.ask(queries.groups, then=self._show_groups)

    def _show(self, board: Proposal) -> None:
        first = self._board is None or bool(board.id) != bool(self._board.id)
        self._board = board
        placed = sum(len(group.cards) for group in board.groups)
        waiting = many("{n} waits", "{n} wait", len(board.waiting))
        self.tell(_("Round {name} · {waiting}").format(name=board.round.name, waiting=waiting))
        if board.broken:
            self._rules.tell("stop", many("{n} rule is broken", "{n} rules are broken", board.broken))
        else:
            self._rules.tell("ok", _("No rule is broken"))
        outside = sum(bool(group.warnings) for group in board.groups)
        own = board.cost - board.first_cost
        words = [
            many("{n} group", "{n} groups", len(board.groups)),
            many("{n} person placed", "{n} people placed", placed),
            waiting,
        ]
        if outside:
            words.append(many("{n} group outside the wished size", "{n} groups outside the wished size", outside))
        if own:
            words.append(_("your moves cost {n:+.1f}").format(n=own))
        self._numbers.setText(
            " · ".join(words) if board.id else _("Nothing is proposed yet. {waiting}").format(waiting=waiting)
        )
        self.columns.show_board(board)
        if first:
            self._stack.setCurrentWidget(self._board_page if board.id or board.waiting else self.overview)

    def _show_groups(self, found: list[GroupRow]) -> None:
        self.overview.show_groups(found)

    @Slot()
    def propose(self) -> None:
        """Read, compute beside the window, write."""
        self.ask(queries.problem, then=self._solve)

    def _solve(self, problem: Problem) -> None:
        if not problem.pools:
            self.said.emit(_("Nobody is eligible and without a group. Decide at Screening first."))
            return
        self._problem = problem
        self.work(_("Looking for good groups"), solver.solve, problem, Random(SEED), then=self._keep)

    def _keep(self, result: Result) -> None:
        if self._board is not None:
            self._stack.setCurrentWidget(self._board_page)
            self.do(actions.propose, self._board.round.id, self._problem, result, SEED)

    @Slot(object, object)
    def _move(self, person_id: int, to: object) -> None:
        if self._board is not None and self._board.id:
            self.do(actions.move, self._board.id, self._board.version, person_id, to)

    @Slot()
    def accept(self) -> None:
        """Make the groups of the proposal; the day of the first sessions is asked for."""
        if self._board is None or not self._board.id:
            self.said.emit(_("Nothing is proposed yet: propose groups first."))
            return
        form = Form([Field("starts", _("First sessions in the week from"), "date", needed=True)], columns=1)
        today = clock.day_of(clock.now())
        form.show_values({"starts": max(today + timedelta(days=7), self._board.round.plan.starts)})
        dialog = Dialog(self, _("Accept groups"), form, _("Accept groups"), 420)
        dialog.accepted_with.connect(partial(self._accept, dialog))
        dialog.show()

    def _accept(self, dialog: Dialog, values: dict[str, Any]) -> None:
        board = self._board
        if board is not None:
            self.desk.do(
                dialog,
                actions.accept,
                board.id,
                board.version,
                values["starts"],
                then=dialog.well,
                failed=dialog.failed,
            )

    @Slot()
    def keep_apart(self) -> None:
        """Two people who must never be in one group; the reason is a code, and is not shown here."""
        from ui.groups.apart import Apart

        if self.may(actions.keep_apart):
            Apart(self).show()
        else:
            self.said.emit(_("Your account may not do this."))

    @Slot()
    def turn(self) -> None:
        """Between the board and the groups."""
        other = self.overview if self._stack.currentWidget() is self._board_page else self._board_page
        self._stack.setCurrentWidget(other)

    def show_item(self, item: Any) -> None:
        """A group by id."""
        if isinstance(item, int):
            self._stack.setCurrentWidget(self.overview)
            self.overview.show_group(item)
