"""A search for a good division: dealt within the hard rules, then improved by the best exchange or move there is.

Tabu search (Glover 1989): the step that costs least is taken even uphill, and who has just moved stays for a while; after
a time without a better division it goes on from the best one, shaken. All steps of a case are weighed at once as matrices,
so a pool of fifty takes a tenth of a millisecond a step. The same case and random numbers give the same division.
"""

import numpy as np

from cbs_desktop.groups.allocation.grouping import LEFT, Case, Division, cost
from cbs_desktop.groups.allocation.linear_model import Progress, Stop, place
from cbs_desktop.groups.allocation.seating import NEVER, Draw, Seats

_AT_ONCE = 60_000  # exchanges weighed in one step; of larger cases a part, drawn anew each time
_PATIENCE, _SHAKE, _HARDEST = (
    40,
    0.1,
    8,
)  # steps without a better division; share of people moved then, at most so many times
_MODEL, _SECONDS, _NODES = (
    1_000,
    5.0,
    50,
)  # columns at most, and how long HiGHS looks for a place for everybody
_WALL = 1e6  # what foes in one group cost beside all distances
_TRIES = 20  # to let in who waits whenever the search starts again


def divide(
    case: Case, draw: Draw, steps: int, progress: Progress | None = None
) -> Division:
    """The best division found in so many steps. `progress` is told often and may raise Cancelled."""
    search = _Search(case, draw)
    search.deal()
    search.place(progress)
    search.improve(steps, progress)
    where = search.people(search.best)
    return Division(where, cost(case, where))


class _Search(Seats):
    """Steps from one division to the next."""

    def __init__(self, case: Case, draw: Draw) -> None:
        super().__init__(case, draw)
        far = (
            self.member @ np.array(case.distances) @ self.member.T
            if case.distances
            else 0 * self.foe
        )
        self._wall = (
            _WALL * (1 + np.abs(far).sum(axis=1).max(initial=0))
            if self.hostile
            else 0.0
        )
        self._far = (
            far + self._wall * self.foe if case.distances or self.hostile else None
        )
        self._own = np.zeros(self.count) if self._far is None else np.diag(self._far)
        self._squares = (self.above**2).sum(axis=1)
        self._brings = np.hstack(
            [self.above, self.holds == 1, self.holds > 0, self.lives > 0]
        ).astype(float)
        self.uneven = bool((self.size != 1).any())

    def place(self, progress: Progress | None) -> None:
        """Where dealing left people without a place who may have one: ask HiGHS, if the case is small enough."""
        lost = self.missing()
        if lost <= self.lost or self.count * self.groups > _MODEL:
            return
        stop = Stop(progress)
        found = place(self.case, _SECONDS, _NODES, stop)
        stop.tell()
        if found is not None:
            dealt = self.where.copy()
            self.where = np.array(
                [found[block[0]] % (self.groups + 1) for block in self.blocks]
            )
            if self.missing() > lost:
                self.where = dealt
            self.lost = self.missing()

    def improve(self, steps: int, progress: Progress | None) -> None:
        """Take the best step there is, over and over; keep the best division seen."""
        self.best, self._least, now, since = self.where.copy(), 0.0, 0.0, 0
        tabu, self._shaken = np.zeros(self.count), 0
        for step in range(steps):
            if progress and not step % 16:
                progress(step, steps)
            rows = self._rows()
            self._weigh()
            swaps, moves = self.exchanges(rows), self.moves()
            quiet = tabu > step
            if (
                quiet.any()
            ):  # but nothing is forbidden that leads to the best division yet
                dull = self._least - now - 1e-9
                swaps[(quiet[rows][:, None] | quiet) & (swaps >= dull)] = NEVER
                moves[quiet[:, None] & (moves >= dull)] = NEVER
            worse, moved = self._take(rows, swaps, moves)
            if not moved:
                before = self.where
                now, since = self._shake(), 0
                if not tabu.any() and (self.where == before).all():
                    break  # there is no other division to come to
                tabu[:] = 0
                continue
            now += worse
            tabu[moved] = step + 2 + self.draw.random() * (4 + self.count / 6)
            since += 1
            if now < self._least - 1e-9:
                self.best, self._least, since, self._shaken = (
                    self.where.copy(),
                    now,
                    0,
                    0,
                )
            elif since > _PATIENCE:
                now, since = self._shake(), 0
                tabu[:] = 0

    def _rows(self) -> np.ndarray:
        """Whose exchanges are weighed in this step: everybody's, or of a large case some."""
        some = max(4, _AT_ONCE // max(1, self.count))
        if some >= self.count:
            return self.each
        return np.array(
            sorted({int(self.draw.random() * self.count) for _ in range(some)})
        )

    def _take(
        self, rows: np.ndarray, swaps: np.ndarray, moves: np.ndarray
    ) -> tuple[float, list[int]]:
        """The step that costs least, one of them at random when several do; who moved."""
        best = min(swaps.min(initial=NEVER), moves.min(initial=NEVER))
        if best == NEVER:
            return 0.0, []
        those = np.flatnonzero(swaps <= best + 1e-12)
        these = np.flatnonzero(moves <= best + 1e-12)
        which = int(self.draw.random() * (len(those) + len(these)))
        if which < len(those):
            row, j = divmod(int(those[which]), self.count)
            i = int(rows[row])
            self.where[i], self.where[j] = self.where[j], self.where[i]
            return float(best), [i, j]
        i, group = divmod(int(these[which - len(those)]), self.groups + 1)
        self.where[i] = group
        return float(best), [i]

    def _shake(self) -> float:
        """Go on from the best division, with some people exchanged at random where the hard rules allow it: the more, the
        longer nothing better was found."""
        self.where = self.best.copy()
        now = self._least
        if self.missing() > self.lost:
            before = cost(self.case, self.people(self.where))
            self.admit(_TRIES)
            now += cost(self.case, self.people(self.where)) - before
        for _ in range(
            max(2, int(_SHAKE * (1 + self._shaken % _HARDEST) * self.count))
        ):
            self._weigh()
            row = np.array([int(self.draw.random() * self.count)])
            costs = self.exchanges(row)[0]
            may = np.flatnonzero(np.isfinite(costs))
            if len(may):
                other = int(may[int(self.draw.random() * len(may))])
                now += float(costs[other])
                i = int(row[0])
                self.where[i], self.where[other] = self.where[other], self.where[i]
        self._shaken += 1
        return now

    def _weigh(self) -> None:
        """What it costs a group when a block leaves, and what each block would then cost it: a product of what the group is
        open for and what the block brings."""
        self.count_all()
        where = self.where
        waits = where == self.groups
        self._open = self._wants(self.sums[where] - self.kept)
        leaves = -np.einsum("ij,ij->i", self._open, self._brings) - self._squares
        if self._far is not None:
            self._near = self._far @ self.sits.T
            leaves -= self._near[self.each, where] - self._own
        self._leaves = np.where(waits, 0, leaves)
        self._stuck = waits | ~self.free

    def _wants(self, sums: np.ndarray) -> np.ndarray:
        """What each further trait, first and further holder of one, and new place costs groups with such sums."""
        traits, lonely = self.above.shape[1], self.alone.size
        held = sums[:, traits : traits + lonely]
        new = (sums[:, traits + lonely : -1] == 0) * self.case.scatter
        parts = (
            2 * sums[:, :traits],
            (held == 0) * self.alone,
            (held == 1) * -self.alone,
            new,
        )
        return np.concatenate(parts, axis=1)

    def exchanges(self, rows: np.ndarray) -> np.ndarray:
        """What each exchange of a block of `rows` with any block costs; endless where it may not be."""
        here = self._comes(rows, self.each)
        there = here if rows is self.each else self._comes(self.each, rows)
        costs = here + there.T
        costs[
            (self.where[rows][:, None] == self.where)
            | (self._stuck[rows][:, None] | self._stuck)
        ] = NEVER
        if self._wall:
            costs[costs > self._wall / 2] = NEVER
        if self.can or self.uneven:
            costs[~self._fits(rows)] = NEVER
        return costs

    def _comes(self, leave: np.ndarray, come: np.ndarray) -> np.ndarray:
        """What the group of each of the one costs more when they leave and each of the others comes."""
        costs = self._open[leave] @ self._brings[come].T
        costs += self._leaves[leave][:, None] + self._squares[come]
        if self._far is not None:
            far = self._far if leave is come else self._far[leave[:, None], come]
            costs += self._near[come[:, None], self.where[leave]].T - far
        return costs

    def _fits(self, rows: np.ndarray) -> np.ndarray:
        """Whether an exchange leaves both groups an option of each matter, and of a size they may have."""
        where, mine = self.where, self.where[rows]
        may = np.ones((len(rows), self.count), dtype=bool)
        for can, lacks in zip(self.can, self.lacks, strict=True):
            clear = (lacks[where] == 1 - can).astype(
                float
            )  # the options of a block's group once it has left
            may &= (clear[rows] @ can.T > 0) & (can[rows] @ clear.T > 0)
        if self.uneven:
            more = (
                self.size[None, :] - self.size[rows][:, None]
            )  # what i's group gains and j's loses
            after, there = (
                self.filled[mine][:, None] + more,
                self.filled[where][None, :] - more,
            )
            may &= (after <= self.most[mine][:, None]) & (
                after >= self.least[mine][:, None]
            )
            may &= (there <= self.most[where][None, :]) & (
                there >= self.least[where][None, :]
            )
        return may

    def moves(self) -> np.ndarray:
        """What moving each block to each group costs; the last column is waiting, which nobody is sent to."""
        costs = np.full((self.count, self.groups + 1), NEVER)
        if (self.filled >= self.most)[:-1].all():
            return costs
        where, size = self.where, self.size[:, None]
        waits = where == self.groups
        may = (self.filled + size <= self.most) & (self.foes == 0) & self.free[:, None]
        may &= (waits | (self.filled[where] - self.size >= self.least[where]))[:, None]
        for can, lacks in zip(self.can, self.lacks, strict=True):
            may &= can @ (lacks == 0).T.astype(float) > 0
        may[self.each, where] = False
        may[:, self.groups] = False
        if not may.any():
            return costs
        gains = self._squares + self._leaves - LEFT * np.where(waits, self.size, 0)
        all_ = self._brings @ self._wants(self.sums).T + gains[:, None]
        all_ -= LEFT * np.minimum(size, np.maximum(self.least - self.filled, 0))
        if self._far is not None:
            all_ += self._near + np.where(waits, self._own / 2, 0)[:, None]
        costs[may] = all_[may]
        return costs
