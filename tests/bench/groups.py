"""D: groups."""

from itertools import pairwise
from pathlib import Path
from random import Random

from figure import Figure, seconds

from cbs_desktop.groups import core, proof, solver
from cbs_desktop.groups.problem import Candidate, Placed, Pool, Problem, Result, Sizes

SIZES = Sizes(8, 12, 15, 16, 8)
CATEGORIES = ("survivor", "perpetrator", "former prisoner", "returnee", "widow", "descendant of survivor")


def _pool(number: int, count: int, draw: Random) -> Pool:
    def person(i: int) -> Candidate:
        some = tuple(sorted(draw.sample(CATEGORIES, draw.choice((0, 1, 1, 2)))))
        return Candidate(1000 * number + i, draw.choice("FFM"), some, draw.randrange(6))

    return Pool(number, None, "adult", f"place {number}", tuple(person(i) for i in range(count)))


def _problem(people: int, draw: Random, least: int = 17, most: int = 50) -> Problem:
    pools = []
    while people > 0:
        pools.append(_pool(len(pools) + 1, min(people, draw.randint(least, most)), draw))
        people -= len(pools[-1].people)
    pairs = {tuple(sorted(draw.sample([one.id for one in pool.people], 2))) for pool in pools for _ in (1, 2)}
    return Problem(SIZES, tuple(pools), frozenset(pairs))  # type: ignore[arg-type]


def _by_place(problem: Problem) -> list[Placed]:
    """How it is done by hand: along the list of places, cut into equal parts."""
    found = []
    for number, pool in enumerate(problem.pools):
        line = [one.id for one in sorted(pool.people, key=lambda one: (one.cell, one.id))]
        count = solver.group_count(len(line), problem.sizes)
        cuts = [k * len(line) // count for k in range(count + 1)] if count else [0]
        found += [Placed(number, tuple(line[a:b])) for a, b in pairwise(cuts)]
    return found


def small(folder: Path) -> Figure:
    """Pools of 17 to 33 people, ten seeds, a second each; floor: what HiGHS finds in ten, proven or not."""
    worst, slowest, proved = 1.0, 0.0, 0
    for seed in range(10):
        pool = _pool(1, 17 + 16 * seed // 9, Random(seed))
        problem = Problem(SIZES, (pool,), frozenset({(1000, 1001)}))
        found: list[Result] = []
        slowest = max(slowest, seconds(lambda f=found, p=problem, s=seed: f.append(solver.solve(p, Random(s)))))
        count = solver.group_count(len(pool.people), SIZES)
        even = (len(pool.people) // count, -(-len(pool.people) // count))
        case = solver.case(pool, problem.apart, (even,) * count)
        bound = proof.bound(case, 10)
        best = core.cost(case, bound.where) if bound.where is not None else bound.least
        outside = sum(
            max(0, SIZES.least - len(g.people)) ** 2 + max(0, len(g.people) - SIZES.most) ** 2 for g in found[0].groups
        )
        worst, proved = max(worst, (found[0].cost - outside) / best), proved + bound.proven
    more = f"{proved} of 10 proven, {slowest:.2f} s at most"
    return Figure("pools of 17 to 33 people, the worst of 10", worst, "x HiGHS in 10 s", 1.01, more, slowest <= 1)


def season(folder: Path) -> Figure:
    """836 people, ten seeds; floor: along the list of places. The goal is against CP-SAT, which is not here: printed only."""
    problem, costs, times = _problem(836, Random(1)), [], []
    floor, wrong = solver.cost(problem, _by_place(problem)), 0
    for seed in range(10):
        found: list[Result] = []
        times.append(seconds(lambda f=found, s=seed: f.append(solver.solve(problem, Random(s)))))
        costs.append(found[0].cost / floor)
        wrong += len(solver.broken(problem, found[0].groups))
    more = (
        f"{max(times):.2f} s at most, {wrong} rules broken, by place {len(solver.broken(problem, _by_place(problem)))}"
    )
    return Figure("836 people, the worst of 10 seeds", max(costs), "x by place", None, more)


def country(folder: Path) -> Figure:
    """20,000 people; floor: along the list of places."""
    problem, found = _problem(20_000, Random(1)), []
    taken = seconds(lambda: found.append(solver.solve(problem, Random(1))))
    wrong = len(solver.broken(problem, found[0].groups))
    value = found[0].cost / solver.cost(problem, _by_place(problem))
    more = f"{taken:.1f} s, {wrong} rules broken"
    return Figure("20,000 people", value, "x by place", 0.41, more, taken <= 30 and not wrong)
