"""Where else somebody of a proposal could be: every other group with what it says, and the best exchanges."""

from dataclasses import dataclass

from cbs_desktop.action import Reading, query
from cbs_desktop.groups import solver
from cbs_desktop.groups import tables as t
from cbs_desktop.groups.problem import Problem, Result
from cbs_desktop.groups.queries import kept_proposal, problem
from cbs_desktop.safe.permissions import Permission


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a proposed group (counted from 0) may take somebody: the rule that forbids it, or what the balance loses."""

    group: int
    refusal: str  # empty when it may: other pool, group full, keep apart
    extra: float


@query(Permission.ALLOCATE)
def fits(reading: Reading, proposal_id: int, person_id: int) -> tuple[Fit, ...]:
    """What each other group of a proposal says to one person; it never tells who somebody is kept apart from."""
    row = kept_proposal(reading, t.Proposal.id == proposal_id)
    if row is None:
        return ()
    fresh, result = problem(reading, row.round_id), Result.from_json(row.result)
    kept = Problem.from_json(row.problem).with_person(fresh, person_id)
    if kept is None:
        return ()
    now = Problem(fresh.sizes, kept.pools, fresh.apart)
    here = next((i for i, group in enumerate(result.groups) if person_id in group.people), None)
    found = []
    for number in range(len(result.groups)):
        moved = result.moved(person_id, number)
        if number == here or moved is None:
            continue
        wrong = [one.rule for one in solver.broken(now, [moved.groups[number]])]
        both = [i for i in (number, here) if i is not None]
        before, after = ([each.groups[i] for i in both] for each in (result, moved))
        found.append(
            Fit(number, wrong[0] if wrong else "", 0.0 if wrong else solver.cost(now, after) - solver.cost(now, before))
        )
    return tuple(found)


@query(Permission.ALLOCATE)
def swaps(reading: Reading, proposal_id: int, person_id: int) -> tuple[solver.Swap, ...]:
    """The best exchanges for somebody of a proposal; none for somebody who is in no group of it."""
    row = kept_proposal(reading, t.Proposal.id == proposal_id)
    if row is None:
        return ()
    kept, fresh = Problem.from_json(row.problem), problem(reading, row.round_id)
    return tuple(solver.swaps(Problem(fresh.sizes, kept.pools, fresh.apart), Result.from_json(row.result), person_id))
