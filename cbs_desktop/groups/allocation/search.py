"""A search for a good partition: dealt within the hard rules, then improved by the best exchange or move there is.

Tabu search (Glover 1989): the step that costs least is taken even uphill, and who has just
moved stays for a while; after a time without a better partition it goes on from the best
one, shaken. All steps are weighed at once as matrices, so a pool of fifty takes a tenth of
a millisecond a step. The same problem and random numbers give the same partition.
"""

import numpy as np

from cbs_desktop.groups.allocation.arrays import NEVER
from cbs_desktop.groups.allocation.grouping import GroupingProblem, Partition
from cbs_desktop.groups.allocation.linear_model import Progress, Stop
from cbs_desktop.groups.allocation.objective import LEFT_OUT, cost, partition
from cbs_desktop.groups.allocation.placement import place
from cbs_desktop.groups.allocation.seating import Rng, Seating

# Exchanges weighed in one step; of larger problems a part, drawn anew each time.
_AT_ONCE = 60_000
_PATIENCE = 40  # steps without a better partition before shaking
_SHAKE = 0.1  # share of people moved then,
_HARDEST = 8  # at most so many times
_MODEL = 1_000  # columns at most of a model that looks for a place for everybody,
_SECONDS = 5.0  # and how long HiGHS looks
_NODES = 50
_WALL = 1e6  # what foes in one group cost beside all distances
_TRIES = 20  # to let in who waits whenever the search starts again
_TELL = 16  # steps between two words of progress
_BETTER = 1e-9
_TIE = 1e-12


def search(
    problem: GroupingProblem, rng: Rng, steps: int, progress: Progress | None = None
) -> Partition:
    """The best partition found in so many steps. `progress` is told often and may raise
    Cancelled."""
    walk = Walk(problem, rng)
    walk.deal()
    walk.place(progress)
    walk.improve(steps, progress)
    return partition(problem, walk.people(walk.best))


class Walk(Seating):
    """Steps from one partition to the next."""

    def __init__(self, problem: GroupingProblem, rng: Rng) -> None:
        super().__init__(problem, rng)
        self._far, self._wall = self._ways()
        self._own = np.zeros(self.count)
        if self._far is not None:
            self._own = np.diag(self._far)
        squares = self.arrays.above**2
        self._squares = squares.sum(axis=1)
        brings = np.hstack(self._bring())
        self._brings = brings.astype(float)
        self._columns = self._slices()
        sizes = set(self.arrays.size.tolist())
        self._uneven = sizes != {1}

    def _ways(self) -> tuple[np.ndarray | None, float]:
        """What each two blocks in one group cost: their ways, and a wall between foes."""
        far = 0 * self.arrays.foe
        if self.problem.distances:
            member = self.arrays.member
            far = member @ np.array(self.problem.distances) @ member.T
        if self.hostile:
            furthest = np.abs(far).sum(axis=1).max(initial=0)
            wall = _WALL * (1 + furthest)
            return far + wall * self.arrays.foe, wall
        if self.problem.distances:
            return far, 0.0
        return None, 0.0

    def _bring(self) -> list[np.ndarray]:
        """What a block brings to a group, in the order of `_wants`."""
        arrays = self.arrays
        types = [rule.is_type for rule in arrays.rules]
        first = arrays.holds == 1
        further = arrays.holds > 0
        return [arrays.above, first, further, arrays.lives > 0, *types]

    def place(self, progress: Progress | None) -> None:
        """Where dealing left people without a place who may have one: ask HiGHS, if the
        problem is small enough."""
        missing = self.missing()
        if missing <= self.lost or self.count * self.groups > _MODEL:
            return
        stop = Stop(progress)
        found = place(self.problem, _SECONDS, _NODES, stop)
        stop.tell()
        if found is not None:
            dealt = self.where.copy()
            groups = []
            for block in self.arrays.blocks:
                groups.append(found[block[0]])
            self.where = np.array(groups) % (self.groups + 1)
            if self.missing() > missing:
                self.where = dealt
            self.lost = self.missing()

    def improve(self, steps: int, progress: Progress | None) -> None:
        """Take the best step there is, over and over; keep the best partition seen. Costs
        are counted from that of the first."""
        self.best = self.where.copy()
        self._least = 0.0
        self._now = 0.0
        self._since = 0
        self._shaken = 0
        self._tabu = np.zeros(self.count)
        for step in range(steps):
            if progress and step % _TELL == 0:
                progress(step, steps)
            moved = self._step(step)
            if not moved and self._nowhere_else():
                break
            if moved:
                self._remember(step, moved)

    def _step(self, step: int) -> list[int]:
        """Take the step that costs least of those that are not forbidden; who moved."""
        rows = self._rows()
        self.weigh()
        swaps = self.exchanges(rows)
        moves = self.moves()
        quiet = self._tabu > step
        if quiet.any():  # but nothing is forbidden that leads to the best partition yet
            dull = self._least - self._now - _BETTER
            both = quiet[rows][:, None] | quiet
            swaps[both & (swaps >= dull)] = NEVER
            moves[quiet[:, None] & (moves >= dull)] = NEVER
        worse, moved = self._take(rows, swaps, moves)
        self._now += worse
        return moved

    def _nowhere_else(self) -> bool:
        """Shake, since no step was left; whether there is no other partition to come to."""
        before = self.where
        self._shake()
        stuck = not self._tabu.any() and bool((self.where == before).all())
        self._tabu[:] = 0
        return stuck

    def _remember(self, step: int, moved: list[int]) -> None:
        """Who has moved stays for a while; the best partition is kept."""
        stay = 2 + self.rng.random() * (4 + self.count / 6)
        self._tabu[moved] = step + stay
        self._since += 1
        if self._now < self._least - _BETTER:
            self.best = self.where.copy()
            self._least = self._now
            self._since = 0
            self._shaken = 0
        elif self._since > _PATIENCE:
            self._shake()
            self._tabu[:] = 0

    def _rows(self) -> np.ndarray:
        """Whose exchanges are weighed in this step: everybody's, or of a large problem
        some."""
        some = max(4, _AT_ONCE // max(1, self.count))
        if some >= self.count:
            return self.each
        drawn = set()
        for _ in range(some):
            drawn.add(int(self.rng.random() * self.count))
        return np.array(sorted(drawn))

    def _take(
        self, rows: np.ndarray, swaps: np.ndarray, moves: np.ndarray
    ) -> tuple[float, list[int]]:
        """The step that costs least, one of them at random when several do; who moved."""
        cheapest_swap = swaps.min(initial=NEVER)
        cheapest_move = moves.min(initial=NEVER)
        best = min(cheapest_swap, cheapest_move)
        if best == NEVER:
            return 0.0, []
        cheap_swaps = np.flatnonzero(swaps <= best + _TIE)
        cheap_moves = np.flatnonzero(moves <= best + _TIE)
        count = len(cheap_swaps) + len(cheap_moves)
        which = int(self.rng.random() * count)
        if which < len(cheap_swaps):
            moved = self._swap(rows, int(cheap_swaps[which]))
        else:
            which -= len(cheap_swaps)
            moved = self._move(int(cheap_moves[which]))
        return float(best), moved

    def _swap(self, rows: np.ndarray, place: int) -> list[int]:
        """Take an exchange by its place in the matrix; who moved."""
        row, other = divmod(place, self.count)
        block = int(rows[row])
        self._exchange(block, other)
        return [block, other]

    def _move(self, place: int) -> list[int]:
        """Take a move by its place in the matrix; who moved."""
        block, group = divmod(place, self.groups + 1)
        self.where[block] = group
        return [block]

    def _exchange(self, block: int, other: int) -> None:
        group = self.where[block]
        self.where[block] = self.where[other]
        self.where[other] = group

    def _shake(self) -> None:
        """Go on from the best partition, with some people exchanged at random where the
        hard rules allow it: the more, the longer nothing better was found."""
        self.where = self.best.copy()
        self._now = self._least
        self._since = 0
        if self.missing() > self.lost:
            before = cost(self.problem, self.people(self.where))
            self.admit(_TRIES)
            self._now += cost(self.problem, self.people(self.where)) - before
        share = _SHAKE * (1 + self._shaken % _HARDEST)
        for _exchange in range(max(2, int(share * self.count))):
            self._exchange_at_random()
        self._shaken += 1

    def _exchange_at_random(self) -> None:
        self.weigh()
        block = int(self.rng.random() * self.count)
        row = np.array([block])
        costs = self.exchanges(row)[0]
        may = np.flatnonzero(np.isfinite(costs))
        if len(may):
            other = self._any(may)
            self._now += float(costs[other])
            self._exchange(block, other)

    def weigh(self) -> None:
        """What it costs a group when a block leaves, and what each block would then cost
        it: a product of what the group is open for and what the block brings."""
        self.count_all()
        where = self.where
        waits = where == self.groups
        without = self.sums[where] - self._counted
        self._open = self._wants(without, where)
        back = np.einsum("ij,ij->i", self._open, self._brings)
        leaves = -back - self._squares
        if self._far is not None:
            self._near = self._far @ self.sits.T
            near = self._near[self.each, where]
            leaves -= near - self._own
        self._leaves = np.where(waits, 0, leaves)
        self._stuck = waits | ~self.free

    def _wants(self, sums: np.ndarray, groups: np.ndarray) -> np.ndarray:
        """What each further trait, first and further holder of one, new place, and type of
        a column rule costs groups with such sums, whose numbers are given."""
        parts = []
        for columns in self._columns:
            parts.append(sums[:, columns])
        above, held, homes, *labels = parts
        alone = self.arrays.alone
        first = (held == 0) * alone
        further = (held == 1) * -alone
        new = (homes == 0) * self.problem.scatter
        costs = [2 * above, first, further, new]
        for rule, counts in zip(self.arrays.rules, labels, strict=True):
            costs.append(rule.extra(counts, groups))
        return np.concatenate(costs, axis=1)

    def _slices(self) -> list[slice]:
        """The columns of sums by what they count: traits, holders, places, and the values
        of each column rule."""
        arrays = self.arrays
        counted = [arrays.above, arrays.holds, arrays.lives]
        for rule in arrays.rules:
            counted.append(rule.held)
        slices = []
        start = 0
        for each in counted:
            end = start + each.shape[1]
            slices.append(slice(start, end))
            start = end
        return slices

    def exchanges(self, rows: np.ndarray) -> np.ndarray:
        """What each exchange of a block of `rows` with any block costs; endless where it
        may not be."""
        here = self._comes(rows, self.each)
        there = here
        if rows is not self.each:
            there = self._comes(self.each, rows)
        costs = here + there.T
        together = self.where[rows][:, None] == self.where
        stuck = self._stuck[rows][:, None] | self._stuck
        costs[together | stuck] = NEVER
        if self._wall:
            costs[costs > self._wall / 2] = NEVER
        if self.arrays.can:
            may = self._leaves_options(rows)
            costs[~may] = NEVER
        if self._uneven:
            may = self._leaves_sizes(rows)
            costs[~may] = NEVER
        return costs

    def _comes(self, leave: np.ndarray, come: np.ndarray) -> np.ndarray:
        """What the group of each of the one costs more when they leave and each of the
        others comes."""
        costs = self._open[leave] @ self._brings[come].T
        leaves = self._leaves[leave][:, None]
        costs += leaves + self._squares[come]
        if self._far is not None:
            far = self._far
            if leave is not come:
                far = far[leave[:, None], come]
            near = self._near[come[:, None], self.where[leave]]
            costs += near.T - far
        return costs

    def _leaves_options(self, rows: np.ndarray) -> np.ndarray:
        """Whether an exchange leaves both groups an option of each matter."""
        may = np.ones((len(rows), self.count), dtype=bool)
        for can, lacks in zip(self.arrays.can, self.lacks, strict=True):
            # the options of a block's group once it has left
            without = lacks[self.where] == 1 - can
            clear = without.astype(float)
            others_can = clear[rows] @ can.T
            here_can = can[rows] @ clear.T
            may &= others_can > 0
            may &= here_can > 0
        return may

    def _leaves_sizes(self, rows: np.ndarray) -> np.ndarray:
        """Whether an exchange leaves both groups of a size they may have."""
        size = self.arrays.size
        own = size[rows][:, None]
        more = size - own  # what the one's group gains, the other's loses
        filled = self.filled[self.where]
        least = self.arrays.least[self.where]
        most = self.arrays.most[self.where]
        here = filled[rows][:, None] + more
        there = filled - more
        may = here >= least[rows][:, None]
        may &= here <= most[rows][:, None]
        may &= there >= least
        may &= there <= most
        return may

    def moves(self) -> np.ndarray:
        """What moving each block to each group costs; the last column is waiting, which
        nobody is sent to."""
        costs = np.full((self.count, self.groups + 1), NEVER)
        if (self.filled >= self.arrays.most)[:-1].all():
            return costs
        may = self._may_move()
        if may.any():
            costs[may] = self._costs_of_moves()[may]
        return costs

    def _may_move(self) -> np.ndarray:
        """Where each block may move: there is room, no foe, an option in common, and its
        own group does without."""
        arrays = self.arrays
        waits = self.where == self.groups
        left = self.filled[self.where] - arrays.size
        enough = left >= arrays.least[self.where]
        leaves = self.free & (waits | enough)
        filled = self.filled + arrays.size[:, None]
        may = filled <= arrays.most
        may &= self.foes == 0
        may &= leaves[:, None]
        for can, lacks in zip(arrays.can, self.lacks, strict=True):
            clear = (lacks == 0).astype(float)
            may &= can @ clear.T > 0
        may[self.each, self.where] = False
        may[:, self.groups] = False
        return may

    def _costs_of_moves(self) -> np.ndarray:
        waits = self.where == self.groups
        placed = np.where(waits, self.arrays.size, 0)
        gains = self._squares + self._leaves
        gains = gains - LEFT_OUT * placed
        every = np.arange(self.groups + 1)
        wants = self._wants(self.sums, every)
        costs = self._brings @ wants.T
        costs += gains[:, None]
        costs -= LEFT_OUT * self._filling()
        if self._far is not None:
            own = np.where(waits, self._own / 2, 0)
            costs += self._near + own[:, None]
        return costs

    def _filling(self) -> np.ndarray:
        """How many people a group lacks that each block would bring."""
        lacking = self.arrays.least - self.filled
        short = np.maximum(lacking, 0)
        size = self.arrays.size[:, None]
        return np.minimum(size, short)
