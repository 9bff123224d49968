"""What has to give where no division exists: the fewest rules, held against every division there is."""

from itertools import combinations, pairwise, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbs_desktop.groups.allocation import conflicts
from cbs_desktop.groups.allocation.grouping import GroupingProblem
from cbs_desktop.groups.allocation.hard_rules import broken_rules
from cbs_desktop.groups.allocation.relaxation import relax


def gives(problem, where):
    """How many rules have to give for a division."""
    counted = {"size", "fixed"}
    count = sum(rule in counted for rule, _who in broken_rules(problem, where))
    count += sum(where[one] == where[other] for one, other in problem.apart)
    count += sum(len({where[i] for i in block}) > 1 for block in problem.together)
    for matter in problem.common:
        for group in range(len(problem.groups)):
            named = [
                matter[i]
                for i, place in enumerate(where)
                if place == group and matter[i]
            ]
            every = frozenset().union(*named)
            count += min(
                (sum(option not in can for can in named) for option in every), default=0
            )
    return count


def fewest(problem):
    return min(
        gives(problem, where)
        for where in product(range(len(problem.groups)), repeat=problem.people)
    )


def told(found):
    return {
        (kind, what)
        for kind in ("apart", "together", "fixed", "sizes", "common")
        for what in getattr(found, kind)
    }


@st.composite
def cases(draw):
    """Few people and far too many rules."""
    people = draw(st.integers(4, 6))
    pair = st.lists(st.integers(0, people - 1), min_size=2, max_size=2, unique=True)
    block = st.lists(st.integers(0, people - 1), min_size=2, max_size=3, unique=True)
    can = st.frozensets(st.integers(0, 2), max_size=2)
    return GroupingProblem(
        people,
        draw(
            st.sampled_from(
                [
                    ((people // 2, (people + 1) // 2),) * 2,
                    ((1, 2), (2, 4)),
                    ((1, 2),) * 3,
                ]
            )
        ),
        apart=frozenset((min(p), max(p)) for p in draw(st.lists(pair, max_size=8))),
        together=tuple(map(tuple, draw(st.lists(block, max_size=4)))),
        fixed=draw(
            st.dictionaries(st.integers(0, people - 1), st.integers(0, 1), max_size=3)
        ),
        common=draw(st.sampled_from([(), (tuple(draw(can) for _ in range(people)),)])),
    )


@settings(max_examples=60, deadline=None)
@given(cases())
def test_no_fewer_rules_are_enough(problem):
    found = relax(problem)
    assert found.proven and found.count == fewest(problem)
    assert (
        told(found) <= set(conflicts.rules_of(problem))
        and len(told(found)) == found.count
    )
    assert fewest(conflicts.without(problem, told(found))) == 0


@settings(max_examples=60, deadline=None)
@given(cases())
def test_conflicts_are_conflicts(problem):
    """Each set told contradicts itself: no division keeps it."""
    for some in conflicts.conflicts(problem, set()):
        assert (
            fewest(conflicts.without(problem, set(conflicts.rules_of(problem)) - some))
            > 0
        )


def pool(seed, people, groups):
    """A pool of a district with rules that contradict each other, and how many have to give at least: pairs together around
    a ring too large for a group (two), chains whose ends are kept apart (one each), more foes than groups (one)."""
    draw = Random(seed)
    line = list(range(people))
    draw.shuffle(line)
    most = -(-people // groups)
    ring = [line.pop() for _ in range(most + 1 + seed % 3)]
    together = [(one, ring[i - 1]) for i, one in enumerate(ring)]
    apart = {tuple(sorted(draw.sample(range(people), 2))) for _ in range(20)}
    for length in (2, 3, 4):
        chain = [line.pop() for _ in range(length)]
        together += pairwise(chain)
        apart.add(tuple(sorted((chain[0], chain[-1]))))
    apart |= set(combinations(sorted(line.pop() for _ in range(groups + 1)), 2))
    return GroupingProblem(
        people,
        ((people // groups, most),) * groups,
        apart=frozenset(apart),
        together=tuple(together),
    ), 2 + 3 + 1


@pytest.mark.parametrize(
    ("seed", "people", "groups"), [(0, 40, 3), (1, 48, 4), (2, 60, 5)]
)
def test_a_whole_pool_with_rings_chains_and_foes(seed, people, groups):
    problem, least = pool(seed, people, groups)
    found = relax(problem)
    assert found.proven and found.count >= least
    assert relax(conflicts.without(problem, told(found))).count == 0


def test_what_cannot_be_proved_in_time_is_not_called_the_fewest():
    draw = Random(1)
    pairs = {tuple(sorted(draw.sample(range(60), 2))) for _ in range(900)}
    found = relax(GroupingProblem(60, ((15, 15),) * 4, apart=frozenset(pairs)), 0.2)
    assert not found.proven and found.count
