"""What the reader of workbooks does not tell of an XLSX sheet: how large it is, its hidden rows, error cells, formulas.

The sheet is looked through in pieces before it is read: a value in the last cell of a sheet would take all memory.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

_PIECE = 1_000_000  # bytes
_CELLS_MOST = 12_000_000  # between the first and the last value, at 32 bytes each
_LIST_MOST = 2_000_000  # bytes of the list of sheets
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_VALUE = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})\d+"[^>/]*>')
_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
_ROW_NUMBER = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="(\d+)"')
_HIDDEN = re.compile(rb'<(?:\w+:)?row\s(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
_ERROR = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})(\d+)"[^>]*>'
    rb"(?:<(?:\w+:)?f\b[^>]*>(?:[^<]*</(?:\w+:)?f>)?)?\s*<(?:\w+:)?v>([^<]{1,20})<"
)
_FORMULA_ALONE = re.compile(
    rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_FAR = re.compile(rb' r="[A-Z]{2,3}[0-9]')
_NAME_MOST = 40  # bytes before the name of an element
_ROWS_USUAL = 100_000
_ONE_LETTER = 26  # columns that a letter names


@dataclass(slots=True)
class Layout:
    """Of one sheet, rows and columns from 1: what is hidden, which cells are errors and which, and its extent."""

    hidden: set[int] = field(default_factory=set[int])
    errors: dict[tuple[int, int], str] = field(
        default_factory=dict[tuple[int, int], str]
    )
    formula_alone: bool = False
    rows: int = 0  # the last one with a value
    columns: int = 0

    @property
    def too_large(self) -> bool:
        """Whether the reader would need more memory than a small laptop has."""
        return self.rows * self.columns > _CELLS_MOST


def of_sheet(packed: zipfile.ZipFile, name: str) -> Layout:
    """The layout of a sheet by name; nothing of one that cannot be found. Raises what zipfile and ElementTree raise."""
    found = Layout()
    part = _part(packed, name)
    if part is None:
        return found
    for piece in _pieces(packed, part):
        _look_at(piece, found)
        if found.too_large:
            break
    return found


def _part(packed: zipfile.ZipFile, name: str) -> str | None:
    """The part of the file that holds a sheet."""
    book = _tree(packed, "xl/workbook.xml")
    links = _tree(packed, "xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        return None
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in book.iterfind(".//{*}sheet"):
        if sheet.get("name") == name:
            link = next((v for k, v in sheet.items() if k.endswith("}id")), None)
            target = posixpath.join("/xl", targets.get(link, "")).lstrip("/")
            path = posixpath.normpath(target)
            return path if path in packed.namelist() else None
    return None


def _tree(packed: zipfile.ZipFile, part: str) -> ElementTree.Element | None:
    """A small part of the file; None where it is not there, or is made to swell."""
    if part not in packed.namelist() or packed.getinfo(part).file_size > _LIST_MOST:
        return None
    content = packed.read(part)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        return None
    return ElementTree.fromstring(content)


def _pieces(packed: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The sheet in pieces of whole rows."""
    left = b""
    with packed.open(part) as content:
        while more := content.read(_PIECE):
            piece = left + more
            cut = piece.rfind(b"<row")
            if cut <= 0:
                cut = len(piece) - 200 if len(piece) > 10 * _PIECE else 0
            left = piece[cut:]
            yield piece[:cut]
    yield left


def _look_at(piece: bytes, found: Layout) -> None:
    """Note what a piece of the sheet says of its layout."""
    _measure(piece, found)
    if b"hidden=" in piece:
        found.hidden.update(map(int, _HIDDEN.findall(piece)))
    if b't="e"' in piece:
        for column, row, said in _ERROR.findall(piece):
            found.errors[int(row), _column(column)] = said.decode("utf-8", "replace")
    if not found.formula_alone and b"<f" in piece:
        found.formula_alone = _FORMULA_ALONE.search(piece) is not None


def _measure(piece: bytes, found: Layout) -> None:
    """How far values reach: the rows exactly, the columns where there are more than one letter names."""
    end = max(piece.rfind(b"</c>"), piece.rfind(b":c>"))
    begin = max(piece.rfind(b"row ", 0, end) - _NAME_MOST, 0)
    last = _ROW_NUMBER.search(piece, begin) if end > 0 else None
    if last:
        found.rows = max(found.rows, int(last[1]))
    if found.rows > _ROWS_USUAL or _FAR.search(piece):
        columns = set(map(_column, set(_VALUE.findall(piece))))
        found.columns = max(found.columns, *columns, 0)
    elif last:
        found.columns = max(found.columns, _ONE_LETTER)
    found.columns = max(found.columns, _unnamed(piece))


def _unnamed(piece: bytes) -> int:
    """The most cells in one row, where cells do not say which they are."""
    first = _CELL.search(piece)
    if first is None or b"r=" in piece[first.start() : first.start() + 60]:
        return 0
    return max(len(_CELL.findall(row)) for row in _ROW.split(piece))


def _column(letters: bytes) -> int:
    """A column's number from 1: A, B … AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
