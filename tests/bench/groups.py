"""D: groups."""

import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import median

import oracle
from figure import Figure, seconds

from cbs_desktop.groups.allocation import balance, solver
from cbs_desktop.groups.allocation.assignment import Assignment, PlacedGroup
from cbs_desktop.groups.allocation.bounds import lower_bound
from cbs_desktop.groups.allocation.grouping import (
    WAITING,
    GroupingProblem,
    Partition,
    Trait,
)
from cbs_desktop.groups.allocation.hard_rules import broken_rules
from cbs_desktop.groups.allocation.instance import Instance
from cbs_desktop.groups.allocation.objective import cost
from cbs_desktop.groups.allocation.people import PersonFacts, Pool, Sizes
from cbs_desktop.groups.allocation.relaxation import relax
from cbs_desktop.groups.allocation.search import search
from cbs_desktop.groups.allocation.violations import violations

sys.path.append(str(Path(__file__).parents[1] / "groups" / "allocation"))
import test_mdgplib as mdgplib

SIZES = Sizes(8, 12, 15, 16, 8)
CATEGORIES = (
    "survivor",
    "perpetrator",
    "former prisoner",
    "returnee",
    "widow",
    "descendant of survivor",
)


def _pool(number: int, count: int, draw: Random) -> Pool:
    def person(i: int) -> PersonFacts:
        some = tuple(sorted(draw.sample(CATEGORIES, draw.choice((0, 1, 1, 2)))))
        return PersonFacts(
            1000 * number + i, draw.choice("FFM"), some, draw.randrange(6)
        )

    return Pool(
        number, None, "adult", f"place {number}", tuple(person(i) for i in range(count))
    )


def _season(people: int, draw: Random, least: int = 17, most: int = 50) -> Instance:
    pools = []
    while people > 0:
        pools.append(
            _pool(len(pools) + 1, min(people, draw.randint(least, most)), draw)
        )
        people -= len(pools[-1].people)
    pairs = {
        tuple(sorted(draw.sample([one.id for one in pool.people], 2)))
        for pool in pools
        for _ in (1, 2)
    }
    return Instance(SIZES, tuple(pools), frozenset(pairs))  # type: ignore[arg-type]


def _by_place(instance: Instance) -> list[PlacedGroup]:
    """How it is done by hand: along the list of places, cut into equal parts."""
    found = []
    for number, pool in enumerate(instance.pools):
        line = [
            one.id for one in sorted(pool.people, key=lambda one: (one.cell, one.id))
        ]
        count = solver.group_count(len(line), instance.sizes)
        cuts = [k * len(line) // count for k in range(count + 1)] if count else [0]
        found += [PlacedGroup(number, tuple(line[a:b])) for a, b in pairwise(cuts)]
    return found


def _problems(instance: Instance) -> list[GroupingProblem]:
    """Each pool as the core sees it, in groups of even sizes."""
    found = []
    for number, pool in enumerate(instance.pools):
        people = len(pool.people)
        if count := solver.group_count(people, instance.sizes):
            sizes = (people // count, -(-people // count))
            found.append(replace(instance.problem(number), groups=(sizes,) * count))
    return found


def _outside(instance: Instance, groups: Iterable[PlacedGroup]) -> float:
    """What sizes outside the wished ones cost: the same for everybody, and unknown to the core."""
    sizes = [len(group.people) for group in groups]
    return sum(
        max(0, instance.sizes.least - n) ** 2 + max(0, n - instance.sizes.most) ** 2
        for n in sizes
    )


def small(folder: Path) -> Figure:
    """Pools of 17 to 33 people, ten seeds, a second each; floor: CP-SAT in sixty, or without it HiGHS in ten."""
    worst = 1.0
    slowest = 0.0
    proved = 0
    above = 0
    for seed in range(10):
        pool = _pool(1, 17 + 16 * seed // 9, Random(seed))
        instance = Instance(SIZES, (pool,), frozenset({(1000, 1001)}))
        found: list[Assignment] = []
        slowest = max(
            slowest,
            seconds(
                lambda f=found, p=instance, s=seed: f.append(solver.solve(p, Random(s)))
            ),
        )
        mine = found[0].cost - _outside(instance, found[0].groups)
        best, proven = _oracle(_problems(instance)[0])
        worst = max(worst, mine / best)
        proved = proved + proven
        above += proven and mine > best + 1e-6
    who = "CP-SAT in 60 s" if oracle.HERE else "HiGHS in 10 s"
    more = f"{proved} of 10 proven, {above} of them missed, {slowest:.2f} s at most{_how()}"
    return Figure(
        "pools of 17 to 33 people, the worst of 10",
        worst,
        f"x {who}",
        1.01,
        more,
        slowest <= 1 and not above,
    )


def _oracle(problem: GroupingProblem) -> tuple[float, bool]:
    if oracle.HERE:
        found = oracle.ask([problem], 60)
        return found.cost, found.proven
    bound = lower_bound(problem, 10)
    return (
        cost(problem, bound.where) if bound.where is not None else bound.least
    ), bound.proven


def _how() -> str:
    if oracle.HERE:
        return ""
    return "; " + oracle.HOW


def season(folder: Path) -> Figure:
    """836 people, ten seeds; floor: CP-SAT in sixty seconds on two cores, or without it along the list of places."""
    instance = _season(836, Random(1))
    costs = []
    times = []
    told: list[float] = []
    gap = 0.0
    wrong = 0
    for seed in range(10):
        found: list[Assignment] = []
        told.append(time.perf_counter())
        tell = lambda _done, _of: told.append(time.perf_counter())  # noqa: E731
        times.append(
            seconds(
                lambda f=found, s=seed, t=tell: f.append(
                    solver.solve(instance, Random(s), t)
                )
            )
        )
        gap = max(gap, *(b - a for a, b in pairwise(told)))
        told.clear()
        costs.append(found[0].cost)
        wrong += len(violations(instance, found[0].groups))
    by_place = balance.cost(instance, _by_place(instance))
    more = f"{max(costs) / by_place:.2f} x by place, {median(times):.2f} s, {wrong} rules broken, told every {gap:.2f} s"
    if not oracle.HERE:
        return Figure(
            "836 people, the worst of 10 seeds",
            max(costs) / by_place,
            "x by place",
            None,
            more + _how(),
        )
    known = oracle.ask(_problems(instance), 60)
    floor = known.cost + _outside(instance, found[0].groups)
    well = not wrong and gap <= 0.2 and median(times) <= min(2, known.seconds / 50)
    more += f" ({known.seconds / median(times):.0f} x as fast)"
    return Figure(
        "836 people, the worst of 10 seeds",
        max(costs) / floor,
        "x CP-SAT in 60 s",
        0.85,
        more,
        well,
    )


def country(folder: Path) -> Figure:
    """20,000 people; floor: along the list of places."""
    instance = _season(20_000, Random(1))
    found = []
    taken = seconds(lambda: found.append(solver.solve(instance, Random(1))))
    wrong = len(violations(instance, found[0].groups))
    value = found[0].cost / balance.cost(instance, _by_place(instance))
    more = f"{taken:.1f} s, {wrong} rules broken"
    return Figure(
        "20,000 people", value, "x by place", 0.41, more, taken <= 30 and not wrong
    )


def apart(folder: Path) -> Figure:
    """500 people and 300 pairs kept apart, ten seeds: divided without a rule broken, or proved that it cannot be."""
    wrong = 0
    proved = 0
    slowest = 0.0
    for seed in range(10):
        draw = Random(seed)
        pairs = {tuple(sorted(draw.sample(range(500), 2))) for _ in range(300)}
        women = Trait(tuple(float(i % 3 == 0) for i in range(500)), 2.0)
        problem = GroupingProblem(
            500, ((11, 12),) * 42, (women,), apart=frozenset(pairs)
        )  # type: ignore[arg-type]
        found: list[Partition] = []
        slowest = max(
            slowest,
            seconds(lambda f=found, c=problem: f.append(search(c, Random(1), 40))),
        )
        if broken_rules(problem, found[0].where) or WAITING in found[0].where:
            wrong += 1
            proved += relax(problem, 60).count > 0
    more = f"{wrong} incomplete, {proved} of them proved, {slowest:.2f} s at most"
    return Figure(
        "500 people, 300 pairs kept apart, of 10 seeds",
        wrong - proved,
        "unanswered",
        0.0,
        more,
    )


def diverse(folder: Path) -> Figure:
    """The maximally diverse groups of the literature (MDGPLIB, small ones); floor: the best of all divisions."""
    worst = 1.0
    slowest = 0.0
    for file in mdgplib.INSTANCES:
        groups, far = mdgplib.instance(file)
        problem = GroupingProblem(
            len(far),
            groups,
            distances=tuple(tuple(-value for value in row) for row in far),
        )
        found: list[Partition] = []
        slowest = max(
            slowest,
            seconds(lambda f=found, c=problem: f.append(search(c, Random(1), 500))),
        )
        worst = max(worst, mdgplib.most_diverse(groups, far) / -found[0].cost)
    more = f"{len(mdgplib.INSTANCES)} instances, {slowest:.2f} s at most"
    return Figure("most diverse groups", worst, "x the best there is", 1.0 + 1e-9, more)
