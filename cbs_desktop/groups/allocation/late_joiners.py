"""Places late joiners into groups that run: whoever is in a group stays there, and every hard rule holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cbs_desktop.groups.allocation.grouping import WAITING
from cbs_desktop.groups.allocation.instance import Placed, Problem, Result
from cbs_desktop.groups.allocation.solver import case, part, why_not
from cbs_desktop.groups.allocation.violations import broken, contradictions

if TYPE_CHECKING:
    from cbs_desktop.groups.allocation.search import Draw
    from cbs_desktop.groups.allocation.solver import Progress

_STEPS = 300


@dataclass(frozen=True, slots=True)
class Running:
    """Groups with their members now, in order of number. `ids` and `names` are theirs, `open` those that may still be
    joined today, `waiting` the people who are in none (id, number and name)."""

    round_id: int
    problem: Problem
    groups: tuple[Placed, ...]
    ids: tuple[int, ...]
    names: tuple[str, ...]
    open: frozenset[int]
    waiting: tuple[tuple[int, str, str], ...]

    @property
    def result(self) -> Result:
        """As a result in which nobody waits."""
        return Result(self.groups, (), 0.0)


class Late(NamedTuple):
    """A late joiner: the place of the group in `Running.groups`, or None and why (a code of `violations.WAITING`)."""

    person: int
    group: int | None
    why: str


def place(
    running: Running, draw: "Draw", progress: "Progress | None" = None
) -> list[Late]:
    """Everybody who waits with the running group that serves the balance best, or why there is none."""
    problem, found = running.problem, []
    waiting = {i for i, _number, _name in running.waiting}
    against = {
        **contradictions(problem),
        **dict.fromkeys(problem.released, "released before the end"),
    }
    for number, pool in enumerate(problem.pools):
        new = [
            one.id for one in pool.people if one.id in waiting and one.id not in against
        ]
        places = [
            n
            for n, group in enumerate(running.groups)
            if group.pool == number and n in running.open
        ]
        if new:
            found += _place(
                running,
                number,
                new,
                places,
                draw,
                part(progress, number, len(problem.pools)),
            )
    found += [Late(i, None, why) for i, why in against.items() if i in waiting]
    return sorted(found)


def _place(
    running: Running,
    pool: int,
    new: list[int],
    places: list[int],
    draw: "Draw",
    tell: "Progress | None",
) -> list[Late]:
    from cbs_desktop.groups.allocation import search

    problem = running.problem
    if not places:
        return [Late(i, None, "no group to join") for i in new]
    here = {one.id for one in problem.pools[pool].people}
    members = [[i for i in running.groups[n].people if i in here] for n in places]
    room = [
        problem.sizes.stop - len(running.groups[n].people) + len(mine)
        for n, mine in zip(places, members, strict=True)
    ]
    sizes = tuple(
        (len(mine), max(len(mine), most))
        for mine, most in zip(members, room, strict=True)
    )
    ids = [
        one.id
        for one in problem.pools[pool].people
        if one.id in {*new, *(i for mine in members for i in mine)}
    ]
    fixed = {i: n for n, mine in enumerate(members) for i in mine}
    division = search.divide(case(problem, pool, sizes, ids, fixed), draw, _STEPS, tell)
    placed = dict(zip(ids, division.where, strict=True))
    groups = [running.groups[n].people for n in places]
    return [
        Late(i, None, why_not(problem, pool, groups, i))
        if placed[i] == WAITING
        else Late(i, places[placed[i]], "")
        for i in new
    ]


def refusal(running: Running, person_ids: Sequence[int], group: int) -> str:
    """The first hard rule that people's entry into a running group would newly break; empty when it may be."""
    old = running.groups[group]
    if old.pool < 0:
        return "other pool"
    before = set(broken(running.problem, [old]))
    people = tuple(dict.fromkeys((*old.people, *person_ids)))
    after = broken(running.problem, [Placed(old.pool, people)])
    return next((one.rule for one in after if one not in before), "")
