"""From a table of questionnaires to answers: one row a person, columns number, date, and one per question. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from cbs_desktop.errors import Fault, Invalid
from cbs_desktop.screening.actions import Answers
from cbs_desktop.screening.rules import Instrument
from cbs_desktop.text import day_of_text, fold

_YES_NO = {"yes": 1, "no": 0, "oui": 1, "non": 0, "yego": 1, "oya": 0, "y": 1, "n": 0}


def read(
    header: Sequence[str], rows: Sequence[Sequence[Any]], first_row: int, people: Mapping[str, int], form: Instrument
) -> list[Answers]:
    """The answers of every row; Invalid names each row and what is wrong with it.

    A row with a risk item answered cannot be taken this way: its safety card has to be filled in, one by one.
    """
    columns = {fold(str(name or "")): i for i, name in enumerate(header)}
    wanted = ["number", "date", *(str(item.number) for item in form.items)]
    if missing := [name for name in wanted if name not in columns]:
        raise Invalid([Fault(name, "no column") for name in missing])
    found, faults = [], []
    for row, cells in enumerate(rows, first_row):
        try:
            found.append(_answers([cells[columns[name]] for name in wanted], people, form))
        except ValueError as problem:
            faults.append(Fault("answers", str(problem), {"cell": "", "numbers": "", "number": ""}, row))
    if faults:
        raise Invalid(faults)
    return found


def _answers(cells: Sequence[Any], people: Mapping[str, int], form: Instrument) -> Answers:
    number, day, *values = cells
    person = people.get(str(number).strip())
    if person is None:
        raise ValueError("no such person")
    answers = {item.number: _value(value) for item, value in zip(form.items, values, strict=True)}
    if any(answers[item.number] for item in form.items if item.risk):
        raise ValueError("safety card needed")
    return Answers(person, day_of_text(day), answers)


def _value(cell: Any) -> int:
    if isinstance(cell, str) and (word := fold(cell)) in _YES_NO:
        return _YES_NO[word]
    try:
        number = float(cell)
    except (TypeError, ValueError):
        raise ValueError("no such answer") from None
    if not number.is_integer():
        raise ValueError("no such answer")
    return int(number)
