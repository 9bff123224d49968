"""Spreadsheets in: XLSX, XLS, ODS and CSV to rows with their numbers, or a clear problem. Never hangs on a hostile file."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from cbs_desktop.errors import Unreadable

ROWS_MOST = 100_000
_BYTES_MOST = 60_000_000
_UNPACKED_MOST = 600_000_000
_HEAD_WITHIN = 10  # the heads stand in one of the first rows
_BOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
_TEXTS = frozenset({".csv", ".txt", ".tsv"})
_CELL_MOST = 32_767  # letters, as spreadsheets have it

_SEPARATOR_LINE = re.compile(
    r"\A\ufeff?sep=.\r?\n"
)  # as spreadsheet programs write for themselves
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_FIRST_SHEET = "xl/worksheets/sheet1.xml"
_SCANNED_MOST = 50_000_000  # bytes of a sheet that is looked through for formulas
_FORMULA_ALONE = re.compile(
    rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)

Cells = Sequence[Sequence[object]]  # rows of a sheet, as they stand in the file


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: heads, the rows under them (all as long as the heads), and the number of the first row in the file."""

    header: tuple[str, ...]
    rows: list[tuple[object, ...]]
    first_row: int


def read(path: Path) -> Sheet:
    """The first sheet of a file. Unreadable, with `kind`: missing, empty file, too big, damaged, protected, not a sheet,
    no rows, too many rows."""
    try:
        size = path.stat().st_size
    except OSError as problem:
        raise _trouble(path, "missing") from problem
    if not path.is_file():
        raise _trouble(path, "not a sheet")
    if not size:
        raise _trouble(path, "empty file")
    if size > _BYTES_MOST:
        raise _trouble(path, "too big")
    ending = path.suffix.lower()
    if ending in _BOOKS and _is_book(path):
        return _first_table(path)
    if ending in _TEXTS or ending in _BOOKS:
        return _table(path, _text(path))
    raise _trouble(path, "not a sheet")


def _first_table(path: Path) -> Sheet:
    """The table of a workbook: of its first sheet, of the first one that has any, or the people of a phone form."""
    rows_most = ROWS_MOST + _HEAD_WITHIN + 2
    (lines,) = _book(path, rows_most, _UNPACKED_MOST).values()
    _check_formulas(path)
    if lines and "_index" not in lines[0]:
        try:
            return _table(path, lines)
        except Unreadable as problem:
            if problem.facts["kind"] != "no rows":
                raise
    every = _book(path, rows_most, _UNPACKED_MOST, all_of_it=True)
    if joined := _phone_form(list(every.values())):
        return _table(path, joined)
    for lines in every.values():
        if _head_row(lines[:_HEAD_WITHIN]) is not None and len(lines) > 1:
            return _table(path, lines)
    raise _trouble(path, "no rows")


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


def sheets(path: Path, rows_most: int, bytes_most: int) -> dict[str, Cells]:
    """Every sheet of a small workbook, by its name, at most so many rows of each and one more. Unreadable as `read`."""
    try:
        size = path.stat().st_size
    except OSError as problem:
        raise _trouble(path, "missing") from problem
    if not size:
        raise _trouble(path, "empty file")
    if size > bytes_most:
        raise _trouble(path, "too big")
    return _book(path, rows_most + 1, unpacked_most=20 * bytes_most, all_of_it=True)


def _trouble(path: Path, kind: str, **facts: object) -> Unreadable:
    return Unreadable(file=path.name, kind=kind, **facts)


def _book(
    path: Path, rows: int, unpacked_most: int, all_of_it: bool = False
) -> dict[str, Cells]:
    """So many rows of the first sheet, or of every sheet, by name."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    _check_zip(path, unpacked_most)
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            if not book.sheet_names:
                raise _trouble(path, "no rows")
            names = book.sheet_names if all_of_it else book.sheet_names[:1]
            return {
                name: list(islice(book.get_sheet_by_name(name).iter_rows(), rows))
                for name in names
            }
    except PasswordError as problem:
        raise _trouble(path, "protected") from problem
    except (CalamineError, OSError, ValueError, IndexError) as problem:
        if "assword" in str(problem) or "ncrypt" in str(problem):
            kind = "protected"
        else:
            kind = "damaged"
        raise _trouble(path, kind) from problem
    except BaseException as problem:
        if (
            type(problem).__name__ == "PanicException"
        ):  # the reader is written in Rust: it gives up so on hostile files
            raise _trouble(path, "damaged") from problem
        raise


def _check_zip(path: Path, most: int) -> None:
    """A small file that unpacks into gigabytes is refused before it is unpacked; an OLE file inside .xlsx is encrypted."""
    with path.open("rb") as content:
        start = content.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0") and path.suffix.lower() != ".xls":
        raise _trouble(path, "protected")
    if not start.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(info.file_size for info in packed.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise _trouble(path, "damaged") from problem
    if unpacked > most:
        raise _trouble(path, "too big")


def _is_book(path: Path) -> bool:
    """Whether the content is a workbook, or text under the name of one. Neither: Unreadable."""
    with path.open("rb") as content:
        start = content.read(4096)
    if start.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return True
    if start.lstrip().startswith(b"<") or (
        b"\x00" in start and start[:2] not in _UTF16
    ):
        raise _trouble(path, "damaged")
    return False


def _check_formulas(path: Path) -> None:
    """Formulas without a value were never calculated: their cells would be taken for empty. The file opened before."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as packed:
        first = [info for info in packed.infolist() if info.filename == _FIRST_SHEET]
        if first and first[0].file_size <= _SCANNED_MOST:
            try:
                content = packed.read(first[0])
            except (
                zipfile.BadZipFile,
                OSError,
                RuntimeError,
                ValueError,
                zlib.error,
            ) as problem:
                raise _trouble(path, "damaged") from problem
            if _FORMULA_ALONE.search(content):
                raise _trouble(path, "formulas")


def _text(path: Path) -> Cells:
    content = path.read_bytes()
    if content.startswith(_UTF16):
        text = content.decode("utf-16", "replace")
    elif b"\x00" in content[:4096]:
        raise _trouble(path, "not a sheet")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode(
                "cp1252", "replace"
            )  # Excel's CSV on a French or English Windows
    text = _SEPARATOR_LINE.sub("", text)
    lines = text[:4096].splitlines()[:_HEAD_WITHIN]
    between = max(
        ";\t,", key=lambda sign: max((line.count(sign) for line in lines), default=0)
    )
    csv.field_size_limit(_CELL_MOST * 4)
    try:
        return list(
            islice(
                csv.reader(io.StringIO(text, newline=""), delimiter=between),
                ROWS_MOST + _HEAD_WITHIN + 2,
            )
        )
    except csv.Error as problem:
        raise _trouble(path, "damaged") from problem


def _table(path: Path, lines: Cells) -> Sheet:
    """Rows under the heads, cut or filled to their length."""
    place = _head_row(lines[:_HEAD_WITHIN])
    if place is None:
        raise _trouble(path, "no rows")
    header = tuple(str(cell or "").strip() for cell in lines[place])
    if place + 1 < len(lines) and _is_second_head(header, lines[place + 1]):
        place += 1
        header = _joined(header, lines[place])
    width = len(header)
    rows = [
        tuple(line[:width])
        if len(line) >= width
        else (*line, *[""] * (width - len(line)))
        for line in lines[place + 1 :]
    ]
    while rows and not any(cell not in ("", None) for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise _trouble(path, "no rows")
    if len(rows) > ROWS_MOST:
        raise _trouble(path, "too many rows", most=ROWS_MOST)
    return Sheet(header, rows, place + 2)


def _head_row(lines: Cells) -> int | None:
    """The first row with two words that is divided by the next, or more than half as long as the longest: titles above
    the heads are short."""
    longest = max(map(_filled, lines), default=0)
    for place, line in enumerate(lines):
        if sum(map(_is_word, line)) < 2:
            continue
        below = lines[place + 1] if place + 1 < len(lines) else ()
        if _is_second_head(line, below) or 2 * _filled(line) > longest:
            return place
    return None


def _filled(line: Sequence[object]) -> int:
    """How many cells of a row say something."""
    return sum(cell not in ("", None) for cell in line)


def _is_second_head(header: Sequence[object], below: Sequence[object]) -> bool:
    """Whether the row below divides heads that are merged over several columns, and says nothing below the others."""
    dividing = 0
    whole = 0  # heads that are not merged with the column after them
    for place, (head, cell) in enumerate(zip(header, below, strict=False)):
        merged = place + 1 < len(header) and not header[place + 1]
        if head and not merged:
            whole += 1
            if cell:
                return False
        elif not head and _is_word(cell):
            dividing += 1
    return dividing >= 2 and whole > 0


def _joined(header: Sequence[str], below: Sequence[object]) -> tuple[str, ...]:
    """Two rows of heads as one: what stands below, or else above."""
    filled = (*below, *[""] * (len(header) - len(below)))
    joined: list[str] = []
    for head, cell in zip(header, filled, strict=False):
        under = str(cell or "").strip()
        if under.startswith("("):  # how to fill it in
            under = f"{head} {under}"
        joined.append(under or head)
    return tuple(joined)


def _is_word(cell: object) -> bool:
    return isinstance(cell, str) and any(letter.isalpha() for letter in cell)
