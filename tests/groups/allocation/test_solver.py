"""An allocation people can trust: hard rules are never broken, everybody is somewhere, the same twice."""

import time
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest

from cbs_desktop.errors import Cancelled
from cbs_desktop.groups.allocation import balance, exchanges, solver
from cbs_desktop.groups.allocation.assignment import Assignment, PlacedGroup
from cbs_desktop.groups.allocation.hard_rules import broken_rules
from cbs_desktop.groups.allocation.instance import Instance
from cbs_desktop.groups.allocation.objective import cost
from cbs_desktop.groups.allocation.people import PersonFacts, Pool, Sizes
from cbs_desktop.groups.allocation.violations import violations

A_LONG_TIME = 600  # seconds: what ends the proof is the proof
SIZES = Sizes(10, 12, 15, 16, 8)


def pool(first, count, rooms=0, cells=3):
    people = tuple(
        PersonFacts(
            first + i,
            "FM"[i % 3 == 0],
            (("survivor", "perpetrator", "returnee")[i % 3],),
            i % cells,
        )
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


def test_the_same_problem_and_seed_give_the_same_groups():
    problem = Instance(SIZES, (pool(1, 60), pool(100, 26)), frozenset({(1, 2), (1, 3)}))
    assert solver.solve(problem, Random(7)) == solver.solve(problem, Random(7))


def test_better_than_taking_people_as_they_come():
    problem = Instance(SIZES, (pool(1, 72),), frozenset())
    found = solver.solve(problem, Random(1))
    people = [
        one.id
        for one in sorted(
            problem.pools[0].people, key=lambda one: (one.categories, one.sex)
        )
    ]
    as_they_come = [PlacedGroup(0, tuple(people[i : i + 12])) for i in range(0, 72, 12)]
    assert found.cost < balance.cost(problem, as_they_come) / 5


def test_a_small_pool_waits_and_says_why():
    found = solver.solve(Instance(SIZES, (pool(1, 7),), frozenset()), Random(1))
    assert found.groups == () and {why for _i, why in found.waiting} == {"too few"}


def test_rooms_of_a_facility_are_a_limit():
    found = solver.solve(
        Instance(SIZES, (pool(1, 50, rooms=3),), frozenset()), Random(1)
    )
    assert (
        len(found.groups) == 3 and [why for _i, why in found.waiting] == ["no room"] * 2
    )


def test_what_is_broken_is_named():
    problem = Instance(SIZES, (pool(1, 20), pool(100, 20)), frozenset({(1, 2)}))
    groups = [PlacedGroup(0, (1, 2, 101)), PlacedGroup(0, (1, *range(3, 20)))]
    rules = {rule for rule, _person in violations(problem, groups)}
    assert rules == {"other pool", "keep apart", "twice", "group full"}


def test_it_can_be_stopped():
    def stop(done, total):
        raise Cancelled()

    with pytest.raises(Cancelled):
        solver.solve(Instance(SIZES, (pool(1, 30),), frozenset()), Random(1), stop)


def test_problem_and_result_come_back_from_their_text():
    problem = Instance(SIZES, (pool(1, 30),), frozenset({(1, 2)}))
    found = solver.solve(problem, Random(1))
    assert (
        Instance.from_json(problem.to_json()) == problem
        and Assignment.from_json(found.to_json()) == found
    )


def test_the_grouping_problem_costs_what_the_board_says():
    problem = Instance(SIZES, (pool(1, 36, cells=5),), frozenset({(1, 5)}))
    found = solver.solve(problem, Random(3))
    case = replace(problem.problem(0), groups=((12, 12),) * 3)
    place = {
        i: number for number, group in enumerate(found.groups) for i in group.people
    }
    where = [place[one.id] for one in problem.pools[0].people]
    assert (
        cost(case, where) == pytest.approx(found.cost)
        and broken_rules(case, where) == []
    )


def test_nobody_is_the_only_one_of_a_background_where_it_can_be_helped():
    people = tuple(
        PersonFacts(i, "FM"[i % 2], ("widow",) if i < 4 else (), 1) for i in range(24)
    )
    problem = Instance(SIZES, (Pool(1, None, "adult", "", people),), frozenset())
    found = solver.solve(problem, Random(1))
    assert sorted(sum(i < 4 for i in group.people) for group in found.groups) == [2, 2]
    three = tuple(
        PersonFacts(i, "FM"[i % 2], ("widow",) if i < 3 else (), 1) for i in range(24)
    )
    found = solver.solve(
        Instance(SIZES, (Pool(1, None, "adult", "", three),), frozenset()), Random(1)
    )
    assert 1 in [sum(i < 3 for i in group.people) for group in found.groups] or sorted(
        sum(i < 3 for i in group.people) for group in found.groups
    ) == [0, 3]


def test_cancelling_takes_a_tenth_of_a_second():
    times = []

    def stop(done, total):
        times.append(time.thread_time())
        if len(times) > 40:
            raise Cancelled()

    with pytest.raises(Cancelled):
        solver.solve(
            Instance(
                SIZES, tuple(pool(100 * n, 45) for n in range(1, 20)), frozenset()
            ),
            Random(1),
            stop,
        )
    assert max(b - a for a, b in pairwise(times)) < 0.1


def test_as_good_as_trying_all_ways():
    """Eight people, two groups: every division is counted."""
    from itertools import combinations

    sizes = Sizes(4, 4, 4, 5, 4)
    draw = Random(9)
    people = tuple(
        PersonFacts(i, draw.choice("FM"), (draw.choice("abc"),), draw.randrange(4))
        for i in range(8)
    )
    problem = Instance(
        sizes, (Pool(1, None, "adult", "", people),), frozenset({(0, 1)})
    )
    every = [
        [
            PlacedGroup(0, half),
            PlacedGroup(0, tuple(i for i in range(8) if i not in half)),
        ]
        for half in combinations(range(8), 4)
        if 0 in half and 1 not in half
    ]
    assert solver.solve(problem, Random(1)).cost == min(
        balance.cost(problem, each) for each in every
    )


def test_a_whole_season_is_soon_done_and_far_better_than_by_place():
    draw = Random(5)
    pools = tuple(
        Pool(
            n,
            None,
            "adult",
            "",
            tuple(
                PersonFacts(
                    1000 * n + i,
                    draw.choice("FFM"),
                    (draw.choice("abcdef"),),
                    draw.randrange(6),
                )
                for i in range(draw.randrange(12, 50))
            ),
        )
        for n in range(1, 28)
    )
    problem = Instance(SIZES, pools, frozenset())
    found = solver.solve(problem, Random(1))
    by_place = []
    for number, one in enumerate(pools):
        count = solver.group_count(len(one.people), SIZES)
        line = [
            each.id
            for each in sorted(one.people, key=lambda each: (each.cell, each.id))
        ]
        by_place += [
            PlacedGroup(
                number,
                tuple(line[k * len(line) // count : (k + 1) * len(line) // count]),
            )
            for k in range(count)
        ]
    assert violations(problem, found.groups) == [] and found.waiting == ()
    assert found.cost < 0.25 * balance.cost(problem, by_place)


def test_it_explains_itself_in_counts():
    problem = Instance(SIZES, (pool(1, 24),), frozenset())
    found = solver.solve(problem, Random(1))
    for told, group in zip(
        balance.explain(problem, found.groups), found.groups, strict=True
    ):
        assert told.size == len(group.people) == told.women + told.men
        assert {name for name, _here, _even in told.backgrounds} == {
            "survivor",
            "perpetrator",
            "returnee",
        }
        assert all(abs(here - even) <= 1 for _name, here, even in told.backgrounds)


def test_taking_people_out_never_looks_like_an_improvement():
    problem = Instance(SIZES, (pool(1, 24),), frozenset())
    found = solver.solve(problem, Random(1))
    for person in found.groups[0].people:
        assert balance.cost(problem, found.moved((person,), None).groups) > found.cost


def test_a_newcomer_joins_the_pool_of_their_place():
    before = Instance(SIZES, (pool(1, 20),), frozenset())
    after = Instance(SIZES, (pool(1, 21), pool(100, 12)), frozenset())
    assert [len(each.people) for each in before.with_person(after, 21).pools] == [21]
    assert [len(each.people) for each in before.with_person(after, 105).pools] == [
        20,
        1,
    ]
    assert (
        before.with_person(after, 3) == before
        and before.with_person(after, 999) is None
    )


@pytest.mark.parametrize("seed", range(3))
def test_no_allocation_costs_less_than_what_was_proved(seed):
    draw = Random(seed)
    people = tuple(
        PersonFacts(i, draw.choice("FM"), (draw.choice("abc"),), draw.randrange(4))
        for i in range(20)
    )
    problem = Instance(
        SIZES,
        (Pool(1, None, "adult", "", people), pool(100, 12), pool(200, 7)),
        frozenset({(0, 1)}),
    )
    found = solver.solve(problem, Random(seed))
    proved = solver.lower_bound(problem, found, A_LONG_TIME)
    assert proved <= found.cost + 1e-6 and proved > 0.8 * found.cost
    for other in range(5):
        assert proved <= solver.solve(problem, Random(100 + other)).cost + 1e-6


def test_a_proof_can_be_stopped():
    problem = Instance(SIZES, (pool(1, 45), pool(100, 45)), frozenset())
    found = solver.solve(problem, Random(1))

    def stop(done, total):
        raise Cancelled()

    with pytest.raises(Cancelled):
        solver.lower_bound(problem, found, 30, stop)


def test_what_was_proved_comes_back_from_its_text():
    found = replace(
        solver.solve(Instance(SIZES, (pool(1, 12),), frozenset()), Random(1)),
        lower_bound=1.5,
    )
    assert (
        Assignment.from_json(found.to_json()) == found
        and Assignment.from_json(Assignment((), (), 0.0).to_json()).lower_bound is None
    )


def test_exchanges_are_the_best_there_are_and_break_nothing():
    problem = Instance(SIZES, (pool(1, 24, cells=4),), frozenset({(1, 2), (3, 4)}))
    found = solver.solve(problem, Random(2))
    person = found.groups[0].people[0]
    worse = found.exchanged(person, found.groups[1].people[0])
    told = exchanges.swaps(problem, worse, person, most=30)
    assert (
        told == sorted(told, key=lambda one: (one.extra, one.person))
        and told[0].extra <= 0
    )
    for one in told:
        changed = worse.exchanged(person, one.person)
        assert (
            violations(problem, changed.groups) == []
            and person in changed.groups[one.group].people
        )
        assert balance.cost(problem, changed.groups) - balance.cost(
            problem, worse.groups
        ) == pytest.approx(one.extra, abs=1e-5)
    assert (
        found.exchanged(person, 999) is None
        and found.exchanged(person, found.groups[0].people[1]) is None
    )
    assert exchanges.swaps(problem, found, 999) == []
