"""Spreadsheets in: XLSX, XLS, ODS, CSV and tables of web pages to rows with their numbers, or a clear problem."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from cbs_desktop.errors import Unreadable
from cbs_desktop.sheets import heading, letters, pages
from cbs_desktop.sheets.books import (
    LINES_MOST,
    OLE,
    ROWS_MOST,
    ZIP,
    Block,
    Book,
    Page,
    opened,
    trouble,
)
from cbs_desktop.sheets.heading import Cells

__all__ = ["Cells", "Sheet", "every_page", "read", "sheets"]

_BYTES_MOST = 60_000_000
_UNPACKED_MOST = 300_000_000
_BOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
_TEXTS = frozenset({".csv", ".txt", ".tsv"})
_COLUMNS_MOST = 2_000  # a choice of columns of more is of use to nobody
_PAGES_MOST = 400  # a sheet for each group of a large round, and more
_CELL_MOST = 32_767  # letters, as spreadsheets have it
_SEPARATOR_LINE = re.compile(
    r"\A\ufeff?sep=.\r?\n"
)  # as spreadsheet programs write for themselves


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: heads, the rows under them (all as long as the heads), and the number of the first row in the file.

    - `name` is the sheet of the workbook, `names` are all of them.
    - `hidden` are the numbers of rows that the spreadsheet program does not show, `merged` the merged cells of several
      rows, by row number and column from 0.
    - `heading_row` is the number of the row of its heads, the upper one of two.
    - `repaired` is how many cells had accents that were encoded twice.
    """

    header: tuple[str, ...]
    rows: list[tuple[object, ...]]
    first_row: int
    name: str = ""
    names: tuple[str, ...] = ()
    hidden: tuple[int, ...] = ()
    merged: tuple[Block, ...] = ()
    repaired: int = 0
    heading_row: int = 0

    def prepared(self, without_hidden: bool, carry_down: bool) -> "Sheet":
        """The table as it was decided: what is carried down may come from a row that is hidden."""
        sheet = self.carried_down() if carry_down else self
        return sheet.without_hidden() if without_hidden else sheet

    def without_hidden(self) -> "Sheet":
        """Its hidden rows are blank."""
        rows = list(self.rows)
        for number in self.hidden:
            rows[number - self.first_row] = ("",) * len(self.header)
        return replace(self, rows=rows, hidden=())

    def carried_down(self) -> "Sheet":
        """The value of merged cells stands in every row of them."""
        rows = list(map(list, self.rows))
        for top, left, bottom, right in self.merged:
            first = top - self.first_row
            value = rows[first][left]
            last = bottom - self.first_row
            for row in rows[first : last + 1]:
                row[left : right + 1] = [value] * (right + 1 - left)
        return replace(self, rows=list(map(tuple, rows)), merged=())


def _with_value(
    row: Sequence[object], left: int, right: int, value: object
) -> tuple[object, ...]:
    """A row with the value of a merged cell in each of its columns."""
    return (*row[:left], *[value] * (right + 1 - left), *row[right + 1 :])


def read(path: Path, sheet: str = "", heading_row: int = 0) -> Sheet:
    """A sheet of a file: the first one with a table unless one is named; its heads are found unless their row is given.

    Unreadable, with `kind`: missing, empty file, too big, damaged, protected, formulas, not a sheet, no sheet, no rows,
    too many rows, too many columns.
    """
    ending = path.suffix.lower()
    if _is_book(path):
        with opened(path, _UNPACKED_MOST) as book:
            return _of_book(path, book, sheet, heading_row)
    lines = _of_text(path, ending)
    return _table(path, Page("", lines), heading_row)


def every_page(path: Path) -> Iterator[Page]:
    """The sheets of a file as they stand in it, without a look for heads; those that hold nothing are left out.
    Unreadable as `read`."""
    if _is_book(path):
        with opened(path, _UNPACKED_MOST) as book:
            if len(book.names) > _PAGES_MOST:
                raise trouble(path, "too big")
            for name in book.names:
                page = book.page(name)
                if any(map(heading.filled, page.lines)):
                    yield page
        return
    lines = _of_text(path, path.suffix.lower())
    if any(map(heading.filled, lines)):
        yield Page("", lines)


def _is_book(path: Path) -> bool:
    """Whether a file is a workbook, and not a text. Unreadable for what is neither."""
    _check_size(path, _BYTES_MOST)
    if not path.is_file():
        raise trouble(path, "not a sheet")
    ending = path.suffix.lower()
    if ending not in _BOOKS | _TEXTS:
        raise trouble(path, "not a sheet")
    with path.open("rb") as content:
        start = content.read(4096)
    if ending in _BOOKS and start.startswith((ZIP, OLE)):
        return True
    if b"\x00" in start and ending in _BOOKS and letters.decode(start) is None:
        raise trouble(path, "damaged")
    return False


def _check_size(path: Path, most: int) -> None:
    try:
        size = path.stat().st_size
    except OSError as problem:
        raise trouble(path, "missing") from problem
    if path.is_dir():
        raise trouble(path, "not a sheet")
    if not size:
        raise trouble(path, "empty file")
    if size > most:
        raise trouble(path, "too big")


def sheets(path: Path, rows_most: int, bytes_most: int) -> dict[str, Cells]:
    """Every sheet of a small workbook, by its name, at most so many rows of each and one more. Unreadable as `read`."""
    _check_size(path, bytes_most)
    with opened(path, 20 * bytes_most) as book:
        return {name: book.start(name, rows_most + 1) for name in book.names}


def _of_book(path: Path, book: Book, sheet: str, heading_row: int) -> Sheet:
    """The table of a workbook: of the sheet that is named, of the first one that has any, or the people of a phone form."""
    if sheet and sheet not in book.names:
        raise trouble(path, "no sheet", sheet=sheet, sheets=", ".join(book.names))
    first = book.page(sheet or book.names[0])
    if sheet or (first.lines and "_index" not in first.lines[0]):
        try:
            return replace(_table(path, first, heading_row), names=book.names)
        except Unreadable as problem:
            if sheet or problem.facts["kind"] != "no rows":
                raise
    every = [first, *(book.page(name) for name in book.names[1:])]
    return replace(_any_table(path, every, heading_row), names=book.names)


def _any_table(path: Path, every: Sequence[Page], heading_row: int) -> Sheet:
    if joined := _phone_form([page.lines for page in every]):
        return _table(path, Page("", joined), heading_row)
    for page in every:
        found = heading.find(page.lines[: heading.WITHIN])
        if found is not None and len(page.lines) > 1:
            return _table(path, page, heading_row)
    raise trouble(path, "no rows")


def _phone_form(every: Sequence[Cells]) -> Cells | None:
    """The people of a phone form (ODK, KoBoToolbox), who stand on a sheet of their own, each with the answers above them.

    A row there names the row of the first sheet that it belongs to, `_parent_index`.
    """
    parents = every[0]
    children = next(
        (one for one in every[1:] if one and "_parent_index" in one[0]), None
    )
    if children is None or not parents or "_index" not in parents[0]:
        return None
    index = list(parents[0]).index("_index")
    by_index = {row[index]: tuple(row) for row in parents[1:]}
    parent = list(children[0]).index("_parent_index")
    blank = ("",) * len(parents[0])
    return [
        (*children[0], *parents[0]),
        *((*row, *by_index.get(row[parent], blank)) for row in children[1:]),
    ]


def _of_text(path: Path, ending: str) -> Cells:
    """The rows of a text file, or of the largest table of a web page under the name of a workbook."""
    text = letters.decode(path.read_bytes())
    if text is None:
        raise trouble(path, "not a sheet")
    if ending in _BOOKS and text.lstrip("\ufeff \r\n\t").startswith("<"):
        return max(pages.tables(text), key=len, default=[])
    text = _SEPARATOR_LINE.sub("", text)
    lines = text[:4096].splitlines()[: heading.WITHIN]
    between = max(
        ";\t,", key=lambda sign: max((line.count(sign) for line in lines), default=0)
    )
    csv.field_size_limit(_CELL_MOST * 4)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=between)
    try:
        return list(islice(rows, LINES_MOST))
    except csv.Error as problem:
        raise trouble(path, "damaged") from problem


def _table(path: Path, page: Page, heading_row: int) -> Sheet:
    """Rows under the heads, cut or filled to their length."""
    lines = page.lines
    place = heading_row - 1 if heading_row else heading.find(lines[: heading.WITHIN])
    if place is None or not 0 <= place < len(lines):
        raise trouble(path, "no rows")
    header = heading.texts(lines[place])
    upper = place + 1
    if place + 1 < len(lines) and heading.is_second(header, lines[place + 1]):
        place += 1
        header = heading.joined(header, lines[place])
    if len(header) > _COLUMNS_MOST:
        raise trouble(path, "too many columns", most=_COLUMNS_MOST)
    rows = [_as_long(line, len(header)) for line in lines[place + 1 :]]
    while rows and not heading.filled(rows[-1]):
        rows.pop()
    if not rows:
        raise trouble(path, "no rows")
    if len(rows) > ROWS_MOST:
        raise trouble(path, "too many rows", most=ROWS_MOST)
    first_row = place + 2
    repaired = _repair(rows)
    return Sheet(
        tuple(map(letters.repaired, header)),
        rows,
        first_row,
        name=page.name,
        hidden=_hidden(page, rows, first_row),
        merged=tuple(_merged(page, first_row, len(header), len(rows))),
        repaired=repaired,
        heading_row=upper,
    )


def _as_long(line: Sequence[object], width: int) -> tuple[object, ...]:
    if len(line) >= width:
        return tuple(line[:width])
    return (*line, *[""] * (width - len(line)))


def _hidden(
    page: Page, rows: Sequence[Sequence[object]], first_row: int
) -> tuple[int, ...]:
    """The numbers of the rows that are hidden and say something."""
    numbers = range(first_row, first_row + len(rows))
    return tuple(
        number
        for number in sorted(page.hidden)
        if number in numbers and heading.filled(rows[number - first_row])
    )


def _merged(page: Page, first_row: int, width: int, count: int) -> Iterator[Block]:
    """The merged cells of several rows below the heads."""
    for top, left, bottom, right in page.merged:
        below_heads = first_row <= top + 1 < first_row + count
        if below_heads and bottom > top and right < width:
            yield top + 1, left, bottom + 1, right


def _repair(rows: list[tuple[object, ...]]) -> int:
    """Mend accents that were encoded twice; in how many cells there were any."""
    count = 0
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            if not isinstance(cell, str) or cell.isascii():
                continue
            if (mended := letters.repaired(cell)) != cell:
                rows[place] = _with_value(rows[place], column, column, mended)
                count += 1
    return count
