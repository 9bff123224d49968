"""S2: typing a questionnaire."""

import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from figure import Figure
from tables import application


def answered(folder: Path) -> Figure:
    """From the key of an answer to the next question painted, in the window over the practice office; drafts are kept
    meanwhile. The worst of many; PCL-5, 20 questions of five answers."""
    app = application()
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from cbs_desktop.office import Office
    from cbs_desktop.practice import build
    from ui.desk import Desk
    from ui.main_window import MainWindow

    build.build(folder / "entry", "practice")
    office = Office.open(
        folder / "entry",
        "coordinator",
        "practice",
        lambda: datetime(2026, 11, 20, 9, tzinfo=UTC),
    )
    desk = Desk(office)
    window = MainWindow(desk)
    window.resize(1366, 728)
    window.show()

    def settle() -> None:
        while not desk.idle():
            app.processEvents()
        app.processEvents()

    window.open("screening", "new")
    settle()
    entry = window._pages["screening"].entry
    box = entry.head.inputs["instrument"]
    box.setCurrentIndex(box.findData("pcl5"))
    entry._other_form()
    settle()
    times = []
    for _ in range(8):
        for digit in "01290129034012901290":
            start = time.perf_counter()
            QTest.keyClick(entry.questions, digit)
            window.repaint()
            times.append((time.perf_counter() - start) * 1000)
            settle()
        for _back in range(20):
            QTest.keyClick(entry.questions, Qt.Key.Key_Up)
    times = times[5:]
    more = f"median {median(times):.1f} ms, worst of {len(times)}"
    desk.close()
    office.close()
    return Figure("answer to next question painted", max(times), "ms", 16.0, more)
