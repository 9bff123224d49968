"""What the cells and heads of an attendance sheet mean, by the words in resources/attendance/words.toml. An empty cell is
unknown, and never absent."""

import re
from dataclasses import dataclass
from functools import cache

from cbs_desktop import resource
from cbs_desktop.errors import Unreadable
from cbs_desktop.programmes.marks import MarkSet
from cbs_desktop.text import fold

_KINDS = ("present", "late", "excused", "absent")  # of words in the file
_HEADS = (
    "number",
    "name",
    "own_name",
    "other_names",
    "group",
    "session",
    "day",
    "mark",
    "before_number",
    "total",
)
_ENDING = re.compile(r"\((?:e|es|s)\)")  # absent(e)
_FILE = ("attendance", "words.toml")


@dataclass(frozen=True, slots=True)
class SheetWords:
    """Folded words of cells with the letter they stand for ("" for unknown), and of heads by the kind of their column."""

    cells: dict[str, str]
    heads: dict[str, frozenset[str]]

    def mark(self, value: object) -> str | None:
        """The letter of a cell, "" where it says nothing; None for what is no mark."""
        if value is None or value == "":
            return ""
        return self.cells.get(plain(value))

    def head(self, value: object) -> str:
        """The kind of column that a head names, of number, name, own_name, other_names, group, session, day and mark; ""
        for all else. What stands in brackets or below is not looked at."""
        word = plain(str(value or "").partition("(")[0])
        for kind, words in self.heads.items():
            if kind not in ("before_number", "total") and word in words:
                return kind
        return ""


def plain(value: object) -> str:
    """A cell as it is compared: whole numbers without a point, no case, no accents, no dots, no bracketed ending."""
    if isinstance(value, bool):
        return str(value).casefold()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = _ENDING.sub("", str(value).strip())
    folded = fold(text)
    shorter = folded.strip(" .:;,*'\"")
    return shorter or folded


@cache
def sheet_words(marks: MarkSet) -> SheetWords:
    """The words of the file, and the letters and words of the programme's marks themselves.

    Unreadable for a file that is broken or has one word with two meanings.
    """
    content = resource.toml(*_FILE)
    cells: dict[str, str] = {}
    for word in _listed(content.get("unknown", {})):
        cells[word] = ""
    for kind in _KINDS:
        letter = _letter_of(kind, marks)
        for word in _listed(content.get(kind, {})):
            if cells.setdefault(word, letter) != letter:
                raise Unreadable(
                    file="/".join(_FILE), kind="broken resource", detail=word
                )
    for mark in marks.every:
        cells[plain(mark.letter)] = mark.letter
        for word in (mark.en, mark.fr, mark.rw, mark.rn):
            if word:
                cells.setdefault(plain(word), mark.letter)
    heads: dict[str, frozenset[str]] = {}
    for kind in _HEADS:
        heads[kind] = frozenset(_listed(content["heads"].get(kind, {})))
    return SheetWords(cells, heads)


def _letter_of(kind: str, marks: MarkSet) -> str:
    """The letter that stands for present, late, excused or absent in a programme: the first that counts so, the second for
    late. A programme that excuses nobody counts excused as absent."""
    came = [mark.letter for mark in marks.every if mark.counts == "came"]
    absent = [mark.letter for mark in marks.every if mark.counts == "absent"]
    excused = [mark.letter for mark in marks.every if mark.counts == "excused"]
    first = {
        "present": came[0],
        "late": came[-1] if len(came) < 3 else came[1],
        "excused": (*excused, *absent)[0],
        "absent": absent[0],
    }
    return first[kind]


def _listed(by_language: dict[str, list[str]]) -> list[str]:
    found: list[str] = []
    for words in by_language.values():
        found += map(plain, words)
    return found
