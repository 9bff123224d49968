"""The hard rules of proposed groups: what they break, for whom, and whose rules contradict each other. Never guessed at."""

from collections.abc import Iterable, Mapping
from itertools import permutations
from typing import NamedTuple

from cbs_desktop.groups.allocation.assignment import PlacedGroup
from cbs_desktop.groups.allocation.hard_rules import broken_in_group
from cbs_desktop.groups.allocation.instance import Instance


class Violation(NamedTuple):
    """A hard rule that an assignment breaks, and for whom: other pool, twice, group full,
    keep apart, keep together, too far, no common day, no common language."""

    rule: str
    person: int


def violations(instance: Instance, groups: Iterable[PlacedGroup]) -> list[Violation]:
    """Every hard rule that groups break; none in what `solve` returns. Somebody kept
    together with a person of another pool breaks nothing here: no group could take both
    (`contradictions` names them)."""
    found: list[Violation] = []
    seen: set[int] = set()
    for group in groups:
        members = set(group.people)
        found += _entries(instance, group, seen)
        found += _in_group(instance, group)
        seen |= members
    return found


def _entries(
    instance: Instance, group: PlacedGroup, seen: set[int]
) -> Iterable[Violation]:
    """Who has no place in a group whatever its other members are."""
    here = instance.positions(group.pool)
    members = sorted(set(group.people))
    for person in members:
        if person not in here:
            yield Violation("other pool", person)
    for person in members:
        if person in seen:
            yield Violation("twice", person)
    for person in group.people[instance.sizes.stop :]:
        yield Violation("group full", person)


def _in_group(instance: Instance, group: PlacedGroup) -> Iterable[Violation]:
    here = instance.positions(group.pool)
    ids = instance.pools[group.pool].people
    inside = []
    for person in group.people:
        if person in here:
            inside.append(here[person])
    for rule, position in broken_in_group(instance.problem(group.pool), inside):
        yield Violation(rule, ids[position].id)


def contradictions(instance: Instance) -> Mapping[int, str]:
    """People of blocks that no group could take, each with the reason: kept apart within
    the block, more than a group holds, of several pools, or without a common day or
    language."""
    found: dict[int, str] = {}
    for block in instance.blocks:
        if why := _contradiction(instance, block):
            found.update(dict.fromkeys(block, why))
    return found


def _contradiction(instance: Instance, block: tuple[int, ...]) -> str:
    """Why no group could take a block; empty when one could."""
    pools = set()
    for person in block:
        pools.add(instance.pool_of[person])
    for pair in permutations(block, 2):
        if pair in instance.apart:
            return "together and apart"
    if len(pools) > 1:
        return "together elsewhere"
    if len(block) > instance.sizes.stop:
        return "together too many"
    group = PlacedGroup(pools.pop(), block)
    for violation in violations(instance, [group]):
        return violation.rule
    return ""
