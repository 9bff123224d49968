"""The general core: every step costs what it is said to cost, hard rules hold, bounds are bounds, proofs are proofs."""

from itertools import combinations, permutations, product
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbs_desktop.groups.allocation.bounds import lower_bound
from cbs_desktop.groups.allocation.grouping import (
    WAITING,
    GroupingProblem,
    Trait,
    shared,
)
from cbs_desktop.groups.allocation.hard_rules import broken_rules
from cbs_desktop.groups.allocation.objective import LEFT_OUT, cost
from cbs_desktop.groups.allocation.relaxation import relax
from cbs_desktop.groups.allocation.search import Walk, search

A_LONG_TIME = 600  # seconds: what ends the proof is the proof


def some_problem(
    draw,
    people=12,
    groups=((3, 5), (3, 5), (4, 4)),
    blocks=((0, 1), (2, 3, 4)),
    apart=((0, 5), (6, 7)),
    far=False,
    common=0,
):
    """A problem with everything in it."""
    traits = (
        Trait(tuple(float(draw.random() < 0.4) for _ in range(people)), 2.0, 0.7),
        Trait(tuple(float(draw.random() < 0.2) for _ in range(people)), 1.0, 0.5),
        Trait(tuple(round(draw.gauss(0, 1), 2) for _ in range(people)), 0.6),
    )
    places = tuple(draw.randrange(3) for _ in range(people))
    rows = [[0.0] * people for _ in range(people)]
    for i, j in combinations(range(people), 2):
        rows[i][j] = rows[j][i] = round(draw.uniform(-2, 1), 2) if far else 0.0
    distances = tuple(map(tuple, rows)) if far else ()
    matters = tuple(
        tuple(
            frozenset(draw.sample(range(4), draw.choice((0, 2, 3))))
            for _ in range(people)
        )
        for _ in range(common)
    )
    return GroupingProblem(
        people,
        groups,
        traits,
        places,
        0.3,
        frozenset(apart),
        blocks,
        distances=distances,
        common=matters,
    )


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.booleans(), st.integers(0, 2))
def test_every_step_costs_what_counting_anew_says(seed, far, common):
    draw = Random(seed)
    problem = some_problem(draw, far=far, common=common)
    walk = Walk(problem, draw)
    walk.deal()
    for _step in range(12):
        walk.weigh()
        some = draw.choice((walk.each, np.array([draw.randrange(walk.count)])))
        swaps = walk.exchanges(some)
        moves = walk.moves()
        before = cost(problem, _where(walk))
        options = [("swap", *map(int, at)) for at in np.argwhere(np.isfinite(swaps))]
        options += [("move", *map(int, at)) for at in np.argwhere(np.isfinite(moves))]
        if not options:
            return
        kind, i, j = options[draw.randrange(len(options))]
        said = float((swaps if kind == "swap" else moves)[i, j])
        i = int(some[i]) if kind == "swap" else i
        if kind == "swap":
            walk.where[i], walk.where[j] = walk.where[j], walk.where[i]
        else:
            walk.where[i] = j
        after = _where(walk)
        assert cost(problem, after) == pytest.approx(before + said, abs=1e-6)
        assert [
            rule for rule, _who in broken_rules(problem, after) if rule != "size"
        ] == []


def _where(walk):
    return walk.people(walk.where)


def every(problem):
    """All divisions of a small problem that keep the hard rules."""
    for where in product(range(len(problem.groups)), repeat=problem.people):
        if not broken_rules(problem, where):
            yield where


@pytest.mark.parametrize("seed", range(6))
def test_search_and_proof_meet_the_best_of_all_divisions(seed):
    draw = Random(seed)
    problem = some_problem(draw, 8, ((4, 4), (4, 4)), ((0, 1),), ((0, 5), (6, 7)))
    problem = GroupingProblem(
        problem.people,
        problem.groups,
        problem.traits[:2],
        problem.places,
        problem.scatter,
        problem.apart,
        problem.together,
    )
    best = min(cost(problem, where) for where in every(problem))
    assert search(problem, Random(1), 150).cost == pytest.approx(best)
    bound = lower_bound(problem, A_LONG_TIME)
    assert bound.proven and bound.least == pytest.approx(best, abs=1e-5)
    assert (
        cost(problem, bound.where) == pytest.approx(best, abs=1e-5)
        and broken_rules(problem, bound.where) == []
    )


@pytest.mark.parametrize("seed", range(3))
def test_a_bound_with_numbers_and_different_sizes_is_never_above_the_best(seed):
    problem = some_problem(Random(seed), 8, ((2, 4), (3, 6)), (), ((0, 5),))
    best = min(cost(problem, where) for where in every(problem))
    bound = lower_bound(problem, A_LONG_TIME)
    assert bound.least <= best + 1e-6 and bound.least > best - 0.3
    assert search(problem, Random(1), 200).cost == pytest.approx(best)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_hard_rules_hold_or_people_wait(seed):
    draw = Random(seed)
    pairs = {tuple(sorted(draw.sample(range(30), 2))) for _ in range(60)}
    problem = GroupingProblem(
        30, ((9, 11),) * 3, apart=frozenset(pairs), fixed={0: 1, 7: 2}
    )
    found = search(problem, draw, 60)
    waiting = found.where.count(WAITING)
    wrong = {rule for rule, _who in broken_rules(problem, found.where)}
    assert wrong <= ({"size"} if waiting else set())
    assert found.cost >= LEFT_OUT * waiting


def options(most):
    return st.frozensets(st.integers(0, most), max_size=most)


@st.composite
def cases(draw):
    """People with all hard rules at once, often more than can be kept."""
    people = draw(st.integers(6, 16))
    groups = draw(st.integers(2, 3))
    pair = st.lists(st.integers(0, people - 1), min_size=2, max_size=2, unique=True)
    return GroupingProblem(
        people,
        ((people // groups, -(-people // groups)),) * groups,
        (Trait(tuple(float(i % 3 == 0) for i in range(people)), 1.0, 0.5),),
        apart=frozenset((min(p), max(p)) for p in draw(st.lists(pair, max_size=10))),
        together=tuple(map(tuple, draw(st.lists(pair, max_size=3)))),
        fixed=draw(
            st.dictionaries(
                st.integers(0, people - 1), st.integers(0, groups - 1), max_size=2
            )
        ),
        common=tuple(
            tuple(draw(options(most)) for _ in range(people))
            for most in draw(st.sampled_from([(), (2,), (4, 2)]))
        ),
    )


@settings(max_examples=60, deadline=None)
@given(cases())
def test_no_rule_is_broken_for_those_who_are_placed(problem):
    found = search(problem, Random(1), 20)
    wrong = broken_rules(problem, found.where)
    assert {rule for rule, _who in wrong} <= {"size", "fixed"}
    assert all(found.where[who] == WAITING for rule, who in wrong if rule == "fixed")
    sizes = [len(found.members(group)) for group in range(len(problem.groups))]
    assert all(
        size <= most for size, (_least, most) in zip(sizes, problem.groups, strict=True)
    )
    for group in range(len(problem.groups)):
        for matter in problem.common:
            named = [matter[i] for i in found.members(group) if matter[i]]
            assert not named or frozenset.intersection(*named)


@settings(max_examples=25, deadline=None)
@given(cases())
def test_what_keeps_people_waiting_is_proved(problem):
    """Where everybody has a place no rule has to give; where no rule has to give everybody has a place."""
    where = search(problem, Random(1), 30).where
    assert (WAITING not in where and broken_rules(problem, where) == []) == (
        relax(problem).count == 0
    )


def planted(draw, people, groups):
    """A problem that can be divided, by a division that nobody knows: days, languages, pairs and blocks are made after it."""
    home = [i % groups for i in range(people)]
    draw.shuffle(home)
    apart = {tuple(sorted(draw.sample(range(people), 2))) for _ in range(people)}
    day = [draw.randrange(5) for _ in range(groups)]
    days = tuple(frozenset({day[home[i]], draw.randrange(5)}) for i in range(people))
    tongues = tuple(
        frozenset({home[i] % 2, draw.randrange(3)} if draw.random() < 0.4 else ())
        for i in range(people)
    )
    return GroupingProblem(
        people,
        ((people // groups, -(-people // groups)),) * groups,
        (Trait(tuple(float(draw.random() < 0.4) for _ in range(people)), 2.0),),
        apart=frozenset((a, b) for a, b in apart if home[a] != home[b]),
        together=tuple(
            tuple(i for i in range(people) if home[i] == group)[:2]
            for group in range(2)
        ),
        fixed={0: home[0]},
        common=(days, tongues),
    )


@pytest.mark.parametrize("seed", range(8))
def test_a_division_with_days_and_languages_is_found_where_there_is_one(seed):
    problem = planted(Random(seed), 44, 4)
    assert broken_rules(problem, search(problem, Random(1), 100).where) == []


def test_what_a_group_shares():
    assert shared([frozenset({1, 2}), frozenset(), frozenset({2, 3})]) == {2}
    assert (
        shared([frozenset()]) is None
        and shared([frozenset({1}), frozenset({2})]) == frozenset()
    )
    problem = GroupingProblem(
        4,
        ((2, 2),) * 2,
        common=((frozenset({1}), frozenset({2}), frozenset(), frozenset({1})),),
    )
    assert broken_rules(problem, (0, 0, 1, 1)) == [("nothing in common", 0)]


@pytest.mark.parametrize("seed", range(4))
def test_a_bound_with_days_meets_the_best_of_all_divisions(seed):
    draw = Random(seed)
    problem = some_problem(draw, 8, ((4, 4), (4, 4)), (), ((0, 5),), common=1)
    best = min((cost(problem, where) for where in every(problem)), default=None)
    bound = lower_bound(problem, A_LONG_TIME)
    if best is None:
        assert bound.where is None and relax(problem).common
    else:
        assert bound.least <= best + 1e-6 and broken_rules(problem, bound.where) == []
        assert search(problem, Random(1), 150).cost == pytest.approx(best)


def test_who_stays_together_moves_together():
    problem = GroupingProblem(
        12,
        ((4, 4),) * 3,
        (Trait((1.0,) * 6 + (0.0,) * 6, 1.0),),
        together=((0, 1, 2), (2, 3)),
    )
    found = search(problem, Random(1), 100)
    assert (
        len({found.where[i] for i in (0, 1, 2, 3)}) == 1
        and broken_rules(problem, found.where) == []
    )


def test_who_is_fixed_stays():
    problem = GroupingProblem(
        9,
        ((3, 3),) * 3,
        (Trait(tuple(float(i % 3 == 0) for i in range(9)), 1.0),),
        fixed={0: 2, 3: 2},
    )
    found = search(problem, Random(1), 100)
    assert found.where[0] == found.where[3] == 2


def test_the_same_case_and_seed_give_the_same_division():
    problem = some_problem(Random(4))
    assert search(problem, Random(9), 80) == search(problem, Random(9), 80)


def test_the_most_different_groups_of_ten():
    """The maximally diverse grouping problem, ten elements in two groups, against every division there is."""
    draw = Random(12)
    rows = [[0.0] * 10 for _ in range(10)]
    for i, j in combinations(range(10), 2):
        rows[i][j] = rows[j][i] = -float(draw.randint(1, 100))
    problem = GroupingProblem(10, ((5, 5), (5, 5)), distances=tuple(map(tuple, rows)))
    halves = ((0, *rest) for rest in combinations(range(1, 10), 4))
    best = min(
        cost(problem, [int(i not in half) for i in range(10)]) for half in halves
    )
    assert search(problem, Random(1), 200).cost == best


@pytest.mark.parametrize(
    ("problem", "count", "what"),
    [
        (GroupingProblem(6, ((2, 2),) * 3), 0, ""),
        (
            GroupingProblem(
                8, ((4, 4),) * 2, apart=frozenset({(0, 1), (0, 2), (1, 2)})
            ),
            1,
            "apart",
        ),
        (GroupingProblem(8, ((4, 4),) * 2, together=((0, 1, 2, 3, 4),)), 1, "together"),
        (GroupingProblem(9, ((4, 4),) * 2), 1, "sizes"),
        (
            GroupingProblem(
                6, ((3, 3),) * 2, apart=frozenset({(0, 1)}), together=((0, 1),)
            ),
            1,
            "",
        ),
        (GroupingProblem(4, ((2, 2),) * 2, fixed={0: 0, 1: 0, 2: 0}), 1, ""),
        (
            GroupingProblem(
                4, ((2, 2),) * 2, common=(tuple(frozenset({i}) for i in range(4)),)
            ),
            2,
            "common",
        ),
        (
            GroupingProblem(
                4, ((2, 2),) * 2, common=(tuple(frozenset({i // 2}) for i in range(4)),)
            ),
            0,
            "",
        ),
    ],
)
def test_the_fewest_rules_to_relax(problem, count, what):
    found = relax(problem)
    assert found.count == count
    if what:
        assert len(getattr(found, what)) == count


def test_five_hundred_people_and_three_hundred_pairs_apart():
    draw = Random(3)
    pairs = {tuple(sorted(draw.sample(range(500), 2))) for _ in range(300)}
    problem = GroupingProblem(
        500,
        ((11, 12),) * 42,
        (Trait(tuple(float(i % 3 == 0) for i in range(500)), 2.0),),
        apart=frozenset(pairs),
    )
    found = search(problem, Random(1), 40)
    assert broken_rules(problem, found.where) == [] and WAITING not in found.where


def test_looking_can_be_stopped_and_is_told_often():
    told = []
    search(
        some_problem(Random(1)),
        Random(1),
        100,
        lambda done, of: told.append((done, of)),
    )
    assert told[0] == (0, 100) and len(told) >= 6
    problem = some_problem(Random(2), 30, ((10, 10),) * 3, (), ())
    assert not lower_bound(problem, 20, stop=lambda: True).proven


def test_orders_of_groups_do_not_matter_to_the_cost():
    problem = some_problem(Random(5), 6, ((2, 2),) * 3, (), ())
    where = (0, 0, 1, 1, 2, 2)
    assert (
        len(
            {
                round(cost(problem, [names[g] for g in where]), 9)
                for names in permutations(range(3))
            }
        )
        == 1
    )


def test_two_groups_at_a_time_are_divided_exactly():
    """Of three groups: never worse, no rule broken, and what was polished cannot be improved between any two groups."""
    from cbs_desktop.groups.allocation.polish import polish

    draw = Random(8)
    has = [tuple(float(draw.random() < 0.4) for _ in range(24)) for _ in range(3)]
    traits = tuple(Trait(values, 1.0, 0.5) for values in has)
    places = tuple(draw.randrange(5) for _ in range(24))
    problem = GroupingProblem(
        24,
        ((8, 8),) * 3,
        traits,
        places,
        0.15,
        frozenset({(0, 1), (2, 3)}),
        ((4, 5),),
        {6: 2},
    )
    rough = search(problem, Random(1), 1)
    found = polish(problem, rough)
    assert broken_rules(problem, found.where) == [] and found.cost < rough.cost
    assert (
        found.cost == pytest.approx(cost(problem, found.where))
        and polish(problem, found) == found
    )
    assert found.cost >= lower_bound(problem, 2).least - 1e-6
