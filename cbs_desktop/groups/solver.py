"""Proposes groups: pools are exact, keep-apart is never broken; sizes, sexes, backgrounds and cells are balanced, and
nobody is the only one of a background in a group where that can be helped.

Each pool is a case of the general core (`core`, `search`). The same problem and seed give the same groups.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cbs_desktop.groups.core import WAITING, Case, Trait
from cbs_desktop.groups.problem import Candidate, Explained, Placed, Pool, Problem, Result, Sizes

if TYPE_CHECKING:
    from cbs_desktop.groups.search import Draw

Progress = Callable[[int, int], None]
_SEX, _CATEGORY, _CELL, _LEFT = 2.0, 1.0, 0.15, 4.0  # of squared deviations, every further cell, everybody left out
_ALONE = 0.5  # of a group where somebody is the only one of a background that others of the pool share
_STEPS_LEAST, _STEPS_MOST, _STEPS_ALL = 100, 4_000, 7_200  # of a pool; in all: a second for one, two for a season


class Broken(NamedTuple):
    """A hard rule that an allocation breaks (other pool, twice, group full, keep apart), and for whom."""

    rule: str
    person: int


def group_count(people: int, sizes: Sizes, rooms: int = 0) -> int:
    """How many groups a pool makes: sizes within least and most, nearest to the target; fewer when two are as near.

    Where no number fits (16 people: one of 16 or two of 8), the one that stays nearest to the wished sizes.
    """
    if people < sizes.pool_least:
        return 0
    most = min(people, rooms or people)

    def badness(count: int) -> tuple[float, float, int]:
        small, large = people // count, -(-people // count)
        outside = max(0, sizes.least - small) + max(0, large - sizes.most) + 100 * max(0, large - sizes.stop)
        return outside, abs(people / count - sizes.target), count

    return min(range(1, most + 1), key=badness)


def solve(problem: Problem, draw: "Draw", progress: Progress | None = None) -> Result:
    """Groups for all pools. `progress(done, total)` is told many times a second and may raise Cancelled."""
    groups: list[Placed] = []
    waiting: list[tuple[int, str]] = []
    pools = max(1, len(problem.pools))
    steps = max(_STEPS_LEAST, min(_STEPS_MOST, _STEPS_ALL // pools))
    for number, pool in enumerate(problem.pools):
        tell = _part(progress, number, pools)
        made, left = _solve_pool(pool, problem, draw, steps, tell)
        groups += [Placed(number, tuple(sorted(group))) for group in made]
        waiting += left
        if progress:
            progress((number + 1) * 100, pools * 100)
    return Result(tuple(groups), tuple(waiting), cost(problem, groups))


def _part(progress: Progress | None, number: int, pools: int) -> Progress | None:
    """Progress within one pool, told as a part of all."""
    return (lambda done, of: progress(number * 100 + 100 * done // of, pools * 100)) if progress else None


def _solve_pool(
    pool: Pool, problem: Problem, draw: "Draw", steps: int, tell: Progress | None
) -> tuple[list[list[int]], list[tuple[int, str]]]:
    """The groups of a pool as ids, and who waits and why."""
    from cbs_desktop.groups import search  # numpy takes a while to load: only when groups are looked for

    people, sizes = len(pool.people), problem.sizes
    count = group_count(people, sizes, pool.rooms)
    if not count:
        return [], [(one.id, "too few") for one in pool.people]
    even = (people // count, min(sizes.stop, -(-people // count)))
    found = search.divide(case(pool, problem.apart, (even,) * count), draw, steps, tell)
    if WAITING in found.where and even[1] < sizes.stop:  # where not all fit evenly, more fit unevenly
        wide = search.divide(case(pool, problem.apart, ((0, sizes.stop),) * count), draw, steps, tell)
        found = min(found, wide, key=lambda division: division.where.count(WAITING))
    ids = [one.id for one in pool.people]
    made = [[ids[i] for i in found.members(group)] for group in range(count)]
    enemies = _enemies(problem.apart)
    full = all(len(group) >= sizes.stop for group in made)
    left = [(ids[i], "no room" if full or not enemies.get(ids[i]) else "keep apart") for i in found.members(WAITING)]
    return made, left


def least(problem: Problem, result: Result, seconds: float, progress: Progress | None = None) -> float:
    """What no allocation of these people into as many groups of even sizes can cost less than; looked for in so many seconds.

    Pools where somebody waits count nothing. `progress` is told often and may raise Cancelled.
    """
    from cbs_desktop.groups import proof

    total, pools = 0.0, max(1, len(problem.pools))
    for number, pool in enumerate(problem.pools):
        mine = [group for group in result.groups if group.pool == number]
        sizes = sorted(len(group.people) for group in mine)
        if not mine or sum(sizes) < len(pool.people):
            continue
        outside = sum(max(0, problem.sizes.least - n) ** 2 + max(0, n - problem.sizes.most) ** 2 for n in sizes)
        if len(mine) == 1:
            total += cost(problem, mine)
        elif sizes[-1] - sizes[0] <= 1:
            stop = _Stop(_part(progress, number, pools))
            found = proof.bound(
                case(pool, problem.apart, ((sizes[0], sizes[-1]),) * len(mine)), seconds / pools, stop=stop
            )
            stop.tell()
            total += found.least + outside
    return round(total, 6)


class Swap(NamedTuple):
    """Two people in each other's group: with whom, in which group (counted from 0), and what the balance loses."""

    person: int
    group: int
    extra: float


def swaps(problem: Problem, result: Result, person_id: int, most: int = 3) -> list[Swap]:
    """The best exchanges of a person with somebody of another group of the same pool that break no rule, best first."""
    here = next((number for number, group in enumerate(result.groups) if person_id in group.people), None)
    if here is None:
        return []
    pool = result.groups[here].pool
    alone = Problem(problem.sizes, (problem.pools[pool],), problem.apart)
    found = []
    for there, group in enumerate(result.groups):
        if group.pool != pool or there == here:
            continue
        before = cost(alone, _of_one_pool(result, (here, there)))
        for other in group.people:
            changed = result.exchanged(person_id, other)
            both = _of_one_pool(changed, (here, there)) if changed else []
            if both and not broken(alone, both):
                found.append(Swap(other, there, cost(alone, both) - before))
    return sorted(found, key=lambda swap: (swap.extra, swap.person))[:most]


def _of_one_pool(result: Result, numbers: Iterable[int]) -> list[Placed]:
    return [Placed(0, result.groups[number].people) for number in numbers]


class _Stop:
    """Asked by the proof whether to stop: it tells progress, keeps what that raises, and raises it afterwards."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress, self._raised = progress, None

    def __call__(self) -> bool:
        if self._progress is not None and self._raised is None:
            try:
                self._progress(0, 1)
            except BaseException as problem:
                self._raised = problem
        return self._raised is not None

    def tell(self) -> None:
        """Raise what was raised meanwhile: an exception may not pass through the library."""
        if self._raised is not None:
            raise self._raised


def case(pool: Pool, apart: Iterable[tuple[int, int]], groups: tuple[tuple[int, int], ...]) -> Case:
    """A pool as the general core sees it: sex and backgrounds as traits, cells as places."""
    place = {one.id: i for i, one in enumerate(pool.people)}
    counts = Counter(category for one in pool.people for category in one.categories)
    traits = [Trait(tuple(float(one.sex == "F") for one in pool.people), _SEX)]
    for category in sorted(counts):
        has = tuple(float(category in one.categories) for one in pool.people)
        traits.append(Trait(has, _CATEGORY, _ALONE if counts[category] > 1 else 0.0))
    pairs = frozenset((place[a], place[b]) for a, b in apart if a in place and b in place)
    cells = tuple(one.cell for one in pool.people)
    return Case(len(pool.people), groups, tuple(traits), cells, _CELL, pairs)


def _enemies(apart: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for one, other in apart:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


class _Balance:
    """What a group of a pool should look like, and how far one is from it. Sex stands beside the categories as a trait."""

    def __init__(self, pool: Pool) -> None:
        counts = Counter(category for one in pool.people for category in one.categories)
        self.traits = {"": 0, **{category: i for i, category in enumerate(sorted(counts), 1)}}
        self.weights = [_SEX] + [_CATEGORY] * len(counts)
        self.shared = [self.traits[category] for category, count in counts.items() if count > 1]
        women = sum(one.sex == "F" for one in pool.people)
        self.shares = [n / len(pool.people) for n in (women, *(counts[c] for c in sorted(counts)))]

    def of(self, one: Candidate) -> frozenset[int]:
        """The traits of a person, by number."""
        return frozenset(self.traits[trait] for trait in (*one.categories, *([""] if one.sex == "F" else ())))

    def cost(self, group: Sequence[Candidate]) -> float:
        """Squared deviations from an even share, and the number of cells that people come from."""
        counts = Counter(trait for one in group for trait in self.of(one))
        uneven = (w * (counts[i] - s * len(group)) ** 2 for i, (w, s) in enumerate(self._pairs()))
        alone = sum(counts[trait] == 1 for trait in self.shared)
        return sum(uneven) + _ALONE * alone + _CELL * len({one.cell for one in group})

    def _pairs(self) -> Iterable[tuple[float, float]]:
        return zip(self.weights, self.shares, strict=True)


def cost(problem: Problem, groups: Iterable[Placed]) -> float:
    """The cost of an allocation: the deviations of every group, sizes outside the wished ones, and people left out of a
    pool that has groups."""
    total, placed = 0.0, Counter[int]()
    balances = [_Balance(pool) if pool.people else None for pool in problem.pools]
    people = [{one.id: one for one in pool.people} for pool in problem.pools]
    for group in groups:
        balance, size = balances[group.pool], len(group.people)
        if balance is not None and size:
            total += balance.cost([people[group.pool][i] for i in group.people])
            total += max(0, problem.sizes.least - size) ** 2 + max(0, size - problem.sizes.most) ** 2
            placed[group.pool] += size
    total += _LEFT * sum(len(problem.pools[number].people) - size for number, size in placed.items())
    return round(total, 6)


def broken(problem: Problem, groups: Iterable[Placed]) -> list[Broken]:
    """Every hard rule that an allocation breaks; none in what `solve` returns."""
    found: list[Broken] = []
    enemies = _enemies(problem.apart)
    pools = [{one.id for one in pool.people} for pool in problem.pools]
    seen: set[int] = set()
    for group in groups:
        members = set(group.people)
        found += [Broken("other pool", i) for i in sorted(members - pools[group.pool])]
        found += [Broken("twice", i) for i in sorted(members & seen)]
        found += [Broken("group full", i) for i in group.people[problem.sizes.stop :]]
        found += [Broken("keep apart", i) for i in sorted(members) if members & enemies.get(i, set())]
        seen |= members
    return found


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
        shares = tuple((category, here[category], round(whole[category] * part, 1)) for category in sorted(whole))
        cells = len({one.cell for one in inside})
        found.append(Explained(len(inside), women, len(inside) - women, cells, shares))
    return found
