"""In the child: every sheet of a file as it stands there, in parts."""

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import python_calamine  # noqa: F401 – a child that is kept ready has it loaded

from cbs_desktop.sheets import heading, letters
from cbs_desktop.sheets.books import Page
from cbs_desktop.sheets.read import every_page

COLUMNS_MOST = 400
_CELLS_AT_ONCE = 20_000


def parts(path: Path, progress: Callable[[int, int], None]) -> Iterator[object]:
    """What is said of each sheet, then its cells, row after row, in blocks of whole rows."""
    for number, page in enumerate(every_page(path), 1):
        rows = _rows(page)
        width = max(map(len, rows))
        yield {"name": page.name, "left": page.left, "width": width, "rows": len(rows)}
        step = max(1, _CELLS_AT_ONCE // width)
        for start in range(0, len(rows), step):
            yield list(chain.from_iterable(_whole(rows[start : start + step], width)))
        progress(number, 0)


def _rows(page: Page) -> list[list[object]]:
    """Rows down to the last that says anything, accents mended; hidden rows stay, and so do their numbers."""
    rows: list[list[object]] = []
    for line in page.lines:
        rows.append([_mended(cell) for cell in line[:COLUMNS_MOST]])
    while rows and not heading.filled(rows[-1]):
        rows.pop()
    return rows or [[""]]


def _mended(cell: object) -> object:
    return letters.repaired(cell) if isinstance(cell, str) else cell


def _whole(rows: list[list[object]], width: int) -> Iterator[list[object]]:
    for row in rows:
        yield [*row, *[""] * (width - len(row))]
