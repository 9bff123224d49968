"""`allocate`: groups for everybody who is eligible, with reasons; accepted when asked for."""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from cbs_desktop import clock
from cbs_desktop.commands.word import Answer, this_round

if TYPE_CHECKING:
    from cbs_desktop.groups.allocation.assignment import Assignment
    from cbs_desktop.groups.allocation.instance import Instance
    from cbs_desktop.office import Office

_NOBODY = "Nobody is eligible and without a group. Decide at Screening first."
_PROOF = 5.0  # seconds for the bound of an allocation


def allocate(office: "Office", asked: Namespace) -> Answer:
    """A proposal of groups, accepted when asked for."""
    from cbs_desktop.groups import eligible
    from cbs_desktop.groups.allocation.solver import lower_bound, solve
    from cbs_desktop.groups.proposals import proposing
    from cbs_desktop.participants.queries import numbers

    round_id = this_round(office, asked)
    instance = office.ask(eligible.instance, round_id)
    if not instance.pools and not instance.set_aside:
        return {"groups": [], "waiting": {}, "accepted": False}, _NOBODY
    found = solve(instance, Random(asked.seed))
    bound = lower_bound(instance, found, _PROOF)
    assignment = replace(found, lower_bound=bound)
    proposal = office.do(proposing.propose, round_id, instance, assignment, asked.seed)
    number_of = {}
    for number, i in office.ask(numbers).items():
        number_of[i] = number
    facts = _facts(instance, assignment, number_of)
    facts["accepted"] = bool(asked.accept)
    facts["seed"] = asked.seed
    if asked.accept:
        starts = asked.starts or clock.day_of(clock.now())
        facts["group ids"] = office.do(proposing.accept, proposal, 1, starts)
    return facts, _in_words(assignment, bound)


def _facts(
    instance: "Instance", assignment: "Assignment", number_of: Mapping[int, str]
) -> dict[str, object]:
    from cbs_desktop.groups.allocation.solver import VERSION

    reasons = Counter(reason for _person, reason in assignment.waiting)
    return {
        "groups": [len(group.people) for group in assignment.groups],
        "waiting": dict(reasons),
        "solver": VERSION,
        "cost": assignment.cost,
        "bound": assignment.lower_bound,
        "proven": assignment.proven,
        "people": list(_people(instance, assignment, number_of)),
    }


def _in_words(assignment: "Assignment", bound: float) -> str:
    sizes = []
    for group in assignment.groups:
        sizes.append(str(len(group.people)))
    groups = f"{len(sizes)} groups of {', '.join(sizes) or 'nobody'}"
    waiting = f"{len(assignment.waiting)} wait"
    cost = f"cost {assignment.cost:.2f}"
    return f"{groups}; {waiting}.\n{cost}; no allocation is below {bound:.2f}"


def _people(
    instance: "Instance", assignment: "Assignment", number_of: Mapping[int, str]
) -> Iterator[dict[str, object]]:
    """Everybody: the group, what each other group of the pool would cost or which rule
    forbids it, or why they wait."""
    from cbs_desktop.groups.proposals.alternatives import fits_of

    for place, group in enumerate(assignment.groups, 1):
        for person in group.people:
            others = {}
            for fit in fits_of(instance, assignment, person):
                if fit.refusal != "other pool":
                    others[str(fit.group + 1)] = fit.refusal or round(fit.extra, 3)
            number = number_of[person]
            yield {"number": number, "group": place, "others": others}
    for person, why in assignment.waiting:
        yield {"number": number_of[person], "group": None, "why": why}


def positions(office: "Office", asked: Namespace) -> Answer:
    """Where places are, from a table."""
    from cbs_desktop.places import actions, positions
    from cbs_desktop.sheets.guarded import read

    sheet = read(asked.file)
    rows = positions.read(sheet.header, sheet.rows, sheet.first_row)
    count = office.do(actions.set_positions, rows)
    return {"places": count}, f"Noted where {count} places are."
