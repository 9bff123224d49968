"""Weights learnt from pairs: they come out where the truth is known, and little data changes little."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbs_desktop.duplicates.weighing import Weights, counted, learn, probability

SAME = ((0.05, 0.15, 0.80), (0.10, 0.90))
DIFFERENT = ((0.80, 0.15, 0.05), (0.70, 0.30))
EXPECTED = Weights(((0.2, 0.3, 0.5), (0.3, 0.7)), ((0.6, 0.3, 0.1), (0.6, 0.4)), 0.2)


def drawn(count, share, seed=5):
    """Pairs of which it is known whether they are one person."""
    rng = np.random.default_rng(seed)
    one = rng.random(count) < share
    levels = np.zeros((count, 2), dtype=np.int8)
    for trait, (same, different) in enumerate(zip(SAME, DIFFERENT, strict=True)):
        options = len(same)
        levels[:, trait] = np.where(
            one,
            rng.choice(options, count, p=same),
            rng.choice(options, count, p=different),
        )
    return levels, one


def learned(levels, counts_as):
    """Learnt from these pairs, and from others of two people drawn at random."""
    strangers, _one = drawn(20_000, 0, seed=6)
    known = counted(strangers, EXPECTED, counts_as)
    return learn(levels, len(levels), known, counts_as)


def test_the_weights_of_many_pairs_come_out():
    levels, _one = drawn(60_000, 0.3)
    found = learned(levels, counts_as=50)
    # Two traits of few levels say little about the share: near is enough.
    assert found.share == pytest.approx(0.3, abs=0.1)
    assert found.same[0] == pytest.approx(SAME[0], abs=0.12)
    assert found.different[0] == pytest.approx(DIFFERENT[0], abs=0.12)


def test_few_pairs_leave_what_was_expected():
    levels, _one = drawn(10, 0.3)
    found = learned(levels, counts_as=2_000)
    assert found.same[0] == pytest.approx(EXPECTED.same[0], abs=0.01)


def test_the_probable_pairs_are_those_that_are_one():
    levels, one = drawn(20_000, 0.3)
    chances = probability(levels, learned(levels, counts_as=50))
    assert chances[one].mean() > 0.7
    assert chances[~one].mean() < 0.2


def test_an_office_where_nobody_is_there_twice_learns_that():
    levels, _one = drawn(60_000, 0)
    found = learned(levels, counts_as=50)
    assert found.share < 0.01
    assert (probability(levels, found) > 0.5).sum() == 0


@given(st.lists(st.tuples(st.integers(-1, 2), st.integers(-1, 1)), min_size=1))
def test_more_agreement_is_never_less_probable(rows):
    levels = np.array(rows, dtype=np.int8)
    chances = probability(levels, EXPECTED)
    assert ((chances > 0) & (chances < 1)).all()
    for trait, most in ((0, 2), (1, 1)):
        more = levels.copy()
        known = more[:, trait] >= 0
        more[known, trait] = np.minimum(more[known, trait] + 1, most)
        assert (probability(more, EXPECTED) >= chances - 1e-12).all()


def test_what_is_not_known_neither_speaks_for_nor_against():
    nothing = np.full((1, 2), -1, dtype=np.int8)
    assert probability(nothing, EXPECTED)[0] == pytest.approx(EXPECTED.share)
