"""Proposes groups: pools are exact, keep-apart is never broken; sizes, sexes, backgrounds and cells are balanced.

Each pool is dealt into groups of nearly equal size and then improved by exchanges of two people, with annealing
(Kirkpatrick et al. 1983) so that it does not stop at the first hollow, some times over from another deal; the best is
kept. The same problem and seed give the same groups.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from math import exp
from typing import NamedTuple, Protocol

from cbs_desktop.groups.problem import Candidate, Explained, Placed, Pool, Problem, Result, Sizes

Progress = Callable[[int, int], None]
_SEX, _CATEGORY, _CELL, _LEFT = 2.0, 1.0, 0.15, 4.0  # of squared deviations, every further cell, everybody left out
_DEALS = 4  # fresh starts of a pool
_TRIES = 300  # exchanges tried per person and deal
_MOST_TRIES = 12_000_000  # in all, so that 20,000 people take half a minute
_WARM, _COLD = 1.5, 0.02


class Draw(Protocol):
    """What is needed of a random generator (`random.Random`)."""

    def random(self) -> float: ...  # noqa: D102
    def shuffle(self, x: list[Candidate], /) -> None: ...  # noqa: D102


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


def solve(problem: Problem, draw: Draw, progress: Progress | None = None) -> Result:
    """Groups for all pools. `progress(done, total)` is told after each pool and may raise Cancelled."""
    groups: list[Placed] = []
    waiting: list[tuple[int, str]] = []
    enemies = _enemies(problem.apart)
    everybody = sum(len(pool.people) for pool in problem.pools)
    tries = min(_TRIES, _MOST_TRIES // (_DEALS * max(1, everybody)))
    for number, pool in enumerate(problem.pools):
        made, left = _solve_pool(pool, problem.sizes, enemies, draw, tries)
        groups += [Placed(number, tuple(sorted(one.id for one in group))) for group in made]
        waiting += left
        if progress:
            progress(number + 1, len(problem.pools))
    return Result(tuple(groups), tuple(waiting), cost(problem, groups))


_Dealt = tuple[list[list[Candidate]], list[tuple[int, str]]]


def _solve_pool(pool: Pool, sizes: Sizes, enemies: dict[int, set[int]], draw: Draw, tries: int) -> _Dealt:
    count = group_count(len(pool.people), sizes, pool.rooms)
    if not count:
        return [], [(one.id, "too few") for one in pool.people]
    if count == 1:
        return _deal(pool, count, sizes.stop, enemies, draw)
    balance, found = _Balance(pool), []
    for number in range(_DEALS):
        groups, waiting = _deal(pool, count, sizes.stop, enemies, draw)
        groups = _Exchange(groups, balance, enemies).run(draw, tries)
        worth = len(waiting), sum(map(balance.cost, groups)), number
        found.append((worth, groups, waiting))
    return min(found, key=lambda each: each[0])[1:]


def _enemies(apart: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for one, other in apart:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


def _deal(pool: Pool, count: int, stop: int, enemies: dict[int, set[int]], draw: Draw) -> _Dealt:
    """One after the other into the smallest group that takes them, those kept apart first."""
    people = list(pool.people)
    draw.shuffle(people)
    people.sort(key=lambda one: (-len(enemies.get(one.id, ())), one.sex, one.categories))
    groups: list[list[Candidate]] = [[] for _ in range(count)]
    waiting = []
    for one in people:
        free = [g for g in groups if not any(other.id in enemies.get(one.id, ()) for other in g)]
        open_ones = [g for g in free if len(g) < stop]
        if open_ones:
            min(open_ones, key=len).append(one)
        else:
            waiting.append((one.id, "no room" if free else "keep apart"))
    return groups, waiting


class _Balance:
    """What a group of a pool should look like, and how far one is from it. Sex stands beside the categories as a trait."""

    def __init__(self, pool: Pool) -> None:
        counts = Counter(category for one in pool.people for category in one.categories)
        self.traits = {"": 0, **{category: i for i, category in enumerate(sorted(counts), 1)}}
        self.weights = [_SEX] + [_CATEGORY] * len(counts)
        women = sum(one.sex == "F" for one in pool.people)
        self.shares = [n / len(pool.people) for n in (women, *(counts[c] for c in sorted(counts)))]

    def of(self, one: Candidate) -> frozenset[int]:
        """The traits of a person, by number."""
        return frozenset(self.traits[trait] for trait in (*one.categories, *([""] if one.sex == "F" else ())))

    def cost(self, group: Sequence[Candidate]) -> float:
        """Squared deviations from an even share, and the number of cells that people come from."""
        counts = Counter(trait for one in group for trait in self.of(one))
        uneven = (w * (counts[i] - s * len(group)) ** 2 for i, (w, s) in enumerate(self._pairs()))
        return sum(uneven) + _CELL * len({one.cell for one in group})

    def _pairs(self) -> Iterable[tuple[float, float]]:
        return zip(self.weights, self.shares, strict=True)


class _Exchange:
    """Exchanges of people between the groups of a pool. A step costs what changes and not what there is."""

    def __init__(self, groups: list[list[Candidate]], balance: _Balance, enemies: dict[int, set[int]]) -> None:
        self.people = [one for group in groups for one in group]
        self.where = [number for number, group in enumerate(groups) for _ in group]
        self.count, self.weights = len(groups), balance.weights
        place = {one.id: i for i, one in enumerate(self.people)}
        self.enemies = [[place[i] for i in sorted(enemies.get(one.id, ())) if i in place] for one in self.people]
        of = [balance.of(one) for one in self.people]
        kinds = {traits: i for i, traits in enumerate(dict.fromkeys(of))}
        self.kind = [kinds[traits] for traits in of]
        self.differ = [[(tuple(sorted(a - b)), tuple(sorted(b - a))) for b in kinds] for a in kinds]
        self.over = [[-share * len(group) for share in balance.shares] for group in groups]
        self.cells: list[Counter[int]] = [Counter(one.cell for one in group) for group in groups]
        for i, traits in enumerate(of):
            for trait in traits:
                self.over[self.where[i]][trait] += 1

    def run(self, draw: Draw, tries: int) -> list[list[Candidate]]:
        """Exchange while it gets better, or a little worse as long as it is warm; the best groups met."""
        size, random, now, least = len(self.people), draw.random, 0.0, -1e-9
        best, steps = list(self.where), tries * size
        heat, cooling = _WARM, (_COLD / _WARM) ** (1 / max(1, steps))
        for _step in range(steps):
            heat *= cooling
            i, j = int(random() * size), int(random() * size)
            worse = self._worse(i, j)
            if worse is None or (worse > 0 and random() >= exp(-worse / heat)):
                continue
            self._exchange(i, j)
            now += worse
            if now < least:
                best, least = list(self.where), now - 1e-9
        found: list[list[Candidate]] = [[] for _ in range(self.count)]
        for one, group in zip(self.people, best, strict=True):
            found[group].append(one)
        return found

    def _worse(self, i: int, j: int) -> float | None:
        """By how much the cost would rise; None where the two may not, or need not, change places."""
        a, b = self.where[i], self.where[j]
        one, other = self.people[i].cell, self.people[j].cell
        if a == b or (self.kind[i] == self.kind[j] and one == other):
            return None
        if any(self.where[e] == b and e != j for e in self.enemies[i]):
            return None
        if any(self.where[e] == a and e != i for e in self.enemies[j]):
            return None
        goes, comes = self.differ[self.kind[i]][self.kind[j]]
        here, there, weights, worse = self.over[a], self.over[b], self.weights, 0.0
        for trait in goes:
            worse += 2 * weights[trait] * (1 - here[trait] + there[trait])
        for trait in comes:
            worse += 2 * weights[trait] * (1 + here[trait] - there[trait])
        if one != other:
            mine, theirs = self.cells[a], self.cells[b]
            further = (other not in mine) + (one not in theirs) - (mine[one] == 1) - (theirs[other] == 1)
            worse += _CELL * further
        return worse

    def _exchange(self, i: int, j: int) -> None:
        a, b = self.where[i], self.where[j]
        self.where[i], self.where[j] = b, a
        goes, comes = self.differ[self.kind[i]][self.kind[j]]
        for traits, by in ((goes, -1), (comes, 1)):
            for trait in traits:
                self.over[a][trait] += by
                self.over[b][trait] -= by
        for group, out, into in ((a, i, j), (b, j, i)):
            cells, gone = self.cells[group], self.people[out].cell
            cells[self.people[into].cell] += 1
            cells[gone] -= 1
            if not cells[gone]:
                del cells[gone]


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
