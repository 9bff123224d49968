"""H: files from outside, read in a child."""

import gc
import time
from datetime import date, timedelta
from pathlib import Path

import python_calamine
from figure import Figure, ratio, seconds

from cbs_desktop.outside import reading
from cbs_desktop.sheets import guarded
from cbs_desktop.sheets.write import SheetPage, xlsx

_ROWS, _COLUMNS = 20_000, 15
_TIMES = 7
_START = 0.5  # seconds that the child has while somebody chooses a file


def read(folder: Path) -> Figure:
    """H1: 20,000 × 15 cells out of the child, looked through, against python-calamine in the process."""
    path = folder / "people.xlsx"
    path.write_bytes(xlsx([_page()]))

    def floor() -> float:
        return seconds(lambda: _calamine(path))

    def ours() -> float:
        reading.make_ready(guarded.READER)
        time.sleep(_START)
        return seconds(lambda: guarded.read(path))

    gc.disable()  # as in the program
    try:
        found, high, low = ratio(ours, floor, _TIMES)
        cold = min(seconds(lambda: guarded.read(path)) for _ in range(3))
    finally:
        gc.enable()
    more = f"{high:.2f} s against {low:.2f} s; {cold:.2f} s without a child at hand"
    return Figure("20,000 people read in a child", found, "×", 2.0, more)


def _calamine(path: Path) -> None:
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    book.get_sheet_by_index(0).to_python()


def _page() -> SheetPage:
    rows: list[tuple[object, ...]] = []
    for number in range(_ROWS):
        born = date(1960, 1, 1) + timedelta(days=number % 15_000)
        texts = (f"word {column} of {number % 977}" for column in range(_COLUMNS - 2))
        rows.append((born, number, *texts))
    heads = ("Born", "Number", *(f"Head {n}" for n in range(_COLUMNS - 2)))
    return SheetPage("People", heads, rows)
