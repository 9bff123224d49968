"""Before and after: change of each person, what is more than chance, and summaries with n and spread. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from statistics import fmean, stdev

from cbs_desktop.screening.instrument import ChangeRule, Instrument, Score

SMALL = (
    20  # below so many pairs a mean says little; our default, said beside the figures
)


@dataclass(frozen=True, slots=True)
class ScorePair:
    """One person's score before and after, with the sex that cut-off and index hang on; None where it is missing."""

    person_id: int
    sex: str
    before: Decimal | None
    after: Decimal | None
    before_reached: bool | None = None
    after_reached: bool | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """n, mean and sample standard deviation (n - 1) of some scores; share reaching the cut-off as (reached, of)."""

    n: int
    mean: float | None
    sd: float | None
    reached: int
    of: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Some people before and after. `change` is after minus before of the pairs; `effect` is the mean change towards
    better in standard deviations of the score before (Glass); better, worse and same count reliable change."""

    before: Spread
    after: Spread
    pairs: int
    change: Spread
    reached: tuple[
        int, int, int
    ]  # of the pairs with a cut-off: before, after, of how many
    effect: float | None
    better: int
    worse: int
    same: int
    unknown: int

    @property
    def small(self) -> bool:
        """Whether there are too few pairs to read much into the mean."""
        return self.pairs < SMALL


def index(rule: ChangeRule) -> float:
    """The reliable change index: 1.96 x SD x root 2 x root(1 - alpha) (Jacobson and Truax 1991)."""
    if rule.sd is None or rule.alpha is None:
        raise ValueError("no index")
    return 1.96 * float(rule.sd) * sqrt(2) * sqrt(1 - float(rule.alpha))


def rule_for(instrument: Instrument, score: Score, sex: str) -> ChangeRule | None:
    """The rule for a change of a score of somebody of this sex; None when the file has none."""
    fitting = (
        rule
        for rule in instrument.changes
        if rule.score == score.key and rule.sex in ("", sex)
    )
    return next(fitting, None)


def verdict(
    rule: ChangeRule | None, score: Score, before: Decimal, after: Decimal
) -> str:
    """better, worse, same (no more than chance), or unknown without a rule."""
    if rule is None:
        return "unknown"
    change = after - before
    if rule.points is not None:
        reliable = abs(change) >= rule.points
    else:
        reliable = float(abs(change)) > index(rule)
    if not reliable:
        return "same"
    if (change < 0) == (score.better == "lower"):
        return "better"
    return "worse"


def spread(values: Sequence[Decimal], reached: Sequence[bool | None] = ()) -> Spread:
    """n, mean, SD and how many reach the cut-off of those who have one."""
    numbers = [float(value) for value in values]
    known = [one for one in reached if one is not None]
    return Spread(
        len(numbers),
        fmean(numbers) if numbers else None,
        stdev(numbers) if len(numbers) > 1 else None,
        sum(known),
        len(known),
    )


def summary(
    instrument: Instrument, score: Score, people: Sequence[ScorePair]
) -> Summary:
    """All who were measured before, all who were measured after, and the change of those who have both."""
    before = [
        (one.before, one.before_reached) for one in people if one.before is not None
    ]
    after = [(one.after, one.after_reached) for one in people if one.after is not None]
    both = [
        (one, one.before, one.after)
        for one in people
        if one.before is not None and one.after is not None
    ]
    change = spread([last - first for _one, first, last in both])
    start = spread(*_columns(before))
    verdicts = [
        verdict(rule_for(instrument, score, one.sex), score, first, last)
        for one, first, last in both
    ]
    effect = None
    if change.mean is not None and start.sd:
        effect = change.mean / start.sd * (-1 if score.better == "lower" else 1)
    return Summary(
        start,
        spread(*_columns(after)),
        len(both),
        change,
        _reached(both),
        effect,
        *(verdicts.count(word) for word in ("better", "worse", "same", "unknown")),
    )


def _reached(
    both: Sequence[tuple[ScorePair, Decimal, Decimal]],
) -> tuple[int, int, int]:
    known = [
        (one.before_reached, one.after_reached)
        for one, _first, _last in both
        if one.before_reached is not None and one.after_reached is not None
    ]
    return sum(first for first, _ in known), sum(last for _, last in known), len(known)


def _columns(
    measured: list[tuple[Decimal, bool | None]],
) -> tuple[list[Decimal], list[bool | None]]:
    return [value for value, _reached in measured], [
        reached for _value, reached in measured
    ]
