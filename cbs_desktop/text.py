"""Typed text at the door: composed letters (NFC), plain spaces, folding for search, and what is wrong with it."""

import re
import unicodedata
from datetime import UTC, date, datetime
from typing import Any

from cbs_desktop.errors import Fault

_MOMENT = "%d/%m/%Y %H:%M"
_APOSTROPHES = dict.fromkeys(map(ord, "'’ʼ`´‘"))
_BREAKS = dict.fromkeys(map(ord, "-‐‑–_.,/"), " ")
_FOLDED = {**_APOSTROPHES, **_BREAKS}


def clean(text: str) -> str:
    """NFC, without blanks around or doubled. Nothing else is changed: names are kept as they were typed."""
    if text.isascii():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """For comparing and searching: no case, no accents, no apostrophes, hyphens as blanks."""
    if not text.isascii():
        text = "".join(
            c
            for c in unicodedata.normalize("NFKD", text)
            if not unicodedata.combining(c)
        )
    return " ".join(text.translate(_FOLDED).casefold().split())


def hidden(text: str) -> bool:
    """Whether the text holds signs that cannot be seen: controls, direction marks, zero-width letters."""
    return (
        not text.isascii() and any(unicodedata.category(c) in _HIDDEN for c in text)
    ) or not text.isprintable()


_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})


def text_faults(
    field: str, text: str, needed: bool = False, most: int = 80
) -> list[Fault]:
    """The faults of one short text: needed, too long, hidden signs."""
    if needed and not text:
        return [Fault(field, "needed")]
    if len(text) > most:
        return [Fault(field, "too long", {"most": most, "length": len(text)})]
    if hidden(text):
        return [Fault(field, "hidden sign")]
    return []


def day_faults(
    field: str, day: Any, today: date | None = None, needed: bool = True
) -> list[Fault]:
    """The faults of a day: missing, no day at all, or (when `today` is given) still to come."""
    if day in (None, ""):
        if needed:
            return [Fault(field, "needed")]
        return []
    if not isinstance(day, date):
        return [Fault(field, "not a date", {"cell": str(day)[:40]})]
    if today and day > today:
        return [Fault(field, "in the future")]
    return []


def read_day(text: str) -> date:
    """A day as files, settings and statements keep it: 2026-11-16. ValueError for all else."""
    return date.fromisoformat(text)


def write_day(day: date) -> str:
    """A day as `read_day` reads it."""
    return day.isoformat()


def day_in_figures(day: date) -> str:
    """A day as papers and forms show it: 16/11/2026."""
    return f"{day:%d/%m/%Y}"


def write_moment(moment: datetime) -> str:
    """A moment by the clock of this laptop, to the minute."""
    return f"{moment.astimezone():{_MOMENT}}"


def read_moment(text: str) -> datetime | None:
    """A moment that was typed by the clock of this laptop, as `write_moment` writes it, in UTC; None where it is none."""
    try:
        return datetime.strptime(clean(text), _MOMENT).astimezone(UTC)
    except ValueError:
        return None


_DAY_FIRST = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4}|\d{2})")
_YEAR_FIRST = re.compile(
    r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})(?:[T ][\d:.]+(?:Z|[+-][\d:]+)?)?"
)
_MONTH_IN_WORDS = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)? ([a-z]+) (\d{4}|\d{2})")
_MONTHS = {
    word: month
    for month, words in enumerate(
        (
            ("jan", "january", "janv", "janvier", "mutarama", "nzero"),
            ("feb", "february", "fev", "fevr", "fevrier", "gashyantare", "ruhuhuma"),
            ("mar", "march", "mars", "werurwe", "ntwarante"),
            ("apr", "april", "avr", "avril", "mata", "ndamukiza"),
            ("may", "mai", "gicurasi", "rusama"),
            ("jun", "june", "juin", "kamena", "ruheshi"),
            ("jul", "july", "juil", "juillet", "nyakanga", "mukakaro"),
            ("aug", "august", "aout", "kanama", "myandagaro"),
            ("sep", "sept", "september", "septembre", "nzeri"),
            ("oct", "october", "octobre", "ukwakira", "gitugutu"),
            ("nov", "november", "novembre", "ugushyingo", "munyonyo"),
            ("dec", "december", "decembre", "ukuboza", "kigarama"),
        ),
        1,
    )
    for word in words
}
_YOUNGEST_IN_SHORT = (
    10  # years: of whom the year of birth may be written with two digits
)


def day_of_text(value: object, born_by: date | None = None) -> date:
    """A day from a cell or a field: a date, 16/11/2026, 2026-11-16, 16 Nov 2026, in the words of four languages.

    A year of two digits is of this century; where `born_by` (today) is given, a birth is in the last century if it
    would be in the future. ValueError("not a date") for all else; ValueError("short year") where both may be meant.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = clean(str(value))
    day, month, year = _parts_of_day(text)
    if len(year) == 2:
        year = str(_century(int(year), born_by) + int(year))
    try:
        return date(int(year), month, int(day))
    except ValueError:
        raise ValueError("not a date") from None


def _parts_of_day(text: str) -> tuple[str, int, str]:
    """Day, month and year of a text."""
    if fits := _DAY_FIRST.fullmatch(text):
        return fits[1], int(fits[2]), fits[3]
    if fits := _YEAR_FIRST.fullmatch(text):
        return fits[3], int(fits[2]), fits[1]
    fits = _MONTH_IN_WORDS.fullmatch(fold(text))
    if fits and fits[2] in _MONTHS:
        return fits[1], _MONTHS[fits[2]], fits[3]
    raise ValueError("not a date")


def _century(year: int, born_by: date | None) -> int:
    """1900 or 2000 for a year of two digits."""
    if born_by is None:
        return 2000
    if 2000 + year > born_by.year:
        return 1900
    if born_by.year - 2000 - year < _YOUNGEST_IN_SHORT:
        raise ValueError("short year")
    return 2000
