"""Where else somebody of a proposal could be, why they are where they are, and the best exchanges."""

from dataclasses import dataclass

from cbs_desktop.action import Reading, query
from cbs_desktop.groups import eligible
from cbs_desktop.groups.allocation import exchanges
from cbs_desktop.groups.allocation.assignment import Assignment
from cbs_desktop.groups.allocation.balance import parts
from cbs_desktop.groups.allocation.exchanges import Swap
from cbs_desktop.groups.allocation.instance import Instance
from cbs_desktop.groups.allocation.violations import violations
from cbs_desktop.groups.proposals.stored import stored_proposal
from cbs_desktop.safe.permissions import Permission


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a proposed group (counted from 0) may take somebody: the rule that forbids
    it, or what each part of the balance (`balance.PARTS`) loses by it; parts that stay are
    left out."""

    group: int
    refusal: str = ""  # empty when it may
    parts: tuple[tuple[str, float], ...] = ()

    @property
    def extra(self) -> float:
        """What the balance loses in all."""
        total = 0.0
        for _part, lost in self.parts:
            total += lost
        return total


def fits_of(
    instance: Instance, assignment: Assignment, person_id: int
) -> tuple[Fit, ...]:
    """What each other group says to one person (and to whoever is kept together with
    them)."""
    here = assignment.where(person_id)
    block = instance.block_of(person_id)
    fits = []
    for number in range(len(assignment.groups)):
        moved = assignment.moved(block, number)
        if number != here and moved is not None:
            fits.append(_fit(instance, assignment, moved, number, block))
    return tuple(fits)


def _fit(
    instance: Instance,
    before: Assignment,
    after: Assignment,
    number: int,
    block: tuple[int, ...],
) -> Fit:
    """What a group says when a block has moved into it."""
    for violation in violations(instance, [after.groups[number]]):
        return Fit(number, violation.rule)
    touched = {number}
    for person in block:
        group = before.where(person)
        if group is not None:
            touched.add(group)
    old = parts(instance, before.those(touched))
    new = parts(instance, after.those(touched))
    lost = []
    for part in new:
        extra = round(new[part] - old[part], 6)
        if extra and part != "left out":
            lost.append((part, extra))
    return Fit(number, "", tuple(lost))


@query(Permission.ALLOCATE)
def fits(reading: Reading, proposal_id: int, person_id: int) -> tuple[Fit, ...]:
    """What each other group of a proposal says to one person; it never tells who somebody
    is kept apart from."""
    now = as_now(reading, proposal_id, person_id)
    if now is None:
        return ()
    return fits_of(*now, person_id)


@query(Permission.ALLOCATE)
def swaps(reading: Reading, proposal_id: int, person_id: int) -> tuple[Swap, ...]:
    """The best exchanges for somebody of a proposal; none for somebody who is in no group
    of it."""
    now = as_now(reading, proposal_id, person_id)
    if now is None:
        return ()
    return tuple(exchanges.swaps(*now, person_id))


def as_now(
    reading: Reading, proposal_id: int, person_id: int
) -> tuple[Instance, Assignment] | None:
    """A proposal under the rules of today, with somebody who became eligible since; None
    when that is not possible."""
    proposal = stored_proposal(reading, proposal_id)
    if proposal is None:
        return None
    fresh = eligible.instance(reading, proposal.round_id)
    wider = proposal.instance.with_person(fresh, person_id)
    if wider is None:
        return None
    return wider.as_now(fresh), proposal.assignment
