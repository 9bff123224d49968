"""A questionnaire as values: questions, scores, what scores are held against, and when a change is more than chance."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import floor

Words = Mapping[str, str]  # language → text
_N = str  # marks words for the catalogues; they are translated when they are shown
OPERATORS = {
    ">=": Decimal.__ge__,
    ">": Decimal.__gt__,
    "<=": Decimal.__le__,
    "<": Decimal.__lt__,
}


def rounded(value: Fraction, decimals: int) -> Decimal:
    """A value to so many decimals; halves go up, as people round."""
    whole = floor(value * 10**decimals + Fraction(1, 2))
    return Decimal(whole).scaleb(-decimals)


def pick(words: Words, language: str) -> str:
    """The text in a language, else in the first language of the file; empty when there is none."""
    return words.get(language) or next(iter(words.values()), "")


@dataclass(frozen=True, slots=True)
class Item:
    """One question as the official form numbers it. `answers` are (value, text) in the order of the paper.

    `risk` says what is risked: any answer but 0 opens a safety card. `need` is the code of a need that any answer but 0
    tells. `ask_if` is (question, answers): asked only after one of these.
    """

    number: int
    topic: Words
    answers: tuple[tuple[int, Words], ...]
    scored: bool = True
    reversed: bool = False
    risk: Words = field(default_factory=dict)
    need: str = ""
    ask_if: tuple[int, frozenset[int]] | None = None

    @property
    def values(self) -> tuple[int, ...]:
        """The values of its answers."""
        return tuple(value for value, _text in self.answers)

    def points(self, value: int) -> int:
        """What an answer counts in a score."""
        if self.reversed:
            return max(self.values) + min(self.values) - value
        return value


@dataclass(frozen=True, slots=True)
class ScoreKind:
    """How a score comes of the sum of its questions: `value(sum, lowest sum, highest sum, number of questions)`."""

    word: str
    value: Callable[[Fraction, int, int, int], Fraction]


SCORE_KINDS = {
    "sum": ScoreKind(_N("sum"), lambda total, low, high, items: total),
    "mean": ScoreKind(_N("mean"), lambda total, low, high, items: total / items),
    "percent": ScoreKind(_N("percent"), lambda total, low, high, items: (total - low) * 100 / (high - low)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Score:
    """What is computed from which questions. `kind` is a key of SCORE_KINDS; `better` says which way is better."""

    key: str
    title: Words
    kind: str
    items: tuple[int, ...]
    decimals: int = 0
    better: str = "lower"


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a cut-off, bands or a rule come from: short name, source, and for whom they were found."""

    set: str
    source: str
    country: str = ""
    population: Words = field(default_factory=dict)
    note: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A published cut-off of a score, for one sex or both ("")."""

    basis: Basis
    score: str
    operator: str
    value: Decimal
    sex: str = ""

    def reached(self, value: Decimal) -> bool:
        """Whether a score counts as a positive screen."""
        return OPERATORS[self.operator](value, self.value)


@dataclass(frozen=True, slots=True)
class Bands:
    """Ranges of a score with a word each, (from, to, word), both ends included.

    Where published sets contradict each other one counts; the others are told as what they are.
    """

    basis: Basis
    score: str
    bands: tuple[tuple[Decimal, Decimal, Words], ...]
    counts: bool = True

    def word(self, value: Decimal) -> Words:
        """The word for a score."""
        return next(word for low, high, word in self.bands if low <= value <= high)


@dataclass(frozen=True, slots=True)
class CountRule:
    """Met when of each part's questions at least `count` have an answer of at least `least` (as DSM cluster rules do)."""

    basis: Basis
    title: Words
    least: int
    parts: tuple[tuple[tuple[int, ...], int], ...]


@dataclass(frozen=True, slots=True)
class ChangeRule:
    """When a change of a score is more than chance: at least `points`, or more than the index from `sd` and `alpha`."""

    score: str
    source: str
    sex: str = ""
    points: Decimal | None = None
    sd: Decimal | None = None
    alpha: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire as its file defines it (docs/instruments.md)."""

    key: str
    version: int
    languages: tuple[str, ...]
    title: Words
    recall: Words
    licence: str
    blank_most: int
    items: tuple[Item, ...]
    scores: tuple[Score, ...]
    cutoffs: tuple[Cutoff, ...] = ()
    bands: tuple[Bands, ...] = ()
    rules: tuple[CountRule, ...] = ()
    changes: tuple[ChangeRule, ...] = ()
    _by_number: dict[int, Item] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "_by_number", {item.number: item for item in self.items}
        )

    def item(self, number: int) -> Item:
        """A question by its number; KeyError when there is none."""
        return self._by_number[number]

    def score(self, key: str) -> Score:
        """A score by its key; KeyError when there is none."""
        for score in self.scores:
            if score.key == key:
                return score
        raise KeyError(key)

    def span(self, score: Score) -> tuple[Decimal, Decimal]:
        """The lowest and highest value a score can have."""
        low, high = self.sums(score)
        return self.value(score, Fraction(low)), self.value(score, Fraction(high))

    def value(self, score: Score, total: Fraction) -> Decimal:
        """The value of a score whose questions sum up to `total`, rounded to its decimals."""
        low, high = self.sums(score)
        value = SCORE_KINDS[score.kind].value(total, low, high, len(score.items))
        return rounded(value, score.decimals)

    def sums(self, score: Score) -> tuple[int, int]:
        """The lowest and highest sum of the questions of a score."""
        items = [self.item(number) for number in score.items]
        return sum(min(i.values) for i in items), sum(max(i.values) for i in items)
