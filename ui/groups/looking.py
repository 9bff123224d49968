"""Looking for groups: read, compute beside the window, write; then, while the board is there already, how good they can be."""

from functools import partial
from random import Random
from typing import TYPE_CHECKING

from cbs_desktop.groups import eligible, proposing, solver
from cbs_desktop.groups.boards import Board
from cbs_desktop.groups.problem import Pinned, Problem, Result
from cbs_desktop.groups.proposals import Kept, on_board
from cbs_desktop.words import _
from ui.work import Work

if TYPE_CHECKING:
    from ui.groups.board import Groups

SEED = 2026  # the same people give the same groups
PROOF = 12.0  # seconds


class GroupSearch:
    """Proposes for a screen. `least` is what was proved of which proposal since the program began."""

    def __init__(self, screen: "Groups") -> None:
        self._screen = screen
        self.least: tuple[int, float] = (0, 0.0)

    def propose(self) -> None:
        """Everybody anew."""
        self._screen.ask(eligible.problem, then=self._solve)

    def again(self) -> None:
        """What is pinned stays, the rest is looked for again; the proposal before can be compared."""
        self._screen.ask(on_board, then=self._solve_again)

    def _solve(self, problem: Problem) -> None:
        if not problem.pools:
            self._screen.said.emit(
                _(
                    "Nobody eligible is without a group. Make decisions "
                    "under Screening first."
                )
            )
            return
        keep = partial(self._keep, problem, SEED, None)
        self._screen.work(
            _("Searching for good groups"),
            solver.solve,
            problem,
            Random(SEED),
            then=keep,
        )

    def _solve_again(self, found: tuple[Kept, Problem] | None) -> None:
        if found is None:
            self._screen.said.emit(
                _("No groups have been proposed yet: propose groups first.")
            )
            return
        one, now = found
        seed = one.seed + 1
        keep = partial(self._keep, now, seed, one)
        solve = partial(solver.solve, before=one.result, pinned=one.pinned)
        self._screen.work(
            _("Searching again, pinned groups stay"),
            solve,
            now,
            Random(seed),
            then=keep,
        )

    def _keep(
        self, problem: Problem, seed: int, before: Kept | None, result: Result
    ) -> None:
        board: Board | None = self._screen.shown
        if board is not None:
            if before:
                pinned = solver.carried(before.result, before.pinned, result)
            else:
                pinned = Pinned()
            then = partial(self._prove, problem, result)
            self._screen.do(
                proposing.propose,
                board.round.id,
                problem,
                result,
                seed,
                pinned,
                then=then,
            )

    def _prove(self, problem: Problem, result: Result, proposal_id: int) -> None:
        """The board is there meanwhile; Cancel leaves it as it is."""
        what = _("Computing how good groups can be at best")
        then = partial(self._proved, proposal_id)
        work = Work(
            self._screen,
            solver.least,
            problem,
            result,
            PROOF,
            then=then,
            failed=lambda _problem: None,
        )
        self._screen.working.emit(work, what)
        work.start()

    def _proved(self, proposal_id: int, least: float) -> None:
        self.least = proposal_id, least
        self._screen.rest()
