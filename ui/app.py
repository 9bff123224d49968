"""Starting the window: application, look, sign-in, then the office. The only place that ends it."""

import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ui import theme, warm_up
from ui.collection import Collector
from ui.sign_in import SignIn

if TYPE_CHECKING:
    from cbs_desktop.office import Office
    from ui.main_window import MainWindow


WARM_UP_AFTER = 50  # milliseconds: the sign-in window has painted by then


CHECK_AFTER = 3_000  # milliseconds: the first place is there, and the rest is imported
REST_AFTER = 1_000  # milliseconds: the first place has painted by then
# seconds a lane may keep the window's thread waiting; each painted cell may wait once, and Python's own 5 ms add up
SWITCH = 0.001


# pixels of a screen on which the first window need not cover everything
ROOMY = (1500, 900)


def keep_fluid(qt: QObject) -> None:
    """Let nothing that Python does by itself stop the window's thread for long."""
    Collector(qt)
    sys.setswitchinterval(SWITCH)


def show(window: QWidget) -> None:
    """Show the first window: as large as the screen where that is small."""
    room = window.screen().availableGeometry()
    if room.width() < ROOMY[0] or room.height() < ROOMY[1]:
        window.showMaximized()
    else:
        window.show()


class App:
    """One application: first the sign-in, then the window of the office that was opened."""

    def __init__(self, folder: Path) -> None:
        self.qt = QApplication.instance() or QApplication(
            [*sys.argv[:1], "-style", "Fusion"]
        )
        keep_fluid(self.qt)
        self.qt.setProperty(theme.STYLED, True)
        self.qt.setApplicationName("CBS Desktop")
        dark = self.qt.palette().window().color().lightness() < 128  # type: ignore[attr-defined]
        theme.apply(self.qt, dark)  # type: ignore[arg-type]
        self.window: MainWindow | None = None
        self.sign_in = SignIn(folder)
        self.sign_in.opened.connect(self.begin)
        self._settle(folder)
        sys.excepthook = self.show_crash

    def _settle(self, folder: Path) -> None:
        """A restore that was interrupted is finished or undone before anybody signs in, and told."""
        from cbs_desktop.errors import OfficeProblem
        from cbs_desktop.safe import switching

        try:
            told = switching.settle(folder)
        except OfficeProblem:
            return  # opening the office tries again, and says what is in the way
        if told is not None:
            from cbs_desktop.keeping.problems import say_settled
            from ui.first_start import Notice

            self.sign_in.back()  # the folder holds something else now
            self.sign_in.show_page(Notice(self.sign_in, *say_settled(told)))

    def begin(self, office: "Office") -> None:
        """Into the office; where the clock is strange, only after it was looked at."""
        from ui.clock_page import ClockPage, doubt_of

        doubt = doubt_of(office)
        if doubt is None:
            self.enter(office)
            return
        page = ClockPage(office, doubt)
        page.is_right.connect(self.enter)
        page.leaves.connect(self.sign_in.back)
        self.sign_in.show_page(page)

    def enter(self, office: "Office") -> None:
        """From the sign-in into the office."""
        from ui.desk import Desk
        from ui.main_window import MainWindow

        self.window = MainWindow(Desk(office))
        self.window.showMaximized()
        self.sign_in.close()
        self.window.open(self.window.first_place())
        QTimer.singleShot(REST_AFTER, self.warm_up_rest)
        QTimer.singleShot(CHECK_AFTER, self.window, self.window.check)

    def warm_up(self) -> None:
        """Import what the office needs while the password is typed."""
        warm_up.begin(self.qt)

    def warm_up_rest(self) -> None:
        """Import the other places while the first one is read."""
        warm_up.begin_rest(self.qt)

    def show_crash(
        self,
        kind: type[BaseException],
        problem: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """A mistake of ours: the page says so, the window stays."""
        sys.__excepthook__(kind, problem, trace)
        if self.window is not None:
            self.window.show_crash(problem)


def run(folder: Path) -> int:
    """Open the window over an office folder; the exit code."""
    app = App(folder)
    show(app.sign_in)
    QTimer.singleShot(WARM_UP_AFTER, app.warm_up)
    return app.qt.exec()
