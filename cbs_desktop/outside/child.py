"""The child: a fresh interpreter without keys that reads one file and ends. It is told what to read on standard input and
answers on standard output, a line for each thing it says."""

import faulthandler
import gc
import os
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from cbs_desktop.errors import Fault, Invalid, OfficeProblem, Unreadable
from cbs_desktop.outside import wire
from cbs_desktop.outside.readers import READERS
from cbs_desktop.outside.wire import Plain

_GRACE = 5  # seconds after which it ends by itself if nobody ended it
_FACT_MOST = 1_000  # letters


def run(name: str) -> int:
    """Be the child of a reader; the exit code."""
    answers = _own_output()
    reader = READERS[name]
    parts: Callable[..., Iterator[object]] = getattr(
        import_module(reader.module), reader.function
    )
    line = sys.stdin.buffer.readline(wire.LINE_MOST)
    if not line:  # it was kept ready, and nobody had a file
        return 0
    asked = wire.unpack(line)
    assert isinstance(asked, dict), "the program asks with a dictionary"
    path, given, memory = asked["path"], asked["args"], asked["memory"]
    assert isinstance(path, str) and isinstance(given, list), "a path, arguments"
    with open(os.devnull, "wb") as nowhere:
        faulthandler.dump_traceback_later(reader.most + _GRACE, exit=True, file=nowhere)
        if isinstance(memory, int):
            _limit(memory)
        _answer(answers, parts, Path(path), given)
        faulthandler.cancel_dump_traceback_later()
    return 0


def _own_output() -> BinaryIO:
    """Where answers go. What a library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _answer(
    answers: BinaryIO,
    parts: Callable[..., Iterator[object]],
    path: Path,
    given: list[Plain],
) -> None:
    """Say each part, then that it is the end, or what is wrong with the file."""
    gc.disable()  # a sheet is a million values that stay

    def say(what: str, value: object) -> None:
        answers.write(wire.pack({what: value}))
        answers.flush()

    def progress(done: int, total: int) -> None:
        say("progress", [done, total])

    try:
        progress(0, 0)  # it has begun
        for part in parts(path, *given, progress=progress):
            say("part", part)
        say("end", None)
    except OfficeProblem as problem:
        say("problem", _told(problem))
    except MemoryError:
        say("problem", {"kind": "Unreadable", "facts": {"kind": "needs memory"}})
    except (RecursionError, ValueError, TypeError):  # what is in it cannot be told
        say("problem", {"kind": "Unreadable", "facts": {"kind": "damaged"}})


def _told(problem: OfficeProblem) -> Plain:
    if isinstance(problem, Invalid):
        return {"kind": "Invalid", "faults": list(map(_fault, problem.faults))}
    kind = "Unreadable" if isinstance(problem, Unreadable) else type(problem).__name__
    return {"kind": kind, "facts": _facts(problem.facts)}


def _fault(fault: Fault) -> Plain:
    return {
        "field": fault.field,
        "kind": fault.kind,
        "facts": _facts(fault.facts),
        "row": fault.row,
    }


def _facts(facts: dict[str, object]) -> Plain:
    told: dict[str, Plain] = {}
    for key, value in facts.items():
        told[key] = (
            value if isinstance(value, (int, float)) else str(value)[:_FACT_MOST]
        )
    return told


def _limit(memory: int) -> None:
    """No more memory than this beyond what is taken now, no file written, no core file: as far as this system can. The
    program watches memory and time from outside in any case."""
    try:
        import resource
    except ImportError:  # Windows
        return
    limits = [(resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)]
    taken = Path("/proc/self/statm")
    if taken.exists():
        pages = int(taken.read_text(encoding="ascii").split()[0])
        limits.append((resource.RLIMIT_AS, pages * resource.getpagesize() + memory))
    for which, most in limits:
        try:
            resource.setrlimit(which, (most, most))
        except (ValueError, OSError):
            continue
