"""What has to give where no partition keeps all the hard rules: the fewest of them, proved with HiGHS."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from cbs_desktop.groups.allocation.conflicts import (
    Conflict,
    HardRule,
    conflicts,
    fewest,
    rules_of,
    without,
)
from cbs_desktop.groups.allocation.grouping import GroupingProblem
from cbs_desktop.groups.allocation.hard_rules import everybody_placed
from cbs_desktop.groups.allocation.linear_model import FREE, NEAR, LinearModel
from cbs_desktop.groups.allocation.placement import have_in_common, place

_NODES = 1_000  # of looking for a partition at all
Columns = dict[HardRule, int]


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The fewest rules that have to give for a partition to exist: pairs kept apart (or too
    far from each other), blocks (by number) kept together, people fixed, groups whose size
    has to be left, and (matter, person) whose options have to be left."""

    apart: tuple[tuple[int, int], ...] = ()
    together: tuple[int, ...] = ()
    fixed: tuple[int, ...] = ()
    sizes: tuple[int, ...] = ()
    common: tuple[tuple[int, int], ...] = ()
    proven: bool = True  # False: so many are enough, fewer may be

    @property
    def count(self) -> int:
        """How many rules."""
        kinds = (self.apart, self.together, self.fixed, self.sizes, self.common)
        return sum(map(len, kinds))


def relax(
    problem: GroupingProblem,
    seconds: float = 10.0,
    stop: Callable[[], bool] | None = None,
) -> Relaxation:
    """The smallest set of hard rules to relax; nothing when a partition exists as it is.

    Conflicts that can be told at once are met first, by as few rules as can be. Mostly a
    partition exists without those; otherwise a model of all rules is asked, in which they
    help.
    """
    met: set[Conflict] = set()
    given: set[HardRule] | None = set()
    left = seconds / 4
    while given is not None and (more := conflicts(problem, given)):
        met |= more
        given, took = fewest(met, max(left, 0.01), stop)
        left -= took
    if given is not None:
        rest = without(problem, given)
        where = place(rest, seconds / 4, _NODES, stop)
        if where is not None and everybody_placed(rest, where):
            return _relaxation(given, True)
    model = _ModelOfAll(problem, met)
    given, proven = model.fewest(seconds / 2, stop)
    return _relaxation(given, proven)


def _relaxation(given: Collection[HardRule], proven: bool) -> Relaxation:
    kinds: dict[str, list[Any]] = {}
    for kind, concerned in sorted(given):
        several = kinds.setdefault(kind, [])
        several.append(concerned)
    rules = {}
    for kind, several in kinds.items():
        rules[kind] = tuple(several)
    return Relaxation(**rules, proven=proven)


class _ModelOfAll:
    """All hard rules, each of which may give at a cost of one; those whom no rule names
    are counted only."""

    def __init__(self, problem: GroupingProblem, met: Iterable[Conflict]) -> None:
        self.problem = problem
        self.model = LinearModel()
        self.gives: Columns = {}
        for rule in rules_of(problem):
            self.gives[rule] = self.model.choice(1.0)
        for conflict in sorted(sorted(each) for each in met):
            self.model.total(1, FREE, [self.gives[rule] for rule in conflict])
        self.seats = self._seats()
        self._sizes()
        self._apart()
        self._together()
        self._fixed()
        self._common()

    def _seats(self) -> dict[int, list[int]]:
        """A column per group for everybody whom a rule names."""
        seats = {}
        for person in sorted(self._named()):
            columns = []
            for _group in self.problem.groups:
                columns.append(self.model.choice())
            self.model.total(1, 1, columns)
            seats[person] = columns
        return seats

    def _named(self) -> set[int]:
        problem = self.problem
        named = set(problem.fixed)
        for people in (*problem.foes, *problem.together):
            named.update(people)
        for matter in problem.common:
            for person, options in enumerate(matter):
                if options:
                    named.add(person)
        return named

    def _sizes(self) -> None:
        """How many of those whom no rule names sit where is enough."""
        rest = self.problem.people - len(self.seats)
        others = []
        for _group in self.problem.groups:
            others.append(self.model.column(0, rest, whole=True))
        self.model.total(rest, rest, others)
        for group, sizes in enumerate(self.problem.groups):
            inside = [(others[group], 1.0)]
            for columns in self.seats.values():
                inside.append((columns[group], 1.0))
            gives = self.gives["sizes", group]
            self._within(sizes, inside, gives)

    def _within(
        self, sizes: tuple[int, int], inside: list[tuple[int, float]], gives: int
    ) -> None:
        """A group is of a size it may have, unless the rule gives."""
        least, most = sizes
        everybody = float(self.problem.people)
        too_many = [*inside, (gives, -everybody)]
        too_few = [*inside, (gives, everybody)]
        self.model.row(-FREE, most, too_many)
        self.model.row(least, FREE, too_few)

    def _apart(self) -> None:
        for pair in sorted(self.problem.foes):
            one, other = pair
            seats = self.seats[one]
            others = self.seats[other]
            gives = (self.gives["apart", pair], -1.0)
            for here, there in zip(seats, others, strict=True):
                both = [(here, 1.0), (there, 1.0)]
                self.model.row(-FREE, 1, [*both, gives])

    def _together(self) -> None:
        for number, block in enumerate(self.problem.together):
            gives = self.gives["together", number]
            for one, other in permutations(block, 2):
                self._goes_along(self.seats[one], self.seats[other], gives)

    def _goes_along(self, seats: list[int], others: list[int], gives: int) -> None:
        """Where somebody sits somebody else sits too, unless the rule gives."""
        for here, there in zip(seats, others, strict=True):
            entries = [(here, 1.0), (there, -1.0), (gives, -1.0)]
            self.model.row(-FREE, 0, entries)

    def _fixed(self) -> None:
        for person, group in self.problem.fixed.items():
            gives = self.gives["fixed", person]
            self.model.total(1, FREE, (self.seats[person][group], gives))

    def _common(self) -> None:
        for number, matter in enumerate(self.problem.common):
            gives = {}
            for person, options in enumerate(matter):
                if options:
                    gives[person] = self.gives["common", (number, person)]
            have_in_common(self.model, self.problem, self.seats, matter, gives)

    def fewest(
        self, seconds: float, stop: Callable[[], bool] | None
    ) -> tuple[set[HardRule], bool]:
        """The fewest rules that have to give, and whether that was proved."""
        solution = self.model.solve(seconds, stop)
        if not solution.feasible:
            return set(self.gives), False
        given = solution.all_chosen(self.gives)
        next_bound = solution.lower_bound + 1 - NEAR
        return given, len(given) <= next_bound
