"""Places late joiners into groups that run: whoever is in a group stays there, and every hard rule holds."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from cbs_desktop.groups.allocation.assignment import Assignment, PlacedGroup
from cbs_desktop.groups.allocation.grouping import WAITING
from cbs_desktop.groups.allocation.instance import Instance
from cbs_desktop.groups.allocation.linear_model import Progress
from cbs_desktop.groups.allocation.solver import part_of, why_waiting
from cbs_desktop.groups.allocation.violations import contradictions, violations

if TYPE_CHECKING:
    from cbs_desktop.groups.allocation.seating import Rng

_STEPS = 300


@dataclass(frozen=True, slots=True)
class Running:
    """Groups with their members now, in order of number. `ids` and `names` are theirs,
    `open` those that may still be joined today, `waiting` the people who are in none (id,
    number and name)."""

    round_id: int
    instance: Instance
    groups: tuple[PlacedGroup, ...]
    ids: tuple[int, ...]
    names: tuple[str, ...]
    open: frozenset[int]
    waiting: tuple[tuple[int, str, str], ...]

    @property
    def assignment(self) -> Assignment:
        """As an assignment in which nobody waits."""
        return Assignment(self.groups, (), 0.0)


class LateJoiner(NamedTuple):
    """A late joiner: the place of the group in `Running.groups`, or None and why (a code
    of `assignment.WHY_WAITING`)."""

    person: int
    group: int | None
    why: str


def place_late(
    running: Running, rng: "Rng", progress: Progress | None = None
) -> list[LateJoiner]:
    """Everybody who waits with the running group that serves the balance best, or why
    there is none."""
    instance = running.instance
    why = dict(contradictions(instance))
    why.update(instance.set_aside)
    waiting = set()
    found = []
    for person, _number, _name in running.waiting:
        if person in why:
            found.append(LateJoiner(person, None, why[person]))
        else:
            waiting.add(person)
    pools = len(instance.pools)
    for number, pool in enumerate(instance.pools):
        new = []
        for person in pool.ids:
            if person in waiting:
                new.append(person)
        if new:
            tell = part_of(progress, number, pools)
            found += _place_in_pool(running, number, new, rng, tell)
    return sorted(found)


def _open_groups(running: Running, pool: int) -> list[int]:
    """The running groups of a pool that may still be joined."""
    numbers = []
    for number, group in enumerate(running.groups):
        if group.pool == pool and number in running.open:
            numbers.append(number)
    return numbers


def _place_in_pool(
    running: Running, pool: int, new: list[int], rng: "Rng", tell: Progress | None
) -> list[LateJoiner]:
    from cbs_desktop.groups.allocation.search import search

    numbers = _open_groups(running, pool)
    if not numbers:
        return [LateJoiner(person, None, "no group to join") for person in new]
    members = _members(running, pool, numbers)
    sizes = _sizes(running, members, numbers)
    taking_part = set(new)
    taking_part.update(*members)
    part = running.instance.part_of_pool(pool, taking_part)
    places = {}
    for position, person in enumerate(part.ids):
        places[person] = position
    fixed = {}
    for group, people in enumerate(members):
        for person in people:
            fixed[places[person]] = group
    problem = running.instance.problem_of(part)
    problem = replace(problem, groups=sizes, fixed=fixed)
    partition = search(problem, rng, _STEPS, tell)
    groups_of = {}
    for person in new:
        groups_of[person] = partition.where[places[person]]
    return _joiners(running, pool, groups_of, numbers)


def _members(running: Running, pool: int, numbers: Sequence[int]) -> list[list[int]]:
    """The members of groups, as far as they are of the pool."""
    here = running.instance.positions(pool)
    members = []
    for number in numbers:
        people = running.groups[number].people
        members.append([person for person in people if person in here])
    return members


def _sizes(
    running: Running, members: Sequence[Sequence[int]], numbers: Sequence[int]
) -> tuple[tuple[int, int], ...]:
    """Nobody leaves a group, and strangers of another pool take room."""
    sizes = []
    for number, people in zip(numbers, members, strict=True):
        count = len(people)
        strangers = len(running.groups[number].people) - count
        room = running.instance.sizes.stop - strangers
        sizes.append((count, max(count, room)))
    return tuple(sizes)


def _joiners(
    running: Running, pool: int, groups_of: Mapping[int, int], numbers: Sequence[int]
) -> list[LateJoiner]:
    """People with the running group of their place, or why they have none."""
    groups = []
    for number in numbers:
        groups.append(running.groups[number].people)
    found = []
    for person, group in groups_of.items():
        if group == WAITING:
            why = why_waiting(running.instance, pool, groups, person)
            found.append(LateJoiner(person, None, why))
        else:
            found.append(LateJoiner(person, numbers[group], ""))
    return found


def refusal(running: Running, person_ids: Collection[int], group: int) -> str:
    """The first hard rule that people's entry into a running group would newly break;
    empty when it may be."""
    old = running.groups[group]
    if old.pool < 0:
        return "other pool"
    people = tuple(dict.fromkeys((*old.people, *person_ids)))
    entered = PlacedGroup(old.pool, people)
    before = set(violations(running.instance, [old]))
    for violation in violations(running.instance, [entered]):
        if violation not in before:
            return violation.rule
    return ""
