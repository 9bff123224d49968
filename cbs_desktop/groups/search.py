"""A search for a good division: dealt within the hard rules, then improved by the best exchange or move there is.

Tabu search (Glover 1989): the step that costs least is taken even uphill, and who has just moved stays for a while; after
a time without a better division it goes on from the best one, shaken. All steps of a case are weighed at once as matrices,
so a pool of fifty takes a tenth of a millisecond a step. The same case and random numbers give the same division.
"""

from collections.abc import Callable
from typing import Protocol

import numpy as np

from cbs_desktop.groups.core import LEFT, WAITING, Case, Division, blocks_of, cost

Progress = Callable[[int, int], None]
_AT_ONCE = 60_000  # exchanges weighed in one step; of larger cases a part, drawn anew each time
_PATIENCE, _SHAKE = 60, 0.2  # steps without a better division; share of people moved then
_NEVER = np.inf


class Draw(Protocol):
    """What is needed of a random generator (`random.Random`)."""

    def random(self) -> float: ...  # noqa: D102
    def shuffle(self, x: list[int], /) -> None: ...  # noqa: D102


def divide(case: Case, draw: Draw, steps: int, progress: Progress | None = None) -> Division:
    """The best division found in so many steps. `progress` is told often and may raise Cancelled."""
    search = _Search(case, draw)
    search.deal()
    search.improve(steps, progress)
    where = search.best()
    return Division(where, cost(case, where))


class _Search:
    """Blocks of people (who stays together moves together) in groups; the last group is that of those who wait."""

    def __init__(self, case: Case, draw: Draw) -> None:
        self.case, self.draw = case, draw
        self.blocks = blocks_of(case)
        of = {i: number for number, block in enumerate(self.blocks) for i in block}
        count, groups = len(self.blocks), len(case.groups)
        self.count, self.groups = count, groups
        self.size = np.array([len(block) for block in self.blocks])
        self.least = np.array([*(least for least, _m in case.groups), 0])
        self.most = np.array([*(most for _l, most in case.groups), case.people])
        above = np.array([[t.values[i] - t.share for t in case.traits] for i in range(case.people)])
        member = np.zeros((count, case.people))
        for number, block in enumerate(self.blocks):
            member[number, list(block)] = 1
        weights = np.sqrt([t.weight for t in case.traits])
        self.above = member @ above.reshape(case.people, len(case.traits)) * weights
        self.lonely = [(t, trait.alone) for t, trait in enumerate(case.traits) if trait.alone]
        self.holds = member @ np.array(
            [[float(t.values[i] != 0) for t in case.traits] for i in range(case.people)]
        ).reshape(case.people, len(case.traits))
        labels = {place: n for n, place in enumerate(dict.fromkeys(case.places))} if case.scatter else {}
        lives = np.zeros((case.people, len(labels)))
        for i in range(case.people if case.scatter else 0):
            lives[i, labels[case.places[i]]] = 1
        self.lives = member @ lives
        self.far = member @ np.array(case.distances) @ member.T if case.distances else None
        self.foe = np.zeros((count, count))
        for one, other in case.apart:
            if of[one] != of[other]:
                self.foe[of[one], of[other]] = self.foe[of[other], of[one]] = 1
        self.fixed = {of[i]: group for i, group in case.fixed.items()}
        self.free = np.array([number not in self.fixed for number in range(count)])
        squares = (self.above**2).sum(axis=1)
        self.squares = squares
        self.apart2 = squares[:, None] + squares[None, :] - 2 * self.above @ self.above.T
        self.where = np.full(count, groups)

    def deal(self) -> None:
        """Fixed blocks first, then those with most foes and the largest, each into the emptiest group that takes it."""
        order = list(range(self.count))
        self.draw.shuffle(order)
        order.sort(key=lambda b: (b not in self.fixed, -self.foe[b].sum(), -self.size[b], tuple(self.above[b])))
        filled = np.zeros(self.groups + 1, dtype=int)
        for block in order:
            groups = [self.fixed[block]] if block in self.fixed else range(self.groups)
            free = [
                g
                for g in groups
                if filled[g] + self.size[block] <= self.most[g] and not self.foe[block][self.where == g].any()
            ]
            if free:
                self.where[block] = min(free, key=lambda g: (filled[g] - self.least[g], filled[g]))
            filled[self.where[block]] += self.size[block]

    def _count(self) -> None:
        """What each group holds, from nothing."""
        sits = np.zeros((self.groups + 1, self.count))
        sits[self.where, np.arange(self.count)] = 1
        sits[self.groups] = 0  # those who wait are in no group
        self.sits = sits
        self.filled = sits @ self.size
        self.filled[self.groups] = 0
        self.pull = self.above @ (sits @ self.above).T
        self.held = sits @ self.holds
        self.lived = sits @ self.lives
        self.foes = self.foe @ sits.T
        self.near = self.far @ sits.T if self.far is not None else None

    def improve(self, steps: int, progress: Progress | None) -> None:
        """Take the best step there is, over and over; keep the best division seen."""
        self._best, self._least, now, since = self.where.copy(), 0.0, 0.0, 0
        tabu = np.zeros(self.count)
        for step in range(steps):
            if progress and not step % 16:
                progress(step, steps)
            self._count()
            rows = self._rows()
            swaps = self._exchanges(rows)
            moves = self._moves()
            quiet = tabu > step
            dull = (
                self._least - now - 1e-9
            )  # a step this good leads to the best division yet: then nothing is forbidden
            swaps = np.where((quiet[rows][:, None] | quiet[None, :]) & (swaps >= dull), _NEVER, swaps)
            moves = np.where(quiet[:, None] & (moves >= dull), _NEVER, moves)
            worse, moved = self._take(rows, swaps, moves)
            if not moved:
                tabu[:] = 0
                now, since = self._shake(now), 0
                continue
            now += worse
            tabu[moved] = step + 2 + self.draw.random() * (4 + self.count / 6)
            since += 1
            if now < self._least - 1e-9:
                self._best, self._least, since = self.where.copy(), now, 0
            elif since > _PATIENCE:
                now, since = self._shake(now), 0
                tabu[:] = 0

    def _rows(self) -> np.ndarray:
        """Whose exchanges are weighed in this step: everybody's, or of a large case some."""
        some = max(4, _AT_ONCE // max(1, self.count))
        if some >= self.count:
            return np.arange(self.count)
        return np.array(sorted({int(self.draw.random() * self.count) for _ in range(some)}))

    def _take(self, rows: np.ndarray, swaps: np.ndarray, moves: np.ndarray) -> tuple[float, list[int]]:
        """The step that costs least, one of them at random when several do; who moved."""
        best = min(swaps.min(initial=_NEVER), moves.min(initial=_NEVER))
        if best == _NEVER:
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

    def _shake(self, now: float) -> float:
        """Go on from the best division, with some people exchanged at random where the hard rules allow it."""
        self.where = self._best.copy()
        now = self._least
        for _ in range(max(2, int(_SHAKE * self.count))):
            self._count()
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
        return np.where(self._allowed(rows), costs, _NEVER)

    def _allowed(self, rows: np.ndarray) -> np.ndarray:
        where, mine = self.where, self.where[rows]
        may = (mine[:, None] != where[None, :]) & self.free[rows][:, None] & self.free[None, :]
        may &= (mine != self.groups)[:, None] & (where != self.groups)[None, :]
        foe = self.foe[rows]
        may &= (self.foes[rows][:, where] - foe == 0) & (self.foes[:, mine].T - foe == 0)
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
        may[everybody, where] = False
        may[:, self.groups] = False
        if not may.any():
            return np.full((self.count, self.groups + 1), _NEVER)
        own = np.where(waits, 0, self.pull[everybody, where])
        leaving = np.where(waits, 0, self.squares)  # what the old group gains by it
        costs = self.squares[:, None] + leaving[:, None] + 2 * (self.pull - own[:, None])
        costs = costs - LEFT * np.where(waits, self.size, 0)[:, None]
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
        return np.where(may, costs, _NEVER)

    def best(self) -> tuple[int, ...]:
        """The group of each person in the best division seen."""
        found = [WAITING] * self.case.people
        for block, group in zip(self.blocks, self._best, strict=True):
            for i in block:
                found[i] = WAITING if group == self.groups else int(group)
        return tuple(found)
