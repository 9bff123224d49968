"""Soak: dialogs opened and closed, places changed, while both lanes are busy: python -m tests.soak --minutes 5

It runs in a process of its own, so that a crash is told. Fails on a crash, on an object of Qt that dies outside the
window's thread, and when memory grows.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GROWTH = 24  # MB that memory may grow by after the first third
PAUSE = 2  # ms that one turn of the event loop lasts


def resident():
    """Memory of this process, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


class Soak:
    """One window over a practice office, used without rest."""

    def __init__(self, app, desk, window):
        self.app = app
        self.desk = desk
        self.window = window
        self.opened = self.rounds = self.answers = 0

    def round(self):
        """Every place, and every dialog of the pictures, once."""
        from tests.screens import DIALOGS, PLACES

        for ways in PLACES.values():
            for word, item in ways:
                self.window.open(word, item)
                self.wait()
        for place, act in DIALOGS.values():
            self.dialog(place, act)
        self.rounds += 1

    def dialog(self, place, act):
        from PySide6.QtWidgets import QDialog

        if place:
            self.window.open(place)
        owner = self.window._pages[place] if place else self.window
        getattr(owner, act)()
        self.wait()
        for shown in self.app.topLevelWidgets():
            if isinstance(shown, QDialog) and shown.isVisible():
                self.opened += 1
                shown.close()
        self.wait()

    def wait(self):
        """Keep both lanes busy for a moment, then wait for the answers."""
        from cbs_desktop import settings
        from cbs_desktop.overview import queries as overview
        from ui.work import Work

        for page in range(3):
            self.desk.ask(
                self.window, overview.find_people, "a", then=self.answered, about=page
            )
        name = f"Office {self.answers % 2}"
        self.desk.do(
            self.window, settings.set_value, "office", name, then=self.answered
        )
        end = time.monotonic() + 20
        while time.monotonic() < end:
            self.events()
            if self.desk.idle() and Work.idle():
                return

    def events(self):
        """A turn of a real event loop: `deleteLater` has no effect when events are only processed by hand."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(PAUSE, loop.quit)
        loop.exec()

    def answered(self, _value):
        """Counts what came back."""
        self.answers += 1


def soak(minutes):
    """Run it here; the exit code."""
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from cbs_desktop.office import Office
    from cbs_desktop.practice import build
    from tests import threads
    from ui import theme
    from ui.collection import Collector
    from ui.desk import Desk
    from ui.main_window import MainWindow

    qInstallMessageHandler(_told)
    app = QApplication([])
    Collector(app)
    theme.apply(app)
    with tempfile.TemporaryDirectory() as folder:
        build.build(Path(folder) / "practice", "practice")
        desk = Desk(Office.open(Path(folder) / "practice", "coordinator", "practice"))
        window = MainWindow(desk)
        window.show()
        run = Soak(app, desk, window)
        memory = _until(run, time.monotonic() + minutes * 60, threads)
        window.close()
    return _verdict(run, memory, threads.taken())


def _told(_kind, _context, message):
    if (
        "propagateSizeHints" not in message
    ):  # what the offscreen platform says of every dialog
        print(message, file=sys.stderr)


def _until(run, end, threads):
    """Rounds until the time is over; the memory after each."""
    memory = []
    while time.monotonic() < end or len(memory) < 3:
        run.round()
        threads.watch()
        memory.append(resident())
    return memory


def _verdict(run, memory, violations):
    settled = memory[len(memory) // 3]
    growth = memory[-1] - settled
    print(
        f"{run.rounds} rounds, {run.opened} dialogs, {run.answers} answers of the lanes"
    )
    print(
        f"memory {settled:.0f} MB after a third, {memory[-1]:.0f} MB at the end ({growth:+.0f} MB, at most {GROWTH})"
    )
    print(f"{len(violations)} objects or collections outside the window's thread")
    for line in violations[:10]:
        print(f"  {line}")
    return int(bool(violations) or growth > GROWTH)


def main():
    """Start the soak in a process of its own, and tell how it ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.here:
        return soak(asked.minutes)
    command = [
        sys.executable,
        "-X",
        "faulthandler",
        "-m",
        "tests.soak",
        "--here",
        "--minutes",
        str(asked.minutes),
    ]
    code = subprocess.call(command, env={"QT_QPA_PLATFORM": "offscreen", **os.environ})
    print("no crash" if code in (0, 1) else f"CRASHED: exit code {code}")
    return code


if __name__ == "__main__":
    sys.exit(main())
