"""`allocate --people --rules`: the general core on any table of people, without an office."""

from argparse import Namespace
from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING, Any

from cbs_desktop.commands.word import Answer
from cbs_desktop.errors import Invalid, Unreadable

if TYPE_CHECKING:
    from cbs_desktop.groups.allocation.grouping import Case
    from cbs_desktop.groups.allocation.people_table import Table

_STEPS, _PROOF = 1_500, 10.0  # steps of the search, seconds of the proof


def divide(asked: Namespace) -> Answer:
    """Groups of the people of a table by a file of rules: cost, bound, and what would have to give if there are none."""
    import tomllib

    from cbs_desktop.groups.allocation import bounds, grouping, people_table, search
    from cbs_desktop.sheets.read import read

    sheet = read(asked.people)
    try:
        rules = tomllib.loads(asked.rules.read_text("utf-8")) if asked.rules else {}
    except OSError as problem:
        raise Unreadable(file=asked.rules.name, kind="missing") from problem
    except ValueError as problem:
        raise Unreadable(
            file=asked.rules.name, kind="broken file", detail=str(problem)[:200]
        ) from problem
    people = people_table.table(sheet.header, sheet.rows)
    case = people_table.case(people, rules)
    found = search.divide(case, Random(asked.seed), _STEPS)
    facts: dict[str, Any] = {
        "well": grouping.WAITING not in found.where
        and not grouping.broken(case, found.where)
    }
    if not facts["well"]:
        relaxed = bounds.relax(case, _PROOF)
        facts["relax"] = _relaxed(people, case, relaxed)
        few = (
            "The fewest that would have to give"
            if relaxed.proven
            else "With these less there is one"
        )
        return (
            facts,
            f"No division keeps all the rules. {few}: {_in_words(facts['relax'])}.",
        )
    bound = bounds.bound(case, _PROOF) if not case.distances else None
    if (
        bound is not None
        and bound.where is not None
        and grouping.cost(case, bound.where) < found.cost - 1e-9
    ):
        found = grouping.Division(bound.where, grouping.cost(case, bound.where))
    groups = [
        [people.ids[i] for i in found.members(group)]
        for group in range(len(case.groups))
    ]
    least = bound.least if bound else 0.0
    proven = bound is not None and found.cost <= least + 1e-6
    facts |= {
        "groups": groups,
        "cost": round(found.cost, 6),
        "bound": round(least, 6),
        "proven": proven,
    }
    lines = [f"{number}: {', '.join(group)}" for number, group in enumerate(groups, 1)]
    told = "proven the best" if proven else f"no division is below {least:.3f}"
    return facts, "\n".join((*lines, f"cost {found.cost:.3f}, {told}"))


def _relaxed(people: "Table", case: "Case", found: Any) -> dict[str, Any]:
    """The rules that would have to give, by the ids of the people concerned."""

    def ids(numbers: Sequence[int]) -> list[str]:
        return [people.ids[i] for i in numbers]

    return {
        "apart": [ids(pair) for pair in found.apart],
        "together": [ids(case.together[number]) for number in found.together],
        "fixed": ids(found.fixed),
        "common": [ids((person,)) for _matter, person in found.common],
        "sizes": [number + 1 for number in found.sizes],
    }


_GIVE = {
    "apart": "kept apart",
    "together": "kept together",
    "fixed": "fixed",
    "common": "what is in common",
    "sizes": "group",
}


def _in_words(relaxed: dict[str, Any]) -> str:
    """The rules that would have to give, in a sentence."""
    told = []
    for kind, concerned in relaxed.items():
        for one in concerned:
            told.append(
                f"{_GIVE[kind]} {' and '.join(one) if isinstance(one, list) else one}"
            )
    return "; ".join(told)


def needed(asked: Namespace) -> bool:
    """Whether `allocate` was given a table of people instead of an office."""
    if asked.rules and not asked.people:
        from cbs_desktop.errors import Fault

        raise Invalid([Fault("--people", "needed")])
    return bool(asked.people)
