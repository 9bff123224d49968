"""Spreadsheets out: numbers as numbers, words as words. What looks like a formula stays text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

_TITLE_MOST = 31  # letters of a sheet's name, by the file format
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One sheet: its name, heads, rows, and notes beneath. None in a cell is left to the caller to name."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[object]]
    total: Sequence[object] = ()
    notes: Sequence[str] = ()


def xlsx(pages: Sequence[SheetPage]) -> bytes:
    """The pages as one XLSX file."""
    buffer = BytesIO()
    # strings are never read as formulas, numbers or links, whatever they begin with
    options = {
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "in_memory": True,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        strong = book.add_format({"bold": True})
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        for page in pages:
            _write(book, page, strong, days)
    return buffer.getvalue()


def _write(book: Any, page: SheetPage, strong: Any, days: Any) -> None:
    made = book.add_worksheet(page.title.translate(_FORBIDDEN)[:_TITLE_MOST] or "1")
    made.freeze_panes(1, 1)
    made.set_column(0, 0, 24)
    made.set_column(1, len(page.head), 14)
    lines = [
        (page.head, strong),
        *((row, None) for row in page.rows),
        *([(page.total, strong)] if page.total else []),
    ]
    for number, (cells, look) in enumerate(lines):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                made.write_datetime(number, column, cell, days)
            elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
                made.write_number(number, column, cell, look)
            else:
                made.write_string(number, column, str(cell), look)
    for number, note in enumerate(page.notes, len(lines) + 1):
        made.write_string(number, 0, note)
