"""Small sets of hard rules that contradict each other, found along the ties of who stays together, and the fewest rules that
meet all of them.

What is told here is certain, but not all there is: that a partition exists without those
rules is left to `placement.place`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from itertools import combinations, permutations
from typing import Any

from cbs_desktop.groups.allocation.grouping import GroupingProblem, shared
from cbs_desktop.groups.allocation.linear_model import NEAR, LinearModel

# ("apart", pair), ("together", number of the block), ("fixed", person), ("sizes", group),
# ("common", (matter, person)); who lives too far from each other is "apart" too
HardRule = tuple[str, Any]
Conflict = frozenset[HardRule]


def rules_of(problem: GroupingProblem) -> list[HardRule]:
    """All hard rules of a problem."""
    rules: list[HardRule] = []
    for pair in sorted(problem.foes):
        rules.append(("apart", pair))
    for number in range(len(problem.together)):
        rules.append(("together", number))
    for person in sorted(problem.fixed):
        rules.append(("fixed", person))
    for group in range(len(problem.groups)):
        rules.append(("sizes", group))
    for number, matter in enumerate(problem.common):
        for person, options in enumerate(matter):
            if options:
                rules.append(("common", (number, person)))
    return rules


def without(problem: GroupingProblem, given: Collection[HardRule]) -> GroupingProblem:
    """The problem when some rules give."""
    groups = []
    for group, sizes in enumerate(problem.groups):
        gives = ("sizes", group) in given
        groups.append((0, problem.people) if gives else sizes)
    together = []
    for number, block in enumerate(problem.together):
        if ("together", number) not in given:
            together.append(block)
    fixed = {}
    for person, group in problem.fixed.items():
        if ("fixed", person) not in given:
            fixed[person] = group
    return replace(
        problem,
        groups=tuple(groups),
        apart=_kept_pairs(problem.apart, given),
        far=_kept_pairs(problem.far, given),
        together=tuple(together),
        fixed=fixed,
        common=tuple(_kept_options(problem, given)),
    )


def _kept_pairs(
    pairs: Iterable[tuple[int, int]], given: Collection[HardRule]
) -> frozenset[tuple[int, int]]:
    kept_pairs = set()
    for pair in pairs:
        if ("apart", pair) not in given:
            kept_pairs.add(pair)
    return frozenset(kept_pairs)


def _kept_options(
    problem: GroupingProblem, given: Collection[HardRule]
) -> Iterator[tuple[frozenset[int], ...]]:
    for number, matter in enumerate(problem.common):
        kept = list(matter)
        for person in range(len(matter)):
            if ("common", (number, person)) in given:
                kept[person] = frozenset()
        yield tuple(kept)


def conflicts(problem: GroupingProblem, given: Collection[HardRule]) -> set[Conflict]:
    """Sets of rules of which at least one more has to give."""
    ties = _Ties(problem, given)
    rest = without(problem, given)
    found: set[Conflict] = set()
    found.update(_torn(rest, ties))
    found.update(_unlike(rest, ties))
    found.update(_crowded(rest, ties, given))
    found.update(_hostile(rest))
    smallest = set()
    for each in found:
        if not any(other < each for other in found):
            smallest.add(each)
    return smallest


def fewest(
    found: Iterable[Conflict], seconds: float, stop: Callable[[], bool] | None = None
) -> tuple[set[HardRule] | None, float]:
    """The smallest choice that has something of every conflict, None if it was not proved;
    and the seconds it took."""
    several = sorted(map(sorted, found))
    every: set[HardRule] = set()
    every.update(*several)
    model = LinearModel()
    gives = {}
    for rule in sorted(every):
        gives[rule] = model.choice(1.0)
    for conflict in several:
        columns = [gives[rule] for rule in conflict]
        model.total(1, len(conflict), columns)
    solution = model.solve(seconds, stop)
    next_bound = solution.lower_bound + 1 - NEAR
    if not solution.feasible or solution.cost >= next_bound:
        return None, solution.seconds
    return solution.all_chosen(gives), solution.seconds


class _Ties:
    """Who stays together with whom, and by which rules."""

    def __init__(self, problem: GroupingProblem, given: Collection[HardRule]) -> None:
        self._around: dict[int, dict[int, Conflict]] = {}
        self._of: dict[int, list[tuple[int, int]]] = {}
        for number, block in enumerate(problem.together):
            rule = ("together", number)
            if rule in given:
                continue
            for one, other in permutations(block, 2):
                tie = (number, other)
                friends = self._of.setdefault(one, [])
                friends.append(tie)

    def around(self, person: int) -> dict[int, Conflict]:
        """Everybody who stays together with somebody, the nearest first, and the rules
        that make it so."""
        if person not in self._around:
            self._around[person] = self._reach(person)
        return self._around[person]

    def _reach(self, person: int) -> dict[int, Conflict]:
        found: dict[int, Conflict] = {person: frozenset()}
        queue = [person]
        for one in queue:
            for number, other in self._of.get(one, ()):
                if other not in found:
                    found[other] = found[one] | {("together", number)}
                    queue.append(other)
        return found

    def people(self) -> list[int]:
        """All who are tied to somebody."""
        return sorted(self._of)


def _torn(rest: GroupingProblem, ties: _Ties) -> Iterator[Conflict]:
    """Ties against who is kept apart, or fixed elsewhere."""
    for one, other in rest.foes:
        friends = ties.around(one)
        others = ties.around(other)
        apart = ("apart", (one, other))
        if other in friends:
            yield friends[other] | {apart}
        yield from _fixed_foes(rest, friends, others, apart)
    for one, other in combinations(sorted(rest.fixed), 2):
        friends = ties.around(one)
        elsewhere = rest.fixed[one] != rest.fixed[other]
        if elsewhere and other in friends:
            fixed = {("fixed", one), ("fixed", other)}
            yield friends[other] | fixed


def _fixed_foes(
    rest: GroupingProblem,
    friends: dict[int, Conflict],
    others: dict[int, Conflict],
    apart: HardRule,
) -> Iterator[Conflict]:
    """People kept apart whose friends, or they themselves, are fixed in one group."""
    for friend, path in friends.items():
        if friend in rest.fixed:
            for other, other_path in others.items():
                if rest.fixed[friend] == rest.fixed.get(other):
                    fixed = {("fixed", friend), ("fixed", other)}
                    yield path | other_path | fixed | {apart}


def _unlike(rest: GroupingProblem, ties: _Ties) -> Iterator[Conflict]:
    """People tied to each other who have nothing in common."""
    for number, matter in enumerate(rest.common):
        for person in ties.people():
            around = ties.around(person)
            rules: set[HardRule] = set()
            for one in _enough(matter, list(around)):
                rules |= around[one]
                rules.add(("common", (number, one)))
            if rules:
                yield frozenset(rules)


def _enough(matter: tuple[frozenset[int], ...], people: list[int]) -> list[int]:
    """Of people in order those who are enough to have nothing in common; none when they
    have something."""
    some: list[int] = []
    for person in people:
        some.append(person)
        if _nothing_in_common(matter, some):
            for other in tuple(some):
                fewer = []
                for one in some:
                    if one != other:
                        fewer.append(one)
                if _nothing_in_common(matter, fewer):
                    some = fewer
            return some
    return []


def _nothing_in_common(
    matter: tuple[frozenset[int], ...], people: Iterable[int]
) -> bool:
    return shared(matter[person] for person in people) == frozenset()


def _crowded(
    rest: GroupingProblem, ties: _Ties, given: Collection[HardRule]
) -> Iterator[Conflict]:
    """More people tied to each other than any group holds."""
    sizes = set()
    for group in range(len(rest.groups)):
        sizes.add(("sizes", group))
    if not sizes.isdisjoint(given):
        return
    largest = max(most for _least, most in rest.groups)
    for person in ties.people():
        paths = list(ties.around(person).values())
        if len(paths) > largest:
            yield frozenset().union(*paths[: largest + 1]) | sizes


def _hostile(rest: GroupingProblem) -> Iterator[Conflict]:
    """More people all kept apart from each other than there are groups; looked for from
    everybody, most foes first."""
    foes: dict[int, set[int]] = {}
    for one, other in rest.foes:
        foes.setdefault(one, set()).add(other)
        foes.setdefault(other, set()).add(one)
    groups = len(rest.groups)
    for person in sorted(foes):
        clique = _clique(foes, person, groups + 1)
        if len(clique) > groups:
            pairs = combinations(sorted(clique), 2)
            yield frozenset(("apart", pair) for pair in pairs)


def _clique(foes: dict[int, set[int]], person: int, enough: int) -> list[int]:
    """People all kept apart from each other, as many as are found at once."""
    clique = [person]
    others = foes[person]
    while others and len(clique) < enough:

        def hostile(one: int, others: set[int] = others) -> tuple[int, int]:
            return len(foes[one] & others), -one

        clique.append(max(others, key=hostile))
        others = others & foes[clique[-1]]
    return clique
