"""Small sets of hard rules that contradict each other, found along the ties of who stays together, and the fewest rules that
meet all of them.

What is told here is certain, but not all there is: that a division exists without those rules is left to `linear_model.place`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

from cbs_desktop.groups.allocation.grouping import Case, shared
from cbs_desktop.groups.allocation.linear_model import NEAR, Model

# ("apart", pair), ("together", number of the block), ("fixed", person), ("sizes", group), ("common", (matter, person))
Rule = tuple[str, Any]


def rules_of(case: Case) -> list[Rule]:
    """All hard rules of a case."""
    return [
        *(("apart", pair) for pair in sorted(case.apart)),
        *(("together", number) for number in range(len(case.together))),
        *(("fixed", person) for person in sorted(case.fixed)),
        *(("sizes", group) for group in range(len(case.groups))),
        *(
            ("common", (m, i))
            for m, matter in enumerate(case.common)
            for i, can in enumerate(matter)
            if can
        ),
    ]


def without(case: Case, given: Collection[Rule]) -> Case:
    """The case when some rules give."""
    return replace(
        case,
        groups=tuple(
            (0, case.people) if ("sizes", g) in given else size
            for g, size in enumerate(case.groups)
        ),
        apart=frozenset(pair for pair in case.apart if ("apart", pair) not in given),
        together=tuple(
            block
            for n, block in enumerate(case.together)
            if ("together", n) not in given
        ),
        fixed={
            i: group for i, group in case.fixed.items() if ("fixed", i) not in given
        },
        common=tuple(
            tuple(
                frozenset() if ("common", (m, i)) in given else can
                for i, can in enumerate(matter)
            )
            for m, matter in enumerate(case.common)
        ),
    )


def clashes(case: Case, given: Collection[Rule]) -> set[frozenset[Rule]]:
    """Sets of rules of which at least one more has to give."""
    ties = _Ties(case, given)
    left = without(case, given)
    found = {
        frozenset(some)
        for some in (
            *_torn(left, ties),
            *_unlike(left, ties),
            *_crowded(left, ties, given),
            *_hostile(left),
        )
    }
    return {some for some in found if not any(other < some for other in found)}


def fewest(
    sets: Iterable[frozenset[Rule]],
    seconds: float,
    stop: Callable[[], bool] | None = None,
) -> tuple[set[Rule] | None, float]:
    """The smallest choice that has something of every set, None if it was not proved; and the seconds it took."""
    several = sorted(map(sorted, sets))
    model = Model()
    column = {
        rule: model.column(0, 1, 1.0, whole=True)
        for rule in sorted({rule for some in several for rule in some})
    }
    for some in several:
        model.row(1, len(some), [(column[rule], 1) for rule in some])
    solver = model.solve(seconds, stop)
    info, values = solver.getInfo(), solver.getSolution().col_value
    proven = (
        info.primal_solution_status == 2
        and info.objective_function_value < info.mip_dual_bound + 1 - NEAR
    )
    return {
        rule for rule, n in column.items() if values[n] > 0.5
    } if proven else None, solver.getRunTime()


class _Ties:
    """Who stays together with whom, and by which rules."""

    def __init__(self, case: Case, given: Collection[Rule]) -> None:
        self._of: dict[int, list[tuple[int, int]]] = {}
        for number, block in enumerate(case.together):
            if ("together", number) not in given:
                for one, other in combinations(block, 2):
                    self._of.setdefault(one, []).append((number, other))
                    self._of.setdefault(other, []).append((number, one))

    def around(self, person: int) -> dict[int, frozenset[Rule]]:
        """Everybody who stays together with somebody, the nearest first, and the rules that make it so."""
        found: dict[int, frozenset[Rule]] = {person: frozenset()}
        for one in (queue := [person]):
            for number, other in self._of.get(one, ()):
                if other not in found:
                    found[other] = found[one] | {("together", number)}
                    queue.append(other)
        return found

    def people(self) -> list[int]:
        """All who are tied to somebody."""
        return sorted(self._of)


def _torn(left: Case, ties: _Ties) -> Iterator[frozenset[Rule]]:
    """Ties against who is kept apart, or fixed elsewhere."""
    around = {
        i: ties.around(i)
        for i in {
            *ties.people(),
            *left.fixed,
            *(i for pair in left.apart for i in pair),
        }
    }
    for one, other in left.apart:
        if other in around[one]:
            yield around[one][other] | {("apart", (one, other))}
        for a, path_a in around[one].items():
            for b, path_b in around[other].items():
                if a in left.fixed and left.fixed[a] == left.fixed.get(b):
                    yield (
                        path_a
                        | path_b
                        | {("apart", (one, other)), ("fixed", a), ("fixed", b)}
                    )
    for one, other in combinations(sorted(left.fixed), 2):
        if other in around[one] and left.fixed[one] != left.fixed[other]:
            yield around[one][other] | {("fixed", one), ("fixed", other)}


def _unlike(left: Case, ties: _Ties) -> Iterator[frozenset[Rule]]:
    """People tied to each other who have nothing in common."""
    for m, matter in enumerate(left.common):
        for person in ties.people():
            around, some = ties.around(person), list[int]()
            for one in around:
                some.append(one)
                if shared(matter[i] for i in some) == frozenset():
                    for other in tuple(some):  # those who are enough for it
                        fewer = [i for i in some if i != other]
                        some = (
                            fewer
                            if shared(matter[i] for i in fewer) == frozenset()
                            else some
                        )
                    yield frozenset().union(*(around[i] for i in some)) | {
                        ("common", (m, i)) for i in some
                    }
                    break


def _crowded(
    left: Case, ties: _Ties, given: Collection[Rule]
) -> Iterator[frozenset[Rule]]:
    """More people tied to each other than any group holds."""
    sizes = {("sizes", group) for group in range(len(left.groups))}
    if sizes & set(given):
        return
    most = max(most for _least, most in left.groups)
    for person in ties.people():
        around = list(ties.around(person).values())
        if len(around) > most:
            yield frozenset().union(*around[: most + 1]) | sizes


def _hostile(left: Case) -> Iterator[frozenset[Rule]]:
    """More people all kept apart from each other than there are groups; looked for from everybody, most foes first."""
    foes: dict[int, set[int]] = {}
    for one, other in left.apart:
        foes.setdefault(one, set()).add(other)
        foes.setdefault(other, set()).add(one)
    for person in sorted(foes):
        clique, others = [person], foes[person]
        while others and len(clique) <= len(left.groups):
            clique.append(max(others, key=lambda i: (len(foes[i] & others), -i)))
            others = others & foes[clique[-1]]
        if len(clique) > len(left.groups):
            yield frozenset(("apart", pair) for pair in combinations(sorted(clique), 2))
