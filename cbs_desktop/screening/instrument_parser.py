"""From the content of an instrument file to an instrument; every fault is named with the part of the file it stands in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any, TypeVar

from cbs_desktop.errors import Fault, Invalid
from cbs_desktop.screening.instrument import (
    OPERATORS,
    SCORE_KINDS,
    Bands,
    Basis,
    ChangeRule,
    CountRule,
    Cutoff,
    Instrument,
    Item,
    Score,
    Words,
)
from cbs_desktop.screening.part import Part

VALUE_MOST = 8  # one key each; 9 says that it was left blank on paper

T = TypeVar("T")


def instrument(content: Mapping[str, object], file: str = "") -> Instrument:
    """The instrument that a file describes (docs/instruments.md). Invalid names every fault: file, part and key."""
    faults: list[Fault] = []
    languages = _languages(content.get("languages"))
    head = Part(content, file, faults, languages)
    if not languages:
        head.fault("languages", "no languages")
        raise Invalid(faults)
    head.known("languages")
    key = head.code("key")
    version = head.number("version", 1, 9_999_999_999)
    title = head.words("title")
    recall = head.words("recall")
    licence = head.text("licence")
    blank_most = head.number("blank_most", 0, 50, default=0)
    answers = _answers(head)
    questions = head.parts("item")
    items = tuple(_item(part, answers) for part in questions)
    numbers = [part.own("number") for part in questions]
    head.unique("item", numbers)
    _check_items(
        head,
        [
            item
            for item, number in zip(items, numbers, strict=True)
            if item.number == number
        ],
    )
    if faults:  # what follows refers to questions by number: first the questions have to be right
        head.rest("score", "cutoff", "bands", "rule", "change")
        raise Invalid(faults)
    counted = head.parts("score", needed=False)
    scores = tuple(_score(part, items) for part in counted)
    head.unique("score", [part.own("key") for part in counted])
    if faults:  # and what follows now holds something against a score
        head.rest("cutoff", "bands", "rule", "change")
        raise Invalid(faults)
    scored = Instrument(
        key, version, languages, title, recall, licence, blank_most, items, scores
    )
    made = _held_against(head, scored)
    _check_cutoffs(head, made)
    head.rest()
    if faults:
        raise Invalid(faults)
    return made


def _held_against(head: Part, scored: Instrument) -> Instrument:
    """The instrument with what its scores are held against: cut-offs, bands, rules, changes."""
    return replace(
        scored,
        cutoffs=_each(head, "cutoff", _cutoff, scored),
        bands=_each(head, "bands", _bands, scored),
        rules=_each(head, "rule", _rule, scored),
        changes=_each(head, "change", _change, scored),
    )


def _each(
    head: Part, key: str, read: Callable[[Part, Instrument], T], scored: Instrument
) -> tuple[T, ...]:
    return tuple(read(part, scored) for part in head.parts(key, needed=False))


def _languages(found: Any) -> tuple[str, ...]:
    well = isinstance(found, list) and all(
        isinstance(one, str) and len(one) == 2 and one.islower() for one in found
    )
    if well and len(set(found)) == len(found):
        return tuple(found)
    return ()


def _answers(head: Part) -> dict[str, tuple[tuple[int, Words], ...]]:
    sets = head.table("answers")
    made = {}
    for name, pairs in sets.items():
        where = f"answers.{name}"
        found: list[tuple[int, Words]] = []
        for pair in pairs if isinstance(pairs, list) else []:
            if not (
                isinstance(pair, list)
                and len(pair) == 2
                and type(pair[0]) is int
                and 0 <= pair[0] <= VALUE_MOST
            ):
                head.fault(where, "not an answer", most=VALUE_MOST)
                continue
            found.append((pair[0], head.as_words(f"{where} {pair[0]}", pair[1])))
        if len(found) < 2:
            head.fault(where, "too few answers")
        head.unique(where, [value for value, _text in found])
        made[name] = tuple(found)
    return made


def _item(part: Part, sets: dict[str, tuple[tuple[int, Words], ...]]) -> Item:
    number = part.number("number", 1, 999)
    part.called("item", "number")
    topic = part.words("topic")
    only = next(iter(sets), "") if len(sets) == 1 else ""
    name = part.text("answers", default=only)
    if sets and name not in sets:
        part.fault("answers", "no such answers" if name else "needed", name=name)
    ask_if = None
    if condition := part.inner("ask_if"):
        ask_if = (condition.number("item", 1, 999), frozenset(condition.numbers("is")))
        condition.rest()
    made = Item(
        number,
        topic,
        sets.get(name, ()),
        part.flag("scored", default=ask_if is None),
        part.flag("reversed"),
        part.words("risk", needed=False),
        part.text("need", default=""),
        ask_if,
    )
    if ask_if and made.scored:
        part.fault("scored", "skipped and scored")
    part.rest()
    return made


def _check_items(head: Part, items: Sequence[Item]) -> None:
    known: dict[int, Item] = {}
    after = {item.number: item.ask_if[0] for item in items if item.ask_if}
    for item in items:
        if item.ask_if is not None:
            asked, values = item.ask_if
            if ring := _ring(item.number, after):
                head.fault(
                    f"item {item.number} ask_if",
                    "cycle",
                    numbers=", ".join(map(str, ring)),
                )
            elif asked not in known:
                head.fault(
                    f"item {item.number} ask_if", "not asked before", number=asked
                )
            elif known[asked].answers and not (
                values and values <= set(known[asked].values)
            ):
                head.fault(f"item {item.number} ask_if", "no such answer", number=asked)
        known[item.number] = item


def _ring(start: int, after: dict[int, int]) -> list[int]:
    """The questions that wait for each other in a circle through `start`; empty when there is none."""
    ring = [start]
    here = after.get(start)
    while here is not None and here not in ring:
        ring.append(here)
        here = after.get(here)
    if here == start:
        return ring
    return []


def _score(part: Part, items: tuple[Item, ...]) -> Score:
    key = part.code("key")
    part.called("score", "key")
    title = part.words("title")
    kind = part.choice("kind", tuple(SCORE_KINDS))
    scored = [item.number for item in items if item.scored]
    numbers = part.numbers("items", default=scored)
    part.unique("items", numbers)
    for number in [n for n in numbers if n not in scored]:
        part.fault("items", "no such question", number=number)
    decimals = part.number("decimals", 0, 3, default=0)
    made = Score(
        key,
        title,
        kind,
        tuple(numbers),
        decimals,
        part.choice("better", ("lower", "higher"), "lower"),
    )
    if not numbers:
        part.fault("items", "needed")
    part.rest()
    return made


def _basis(part: Part, kind: str) -> Basis:
    name = part.text("set")
    part.called(kind, "set")
    country = part.text("country", default="")
    source = part.text("source")
    return Basis(
        name,
        source,
        country,
        part.words("population", needed=False),
        part.words("note", needed=False),
    )


def _score_key(part: Part, made: Instrument) -> str:
    key = part.text("score")
    if key and key not in [score.key for score in made.scores]:
        part.fault("score", "no such score", name=key)
        return ""
    return key


def _cutoff(part: Part, made: Instrument) -> Cutoff:
    basis = _basis(part, "cutoff")
    score = _score_key(part, made)
    operator = part.choice("operator", tuple(OPERATORS))
    value = part.decimal("value")
    sex = part.choice("sex", ("", "F", "M"), "")
    if score and value is not None:
        low, high = made.span(made.score(score))
        if not low <= value <= high:
            part.fault("value", "outside the score", low=f"{low:f}", high=f"{high:f}")
    part.rest()
    return Cutoff(basis, score, operator, value or Decimal(0), sex)


def _check_cutoffs(head: Part, made: Instrument) -> None:
    """Two cut-offs that could both hold for a person under one name would make the verdict a matter of order."""
    seen: set[tuple[str, str, str]] = set()
    for cutoff in made.cutoffs:
        for sex in cutoff.sex or "FM":
            key = (cutoff.basis.set, cutoff.score, sex)
            if key in seen and all(key):
                head.fault(f"cutoff {cutoff.basis.set}", "cut-offs overlap")
            seen.add(key)


def _bands(part: Part, made: Instrument) -> Bands:
    basis = _basis(part, "bands")
    score = _score_key(part, made)
    found: list[tuple[Decimal, Decimal, Words]] = []
    for band in part.rows("band", 3):
        low = part.as_decimal("band", band[0])
        high = part.as_decimal("band", band[1])
        if low is not None and high is not None and low > high:
            part.fault("band", "bands overlap", value=f"{low:f}")
        elif low is not None and high is not None:
            found.append((low, high, part.as_words("band", band[2])))
    if score and found:
        _check_bands(part, found, made, made.score(score))
    counts = part.flag("counts", True)
    part.rest()
    return Bands(basis, score, tuple(found), counts)


def _check_bands(
    part: Part,
    found: list[tuple[Decimal, Decimal, Words]],
    made: Instrument,
    score: Score,
) -> None:
    """Bands must take up where the one before ends, one step of the score further, from its lowest to its highest."""
    step = Decimal(1).scaleb(-score.decimals)
    low, high = made.span(score)
    for limit in (limit for band in found for limit in band[:2] if limit % step):
        part.fault(
            "band", "finer than the score", value=f"{limit:f}", decimals=score.decimals
        )
    for before, after in pairwise(
        [(low, low - step, {}), *found, (high + step, high, {})]
    ):
        if after[0] < before[1] + step:
            part.fault("band", "bands overlap", value=f"{after[0]:f}")
        elif after[0] > before[1] + step:
            part.fault(
                "band", "bands leave a gap", low=f"{before[1]:f}", high=f"{after[0]:f}"
            )


def _rule(part: Part, made: Instrument) -> CountRule:
    basis = _basis(part, "rule")
    title = part.words("title")
    least = part.number("from", 0, VALUE_MOST)
    known = {item.number for item in made.items}
    parts = []
    for need in part.parts("need"):
        numbers = need.numbers("items")
        count = need.number("count", 1, 99)
        for number in [n for n in numbers if n not in known]:
            need.fault("items", "no such question", number=number)
        need.unique("items", numbers)
        if count > len(numbers):
            need.fault("count", "more than there are")
        need.rest()
        parts.append((tuple(numbers), count))
    part.rest()
    return CountRule(basis, title, least, tuple(parts))


def _change(part: Part, made: Instrument) -> ChangeRule:
    score = _score_key(part, made)
    source = part.text("source")
    sex = part.choice("sex", ("", "F", "M"), "")
    points = part.decimal("points", needed=False)
    sd = part.decimal("sd", needed=False)
    alpha = part.decimal("alpha", needed=False)
    if (points is None) == (sd is None) or (sd is None) != (alpha is None):
        part.fault("points", "points or index")
    elif alpha is not None and not 0 < alpha < 1:
        part.fault("alpha", "outside", low=0, high=1)
    for key, figure in (("points", points), ("sd", sd)):
        if figure is not None and figure <= 0:
            part.fault(key, "not above 0")
    part.rest()
    return ChangeRule(score, source, sex, points, sd, alpha)
