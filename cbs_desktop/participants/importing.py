"""From a sheet to people: which column is what, and each cell's value or what is wrong with it. Pure: no database."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cbs_desktop.errors import Fault
from cbs_desktop.participants import cells, columns, national_id
from cbs_desktop.participants.columns import ColumnReading
from cbs_desktop.participants.fields import SHEET_FIELDS
from cbs_desktop.participants.rules import ConsentDetails, PersonDetails
from cbs_desktop.sheets.read import Sheet
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
_BLANKS = {key: field.blank for key, field in SHEET_FIELDS.items()}
_AS_READ = [
    key
    for key in SHEET_FIELDS
    if key in PersonDetails.__slots__ and key not in _MADE_OF_SEVERAL
]


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One row of the sheet: its number there, the person without place (texts tidy), the place's names, and its faults.

    `apart`: a person said that this is nobody of those of the same names, sex and birth.
    """

    row: int
    details: PersonDetails
    consent: ConsentDetails | None
    place: tuple[str, ...]
    facility: str
    faults: tuple[Fault, ...]
    apart: bool = False


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


def kind_of_sheet(header: Sequence[str]) -> str:
    """What sheets with the same heads share; it does not tell the heads."""
    folded = "\n".join(map(fold, header))
    return hashlib.sha256(folded.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class ChosenColumns:
    """Which column holds which field, as a person chose it for a kind of sheet."""

    kind: str
    columns: Mapping[str, int]


def mapping_faults(mapping: Mapping[str, int]) -> list[Fault]:
    """What is still missing before any row can be read."""
    if {"name", "own_name"} & mapping.keys():
        faults = []
    else:
        faults = [Fault("own_name", "no column")]
    if "sex" not in mapping:
        faults.append(Fault("sex", "no column"))
    if not {"district", "sector", "address"} & mapping.keys():
        faults.append(Fault("place_id", "no column"))
    return faults


def read(
    rows: Sequence[Sequence[object]],
    mapping: Mapping[str, int],
    first_row: int,
    today: date,
    how: ColumnReading | None = None,
) -> list[ImportLine]:
    """Every row that holds somebody; `how` the columns are read is looked up in the rows unless it is given."""
    if how is None:
        how = columns.look(Sheet((), list(map(tuple, rows)), first_row), mapping, today)
    reader = _Reader(mapping, today, how)
    found: list[ImportLine] = []
    for number, row in enumerate(rows, first_row):
        given = reader.given(row)
        if not _holds_nobody(given, row):
            found.append(reader.line(number, given))
    return found


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


def _holds_nobody(given: Mapping[str, object], row: Sequence[object]) -> bool:
    """Whether a row is blank, numbered but blank, a total, or a line at the foot of the sheet."""
    if not given.keys().isdisjoint(_OF_SOMEBODY):
        return False
    if given:
        return any(_is_foot(str(cell)) for cell in given.values())
    return not any(map(_is_outside_foot, row))


def _is_outside_foot(cell: object) -> bool:
    """Whether a cell of no known column says something that no foot of a list says."""
    if not isinstance(cell, str) or not cell.strip():
        return False
    return not (cell.strip().isdigit() or _is_foot(cell))


def _is_foot(text: str) -> bool:
    """Whether a text stands under a list rather than in it."""
    return bool(_FOOT.match(fold(text)))


def _is_capital(word: str) -> bool:
    """Whether a word is in capitals, as own names are on many lists; initials are not."""
    return len(word) > 2 and word.isupper()


class _Reader:
    """Reads the rows of one sheet."""

    def __init__(
        self, mapping: Mapping[str, int], today: date, how: ColumnReading
    ) -> None:
        self._mapping = tuple(
            (key, column) for key, column in mapping.items() if key not in how.not_read
        )
        self._needs_sector = "sector" in mapping or "address" in mapping
        self._apart = not mapping.keys().isdisjoint(("own_name", "other_names"))
        self._today = today
        self._how = how
        self._readers: dict[str, Callable[[object], object]] = {
            key: SHEET_FIELDS[key].read for key in mapping
        }
        day_readers = {
            "born_on": self._birth,
            "consent_on": self._consent,
            "release_on": self._release,
        }
        self._readers |= {k: r for k, r in day_readers.items() if k in mapping}

    def given(self, row: Sequence[object]) -> dict[str, object]:
        """The cells of a row that say something, by field."""
        given: dict[str, object] = {}
        width = len(row)
        for key, column in self._mapping:
            if column < width and not cells.is_not_known(row[column]):
                given[key] = row[column]
        return given

    def line(self, number: int, given: Mapping[str, object]) -> ImportLine:
        """A row that holds somebody."""
        values, faults = self._values(given, number)
        own, other = self._names(values)
        details = PersonDetails(
            own_name=own,
            other_names=other,
            place_id=None,
            **_birth(values, self._today),
            **{key: values[key] for key in _AS_READ},
            id_kind=national_id.KIND if values["id_number"] else "",
        )
        agreed = values["consent_on"]
        consent = ConsentDetails(agreed, values["consent_mode"]) if agreed else None
        place = _place(values)
        if self._needs_sector and not place[1] and not values["facility"]:
            faults.append(Fault("place_id", "sector missing", {}, number))
        apart = number in self._how.choices.two_people
        facility = values["facility"]
        return ImportLine(
            number, details, consent, place, facility, tuple(faults), apart
        )

    def _values(
        self, given: Mapping[str, object], number: int
    ) -> tuple[CellValues, list[Fault]]:
        """The value of every field a sheet may have, and what is wrong with its cells."""
        values = _BLANKS.copy()
        faults: list[Fault] = []
        for key, cell in given.items():
            if self._is_left_empty(key, cell):
                continue
            try:
                values[key] = self._read(key, cell)
            except ValueError as problem:
                faults.append(Fault(key, str(problem), _about(key, cell), number))
        return values, faults

    def _is_left_empty(self, key: str, cell: object) -> bool:
        if key != "id_number" or not self._how.without_rounded:
            return False
        return cells.is_rounded(cell)

    def _read(self, key: str, cell: object) -> object:
        if isinstance(cell, str) and cell[0] == "#" and cells.is_error(cell):
            raise ValueError("error cell")
        return self._readers[key](cell)

    def _names(self, values: CellValues) -> tuple[str, str]:
        """Own and other names; of a whole name the first word is the own name, or the last one where given names come
        first."""
        if self._apart:
            return values["own_name"] or values["name"], values["other_names"]
        if not self._how.given_first:
            own, _, other = values["name"].partition(" ")
            return own, other
        words = values["name"].split()
        capitals = [word for word in words if _is_capital(word)]
        if not capitals or len(capitals) == len(words):
            return " ".join(words[-1:]), " ".join(words[:-1])
        given = [word for word in words if not _is_capital(word)]
        return " ".join(capitals), " ".join(given)

    def _birth(self, cell: object) -> object:
        month_first = self._order_of("born_on", cell)
        return cells.read_birth(cell, self._today, month_first)

    def _release(self, cell: object) -> object:
        return cells.read_day(cell, month_first=self._order_of("release_on", cell))

    def _consent(self, cell: object) -> object:
        """The day of a consent; the chosen day where the sheet says yes."""
        if columns.says(cell, cells.YES):
            return self._how.choices.consent_on
        if columns.says(cell, cells.NO):
            raise ValueError("consent refused")
        return cells.read_day(cell, month_first=self._order_of("consent_on", cell))

    def _order_of(self, key: str, cell: object) -> bool:
        """Whether a day is month first. ValueError where its column has both and this one may be either."""
        if key in self._how.either:
            if columns.is_either(cell):
                raise ValueError("day or month")
            found = cells.figures(cell)
            return found is not None and found[1] > found[0]
        return key in self._how.month_first


def _about(key: str, cell: object) -> dict[str, object]:
    """What a sentence says of a cell; of the number of a card only its end."""
    said = str(cell)[:40]
    return {"cell": national_id.masked(said) if key == "id_number" else said}


def _place(values: CellValues) -> tuple[str, ...]:
    """The names of the place; a whole place in one cell stands where the sector does."""
    district, sector, cell, village = (values[key] for key in _PLACE_KEYS)
    return district, sector or values["address"], cell, village


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
