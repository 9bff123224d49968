"""From a sheet to people: which column is what, and each cell's value or what is wrong with it. Pure: no database."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cbs_desktop.errors import Fault
from cbs_desktop.participants import cells
from cbs_desktop.participants.fields import SHEET_FIELDS
from cbs_desktop.participants.rules import ConsentDetails, PersonDetails
from cbs_desktop.text import fold

CellValues = dict[str, Any]  # by field: what its reader made of the cell
_PLACE_KEYS = ("district", "sector", "cell", "village")
_FOOT = re.compile(
    r"((grand |sub ?)?total|totaux|igiteranyo|yose hamwe|byakozwe|bikorewe|umukono|signature|prepared by"
    r"|done (at|by)|fait (a|par))\b"
)
_BRACKETS = re.compile(r"\([^)]*\)|[*:]")
_CONTAINED_LEAST = 4  # letters: shorter words are part of too many headers
# A row with one of these is a person's.
_OF_SOMEBODY = ("sex", "born_on", "born_year")
_MADE_OF_SEVERAL = {"own_name", "other_names", "born_on", "born_year"}
_AS_READ = [
    key
    for key in SHEET_FIELDS
    if key in PersonDetails.__slots__ and key not in _MADE_OF_SEVERAL
]


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One row of the sheet: its number there, the person without place (texts tidy), the place's names, and its faults."""

    row: int
    details: PersonDetails
    consent: ConsentDetails | None
    place: tuple[str, ...]
    facility: str
    faults: tuple[Fault, ...]


def guess(headers: Sequence[str]) -> dict[str, int]:
    """Which column holds which field, by its header; each column at most once, the better fit first.

    A header that says exactly what a field is called comes first, then one that contains it, without what stands in
    brackets ("Igitsina (Gabo/Gore)").
    """
    named = [_heading(header) for header in headers]
    folded = [fold(_BRACKETS.sub(" ", header)) for header in named]
    whole = [fold(header) for header in named]
    found: dict[str, int] = {}
    for fit in (_is_called, _contains):
        for key, field in SHEET_FIELDS.items():
            fits = [
                (place, i)
                for i in range(len(headers))
                if i not in found.values()
                for place, word in enumerate(field.headers)
                if fit(word, whole[i], folded[i])
            ]
            if fits and key not in found:
                found[key] = min(fits)[1]
    return found


def _heading(header: object) -> str:
    """A header without the groups of a phone form; what such a form counts by itself ("_id") is no field."""
    text = str(header or "").strip().replace("'", " ").replace("’", " ")
    if text.startswith("_"):
        return ""
    if text.islower() and "/" in text:
        return text.rpartition("/")[2]
    return text


def _is_called(word: str, whole: str, bare: str) -> bool:
    return word in (whole, bare)


def _contains(word: str, _whole: str, bare: str) -> bool:
    return len(word) >= _CONTAINED_LEAST and f" {word} " in f" {bare} "


def mapping_faults(mapping: Mapping[str, int]) -> list[Fault]:
    """What is still missing before any row can be read."""
    if {"name", "own_name"} & mapping.keys():
        faults = []
    else:
        faults = [Fault("own_name", "no column")]
    if "sex" not in mapping:
        faults.append(Fault("sex", "no column"))
    if not {"district", "sector"} & mapping.keys():
        faults.append(Fault("place_id", "no column"))
    return faults


def read(
    rows: Sequence[Sequence[object]],
    mapping: Mapping[str, int],
    first_row: int,
    today: date,
) -> list[ImportLine]:
    """Every row that holds somebody."""
    return [
        _line(number, row, mapping, today)
        for number, row in enumerate(rows, first_row)
        if not _holds_nobody(row, mapping)
    ]


def passed_over(
    rows: Sequence[Sequence[object]], lines: Sequence[ImportLine], first_row: int
) -> list[int]:
    """The numbers of rows with something in them that hold nobody: numbered blanks, totals, words at the foot."""
    read_rows = {line.row for line in lines}
    return [
        number
        for number, row in enumerate(rows, first_row)
        if number not in read_rows and any(cell not in ("", None) for cell in row)
    ]


def without_faults(
    lines: Sequence[ImportLine], faults: Sequence[Fault]
) -> list[ImportLine]:
    """The lines that can be imported though others cannot."""
    wrong = {fault.row for fault in faults}
    return [line for line in lines if line.row not in wrong]


def _holds_nobody(row: Sequence[object], mapping: Mapping[str, int]) -> bool:
    """Whether a row is blank, numbered but blank, a total, or a line at the foot of the sheet."""
    given: dict[str, str] = {}
    for key, column in mapping.items():
        cell = row[column] if column < len(row) else ""
        if not cells.is_not_known(cell):
            given[key] = str(cell)
    if not given.keys().isdisjoint(_OF_SOMEBODY):
        return False
    if given:
        return any(map(_is_foot, given.values()))
    return not any(map(_is_outside_foot, row))


def _is_outside_foot(cell: object) -> bool:
    """Whether a cell of no known column says something that no foot of a list says."""
    if not isinstance(cell, str) or not cell.strip():
        return False
    return not (cell.strip().isdigit() or _is_foot(cell))


def _is_foot(text: str) -> bool:
    """Whether a text stands under a list rather than in it."""
    return bool(_FOOT.match(fold(text)))


def _line(
    number: int, row: Sequence[object], mapping: Mapping[str, int], today: date
) -> ImportLine:
    raw = {key: row[i] if i < len(row) else "" for key, i in mapping.items()}
    values, faults = _values(raw, number, today)
    own, other = _names(raw)
    details = PersonDetails(
        own_name=own,
        other_names=other,
        place_id=None,
        **_birth(values, today),
        **{key: values[key] for key in _AS_READ},
        id_kind="national ID" if values["id_number"] else "",
    )
    given = values["consent_on"]
    consent = ConsentDetails(given, values["consent_mode"]) if given else None
    place = tuple(values[key] for key in _PLACE_KEYS)
    if "sector" in raw and not values["sector"] and not values["facility"]:
        faults = (*faults, Fault("place_id", "sector missing", {}, number))
    return ImportLine(number, details, consent, place, values["facility"], faults)


def _values(
    raw: Mapping[str, object], number: int, today: date
) -> tuple[CellValues, tuple[Fault, ...]]:
    """The value of every field a sheet may have, and what is wrong with its cells."""
    values: CellValues = {}
    faults: list[Fault] = []
    for key, field in SHEET_FIELDS.items():
        cell = raw.get(key)
        values[key] = field.blank
        if cells.is_not_known(cell):
            continue
        try:
            if key == "born_on":
                values[key] = cells.read_birth(cell, today)
            else:
                values[key] = field.read(cell)
        except ValueError as problem:
            about: dict[str, object] = {"cell": str(cell)[:40]}
            faults.append(Fault(key, str(problem), about, number))
    return values, tuple(faults)


def _birth(values: CellValues, today: date) -> dict[str, date | int | bool | None]:
    """The day or the year of birth; an age on its own gives the year, and is an estimate."""
    born_on, born_year = values["born_on"]
    born_year = born_year or values["born_year"]
    if born_on:
        return {"born_on": born_on, "born_year": None, "age_estimated": False}
    age = values["age"]
    if born_year is None and age is not None:
        born_year = today.year - age
        return {"born_on": None, "born_year": born_year, "age_estimated": True}
    return {
        "born_on": None,
        "born_year": born_year,
        "age_estimated": age is not None,
    }


def _names(raw: Mapping[str, object]) -> tuple[str, str]:
    """Own and other names; of a whole name the first word is the own name."""
    if "own_name" in raw:
        other = cells.read_text(raw.get("other_names"))
        return cells.read_text(raw["own_name"]), other
    own, _, other = cells.read_text(raw.get("name")).partition(" ")
    return own, other
