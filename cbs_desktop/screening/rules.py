"""Scoring of questionnaires: totals, cut-offs by sex, risk items. An incomplete sheet has no total."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cbs_desktop.errors import Fault
from cbs_desktop.text import day_faults, text_faults

PATHWAYS = ("sociotherapy", "other", "waiting", "refer")
TRACKS = ("", "youth", "adult")
TOLD_MOST, OUTCOME_MOST = 80, 120
_OPERATORS = {">=": int.__ge__, ">": int.__gt__}


@dataclass(frozen=True, slots=True)
class Item:
    """One question: its number on the paper, its topic in our own words, and whether it asks for a safety card."""

    number: int
    topic: str
    risk: bool = False


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A published cut-off for one sex, with its operator and source."""

    set: str
    sex: str
    operator: str
    value: int
    source: str

    def reached(self, total: int) -> bool:
        """Whether a total counts as a positive screen."""
        return _OPERATORS[self.operator](total, self.value)


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire as its file describes it. `answers` are (value, word) in the order of the paper."""

    key: str
    version: int
    title: str
    recall: str
    licence: str
    answers: tuple[tuple[int, str], ...]
    items: tuple[Item, ...]
    cutoffs: tuple[Cutoff, ...]

    def cutoff(self, sex: str) -> Cutoff | None:
        """The cut-off for a sex; None when none is published."""
        return next((cutoff for cutoff in self.cutoffs if cutoff.sex == sex), None)


@dataclass(frozen=True, slots=True)
class Score:
    """A total, the cut-off it is held against, whether it reaches it (None without one), and the risk items answered."""

    total: int
    cutoff: Cutoff | None
    reached: bool | None
    risk: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SafetyCard:
    """What was done at once about a risk item: who was told, on which day, safe now, referred to, seen again when."""

    told: str
    told_on: date
    safe_now: bool
    referred_to: str
    see_again_on: date


def from_file(content: Mapping[str, Any]) -> Instrument:
    """The instrument in a file; ValueError names what is missing or impossible."""
    try:
        made = Instrument(
            key=str(content["key"]),
            version=int(content["version"]),
            title=str(content["title"]),
            recall=str(content["recall"]),
            licence=str(content["licence"]),
            answers=tuple((int(a["value"]), str(a["word"])) for a in content["answer"]),
            items=tuple(Item(int(i["number"]), str(i["topic"]), bool(i.get("risk"))) for i in content["item"]),
            cutoffs=tuple(
                Cutoff(c["set"], c["sex"], c["operator"], int(c["value"]), c["source"]) for c in content["cutoff"]
            ),
        )
    except (KeyError, TypeError) as problem:
        raise ValueError(str(problem)) from problem
    if [item.number for item in made.items] != list(range(1, len(made.items) + 1)):
        raise ValueError("item numbers")
    if any(cutoff.operator not in _OPERATORS for cutoff in made.cutoffs):
        raise ValueError("operator")
    return made


def answer_faults(instrument: Instrument, answers: Mapping[int, int]) -> list[Fault]:
    """Questions without an answer, answers that the paper does not offer, questions that are not on it."""
    offered = {value for value, _ in instrument.answers}
    numbers = [item.number for item in instrument.items]
    missing = [n for n in numbers if n not in answers]
    faults = [Fault("answers", "questions open", {"numbers": ", ".join(map(str, missing))})] if missing else []
    wrong = [n for n, value in answers.items() if n not in numbers or value not in offered]
    return faults + [Fault("answers", "no such answer", {"number": n}) for n in wrong]


def score(instrument: Instrument, answers: Mapping[int, int], sex: str) -> Score:
    """The score of a complete sheet. ValueError for an incomplete one: there is no total of what was not asked."""
    if answer_faults(instrument, answers):
        raise ValueError("incomplete")
    total = sum(answers.values())
    cutoff = instrument.cutoff(sex)
    return Score(total, cutoff, cutoff.reached(total) if cutoff else None, risk_items(instrument, answers))


def risk_items(instrument: Instrument, answers: Mapping[int, int]) -> tuple[int, ...]:
    """The risk items with any answer but zero (on an incomplete sheet too)."""
    return tuple(item.number for item in instrument.items if item.risk and answers.get(item.number))


def proposed(found: Score) -> str:
    """What the sheet suggests; a person decides. A risk item suggests a referral first."""
    if found.risk:
        return "refer"
    return "waiting" if found.reached is None else "sociotherapy" if found.reached else "other"


def card_faults(card: SafetyCard, today: date) -> list[Fault]:
    """What is missing on a safety card."""
    faults = text_faults("told", card.told, needed=True, most=TOLD_MOST)
    faults += text_faults("referred_to", card.referred_to, most=TOLD_MOST)
    wrong = day_faults("told_on", card.told_on, today) + day_faults("see_again_on", card.see_again_on)
    if not wrong and card.see_again_on < card.told_on:
        wrong.append(Fault("see_again_on", "before start"))
    faults += wrong
    if not card.safe_now and not card.referred_to:
        faults.append(Fault("referred_to", "needed"))
    return faults
