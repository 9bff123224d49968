"""The words of a certificate in each language: lines that an office may change, days as they are written, forms by sex."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from string import Formatter
from typing import Any

from cbs_desktop import resource
from cbs_desktop.errors import Fault
from cbs_desktop.text import clean, text_faults

LANGUAGES = ("rw", "rn", "en", "fr")
# the lines an office may change, and what may stand in braces in each
LINES: dict[str, frozenset[str]] = {
    "heading": frozenset(),
    "presented": frozenset(),
    "completed": frozenset({"attended", "held", "programme"}),
    "period": frozenset({"began", "ended"}),
    "check": frozenset(),
    "duplicate": frozenset({"day"}),
    "seal": frozenset(),
}
BY_SEX = (
    "presented",
    "completed",
)  # lines that may differ for women and men, as completed_F
LINE_MOST = 120
Lines = Mapping[str, str]


def changeable() -> tuple[str, ...]:
    """Every line that may be changed, those by sex after their common one."""
    return tuple(
        key
        for line in LINES
        for key in (line, *((f"{line}_F", f"{line}_M") if line in BY_SEX else ()))
    )


@lru_cache
def shipped(language: str) -> Lines:
    """The lines of a language as the program brings them."""
    return {
        key: value for key, value in _file()[language].items() if isinstance(value, str)
    }


@lru_cache
def _file() -> dict[str, Any]:
    return resource.toml("certificates", "wording.toml")


def line(key: str, language: str, edited: Lines, sex: str = "") -> str:
    """One line. The office's own words win over the program's, words for a sex over the common ones.

    Nothing is guessed: without a sex the common line is taken. An empty line of the office is left out on paper.
    """
    wanted = (f"{key}_{sex}", key) if sex and key in BY_SEX else (key,)
    for lines in (edited, shipped(language)):
        for each in wanted:
            if each in lines:
                return lines[each]
    return ""


def day(value: date, language: str) -> str:
    """A day as it is written in a language: 16 November 2026, 1er mai 2026, 9 Werurwe 2026."""
    known = _file()[language]
    month = known["months"][value.month - 1]
    number = str(value.day)
    if value.day == 1:
        number = known.get("first", number)
    return f"{number} {month} {value.year}"


def short_day(value: date) -> str:
    """A day in figures, as papers of every language here write it."""
    return f"{value:%d.%m.%Y}"


def tidy(lines: Mapping[str, Lines]) -> dict[str, dict[str, str]]:
    """The changed lines alone: what is as the program brings it, and an empty line for a sex, is left out."""
    found = {}
    for language, mine in lines.items():
        own = shipped(language) if language in LANGUAGES else {}
        texts = {key: clean(text) for key, text in mine.items()}
        changed = {
            key: text
            for key, text in texts.items()
            if text != clean(own.get(key, "")) and (text or "_" not in key)
        }
        if changed:
            found[language] = changed
    return found


def faults(lines: Mapping[str, Lines]) -> list[Fault]:
    """What is wrong with changed lines: an unknown language or line, too long, hidden signs, wrong braces."""
    found: list[Fault] = []
    for language, mine in lines.items():
        if language not in LANGUAGES:
            found.append(Fault("languages", "not a choice"))
        for key, text in mine.items():
            if key not in changeable():
                found.append(Fault(key, "unknown key"))
                continue
            found += text_faults(key, text, most=LINE_MOST)
            allowed = LINES[key.partition("_")[0]]
            if not _fits(text, allowed):
                found.append(
                    Fault(
                        key,
                        "braces",
                        {
                            "names": ", ".join(f"{{{one}}}" for one in sorted(allowed))
                            or "–"
                        },
                    )
                )
    return found


def _fits(text: str, allowed: frozenset[str]) -> bool:
    """Whether all braces hold one of the names, and nothing else."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return False
    return all(
        name is None or (name in allowed and not spec and not how)
        for _text, name, spec, how in parts
    )
