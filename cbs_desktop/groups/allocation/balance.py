"""What an allocation costs, by part: less is better; and what each of its groups is made of."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from cbs_desktop.groups.allocation.assignment import PlacedGroup
from cbs_desktop.groups.allocation.instance import Instance
from cbs_desktop.groups.allocation.objective import group_parts
from cbs_desktop.groups.allocation.people import PersonFacts, Pool, Sizes

LEFT_OUT = 4.0  # somebody left out of a pool that has groups
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


def parts(instance: Instance, groups: Iterable[PlacedGroup]) -> dict[str, float]:
    """What an allocation costs by part: the groups, and people left out of a pool that has
    groups."""
    total = dict.fromkeys(PARTS, 0.0)
    placed: Counter[int] = Counter()
    for group in groups:
        if group.people:
            placed[group.pool] += len(group.people)
            for part, extra in _parts_of(instance, group).items():
                total[part] += extra
    for number, count in placed.items():
        missing = len(instance.pools[number].people) - count
        total["left out"] += LEFT_OUT * max(0, missing)
    return total


def _parts_of(instance: Instance, group: PlacedGroup) -> dict[str, float]:
    """What a group costs; people of another pool count nothing."""
    here = instance.positions(group.pool)
    members = []
    for person in group.people:
        if person in here:
            members.append(here[person])
    found = group_parts(instance.problem(group.pool), members)
    found["size"] = outside_wished(len(members), instance.sizes)
    return found


def outside_wished(size: int, sizes: Sizes) -> float:
    """What a group of a size that is not wished costs."""
    short = max(0, sizes.least - size)
    long = max(0, size - sizes.most)
    return float(short**2 + long**2)


def cost(instance: Instance, groups: Iterable[PlacedGroup]) -> float:
    """The cost of an allocation, all parts together."""
    return round(sum(parts(instance, groups).values()), 6)


@dataclass(frozen=True, slots=True)
class Explained:
    """A group in counts. `backgrounds` are (category, people here, people here if all
    groups were alike)."""

    size: int
    women: int
    men: int
    cells: int
    backgrounds: tuple[tuple[str, int, float], ...]


def explain(instance: Instance, groups: Iterable[PlacedGroup]) -> list[Explained]:
    """Per group what it was made for: sexes, and how many of each background beside an
    even share; counts only."""
    explained = []
    for group in groups:
        explained.append(_explain(instance.pools[group.pool], group.people))
    return explained


def _explain(pool: Pool, people: Collection[int]) -> Explained:
    members = []
    for person in pool.people:
        if person.id in people:
            members.append(person)
    women = sum(person.sex == "F" for person in members)
    cells = {person.cell for person in members}
    return Explained(
        size=len(members),
        women=women,
        men=len(members) - women,
        cells=len(cells),
        backgrounds=tuple(_shares(pool, members)),
    )


def _shares(
    pool: Pool, members: Sequence[PersonFacts]
) -> Iterable[tuple[str, int, float]]:
    if pool.people:
        part = len(members) / len(pool.people)
        here = _categories(members)
        whole = _categories(pool.people)
        for category in sorted(whole):
            yield category, here[category], round(whole[category] * part, 1)


def _categories(people: Iterable[PersonFacts]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for person in people:
        counts.update(person.categories)
    return counts
