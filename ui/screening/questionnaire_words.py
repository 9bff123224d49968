"""What a questionnaire says of itself, in words: head, scores, what they are held against, change, risk questions."""

from collections.abc import Sequence
from dataclasses import dataclass

from cbs_desktop.screening import change
from cbs_desktop.screening.instrument import (
    SCORE_KINDS,
    Bands,
    Basis,
    ChangeRule,
    CountRule,
    Cutoff,
    Instrument,
    Score,
    Words,
    pick,
)
from cbs_desktop.words import _, language, many
from ui.vocabulary import COUNTRIES, LANGUAGES, word

_SIGNS = {">=": "≥", "<=": "≤"}


@dataclass(frozen=True, slots=True)
class DefinitionEntry:
    """One line of a part: its name, what it says, and where that comes from."""

    name: str
    words: str
    source: str = ""


def head(made: Instrument) -> list[tuple[str, str]]:
    """What is asked, about when, in which languages, and whose wording it is."""
    blank = many("{n} may be left blank", "{n} may be left blank", made.blank_most)
    count = str(len(made.items))
    return [
        (_("Asks about"), _said(made.recall)),
        (_("Questions"), f"{count}; {blank}" if made.blank_most else count),
        (_("Languages"), ", ".join(word(LANGUAGES, code) for code in made.languages)),
        (_("Licence"), made.licence),
    ]


def parts(made: Instrument) -> list[tuple[str, list[DefinitionEntry]]]:
    """The parts of the definition with their entries, those without any left out."""
    found = [
        (_("Scores"), [_score(made, score) for score in made.scores]),
        (_("Cut-offs"), [_cutoff(made, one) for one in made.cutoffs]),
        (_("Bands"), [_bands(made, one) for one in made.bands]),
        (_("Rules"), [_rule(one) for one in made.rules]),
        (_("More than chance"), [_change(made, one) for one in made.changes]),
        (
            _("Risk questions: any answer other than 0 opens a safety card"),
            _risks(made),
        ),
        (_("Conditional questions"), _skips(made)),
        (
            _("Questions"),
            [
                DefinitionEntry(str(item.number), _said(item.topic))
                for item in made.items
            ],
        ),
    ]
    return [(title, entries) for title, entries in found if entries]


def _said(words: Words) -> str:
    return pick(words, language())


def _joined(*words: str) -> str:
    return " · ".join(filter(None, words))


def _score(made: Instrument, score: Score) -> DefinitionEntry:
    low, high = made.span(score)
    kind = _(SCORE_KINDS[score.kind].word)
    if score.better == "higher":
        better = _("higher is better")
    else:
        better = _("lower is better")
    span = _("{low} to {high}").format(low=f"{low:f}", high=f"{high:f}")
    everything = len(score.items) == len(made.items)
    if everything:
        counted = _("of all questions")
    else:
        counted = _("of questions {numbers}").format(numbers=_runs(score.items))
    return DefinitionEntry(
        _said(score.title), _joined(f"{kind} {counted}", span, better)
    )


def _runs(numbers: Sequence[int]) -> str:
    """1, 2, 3, 5 as 1–3, 5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run))
        for run in runs
    )


def _basis(basis: Basis) -> str:
    return _joined(
        word(COUNTRIES, basis.country), _said(basis.population), _said(basis.note)
    )


def _sex(sex: str) -> str:
    return {"F": _("women"), "M": _("men")}.get(sex, "")


def _cutoff(made: Instrument, one: Cutoff) -> DefinitionEntry:
    sign = _SIGNS.get(one.operator, one.operator)
    held = f"{_said(made.score(one.score).title)} {sign} {one.value:f}"
    return DefinitionEntry(
        one.basis.set, _joined(held, _sex(one.sex), _basis(one.basis)), one.basis.source
    )


def _bands(made: Instrument, one: Bands) -> DefinitionEntry:
    ranges = "\n".join(
        _("{low} to {high}: {word}").format(
            low=f"{low:f}", high=f"{high:f}", word=_said(words)
        )
        for low, high, words in one.bands
    )
    used = "" if one.counts else _("for information, not counted")
    title = _joined(_said(made.score(one.score).title), _basis(one.basis), used)
    return DefinitionEntry(one.basis.set, f"{title}\n{ranges}", one.basis.source)


def _rule(one: CountRule) -> DefinitionEntry:
    title = _joined(_said(one.title), _basis(one.basis))
    counted = _("Answers of {least} or more count. Met with:").format(least=one.least)
    needs = "\n".join(
        _("at least {count} of {numbers}").format(count=count, numbers=_runs(items))
        for items, count in one.parts
    )
    return DefinitionEntry(
        one.basis.set, f"{title}\n{counted}\n{needs}", one.basis.source
    )


def _change(made: Instrument, one: ChangeRule) -> DefinitionEntry:
    if one.points is not None:
        words = _("a change of at least {points}").format(points=f"{one.points:f}")
    else:
        words = _("a change of more than {points} (SD {sd}, alpha {alpha})").format(
            points=f"{change.index(one):.2f}", sd=f"{one.sd:f}", alpha=f"{one.alpha:f}"
        )
    return DefinitionEntry(
        _said(made.score(one.score).title), _joined(words, _sex(one.sex)), one.source
    )


def _risks(made: Instrument) -> list[DefinitionEntry]:
    return [
        DefinitionEntry(str(item.number), _said(item.topic), _said(item.risk))
        for item in made.items
        if item.risk
    ]


def _skips(made: Instrument) -> list[DefinitionEntry]:
    return [
        DefinitionEntry(
            str(item.number),
            _("only when question {number} is answered {answers}").format(
                number=item.ask_if[0],
                answers=", ".join(map(str, sorted(item.ask_if[1]))),
            ),
        )
        for item in made.items
        if item.ask_if
    ]
