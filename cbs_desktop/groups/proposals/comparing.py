"""The proposals of a round beside each other."""

from collections import Counter
from dataclasses import dataclass

from cbs_desktop.action import Reading, query
from cbs_desktop.groups import eligible
from cbs_desktop.groups.allocation.assignment import Assignment
from cbs_desktop.groups.allocation.balance import parts
from cbs_desktop.groups.allocation.instance import Instance
from cbs_desktop.groups.allocation.violations import violations
from cbs_desktop.groups.proposals.stored import StoredProposal, open_proposals
from cbs_desktop.programmes.queries import round_of
from cbs_desktop.safe.permissions import Permission


@dataclass(frozen=True, slots=True)
class Compared:
    """A proposal beside the others: who is placed and who waits, what each part costs (less
    is better), hard rules broken by now, and how many people are not with the same people
    as on the board."""

    id: int
    number: int  # 1 for the oldest
    on_board: bool
    groups: int
    placed: int
    waiting: int
    pinned: int
    costs: dict[str, float]
    broken: int
    elsewhere: int

    @property
    def cost(self) -> float:
        """All parts together."""
        return sum(self.costs.values())


@query(Permission.ALLOCATE)
def proposals(reading: Reading, round_id: int | None = None) -> list[Compared]:
    """The proposals of a round that were not accepted, the one on the board first."""
    found = round_of(reading, round_id)
    stored = open_proposals(reading, found.id)
    fresh = eligible.instance(reading, found.id)
    ages = sorted(proposal.id for proposal in stored)
    compared = []
    for proposal in stored:
        number = ages.index(proposal.id) + 1
        compared.append(_compared(proposal, stored[0], number, fresh))
    return compared


def _compared(
    proposal: StoredProposal, board: StoredProposal, number: int, fresh: Instance
) -> Compared:
    now = proposal.instance.as_now(fresh)
    assignment = proposal.assignment
    costs = parts(now, assignment.groups)
    return Compared(
        id=proposal.id,
        number=number,
        on_board=proposal is board,
        groups=len(assignment.groups),
        placed=sum(len(group.people) for group in assignment.groups),
        waiting=len(assignment.waiting),
        pinned=len(proposal.pins.people),
        costs={part: round(cost, 3) for part, cost in costs.items()},
        broken=len(violations(now, assignment.groups)),
        elsewhere=elsewhere(board.assignment, assignment),
    )


def elsewhere(one: Assignment, other: Assignment) -> int:
    """How many people of `other` are in another group than in `one`, groups paired by most
    people in common; or placed in one of them only."""
    groups_of = {}
    for number, group in enumerate(one.groups):
        groups_of.update(dict.fromkeys(group.people, number))
    same = 0
    taken: set[int] = set()
    largest_first = sorted(other.groups, key=lambda group: -len(group.people))
    for group in largest_first:
        common: Counter[int] = Counter()
        for person in group.people:
            number = groups_of.get(person)
            if number is not None and number not in taken:
                common[number] += 1
        if common:  # of several with as many people in common the first
            number = max(common, key=lambda each: (common[each], -each))
            taken.add(number)
            same += common[number]
    return len(one.placed | other.placed) - same
