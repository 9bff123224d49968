"""An allocation people can trust: hard rules are never broken, everybody is somewhere, the same twice."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbs_desktop.errors import Cancelled
from cbs_desktop.groups import solver
from cbs_desktop.groups.problem import Candidate, Placed, Pool, Problem, Result, Sizes

SIZES = Sizes(10, 12, 15, 16, 8)


def pool(first, count, rooms=0, cells=3):
    people = tuple(
        Candidate(first + i, "FM"[i % 3 == 0], (("survivor", "perpetrator", "returnee")[i % 3],), i % cells)
        for i in range(count)
    )
    return Pool(first, None, "adult", f"place {first}", people, rooms)


@pytest.mark.parametrize(
    ("people", "rooms", "count"),
    [
        (0, 0, 0),
        (7, 0, 0),
        (8, 0, 1),
        (12, 0, 1),
        (16, 0, 1),
        (20, 0, 2),
        (26, 0, 2),
        (29, 0, 2),
        (30, 0, 3),
        (46, 3, 3),
        (144, 0, 12),
    ],
)
def test_how_many_groups(people, rooms, count):
    assert solver.group_count(people, SIZES, rooms) == count


problems = st.builds(
    lambda counts, pairs: Problem(
        SIZES,
        tuple(pool(1000 * (i + 1), count) for i, count in enumerate(counts)),
        frozenset((min(a, b) + 1000, max(a, b) + 1000) for a, b in pairs if a != b),
    ),
    st.lists(st.integers(0, 45), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 44), st.integers(0, 44)), max_size=25),
)


@settings(max_examples=60, deadline=None)
@given(problems, st.integers(0, 5))
def test_hard_rules_hold_and_nobody_is_lost(problem, seed):
    found = solver.solve(problem, Random(seed))
    assert solver.broken(problem, found.groups) == []
    placed = [i for group in found.groups for i in group.people]
    everybody = {one.id for pool_ in problem.pools for one in pool_.people}
    assert len(placed) == len(set(placed))
    assert set(placed) | {i for i, _why in found.waiting} == everybody
    assert set(placed).isdisjoint(i for i, _why in found.waiting)
    assert all(len(group.people) <= SIZES.stop for group in found.groups)


def test_the_same_problem_and_seed_give_the_same_groups():
    problem = Problem(SIZES, (pool(1, 60), pool(100, 26)), frozenset({(1, 2), (1, 3)}))
    assert solver.solve(problem, Random(7)) == solver.solve(problem, Random(7))


def test_better_than_taking_people_as_they_come():
    problem = Problem(SIZES, (pool(1, 72),), frozenset())
    found = solver.solve(problem, Random(1))
    people = [one.id for one in sorted(problem.pools[0].people, key=lambda one: (one.categories, one.sex))]
    as_they_come = [Placed(0, tuple(people[i : i + 12])) for i in range(0, 72, 12)]
    assert found.cost < solver.cost(problem, as_they_come) / 5


def test_a_small_pool_waits_and_says_why():
    found = solver.solve(Problem(SIZES, (pool(1, 7),), frozenset()), Random(1))
    assert found.groups == () and {why for _i, why in found.waiting} == {"too few"}


def test_rooms_of_a_facility_are_a_limit():
    found = solver.solve(Problem(SIZES, (pool(1, 50, rooms=3),), frozenset()), Random(1))
    assert len(found.groups) == 3 and [why for _i, why in found.waiting] == ["no room"] * 2


def test_what_is_broken_is_named():
    problem = Problem(SIZES, (pool(1, 20), pool(100, 20)), frozenset({(1, 2)}))
    groups = [Placed(0, (1, 2, 101)), Placed(0, (1, *range(3, 20)))]
    rules = {rule for rule, _person in solver.broken(problem, groups)}
    assert rules == {"other pool", "keep apart", "twice", "group full"}


def test_it_can_be_stopped():
    def stop(done, total):
        raise Cancelled()

    with pytest.raises(Cancelled):
        solver.solve(Problem(SIZES, (pool(1, 30),), frozenset()), Random(1), stop)


def test_problem_and_result_come_back_from_their_text():
    problem = Problem(SIZES, (pool(1, 30),), frozenset({(1, 2)}))
    found = solver.solve(problem, Random(1))
    assert Problem.from_json(problem.to_json()) == problem and Result.from_json(found.to_json()) == found
