"""From a table of questionnaires to answers: one row a sheet, columns number, date, and one per question. Pure.

Columns that may be there: instrument, occasion; and for a row with a risk question answered or left blank its safety card:
told, told on, safe now, referred to, see again on. "9", "-" or "blank" says that the paper was left blank; an empty cell
is an open question.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cbs_desktop.errors import Fault, Invalid
from cbs_desktop.screening.actions import Answers
from cbs_desktop.screening.instrument import Instrument, Item
from cbs_desktop.screening.rules import OCCASIONS, SafetyCard
from cbs_desktop.screening.scoring import answer_faults, risk_blanks, risk_items
from cbs_desktop.text import day_of_text, fold

_YES_NO = {
    "yes": 1,
    "no": 0,
    "oui": 1,
    "non": 0,
    "yego": 1,
    "ego": 1,
    "oya": 0,
    "y": 1,
    "n": 0,
}
_BLANK = frozenset({"9", "-", "blank", "vide"})
_ALIASES = {
    **dict.fromkeys(
        ("person", "person number", "participant", "participant number", "numero"),
        "number",
    ),
    **dict.fromkeys(("day", "taken on", "date on the sheet", "itariki"), "date"),
    **dict.fromkeys(("questionnaire", "form"), "instrument"),
}
_QUESTION = re.compile(r"(?:q|question|item)? ?0*(\d{1,3})")


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One row of the table: its number there, whose sheet it is, and the sheet or what is wrong with it."""

    row: int
    number: str
    sheet: Answers | None
    faults: tuple[Fault, ...] = ()


def read(
    header: Sequence[str],
    rows: Sequence[Sequence[object]],
    first_row: int,
    people: Mapping[str, int],
    forms: Mapping[str, Instrument],
    usual: str,
) -> list[SheetLine]:
    """Every row that is not empty as a Line. `people` are ids by number, `forms` the questionnaires in use, `usual` the
    key of the one meant where the table names none. Invalid when that is not in use, or a column that every row needs is
    not there."""
    columns = {
        _column(name): place
        for place, name in enumerate(header)
        if str(name or "").strip()
    }
    if missing := [name for name in ("number", "date") if name not in columns]:
        raise Invalid([Fault(name, "no column") for name in missing])
    if usual not in forms:
        raise Invalid([Fault("instrument", "not a choice")])
    if "instrument" not in columns:
        numbers = [
            str(item.number) for item in forms[usual].items if item.ask_if is None
        ]
        if missing := [number for number in numbers if number not in columns]:
            raise Invalid(
                [Fault("answers", "columns missing", {"names": ", ".join(missing)})]
            )
    found = []
    for row, values in enumerate(rows, first_row):
        cells = {name: values[place] for name, place in columns.items()}
        if any(cell not in ("", None) for cell in cells.values()):
            found.append(_line(row, cells, people, forms, usual))
    return found


def _column(name: Any) -> str:
    words = fold(str(name)).replace("_", " ")
    question = _QUESTION.fullmatch(words.removesuffix(".0"))
    if question:
        return question[1]
    return _ALIASES.get(words, words)


def _line(
    row: int,
    cells: Mapping[str, object],
    people: Mapping[str, int],
    forms: Mapping[str, Instrument],
    usual: str,
) -> SheetLine:
    number = str(cells["number"] or "").strip()
    try:
        return SheetLine(row, number, _sheet(cells, people.get(number), forms, usual))
    except Invalid as problem:
        return SheetLine(
            row,
            number,
            None,
            tuple(Fault(f.field, f.kind, f.facts, row) for f in problem.faults),
        )


def _sheet(
    cells: Mapping[str, object],
    person: int | None,
    forms: Mapping[str, Instrument],
    usual: str,
) -> Answers:
    key = fold(str(cells.get("instrument") or "")).replace(" ", "") or usual
    by_key = {fold(one).replace("-", "").replace(" ", ""): one for one in forms}
    occasion = fold(str(cells.get("occasion") or "")) or OCCASIONS[0]
    occasions = {fold(one): one for one in OCCASIONS}
    faults = []
    if person is None:
        faults.append(Fault("number", "no such person"))
    if key.replace("-", "") not in by_key:
        faults.append(Fault("instrument", "not a choice"))
    if occasion not in occasions:
        faults.append(Fault("occasion", "not a choice"))
    day = _take("taken_on", cells["date"], day_of_text, faults)
    if faults or person is None:
        raise Invalid(faults)
    form = forms[by_key[key.replace("-", "")]]
    values = {}
    for item in form.items:
        cell = cells.get(str(item.number))
        if cell not in ("", None):
            values[item.number] = _value(cell, item, faults)
    if faults := faults or answer_faults(form, values):
        raise Invalid(faults)
    card = _card(cells, form, values)
    return Answers(person, day, values, card, form.key, occasions[occasion])


def _take(field: str, cell: object, kind: Any, faults: list[Fault]) -> Any:
    try:
        return kind(cell)
    except ValueError as problem:
        faults.append(Fault(field, str(problem), {"cell": str(cell or "")[:40]}))
        return None


def _figure(cell: object) -> float:
    """The number in a cell; -1, which answers nothing, where there is none."""
    if not isinstance(cell, str | int | float):
        return -1.0
    try:
        return float(cell)
    except ValueError:
        return -1.0


def _value(cell: object, item: Item, faults: list[Fault]) -> int | None:
    words = fold(cell) if isinstance(cell, str) else ""
    if cell == 9 or str(cell).strip() in _BLANK or words in _BLANK:
        return None
    if words in _YES_NO and set(item.values) == {0, 1}:
        return _YES_NO[words]
    number = _figure(cell)
    if number in item.values:
        return int(number)
    faults.append(Fault("answers", "no such answer", {"number": item.number}))
    return None


def _card(
    cells: Mapping[str, object], form: Instrument, values: Mapping[int, int | None]
) -> SafetyCard | None:
    """The safety card of a row that needs one; Invalid when the table has none for it, or when it is not whole."""
    blank = risk_blanks(form, values)
    answered = risk_items(form, values)
    if not blank and not answered:
        return None
    told = str(cells.get("told") or "").strip()
    if not told and answered:
        raise Invalid([Fault("answers", "safety card needed")])
    if not told:
        numbers = ", ".join(map(str, blank))
        raise Invalid([Fault("answers", "risk question blank", {"numbers": numbers})])
    faults: list[Fault] = []
    safe = _YES_NO.get(fold(str(cells.get("safe now") or "")), 0) == 1
    told_on = _take("told_on", cells.get("told on"), day_of_text, faults)
    again = _take("see_again_on", cells.get("see again on"), day_of_text, faults)
    if faults:
        raise Invalid(faults)
    return SafetyCard(
        told, told_on, safe, str(cells.get("referred to") or "").strip(), again
    )
