"""Proposes groups: pools are exact, hard rules are never broken, what the office wishes is balanced.

Each pool is a case of the general core (`grouping`, `search`). The same problem and seed give the same groups.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cbs_desktop.groups.allocation.blocks import joined
from cbs_desktop.groups.allocation.distance import km
from cbs_desktop.groups.allocation.facilitators import lead
from cbs_desktop.groups.allocation.grouping import WAITING, Case
from cbs_desktop.groups.allocation.instance import Pinned, Placed, Problem, Result, Sizes
from cbs_desktop.groups.allocation.linear_model import Stop
from cbs_desktop.groups.allocation.objective import CELL, KM, cost, measured, traits
from cbs_desktop.groups.allocation.violations import broken, contradictions, reach_of
from cbs_desktop.groups.rules import WEIGHTS

if TYPE_CHECKING:
    from cbs_desktop.groups.allocation.search import Draw

Progress = Callable[[int, int], None]
VERSION = "3"  # of the search: another one may find other groups from the same seed
_STEPS_LEAST, _STEPS_MOST, _STEPS_ALL = 100, 1_800, 7_200  # of a pool; in all: a second for one, two for a season


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


def fits_wished(people: int, count: int, sizes: Sizes) -> bool:
    """Whether so many groups are all of a wished size."""
    return bool(count) and sizes.least <= people // count and -(-people // count) <= sizes.most


def solve(
    problem: Problem,
    draw: "Draw",
    progress: Progress | None = None,
    before: Result | None = None,
    pinned: Pinned | None = None,
) -> Result:
    """Groups for all pools. `before` is a result of the same pools in which `pinned` people and groups stay as they are.
    `progress(done, total)` is told many times a second and may raise Cancelled."""
    groups: list[Placed] = []
    waiting = [(i, "released before the end") for i in problem.released]
    against, total = contradictions(problem), max(1, len(problem.pools))
    waiting += sorted(against.items())
    steps = max(_STEPS_LEAST, min(_STEPS_MOST, _STEPS_ALL // total))
    for number, pool in enumerate(problem.pools):
        tell = part(progress, number, total)
        stays = _stays(number, before, pinned, against) if before and pinned else _Stays()
        free = [one.id for one in pool.people if one.id not in against and one.id not in stays.out]
        made, left = _solve_pool(problem, number, free, stays, draw, steps, tell)
        groups += [Placed(number, tuple(sorted(group))) for group in made]
        waiting += left + [(i, "by hand") for i in sorted(stays.out)]
        if progress:
            progress((number + 1) * 100, total * 100)
    result = Result(tuple(groups), tuple(waiting), cost(problem, groups))
    return replace(result, groups=_led(problem, result, before, pinned, progress))


def _led(
    problem: Problem, result: Result, before: Result | None, pinned: Pinned | None, progress: Progress | None
) -> tuple[Placed, ...]:
    """The groups with facilitators and weekday; pinned groups keep theirs."""
    if before is None or pinned is None:
        return lead(problem, result.groups, (), progress)
    stays = carried(before, pinned, result).groups
    leads = {frozenset(group.people): group for group in before.groups}
    kept = [leads.get(frozenset(group.people), group) if n in stays else group for n, group in enumerate(result.groups)]
    again = [
        replace(group, leaders=old.leaders, weekday=old.weekday) for group, old in zip(result.groups, kept, strict=True)
    ]
    return lead(problem, again, stays, progress)


def carried(before: Result, pinned: Pinned, after: Result) -> Pinned:
    """What was pinned in one result as it is pinned in the next: groups keep their place within their pool."""
    found = set()
    for number in pinned.groups:
        pool = before.groups[number].pool
        place = sum(group.pool == pool for group in before.groups[:number])
        same = [n for n, group in enumerate(after.groups) if group.pool == pool]
        if place < len(same):
            found.add(same[place])
    return Pinned(pinned.people, frozenset(found))


def part(progress: Progress | None, number: int, total: int) -> Progress | None:
    """Progress within one pool, told as a part of all."""
    return (lambda done, of: progress(number * 100 + 100 * done // of, total * 100)) if progress else None


@dataclass(frozen=True, slots=True)
class _Stays:
    """What is pinned in a pool: the groups there were, which of them are closed, people in their group (counted within the
    pool), and people who stay out."""

    groups: tuple[tuple[int, ...], ...] = ()
    closed: frozenset[int] = frozenset()
    people: tuple[tuple[int, int], ...] = ()
    out: frozenset[int] = frozenset()


def _stays(pool: int, before: Result, pinned: Pinned, against: Container[int]) -> _Stays:
    """People whose rules contradict each other by now stay nowhere."""
    numbers = [number for number, group in enumerate(before.groups) if group.pool == pool]
    groups = tuple(tuple(i for i in before.groups[number].people if i not in against) for number in numbers)
    closed = frozenset(i for i, number in enumerate(numbers) if number in pinned.groups)
    people = tuple((i, n) for n, group in enumerate(groups) for i in group if n in closed or i in pinned.people)
    out = frozenset(i for i, _why in before.waiting if i in pinned.people)
    return _Stays(groups if people else (), closed, people, out)


def _solve_pool(
    problem: Problem, number: int, ids: list[int], stays: _Stays, draw: "Draw", steps: int, tell: Progress | None
) -> tuple[list[list[int]], list[tuple[int, str]]]:
    """The groups of a pool as ids, and who waits and why."""
    from cbs_desktop.groups.allocation import (  # numpy takes a while to load: only when groups are looked for
        polish,
        search,
    )

    pool, sizes = problem.pools[number], problem.sizes
    count = len(stays.groups) or group_count(len(ids), sizes, pool.rooms)
    if not count:
        return [], [(i, "too few") for i in ids]
    if not stays.groups and problem.wishes.undivided == "wait" and not fits_wished(len(ids), count, sizes):
        return [], [(i, "no wished size") for i in ids]
    fixed = {i: group for i, group in stays.people if i in ids}
    even, wide = _even(len(ids), count, stays, sizes), _wide(count, stays, sizes)
    found = search.divide(case(problem, number, even, ids, fixed), draw, steps, tell)
    if WAITING in found.where and even != wide:  # where not all fit evenly, more fit unevenly
        other = search.divide(case(problem, number, wide, ids, fixed), draw, steps, tell)
        found = min(found, other, key=lambda division: division.where.count(WAITING))
    if steps == _STEPS_MOST:  # few pools: there is time to look closer
        found = polish.polish(case(problem, number, even, ids, fixed), found, tell)
    made = [[ids[i] for i in found.members(group)] for group in range(count)]
    return made, [(ids[i], why_not(problem, number, made, ids[i])) for i in found.members(WAITING)]


def _even(people: int, count: int, stays: _Stays, sizes: Sizes) -> tuple[tuple[int, int], ...]:
    """Sizes as even as they can be; those of closed groups as they are, and room for whoever stays."""
    kept = sum(len(stays.groups[n]) for n in stays.closed)
    open_groups = max(1, count - len(stays.closed))
    small, large = (people - kept) // open_groups, min(sizes.stop, -(-(people - kept) // open_groups))
    held = Counter(n for _i, n in stays.people)
    return tuple(_closed(stays, n) or (small, max(large, held[n])) for n in range(count))


def _wide(count: int, stays: _Stays, sizes: Sizes) -> tuple[tuple[int, int], ...]:
    return tuple(_closed(stays, n) or (0, sizes.stop) for n in range(count))


def _closed(stays: _Stays, group: int) -> tuple[int, int] | None:
    size = len(stays.groups[group]) if group in stays.closed else -1
    return (size, size) if size >= 0 else None


def why_not(problem: Problem, pool: int, groups: Sequence[Sequence[int]], person_id: int) -> str:
    """Why somebody is in none of a pool's groups: the rule that stands against most of them."""
    friends = next((block for block in joined(problem.together) if person_id in block), (person_id,))
    mine = [i for i in friends if any(one.id == i for one in problem.pools[pool].people)]
    rules = Counter[str]()
    for group in groups:
        wrong = broken(problem, [Placed(pool, (*group, *mine))])
        rules[wrong[0].rule if wrong else "group full"] += 1
    rule = rules.most_common(1)[0][0] if rules else "too few"
    return "no room" if rule == "group full" else rule


def least(problem: Problem, result: Result, seconds: float, progress: Progress | None = None) -> float:
    """What no allocation of these people into as many groups of even sizes can cost less than; looked for in so many seconds.

    Pools where somebody waits count nothing. `progress` is told often and may raise Cancelled.
    """
    from cbs_desktop.groups.allocation import bounds, counting

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
            stop = Stop(part(progress, number, pools))
            division = case(problem, number, ((sizes[0], sizes[-1]),) * len(mine))
            found = bounds.bound(division, seconds / pools, stop=stop)
            stop.tell()
            total += max(found.least, counting.least(division, sizes)) + outside
    return round(total, 6)


def case(
    problem: Problem,
    number: int,
    groups: tuple[tuple[int, int], ...],
    ids: Iterable[int] | None = None,
    fixed: dict[int, int] | None = None,
) -> Case:
    """A pool, or some of its people, as the general core sees it: wishes as traits, places, and every hard rule."""
    pool, wanted = problem.pools[number], None if ids is None else set(ids)
    people = tuple(one for one in pool.people if wanted is None or one.id in wanted)
    mine = replace(pool, people=people)
    place = {one.id: i for i, one in enumerate(people)}
    near, far, in_km = WEIGHTS[problem.wishes.distance], reach_of(problem, number), measured(mine, problem.wishes)
    ways = [[km(one, other) for other in people] for one in people] if far or in_km else []
    apart = {(place[a], place[b]) for a, b in problem.apart if a in place and b in place}
    apart |= {(i, j) for i, row in enumerate(ways) for j, way in enumerate(row[i:], i) if far and way > far}
    distances = tuple(tuple(KM * near * way for way in row) for row in ways) if in_km else ()
    spoken = {code: n for n, code in enumerate(sorted({code for one in people for code in one.languages}))}
    days = tuple(frozenset(one.days) for one in people)
    languages = tuple(frozenset(spoken[code] for code in one.languages) for one in people)
    return Case(
        len(people),
        groups,
        tuple(trait for _part, trait in traits(mine, problem.wishes)),
        tuple(one.cell for one in people),
        0.0 if distances else CELL * near,
        frozenset(apart),
        tuple(joined((place[a], place[b]) for a, b in sorted(problem.together) if a in place and b in place)),
        {place[i]: group for i, group in (fixed or {}).items()},
        distances,
        tuple(matter for matter in (days, languages) if any(matter)),
    )
