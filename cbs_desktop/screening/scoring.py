"""From answers to scores, and what they are held against. What was not answered is said and never scored silently."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cbs_desktop.errors import Fault
from cbs_desktop.screening.instrument import (
    Bands,
    Basis,
    CountRule,
    Cutoff,
    Instrument,
    Item,
    Score,
    Words,
)

Answers = Mapping[int, int | None]  # question → value; None was left blank on the paper


@dataclass(frozen=True, slots=True)
class Held:
    """A score held against one cut-off."""

    cutoff: Cutoff
    reached: bool


@dataclass(frozen=True, slots=True)
class InBand:
    """A set of bands and the word that it has for a score."""

    bands: Bands
    word: Words


@dataclass(frozen=True, slots=True)
class Scored:
    """One score: its value, None when too much was left blank; which questions those were; its bands and cut-offs.

    `prorated` says that blanks were made up from the other questions of the score. Those of the own country and of no
    special population come first.
    """

    score: Score
    value: Decimal | None
    blank: tuple[int, ...]
    prorated: bool
    bands: tuple[InBand, ...]
    held: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """A rule and whether it is met; None when that hangs on what was left blank."""

    rule: CountRule
    met: bool | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that a sheet says: scores, rules, risk questions and needs told, questions and risk questions left blank."""

    scores: tuple[Scored, ...]
    rules: tuple[Met, ...]
    risk: tuple[int, ...]
    needs: tuple[str, ...]
    blank: tuple[int, ...]
    risk_blank: tuple[int, ...] = ()

    @property
    def first(self) -> Scored | None:
        """The score that is shown first; None for a list of needs."""
        if self.scores:
            return self.scores[0]
        return None

    @property
    def reached(self) -> bool | None:
        """Whether the first score reaches the first cut-off that applies; None without score or cut-off."""
        held = self.first.held if self.first else ()
        if held:
            return held[0].reached
        return None


def asked(instrument: Instrument, answers: Answers) -> tuple[Item, ...]:
    """The questions that are asked of somebody who answers so: a skipped question skips what hangs on it."""
    found: list[Item] = []
    numbers: set[int] = set()
    for item in instrument.items:
        if item.ask_if is None or (
            item.ask_if[0] in numbers and answers.get(item.ask_if[0]) in item.ask_if[1]
        ):
            found.append(item)
            numbers.add(item.number)
    return tuple(found)


def open_questions(instrument: Instrument, answers: Answers) -> tuple[int, ...]:
    """Questions asked that have neither an answer nor the mark that they were left blank."""
    return tuple(
        item.number for item in asked(instrument, answers) if item.number not in answers
    )


def answer_faults(instrument: Instrument, answers: Answers) -> list[Fault]:
    """Questions still open, answers that the paper does not offer, questions that are not on it or not asked."""
    missing = open_questions(instrument, answers)
    if missing:
        faults = [
            Fault(
                "answers", "questions open", {"numbers": ", ".join(map(str, missing))}
            )
        ]
    else:
        faults = []
    offered = {item.number: item.values for item in asked(instrument, answers)}
    known = {item.number for item in instrument.items}
    for number, value in answers.items():
        if number in known - offered.keys():
            faults.append(Fault("answers", "not asked", {"number": number}))
        elif number not in offered or (
            value is not None and value not in offered[number]
        ):
            faults.append(Fault("answers", "no such answer", {"number": number}))
    return faults


def risk_items(instrument: Instrument, answers: Answers) -> tuple[int, ...]:
    """The risk questions with any answer but 0, on an unfinished sheet too."""
    return tuple(
        item.number
        for item in instrument.items
        if item.risk and answers.get(item.number)
    )


def risk_blanks(instrument: Instrument, answers: Answers) -> tuple[int, ...]:
    """The risk questions that the paper left blank: nobody knows, so somebody has to ask."""
    return tuple(
        item.number
        for item in instrument.items
        if item.risk and item.number in answers and answers[item.number] is None
    )


def needs(instrument: Instrument, answers: Answers) -> tuple[str, ...]:
    """The codes of the needs told, in the order of the paper, each once."""
    return tuple(
        dict.fromkeys(
            i.need for i in instrument.items if i.need and answers.get(i.number)
        )
    )


def outcome(
    instrument: Instrument, answers: Answers, sex: str, country: str
) -> Outcome:
    """What a finished sheet says of a person of this sex in an office of this country. ValueError for an unfinished one."""
    if faults := answer_faults(instrument, answers):
        raise ValueError(faults[0].kind)
    return Outcome(
        scores=tuple(
            _scored(instrument, score, answers, sex, country)
            for score in instrument.scores
        ),
        rules=tuple(Met(rule, met(rule, answers)) for rule in instrument.rules),
        risk=risk_items(instrument, answers),
        needs=needs(instrument, answers),
        blank=tuple(
            item.number
            for item in asked(instrument, answers)
            if answers[item.number] is None
        ),
        risk_blank=risk_blanks(instrument, answers),
    )


def value_of(instrument: Instrument, score: Score, answers: Answers) -> Decimal | None:
    """The value of a score; None when more questions were left blank than may be made up, or more than half of them.

    Blanks are made up by the mean of the other questions of the score (the usual person-mean proration).
    """
    given = [
        (instrument.item(n), value)
        for n in score.items
        if (value := answers.get(n)) is not None
    ]
    blank = len(score.items) - len(given)
    if blank > instrument.blank_most or 2 * blank > len(score.items):
        return None
    total = Fraction(
        sum(item.points(value) for item, value in given) * len(score.items), len(given)
    )
    return instrument.value(score, total)


def _scored(
    instrument: Instrument, score: Score, answers: Answers, sex: str, country: str
) -> Scored:
    value = value_of(instrument, score, answers)
    blank = tuple(number for number in score.items if answers.get(number) is None)
    if value is None:
        return Scored(score, None, blank, False, (), ())
    bands = [b for b in instrument.bands if b.score == score.key]
    return Scored(
        score,
        value,
        blank,
        bool(blank),
        tuple(
            InBand(b, b.word(value))
            for b in sorted(bands, key=lambda b: nearness(b.basis, country))
        ),
        tuple(
            Held(c, c.reached(value)) for c in cutoffs(instrument, score, sex, country)
        ),
    )


def cutoffs(
    instrument: Instrument, score: Score, sex: str, country: str
) -> list[Cutoff]:
    """The cut-offs of a score that apply to somebody of this sex, the nearest first."""
    fitting = (
        c for c in instrument.cutoffs if c.score == score.key and c.sex in ("", sex)
    )
    return sorted(fitting, key=lambda c: nearness(c.basis, country))


def first_cutoff(
    instrument: Instrument, score: Score, sex: str, country: str
) -> Cutoff | None:
    """The cut-off that counts: the nearest that applies, None when there is none."""
    return next(iter(cutoffs(instrument, score, sex, country)), None)


def nearness(basis: Basis, country: str) -> tuple[bool, int]:
    """Sorts what was found for everybody before special populations, the own country before none before another."""
    if basis.country == country:
        away = 0
    elif not basis.country:
        away = 1
    else:
        away = 2
    return bool(basis.population), away


def met(rule: CountRule, answers: Answers) -> bool | None:
    """Whether a rule is met; None when what was left blank decides it."""

    def holds(blank_counts: bool) -> bool:
        def counts(number: int) -> bool:
            value = answers.get(number)
            if value is None:
                return blank_counts
            return value >= rule.least

        return all(sum(map(counts, numbers)) >= count for numbers, count in rule.parts)

    least = holds(False)
    most = holds(True)
    if least == most:
        return least
    return None
