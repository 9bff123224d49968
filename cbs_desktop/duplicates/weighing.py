"""How much agreement in each trait speaks for one and the same person (Fellegi and Sunter, JASA 64, 1969).

A pair of records is a row of levels, one a trait: the higher, the more the two agree; -1 where one of them lacks it.
`same` and `different` say how often each level occurs among pairs of one person and of two. What occurs among two is
counted in pairs drawn at random; what occurs among one is learnt from the pairs that are alike by expectation
maximisation (Winkler, 1988). What is known of such lists beforehand counts as a number of pairs, so that a small office
is judged by it and a large one by its own people.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Levels = NDArray[np.int8]  # pairs × traits
    Shares = NDArray[np.float64]

_ROUNDS = 60
_SETTLED = 1e-4  # change of a share
_LEAST = 1e-9
_FIRST = 0.02


@dataclass(frozen=True, slots=True)
class Weights:
    """Shares of each level among pairs of one person and of two, by trait, and the share of pairs that are one."""

    same: tuple[tuple[float, ...], ...]
    different: tuple[tuple[float, ...], ...]
    share: float

    def of_levels(self) -> list["Shares"]:
        """The logarithm of the odds that each level adds, by trait; a higher level never adds less."""
        pairs = zip(self.same, self.different, strict=True)
        return [_rising(same, different) for same, different in pairs]

    def rounded(self) -> "Weights":
        """To three digits: what the office keeps, so that a few people more make no new weights."""
        return Weights(
            tuple(map(_rounded, self.same)),
            tuple(map(_rounded, self.different)),
            _three_digits(self.share),
        )


def _rounded(shares: Sequence[float]) -> tuple[float, ...]:
    return tuple(map(_three_digits, shares))


def _three_digits(share: float) -> float:
    return float(f"{share:.3g}")


def _rising(same: Sequence[float], different: Sequence[float]) -> "Shares":
    """The logarithms of the odds of one trait; neighbouring levels that would fall count as one level."""
    blocks: list[_Block] = []
    for shares in zip(same, different, strict=True):
        block = _Block(*shares, levels=1)
        while blocks and blocks[-1].odds > block.odds:
            block = blocks.pop().with_next(block)
        blocks.append(block)
    odds = [block.odds for block in blocks]
    return np.log(np.repeat(odds, [block.levels for block in blocks]))


class _Block(NamedTuple):
    """Neighbouring levels that count as one: how often they occur among pairs of one person and of two."""

    same: float
    different: float
    levels: int

    @property
    def odds(self) -> float:
        return self.same / self.different

    def with_next(self, other: "_Block") -> "_Block":
        """Both as one."""
        return _Block(
            self.same + other.same,
            self.different + other.different,
            self.levels + other.levels,
        )


def probability(levels: "Levels", weights: Weights) -> "Shares":
    """How probable it is of each pair that it is one person, 0 to 1."""
    prior = weights.share / (1 - weights.share)
    odds = np.full(len(levels), np.log(prior))
    for trait, added in enumerate(weights.of_levels()):
        level = levels[:, trait]
        known = level >= 0
        odds[known] += added[level[known]]
    return 1 / (1 + np.exp(-odds))


def counted(random: "Levels", known: Weights, counts_as: float) -> Weights:
    """The weights with what these pairs, drawn at random, say of two people; `known` counts as that many pairs."""
    every = np.ones(len(random))
    return replace(known, different=_shares(random, every, known.different, counts_as))


def learn(alike: "Levels", among: int, known: Weights, counts_as: float) -> Weights:
    """The weights with what the pairs that are alike say of one person, and how many of all pairs are one.

    `alike` are all pairs worth comparing `among` so many pairs; `known` counts as `counts_as` pairs of one person.
    """
    found = replace(known, share=known.share * _FIRST)
    for _round in range(_ROUNDS):
        one = probability(alike, found)
        same = _shares(alike, one, known.same, counts_as)
        share = float(one.sum() + known.share) / (among + 1)
        share = min(max(share, _LEAST), 1 - _LEAST)
        before = np.hstack(found.same)
        found = replace(found, same=same, share=share)
        if np.allclose(np.hstack(same), before, atol=_SETTLED):
            break
    return found


def _shares(
    levels: "Levels",
    belongs: "Shares",
    known: Sequence[Sequence[float]],
    counts_as: float,
) -> tuple[tuple[float, ...], ...]:
    """How often each level occurs among pairs, each counted as far as it belongs there."""
    found: list[tuple[float, ...]] = []
    for trait, before in enumerate(known):
        level = levels[:, trait]
        seen = level >= 0
        counted = np.bincount(level[seen], belongs[seen], len(before))
        expected = counts_as * np.array(before)
        shares = _as_shares(counted + expected)
        found.append(shares)
    return tuple(found)


def _as_shares(counts: "Shares") -> tuple[float, ...]:
    shares = counts / counts.sum()
    return tuple(np.maximum(shares, _LEAST).tolist())
