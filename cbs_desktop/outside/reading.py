"""A file from outside, read in a child process: the program goes on whatever happens there."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cbs_desktop import resource
from cbs_desktop.errors import Unreadable
from cbs_desktop.outside import answers, wire
from cbs_desktop.outside.readers import FLAG, MEMORY_MOST, READERS
from cbs_desktop.outside.watch import Watch
from cbs_desktop.outside.wire import Plain, Scalar

# (done, total), total 0 while nobody knows; may raise Cancelled
Progress = Callable[[int, int], None]

_ANSWER_MOST = 300_000_000  # bytes of all lines
_BUFFER = 1 << 18  # bytes: what is read in small pieces waits for the window each time
# what a child inherits: no password that somebody put into the environment
_KEPT = frozenset(
    "PATH SYSTEMROOT SYSTEMDRIVE WINDIR TEMP TMP TMPDIR LD_LIBRARY_PATH LANG TZ".split()
)
_ready: dict[str, "_Child"] = {}
_lock = threading.Lock()


def read(
    name: str, path: Path, *args: Scalar, progress: Progress | None = None
) -> list[Plain]:
    """The parts that the reader of this name (`READERS`) gives of a file.

    Raises what the reader raises (Unreadable, Invalid), and Unreadable when it takes too long ("took too long"), too
    much memory ("needs memory"), or ends without an answer ("reader stopped"). What `progress` raises ends the child;
    it is called from another thread.
    """
    path = path.absolute()
    try:
        child = _taken(name)
    except OSError as problem:
        raise answers.stopped(path) from problem
    try:
        return child.answer(path, args, progress)
    finally:
        child.end()


def make_ready(name: str) -> None:
    """Start a child before there is a file, while somebody chooses one; it serves the next `read` of this name."""
    with _lock:
        if name not in _ready or not _ready[name].waits():
            with suppress(OSError):
                _ready[name] = _Child(name)


def let_go(name: str) -> None:
    """End a child that was made ready and is not needed."""
    with _lock:
        ready = _ready.pop(name, None)
    if ready is not None:
        ready.end()


def _taken(name: str) -> "_Child":
    with _lock:
        ready = _ready.pop(name, None)
    if ready is not None:
        if ready.waits():
            return ready
        ready.end()
    return _Child(name)


def command(name: str) -> list[str]:
    """How this program is started as a child: by its interpreter, or by itself when it is one file."""
    exe = sys.executable
    if getattr(sys, "frozen", False) or not Path(exe).stem.lower().startswith("python"):
        return [exe, FLAG, name]
    return [exe, "-X", "utf8", "-m", "cbs_desktop", FLAG, name]


def _environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key.upper() in _KEPT}
    return {**kept, "OPENBLAS_NUM_THREADS": "1"}


class _Child:
    """A process for one file."""

    def __init__(self, name: str) -> None:
        self._reader = READERS[name]
        self._process = subprocess.Popen(
            command(name),
            bufsize=_BUFFER,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=resource.ROOT.parent,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def waits(self) -> bool:
        """Whether it is alive."""
        return self._process.poll() is None

    def answer(
        self, path: Path, args: tuple[Scalar, ...], progress: Progress | None
    ) -> list[Plain]:
        """Tell it which file to read; the parts of its answer. See `reading.read`."""
        watch = Watch(self._process, self._reader, path, progress)
        watch.start()
        try:
            self._ask(path, args)
            return self._parts(path, watch)
        except Unreadable:
            watch.stop()  # it knows better why the answer was cut short
            raise
        finally:
            watch.stop()

    def _ask(self, path: Path, args: tuple[Scalar, ...]) -> None:
        asked = {"path": str(path), "args": list(args), "memory": MEMORY_MOST}
        assert self._process.stdin is not None, "it was started with a pipe"
        with suppress(OSError):  # it ended: there will be no answer
            self._process.stdin.write(wire.pack(asked))
            self._process.stdin.flush()

    def _parts(self, path: Path, watch: Watch) -> list[Plain]:
        assert self._process.stdout is not None, "it was started with a pipe"
        found: list[Plain] = []
        size = 0
        while line := self._process.stdout.readline(wire.LINE_MOST):
            size += len(line)
            if size > _ANSWER_MOST or len(line) == wire.LINE_MOST:
                raise Unreadable(file=path.name, kind="needs memory")
            what, value = answers.line(line, path)
            if what == "end":
                return found
            if what == "part":
                found.append(value)
                watch.sign()
            else:
                watch.sign(*answers.progress(value, path))
        raise answers.stopped(path)

    def end(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()
