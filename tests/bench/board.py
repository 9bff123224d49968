"""D6: a card in the hand."""

import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from figure import Figure
from tables import application


def aimed(folder: Path) -> Figure:
    """A held card carried over the next group, from the key to the answer painted, on the board of a whole season."""
    app = application()
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from screens import before_the_season, settle

    from cbs_desktop.office import Office
    from ui.desk import Desk
    from ui.main_window import MainWindow

    before_the_season(folder / "planning")
    clock = datetime(2026, 2, 9, 9, tzinfo=UTC)
    desk = Desk(
        Office.open(folder / "planning", "coordinator", "practice", lambda: clock)
    )
    window = MainWindow(desk)
    window.resize(1366, 728)
    window.show()
    window.open("groups")
    settle(app, desk)
    columns = window._pages["groups"].columns
    times = []
    for place in range(columns.places.count()):
        columns.places.setCurrentIndex(place)
        lists = columns._lists
        if len(lists) < 3:
            continue
        lists[1].setFocus()
        lists[1].setCurrentRow(0)
        QTest.keyClick(lists[1], Qt.Key.Key_Space)
        settle(
            app, desk
        )  # what the groups say is asked once, when the card is taken up
        for here, key in ((1, Qt.Key.Key_Right), (2, Qt.Key.Key_Left)) * 3:
            start = time.perf_counter()
            QTest.keyClick(lists[here], key)
            app.processEvents()  # paints what has changed
            times.append((time.perf_counter() - start) * 1000)
        columns.put_back()
    groups = len(window._pages["groups"].shown.groups)
    desk.close()
    desk.office.close()
    more = f"median {median(times):.1f} ms, worst of {len(times)}, {groups} groups"
    return Figure(
        "a held card over another group, painted", max(times), "ms", 16.7, more
    )
