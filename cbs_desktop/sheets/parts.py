"""In the child: a table as plain values, in parts."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path

import python_calamine  # noqa: F401 – a child that is kept ready has it loaded

from cbs_desktop.sheets.read import read
from cbs_desktop.text import write_day

_CELLS_AT_ONCE = 20_000


def parts(
    path: Path, sheet: str, heading_row: int, progress: Callable[[int, int], None]
) -> Iterator[object]:
    """What is said of the table, then its cells, row after row, in blocks of whole rows."""
    found = read(path, sheet, heading_row)
    count = len(found.rows)
    yield {
        "header": list(found.header),
        "first_row": found.first_row,
        "name": found.name,
        "names": list(found.names),
        "hidden": list(found.hidden),
        "merged": list(map(list, found.merged)),
        "repaired": found.repaired,
        "heading_row": found.heading_row,
    }
    step = max(1, _CELLS_AT_ONCE // max(1, len(found.header)))
    for start in range(0, count, step):
        yield _block(found.rows[start : start + step])
        progress(min(start + step, count), count)


def _block(rows: list[tuple[object, ...]]) -> list[object]:
    """Cells with days as text, and the places of days: a mark for each would take longer than all other cells."""
    cells = list(chain.from_iterable(rows))
    width = len(rows[0])
    days: list[int] = []
    for column in range(width):
        if date not in set(map(type, cells[column::width])):
            continue
        for place in range(column, len(cells), width):
            cell = cells[place]
            if type(cell) is date:
                cells[place] = write_day(cell)
                days.append(place)
    return [cells, days]
