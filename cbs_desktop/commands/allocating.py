"""`allocate`: groups for everybody who is eligible, with reasons; accepted when asked for."""

from argparse import Namespace
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

from cbs_desktop import clock
from cbs_desktop.commands.word import Answer, this_round

if TYPE_CHECKING:
    from cbs_desktop.groups.allocation.instance import Problem, Result
    from cbs_desktop.office import Office

_NOBODY = "Nobody is eligible and without a group. Decide at Screening first."
_PROOF = 5.0  # seconds for the bound of an allocation


def allocate(office: "Office", asked: Namespace) -> Answer:
    """A proposal of groups, accepted when asked for."""
    from cbs_desktop.groups import eligible
    from cbs_desktop.groups.allocation import solver
    from cbs_desktop.groups.proposals import proposing
    from cbs_desktop.participants.queries import numbers

    round_id = this_round(office, asked)
    problem = office.ask(eligible.problem, round_id)
    if not problem.pools and not problem.released:
        return {"groups": [], "waiting": {}, "accepted": False}, _NOBODY
    found = solver.solve(problem, Random(asked.seed))
    result = replace(found, least=solver.least(problem, found, _PROOF))
    proposal = office.do(proposing.propose, round_id, problem, result, asked.seed)
    named = {i: number for number, i in office.ask(numbers).items()}
    facts: dict[str, Any] = {
        "groups": [len(group.people) for group in result.groups],
        "waiting": dict(Counter(reason for _, reason in result.waiting)),
        "accepted": bool(asked.accept),
        "seed": asked.seed,
        "solver": solver.VERSION,
        "cost": result.cost,
        "bound": result.least,
        "proven": result.proven,
        "people": _people(problem, result, named),
    }
    if asked.accept:
        facts["group ids"] = office.do(
            proposing.accept, proposal, 1, asked.starts or clock.day_of(clock.now())
        )
    text = f"{len(result.groups)} groups of {', '.join(map(str, facts['groups'])) or 'nobody'}; {len(result.waiting)} wait."
    text += f"\ncost {result.cost:.2f}; no allocation is below {result.least:.2f}"
    return facts, text


def _people(
    problem: "Problem", result: "Result", numbers: Mapping[int, str]
) -> list[dict[str, Any]]:
    """Everybody: the group, what each other group of the pool would cost or which rule forbids it, or why they wait."""
    from cbs_desktop.groups.proposals.alternatives import fits_of

    placed = [
        {
            "number": numbers[i],
            "group": place + 1,
            "others": {str(fit.group + 1): fit.refusal or round(fit.extra, 3) for fit in fits_of(problem, result, i)
                       if fit.refusal != "other pool"},
        }
        for place, group in enumerate(result.groups)
        for i in group.people
    ]  # fmt: skip
    return placed + [
        {"number": numbers[i], "group": None, "why": why} for i, why in result.waiting
    ]


def positions(office: "Office", asked: Namespace) -> Answer:
    """Where places are, from a table."""
    from cbs_desktop.places import actions, positions
    from cbs_desktop.sheets.read import read

    sheet = read(asked.file)
    count = office.do(
        actions.set_positions, positions.read(sheet.header, sheet.rows, sheet.first_row)
    )
    return {"places": count}, f"Noted where {count} places are."
