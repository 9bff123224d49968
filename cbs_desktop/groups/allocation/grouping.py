"""Dividing people into groups, in general: the case, what a division costs, and which hard rules it breaks.

Hard: how many a group may hold, who is kept apart, who stays together, who is fixed, what a group has to have in common.
Soft: even shares of traits, nobody alone with a trait, few different places in a group, distances within groups. People are
numbers from 0.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

WAITING = -1  # the group of those for whom no group is free
LEFT = 1000.0  # what each of them costs, and each who is missing in a group: more than any unevenness


@dataclass(frozen=True, slots=True)
class Trait:
    """What every group should have its even share of: a category (1 or 0), or a number; a value per person.

    A group with n people should hold `share` x n of it: squared deviations count `weight`. `alone` is what it costs when
    exactly one person of a group has it. `of_all` is the share where the people are a part of more.
    """

    values: tuple[float, ...]
    weight: float
    alone: float = 0.0
    of_all: float | None = None

    @property
    def share(self) -> float:
        """What a person has of it on average."""
        if self.of_all is not None:
            return self.of_all
        return sum(self.values) / len(self.values) if self.values else 0.0


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be divided. `groups` are (least, most) people of each; pairs and blocks are people.

    `places` is where each lives, `scatter` what every further place in a group costs; `distances` are what two people in
    one group cost (less than nothing to bring the different together), all with all, or empty. `common` holds for each
    matter (days, languages) the options that each person can, none for any: a group shares at least one of each matter.
    """

    people: int
    groups: tuple[tuple[int, int], ...]
    traits: tuple[Trait, ...] = ()
    places: tuple[int, ...] = ()
    scatter: float = 0.0
    apart: frozenset[tuple[int, int]] = frozenset()
    together: tuple[tuple[int, ...], ...] = ()
    fixed: Mapping[int, int] = field(default_factory=dict)
    distances: tuple[tuple[float, ...], ...] = ()
    common: tuple[tuple[frozenset[int], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Division:
    """The group of each person, WAITING for none, and what it costs."""

    where: tuple[int, ...]
    cost: float

    def members(self, group: int) -> tuple[int, ...]:
        """Who is in a group."""
        return tuple(i for i, place in enumerate(self.where) if place == group)


def cost(case: Case, where: Sequence[int]) -> float:
    """What a division costs, counted anew from nothing."""
    total = LEFT * sum(place == WAITING for place in where)
    for group, (least, _most) in enumerate(case.groups):
        inside = [i for i, place in enumerate(where) if place == group]
        total += LEFT * max(0, least - len(inside))
        for trait in case.traits:
            has = sum(trait.values[i] for i in inside)
            total += trait.weight * (has - trait.share * len(inside)) ** 2
            total += trait.alone * (sum(trait.values[i] != 0 for i in inside) == 1)
        if case.scatter:
            total += case.scatter * len({case.places[i] for i in inside})
        if case.distances:
            total += sum(case.distances[i][j] for i in inside for j in inside if i < j)
    return total


def shared(options: Iterable[frozenset[int]]) -> frozenset[int] | None:
    """What people can all of a matter; None when any will do, because nobody names one."""
    named = [some for some in options if some]
    return frozenset.intersection(*named) if named else None


def broken(case: Case, where: Sequence[int]) -> list[tuple[str, int]]:
    """Hard rules that a division breaks, as (rule, person or group): none in what `divide` gives, but sizes that cannot be."""
    sizes = [0] * len(case.groups)
    for place in where:
        if place != WAITING:
            sizes[place] += 1
    found = [
        ("size", g)
        for g, (least, most) in enumerate(case.groups)
        if not least <= sizes[g] <= most
    ]
    found += [
        ("keep apart", a)
        for a, b in sorted(case.apart)
        if where[a] == where[b] != WAITING
    ]
    found += [
        ("keep together", block[0])
        for block in case.together
        if len({where[i] for i in block}) > 1
    ]
    for matter in case.common:
        for group in range(len(case.groups)):
            if (
                shared(
                    some
                    for some, place in zip(matter, where, strict=True)
                    if place == group
                )
                == frozenset()
            ):
                found.append(("nothing in common", group))
    return found + [
        ("fixed", i) for i, group in case.fixed.items() if where[i] != group
    ]


def blocks_of(case: Case) -> list[tuple[int, ...]]:
    """People in blocks: those who stay together, joined where they overlap; everybody else alone."""
    block = list(range(case.people))

    def root(i: int) -> int:
        while block[i] != i:
            i = block[i]
        return i

    for several in case.together:
        for i in several[1:]:
            block[root(i)] = root(several[0])
    found: dict[int, list[int]] = {}
    for i in range(case.people):
        found.setdefault(root(i), []).append(i)
    return [tuple(people) for _root, people in sorted(found.items())]
