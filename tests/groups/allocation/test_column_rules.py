"""Column rules: a group's share of every value, all of one value; and a class of engineers divided by eight rules."""

from itertools import product
from math import ceil, floor
from random import Random
from statistics import fmean, pstdev

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbs_desktop.commands.dividing import best_partition
from cbs_desktop.groups.allocation.bounds import lower_bound
from cbs_desktop.groups.allocation.counting import counting_bound
from cbs_desktop.groups.allocation.grouping import ColumnRule, GroupingProblem
from cbs_desktop.groups.allocation.objective import cost, violations_of
from cbs_desktop.groups.allocation.people_table import grouping_problem, people_table
from cbs_desktop.groups.allocation.polish import polish
from cbs_desktop.groups.allocation.search import Walk, search


def column_rule(kind, labels, weight=1.0):
    values = sorted(set(labels) - {-1})
    shares = tuple(labels.count(value) / len(labels) for value in values)
    return ColumnRule(kind, tuple(labels), shares, weight, f"{kind} column")


@st.composite
def problems(draw, people=8, groups=((4, 4), (4, 4))):
    """People with values in two columns, some with none; two stay together."""
    labels = st.lists(st.integers(-1, 2), min_size=people, max_size=people)
    share = [value if value < 2 else 0 for value in draw(labels)]
    same = [value if value < 2 else 1 for value in draw(labels)]
    share[:2] = (0, 1)  # every value is there
    same[:2] = (0, 1)
    rules = (column_rule("share", share), column_rule("same", same, 1.5))
    return GroupingProblem(people, groups, together=((2, 3),), rules=rules)


@settings(max_examples=40, deadline=None)
@given(problems(12, ((3, 5), (3, 5), (4, 4))), st.integers(0, 1_000))
def test_every_step_costs_what_counting_anew_says(problem, seed):
    rng = Random(seed)
    walk = Walk(problem, rng)
    walk.deal()
    for _step in range(8):
        walk.weigh()
        swaps = walk.exchanges(walk.each)
        moves = walk.moves()
        options = [("swap", *at) for at in np.argwhere(np.isfinite(swaps)).tolist()]
        options += [("move", *at) for at in np.argwhere(np.isfinite(moves)).tolist()]
        if not options:
            return
        kind, one, other = options[rng.randrange(len(options))]
        said = (swaps if kind == "swap" else moves)[one, other]
        before = cost(problem, walk.people(walk.where))
        if kind == "swap":
            walk.where[[one, other]] = walk.where[[other, one]]
        else:
            walk.where[one] = other
        after = cost(problem, walk.people(walk.where))
        assert after == pytest.approx(before + said, abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(problems())
def test_bounds_are_bounds_and_the_search_meets_the_best(problem):
    best = float("inf")
    for where in product(range(2), repeat=problem.people):
        if where.count(0) == 4 and where[2] == where[3]:
            best = min(best, cost(problem, where))
    assert counting_bound(problem, (4, 4)) <= best + 1e-9
    proof = lower_bound(problem, 20)
    assert proof.proven and proof.least == pytest.approx(best, abs=1e-5)
    found = search(problem, Random(1), 120)
    assert found.cost == pytest.approx(best)
    assert polish(problem, found).cost == pytest.approx(best)


def test_who_is_too_many_or_too_few_is_counted():
    rule = column_rule("share", [0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1])
    assert rule.within(4, 4) == [(1, 1), (3, 3)]
    assert violations_of(rule, (0, 3, 4, 5), 4, 4) == 0
    assert violations_of(rule, (0, 1, 2, 3), 4, 4) == 4
    same = column_rule("same", [0, 0, 1, 2, -1])
    assert violations_of(same, (0, 1, 2, 4), 4, 4) == 1
    assert violations_of(same, (0, 1, 4), 3, 3) == 0
    assert (same.penalty(0), same.penalty(2)) == (0, pytest.approx(1.2))


@pytest.mark.parametrize(
    ("labels", "groups", "mixed", "strangers"),
    [
        ([0] * 4 + [1] * 4, 2, 0, 0),
        ([0] * 6 + [1] * 2, 2, 1, 2),
        ([0, 0, 1, 1, 2, 2, 3, 3], 2, 2, 4),
    ],
)
def test_what_counting_says_of_one_value_a_group(labels, groups, mixed, strangers):
    rules = (column_rule("same", labels),)
    problem = GroupingProblem(8, ((4, 4),) * groups, rules=rules)
    bound = counting_bound(problem, (4,) * groups)
    assert bound == pytest.approx(mixed + 0.1 * strangers)
    assert search(problem, Random(1), 60).cost >= bound - 1e-9


HEADER = ("id", "sex", "abroad", "project", "major", "draws", "welds", "codes", "gpa")
MAJORS = ("civil", "civil", "mechanical", "electrical", "computing")
PROJECTS = ("bridge", "harbour", "school", "clinic", "market")


def engineers(rng):
    """An invented class of 105: teams of five that keep eight rules, which nobody knows."""
    people = []
    for team in range(21):
        women = rng.choice((0, 2, 2, 3))
        abroad = rng.choice((0, 0, 2))
        columns = [
            ["F"] * women + ["M"] * (5 - women),
            ["yes"] * abroad + ["no"] * (5 - abroad),
            [PROJECTS[team % 5]] * 5,
            list(MAJORS),
        ]
        for least in (2, 3, 1):
            skilled = least + rng.randrange(2)
            columns.append(["y"] * skilled + ["n"] * (5 - skilled))
        columns.append([round(rng.gauss(3, 0.5), 2) for _ in range(5)])
        for column in columns:
            rng.shuffle(column)
        people += zip(*columns, strict=True)
    rng.shuffle(people)
    return [(f"s{number:03}", *values) for number, values in enumerate(people)]


def broken_in(rows, members):
    """How many of the eight rules a team breaks."""
    column = {head: [row[i] for row in rows] for i, head in enumerate(HEADER)}
    broken = len({column["project"][i] for i in members}) > 1
    for head, value in (("sex", "F"), ("abroad", "yes")):
        broken += sum(column[head][i] == value for i in members) == 1
    for head in ("major", "draws", "welds", "codes"):
        outside = False
        for value in set(column[head]):
            share = column[head].count(value) / len(rows) * len(members)
            held = sum(column[head][i] == value for i in members)
            outside |= not floor(share + 1e-9) <= held <= ceil(share - 1e-9)
        broken += outside
    away = fmean(column["gpa"][i] for i in members) - fmean(column["gpa"])
    return broken + (abs(away) > pstdev(column["gpa"]) / 2)


RULES = {
    "groups": 21,
    "same": [{"column": "project", "weight": 2}],
    "share": [{"column": head} for head in ("major", "draws", "welds", "codes")],
    "spread": [
        {"column": "sex", "weight": 0, "alone": 1},
        {"column": "abroad", "weight": 0, "alone": 1},
    ],
    "balance": [{"column": "gpa", "weight": 0.03}],
}


@pytest.mark.parametrize("seed", [2, 3])
def test_a_class_of_engineers_by_eight_rules(seed):
    """The shape of a sample of GroupEng's: 105 people, 21 groups, at most 5 of 168."""
    rows = engineers(Random(seed))
    problem = grouping_problem(people_table(HEADER, rows), RULES)
    found = best_partition(problem, Random(1))
    broken = sum(broken_in(rows, found.members(group)) for group in range(21))
    assert broken <= 5
    assert found.cost >= counting_bound(problem, (5,) * 21)
