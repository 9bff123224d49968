"""E: long tables on screen."""

import os
import time
import tracemalloc
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from figure import Figure
from PySide6.QtCore import QAbstractTableModel, QEventLoop, QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QTableView
from store import large, typed

from cbs_desktop.overview.roster import RosterRow
from ui import theme

_WAITING = QEventLoop.ProcessEventsFlag.WaitForMoreEvents


def application() -> QApplication:
    made = QApplication.instance() or QApplication([])
    theme.apply(made)
    return made


class Bare(QAbstractTableModel):
    def __init__(self, rows: list[RosterRow]) -> None:
        super().__init__()
        self.rows = rows

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return len(self.rows)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 6

    def data(
        self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        row = self.rows[index.row()]
        return (row.number, row.name, row.sex, row.place, row.group, row.state)[
            index.column()
        ]


def shown(folder: Path) -> Figure:
    """100,000 rows shown and painted by our table; floor: a bare QTableView over a bare model, in the same look."""
    app = application()
    from ui.participants.people import _columns
    from ui.widgets.table import Table

    people = [
        RosterRow(
            n,
            f"BE-L1-{n:06}",
            f"MUKAMANA {n}",
            "F",
            30,
            "Musanze › Muhoza",
            "Ituze",
            "graduated",
        )
        for n in range(100_000)
    ]

    def bare() -> float:
        view = QTableView()
        view.verticalHeader().setDefaultSectionSize(38)
        view.resize(900, 600)
        view.show()
        app.processEvents()
        start = time.perf_counter()
        view.setModel(Bare(people))
        view.grab()
        return time.perf_counter() - start

    def ours() -> float:
        view = Table("People", _columns())
        view.resize(900, 600)
        view.show()
        app.processEvents()
        start = time.perf_counter()
        view.show_rows(people)
        view.grab()
        return time.perf_counter() - start

    bare(), ours()
    pairs = [(bare(), ours()) for _ in range(9)]
    low = median(p[0] for p in pairs)
    high = median(p[1] for p in pairs)
    tracemalloc.start()
    view = Table("People", _columns())
    view.resize(900, 600)
    view.show()
    view.show_rows(people)
    view.grab()
    size = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    more = (
        f"{high * 1000:.1f} ms, bare {low * 1000:.1f} ms, {size:.1f} MB of at most 20"
    )
    return Figure(
        "100,000 rows shown", high / low, "x bare table", 1.20, more, also=size <= 20
    )


def filtered(folder: Path) -> Figure:
    """From a keystroke in the search of Participants to the painted list, 100,000 people; the worst of many.

    The window waits for events as it does for a person, and rests between two keys as it does between two words.
    """
    app = application()
    from ui.app import keep_fluid
    from ui.desk import Desk
    from ui.participants.people import Participants

    keep_fluid(app)
    desk = Desk(large(folder))
    page = Participants(desk)
    page.resize(1182, 620)
    page.show()

    def settle() -> None:
        while not desk.idle():
            app.processEvents(_WAITING)
        app.processEvents()

    settle()
    painted: list[float] = []
    page.table.model_rows.modelReset.connect(
        lambda: painted.append(time.perf_counter())
    )
    times = []
    for text in typed(9, 150):
        painted.clear()
        start = time.perf_counter()
        page.search.setText(text)
        while not painted:
            app.processEvents(_WAITING)
        app.processEvents()  # paints, where that was not done yet
        times.append((time.perf_counter() - start) * 1000)
        settle()
    times = times[5:]
    return Figure(
        "filter keystroke to painted",
        max(times),
        "ms",
        16.7,
        f"median {median(times):.1f} ms, worst of {len(times)}",
    )
