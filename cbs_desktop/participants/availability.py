"""Languages somebody speaks and weekdays they can come: as typed, as read from a sheet, in their order. Empty means any."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from cbs_desktop.errors import Fault
from cbs_desktop.text import fold

_N = str  # marks a word for the catalogues; it is translated when it is shown
LANGUAGE_WORDS = {
    "rw": _N("Kinyarwanda"), "rn": _N("Kirundi"), "sw": _N("Swahili"), "fr": _N("French"), "en": _N("English"),
    "ln": _N("Lingala"), "sign": _N("sign language"),
}  # fmt: skip
LANGUAGES = tuple(LANGUAGE_WORDS)
DAYS = range(7)  # 0 Monday
_SPOKEN = {
    "kinyarwanda": "rw", "ikinyarwanda": "rw", "kirundi": "rn", "ikirundi": "rn", "swahili": "sw", "kiswahili": "sw",
    "igiswahili": "sw", "french": "fr", "francais": "fr", "igifaransa": "fr", "english": "en", "anglais": "en",
    "icyongereza": "en", "lingala": "ln", "sign language": "sign", "langue des signes": "sign", "amarenga": "sign",
}  # fmt: skip
_WEEK = (
    "monday;lundi;kuwa mbere", "tuesday;mardi;kuwa kabiri", "wednesday;mercredi;kuwa gatatu", "thursday;jeudi;kuwa kane",
    "friday;vendredi;kuwa gatanu", "saturday;samedi;kuwa gatandatu", "sunday;dimanche;ku cyumweru",
)  # fmt: skip
_DAYS = {
    word: number for number, words in enumerate(_WEEK) for word in words.split(";")
}


class Available(Protocol):
    """Somebody with languages and days: a participant or a facilitator as typed."""

    @property
    def languages(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def days(self) -> tuple[int, ...]: ...  # noqa: D102


def listed(codes: Iterable[str]) -> tuple[str, ...]:
    """Languages in the order of every form."""
    return tuple(sorted(codes, key=_place_of))


def _place_of(code: str) -> int:
    if code in LANGUAGES:
        return LANGUAGES.index(code)
    return len(LANGUAGES)


def faults(one: Available) -> list[Fault]:
    """A language that is not listed, or a day that is none."""
    if not one.languages and not one.days:
        return []
    if set(one.languages) <= set(LANGUAGES):
        found = []
    else:
        found = [Fault("languages", "not a choice")]
    if set(one.days) <= set(DAYS):
        return found
    return [*found, Fault("days", "not a choice")]


def read_languages(cell: object) -> tuple[str, ...]:
    """The languages of a cell ("Kinyarwanda, français"). ValueError for one that is not listed."""
    return _read(cell, {**_SPOKEN, **{code: code for code in LANGUAGES}})


def read_days(cell: object) -> tuple[int, ...]:
    """The weekdays of a cell ("Monday, jeudi"; 1 Monday to 7 Sunday). ValueError for one that is none."""
    return tuple(sorted(_read(cell, {**_DAYS, **{str(day + 1): day for day in DAYS}})))


T = TypeVar("T")


def _read(cell: object, known: dict[str, T]) -> tuple[T, ...]:
    if isinstance(cell, float) and cell.is_integer():
        text = str(int(cell))
    else:
        text = str(cell)
    parts = [
        fold(part)
        for part in text.replace(";", ",").replace("/", ",").split(",")
        if part.strip()
    ]
    if not set(parts) <= known.keys():
        raise ValueError("not a choice")
    return tuple(dict.fromkeys(known[part] for part in parts))
