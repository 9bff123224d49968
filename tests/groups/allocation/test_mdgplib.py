"""The maximally diverse grouping problem, instances of the literature: the search meets the best of all divisions.

MDGPLIB of Gallego, Laguna, Marti and Duarte, "Tabu search with strategic oscillation for the maximally diverse grouping
problem", Journal of the Operational Research Society 64 (2013), 724-734: size bounds of each group, and distances.
"""

from functools import cache
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from cbs_desktop.groups.allocation.grouping import GroupingProblem
from cbs_desktop.groups.allocation.hard_rules import broken_rules
from cbs_desktop.groups.allocation.search import search

INSTANCES = sorted((Path(__file__).parent / "mdgplib").glob("*.txt"))
PUBLISHED = {
    "Geo_n010_ss_10": 7504.066,
    "RanInt_n010_ds_07": 2442,
}  # summed over ordered pairs: twice ours


def instance(file):
    """The size bounds of the groups, and the distances all with all."""
    head, *rows = file.read_text("ascii").splitlines()
    count, groups, _kind, *sizes = head.split()
    people = int(count)
    bounds = [int(size) for size in sizes]
    far = [[0.0] * people for _ in range(people)]
    for i, row in enumerate(rows):
        for j, value in enumerate(row.split(), i + 1):
            far[i][j] = far[j][i] = float(value)
    return tuple(zip(bounds[::2], bounds[1::2], strict=True))[: int(groups)], far


def most_diverse(groups, far):
    """The most that the distances within groups can sum up to: the best set of people for each group, for the rest the best
    division into the groups left (sets as bits)."""
    people = len(far)
    sums = [0.0] * (1 << people)
    for some in range(1, 1 << people):
        first = some.bit_length() - 1
        rest = some ^ (1 << first)
        sums[some] = sums[rest] + sum(
            far[first][i] for i in range(first) if rest >> i & 1
        )

    @cache
    def best(left, group):
        if group == len(groups):
            if not left:
                return 0.0
            return float("-inf")
        inside = [i for i in range(people) if left >> i & 1]
        least, most = groups[group]
        sets = (
            sum(1 << i for i in some)
            for n in range(least, most + 1)
            for some in combinations(inside, n)
        )
        return max(
            (sums[some] + best(left ^ some, group + 1) for some in sets),
            default=float("-inf"),
        )

    return best((1 << people) - 1, 0)


@pytest.mark.parametrize("file", INSTANCES, ids=lambda file: file.stem)
def test_the_search_meets_the_best_of_all_divisions(file):
    groups, far = instance(file)
    best = most_diverse(groups, far)
    assert 2 * best == pytest.approx(PUBLISHED.get(file.stem, 2 * best), abs=0.002)
    problem = GroupingProblem(
        len(far), groups, distances=tuple(tuple(-value for value in row) for row in far)
    )
    found = search(problem, Random(1), 500)
    assert broken_rules(problem, found.where) == [] and -found.cost == pytest.approx(
        best
    )


def test_all_instances_are_there():
    assert len(INSTANCES) == 6 and {file.stem for file in INSTANCES} > PUBLISHED.keys()
