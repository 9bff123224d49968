"""Spreadsheets in, read in a child process: what everything in the program uses for a file that somebody chose."""

from collections.abc import Iterator
from pathlib import Path

from cbs_desktop.outside import answers, reading, wire
from cbs_desktop.outside.reading import Progress
from cbs_desktop.outside.wire import NotOurs, Plain
from cbs_desktop.sheets.books import ROWS_MOST, Block
from cbs_desktop.sheets.read import Sheet
from cbs_desktop.text import read_day

READER = "sheet"
_NUMBER_MOST = 1 << 31


def read(
    path: Path,
    sheet: str = "",
    heading_row: int = 0,
    progress: Progress | None = None,
) -> Sheet:
    """As `sheets.read.read`, behind the walls of `outside.reading.read`."""
    said = reading.read(READER, path, sheet, heading_row, progress=progress)
    try:
        return whole(said)
    except ValueError as problem:
        raise answers.stopped(path) from problem


def whole(said: list[Plain]) -> Sheet:
    """The table of its parts. NotOurs when it is not one that `read` could have given."""
    facts = said[0] if said else None
    if not isinstance(facts, dict):
        raise NotOurs()
    header = tuple(_texts(facts.get("header")))
    rows = _rows(said[1:], len(header))
    first_row = _number(facts.get("first_row"))
    return Sheet(
        header,
        rows,
        first_row,
        name="".join(_texts([facts.get("name")])),
        names=tuple(_texts(facts.get("names"))),
        hidden=tuple(_places(facts.get("hidden"), first_row, len(rows))),
        merged=tuple(_blocks(facts.get("merged"), first_row, len(rows), len(header))),
        repaired=_number(facts.get("repaired")),
        heading_row=_number(facts.get("heading_row")),
    )


def _rows(blocks: list[Plain], width: int) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for block in blocks:
        cells = _cells(block)
        if not width or len(cells) % width or not wire.are_scalars(cells):
            raise NotOurs()
        # one list for many rows: a list for each would keep the collector of garbage busy
        rows += zip(*[iter(cells)] * width, strict=True)
    if not 0 < len(rows) <= ROWS_MOST:
        raise NotOurs()
    return rows


def _cells(block: Plain) -> list[Plain]:
    """The cells of a block of rows, days as days."""
    cells, days = map(_list, _list(block))
    for place in map(_number, days):
        said = cells[place] if place < len(cells) else None
        if not isinstance(said, str):
            raise NotOurs()
        cells[place] = read_day(said)
    return cells


def _list(value: Plain) -> list[Plain]:
    if not isinstance(value, list):
        raise NotOurs()
    return value


def _texts(value: Plain) -> Iterator[str]:
    for one in _list(value):
        if not isinstance(one, str):
            raise NotOurs()
        yield one


def _number(value: Plain) -> int:
    if type(value) is not int or not 0 <= value < _NUMBER_MOST:
        raise NotOurs()
    return value


def _places(value: Plain, first_row: int, count: int) -> Iterator[int]:
    """Numbers of rows that there are."""
    for one in map(_number, _list(value)):
        if not first_row <= one < first_row + count:
            raise NotOurs()
        yield one


def _blocks(value: Plain, first_row: int, count: int, width: int) -> Iterator[Block]:
    """Merged cells that begin in a row that there is, and lie within the columns."""
    room = count * width  # cells: merged ones do not overlap
    for one in _list(value):
        top, left, bottom, right = map(_number, _list(one))
        inside = first_row <= top < first_row + count and left <= right < width
        last = min(bottom, first_row + count - 1)
        room -= (last + 1 - top) * (right + 1 - left)
        if not inside or bottom < top or room < 0:
            raise NotOurs()
        yield top, left, bottom, right
