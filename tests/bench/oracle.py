"""What CP-SAT (OR-Tools) finds for the same problems: an oracle of the benchmarks only; the product does without.

python -m pip install --target FOLDER -r tests/bench/requirements.txt, and PYTHONPATH=FOLDER when the figures are run.
"""

import pickle
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from cbs_desktop.groups.allocation.grouping import GroupingProblem, Trait
from cbs_desktop.groups.allocation.objective import cost

HERE = find_spec("ortools") is not None
HOW = "no CP-SAT here: pip install --target FOLDER -r tests/bench/requirements.txt, then PYTHONPATH=FOLDER"


class Found(NamedTuple):
    """The cost of the best divisions found together, whether no better ones exist, and the seconds it took."""

    cost: float
    proven: bool
    seconds: float


def ask(problems: Sequence[GroupingProblem], seconds: float) -> Found:
    """The best divisions of problems with categories, places and pairs kept apart, all in one model, on two cores.

    In a process of its own: OR-Tools brings a HiGHS that does not stand beside the product's."""
    words = [sys.executable, __file__]
    done = subprocess.run(
        words, input=pickle.dumps((problems, seconds)), capture_output=True, check=True
    )
    return Found(*pickle.loads(done.stdout))


def _ask(problems: Sequence[GroupingProblem], seconds: float) -> Found:
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    costs = []
    seats = [_seats(model, problem, costs) for problem in problems]
    model.minimize(sum(weight * term for weight, term in costs))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    total = float("inf")
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        where = [
            [next(g for g, x in enumerate(mine) if solver.value(x)) for mine in problem]
            for problem in seats
        ]
        total = sum(
            cost(problem, mine) for problem, mine in zip(problems, where, strict=True)
        )
    return Found(total, status == cp_model.OPTIMAL, solver.wall_time)


def _seats(
    model: Any, problem: GroupingProblem, costs: list[tuple[float, Any]]
) -> list[list[Any]]:
    """The seats of a problem, with what they cost."""
    seats = [
        [model.new_bool_var("") for _ in problem.groups] for _ in range(problem.people)
    ]
    for mine in seats:
        model.add_exactly_one(mine)
    for one, other in problem.apart:
        for a, b in zip(seats[one], seats[other], strict=True):
            model.add_at_most_one(a, b)
    for group, (least, most) in enumerate(problem.groups):
        inside = [mine[group] for mine in seats]
        size = model.new_int_var(least, most, "")
        model.add(size == sum(inside))
        for trait in problem.traits:
            _trait(model, trait, inside, size, costs)
        for place in set(problem.places):
            used = model.new_bool_var("")
            model.add_max_equality(
                used,
                [
                    x
                    for x, home in zip(inside, problem.places, strict=True)
                    if home == place
                ],
            )
            costs.append((problem.scatter, used))
    return seats


def _trait(
    model: Any,
    trait: Trait,
    inside: Sequence[Any],
    size: Any,
    costs: list[tuple[float, Any]],
) -> None:
    """Squared deviations as whole numbers, and who is alone with a category."""
    have = int(sum(trait.values))
    people = len(inside)
    holders = [x for x, value in zip(inside, trait.values, strict=True) if value]
    over = model.new_int_var(-(people**2), people**2, "")
    square = model.new_int_var(0, people**4, "")
    model.add(over == people * sum(holders) - have * size)
    model.add_multiplication_equality(square, [over, over])
    costs.append((trait.weight / people**2, square))
    if trait.alone and holders:
        alone = model.new_bool_var("")
        for one in holders:
            model.add(alone >= 2 * one - sum(holders))
        costs.append((trait.alone, alone))


if __name__ == "__main__":
    sys.stdout.buffer.write(pickle.dumps(tuple(_ask(*pickle.load(sys.stdin.buffer)))))
