"""Who leads which group and when: no hard rule is ever broken, small offices get the best there is, and it is told why not."""

from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbs_desktop.errors import Cancelled
from cbs_desktop.groups.allocation import facilitator_model
from cbs_desktop.groups.allocation.facilitator_model import (
    Facilitation,
    GroupNeeds,
    facilitate,
    why_not,
)
from cbs_desktop.groups.allocation.people import WEEK, FacilitatorFacts


def office(draw, facilitators, groups, days=6):
    """Facilitators and groups with everything in it, and the way from each to each."""
    people = tuple(
        FacilitatorFacts(
            i,
            draw.choice("FM"),
            draw.choice(("basic", "basic", "intermediate", "trainer", "in training")),
            languages=tuple(draw.sample(("rw", "fr", "sw"), draw.choice((0, 1, 2)))),
            days=tuple(draw.sample(range(days), draw.randint(2, days - 1)))
            if draw.random() < 0.7
            else (),
            load=draw.choice((0, 0, 0, 1)),
            busy=tuple(draw.sample(range(days), draw.choice((0, 0, 1)))),
            ties=tuple(draw.sample(range(12 * groups), 3)),
        )
        for i in range(facilitators)
    )
    needs = tuple(
        GroupNeeds(
            frozenset(range(12 * k, 12 * k + 12)),
            frozenset({draw.choice(("rw", "rw", "fr"))})
            if draw.random() < 0.8
            else frozenset(),
            frozenset(draw.sample(range(days), draw.randint(1, days - 1)))
            if draw.random() < 0.8
            else frozenset(),
        )
        for k in range(groups)
    )
    return (
        people,
        needs,
        tuple(tuple(round(draw.uniform(0, 40), 1) for _ in needs) for _ in people),
    )


def wrong(facilitators, groups, found, most=2):
    """Hard rules that an answer breaks."""
    by = {one.id: one for one in facilitators}
    bad = []
    days = {}
    for group, told in zip(groups, found, strict=True):
        bad += [why for i in told.facilitators if (why := why_not(by[i], group, most))]
        bad += ["more than two"] * (
            len(set(told.facilitators)) != len(told.facilitators)
            or len(told.facilitators) > 2
        )
        bad += ["day of the group"] * (
            told.day is not None and told.day not in (group.days or WEEK)
        )
        bad += [
            "day of a facilitator"
            for i in told.facilitators
            if told.day not in by[i].free_days
        ]
        for i in told.facilitators:
            days.setdefault(i, []).append(told.day)
    bad += ["two on one day" for mine in days.values() if len(set(mine)) < len(mine)]
    return bad + [
        "too many" for i, mine in days.items() if len(mine) + by[i].load > most
    ]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 100_000), st.integers(0, 9), st.integers(1, 7), st.integers(1, 3))
def test_no_hard_rule_is_broken_and_who_is_missing_is_told(seed, count, many, most):
    facilitators, groups, km = office(Random(seed), count, many, 4)
    found = facilitate(facilitators, groups, km, most)
    assert wrong(facilitators, groups, found, most) == []
    assert all(bool(told.missing) == (len(told.facilitators) < 2) for told in found)


def test_whoever_is_in_the_way_of_others_is_seen_too():
    """Found by hypothesis: the facilitator looked at closely stayed in two places because of the days of another."""
    facilitators, groups, km = office(Random(5816), 6, 6, 4)
    assert wrong(facilitators, groups, facilitate(facilitators, groups, km)) == []


def price(facilitators, groups, km, pairs):
    """What facilitators for groups cost, counted from nothing."""
    total = 0.0
    led = [one.load for one in facilitators]
    for g, pair in enumerate(pairs):
        total += facilitator_model.MISSING * (2 - len(pair)) + sum(
            km[i][g] for i in pair
        )
        total += sum(
            facilitator_model.MIXED
            for sex in "FM"
            if sex not in {facilitators[i].sex for i in pair}
        )
        total += facilitator_model.EXPERIENCED * (
            not {facilitators[i].level for i in pair} & {"intermediate", "trainer"}
        )
        for i in pair:
            total += facilitator_model.BURDEN * led[i]
            led[i] += 1
    return total


def best(facilitators, groups, km):
    """The least of all ways to lead the groups."""
    options = []
    for group in groups:
        can = [i for i, one in enumerate(facilitators) if not why_not(one, group)]
        several = [pair for size in (0, 1, 2) for pair in combinations(can, size)]
        days = sorted(group.days or WEEK)
        options.append(
            [
                (p, d)
                for p in several
                for d in days
                if all(d in facilitators[i].free_days for i in p)
            ]
        )
    ways = (
        way
        for way in product(*options)
        if not wrong(
            facilitators,
            groups,
            [Facilitation(tuple(facilitators[i].id for i in p), d) for p, d in way],
        )
    )
    return min(
        price(facilitators, groups, km, [pair for pair, _day in way]) for way in ways
    )


@pytest.mark.parametrize("seed", range(10))
def test_as_good_as_trying_all_ways(seed):
    facilitators, groups, km = office(Random(seed), 4, 3, 3)
    groups = tuple(
        GroupNeeds(one.people, one.languages, frozenset(sorted(one.days or {0, 1})[:2]))
        for one in groups
    )
    found = facilitate(facilitators, groups, km)
    assert price(
        facilitators, groups, km, [told.facilitators for told in found]
    ) == pytest.approx(best(facilitators, groups, km))


@pytest.mark.parametrize(
    ("facilitator", "why"),
    [
        (FacilitatorFacts(1, "F", "basic"), ""),
        (FacilitatorFacts(1, "F", "in training"), "not trained"),
        (FacilitatorFacts(1, "F", "basic", ties=(7,)), "tie"),
        (FacilitatorFacts(1, "F", "basic", languages=("sw",)), "language"),
        (FacilitatorFacts(1, "F", "basic", days=(5,)), "day"),
        (
            FacilitatorFacts(
                1,
                "F",
                "basic",
                busy=(
                    0,
                    2,
                ),
            ),
            "day",
        ),
        (FacilitatorFacts(1, "F", "trainer", load=2), "enough groups"),
    ],
)
def test_why_somebody_cannot_lead_a_group(facilitator, why):
    group = GroupNeeds(frozenset({7, 8}), frozenset({"rw", "fr"}), frozenset({0, 2}))
    assert why_not(facilitator, group) == why
    found = facilitate([facilitator, FacilitatorFacts(2, "M", "basic")], [group])[0]
    assert (found.facilitators, found.missing) == (
        ((1, 2), "") if not why else ((2,), why)
    )


def test_a_woman_and_a_man_one_of_them_experienced_even_if_others_live_nearer():
    facilitators = [
        FacilitatorFacts(1, "F", "basic"),
        FacilitatorFacts(2, "F", "basic"),
        FacilitatorFacts(3, "M", "trainer"),
        FacilitatorFacts(4, "M", "trainer"),
    ]
    assert facilitate(facilitators, [GroupNeeds(frozenset())], [[3], [1], [15], [12]])[
        0
    ].facilitators == (
        2,
        4,
    )


def test_nobody_is_in_two_places_and_days_of_rest_stay_free():
    facilitators = [
        FacilitatorFacts(
            i,
            "FM"[i % 2],
            "trainer",
            days=(
                1,
                3,
            ),
        )
        for i in range(4)
    ]
    found = facilitate(facilitators, [GroupNeeds(frozenset())] * 4)
    assert (
        sorted(told.day for told in found) == [1, 1, 3, 3]
        and wrong(facilitators, [GroupNeeds(frozenset())] * 4, found) == []
    )
    free = [FacilitatorFacts(i, "FM"[i % 2], "trainer") for i in range(20)]
    days = [told.day for told in facilitate(free, [GroupNeeds(frozenset())] * 10)]
    assert sorted(days) == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_other_groups_have_taken_them():
    facilitators = [
        FacilitatorFacts(1, "F", "trainer", load=1),
        FacilitatorFacts(2, "M", "trainer", load=1),
    ]
    found = facilitate(facilitators, [GroupNeeds(frozenset())] * 2)
    assert sorted((len(told.facilitators), told.missing) for told in found) in (
        [(0, "taken"), (2, "")],
        [(1, "taken")] * 2,
    )


def test_a_whole_district():
    facilitators, groups, km = office(Random(1), 100, 30)
    found = facilitate(facilitators, groups, km)
    assert wrong(facilitators, groups, found) == [] and not any(
        told.missing for told in found
    )
    assert found == facilitate(facilitators, groups, km)


def test_it_can_be_stopped():
    def stop(done, total):
        raise Cancelled()

    with pytest.raises(Cancelled):
        facilitate(*office(Random(1), 60, 24), progress=stop)


def test_without_leaders_or_groups():
    assert (
        facilitate([], []) == []
        and facilitate([FacilitatorFacts(1, "F", "basic")], []) == []
    )
    assert facilitate([], [GroupNeeds(frozenset(), days=(3,))]) == [
        Facilitation((), 3, "not trained")
    ]
