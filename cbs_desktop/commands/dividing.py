"""`allocate --people --rules`: grouping of any table of people, without an office."""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING

from cbs_desktop.commands.word import Answer
from cbs_desktop.errors import Fault, Invalid

if TYPE_CHECKING:
    from cbs_desktop.groups.allocation.grouping import GroupingProblem, Partition
    from cbs_desktop.groups.allocation.people_table import PeopleTable
    from cbs_desktop.groups.allocation.relaxation import Relaxation
    from cbs_desktop.groups.allocation.seating import Rng

_STEPS = 1_500  # of the search
_STARTS = 3  # of the search, where column rules make it hard
_PROOF = 10.0  # seconds of the proof
_SAME = 1e-6  # between cost and bound
_BETTER = 1e-9


def divide(asked: Namespace) -> Answer:
    """Groups of the people of a table by a file of rules: cost, bound, and what would have
    to give if there are none."""
    from cbs_desktop.groups.allocation.hard_rules import everybody_placed
    from cbs_desktop.groups.allocation.people_table import (
        grouping_problem,
        people_table,
    )
    from cbs_desktop.groups.allocation.relaxation import relax
    from cbs_desktop.outside import toml_file
    from cbs_desktop.sheets.guarded import read

    sheet = read(asked.people)
    rules = toml_file.read(asked.rules) if asked.rules else {}
    people = people_table(sheet.header, sheet.rows)
    problem = grouping_problem(people, rules)
    found = best_partition(problem, Random(asked.seed))
    if not everybody_placed(problem, found.where):
        return _impossible(people, problem, relax(problem, _PROOF))
    found, bound = _proved(problem, found)
    return _told(people, problem, found, bound)


def best_partition(problem: "GroupingProblem", rng: "Rng") -> "Partition":
    """The best of some searches, each begun anew; of one where no column rule is in the
    way."""
    from cbs_desktop.groups.allocation.search import search

    best = search(problem, rng, _STEPS)
    for _start in range(1, _STARTS if problem.rules else 1):
        other = search(problem, rng, _STEPS)
        if other.cost < best.cost:
            best = other
    return best


def _proved(
    problem: "GroupingProblem", found: "Partition"
) -> tuple["Partition", float]:
    """The better of what was found and what the proof comes upon, and the bound."""
    from cbs_desktop.groups.allocation.bounds import lower_bound
    from cbs_desktop.groups.allocation.counting import counting_bound
    from cbs_desktop.groups.allocation.objective import partition

    if problem.distances:
        return found, 0.0
    proof = lower_bound(problem, _PROOF)
    if proof.where is not None:
        other = partition(problem, proof.where)
        if other.cost < found.cost - _BETTER:
            found = other
    if len(set(problem.groups)) == 1 and problem.groups[0][0] == problem.groups[0][1]:
        sizes = []
        for _least, most in problem.groups:
            sizes.append(most)
        return found, max(proof.least, counting_bound(problem, sizes))
    return found, proof.least


def _told(
    people: "PeopleTable", problem: "GroupingProblem", found: "Partition", bound: float
) -> Answer:
    groups = []
    for group in range(len(problem.groups)):
        groups.append([people.ids[person] for person in found.members(group)])
    proven = found.cost <= bound + _SAME
    facts: dict[str, object] = {
        "well": True,
        "groups": groups,
        "cost": round(found.cost, 6),
        "bound": round(bound, 6),
        "proven": proven,
    }
    lines = []
    for number, ids in enumerate(groups, 1):
        lines.append(f"{number}: {', '.join(ids)}")
    best = "proven the best" if proven else f"no division is below {bound:.3f}"
    lines.append(f"cost {found.cost:.3f}, {best}")
    if problem.rules:
        facts["violations"] = _violations(problem, found)
        lines += _counted(facts["violations"], len(groups))
    return facts, "\n".join(lines)


def _violations(
    problem: "GroupingProblem", found: "Partition"
) -> dict[str, dict[str, int]]:
    """For each column rule how many groups break it, and how many people are one too many
    or too few."""
    from cbs_desktop.groups.allocation.objective import violations_of

    told = {}
    for rule in problem.rules:
        groups = 0
        people = 0
        for group, (least, most) in enumerate(problem.groups):
            wrong = violations_of(rule, found.members(group), least, most)
            groups += wrong > 0
            people += wrong
        told[rule.part] = {"groups": groups, "people": people}
    return told


def _counted(violations: Mapping[str, Mapping[str, int]], groups: int) -> list[str]:
    lines = []
    for rule, counts in violations.items():
        broken = f"broken in {counts['groups']} of {groups} groups"
        lines.append(f"{rule}: {broken}, {counts['people']} people")
    return lines


def _impossible(
    people: "PeopleTable", problem: "GroupingProblem", relaxation: "Relaxation"
) -> Answer:
    relaxed = _relaxed(people, problem, relaxation)
    few = "The fewest that would have to give"
    if not relaxation.proven:
        few = "With these less there is one"
    words = f"No division keeps all the rules. {few}: {_in_words(relaxed)}."
    return {"well": False, "relax": relaxed}, words


Relaxed = dict[str, list[list[str]] | list[str] | list[int]]  # by the kind of a rule


def _relaxed(
    people: "PeopleTable", problem: "GroupingProblem", relaxation: "Relaxation"
) -> Relaxed:
    """The rules that would have to give, by the ids of the people concerned."""

    def ids(numbers: Sequence[int]) -> list[str]:
        return [people.ids[number] for number in numbers]

    blocks = []
    for number in relaxation.together:
        blocks.append(problem.together[number])
    bound = []
    for _matter, person in relaxation.common:
        bound.append((person,))
    return {
        "apart": list(map(ids, relaxation.apart)),
        "together": list(map(ids, blocks)),
        "fixed": ids(relaxation.fixed),
        "common": list(map(ids, bound)),
        "sizes": [number + 1 for number in relaxation.sizes],
    }


_GIVES = {
    "apart": "kept apart",
    "together": "kept together",
    "fixed": "fixed",
    "common": "what is in common",
    "sizes": "group",
}


def _in_words(relaxed: Relaxed) -> str:
    """The rules that would have to give, in a sentence."""
    told = []
    for kind, several in relaxed.items():
        for concerned in several:
            if isinstance(concerned, list):
                concerned = " and ".join(concerned)
            told.append(f"{_GIVES[kind]} {concerned}")
    return "; ".join(told)


def needed(asked: Namespace) -> bool:
    """Whether `allocate` was given a table of people instead of an office."""
    if asked.rules and not asked.people:
        raise Invalid([Fault("--people", "needed")])
    return bool(asked.people)
