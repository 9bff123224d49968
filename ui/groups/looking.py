"""Looking for groups: read, compute beside the window, write; then, while the board is there already, how good they can be."""

from functools import partial
from random import Random
from typing import TYPE_CHECKING

from cbs_desktop.groups import eligible
from cbs_desktop.groups.allocation import solver
from cbs_desktop.groups.allocation.assignment import Assignment, Pins
from cbs_desktop.groups.allocation.instance import Instance
from cbs_desktop.groups.proposals import proposing
from cbs_desktop.groups.proposals.boards import Board
from cbs_desktop.groups.proposals.stored import StoredProposal, on_board
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
        self._screen.ask(eligible.instance, then=self._solve)

    def again(self) -> None:
        """What is pinned stays, the rest is looked for again; the proposal before can be compared."""
        self._screen.ask(on_board, then=self._solve_again)

    def _solve(self, instance: Instance) -> None:
        if not instance.pools:
            self._screen.said.emit(
                _(
                    "Nobody eligible is without a group. Make decisions "
                    "under Screening first."
                )
            )
            return
        keep = partial(self._keep, instance, SEED, None)
        self._screen.work(
            _("Searching for good groups"),
            solver.solve,
            instance,
            Random(SEED),
            then=keep,
        )

    def _solve_again(self, found: tuple[StoredProposal, Instance] | None) -> None:
        if found is None:
            self._screen.said.emit(
                _("No groups have been proposed yet: propose groups first.")
            )
            return
        proposal, now = found
        seed = proposal.seed + 1
        keep = partial(self._keep, now, seed, proposal)
        solve = partial(solver.solve, before=proposal.assignment, pins=proposal.pins)
        self._screen.work(
            _("Searching again, pinned groups stay"),
            solve,
            now,
            Random(seed),
            then=keep,
        )

    def _keep(
        self,
        instance: Instance,
        seed: int,
        before: StoredProposal | None,
        assignment: Assignment,
    ) -> None:
        board: Board | None = self._screen.shown
        if board is not None:
            if before:
                pins = solver.carried(before.assignment, before.pins, assignment)
            else:
                pins = Pins()
            then = partial(self._prove, instance, assignment)
            self._screen.do(
                proposing.propose,
                board.round.id,
                instance,
                assignment,
                seed,
                pins,
                then=then,
            )

    def _prove(
        self, instance: Instance, assignment: Assignment, proposal_id: int
    ) -> None:
        """The board is there meanwhile; Cancel leaves it as it is."""
        what = _("Computing how good groups can be at best")
        then = partial(self._proved, proposal_id)
        work = Work(
            self._screen,
            solver.lower_bound,
            instance,
            assignment,
            PROOF,
            then=then,
            failed=lambda _problem: None,
        )
        self._screen.working.emit(work, what)
        work.start()

    def _proved(self, proposal_id: int, least: float) -> None:
        self.least = proposal_id, least
        self._screen.rest()
