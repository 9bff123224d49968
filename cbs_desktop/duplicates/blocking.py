"""Which people of an office are worth comparing: those who share two traits that one person seldom loses both of."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

import numpy as np

from cbs_desktop.duplicates.comparing import CARD_KEEPS, Traits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Positions = NDArray[np.int64]

_MOST = 60  # people who share a key: more share it because it is common
_BEGINNING = 4  # letters
_DRAWN = 100_000

Key = tuple[object, ...]


def alike(
    people: Sequence[Traits], progress: Callable[[int, int], None] | None = None
) -> "Positions":
    """Positions of all pairs that share a key, each once, the lower first: pairs × 2."""
    hashes, positions = array("q"), array("q")  # eight bytes each: there are millions
    for position, person in enumerate(people):
        for key in set(keys(person)):
            hashes.append(hash(key))
            positions.append(position)
        if progress and position % 1_000 == 0:
            progress(position, 4 * len(people))
    return _pairs(np.array(hashes), np.array(positions), len(people))


def _pairs(hashes: "Positions", positions: "Positions", count: int) -> "Positions":
    """All pairs of positions with the same hash, unless too many share it."""
    order = np.argsort(hashes, kind="stable")
    _hashes, group, sizes = np.unique(
        hashes[order], return_inverse=True, return_counts=True
    )
    few = sizes[group] <= _MOST
    codes = _codes(group[few], positions[order][few], count)
    found = np.unique(codes)
    return np.stack([found // count, found % count], axis=1)


def _codes(group: "Positions", positions: "Positions", count: int) -> "Positions":
    """A number for each pair of neighbours in a group: the first position times the count, plus the second."""
    codes = [np.empty(0, dtype=np.int64)]
    for gap in range(1, _MOST):
        same = group[gap:] == group[:-gap]
        ones = positions[:-gap][same]
        others = positions[gap:][same]
        codes.append(ones * count + others)
    return np.concatenate(codes)


def at_random(count: int) -> "Positions":
    """Pairs of two different people, no more than there are, and the same ones every time: pairs × 2."""
    some = min(_DRAWN, comb(count, 2))
    drawn = np.random.default_rng(count).integers(0, max(count, 1), (some, 2))
    return drawn[drawn[:, 0] != drawn[:, 1]]


def keys(person: Traits) -> Iterator[Key]:
    """What people are looked up by."""
    words = person.names.split()
    year = person.born_on.year if person.born_on else person.born_year
    sector, village = person.place[:2], person.place
    for two in combinations(words, 2):
        yield ("names", *two)
        yield ("beginnings", sector, *_begun(two))
    for word in words:
        yield ("name and year", word, year, person.sex)
        yield ("name and place", word, village, person.sex)
    if year:
        yield ("birth and place", person.born_on or year, village, person.sex)
    if person.phone:
        yield ("phone", person.phone)
    if person.card:
        yield ("card", person.card[:CARD_KEEPS])


def _begun(words: Iterable[str]) -> Iterator[str]:
    return (word[:_BEGINNING] for word in words)
