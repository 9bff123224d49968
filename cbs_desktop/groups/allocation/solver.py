"""Proposes groups: pools are exact, hard rules are never broken, what the office wishes is balanced.

Each pool is a grouping problem by itself. The same instance, pins and seed give the same
groups.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from cbs_desktop.groups.allocation.assignment import Assignment, Pins, PlacedGroup
from cbs_desktop.groups.allocation.balance import cost, outside_wished
from cbs_desktop.groups.allocation.facilitators import with_facilitators
from cbs_desktop.groups.allocation.grouping import (
    WAITING,
    GroupingProblem,
    Partition,
    Positions,
)
from cbs_desktop.groups.allocation.instance import Instance
from cbs_desktop.groups.allocation.linear_model import Progress, Stop
from cbs_desktop.groups.allocation.people import Sizes
from cbs_desktop.groups.allocation.violations import contradictions, violations

if TYPE_CHECKING:
    from cbs_desktop.groups.allocation.seating import Rng

VERSION = "3"  # of the search: another one may find other groups from the same seed
_STEPS_LEAST = 100  # of a pool
_STEPS_MOST = 1_800
_STEPS_ALL = 7_200  # in all: a second for one pool, two for a season
_HUNDRED = 100  # parts of a pool that progress is told in


def group_count(people: int, sizes: Sizes, rooms: int = 0) -> int:
    """How many groups a pool makes: sizes within least and most, nearest to the target;
    fewer when two are as near.

    Where no number fits (16 people: one of 16 or two of 8), the one that stays nearest to
    the wished sizes.
    """
    if people < sizes.pool_least:
        return 0

    def badness(count: int) -> tuple[float, float, int]:
        small, large = _even_sizes(people, count)
        outside = max(0, sizes.least - small) + max(0, large - sizes.most)
        outside += 100 * max(0, large - sizes.stop)
        return outside, abs(people / count - sizes.target), count

    most = min(people, rooms or people)
    return min(range(1, most + 1), key=badness)


def _even_sizes(people: int, groups: int) -> Positions:
    """The smallest and the largest group when all are as even as can be."""
    return people // groups, -(-people // groups)


def fits_wished(people: int, count: int, sizes: Sizes) -> bool:
    """Whether so many groups are all of a wished size."""
    if not count:
        return False
    small, large = _even_sizes(people, count)
    return sizes.least <= small and large <= sizes.most


def solve(
    instance: Instance,
    rng: "Rng",
    progress: Progress | None = None,
    before: Assignment | None = None,
    pins: Pins | None = None,
) -> Assignment:
    """Groups for all pools. `before` is an assignment of the same pools in which pinned
    people and groups stay as they are. `progress(done, total)` is told many times a second
    and may raise Cancelled."""
    against = contradictions(instance)
    waiting = list(instance.set_aside.items())
    waiting += sorted(against.items())
    groups: list[PlacedGroup] = []
    pools = len(instance.pools)
    steps = max(_STEPS_LEAST, min(_STEPS_MOST, _STEPS_ALL // max(1, pools)))
    for number in range(pools):
        pinned = _Pinned()
        if before and pins:
            pinned = _pinned(instance, number, before, pins, against)
        pool = _PoolSearch(instance, number, pinned, set(against))
        members, left = pool.solve(rng, steps, part_of(progress, number, pools))
        for people in members:
            groups.append(PlacedGroup(number, tuple(sorted(people))))
        waiting += left
        if progress:
            progress((number + 1) * _HUNDRED, pools * _HUNDRED)
    found = Assignment(tuple(groups), tuple(waiting), cost(instance, groups))
    return _with_facilitators(instance, found, before, pins, progress)


def _with_facilitators(
    instance: Instance,
    found: Assignment,
    before: Assignment | None,
    pins: Pins | None,
    progress: Progress | None,
) -> Assignment:
    """The groups with facilitators and weekday; pinned groups keep theirs."""
    groups = list(found.groups)
    stay: frozenset[int] = frozenset()
    if before is not None and pins is not None:
        stay = carried(before, pins, found).groups
        same = {frozenset(group.people): group for group in before.groups}
        for number in stay:
            group = groups[number]
            old = same.get(frozenset(group.people), group)
            groups[number] = replace(
                group, facilitators=old.facilitators, weekday=old.weekday
            )
    served = with_facilitators(instance, groups, stay, progress)
    return replace(found, groups=served)


def carried(before: Assignment, pins: Pins, after: Assignment) -> Pins:
    """What was pinned in one assignment as it is pinned in the next: groups keep their
    place within their pool."""
    found = set()
    for number in pins.groups:
        pool = before.groups[number].pool
        place = _of_pool(before, pool).index(number)
        same = _of_pool(after, pool)
        if place < len(same):
            found.add(same[place])
    return Pins(pins.people, frozenset(found))


def _of_pool(assignment: Assignment, pool: int) -> list[int]:
    """The numbers of a pool's groups."""
    numbers = []
    for number, group in enumerate(assignment.groups):
        if group.pool == pool:
            numbers.append(number)
    return numbers


def part_of(progress: Progress | None, number: int, total: int) -> Progress | None:
    """Progress within one pool, told as a part of all."""
    if progress is None:
        return None

    def tell(done: int, of: int) -> None:
        part = _HUNDRED * done // of
        progress(number * _HUNDRED + part, total * _HUNDRED)

    return tell


@dataclass(frozen=True, slots=True)
class _Pinned:
    """What is pinned in a pool: the groups there were, which of them are closed, people
    with their group (counted within the pool), and people who stay out."""

    groups: tuple[tuple[int, ...], ...] = ()
    closed: frozenset[int] = frozenset()
    people: dict[int, int] = field(default_factory=dict)
    out: frozenset[int] = frozenset()

    def size_of_closed(self, group: int) -> Positions | None:
        """The size of a closed group; None of an open one."""
        if group not in self.closed:
            return None
        size = len(self.groups[group])
        return size, size


def _pinned(
    instance: Instance,
    pool: int,
    before: Assignment,
    pins: Pins,
    against: Collection[int],
) -> _Pinned:
    """People whose rules contradict each other by now stay nowhere."""
    groups = []
    closed = set()
    people = {}
    for place, number in enumerate(_of_pool(before, pool)):
        group = before.groups[number].without(against)
        groups.append(group.people)
        if number in pins.groups:
            closed.add(place)
        for person in group.people:
            if place in closed or person in pins.people:
                people[person] = place
    out = set()
    for person, _why in before.waiting:
        if person in pins.people and instance.pool_of.get(person) == pool:
            out.add(person)
    kept = tuple(groups) if people else ()
    return _Pinned(kept, frozenset(closed), people, frozenset(out))


class _PoolSearch:
    """The search for the groups of one pool: who takes part, in how many groups, and the
    problem, derived once."""

    def __init__(
        self, instance: Instance, number: int, pinned: _Pinned, against: set[int]
    ) -> None:
        self.instance = instance
        self.number = number
        self.pinned = pinned
        out = against | pinned.out
        ids = []
        for person in instance.pools[number].ids:
            if person not in out:
                ids.append(person)
        self.ids = ids
        rooms = instance.pools[number].rooms
        new_groups = group_count(len(ids), instance.sizes, rooms)
        self.count = len(pinned.groups) or new_groups

    def solve(
        self, rng: "Rng", steps: int, tell: Progress | None
    ) -> tuple[list[list[int]], list[tuple[int, str]]]:
        """The groups as ids, and who waits and why."""
        groups: list[list[int]] = []
        waiting = []
        if why := self._undivided():
            for person in self.ids:
                waiting.append((person, why))
        else:
            partition = self._partition(rng, steps, tell)
            for group in range(self.count):
                members = partition.members(group)
                groups.append([self.ids[place] for place in members])
            for place in partition.members(WAITING):
                person = self.ids[place]
                why = why_waiting(self.instance, self.number, groups, person)
                waiting.append((person, why))
        for person in sorted(self.pinned.out):
            waiting.append((person, "by hand"))
        return groups, waiting

    def _undivided(self) -> str:
        """Why there are no groups at all; empty when there are."""
        if not self.count:
            return "too few"
        wished = fits_wished(len(self.ids), self.count, self.instance.sizes)
        if wished or self.pinned.groups:
            return ""
        if self.instance.preferences.undivided == "wait":
            return "no wished size"
        return ""

    def _partition(self, rng: "Rng", steps: int, tell: Progress | None) -> Partition:
        # numpy takes a while to load: only when groups are looked for
        from cbs_desktop.groups.allocation.polish import polish
        from cbs_desktop.groups.allocation.search import search

        even = self._problem(self._even())
        wide = self._problem(self._wide())
        found = search(even, rng, steps, tell)
        if WAITING in found.where and even.groups != wide.groups:
            # where not all fit evenly, more fit unevenly
            other = search(wide, rng, steps, tell)
            if other.where.count(WAITING) < found.where.count(WAITING):
                found = other
        if steps == _STEPS_MOST:  # few pools: there is time to look closer
            found = polish(even, found, tell)
        return found

    def _problem(self, groups: list[Positions]) -> GroupingProblem:
        """The problem for groups of such sizes."""
        places = {}
        for place, person in enumerate(self.ids):
            places[person] = place
        fixed = {}
        for person, group in self.pinned.people.items():
            if person in places:
                fixed[places[person]] = group
        return replace(self._plain, groups=tuple(groups), fixed=fixed)

    @cached_property
    def _plain(self) -> GroupingProblem:
        """Of whoever takes part, without groups."""
        pool = self.instance.part_of_pool(self.number, self.ids)
        if pool is self.instance.pools[self.number]:
            return self.instance.problem(self.number)
        return self.instance.problem_of(pool)

    def _even(self) -> list[Positions]:
        """Sizes as even as they can be; those of closed groups as they are, and room for
        whoever stays."""
        pinned = self.pinned
        left = len(self.ids)
        for group in pinned.closed:
            left -= len(pinned.groups[group])
        open_groups = max(1, self.count - len(pinned.closed))
        small, large = _even_sizes(left, open_groups)
        most = min(self.instance.sizes.stop, large)
        held = Counter(pinned.people.values())
        sizes = []
        for group in range(self.count):
            size = pinned.size_of_closed(group)
            if size is None:
                size = (small, max(most, held[group]))
            sizes.append(size)
        return sizes

    def _wide(self) -> list[Positions]:
        """Any size up to the hard stop."""
        stop = self.instance.sizes.stop
        sizes = []
        for group in range(self.count):
            sizes.append(self.pinned.size_of_closed(group) or (0, stop))
        return sizes


def why_waiting(
    instance: Instance, pool: int, groups: Sequence[Sequence[int]], person_id: int
) -> str:
    """Why somebody is in none of a pool's groups: the rule that stands against most of
    them."""
    block = instance.block_of(person_id)
    rules: Counter[str] = Counter()
    for group in groups:
        entered = PlacedGroup(pool, (*group, *block))
        broken = violations(instance, [entered])
        rules[broken[0].rule if broken else "group full"] += 1
    if not rules:
        return "too few"
    rule, _times = rules.most_common(1)[0]
    if rule == "group full":
        return "no room"
    return rule


def lower_bound(
    instance: Instance,
    assignment: Assignment,
    seconds: float,
    progress: Progress | None = None,
) -> float:
    """What no assignment of these people into as many groups of even sizes can cost less
    than; looked for in so many seconds.

    Pools where somebody waits count nothing. `progress` is told often and may raise
    Cancelled.
    """
    total = 0.0
    pools = max(1, len(instance.pools))
    for number in range(len(instance.pools)):
        numbers = _of_pool(assignment, number)
        groups = []
        for group in numbers:
            groups.append(assignment.groups[group])
        placed = sum(len(group.people) for group in groups)
        if groups and placed >= len(instance.pools[number].people):
            tell = part_of(progress, number, pools)
            total += _bound_of_pool(instance, groups, seconds / pools, tell)
    return round(total, 6)


def _bound_of_pool(
    instance: Instance,
    groups: Sequence[PlacedGroup],
    seconds: float,
    progress: Progress | None,
) -> float:
    from cbs_desktop.groups.allocation import bounds
    from cbs_desktop.groups.allocation.counting import counting_bound

    if len(groups) == 1:
        return cost(instance, groups)
    sizes = sorted(len(group.people) for group in groups)
    if sizes[-1] - sizes[0] > 1:
        return 0.0
    stop = Stop(progress)
    even = ((sizes[0], sizes[-1]),) * len(groups)
    problem = replace(instance.problem(groups[0].pool), groups=even)
    proved = bounds.lower_bound(problem, seconds, stop=stop)
    stop.tell()
    outside = 0.0
    for size in sizes:
        outside += outside_wished(size, instance.sizes)
    return max(proved.least, counting_bound(problem, sizes)) + outside
