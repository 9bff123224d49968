"""Dividing people into groups, in general: the problem, and a partition that solves it.

Hard: how many a group may hold, who is kept apart, who stays together, who is fixed, what
a group has to have in common. Soft: even shares of traits, nobody alone with a trait, few
different places in a group, short ways within groups, and column rules. People are numbers
from 0.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor
from typing import TypeVar

from cbs_desktop.groups.allocation.blocks import joined

WAITING = -1  # the group of those for whom no group is free
NEAR = 1e-9
PER_PERSON = 0.1  # of the weight of a column rule, for each person too many or too few
Positions = tuple[int, int]
Option = TypeVar("Option")


@dataclass(frozen=True, slots=True)
class Trait:
    """What every group should have its even share of: a category (1 or 0), or a number;
    a value per person.

    A group with n people should hold `share` x n of it: squared deviations count `weight`.
    `alone` is what it costs when exactly one person of a group has it. `of_all` is the
    share where the people are a part of more. `part` is the part of the cost it belongs to.
    """

    values: tuple[float, ...]
    weight: float
    alone: float = 0.0
    of_all: float | None = None
    part: str = ""

    @property
    def share(self) -> float:
        """What a person has of it on average."""
        if self.of_all is not None:
            return self.of_all
        if not self.values:
            return 0.0
        return sum(self.values) / len(self.values)

    @property
    def is_category(self) -> bool:
        """Whether people have it or have it not."""
        return set(self.values) <= {0.0, 1.0}


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """A rule about the values of a column, whose violations are counted: each group that
    breaks it costs `weight`, and a part of it more for each person too many or too few.

    `labels` is the value of each person as a number from 0 (-1: none, counts nowhere).
    "share": a group holds each value within floor and ceiling of its share of all; `shares`
    is that of each value per person. "same": all of a group have one value; whoever has
    another than most of them is one too many.
    """

    kind: str
    labels: tuple[int, ...]
    shares: tuple[float, ...]
    weight: float = 1.0
    part: str = ""

    def penalty(self, wrong: int) -> float:
        """What so many people too many or too few in a group cost."""
        if not wrong:
            return 0.0
        return self.weight * (1 + PER_PERSON * wrong)

    def within(self, least: int, most: int) -> list[Positions]:
        """How many of each value a group of such sizes may hold."""
        bounds = []
        for share in self.shares:
            low = floor(share * least + NEAR)
            high = ceil(share * most - NEAR)
            bounds.append((low, high))
        return bounds


@dataclass(frozen=True, slots=True)
class GroupingProblem:
    """What is to be divided. `groups` are (least, most) people of each; pairs and blocks
    are people.

    `places` is where each lives, `scatter` what every further place in a group costs;
    `distances` are what two people in one group cost (less than nothing to bring the
    different together), all with all, or empty. `common` holds for each matter (days,
    languages; called by `matters`) the options that each person can, none for any: a group
    shares at least one of each matter. `far` are pairs who live too far from each other.
    """

    people: int
    groups: tuple[Positions, ...]
    traits: tuple[Trait, ...] = ()
    places: tuple[int, ...] = ()
    scatter: float = 0.0
    apart: frozenset[Positions] = frozenset()
    together: tuple[tuple[int, ...], ...] = ()
    fixed: Mapping[int, int] = field(default_factory=dict)
    distances: tuple[tuple[float, ...], ...] = ()
    common: tuple[tuple[frozenset[int], ...], ...] = ()
    far: frozenset[Positions] = frozenset()
    matters: tuple[str, ...] = ()
    rules: tuple[ColumnRule, ...] = ()

    @property
    def foes(self) -> frozenset[Positions]:
        """Pairs who cannot be in one group, for whatever reason."""
        return self.apart | self.far

    def matter(self, number: int) -> str:
        """What a matter is called where its rule is broken."""
        if self.matters:
            return self.matters[number]
        return "nothing in common"

    def blocks(self) -> list[tuple[int, ...]]:
        """People in blocks: those who stay together, joined where they overlap; everybody
        else alone."""
        alone = []
        for person in range(self.people):
            alone.append((person,))
        return joined([*alone, *self.together])


@dataclass(frozen=True, slots=True)
class Partition:
    """The group of each person, WAITING for none, and what it costs."""

    where: tuple[int, ...]
    cost: float

    def members(self, group: int) -> tuple[int, ...]:
        """Who is in a group."""
        return members_of(self.where, group)


def members_of(where: Sequence[int], group: int) -> tuple[int, ...]:
    """Who is in a group."""
    members = []
    for person, place in enumerate(where):
        if place == group:
            members.append(person)
    return tuple(members)


def shared(options: Iterable[frozenset[Option]]) -> frozenset[Option] | None:
    """What people can all of a matter; None when any will do, because nobody names one."""
    named = [some for some in options if some]
    if not named:
        return None
    return frozenset.intersection(*named)
