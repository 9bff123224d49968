"""A grouping problem as matrices: a row per block of people who stay together. Derived once, before the search."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cbs_desktop.groups.allocation.grouping import (
    PER_PERSON,
    ColumnRule,
    GroupingProblem,
)

NEVER = np.inf
Block = tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class RuleArrays:
    """A column rule. `held` (blocks x values) counts the people of each value; blocks that
    count alike are of one type: `types` (types x values), `is_type` (blocks x types).
    `low`, `high` (groups x values) is what a group may hold, the last is those who wait."""

    same: bool
    weight: float
    held: np.ndarray
    types: np.ndarray
    is_type: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def extra(self, held: np.ndarray, groups: np.ndarray) -> np.ndarray:
        """What a block of each type (columns) would cost groups that hold so much (rows),
        whose numbers are given."""
        before = held[:, None, :]
        after = before + self.types
        low = self.low[groups][:, None, :]
        high = self.high[groups][:, None, :]
        return self._penalty(after, low, high) - self._penalty(before, low, high)

    def _penalty(
        self, held: np.ndarray, low: np.ndarray, high: np.ndarray
    ) -> np.ndarray:
        """What it costs to hold so much of each value (the last axis)."""
        if self.same:
            wrong = held.sum(axis=-1) - held.max(axis=-1)
        else:
            few = np.maximum(low - held, 0)
            many = np.maximum(held - high, 0)
            wrong = (few + many).sum(axis=-1)
        return self.weight * (PER_PERSON * wrong + (wrong > 0))


@dataclass(frozen=True, slots=True, eq=False)
class BlockArrays:
    """What the search weighs. Rows are blocks, in the order of `blocks`.

    `size`: people. `above`: beyond an even share of each trait, times the root of its
    weight. `alone`: what each trait with such a cost costs, `holds`: how many have it.
    `lives`: how many live in each place. `foe`: blocks that cannot be in one group. `can`:
    per matter the options that all of a block can. `member`: blocks x people.

    By group, the last being that of those who wait: `least`, `most`. `fixed` is the group
    of each block that has no choice; `infeasible` blocks contradict themselves and wait.
    `lost`: people who can have no place in any partition.
    """

    blocks: list[Block]
    member: np.ndarray
    size: np.ndarray
    least: np.ndarray
    most: np.ndarray
    above: np.ndarray
    alone: np.ndarray
    holds: np.ndarray
    lives: np.ndarray
    foe: np.ndarray
    can: list[np.ndarray]
    rules: list[RuleArrays]
    fixed: dict[int, int]
    infeasible: np.ndarray
    lost: int

    @property
    def count(self) -> int:
        """How many blocks."""
        return len(self.blocks)

    @property
    def groups(self) -> int:
        """How many groups, without that of those who wait: its number."""
        return len(self.least) - 1

    def counted(self) -> np.ndarray:
        """What groups are counted in (columns), the people last."""
        held = [rule.held for rule in self.rules]
        size = self.size[:, None]
        return np.hstack([self.above, self.holds, self.lives, *held, size])


def block_arrays(problem: GroupingProblem) -> BlockArrays:
    """The matrices of a problem."""
    blocks = problem.blocks()
    member = _member(blocks, problem.people)
    bounds = [*problem.groups, (0, problem.people)]
    lonely = []
    for trait in problem.traits:
        if trait.alone:
            lonely.append(trait)
    foe, hostile = _foe(problem, blocks)
    can = _options(problem, blocks)
    fixed, torn = _fixed(problem, blocks)
    torn |= hostile
    for options in can:
        torn.update(np.flatnonzero(~options.any(axis=1)).tolist())
    size = np.array([len(block) for block in blocks])
    infeasible = np.isin(np.arange(len(blocks)), list(torn))
    return BlockArrays(
        blocks=blocks,
        member=member,
        size=size,
        least=np.array([least for least, _most in bounds]),
        most=np.array([most for _least, most in bounds]),
        above=_above(problem, member),
        alone=np.array([trait.alone for trait in lonely]),
        holds=member @ _columns(problem, [_has(trait.values) for trait in lonely]),
        lives=member @ _homes(problem),
        foe=foe,
        can=can,
        rules=[_rule(rule, problem, member) for rule in problem.rules],
        fixed=fixed | dict.fromkeys(torn, len(problem.groups)),
        infeasible=infeasible,
        lost=_lost(problem, int(size[infeasible].sum())),
    )


def _member(blocks: Sequence[Block], people: int) -> np.ndarray:
    member = np.zeros((len(blocks), people))
    for number, block in enumerate(blocks):
        member[number, list(block)] = 1
    return member


def _columns(problem: GroupingProblem, values: Sequence[np.ndarray]) -> np.ndarray:
    """Values of people, each a column; also of no values a matrix."""
    columns = np.zeros((problem.people, len(values)))
    for number, column in enumerate(values):
        columns[:, number] = column
    return columns


def _has(values: Sequence[float]) -> np.ndarray:
    return np.array(values) != 0


def _above(problem: GroupingProblem, member: np.ndarray) -> np.ndarray:
    deviations = []
    weights = []
    for trait in problem.traits:
        deviations.append(np.array(trait.values) - trait.share)
        weights.append(trait.weight)
    return member @ _columns(problem, deviations) * np.sqrt(weights)


def _homes(problem: GroupingProblem) -> np.ndarray:
    """People by the place they live in; no columns where places count nothing."""
    if not problem.scatter:
        return np.zeros((problem.people, 0))
    places = np.array(problem.places)
    order = list(dict.fromkeys(problem.places))
    return (places[:, None] == order).astype(float)


def _foe(
    problem: GroupingProblem, blocks: Sequence[Block]
) -> tuple[np.ndarray, set[int]]:
    """Blocks with a foe in another, and those with foes within."""
    block_of = _block_of(blocks)
    foe = np.zeros((len(blocks), len(blocks)))
    torn = set()
    for person, enemy in problem.foes:
        one = block_of[person]
        other = block_of[enemy]
        if one == other:
            torn.add(one)
        else:
            foe[one, other] = 1
            foe[other, one] = 1
    return foe, torn


def _block_of(blocks: Sequence[Block]) -> dict[int, int]:
    block_of = {}
    for number, block in enumerate(blocks):
        block_of.update(dict.fromkeys(block, number))
    return block_of


def _fixed(
    problem: GroupingProblem, blocks: Sequence[Block]
) -> tuple[dict[int, int], set[int]]:
    """The group of blocks with somebody fixed, and those fixed in several."""
    block_of = _block_of(blocks)
    fixed: dict[int, int] = {}
    torn = set()
    for person, group in problem.fixed.items():
        block = block_of[person]
        if fixed.setdefault(block, group) != group:
            torn.add(block)
    return fixed, torn


def _options(problem: GroupingProblem, blocks: Sequence[Block]) -> list[np.ndarray]:
    """For each matter in which somebody names options: which of them (columns) all of a
    block can, 1 or 0."""
    found = []
    for matter in problem.common:
        every = sorted(frozenset().union(*matter))
        if every:
            can = np.ones((len(blocks), len(every)))
            for number, block in enumerate(blocks):
                for person in block:
                    if matter[person]:
                        can[number] *= np.isin(every, list(matter[person]))
            found.append(can)
    return found


def _lost(problem: GroupingProblem, infeasible: int) -> int:
    """People who can have no place, or places that nobody is left for."""
    seats = 0
    wanted = 0
    for least, most in problem.groups:
        wanted += least
        seats += most
    return max(infeasible, problem.people - seats, wanted - problem.people)


def _rule(rule: ColumnRule, problem: GroupingProblem, member: np.ndarray) -> RuleArrays:
    values = np.arange(len(rule.shares))
    labels = np.array(rule.labels)
    people = labels[:, None] == values
    held = member @ people.astype(float)
    types, numbers = np.unique(held, axis=0, return_inverse=True)
    every_type = np.arange(len(types))
    is_type = numbers.reshape(-1)[:, None] == every_type
    low, high = _within(rule, problem)
    return RuleArrays(
        same=rule.kind == "same",
        weight=rule.weight,
        held=held,
        types=types,
        is_type=is_type.astype(float),
        low=low,
        high=high,
    )


def _within(
    rule: ColumnRule, problem: GroupingProblem
) -> tuple[np.ndarray, np.ndarray]:
    """The fewest and the most of each value by group; those who wait may be any."""
    values = len(rule.shares)
    anything = [(0, problem.people)] * values
    bounds = []
    for least, most in problem.groups:
        bounds.append(rule.within(least, most))
    bounds.append(anything)
    array = np.array(bounds, dtype=float)
    array = array.reshape(len(bounds), values, 2)
    return array[:, :, 0], array[:, :, 1]
