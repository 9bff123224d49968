"""Workbooks: XLSX, XLS and ODS, sheet by sheet, or a clear problem. Never hangs on a hostile file."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from cbs_desktop.errors import Unreadable
from cbs_desktop.sheets import heading, layout
from cbs_desktop.sheets.heading import Cells

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

ROWS_MOST = 100_000
LINES_MOST = ROWS_MOST + heading.WITHIN + 2
OLE = b"\xd0\xcf\x11\xe0"  # how XLS files begin, and encrypted ones of any kind
ZIP = b"PK"
# what a damaged file raises on the way
_BROKEN = (
    OSError,
    ValueError,
    IndexError,
    RuntimeError,
    NotImplementedError,
    EOFError,
    ParseError,
    zipfile.BadZipFile,
    zlib.error,
)
Block = tuple[int, int, int, int]  # first row, first column, last row, last column


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of a workbook: its rows, which of them (from 1) are hidden, and its merged cells (rows and columns from 0).
    `left` is how many empty columns stand before the first one of the rows."""

    name: str
    lines: Cells
    hidden: frozenset[int] = frozenset()
    merged: tuple[Block, ...] = ()
    left: int = 0


class Book:
    """An opened workbook. `names` are its sheets, those that are hidden last."""

    def __init__(
        self, path: Path, inside: "CalamineWorkbook", packed: zipfile.ZipFile | None
    ) -> None:
        from python_calamine import SheetVisibleEnum

        self._path = path
        self._inside = inside
        self._packed = packed
        shown = [
            sheet.name
            for sheet in inside.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible
        ]
        rest = [name for name in inside.sheet_names if name not in shown]
        self.names = (*(name for name in inside.sheet_names if name in shown), *rest)

    def page(self, name: str) -> Page:
        """A sheet. Unreadable: too many rows, if values stand below them; too big; formulas."""
        seen = layout.Layout()
        if self._packed is not None:
            seen = layout.of_sheet(self._packed, name)
        if seen.too_large:
            raise trouble(self._path, "too big")
        if seen.formula_alone:
            raise trouble(self._path, "formulas")
        sheet = self._inside.get_sheet_by_name(name)
        rows = iter(sheet.iter_rows())
        lines = list(islice(rows, LINES_MOST))
        if any(map(heading.filled, rows)):
            raise trouble(self._path, "too many rows", most=ROWS_MOST)
        left = (
            sheet.start[1] if sheet.start else 0
        )  # empty columns are not in the lines
        for (row, column), said in seen.errors.items():
            place = column - 1 - left
            if row <= len(lines) and 0 <= place < len(lines[row - 1]):
                lines[row - 1][place] = said
        merged: list[Block] = []
        for (top, first), (bottom, last) in sheet.merged_cell_ranges or ():
            if first >= left:
                merged.append((top, first - left, bottom, last - left))
        return Page(name, lines, frozenset(seen.hidden), tuple(merged), left)

    def start(self, name: str, most: int) -> Cells:
        """The first rows of a sheet, whatever stands below."""
        if self._packed and layout.of_sheet(self._packed, name).too_large:
            raise trouble(self._path, "too big")
        return list(islice(self._inside.get_sheet_by_name(name).iter_rows(), most))


def trouble(path: Path, kind: str, **facts: object) -> Unreadable:
    """A problem with a file."""
    return Unreadable(file=path.name, kind=kind, **facts)


@contextmanager
def opened(path: Path, unpacked_most: int) -> Iterator[Book]:
    """A workbook; whatever goes wrong with it inside becomes Unreadable: too big, protected, damaged, no rows."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with (
            _packed(path, unpacked_most) as packed,
            CalamineWorkbook.from_path(str(path)) as inside,
        ):
            if not inside.sheet_names:
                raise trouble(path, "no rows")
            yield Book(path, inside, packed)
    except PasswordError as problem:
        raise trouble(path, "protected") from problem
    except (CalamineError, *_BROKEN) as problem:
        locked = "assword" in str(problem) or "ncrypt" in str(problem)
        raise trouble(path, "protected" if locked else "damaged") from problem
    except BaseException as problem:
        if (
            type(problem).__name__ == "PanicException"
        ):  # the reader is written in Rust: it gives up so on hostile files
            raise trouble(path, "damaged") from problem
        raise


@contextmanager
def _packed(path: Path, most: int) -> Iterator[zipfile.ZipFile | None]:
    """The parts of a packed file. A small one that unpacks into gigabytes is refused before it is unpacked; an OLE file
    inside .xlsx is encrypted."""
    with path.open("rb") as content:
        start = content.read(8)
    if start.startswith(OLE) and path.suffix.lower() != ".xls":
        raise trouble(path, "protected")
    if not start.startswith(ZIP):
        yield None
        return
    with zipfile.ZipFile(path) as packed:
        if sum(info.file_size for info in packed.infolist()) > most:
            raise trouble(path, "too big")
        yield packed
