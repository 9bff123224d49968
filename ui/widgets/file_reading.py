"""A file read beside the window: its name, how far it is, and Stop. Only the file that was chosen last counts."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from cbs_desktop.errors import Cancelled
from cbs_desktop.words import _
from ui.widgets.parts import button, label, line
from ui.work import Work

R = TypeVar("R")  # what stands in the file


class FileReading(QWidget):
    """A line that is there while a file is read. `stopped` is called when somebody pressed Stop."""

    def __init__(self, stopped: Callable[[], object]) -> None:
        super().__init__()
        self._stopped = stopped
        self._work: Work | None = None
        self._name = label("", "second")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("How much of the file is read"))
        self.stop_button = button(_("Stop reading"), self.stop, "plain")
        box = line(self._name, self._bar, self.stop_button, gap=12)
        box.setContentsMargins(0, 0, 0, 0)
        self.setLayout(box)
        self.hide()

    def read(
        self,
        function: Callable[..., R],
        path: Path,
        *args: object,
        then: Callable[[R], object],
        failed: Callable[[BaseException], object],
    ) -> None:
        """Read a file with a function that is given `progress=`; what was read before is of no interest any more."""
        self.stop()
        self._name.setText(_("Reading {file} …").format(file=path.name))
        self._bar.setRange(0, 0)
        work = Work(
            self,
            function,
            path,
            *args,
            then=lambda found: self._end(work, partial(then, found)),
            failed=lambda problem: self._fail(work, problem, failed),
        )
        work.progressed.connect(self._advance)
        self._work = work
        self.show()
        work.start()

    @Slot()
    def stop(self) -> None:
        """Stop reading."""
        if self._work is not None:
            self._work.cancel()

    @Slot(int, int)
    def _advance(self, done: int, total: int) -> None:
        if self.sender() is self._work:
            self._bar.setRange(0, total)
            self._bar.setValue(done)

    def _end(self, work: Work, then: Callable[[], object]) -> None:
        if work is self._work:
            self._work = None
            self.hide()
            then()

    def _fail(
        self,
        work: Work,
        problem: BaseException,
        failed: Callable[[BaseException], object],
    ) -> None:
        if isinstance(problem, Cancelled):
            self._end(work, self._stopped)
        else:
            self._end(work, partial(failed, problem))

    def hideEvent(self, event: QHideEvent) -> None:
        """The window was closed: nobody waits for the file."""
        if not event.spontaneous():
            self.stop()
        super().hideEvent(event)
