"""Blocks of people (who stays together moves together) dealt into groups within the hard rules.

Who finds no place is let in where others make room, as long as that leaves no more people without one.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from cbs_desktop.groups.allocation.grouping import WAITING, Case, blocks_of

NEVER = np.inf
_TRIES = 300  # to let in who waits


class Draw(Protocol):
    """What is needed of a random generator (`random.Random`)."""

    def random(self) -> float: ...  # noqa: D102
    def shuffle(self, x: list[int], /) -> None: ...  # noqa: D102


class Seats:
    """Where each block sits and what each group holds; the last group is that of those who wait."""

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
        lonely = [t for t in case.traits if t.alone]
        self.alone = np.array([t.alone for t in lonely])
        holds = np.array([[float(t.values[i] != 0) for t in lonely] for i in range(case.people)])
        self.holds = member @ holds.reshape(case.people, len(lonely))
        labels = {place: n for n, place in enumerate(dict.fromkeys(case.places))} if case.scatter else {}
        lives = np.zeros((case.people, len(labels)))
        for i in range(case.people if case.scatter else 0):
            lives[i, labels[case.places[i]]] = 1
        self.lives = member @ lives
        self.foe = np.zeros((count, count))
        for one, other in case.apart:
            if of[one] != of[other]:
                self.foe[of[one], of[other]] = self.foe[of[other], of[one]] = 1
        self.hostile = bool(self.foe.any())
        self.can = _options(case, self.blocks)
        self.fixed = {of[i]: group for i, group in case.fixed.items()}
        torn = {of[one] for one, other in case.apart if of[one] == of[other]}
        torn |= {of[i] for i, group in case.fixed.items() if self.fixed[of[i]] != group}
        torn.update(int(b) for can in self.can for b in np.flatnonzero(~can.any(axis=1)))
        self.torn = np.isin(np.arange(count), list(torn))  # blocks that contradict themselves wait
        self.fixed |= dict.fromkeys(torn, groups)
        self.free = np.array([number not in self.fixed for number in range(count)])
        seats = sum(most for _l, most in case.groups), sum(least for least, _m in case.groups)
        wedged = int(self.size[self.torn].sum())
        self.lost = max(wedged, case.people - seats[0], seats[1] - case.people)  # who can have no place in any division
        self.kept = np.hstack([self.above, self.holds, self.lives, self.size[:, None]])  # what groups are counted in
        self.member = member
        self.each, self.none = np.arange(count), np.zeros((count, groups + 1))
        self.where = np.full(count, groups)

    def deal(self) -> None:
        """Fixed blocks first, then those with most foes, the largest and those who can least, each into the emptiest group
        that takes it; who is left over comes in where others make room."""
        order = list(range(self.count))
        self.draw.shuffle(order)
        can = sum((can.sum(axis=1) for can in self.can), np.zeros(self.count))
        order.sort(key=lambda b: (b not in self.fixed, -self.foe[b].sum(), -self.size[b], can[b], tuple(self.above[b])))
        self._place(order)
        self.admit(_TRIES)

    def _place(self, order: Sequence[int]) -> None:
        """Each block into a group that takes it: one that keeps most options, then the emptiest; or it waits."""
        self.count_all()
        filled, foes, least = self.filled[:-1], self.foes[:, :-1].copy(), self.least[:-1]
        free = [lacks[:-1] == 0 for lacks in self.lacks]  # the options that all members of a group can
        left = self.size[order].sum()
        for block in order:
            may = (filled + self.size[block] <= self.most[:-1]) & (foes[block] == 0)
            if block in self.fixed:
                may &= np.arange(self.groups) == self.fixed[block]
            lost = np.zeros(self.groups)
            for options, can in zip(free, self.can, strict=True):
                kept = options & (can[block] > 0)
                may &= kept.any(axis=1)
                lost += options.sum(axis=1) - kept.sum(axis=1)
            scarce = left <= np.maximum(least - filled, 0).sum()  # nobody to spare for groups that have enough
            left -= self.size[block]
            if may.any():
                late = np.where(may, scarce & (filled >= least), 2)
                group = int(np.lexsort((filled, filled - least, lost, late))[0])
                self.where[block] = group
                filled[group] += self.size[block]
                foes[:, group] += self.foe[:, block]
                for options, can in zip(free, self.can, strict=True):
                    options[group] &= can[block] > 0

    def admit(self, tries: int) -> None:
        """Let in who waits, or who is wanted where people are missing, and place anew who is in the way, as long as it gets
        no worse."""
        bad = self.missing()
        for _ in range(tries if bad > self.lost else 0):
            short = np.flatnonzero(self.filled < self.least)
            waits = np.flatnonzero((self.where == self.groups) & ~self.torn)
            if len(waits) and np.maximum(self.most - self.filled, 0)[:-1].sum() >= self.size[waits].min():
                block, group = self._any(waits), int(self.draw.random() * self.groups)
            elif len(short):
                block, group = int(self.draw.random() * self.count), self._any(short)
            else:
                return
            before = self.where.copy()
            if self.fixed.get(block, group) == group:
                self._enter(block, group)
            elif before[block] == self.groups:
                self._enter(block, self.fixed[block])
            now = self.missing()
            if now > bad:
                self.where = before
                self.count_all()
            bad = min(bad, now)

    def missing(self) -> float:
        """How many people wait, and how many the groups lack."""
        self.count_all()
        short = np.maximum(self.least - self.filled, 0)[:-1].sum()
        return float(self.size[self.where == self.groups].sum() + short)

    def _any(self, some: np.ndarray) -> int:
        return int(some[int(self.draw.random() * len(some))])

    def _enter(self, block: int, group: int) -> None:
        """Put a block into a group; who is in its way is placed anew. Nothing happens where it cannot be."""
        inside = self.where == group
        out = inside & (self.foe[block] > 0)
        for can in self.can:
            lacks = (inside & ~out) @ (1 - can) + np.where(can[block] > 0, 0, NEVER)
            best = np.flatnonzero(lacks == lacks.min())
            out |= inside & (can[:, self._any(best)] == 0)
        over = self.size[inside & ~out].sum() + self.size[block] - self.most[group]
        while over > 0 and (stay := np.flatnonzero(inside & ~out & self.free)).size:
            one = self._any(stay)
            out[one] = True
            over -= self.size[one]
        if over > 0 or (out & ~self.free).any():
            return
        self.where[out] = self.groups
        self.where[block] = group
        order = np.flatnonzero(out).tolist()
        self.draw.shuffle(order)
        self._place([*order, *np.flatnonzero((self.where == self.groups) & ~out).tolist()])

    def count_all(self) -> None:
        """What each group holds, from nothing; those who wait are in no group."""
        sits = np.zeros((self.groups + 1, self.count))
        sits[self.where, self.each] = 1
        sits[self.groups] = 0
        self.sits = sits
        self.sums = sits @ self.kept
        self.filled = self.sums[:, -1]
        self.foes = self.foe @ sits.T if self.hostile else self.none
        self.lacks = [sits @ (1 - can) for can in self.can]

    def people(self, where: np.ndarray) -> tuple[int, ...]:
        """The group of each person, from those of the blocks."""
        found = [WAITING] * self.case.people
        for block, group in zip(self.blocks, where, strict=True):
            for i in block:
                found[i] = WAITING if group == self.groups else int(group)
        return tuple(found)


def _options(case: Case, blocks: Sequence[Sequence[int]]) -> list[np.ndarray]:
    """For each matter in which somebody names options: which of them (columns) all of a block can, 1 or 0."""
    found = []
    for matter in case.common:
        if every := sorted(frozenset().union(*matter)):
            can = [[float(all(not matter[i] or one in matter[i] for i in block)) for one in every] for block in blocks]
            found.append(np.array(can))
    return found
