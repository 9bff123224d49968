"""A search for a good division: dealt within the hard rules, then improved by the best exchange or move there is.

Tabu search (Glover 1989): the step that costs least is taken even uphill, and who has just moved stays for a while; after
a time without a better division it goes on from the best one, shaken. All steps of a case are weighed at once as matrices,
so a pool of fifty takes a tenth of a millisecond a step. The same case and random numbers give the same division.
"""

import numpy as np

from cbs_desktop.groups.core import LEFT, Case, Division, cost
from cbs_desktop.groups.model import Progress, Stop, place
from cbs_desktop.groups.seats import NEVER, Draw, Seats

_AT_ONCE = 60_000  # exchanges weighed in one step; of larger cases a part, drawn anew each time
_PATIENCE, _SHAKE = 60, 0.2  # steps without a better division; share of people moved then
_MODEL, _SECONDS, _NODES = 1_000, 5.0, 50  # columns at most, and how long HiGHS looks for a place for everybody
_TRIES = 20  # to let in who waits whenever the search starts again


def divide(case: Case, draw: Draw, steps: int, progress: Progress | None = None) -> Division:
    """The best division found in so many steps. `progress` is told often and may raise Cancelled."""
    search = _Search(case, draw)
    search.deal()
    search.place(progress)
    search.improve(steps, progress)
    where = search.people(search.best)
    return Division(where, cost(case, where))


class _Search(Seats):
    """Steps from one division to the next."""

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
            self.where = np.array([found[block[0]] % (self.groups + 1) for block in self.blocks])
            if self.missing() > lost:
                self.where = dealt
            self.lost = self.missing()

    def improve(self, steps: int, progress: Progress | None) -> None:
        """Take the best step there is, over and over; keep the best division seen."""
        self.best, self._least, now, since = self.where.copy(), 0.0, 0.0, 0
        tabu = np.zeros(self.count)
        for step in range(steps):
            if progress and not step % 16:
                progress(step, steps)
            self.count_all()
            rows = self._rows()
            swaps = self._exchanges(rows)
            moves = self._moves()
            quiet = tabu > step
            dull = (
                self._least - now - 1e-9
            )  # a step this good leads to the best division yet: then nothing is forbidden
            swaps = np.where((quiet[rows][:, None] | quiet[None, :]) & (swaps >= dull), NEVER, swaps)
            moves = np.where(quiet[:, None] & (moves >= dull), NEVER, moves)
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
                self.best, self._least, since = self.where.copy(), now, 0
            elif since > _PATIENCE:
                now, since = self._shake(), 0
                tabu[:] = 0

    def _rows(self) -> np.ndarray:
        """Whose exchanges are weighed in this step: everybody's, or of a large case some."""
        some = max(4, _AT_ONCE // max(1, self.count))
        if some >= self.count:
            return np.arange(self.count)
        return np.array(sorted({int(self.draw.random() * self.count) for _ in range(some)}))

    def _take(self, rows: np.ndarray, swaps: np.ndarray, moves: np.ndarray) -> tuple[float, list[int]]:
        """The step that costs least, one of them at random when several do; who moved."""
        best = min(swaps.min(initial=NEVER), moves.min(initial=NEVER))
        if best == NEVER:
            return 0.0, []
        those = np.argwhere(swaps <= best + 1e-12)
        these = np.argwhere(moves <= best + 1e-12)
        which = int(self.draw.random() * (len(those) + len(these)))
        if which < len(those):
            i, j = int(rows[those[which][0]]), int(those[which][1])
            self.where[i], self.where[j] = self.where[j], self.where[i]
            return float(best), [i, j]
        i, group = (int(one) for one in these[which - len(those)])
        self.where[i] = group
        return float(best), [i]

    def _shake(self) -> float:
        """Go on from the best division, with some people exchanged at random where the hard rules allow it."""
        self.where = self.best.copy()
        now = self._least
        if self.missing() > self.lost:
            before = cost(self.case, self.people(self.where))
            self.admit(_TRIES)
            now += cost(self.case, self.people(self.where)) - before
        for _ in range(max(2, int(_SHAKE * self.count))):
            self.count_all()
            row = np.array([int(self.draw.random() * self.count)])
            costs = self._exchanges(row)[0]
            may = np.flatnonzero(np.isfinite(costs))
            if len(may):
                other = int(may[int(self.draw.random() * len(may))])
                now += float(costs[other])
                i = int(row[0])
                self.where[i], self.where[other] = self.where[other], self.where[i]
        return now

    def _exchanges(self, rows: np.ndarray) -> np.ndarray:
        """What each exchange of a block of `rows` with any block costs; endless where it may not be."""
        where, mine = self.where, self.where[rows]
        cross = self.pull[:, mine].T + self.pull[rows][:, where]  # [i, j]: j's pull to i's group, and i's to j's
        own = self.pull[np.arange(self.count), where]
        costs = 2 * (self.apart2[rows] + cross - own[rows][:, None] - own[None, :])
        if self.near is not None and self.far is not None:
            here = self.near[np.arange(self.count), where] - np.diag(self.far)  # a block's own distances go with it
            costs += self.near[:, mine].T + self.near[rows][:, where] - here[rows][:, None] - here[None, :]
            costs -= 2 * self.far[rows]
        if self.case.scatter:
            costs += self.case.scatter * self._scattered(rows)
        for trait, alone in self.lonely:
            costs += alone * self._lonelier(rows, trait)
        return np.where(self._allowed(rows), costs, NEVER)

    def _allowed(self, rows: np.ndarray) -> np.ndarray:
        where, mine = self.where, self.where[rows]
        may = (mine[:, None] != where[None, :]) & self.free[rows][:, None] & self.free[None, :]
        may &= (mine != self.groups)[:, None] & (where != self.groups)[None, :]
        foe = self.foe[rows]
        may &= (self.foes[rows][:, where] - foe == 0) & (self.foes[:, mine].T - foe == 0)
        for can, lacks in zip(self.can, self.lacks, strict=True):
            clear = (lacks[where] == 1 - can).astype(float)  # the options of a block's group once it has left
            may &= (clear[rows] @ can.T > 0) & (can[rows] @ clear.T > 0)
        if (self.size != 1).any():
            more = self.size[None, :] - self.size[rows][:, None]  # what i's group gains and j's loses
            after, there = self.filled[mine][:, None] + more, self.filled[where][None, :] - more
            may &= (after <= self.most[mine][:, None]) & (after >= self.least[mine][:, None])
            may &= (there <= self.most[where][None, :]) & (there >= self.least[where][None, :])
        return may

    def _scattered(self, rows: np.ndarray) -> np.ndarray:
        """How many more places the two groups of each exchange would have people of."""
        where, mine, lives = self.where, self.where[rows], self.lives > 0
        lone = lives & (self.lived[where] == self.lives)  # places that leave a group with the block
        gone = lone.sum(axis=1)
        new = lives.astype(float) @ (self.lived == 0).T.astype(float)  # places that a block would bring to a group
        back = lone.astype(float) @ lives.T.astype(float)  # that leave with one and come with the other
        there = new[:, mine].T - gone[rows][:, None] + back[rows]
        return there + new[rows][:, where] - gone[None, :] + back[:, rows].T

    def _lonelier(self, rows: np.ndarray, trait: int) -> np.ndarray:
        """How many more groups of each exchange would have exactly one person with a trait."""
        where, mine, have = self.where, self.where[rows], self.holds[:, trait]
        held = self.held[:, trait]
        more = have[None, :] - have[rows][:, None]
        a, b = held[mine][:, None], held[where][None, :]
        return ((a + more == 1).astype(float) - (a == 1)) + ((b - more == 1).astype(float) - (b == 1))

    def _moves(self) -> np.ndarray:
        """What moving each block to each group costs; the last column is waiting, which nobody is sent to."""
        where, everybody = self.where, np.arange(self.count)
        waits = where == self.groups
        size, filled = self.size[:, None], self.filled[None, :]
        may = (filled + size <= self.most[None, :]) & (self.foes == 0) & self.free[:, None]
        may &= waits[:, None] | ((self.filled[where] - self.size >= self.least[where])[:, None])
        for can, lacks in zip(self.can, self.lacks, strict=True):
            may &= can @ (lacks == 0).T.astype(float) > 0
        may[everybody, where] = False
        may[:, self.groups] = False
        if not may.any():
            return np.full((self.count, self.groups + 1), NEVER)
        own = np.where(waits, 0, self.pull[everybody, where])
        leaving = np.where(waits, 0, self.squares)  # what the old group gains by it
        costs = self.squares[:, None] + leaving[:, None] + 2 * (self.pull - own[:, None])
        costs -= LEFT * np.where(waits, self.size, 0)[:, None]
        costs -= LEFT * np.minimum(size, np.maximum(self.least - self.filled, 0))
        if self.near is not None and self.far is not None:
            own_far = np.diag(self.far)
            here = np.where(waits, -own_far / 2, self.near[everybody, where] - own_far)
            costs += self.near - here[:, None]
        if self.case.scatter:
            lives = self.lives > 0
            gone = np.where(waits, 0, (lives & (self.lived[where] == self.lives)).sum(axis=1))
            costs += self.case.scatter * (lives.astype(float) @ (self.lived == 0).T.astype(float) - gone[:, None])
        for trait, alone in self.lonely:
            held, have = self.held[:, trait], self.holds[:, trait]
            mine = held[where]
            left = np.where(waits, 0, (mine - have == 1).astype(float) - (mine == 1))
            come = (held[None, :] + have[:, None] == 1).astype(float) - (held == 1)[None, :]
            costs += alone * (left[:, None] + come)
        return np.where(may, costs, NEVER)
