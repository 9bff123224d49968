"""What a person reads instead of the codes and ISO days that the tables keep for programs."""

import re

from cbs_desktop.participants.availability import LANGUAGE_WORDS
from cbs_desktop.participants.choices import MODE_WORDS, PURPOSE_WORDS
from cbs_desktop.text import day_in_figures, read_day
from cbs_desktop.words import _

_N = str  # marks a word for the catalogues; it is translated when it is shown
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)( \d\d:\d\d)?")
# section → code → word
WORDS: dict[str, dict[str, str]] = {
    "identity": {"F": _N("woman"), "M": _N("man")},
    "consents": {**LANGUAGE_WORDS, **PURPOSE_WORDS, **MODE_WORDS},
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
