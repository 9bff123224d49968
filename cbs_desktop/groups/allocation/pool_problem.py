"""A pool as a grouping problem: preferences become traits with a weight, the rest hard rules."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median_low

from cbs_desktop.groups.allocation.blocks import joined
from cbs_desktop.groups.allocation.distance import km
from cbs_desktop.groups.allocation.grouping import GroupingProblem, Positions, Trait
from cbs_desktop.groups.allocation.people import PersonFacts, Pool
from cbs_desktop.groups.rules import WEIGHTS, Preferences

ALONE = 0.5  # somebody alone with a background
CELL = 0.15  # a further cell in a group
KM = 0.0125  # a km between two people
_HIGH = 1.0  # parts of the weight of a need of support
_MEDIUM = 0.5
_AGES = 0.5  # part of the weight of a background

Ways = list[list[float]]


@dataclass(frozen=True, slots=True)
class Partners:
    """With whom each person is paired: kept apart, or together."""

    apart: dict[int, set[int]]
    together: dict[int, set[int]]


def pool_problem(
    pool: Pool, pairs: Partners, preferences: Preferences
) -> GroupingProblem:
    """The problem without groups yet: those depend on how many people take part."""
    people = pool.people
    ids = {}
    for position, person in enumerate(people):
        ids[person.id] = position
    near = WEIGHTS[preferences.distance]
    reach = reach_of(pool, preferences)
    in_km = near > 0 and any(person.spot for person in people)
    ways = km_between(people) if reach or in_km else []
    matters = _matters(people)
    return GroupingProblem(
        people=len(people),
        groups=(),
        traits=tuple(traits(people, preferences)),
        places=tuple(person.cell for person in people),
        scatter=0.0 if in_km else CELL * near,
        apart=frozenset(_positions(pairs.apart, ids)),
        together=tuple(joined(sorted(_positions(pairs.together, ids)))),
        distances=_costs(ways, KM * near) if in_km else (),
        common=tuple(matters.values()),
        far=frozenset(_beyond(ways, reach)) if reach else frozenset(),
        matters=tuple(matters),
    )


def reach_of(pool: Pool, preferences: Preferences) -> int:
    """How many km people of one group of a pool may live from each other; 0 where that is
    no rule."""
    if pool.facility_id:
        return 0
    return preferences.area_km


def traits(people: Sequence[PersonFacts], preferences: Preferences) -> list[Trait]:
    """What each group should have its even share of; nothing that weighs nothing, or that
    nobody or everybody has."""
    every = [
        _sexes(people, WEIGHTS[preferences.sexes]),
        *_backgrounds(people, preferences),
        *_support(people, WEIGHTS[preferences.support]),
        _ages(people, WEIGHTS[preferences.ages]),
    ]
    found = []
    for trait in every:
        weighs = trait.weight or trait.alone
        if weighs and 0 < sum(trait.values) < len(people):
            found.append(trait)
    return found


def _sexes(people: Sequence[PersonFacts], weight: float) -> Trait:
    women = _flags(person.sex == "F" for person in people)
    return Trait(women, weight, part="sexes")


def _backgrounds(
    people: Sequence[PersonFacts], preferences: Preferences
) -> list[Trait]:
    weight = WEIGHTS[preferences.backgrounds]
    lonely = ALONE * WEIGHTS[preferences.alone]
    counts: Counter[str] = Counter()
    for person in people:
        counts.update(person.categories)
    found = []
    for category in sorted(counts):
        has = _flags(category in person.categories for person in people)
        alone = 0.0
        if counts[category] > 1:
            alone = lonely
        found.append(Trait(has, weight, alone, part="backgrounds"))
    return found


def _support(people: Sequence[PersonFacts], weight: float) -> list[Trait]:
    found = []
    for need, share in (("high", _HIGH), ("medium", _MEDIUM)):
        has = _flags(person.support == need for person in people)
        found.append(Trait(has, share * weight, part="support"))
    return found


def _ages(people: Sequence[PersonFacts], weight: float) -> Trait:
    """The older half; whoever has no age is young."""
    ages = []
    for person in people:
        if person.age is not None:
            ages.append(person.age)
    middle = median_low(ages) if ages else 0
    older = _flags((person.age or 0) > middle for person in people)
    return Trait(older, _AGES * weight, part="ages")


def _flags(values: Iterable[bool]) -> tuple[float, ...]:
    return tuple(map(float, values))


def _positions(partners: dict[int, set[int]], ids: dict[int, int]) -> set[Positions]:
    """Partners of people of the pool, by position."""
    pairs = set()
    for person in ids.keys() & partners.keys():
        for partner in partners[person] & ids.keys():
            if person < partner:
                pairs.add((ids[person], ids[partner]))
    return pairs


def km_between(people: Sequence[PersonFacts]) -> Ways:
    """The ways between all people; those of one place are measured once."""
    homes: dict[object, PersonFacts] = {}
    for person in people:
        homes.setdefault(_home(person), person)
    measured = {}
    for home, one in homes.items():
        for other_home, other in homes.items():
            measured[home, other_home] = km(one, other)
    keys = list(map(_home, people))
    ways = []
    for home in keys:
        row = []
        for other in keys:
            row.append(measured[home, other])
        ways.append(row)
    return ways


def _home(person: PersonFacts) -> object:
    return person.cell, person.sector, person.spot


def _costs(ways: Ways, weight: float) -> tuple[tuple[float, ...], ...]:
    costs = []
    for row in ways:
        weighted = [weight * way for way in row]
        costs.append(tuple(weighted))
    return tuple(costs)


def _beyond(ways: Ways, reach: float) -> list[Positions]:
    """Partners who live farther from each other than people of one group may."""
    pairs = []
    for one, row in enumerate(ways):
        for other in range(one + 1, len(row)):
            if row[other] > reach:
                pairs.append((one, other))
    return pairs


def _matters(
    people: Sequence[PersonFacts],
) -> dict[str, tuple[frozenset[int], ...]]:
    """What a group has to have in common, as far as anybody names options: the rule by
    its name, and the options of each person."""
    spoken = set()
    for person in people:
        spoken.update(person.languages)
    codes = {}
    for number, code in enumerate(sorted(spoken)):
        codes[code] = number
    days = []
    languages = []
    for person in people:
        known = map(codes.__getitem__, person.languages)
        days.append(frozenset(person.days))
        languages.append(frozenset(known))
    matters = {}
    if any(days):
        matters["no common day"] = tuple(days)
    if any(languages):
        matters["no common language"] = tuple(languages)
    return matters
