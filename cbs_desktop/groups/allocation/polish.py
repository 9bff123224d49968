"""Two groups at a time divided anew, exactly: what the search may leave between two groups of a small pool is taken up.

Each pair of groups is a case of its own for HiGHS, in which the shares are those of the whole; a pair that was solved and
has not changed since is not asked again. The same division comes out the same way.
"""

from dataclasses import replace
from itertools import combinations

from cbs_desktop.groups.allocation import bounds
from cbs_desktop.groups.allocation.grouping import WAITING, Case, Division, cost
from cbs_desktop.groups.allocation.linear_model import Progress, Stop

MOST = 34  # people of two groups: of more, HiGHS takes longer than people wait
_NODES, _SECONDS, _GAIN = 60, 2.0, 1e-6


def polish(
    case: Case, division: Division, progress: Progress | None = None
) -> Division:
    """The division, or a better one. Where people wait, distances count or groups are large it stays as it is."""
    if WAITING in division.where or case.distances:
        return division
    stop, where, best = Stop(progress), list(division.where), division.cost
    waiting = list(combinations(range(len(case.groups)), 2))
    while waiting:
        pair = waiting.pop(0)
        ids = [i for i, group in enumerate(where) if group in pair]
        if len(ids) > MOST:
            continue
        found = bounds.bound(_between(case, ids, pair), _SECONDS, stop, _NODES)
        stop.tell()
        other = list(where)
        for i, side in zip(ids, found.where or (), strict=found.where is not None):
            other[i] = pair[side]
        if (better := cost(case, other)) < best - _GAIN:
            where, best = other, better
            waiting += [each for each in combinations(range(len(case.groups)), 2)
                        if set(each) & set(pair) and each != pair and each not in waiting]  # fmt: skip
    return Division(tuple(where), best)


def _between(case: Case, ids: list[int], pair: tuple[int, int]) -> Case:
    """The people of two groups as a case of its own."""
    place = {i: n for n, i in enumerate(ids)}
    return Case(
        len(ids),
        tuple(case.groups[group] for group in pair),
        tuple(
            replace(t, values=tuple(t.values[i] for i in ids), of_all=t.share)
            for t in case.traits
        ),
        tuple(case.places[i] for i in ids) if case.places else (),
        case.scatter,
        frozenset(
            (place[a], place[b]) for a, b in case.apart if a in place and b in place
        ),
        tuple(
            tuple(place[i] for i in block)
            for block in case.together
            if block[0] in place
        ),
        {place[i]: pair.index(group) for i, group in case.fixed.items() if i in place},
        (),
        tuple(tuple(matter[i] for i in ids) for matter in case.common),
    )
