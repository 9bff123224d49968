"""From a sheet to people: which column is what, and each cell's value or what is wrong with it. Pure: no database."""

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
    """Which column holds which field, by its header; each column at most once, the better fit first."""
    folded = [fold(str(header or "")) for header in headers]
    found: dict[str, int] = {}
    for key, field in SHEET_FIELDS.items():
        words = field.headers
        fits = [
            (words.index(h), i)
            for i, h in enumerate(folded)
            if h in words and i not in found.values()
        ]
        if fits:
            found[key] = min(fits)[1]
    return found


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
    """Every row that is not empty, as a Line."""
    numbered = ((first_row + i, row) for i, row in enumerate(rows))
    return [
        _line(number, row, mapping, today)
        for number, row in numbered
        if any(c not in ("", None) for c in row)
    ]


def _line(
    number: int, row: Sequence[object], mapping: Mapping[str, int], today: date
) -> ImportLine:
    raw = {key: row[i] if i < len(row) else "" for key, i in mapping.items()}
    values, faults = _values(raw, number)
    own, other = _names(raw)
    details = PersonDetails(
        own_name=own,
        other_names=other,
        place_id=None,
        **_birth(values, "born_year" in raw, today),
        **{key: values[key] for key in _AS_READ},
        id_kind="national ID" if values["id_number"] else "",
    )
    given = values["consent_on"]
    consent = ConsentDetails(given, values["consent_mode"]) if given else None
    place = tuple(values[key] for key in _PLACE_KEYS)
    return ImportLine(number, details, consent, place, values["facility"], faults)


def _values(
    raw: Mapping[str, object], number: int
) -> tuple[CellValues, tuple[Fault, ...]]:
    """The value of every field a sheet may have, and what is wrong with its cells."""
    values: CellValues = {}
    faults: list[Fault] = []
    for key, field in SHEET_FIELDS.items():
        cell = raw.get(key)
        values[key] = field.blank
        if cell in ("", None):
            continue
        try:
            values[key] = field.read(cell)
        except ValueError as problem:
            about: dict[str, object] = {"cell": str(cell)[:40]}
            faults.append(Fault(key, str(problem), about, number))
    return values, tuple(faults)


def _birth(
    values: CellValues, has_years: bool, today: date
) -> dict[str, date | int | bool | None]:
    """The day or the year of birth; an age on its own gives the year, and is an estimate."""
    born_on, born_year = values["born_on"]
    age = values["age"]
    if born_on:
        return {"born_on": born_on, "born_year": None, "age_estimated": False}
    if born_year is None and age is not None and not has_years:
        born_year = today.year - age
    return {
        "born_on": None,
        "born_year": born_year or values["born_year"],
        "age_estimated": age is not None,
    }


def _names(raw: Mapping[str, object]) -> tuple[str, str]:
    """Own and other names; of a whole name the first word is the own name."""
    if "own_name" in raw:
        other = cells.read_text(raw.get("other_names"))
        return cells.read_text(raw["own_name"]), other
    own, _, other = cells.read_text(raw.get("name")).partition(" ")
    return own, other
