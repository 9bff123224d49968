"""Copies that the program makes by itself, beside the window: while people work, before an import, on exit.

A copy that cannot be made stops nobody: it is said once in the bar, and the strip tells until one is made again.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from cbs_desktop.errors import OfficeProblem
from cbs_desktop.keeping import copying
from cbs_desktop.safe import copies
from cbs_desktop.safe.copies import Why
from cbs_desktop.words import _
from ui.desk import Desk
from ui.messages import Bar
from ui.rail import Strip
from ui.work import Work

_EVERY = 30 * 60 * 1000  # milliseconds of work
_AFTER_START = 60 * 1000  # milliseconds: what the last exit left undone
_LOOK_FOR_STICKS = 20 * 1000  # milliseconds


class AutoCopies(QObject):
    """Makes copies at their times, and sees when the backup stick is put in."""

    _tried = Signal(object)  # None, or the problem, from the writing lane

    def __init__(self, window: QWidget, desk: Desk, bar: Bar, strip: Strip) -> None:
        super().__init__(window)
        self._desk = desk
        self._bar = bar
        self._strip = strip
        self._said = False
        self._sticks: set[Path] = set()
        self._is_looking = False
        self._tried.connect(self._tell)
        desk.before = self.before
        self._every = self._repeat(_EVERY, self.work)
        self._look = self._repeat(_LOOK_FOR_STICKS, self.look_for_sticks)
        QTimer.singleShot(_AFTER_START, self, self.work)

    def _repeat(self, milliseconds: int, do: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.timeout.connect(do)
        timer.start(milliseconds)
        return timer

    @Slot()
    def work(self) -> None:
        """A copy now, if anything was done since the last one."""
        office = self._desk.office
        if office.practice or office.locked or self._desk.closed:
            return
        work = Work(
            self,
            copying.automatic,
            office,
            Why.WORKING,
            then=self._made,
            failed=self._tell,
            takes_progress=False,
        )
        work.start()

    def before(self, action: str) -> None:
        """In the writing lane, before an action: a copy, where it takes in or changes many records."""
        if why := copying.BEFORE.get(action):
            try:
                copying.automatic(self._desk.office, why)
            except OfficeProblem as problem:
                self._tried.emit(problem)
            else:
                self._tried.emit(None)

    def leave(self) -> None:
        """On exit, when everything is done. What cannot be copied now is tried, and told, at the next start."""
        self._every.stop()
        self._look.stop()
        self._desk.before = None
        try:
            copying.automatic(self._desk.office, Why.EXIT)
        except OfficeProblem:
            return

    def _made(self, _copy: Path | None) -> None:
        self._tell(None)

    @Slot(object)
    def _tell(self, problem: BaseException | None) -> None:
        """Once in the bar, and in the strip until it is mended."""
        self._strip.show_copy_fault(problem is not None)
        if problem is not None and not self._said:
            self._bar.show_problem(problem)
        self._said = problem is not None

    @Slot()
    def look_for_sticks(self) -> None:
        """Whether a stick with backups of this office was put in since the last look."""
        office = self._desk.office
        if self._is_looking or office.practice or self._desk.closed:
            return
        self._is_looking = True
        work = Work(
            self,
            copies.sticks,
            office.fingerprint,
            then=self._show_sticks,
            failed=self._saw_none,
            takes_progress=False,
        )
        work.start()

    def _show_sticks(self, found: list[Path]) -> None:
        self._is_looking = False
        fresh = set(found) - self._sticks
        self._sticks = set(found)
        if fresh and self._strip.is_backup_old:
            words = _(
                "The backup stick ({folder}) is plugged in. Press Ctrl+B in Office to back up."
            )
            self._bar.show_word(words.format(folder=min(fresh)))

    def _saw_none(self, _problem: BaseException) -> None:
        self._is_looking = False
