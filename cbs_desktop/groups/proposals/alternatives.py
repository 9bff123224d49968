"""Where else somebody of a proposal could be, why they are where they are, and the best exchanges."""

from dataclasses import dataclass

from cbs_desktop.action import Reading, query
from cbs_desktop.groups import eligible
from cbs_desktop.groups.allocation import exchanges
from cbs_desktop.groups.allocation.exchanges import Swap
from cbs_desktop.groups.allocation.instance import Problem, Result
from cbs_desktop.groups.allocation.objective import parts
from cbs_desktop.groups.allocation.violations import blocks, broken
from cbs_desktop.groups.proposals.stored import kept_by_id
from cbs_desktop.safe.permissions import Permission


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a proposed group (counted from 0) may take somebody: the rule that forbids it, or what each part of the
    balance (`objective.PARTS`) loses by it; parts that stay are left out."""

    group: int
    refusal: str = ""  # empty when it may
    parts: tuple[tuple[str, float], ...] = ()

    @property
    def extra(self) -> float:
        """What the balance loses in all."""
        return sum(lost for _part, lost in self.parts)


def fits_of(problem: Problem, result: Result, person_id: int) -> tuple[Fit, ...]:
    """What each other group says to one person (and to whoever is kept together with them)."""
    here, block = result.where(person_id), together(problem, person_id)
    found = []
    for number in range(len(result.groups)):
        moved = result.moved(block, number)
        if number == here or moved is None:
            continue
        if wrong := broken(problem, [moved.groups[number]]):
            found.append(Fit(number, wrong[0].rule))
            continue
        both = {result.where(i) for i in block} - {None} | {number}
        order = sorted((i for i in both if i is not None), key=str)
        before = [result.groups[i] for i in order]
        after = [moved.groups[i] for i in order]
        old, new = parts(problem, before), parts(problem, after)
        lost = (
            (part, round(new[part] - old[part], 6))
            for part in new
            if part != "left out"
        )
        found.append(Fit(number, "", tuple((part, by) for part, by in lost if by)))
    return tuple(found)


def together(problem: Problem, person_id: int) -> tuple[int, ...]:
    """Somebody with everybody of the same pool who is kept together with them: they move as one."""
    block = next(
        (block for block in blocks(problem) if person_id in block), (person_id,)
    )
    pool = next(
        (
            pool
            for pool in problem.pools
            if any(one.id == person_id for one in pool.people)
        ),
        None,
    )
    here = {one.id for one in pool.people} if pool else set()
    return tuple(i for i in block if i in here) or (person_id,)


@query(Permission.ALLOCATE)
def fits(reading: Reading, proposal_id: int, person_id: int) -> tuple[Fit, ...]:
    """What each other group of a proposal says to one person; it never tells who somebody is kept apart from."""
    found = as_now(reading, proposal_id, person_id)
    return fits_of(*found, person_id) if found else ()


@query(Permission.ALLOCATE)
def swaps(reading: Reading, proposal_id: int, person_id: int) -> tuple[Swap, ...]:
    """The best exchanges for somebody of a proposal; none for somebody who is in no group of it."""
    found = as_now(reading, proposal_id, person_id)
    return tuple(exchanges.swaps(*found, person_id)) if found else ()


def as_now(
    reading: Reading, proposal_id: int, person_id: int
) -> tuple[Problem, Result] | None:
    """A proposal under the rules of today, with somebody who became eligible since; None when that is not possible."""
    one = kept_by_id(reading, proposal_id)
    if one is None:
        return None
    fresh = eligible.problem(reading, one.round_id)
    wider = one.problem.with_person(fresh, person_id)
    return (wider.as_now(fresh), one.result) if wider else None
