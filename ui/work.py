"""Long pure computing beside the window: solving, rendering, reading paper. Progress with counts; Cancel stops it."""

import threading
import time
from collections.abc import Callable
from contextvars import copy_context
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import QObject, Signal, Slot
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
        """Whether no work is under way."""
        return not cls._running

    def _run(self) -> None:
        try:
            more = {"progress": self._progress} if self._takes_progress else {}
            self._ended.emit(self._function(*self._args, **more), None)
        except BaseException as problem:
            self._ended.emit(None, problem)

    def _progress(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Cancelled()
        if done >= total or time.monotonic() - self._last > _EVERY:
            self._last = time.monotonic()
            self.progressed.emit(done, total)

    @Slot(object, object)
    def _deliver(self, value: Any, problem: BaseException | None) -> None:
        self._thread.join()  # it has nothing left to do: else it may be the last to know this object, and end it over there
        Work._running.discard(self)
        self.finished.emit()
        if isValid(self._owner):
            self._failed(problem) if problem is not None else self._then(value)
