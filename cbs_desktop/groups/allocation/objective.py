"""What a group should look like, and what a group or a whole allocation costs, by part: less is better.

Each wish of the office is a trait of the general core (`grouping`) with a weight; the same traits serve the search, the proof
and what the board says of a move.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median_low

from cbs_desktop.groups.allocation.distance import km
from cbs_desktop.groups.allocation.grouping import Trait
from cbs_desktop.groups.allocation.instance import Candidate, Placed, Pool, Problem
from cbs_desktop.groups.rules import WEIGHTS, Wishes

ALONE, CELL, KM, LEFT = (
    0.5,
    0.15,
    0.0125,
    4.0,
)  # one alone; a further cell; a km between two people; somebody left out
_MEDIUM, _AGES = 0.5, 0.5  # parts of the weight of a high need, and of a background
PARTS: tuple[str, ...] = (
    "sexes",
    "backgrounds",
    "alone",
    "support",
    "ages",
    "distance",
    "size",
    "left out",
)


def traits(pool: Pool, wishes: Wishes) -> list[tuple[str, Trait]]:
    """What each group of a pool should have its even share of, with the part of the cost it belongs to."""
    people, weigh = (
        pool.people,
        {
            key: WEIGHTS[getattr(wishes, key)]
            for key in ("sexes", "backgrounds", "alone", "support", "ages")
        },
    )
    counts = Counter(category for one in people for category in one.categories)
    found = [("sexes", Trait(_has(one.sex == "F" for one in people), weigh["sexes"]))]
    for category in sorted(counts):
        alone = ALONE * weigh["alone"] if counts[category] > 1 else 0.0
        found.append(
            (
                "backgrounds",
                Trait(
                    _has(category in one.categories for one in people),
                    weigh["backgrounds"],
                    alone,
                ),
            )
        )
    for need, part in (("high", 1.0), ("medium", _MEDIUM)):
        found.append(
            (
                "support",
                Trait(
                    _has(one.support == need for one in people), part * weigh["support"]
                ),
            )
        )
    ages = [one.age for one in people if one.age is not None]
    middle = median_low(ages) if ages else 0
    found.append(
        (
            "ages",
            Trait(
                _has((one.age or 0) > middle for one in people), _AGES * weigh["ages"]
            ),
        )
    )
    return [
        (part, one)
        for part, one in found
        if (one.weight or one.alone) and 0 < sum(one.values) < len(people)
    ]


def _has(values: Iterable[bool]) -> tuple[float, ...]:
    return tuple(float(value) for value in values)


def measured(pool: Pool, wishes: Wishes) -> bool:
    """Whether ways within its groups are counted in km: positions are known, and the office wishes short ways."""
    return WEIGHTS[wishes.distance] > 0 and any(one.spot for one in pool.people)


class Scale:
    """Weighs groups of one pool."""

    def __init__(self, pool: Pool, problem: Problem) -> None:
        self._people = {one.id: (i, one) for i, one in enumerate(pool.people)}
        self._traits, self._sizes = traits(pool, problem.wishes), problem.sizes
        self._measured, self._near = (
            measured(pool, problem.wishes),
            WEIGHTS[problem.wishes.distance],
        )

    def parts(self, ids: Iterable[int]) -> dict[str, float]:
        """What a group costs, by part; people of another pool count nothing."""
        inside = [self._people[i] for i in ids if i in self._people]
        found = dict.fromkeys(PARTS, 0.0)
        for part, trait in self._traits:
            has = sum(trait.values[i] for i, _one in inside)
            found[part] += trait.weight * (has - trait.share * len(inside)) ** 2
            found["alone"] += trait.alone * (has == 1)
        found["distance"] = self._near * self._way([one for _i, one in inside])
        short, long = self._sizes.least - len(inside), len(inside) - self._sizes.most
        found["size"] = float(max(0, short) ** 2 + max(0, long) ** 2)
        return found

    def _way(self, inside: Sequence[Candidate]) -> float:
        if self._measured:
            return KM * sum(
                km(one, other) for i, one in enumerate(inside) for other in inside[:i]
            )
        return CELL * len({one.cell for one in inside})


def parts(problem: Problem, groups: Iterable[Placed]) -> dict[str, float]:
    """What an allocation costs by part: the groups, and people left out of a pool that has groups."""
    scales: dict[int, Scale] = {}
    total, placed = dict.fromkeys(PARTS, 0.0), Counter[int]()
    for group in groups:
        if group.people:
            if group.pool not in scales:
                scales[group.pool] = Scale(problem.pools[group.pool], problem)
            for part, cost_of_part in scales[group.pool].parts(group.people).items():
                total[part] += cost_of_part
            placed[group.pool] += len(group.people)
    total["left out"] = LEFT * sum(
        max(0, len(problem.pools[number].people) - size)
        for number, size in placed.items()
    )
    return total


def cost(problem: Problem, groups: Iterable[Placed]) -> float:
    """The cost of an allocation, all parts together."""
    return round(sum(parts(problem, groups).values()), 6)


@dataclass(frozen=True, slots=True)
class Explained:
    """A group in counts. `backgrounds` are (category, people here, people here if all groups were alike)."""

    size: int
    women: int
    men: int
    cells: int
    backgrounds: tuple[tuple[str, int, float], ...]


def explain(problem: Problem, groups: Iterable[Placed]) -> list[Explained]:
    """Per group what it was made for: sexes, and how many of each background beside an even share; counts only."""
    found = []
    for group in groups:
        pool, members = problem.pools[group.pool], set(group.people)
        inside = [one for one in pool.people if one.id in members]
        here = Counter(category for one in inside for category in one.categories)
        whole = Counter(category for one in pool.people for category in one.categories)
        part = len(inside) / len(pool.people) if pool.people else 0.0
        women = sum(one.sex == "F" for one in inside)
        shares = tuple(
            (category, here[category], round(whole[category] * part, 1))
            for category in sorted(whole)
        )
        cells = len({one.cell for one in inside})
        found.append(Explained(len(inside), women, len(inside) - women, cells, shares))
    return found
