"""Blocks of people (who stays together moves together) dealt into groups within the hard rules.

Who finds no place is let in where others make room, as long as that leaves no more people
without one.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from cbs_desktop.groups.allocation.arrays import NEVER, block_arrays
from cbs_desktop.groups.allocation.grouping import WAITING, GroupingProblem

_TRIES = 300  # to let in who waits


class Rng(Protocol):
    """What is needed of a random number generator (`random.Random`)."""

    def random(self) -> float: ...  # noqa: D102
    def shuffle(self, x: list[int], /) -> None: ...  # noqa: D102


class Seating:
    """Where each block sits and what each group holds; the last group is that of those who
    wait."""

    def __init__(self, problem: GroupingProblem, rng: Rng) -> None:
        self.problem = problem
        self.rng = rng
        arrays = block_arrays(problem)
        self.arrays = arrays
        self.count = arrays.count
        self.groups = arrays.groups
        self.lost = arrays.lost
        self.each = np.arange(self.count)
        fixed = np.isin(self.each, list(arrays.fixed))
        self.free = ~fixed
        self.hostile = bool(arrays.foe.any())
        self.where = np.full(self.count, self.groups)
        self._counted = arrays.counted()
        shape = (self.count, self.groups + 1)
        self._no_foes = np.zeros(shape)

    def count_all(self) -> None:
        """What each group holds, from nothing; those who wait are in no group.

        `sits` (groups x blocks), `sums` (groups x what is counted), `filled`: people by
        group, `foes` (blocks x groups), `lacks`: members who cannot each option of a
        matter (groups x options)."""
        sits = np.zeros((self.groups + 1, self.count))
        sits[self.where, self.each] = 1
        sits[self.groups] = 0
        self.sits = sits
        self.sums = sits @ self._counted
        self.filled = self.sums[:, -1]
        self.foes = self.arrays.foe @ sits.T if self.hostile else self._no_foes
        self.lacks = [sits @ (1 - can) for can in self.arrays.can]

    def deal(self) -> None:
        """Fixed blocks first, then those with most foes, the largest and those who can
        least, each into the emptiest group that takes it; who is left over comes in where
        others make room."""
        order = list(range(self.count))
        self.rng.shuffle(order)
        order.sort(key=self._hardest_first())
        self._place(order)
        self.admit(_TRIES)

    def _hardest_first(self) -> Callable[[int], tuple[object, ...]]:
        arrays = self.arrays
        options = np.zeros(self.count)
        for can in arrays.can:
            options += can.sum(axis=1)
        foes = arrays.foe.sum(axis=1)

        def key(block: int) -> tuple[object, ...]:
            return (
                block not in arrays.fixed,
                -foes[block],
                -arrays.size[block],
                options[block],
                tuple(arrays.above[block]),
            )

        return key

    def _place(self, order: Sequence[int]) -> None:
        """Each block into a group that takes it: one that keeps most options, then the
        emptiest; or it waits."""
        self.count_all()
        room = _Room(self, int(self.arrays.size[order].sum()))
        for block in order:
            group = room.best_for(block)
            if group is not None:
                self.where[block] = group
                room.take(block, group)

    def admit(self, tries: int) -> None:
        """Let in who waits, or who is wanted where people are missing, and place anew who
        is in the way, as long as it gets no worse."""
        missing = self.missing()
        if missing <= self.lost:
            return
        for _try in range(tries):
            wanted = self._wanted()
            if wanted is None:
                return
            before = self.where.copy()
            self._let_in(*wanted)
            now = self.missing()
            if now > missing:
                self.where = before
                self.count_all()
            missing = min(missing, now)

    def _wanted(self) -> tuple[int, int] | None:
        """A block and the group that it should try."""
        arrays = self.arrays
        waiting = self.where == self.groups
        waits = np.flatnonzero(waiting & ~arrays.infeasible)
        short = np.flatnonzero(self.filled < arrays.least)
        free = np.maximum(arrays.most - self.filled, 0)
        seats = free[:-1].sum()
        if len(waits) and seats >= arrays.size[waits].min():
            block = self._any(waits)
            group = int(self.rng.random() * self.groups)
            return block, group
        if len(short):
            block = int(self.rng.random() * self.count)
            return block, self._any(short)
        return None

    def _let_in(self, block: int, group: int) -> None:
        fixed = self.arrays.fixed.get(block, group)
        if fixed == group or self.where[block] == self.groups:
            self._enter(block, fixed)

    def missing(self) -> float:
        """How many people wait, and how many the groups lack."""
        self.count_all()
        short = np.maximum(self.arrays.least - self.filled, 0)[:-1].sum()
        waiting = self.arrays.size[self.where == self.groups].sum()
        return float(waiting + short)

    def _any(self, some: np.ndarray) -> int:
        return int(some[int(self.rng.random() * len(some))])

    def _enter(self, block: int, group: int) -> None:
        """Put a block into a group; who is in its way is placed anew. Nothing happens
        where it cannot be."""
        out = self._in_the_way(block, group)
        if out is None:
            return
        self.where[out] = self.groups
        self.where[block] = group
        order = np.flatnonzero(out).tolist()
        self.rng.shuffle(order)
        others = (self.where == self.groups) & ~out
        self._place([*order, *np.flatnonzero(others).tolist()])

    def _in_the_way(self, block: int, group: int) -> np.ndarray | None:
        """Members of a group who have to leave it when a block comes: its foes, who cannot
        what it can, and as many more as there is no room for; None where fixed ones would
        have to."""
        inside = self.where == group
        foes = self.arrays.foe[block] > 0
        out = inside & foes
        for can in self.arrays.can:
            stay = inside & ~out
            impossible = np.where(can[block] > 0, 0, NEVER)
            lacks = stay @ (1 - can) + impossible
            fewest = np.flatnonzero(lacks == lacks.min())
            option = self._any(fewest)
            out |= inside & (can[:, option] == 0)
        if not self._make_room(block, group, inside, out):
            return None
        if (out & ~self.free).any():
            return None
        return out

    def _make_room(
        self, block: int, group: int, inside: np.ndarray, out: np.ndarray
    ) -> bool:
        """Put more members out until there is room for a block; whether there is."""
        size = self.arrays.size
        stay = inside & ~out
        over = size[stay].sum() + size[block] - self.arrays.most[group]
        while over > 0:
            free = np.flatnonzero(inside & ~out & self.free)
            if not free.size:
                return False
            leaves = self._any(free)
            out[leaves] = True
            over -= size[leaves]
        return True

    def people(self, where: np.ndarray) -> tuple[int, ...]:
        """The group of each person, from those of the blocks."""
        found = [WAITING] * self.problem.people
        for block, group in zip(self.arrays.blocks, where, strict=True):
            for person in block:
                found[person] = WAITING if group == self.groups else int(group)
        return tuple(found)


class _Room:
    """What room the groups have left while blocks are placed one after the other."""

    def __init__(self, seating: Seating, left: int) -> None:
        arrays = seating.arrays
        self.arrays = arrays
        self.left = left  # people to be placed
        self.least = arrays.least[:-1]
        self.most = arrays.most[:-1]
        filled = seating.filled[:-1]
        self.filled = filled.copy()
        foes = seating.foes[:, :-1]
        self.foes = foes.copy()
        self.open = []  # options that all members of a group can
        for lacks in seating.lacks:
            self.open.append(lacks[:-1] == 0)

    def best_for(self, block: int) -> int | None:
        """The group that takes a block best; None when none does."""
        size = self.arrays.size[block]
        may = self._may(block, size)
        closed = self._closed_by(block, may)
        lacking = self.least - self.filled
        short = np.maximum(lacking, 0).sum()
        scarce = self.left <= short  # nobody to spare for groups that have enough
        self.left -= size
        if not may.any():
            return None
        has_enough = self.filled >= self.least
        late = np.where(may, scarce & has_enough, 2)
        beyond = self.filled - self.least
        order = np.lexsort((self.filled, beyond, closed, late))
        return int(order[0])

    def _closed_by(self, block: int, may: np.ndarray) -> np.ndarray:
        """How many options each group would lose by a block; those that would have none left
        may not take it."""
        closed = np.zeros(len(self.filled))
        for options, can in zip(self.open, self.arrays.can, strict=True):
            kept = options & (can[block] > 0)
            may &= kept.any(axis=1)
            closed += options.sum(axis=1)
            closed -= kept.sum(axis=1)
        return closed

    def _may(self, block: int, size: int) -> np.ndarray:
        may = self.filled + size <= self.most
        may &= self.foes[block] == 0
        fixed = self.arrays.fixed.get(block)
        if fixed is not None:
            may &= np.arange(len(may)) == fixed
        return may

    def take(self, block: int, group: int) -> None:
        """A block sits in a group now."""
        arrays = self.arrays
        self.filled[group] += arrays.size[block]
        self.foes[:, group] += arrays.foe[:, block]
        for options, can in zip(self.open, arrays.can, strict=True):
            known = can[block] > 0
            options[group] &= known
