"""E3, E4: the attendance grid in an office of 300,000 marks, in the real window."""

import time
from pathlib import Path
from statistics import median

from figure import Figure
from store import _groups, attendance, office
from tables import application

GROUPS = 1_000
SESSIONS = 15
MEMBERS = 20
_KEYS = "plea"


def _opened(folder: Path, name: str) -> tuple[object, object, object, object]:
    """The office with its marks, and the window with the grid: application, office, desk, page."""
    app = application()
    from ui.desk import Desk
    from ui.main_window import MainWindow

    made = office(folder, name)
    session_ids, people_ids = _groups(made, GROUPS, SESSIONS, MEMBERS)
    marks = [
        (session_ids[g * SESSIONS + s], people_ids[g * MEMBERS + p], "PPPLEA"[(g + s + p) % 6])
        for g in range(GROUPS) for s in range(SESSIONS) for p in range(MEMBERS)
    ]  # fmt: skip
    made.do(attendance.mark_many, marks)
    desk = Desk(made)
    window = MainWindow(desk)
    window.resize(1366, 728)
    window.show()
    window.open("attendance")
    _settle(app, desk)
    page = window._pages["attendance"]
    page.window_kept = window
    return app, made, desk, page


def _settle(app: object, desk: object) -> None:
    while not desk.idle():
        app.processEvents()
    app.processEvents()


def marked(folder: Path) -> Figure:
    """From the key of a mark to its cell painted, the mark on the disk in between: the worst of many."""
    from PySide6.QtTest import QTest

    app, made, desk, page = _opened(folder, "keys")
    times: list[float] = []
    for n in range(120):
        here = page.table.currentIndex()
        row, place = here.row(), here.column() - 1
        model = page.table.marks
        before = model.grid.rows[row].marks[place]
        key = next(each for each in _KEYS if each.upper() != before)
        start = time.perf_counter()
        QTest.keyClick(page.table, key)
        while model.grid.rows[row].marks[place] != key.upper():
            app.processEvents()
        app.processEvents()  # paints
        times.append((time.perf_counter() - start) * 1000)
        _settle(app, desk)
        if n % MEMBERS == MEMBERS - 1:
            page.table.setCurrentIndex(page.table.marks.index(0, here.column()))
    times = sorted(times[5:])
    most = times[int(len(times) * 0.95)]
    more = f"median {median(times):.1f} ms, 95 of 100; worst {times[-1]:.1f} ms"
    _close(app, made, desk)
    return Figure("mark key to cell painted, durable", most, "ms", 16.0, more)


def opened(folder: Path) -> Figure:
    """From choosing another group to its grid painted."""
    app, made, desk, page = _opened(folder, "open")
    times: list[float] = []
    for n in range(1, 40):
        start = time.perf_counter()
        page.group.setCurrentIndex(n * 20)
        wanted = page.group.currentData()
        while page._grid.group_id != wanted:
            app.processEvents()
        app.processEvents()  # paints
        times.append((time.perf_counter() - start) * 1000)
        _settle(app, desk)
    times = sorted(times[3:])
    more = f"median {median(times):.1f} ms, worst of {len(times)}"
    _close(app, made, desk)
    return Figure("grid opened among 300,000 marks", times[-1], "ms", 50.0, more)


def _close(app: object, made: object, desk: object) -> None:
    _settle(app, desk)
    desk.close()
    made.close()
