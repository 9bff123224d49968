"""In the child: a table as plain values, in parts."""

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import python_calamine  # noqa: F401 – a child that is kept ready has it loaded

from cbs_desktop.sheets.read import read

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
        yield list(chain.from_iterable(found.rows[start : start + step]))
        progress(min(start + step, count), count)
