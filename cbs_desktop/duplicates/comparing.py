"""In what two records of people agree, trait by trait, for many pairs at once (DOMAIN.md 4)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Levels = NDArray[np.int8]
    Whole = NDArray[np.int64]

TRAITS = ("names", "sex", "birth", "place", "phone", "card")
_SIMILAR, _NEARLY = 75, 88  # of 100: the share of letters that two names have in common
_YEARS_APART = 2  # a year that was estimated may be wrong by as many
CARD_KEEPS = 13  # digits of a Rwandan number: a card made anew ends otherwise


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of a person. `names` are the keys of all names by their sound, sorted, with blanks between;
    `place` the keys of a path from the district down; `phone` its last eight digits, `card` letters and digits."""

    id: int
    names: str
    sex: str
    born_on: date | None
    born_year: int | None
    place: tuple[str, ...]
    phone: str
    card: str


def compare(left: Sequence[Traits], right: Sequence[Traits]) -> "Levels":
    """The levels of each pair, pairs × TRAITS; what each level means is said in resources/duplicates/weights.toml."""
    columns = [
        _names(left, right),
        _same(left, right, lambda one: one.sex),
        _birth(left, right),
        _place(left, right),
        _same(left, right, lambda one: one.phone),
        _card(left, right),
    ]
    return np.stack(columns, axis=1)


def agree_beyond_names(levels: "Levels") -> "NDArray[np.bool_]":
    """Of each pair, whether the year of birth, the phone or the card is the same: names alone are no reason to ask."""
    _names, _sex, birth, _place, phone, card = levels.T
    return (birth >= 2) | (phone == 1) | (card >= 1)


def _texts(people: Sequence[Traits], of: Callable[[Traits], str]) -> list[str]:
    return [of(one) for one in people]


def _names(left: Sequence[Traits], right: Sequence[Traits]) -> "Levels":
    one = [person.names for person in left]
    other = [person.names for person in right]
    alike = process.cpdist(one, other, scorer=fuzz.ratio)
    contained = process.cpdist(one, other, scorer=fuzz.token_set_ratio)
    levels = np.zeros(len(one), dtype=np.int8)
    levels[alike >= _SIMILAR] = 1
    levels[contained == 100] = 2
    for pair in np.flatnonzero(alike >= _NEARLY).tolist():
        if _word_by_word(one[pair], other[pair]):
            levels[pair] = 3
    levels[alike == 100] = 4
    return levels


def _word_by_word(one: str, other: str) -> bool:
    """Whether each name of the one with fewer is nearly a name of the other: Uwase A and Uwase B are two people."""
    fewer, more = sorted((one.split(), other.split()), key=len)
    for word in fewer:
        nearest = process.extractOne(
            word, more, scorer=fuzz.ratio, score_cutoff=_SIMILAR
        )
        if nearest is None:
            return False
        more.remove(nearest[0])
    return True


def _same(
    left: Sequence[Traits], right: Sequence[Traits], of: Callable[[Traits], str]
) -> "Levels":
    """1 where a text is the same, 0 where it is not, -1 where one is empty."""
    one = np.array(_texts(left, of))
    other = np.array(_texts(right, of))
    levels = (one == other).astype(np.int8)
    levels[one == ""] = -1
    levels[other == ""] = -1
    return levels


def _card(left: Sequence[Traits], right: Sequence[Traits]) -> "Levels":
    whole = _same(left, right, lambda one: one.card)
    start = _same(left, right, lambda one: one.card[:CARD_KEEPS])
    levels = start.copy()
    levels[whole == 1] = 2
    return levels


def _birth(left: Sequence[Traits], right: Sequence[Traits]) -> "Levels":
    day, year = _born(left)
    other_day, other_year = _born(right)
    both_days = (day > 0) & (other_day > 0)
    same_year = year == other_year
    same_day = both_days & (day == other_day)
    levels = np.zeros(len(year), dtype=np.int8)
    levels[np.abs(year - other_year) <= _YEARS_APART] = 1
    levels[same_year] = 3
    levels[same_year & both_days] = 2
    levels[same_day] = 4
    levels[year == 0] = -1
    levels[other_year == 0] = -1
    return levels


def _born(people: Sequence[Traits]) -> tuple["Whole", "Whole"]:
    """Days as ordinal numbers and years, 0 where they are not known."""
    days = np.zeros(len(people), dtype=np.int64)
    years = np.zeros(len(people), dtype=np.int64)
    for position, one in enumerate(people):
        years[position] = one.born_year or 0
        if one.born_on:
            days[position] = one.born_on.toordinal()
            years[position] = one.born_on.year
    return days, years


def _place(left: Sequence[Traits], right: Sequence[Traits]) -> "Levels":
    return np.array(
        [
            _shared(one.place, other.place)
            for one, other in zip(left, right, strict=True)
        ],
        dtype=np.int8,
    )


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many levels from the district down are the same; -1 where a place is not known."""
    if not one or not other:
        return -1
    if one == other:
        return min(len(one), 4)
    for level, (name, other_name) in enumerate(zip(one, other, strict=False)):
        if name != other_name:
            return level
    return min(len(one), len(other))
