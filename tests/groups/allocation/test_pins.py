"""What is pinned stays when the rest is looked for again; late joiners find a place while running groups stay as they are."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbs_desktop.groups.allocation import late_joiners, solver
from cbs_desktop.groups.allocation.assignment import Pins, PlacedGroup
from cbs_desktop.groups.allocation.instance import Instance
from cbs_desktop.groups.allocation.late_joiners import Running
from cbs_desktop.groups.allocation.people import PersonFacts, Pool, Sizes
from cbs_desktop.groups.allocation.violations import violations

SIZES = Sizes(10, 12, 15, 16, 8)


pytestmark = pytest.mark.usefixtures("quick")


def pool(count, first=1):
    people = (
        PersonFacts(first + i, "FM"[i % 2], ("widow",) if i % 5 == 0 else (), i % 4, 1)
        for i in range(count)
    )
    return Pool(first, None, "adult", f"place {first}", tuple(people))


@settings(max_examples=25, deadline=None)
@given(
    st.integers(24, 50),
    st.sets(st.integers(1, 50), max_size=8),
    st.booleans(),
    st.integers(0, 9),
)
def test_pinned_people_and_groups_stay(count, pinned, close, seed):
    problem = Instance(SIZES, (pool(count), pool(12, 100)), frozenset({(1, 2)}))
    before = solver.solve(problem, Random(seed))
    pins = Pins(
        frozenset(i for i in pinned if i <= count), frozenset({0} if close else ())
    )
    after = solver.solve(problem, Random(seed + 1), before=before, pins=pins)
    assert violations(problem, after.groups) == []
    assert all(after.where(i) == before.where(i) for i in pins.people)
    if close:
        assert after.groups[0].people == before.groups[0].people
    assert {i for group in after.groups for i in group.people} | {
        i for i, _why in after.waiting
    } == {i for each in problem.pools for i in (one.id for one in each.people)}


def test_a_closed_group_takes_nobody_in_for_whom_the_rules_have_put_out():
    problem = Instance(SIZES, (pool(26),), frozenset())
    before = solver.solve(problem, Random(1))
    one, other = before.groups[0].people[:2]
    now = replace(
        problem, apart=frozenset({(one, other)}), together=frozenset({(one, other)})
    )
    after = solver.solve(
        now, Random(2), before=before, pins=Pins(groups=frozenset({0}))
    )
    assert set(after.groups[0].people) == set(before.groups[0].people) - {one, other}
    assert dict(after.waiting) == dict.fromkeys((one, other), "together and apart")


def test_who_was_taken_out_and_pinned_stays_out():
    problem = Instance(SIZES, (pool(26),), frozenset())
    before = solver.solve(problem, Random(1)).moved((7,), None)
    after = solver.solve(problem, Random(2), before=before, pins=Pins(frozenset({7})))
    assert (
        after.waiting == ((7, "by hand"),)
        and sum(len(group.people) for group in after.groups) == 25
    )


def running(problem, groups, waiting, open_groups=None):
    places = frozenset(range(len(groups)) if open_groups is None else open_groups)
    people = tuple((i, f"MU-{i}", f"PERSON {i}") for i in waiting)
    return Running(
        1,
        problem,
        tuple(groups),
        tuple(range(len(groups))),
        ("a", "b", "c")[: len(groups)],
        places,
        people,
    )


def test_late_joiners_are_placed_and_nobody_else_moves():
    problem = Instance(
        SIZES, (pool(26), pool(8, 100)), frozenset({(1, 25)}), frozenset({(24, 26)})
    )
    groups = [
        PlacedGroup(0, tuple(range(1, 13))),
        PlacedGroup(0, tuple(range(13, 24))),
        PlacedGroup(1, tuple(range(100, 107))),
    ]
    found = late_joiners.place_late(
        running(problem, groups, (24, 25, 26, 107)), Random(1)
    )
    where = {late.person: late.group for late in found}
    assert where[25] == 1 and where[24] == where[26] is not None and where[107] == 2
    for number, group in enumerate(groups):
        members = tuple(i for i, place in where.items() if place == number)
        assert (
            violations(problem, [PlacedGroup(group.pool, (*group.people, *members))])
            == []
        )


def test_why_a_late_joiner_finds_no_group():
    problem = Instance(SIZES, (pool(18), pool(3, 100)), frozenset({(1, 17)}))
    full = [PlacedGroup(0, tuple(range(1, 17)))]
    assert {
        late.why
        for late in late_joiners.place_late(running(problem, full, (18,)), Random(1))
    } == {"no room"}
    assert {
        late.why
        for late in late_joiners.place_late(
            running(problem, full, (18,), ()), Random(1)
        )
    } == {"no group to join"}
    assert (
        late_joiners.place_late(running(problem, full, (100,)), Random(1))[0].why
        == "no group to join"
    )
    free = [PlacedGroup(0, tuple(range(1, 13)))]
    assert (
        late_joiners.place_late(running(problem, free, (17,)), Random(1))[0].why
        == "keep apart"
    )
    assert late_joiners.refusal(running(problem, free, (17,)), (17,), 0) == "keep apart"
    assert late_joiners.refusal(running(problem, free, (18,)), (18,), 0) == ""
