"""What a person reads instead of the codes and ISO days that the tables keep for programs."""

import re

from cbs_desktop.text import day_in_figures, read_day
from cbs_desktop.words import _

_N = str  # marks a word for the catalogues; it is translated when it is shown
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)( \d\d:\d\d)?")
_LANGUAGES = {
    "rw": _N("Kinyarwanda"), "rn": _N("Kirundi"), "sw": _N("Swahili"), "fr": _N("French"), "en": _N("English"),
    "ln": _N("Lingala"), "sign": _N("sign language"),
}  # fmt: skip
# section → code → word
WORDS: dict[str, dict[str, str]] = {
    "identity": {"F": _N("woman"), "M": _N("man")},
    "consents": {
        **_LANGUAGES,
        "photo": _N("photo or story"),
        "sharing": _N("sharing names"),
        "follow-up": _N("follow-up visits"),
        "written": _N("in writing"),
        "oral": _N("by word of mouth"),
        "electronic": _N("electronically"),
    },
    "attendance": {
        "P": _N("present"),
        "L": _N("late"),
        "E": _N("excused"),
        "A": _N("absent"),
    },
    "requests": {
        "access": _N("to see everything"),
        "correct": _N("to correct"),
        "restrict": _N("to restrict"),
        "erase": _N("to erase"),
        "object": _N("to object"),
        "portability": _N("to take elsewhere"),
    },
}


def readable(section: str, cell: str) -> str:
    """A cell of a section as it stands on paper."""
    if found := _DAY.fullmatch(cell):
        return day_in_figures(read_day(found[1])) + (found[2] or "")
    word = WORDS.get(section, {}).get(cell, "")
    return _(word) if word else cell
