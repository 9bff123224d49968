"""The watch over a child: its time, its memory, and whether somebody pressed Cancel. It ends the child."""

import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil

from cbs_desktop.errors import Unreadable
from cbs_desktop.outside.readers import MEMORY_MOST, START_MOST, Reader

_LOOK = 0.02  # seconds between two looks


class Watch:
    """Looks at a child from a thread of its own until it is stopped."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        reader: Reader,
        path: Path,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        self._process = process
        self._path = path
        self._progress = progress
        self._at = (0, 0)
        self._problem: BaseException | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look_on, name="watch", daemon=True)
        self._memory: psutil.Process | None = None
        with suppress(psutil.Error):
            self._memory = psutil.Process(process.pid)
        size = path.stat().st_size if path.is_file() else 0
        self._patience = reader.patience(size)
        now = time.monotonic()
        self._end = now + START_MOST + reader.most
        self._silent_until = now + START_MOST

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def sign(self, done: int = 0, total: int = 0) -> None:
        """The child said something: how far it is, where that is known."""
        self._silent_until = time.monotonic() + self._patience
        if total:
            self._at = (done, total)

    def stop(self) -> None:
        """Look no longer; raises why the child was ended, if it was."""
        self._over.set()
        self._thread.join()
        if self._problem is not None:
            raise self._problem

    def _look_on(self) -> None:
        while not self._over.wait(_LOOK):
            try:
                self._look()
                if self._progress:
                    self._progress(*self._at)
            except BaseException as problem:
                self._problem = problem
                self._process.kill()
                return

    def _look(self) -> None:
        if time.monotonic() > min(self._end, self._silent_until):
            raise Unreadable(file=self._path.name, kind="took too long")
        if self._taken() > MEMORY_MOST:
            raise Unreadable(file=self._path.name, kind="needs memory")

    def _taken(self) -> int:
        """Bytes of memory: those in use, on Windows also those it was promised."""
        if self._memory is None:
            return 0
        try:
            found = self._memory.memory_info()
        except psutil.Error:
            return 0  # it ended
        return max(found.rss, found.vms) if psutil.WINDOWS else found.rss
