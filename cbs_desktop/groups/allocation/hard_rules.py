"""Which hard rules a group, or a partition, breaks: people are numbers from 0."""

from collections.abc import Collection, Sequence

from cbs_desktop.groups.allocation.grouping import (
    WAITING,
    GroupingProblem,
    members_of,
    shared,
)

Broken = tuple[str, int]


def broken_rules(problem: GroupingProblem, where: Sequence[int]) -> list[Broken]:
    """Hard rules that a partition breaks, as (rule, person or group): none in what the
    search gives, but sizes that cannot be."""
    broken = _sizes(problem, where)
    for group in range(len(problem.groups)):
        broken += broken_in_group(problem, members_of(where, group))
    for person, group in problem.fixed.items():
        if where[person] != group:
            broken.append(("fixed", person))
    return broken


def _sizes(problem: GroupingProblem, where: Sequence[int]) -> list[Broken]:
    broken = []
    for group, (least, most) in enumerate(problem.groups):
        size = len(members_of(where, group))
        if not least <= size <= most:
            broken.append(("size", group))
    return broken


def broken_in_group(problem: GroupingProblem, members: Collection[int]) -> list[Broken]:
    """Hard rules that people break by being in one group, and for whom."""
    inside = set(members)
    broken = _pairs("keep apart", problem.apart, inside)
    for block in problem.together:
        if not inside.isdisjoint(block) and not inside.issuperset(block):
            broken += [
                ("keep together", person) for person in block if person in inside
            ]
    broken += _pairs("too far", problem.far, inside)
    order = sorted(inside)
    for number, options in enumerate(problem.common):
        bound = []
        for person in order:
            if options[person]:
                bound.append(person)
        if shared(options[person] for person in bound) == frozenset():
            broken.append((problem.matter(number), bound[0]))
    return broken


def _pairs(
    rule: str, pairs: Collection[tuple[int, int]], inside: set[int]
) -> list[Broken]:
    people = set()
    for one, other in pairs:
        if one in inside and other in inside:
            people |= {one, other}
    return [(rule, person) for person in sorted(people)]


def everybody_placed(problem: GroupingProblem, where: Sequence[int]) -> bool:
    """Whether a partition keeps all rules, with a group for everybody."""
    return WAITING not in where and not broken_rules(problem, where)
