"""From a sheet to people: which column is what, and each cell's value or what is wrong with it. Pure: no database."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cbs_desktop.errors import Fault
from cbs_desktop.participants.availability import read_days, read_languages
from cbs_desktop.participants.rules import (
    CATEGORIES,
    CONSENT_MODES,
    ConsentDetails,
    PersonDetails,
)
from cbs_desktop.text import clean, day_of_text, fold

# Field of the import → headers it goes by in English, French, Kinyarwanda and Kirundi office sheets, folded.
HEADERS: dict[str, tuple[str, ...]] = {
    "name": (
        "name",
        "names",
        "full name",
        "nom",
        "nom et prenom",
        "noms",
        "amazina",
        "participant",
    ),
    "own_name": (
        "own name",
        "izina bwite",
        "izina",
        "family name",
        "surname",
        "last name",
        "nom propre",
        "izina ry umuryango",
    ),
    "other_names": (
        "other names",
        "other name",
        "first name",
        "given name",
        "prenom",
        "prenoms",
        "andi mazina",
        "izina ry irikirisitu",
    ),
    "sex": ("sex", "gender", "sexe", "igitsina", "f m", "m f"),
    "born_on": (
        "birth date",
        "date of birth",
        "dob",
        "born",
        "date de naissance",
        "itariki y amavuko",
        "birth",
    ),
    "born_year": (
        "birth year",
        "year of birth",
        "annee de naissance",
        "umwaka w amavuko",
        "year",
    ),
    "age": ("age", "imyaka", "age estime", "estimated age"),
    "district": ("district", "akarere", "commune", "komine"),
    "sector": ("sector", "umurenge", "secteur", "zone"),
    "cell": ("cell", "akagari", "cellule"),
    "village": ("village", "umudugudu", "colline", "umutumba"),
    "facility": (
        "facility",
        "correctional facility",
        "igororero",
        "prison",
        "etablissement",
    ),
    "release_on": (
        "release date",
        "release",
        "date de liberation",
        "itariki yo gufungurwa",
    ),
    "phone": ("phone", "telephone", "tel", "mobile", "telefone", "phone number"),
    "id_number": (
        "id",
        "id number",
        "national id",
        "nid",
        "indangamuntu",
        "karangamuntu",
        "carte d identite",
    ),
    "categories": ("background", "category", "categories", "categorie"),
    "languages": ("language", "languages", "langue", "langues", "indimi", "ururimi"),
    "days": ("days", "meeting days", "available days", "jours", "iminsi"),
    "consent_on": ("consent date", "consent", "date of consent", "consentement"),
    "consent_mode": ("consent mode", "mode of consent"),
}
_SEX = {
    **dict.fromkeys(("f", "female", "woman", "femme", "gore", "w"), "F"),
    **dict.fromkeys(("m", "male", "man", "homme", "gabo", "h"), "M"),
}
_PLACE_KEYS = ("district", "sector", "cell", "village")


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
    for field, words in HEADERS.items():
        fits = [
            (words.index(h), i)
            for i, h in enumerate(folded)
            if h in words and i not in found.values()
        ]
        if fits:
            found[field] = min(fits)[1]
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
    cells = {field: row[i] if i < len(row) else "" for field, i in mapping.items()}
    faults: list[Fault] = []

    def take(field: str, kind: Callable[[Any], Any], empty: Any = None) -> Any:
        value = cells.get(field, "")
        if value in ("", None):
            return empty
        try:
            return kind(value)
        except ValueError as problem:
            faults.append(Fault(field, str(problem), {"cell": str(value)[:40]}, number))
            return empty

    own, other = _names(cells)
    born_on, born_year = take("born_on", _birth, (None, None))
    years = take("age", _number)
    if (
        years is not None
        and born_on is None
        and born_year is None
        and "born_year" not in cells
    ):
        born_year = today.year - years
    details = PersonDetails(
        own_name=own,
        other_names=other,
        sex=take("sex", _sex, ""),
        place_id=None,
        born_on=born_on,
        born_year=None if born_on else born_year or take("born_year", _number),
        age_estimated=years is not None and born_on is None,
        release_on=take("release_on", day_of_text),
        phone=_text(cells.get("phone")),
        id_number=_text(cells.get("id_number")),
        id_kind="national ID" if cells.get("id_number") else "",
        categories=take("categories", _categories) if "categories" in cells else None,
        languages=take("languages", read_languages, ()),
        days=take("days", read_days, ()),
    )
    given = take("consent_on", day_of_text)
    if given:
        consent = ConsentDetails(given, take("consent_mode", _mode, "written"))
    else:
        consent = None
    place = tuple(_text(cells.get(key)) for key in _PLACE_KEYS)
    return ImportLine(
        number, details, consent, place, _text(cells.get("facility")), tuple(faults)
    )


def _names(cells: Mapping[str, object]) -> tuple[str, str]:
    if "own_name" in cells:
        return _text(cells["own_name"]), _text(cells.get("other_names"))
    own, _, other = _text(cells.get("name")).partition(" ")
    return own, other


def _text(value: object) -> str:
    """A cell as text: whole numbers without a point, as Excel keeps phones and ids."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if value is None:
        return ""
    return clean(str(value))


def _sex(value: object) -> str:
    try:
        return _SEX[fold(str(value))]
    except KeyError:
        raise ValueError("not a sex") from None


def _number(value: object) -> int:
    if not isinstance(value, str | int | float):
        raise ValueError("not a number")
    try:
        number = float(value)
    except ValueError:
        raise ValueError("not a number") from None
    if not number.is_integer() or not 0 <= number <= 3000:
        raise ValueError("not a number")
    return int(number)


def _birth(value: object) -> tuple[date | None, int | None]:
    """A full date, or a year alone."""
    text = _text(value)
    if text.isdigit() and len(text) == 4:
        return None, int(text)
    return day_of_text(value), None


def _categories(value: object) -> tuple[str, ...]:
    found = tuple(
        sorted(
            {
                part.strip().lower()
                for part in re.split(r"[,;/]", str(value))
                if part.strip()
            }
        )
    )
    if not set(found) <= set(CATEGORIES):
        raise ValueError("not a choice")
    return found


def _mode(value: object) -> str:
    mode = fold(str(value))
    if mode not in CONSENT_MODES:
        raise ValueError("not a choice")
    return mode
