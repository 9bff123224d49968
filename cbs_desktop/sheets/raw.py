"""Every sheet of a file as it stands there, read in a child process: for tables whose heads only their reader knows."""

from dataclasses import dataclass
from pathlib import Path

from cbs_desktop.errors import Unreadable
from cbs_desktop.outside import answers, reading, wire
from cbs_desktop.outside.reading import Progress
from cbs_desktop.outside.wire import NotOurs, Plain
from cbs_desktop.sheets.books import LINES_MOST

READER = "raw sheets"
_COLUMNS_MOST = 400
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet: its name ("" of a text file), how many empty columns stand before the rows, and the rows, all of one
    length, the first of them row 1 of the file."""

    name: str
    left: int
    rows: tuple[tuple[object, ...], ...]

    def column(self, place: int) -> str:
        """The letters of a column as a spreadsheet program names it: A for the first."""
        number = place + self.left + 1
        name = ""
        while number:
            number, rest = divmod(number - 1, _LETTERS)
            name = chr(ord("A") + rest) + name
        return name


def read(path: Path, progress: Progress | None = None) -> list[RawSheet]:
    """The sheets that hold anything, behind the walls of `outside.reading.read`. Unreadable as `sheets.read.read`; with
    kind "no rows" for a file that holds nothing."""
    said = reading.read(READER, path, progress=progress)
    try:
        found = list(_sheets(said))
    except ValueError as problem:
        raise answers.stopped(path) from problem
    if not found:
        raise Unreadable(file=path.name, kind="no rows")
    return found


def _sheets(said: list[Plain]) -> list[RawSheet]:
    """The sheets of their parts. NotOurs when they are none that the child could have given."""
    found: list[RawSheet] = []
    place = 0
    while place < len(said):
        facts = said[place]
        if not isinstance(facts, dict):
            raise NotOurs()
        name, left = facts.get("name"), facts.get("left")
        width = _number(facts.get("width"), _COLUMNS_MOST)
        count = _number(facts.get("rows"), LINES_MOST)
        if not isinstance(name, str) or not width:
            raise NotOurs()
        place += 1
        rows: list[tuple[object, ...]] = []
        while len(rows) < count:
            rows += _block(said, place, width)
            place += 1
        if len(rows) != count:
            raise NotOurs()
        found.append(RawSheet(name, _number(left, 1 << 15), tuple(rows)))
    return found


def _block(said: list[Plain], place: int, width: int) -> list[tuple[object, ...]]:
    cells = said[place] if place < len(said) else None
    if not isinstance(cells, list) or not cells or len(cells) % width:
        raise NotOurs()
    if not wire.are_scalars(cells):
        raise NotOurs()
    return list(zip(*[iter(cells)] * width, strict=True))


def _number(value: Plain, most: int) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise NotOurs()
    return value
