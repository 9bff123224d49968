"""The hard rules of groups: what an allocation breaks, for whom, and what rules contradict each other. Never guessed at."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from cbs_desktop.groups.allocation.blocks import joined
from cbs_desktop.groups.allocation.distance import km
from cbs_desktop.groups.allocation.instance import Candidate, Pair, Placed, Problem

# Why somebody waits; the words are the screens'.
WAITING = (
    "too few", "no wished size", "no room", "keep apart", "keep together", "no common day", "no common language",
    "too far", "together and apart", "together too many", "together elsewhere", "released before the end", "by hand", "new",
)  # fmt: skip


class Broken(NamedTuple):
    """A hard rule that an allocation breaks, and for whom: other pool, twice, group full, keep apart, keep together, too
    far, no common day, no common language."""

    rule: str
    person: int


def partners(pairs: Iterable[Pair]) -> dict[int, set[int]]:
    """Per person everybody they are paired with."""
    found: dict[int, set[int]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


def broken(problem: Problem, groups: Iterable[Placed]) -> list[Broken]:
    """Every hard rule that groups break; none in what `solve` returns. Somebody kept together with a person of another
    pool breaks nothing here: no group could take both (`contradictions` names them)."""
    found: list[Broken] = []
    foes, friends = partners(problem.apart), partners(problem.together)
    pools = [{one.id: one for one in pool.people} for pool in problem.pools]
    seen: set[int] = set()
    for group in groups:
        people, members = pools[group.pool], set(group.people)
        found += [Broken("other pool", i) for i in sorted(members - people.keys())]
        found += [Broken("twice", i) for i in sorted(members & seen)]
        found += [Broken("group full", i) for i in group.people[problem.sizes.stop :]]
        found += [
            Broken("keep apart", i)
            for i in sorted(members)
            if members & foes.get(i, set())
        ]
        found += [
            Broken("keep together", i)
            for i in sorted(members)
            if (friends.get(i, set()) & people.keys()) - members
        ]
        inside = [people[i] for i in sorted(members & people.keys())]
        found += [
            Broken("too far", one.id)
            for one in inside
            if _too_far(problem, group.pool, one, inside)
        ]
        found += _without_common(inside)
        seen |= members
    return found


def _too_far(
    problem: Problem, pool: int, one: Candidate, inside: Iterable[Candidate]
) -> bool:
    reach = reach_of(problem, pool)
    return bool(reach) and any(km(one, other) > reach for other in inside)


def reach_of(problem: Problem, pool: int) -> int:
    """How many km people of one group of a pool may live from each other; 0 where that is no rule."""
    return 0 if problem.pools[pool].facility_id else problem.wishes.area_km


def _without_common(inside: Iterable[Candidate]) -> list[Broken]:
    """Who stands in the way where a group shares no day, or no language."""
    found = []
    for rule, options in (
        ("no common day", "days"),
        ("no common language", "languages"),
    ):
        bound = [one for one in inside if getattr(one, options)]
        if bound and not set.intersection(
            *(set(getattr(one, options)) for one in bound)
        ):
            found.append(Broken(rule, bound[0].id))
    return found


def blocks(problem: Problem) -> list[tuple[int, ...]]:
    """Everybody who is kept together with somebody eligible, in blocks."""
    people = {one.id for pool in problem.pools for one in pool.people}
    return joined(pair for pair in sorted(problem.together) if people.issuperset(pair))


def contradictions(problem: Problem) -> Mapping[int, str]:
    """People of blocks that no group could take, each with the reason: kept apart within the block, more than a group
    holds, of several pools, or without a common day or language."""
    home = {
        one.id: number
        for number, pool in enumerate(problem.pools)
        for one in pool.people
    }
    found: dict[int, str] = {}
    for block in blocks(problem):
        if any((a, b) in problem.apart for a in block for b in block):
            why = "together and apart"
        elif len({home[i] for i in block}) > 1:
            why = "together elsewhere"
        elif len(block) > problem.sizes.stop:
            why = "together too many"
        elif wrong := broken(problem, [Placed(home[block[0]], block)]):
            why = wrong[0].rule
        else:
            continue
        found |= dict.fromkeys(block, why)
    return found
