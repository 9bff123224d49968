"""Hard rules of the office's groups: together, days, languages, distance; contradictions named with the people concerned."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbs_desktop.groups.allocation import solver
from cbs_desktop.groups.allocation.assignment import WHY_WAITING, PlacedGroup
from cbs_desktop.groups.allocation.instance import Instance
from cbs_desktop.groups.allocation.people import PersonFacts, Pool, Sizes
from cbs_desktop.groups.allocation.violations import contradictions, violations
from cbs_desktop.groups.rules import Preferences

SIZES = Sizes(10, 12, 15, 16, 8)


pytestmark = pytest.mark.usefixtures("quick")


def pool(count, first=1, **more):
    people = tuple(
        PersonFacts(first + i, "FM"[i % 2], (), i % 3, 1, 20 + i) for i in range(count)
    )
    return Pool(
        1, None, "adult", "place", tuple(replace(one, **more) for one in people)
    )


def with_people(made, **changes):
    """The pool with some people changed: p3={"days": (1,)}."""
    changed = {int(key[1:]): values for key, values in changes.items()}
    return replace(
        made,
        people=tuple(replace(one, **changed.get(one.id, {})) for one in made.people),
    )


def solved(problem):
    found = solver.solve(problem, Random(1))
    assert violations(problem, found.groups) == []
    return found


def test_who_is_kept_together_shares_a_group():
    problem = Instance(
        SIZES, (pool(36),), frozenset(), frozenset({(1, 2), (2, 3), (10, 20)})
    )
    found = solved(problem)
    assert found.where(1) == found.where(2) == found.where(3) and found.where(
        10
    ) == found.where(20)
    assert found.waiting == ()


def test_a_group_shares_a_day_and_a_language():
    made = with_people(
        pool(26),
        p1={"days": (0,)},
        p2={"days": (1,)},
        p3={"days": (2,)},
        p4={"languages": ("sw",)},
        p5={"languages": ("rn",)},
    )
    found = solved(Instance(SIZES, (made,), frozenset()))
    assert [why for _i, why in found.waiting] == [
        "no common day"
    ]  # three days, two groups
    assert found.where(4) != found.where(5)


def test_nobody_of_a_group_lives_beyond_the_radius():
    spots = {
        i: {"spot": (-1.5 - 0.01 * (i % 5), 29.6), "cell": i} for i in range(1, 27)
    }
    made = with_people(pool(26), **{f"p{i}": values for i, values in spots.items()})
    problem = Instance(SIZES, (made,), frozenset(), preferences=Preferences(area_km=3))
    found = solved(problem)
    people = {one.id: one for one in made.people}
    for group in found.groups:
        assert all(
            abs(people[a].spot[0] - people[b].spot[0]) < 0.03
            for a in group.people
            for b in group.people
        )


@pytest.mark.parametrize(
    ("apart", "together", "changes", "why"),
    [
        ({(1, 3)}, {(1, 2), (2, 3)}, {}, "together and apart"),
        (set(), {(i, i + 1) for i in range(1, 18)}, {}, "together too many"),
        (set(), {(1, 100)}, {}, "together elsewhere"),
        (
            set(),
            {(1, 2)},
            {"p1": {"days": (0,)}, "p2": {"days": (3,)}},
            "no common day",
        ),
    ],
)
def test_contradictions_are_named_and_everybody_else_is_placed(
    apart, together, changes, why
):
    made = (with_people(pool(36), **changes), pool(12, first=100))
    problem = Instance(SIZES, made, frozenset(apart), frozenset(together))
    concerned = {i for pair in together for i in pair}
    assert dict(contradictions(problem)) == dict.fromkeys(concerned, why)
    found = solver.solve(problem, Random(1))
    assert dict(found.waiting) == dict.fromkeys(concerned, why)


def test_pools_that_no_wished_size_divides():
    stretch = solved(Instance(SIZES, (pool(16),), frozenset()))
    assert [len(group.people) for group in stretch.groups] == [16]
    waits = solver.solve(
        Instance(
            SIZES, (pool(16),), frozenset(), preferences=Preferences(undivided="wait")
        ),
        Random(1),
    )
    assert waits.groups == () and {why for _i, why in waits.waiting} == {
        "no wished size"
    }


def test_preferences_set_to_none_cost_nothing_and_much_costs_twice_some():
    from cbs_desktop.groups.allocation.balance import parts

    groups = [PlacedGroup(0, tuple(range(1, 13)))]
    much = parts(
        Instance(SIZES, (pool(24),), frozenset(), preferences=Preferences(ages="much")),
        groups,
    )
    some = parts(
        Instance(SIZES, (pool(24),), frozenset(), preferences=Preferences(ages="some")),
        groups,
    )
    none = parts(
        Instance(SIZES, (pool(24),), frozenset(), preferences=Preferences(ages="none")),
        groups,
    )
    assert much["ages"] == 2 * some["ages"] > 0 == none["ages"]


person = st.builds(
    lambda sex, days, languages, cell: {
        "sex": sex,
        "days": days,
        "languages": languages,
        "cell": cell,
    },
    st.sampled_from("FM"),
    st.sets(st.integers(0, 4), max_size=3).map(lambda s: tuple(sorted(s))),
    st.sets(st.sampled_from(("sw", "rn", "fr")), max_size=2).map(
        lambda s: tuple(sorted(s))
    ),
    st.integers(1, 4),
)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(person, min_size=8, max_size=40),
    st.sets(st.tuples(st.integers(1, 40), st.integers(1, 40)), max_size=12),
    st.sets(st.tuples(st.integers(1, 40), st.integers(1, 40)), max_size=6),
)
def test_no_hard_rule_is_ever_broken_and_nobody_is_lost(people, apart, together):
    made = Pool(
        1,
        None,
        "adult",
        "",
        tuple(PersonFacts(i, categories=(), **one) for i, one in enumerate(people, 1)),
    )
    pairs = [
        frozenset((min(p), max(p)) for p in each if p[0] != p[1])
        for each in (apart, together)
    ]
    problem = Instance(SIZES, (made,), *pairs)
    found = solver.solve(problem, Random(1))
    assert violations(problem, found.groups) == []
    placed = [i for group in found.groups for i in group.people]
    assert sorted([*placed, *(i for i, _why in found.waiting)]) == [
        one.id for one in made.people
    ]
    assert {why for _i, why in found.waiting} <= set(WHY_WAITING)
    assert Instance.from_json(problem.to_json()) == problem


problems = st.builds(
    lambda counts, pairs: Instance(
        SIZES,
        tuple(pool(count, 1000 * (i + 1)) for i, count in enumerate(counts)),
        frozenset((min(a, b) + 1000, max(a, b) + 1000) for a, b in pairs if a != b),
    ),
    st.lists(st.integers(0, 45), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 44), st.integers(0, 44)), max_size=25),
)


@settings(max_examples=60, deadline=None)
@given(problems, st.integers(0, 5))
def test_hard_rules_hold_and_nobody_is_lost(problem, seed):
    found = solver.solve(problem, Random(seed))
    assert violations(problem, found.groups) == []
    placed = [i for group in found.groups for i in group.people]
    everybody = {one.id for pool_ in problem.pools for one in pool_.people}
    assert len(placed) == len(set(placed))
    assert set(placed) | {i for i, _why in found.waiting} == everybody
    assert set(placed).isdisjoint(i for i, _why in found.waiting)
    assert all(len(group.people) <= SIZES.stop for group in found.groups)
