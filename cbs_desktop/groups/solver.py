"""Proposes groups: pools are exact, keep-apart is never broken; sizes, sexes, backgrounds and cells are balanced.

Each pool is dealt into groups of nearly equal size and then improved by exchanges of two people, with annealing
(Kirkpatrick et al. 1983) so that it does not stop at the first hollow. The same problem and seed give the same groups.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from math import exp
from typing import Protocol

from cbs_desktop.groups.problem import Candidate, Placed, Pool, Problem, Result, Sizes

Progress = Callable[[int, int], None]
_SEX, _CATEGORY, _CELL = 2.0, 1.0, 0.15  # weights of squared deviations, and of every further cell
_TRIES = 60  # exchanges tried per person
_WARM, _COLD = 2.0, 0.02


class Draw(Protocol):
    """What is needed of a random generator (`random.Random`)."""

    def random(self) -> float: ...  # noqa: D102
    def randrange(self, stop: int, /) -> int: ...  # noqa: D102
    def shuffle(self, x: list[Candidate], /) -> None: ...  # noqa: D102


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
    for number, pool in enumerate(problem.pools):
        made, left = _solve_pool(pool, problem, draw)
        groups += [Placed(number, tuple(sorted(one.id for one in group))) for group in made]
        waiting += left
        if progress:
            progress(number + 1, len(problem.pools))
    return Result(tuple(groups), tuple(waiting), cost(problem, groups))


def _solve_pool(pool: Pool, problem: Problem, draw: Draw) -> tuple[list[list[Candidate]], list[tuple[int, str]]]:
    count = group_count(len(pool.people), problem.sizes, pool.rooms)
    if not count:
        return [], [(one.id, "too few") for one in pool.people]
    enemies = _enemies(problem.apart)
    groups, waiting = _deal(pool, count, problem.sizes.stop, enemies, draw)
    if count > 1:
        _improve(groups, _Balance(pool), enemies, draw)
    return groups, waiting


def _enemies(apart: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for one, other in apart:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


def _deal(
    pool: Pool, count: int, stop: int, enemies: dict[int, set[int]], draw: Draw
) -> tuple[list[list[Candidate]], list[tuple[int, str]]]:
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
    """What a group of a pool should look like, and how far one is from it."""

    def __init__(self, pool: Pool) -> None:
        size = len(pool.people)
        self.women = sum(one.sex == "F" for one in pool.people) / size
        counts = Counter(category for one in pool.people for category in one.categories)
        self.categories = {category: count / size for category, count in counts.items()}

    def cost(self, group: Sequence[Candidate]) -> float:
        """Squared deviations from an even share, and the number of cells that people come from."""
        size = len(group)
        women = sum(one.sex == "F" for one in group)
        total = _SEX * (women - self.women * size) ** 2 + _CELL * len({one.cell for one in group})
        counts: dict[str, int] = {}
        for one in group:
            for category in one.categories:
                counts[category] = counts.get(category, 0) + 1
        for category, share in self.categories.items():
            total += _CATEGORY * (counts.get(category, 0) - share * size) ** 2
        return total


def _improve(groups: list[list[Candidate]], balance: _Balance, enemies: dict[int, set[int]], draw: Draw) -> None:
    """Exchange people between groups while it gets better, or a little worse as long as it is warm."""
    costs = [balance.cost(group) for group in groups]
    best, best_cost = [list(group) for group in groups], sum(costs)
    steps = _TRIES * sum(map(len, groups))
    for step in range(steps):
        a, b = draw.randrange(len(groups)), draw.randrange(len(groups) - 1)
        b += b >= a
        i, j = draw.randrange(len(groups[a])), draw.randrange(len(groups[b]))
        if not _may_exchange(groups[a], i, groups[b], j, enemies):
            continue
        groups[a][i], groups[b][j] = groups[b][j], groups[a][i]
        after = balance.cost(groups[a]), balance.cost(groups[b])
        worse = sum(after) - costs[a] - costs[b]
        heat = _WARM * (_COLD / _WARM) ** (step / steps)
        if worse <= 0 or draw.random() < exp(-worse / heat):
            costs[a], costs[b] = after
            if sum(costs) < best_cost - 1e-9:
                best, best_cost = [list(group) for group in groups], sum(costs)
        else:
            groups[a][i], groups[b][j] = groups[b][j], groups[a][i]
    groups[:] = best


def _may_exchange(one: list[Candidate], i: int, other: list[Candidate], j: int, enemies: dict[int, set[int]]) -> bool:
    comes, goes = enemies.get(other[j].id), enemies.get(one[i].id)
    if comes and any(person.id in comes for k, person in enumerate(one) if k != i):
        return False
    return not (goes and any(person.id in goes for k, person in enumerate(other) if k != j))


def cost(problem: Problem, groups: Iterable[Placed]) -> float:
    """The cost of an allocation: the deviations of every group, and people outside the wished sizes."""
    total = 0.0
    balances = [_Balance(pool) if pool.people else None for pool in problem.pools]
    people = [{one.id: one for one in pool.people} for pool in problem.pools]
    for group in groups:
        balance = balances[group.pool]
        if balance is not None:
            total += balance.cost([people[group.pool][i] for i in group.people])
            size = len(group.people)
            total += max(0, problem.sizes.least - size) ** 2 + max(0, size - problem.sizes.most) ** 2
    return round(total, 6)


def broken(problem: Problem, groups: Iterable[Placed]) -> list[tuple[str, int]]:
    """Hard rules that an allocation breaks, as (rule, person): other pool, twice, group full, keep apart."""
    found: list[tuple[str, int]] = []
    enemies = _enemies(problem.apart)
    pools = [{one.id for one in pool.people} for pool in problem.pools]
    seen: set[int] = set()
    for group in groups:
        members = set(group.people)
        found += [("other pool", i) for i in sorted(members - pools[group.pool])]
        found += [("twice", i) for i in sorted(members & seen)]
        found += [("group full", i) for i in group.people[problem.sizes.stop :]]
        found += [("keep apart", i) for i in sorted(members) if members & enemies.get(i, set())]
        seen |= members
    return found
