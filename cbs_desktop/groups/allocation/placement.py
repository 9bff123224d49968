"""Who sits where as a linear model: a column per person and group, the hard rules as rows; how many can sit at all."""

from collections.abc import Callable, Mapping, Sequence

from cbs_desktop.groups.allocation.grouping import WAITING, GroupingProblem
from cbs_desktop.groups.allocation.linear_model import FREE, LinearModel, Solution

Seats = Sequence[list[int]] | Mapping[int, list[int]]  # per person a column per group


def interchangeable(problem: GroupingProblem) -> list[int]:
    """Groups that can be named in any order: nobody is fixed in one of them, and all have
    the same size."""
    taken = set(problem.fixed.values())
    free = []
    for group in range(len(problem.groups)):
        if group not in taken:
            free.append(group)
    sizes = set()
    for group in free:
        sizes.add(problem.groups[group])
    if len(sizes) == 1:
        return free
    return []


def seat(
    model: LinearModel, problem: GroupingProblem, wait: float = 0.0
) -> list[list[int]]:
    """For each person a column per group: the same ones for who stays together. With
    `wait` (what a person who waits costs) not everybody has to sit.

    Groups that are alike can be named in any order: the first block not fixed sits in the
    first of them, the second in the first two, and so on.
    """
    alike = interchangeable(problem)
    seats: list[list[int]] = [[]] * problem.people
    turn = 0
    for block in problem.blocks():
        fixed = set()
        for i in block:
            if i in problem.fixed:
                fixed.add(problem.fixed[i])
        worth = wait * len(block)
        barred = set(alike[turn + 1 :])
        if fixed:
            worth *= problem.people  # who is fixed has a place before others
            barred = _barred(problem, fixed)
        else:
            turn += 1
        columns = []
        for group in range(len(problem.groups)):
            high = 0.0 if group in barred else 1.0
            columns.append(model.column(0, high, -worth, whole=True))
        model.total(0.0 if wait else 1.0, 1, columns)
        for person in block:
            seats[person] = columns
    return seats


def _barred(problem: GroupingProblem, fixed: set[int]) -> set[int]:
    """Where a block fixed in some groups cannot be: everywhere else, or anywhere."""
    everywhere = set(range(len(problem.groups)))
    if len(fixed) > 1:
        return everywhere
    return everywhere - fixed


def keep_hard_rules(
    model: LinearModel, problem: GroupingProblem, seats: list[list[int]]
) -> None:
    """Rows for who is kept apart and for what a group has to have in common."""
    for one, other in sorted(problem.foes):
        for group in range(len(problem.groups)):
            model.total(0, 1, (seats[one][group], seats[other][group]))
    for matter in problem.common:
        have_in_common(model, problem, seats, matter, {})


def have_in_common(
    model: LinearModel,
    problem: GroupingProblem,
    seats: Seats,
    matter: Sequence[frozenset[int]],
    gives: Mapping[int, int],
) -> None:
    """An option for each group: who sits there can it, or gives (the column of each person
    who may)."""
    every = sorted(frozenset().union(*matter))
    for group in range(len(problem.groups) if every else 0):
        chosen = {option: model.choice() for option in every}
        model.total(1, 1, chosen.values())
        for person, can in enumerate(matter):
            if can:
                entries = [(seats[person][group], 1.0)]
                entries += [(chosen[option], -1.0) for option in can]
                if person in gives:
                    entries.append((gives[person], -1.0))
                model.row(-FREE, 0, entries)


def read_seats(solution: Solution, seats: list[list[int]]) -> tuple[int, ...]:
    """The group of each person in a solution, WAITING for none."""
    return tuple(_group(solution, columns) for columns in seats)


def _group(solution: Solution, columns: Sequence[int]) -> int:
    for group, column in enumerate(columns):
        if solution.chosen(column):
            return group
    return WAITING


def place(
    problem: GroupingProblem,
    seconds: float,
    nodes: int,
    stop: Callable[[], bool] | None = None,
) -> tuple[int, ...] | None:
    """The group of each person so that as few as can be wait or are missing in a group;
    None if none was found."""
    model = LinearModel()
    seats = seat(model, problem, wait=1.0)
    keep_hard_rules(model, problem, seats)
    for group, (least, most) in enumerate(problem.groups):
        inside = [columns[group] for columns in seats]
        short = model.column(0, least, 1.0)
        model.total(least, FREE, (short, *inside))
        model.total(0, most, inside)
    solution = model.solve(seconds, stop, nodes)
    if not solution.feasible:
        return None
    return read_seats(solution, seats)
