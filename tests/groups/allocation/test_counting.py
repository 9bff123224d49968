"""Bounds by counting are never above what a division costs, and are met where nothing stands in the way."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbs_desktop.groups.allocation.counting import counting_bound
from cbs_desktop.groups.allocation.grouping import GroupingProblem, Trait
from cbs_desktop.groups.allocation.objective import cost


@settings(max_examples=80, deadline=None)
@given(
    st.integers(2, 4),
    st.integers(2, 6),
    st.integers(0, 4),
    st.randoms(use_true_random=False),
)
def test_no_division_costs_less(groups, size, traits, draw):
    people = groups * size
    made = tuple(
        Trait(
            tuple(float(draw.random() < 0.4) for _ in range(people)),
            draw.choice((0.0, 1.0, 2.0)),
            draw.choice((0.0, 0.5)),
        )
        for _ in range(traits)
    )
    places = tuple(draw.randrange(4) for _ in range(people))
    problem = GroupingProblem(people, ((size, size),) * groups, made, places, 0.15)
    bound = counting_bound(problem, [size] * groups)
    for _ in range(20):
        where = [n % groups for n in range(people)]
        draw.shuffle(where)
        assert bound <= cost(problem, where) + 1e-9


def test_a_bound_that_is_met():
    women = Trait((1.0,) * 5 + (0.0,) * 7, 2.0)
    problem = GroupingProblem(
        12, ((4, 4),) * 3, (women,), tuple(i // 4 for i in range(12)), 0.15
    )
    shares = [2 - 5 / 3, 2 - 5 / 3, 1 - 5 / 3]
    assert counting_bound(problem, [4] * 3) == pytest.approx(
        2 * sum(x * x for x in shares) + 3 * 0.15
    )
    alone = Trait((1.0, 1.0) + (0.0,) * 10, 1.0, 0.5)
    assert counting_bound(
        GroupingProblem(12, ((6, 6),) * 2, (alone,)), [6, 6]
    ) == pytest.approx(1.0)  # one in each, both alone


def test_numbers_and_distances_count_nothing():
    problem = GroupingProblem(
        4,
        ((2, 2),) * 2,
        (Trait((1.5, 0.0, 0.0, 2.0), 1.0),),
        distances=((1.0,) * 4,) * 4,
    )
    assert (
        counting_bound(problem, [2, 2])
        == 0.0
        <= cost(problem, [Random(1).randrange(2) for _ in range(4)])
    )
