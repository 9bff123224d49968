"""Long pure computing beside the window: solving, rendering, reading paper. Progress with counts; Cancel stops it.

What only the window's thread may do is done in pieces.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextvars import copy_context
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from cbs_desktop.errors import Cancelled

ALONE = threading.RLock()  # held while a library is used that knows one thread only
R = TypeVar("R")  # what the work comes to
_EVERY = 0.1  # seconds between two notices of progress


class Work(QObject):
    """One piece of work. Connect, then `start()`. The function is given `progress=` unless told otherwise.

    It lives until it ends, whatever becomes of its owner: a thread must not die with a window that is closed.
    """

    progressed = Signal(int, int)
    finished = Signal()
    _ended = Signal(object, object)
    _running: ClassVar[set["Work"]] = set()

    def __init__(
        self,
        owner: QObject,
        function: Callable[..., R],
        *args: object,
        then: Callable[[R], object],
        failed: Callable[[BaseException], object],
        takes_progress: bool = True,
    ) -> None:
        super().__init__()
        self._owner = owner
        self._then = then
        self._failed = failed
        self._function = function
        self._args = args
        self._takes_progress = takes_progress
        self._stop = threading.Event()
        self._last = 0.0
        self._ended.connect(self._deliver)  # from another thread, so it is queued

    def start(self) -> None:
        """Begin."""
        Work._running.add(self)
        self._thread = threading.Thread(
            target=copy_context().run, args=(self._run,), name="work", daemon=True
        )
        self._thread.start()

    def cancel(self) -> None:
        """Ask it to stop; it ends with Cancelled at its next step."""
        self._stop.set()

    @classmethod
    def idle(cls) -> bool:
        """Whether no work is under way, in pieces or beside the window."""
        return not cls._running and Pieces.idle()

    def _run(self) -> None:
        try:
            more = {"progress": self._progress} if self._takes_progress else {}
            self._ended.emit(self._function(*self._args, **more), None)
        except BaseException as problem:
            self._ended.emit(None, problem)

    def _progress(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Cancelled()
        finished = total > 0 and done >= total
        if finished or time.monotonic() - self._last > _EVERY:
            self._last = time.monotonic()
            self.progressed.emit(done, total)

    @Slot(object, object)
    def _deliver(self, value: Any, problem: BaseException | None) -> None:
        self._thread.join()  # it has nothing left to do: else it may be the last to know this object, and end it over there
        Work._running.discard(self)
        self.finished.emit()
        if isValid(self._owner):
            self._failed(problem) if problem is not None else self._then(value)


class Pieces(QObject):
    """Building in the window's thread, a piece at a time: keys and painting come in between.

    Each `yield` of the iterator ends a piece. It stops when its owner goes.
    """

    _running: ClassVar[set["Pieces"]] = set()

    def __init__(self, owner: QObject, pieces: Iterator[None]) -> None:
        super().__init__(owner)
        self._pieces = pieces
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)
        self._timer.start()
        Pieces.idle()  # forgets those whose owner went before they were done
        Pieces._running.add(self)

    def stop(self) -> None:
        """Leave the rest undone."""
        self._timer.stop()
        Pieces._running.discard(self)

    @classmethod
    def idle(cls) -> bool:
        """Whether everything that was begun is built, or its owner is gone."""
        cls._running = {each for each in cls._running if isValid(each)}
        return not cls._running

    @Slot()
    def _next(self) -> None:
        try:
            next(self._pieces)
        except StopIteration:
            self.stop()
        except BaseException:
            self.stop()
            raise
