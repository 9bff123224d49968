"""The connections of an opened office: one that writes, some that read, and a gate that can be shut before all of them."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cbs_desktop.store import engine


class Gate:
    """Many go through at once; who wants to be alone waits for them, and they wait meanwhile."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._inside = 0
        self._shut = False

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Inside with others. Not to be entered twice by one thread."""
        with self._change:
            self._change.wait_for(lambda: not self._shut)
            self._inside += 1
        try:
            yield
        finally:
            with self._change:
                self._inside -= 1
                self._change.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Inside with nobody else."""
        with self._change:
            self._change.wait_for(lambda: not self._shut)
            self._shut = True
            self._change.wait_for(lambda: not self._inside)
        try:
            yield
        finally:
            with self._change:
                self._shut = False
                self._change.notify_all()


class Connections:
    """`key` is asked for whenever a connection is made, so that a forgotten key makes none. `alone()` keeps everybody
    out; what is open is to be let go there before the key changes."""

    def __init__(
        self,
        file: Path,
        key: Callable[[], bytes],
        prepare: Callable[[engine.Driver], None],
        mode: str = "rw",
    ) -> None:
        self.reading = Gate()
        self.writing = threading.Lock()
        self.writer = engine.engine(file, key, "BEGIN IMMEDIATE", 1, prepare)
        self.mode = mode
        self.reader = engine.engine(file, key, "BEGIN", 2, engine.only_reads, mode)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody reads or writes, and no connection is open."""
        with self.reading.alone(), self.writing:
            self.let_go()
            yield

    def let_go(self) -> None:
        """Close what is open; the next who asks opens anew."""
        self.reader.dispose()
        self.writer.dispose()
