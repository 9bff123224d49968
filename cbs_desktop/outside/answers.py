"""What a child says, looked through before it is believed: a file may have taken it over."""

from pathlib import Path

from cbs_desktop.errors import (
    Fault,
    Invalid,
    NotACertificate,
    OfficeProblem,
    Unreadable,
)
from cbs_desktop.outside import wire
from cbs_desktop.outside.wire import Plain

_FAULTS_MOST = 10_000
_WORDS = frozenset({"part", "progress", "end", "problem"})


def stopped(path: Path) -> Unreadable:
    """The problem of a child that ended without an answer, or said what none of ours says."""
    return Unreadable(file=path.name, kind="reader stopped")


def line(said: bytes, path: Path) -> tuple[str, Plain]:
    """A line as its word and value; raises the problem that it tells."""
    try:
        found = wire.unpack(said)
    except ValueError as problem:
        raise stopped(path) from problem
    if not isinstance(found, dict) or len(found) != 1:
        raise stopped(path)
    ((word, value),) = found.items()
    if word == "problem":
        raise _problem(value, path)
    if word not in _WORDS:
        raise stopped(path)
    return word, value


def progress(value: Plain, path: Path) -> tuple[int, int]:
    """How much is done, of how much."""
    if isinstance(value, list) and len(value) == 2:
        done, total = value
        if isinstance(done, int) and isinstance(total, int):
            return done, total
    raise stopped(path)


def _problem(value: Plain, path: Path) -> OfficeProblem:
    if not isinstance(value, dict):
        return stopped(path)
    kind = value.get("kind")
    if kind == "Invalid":
        return _invalid(value.get("faults"), path)
    facts = _facts(value.get("facts"), path)
    facts["file"] = path.name
    if kind == "NotACertificate":
        return NotACertificate(**facts)
    if kind == "Unreadable" and isinstance(facts.get("kind"), str):
        return Unreadable(**facts)
    return stopped(path)


def _invalid(value: Plain, path: Path) -> OfficeProblem:
    if not isinstance(value, list) or not value:
        return stopped(path)
    return Invalid([_fault(one, path) for one in value[:_FAULTS_MOST]])


def _fault(value: Plain, path: Path) -> Fault:
    if not isinstance(value, dict):
        raise stopped(path)
    field, kind, row = value.get("field"), value.get("kind"), value.get("row")
    if not isinstance(field, str) or not isinstance(kind, str):
        raise stopped(path)
    if row is not None and not isinstance(row, int):
        raise stopped(path)
    return Fault(field, kind, _facts(value.get("facts"), path), row)


def _facts(value: Plain, path: Path) -> dict[str, object]:
    if not isinstance(value, dict) or not wire.are_scalars(list(value.values())):
        raise stopped(path)
    return dict(value)


def table(parts: list[Plain], path: Path) -> dict[str, object]:
    """An answer that is one dictionary."""
    if len(parts) != 1 or not isinstance(parts[0], dict):
        raise stopped(path)
    return dict(parts[0])


def texts(parts: list[Plain], path: Path) -> list[str]:
    """An answer that is texts only."""
    found: list[str] = []
    for part in parts:
        if not isinstance(part, str):
            raise stopped(path)
        found.append(part)
    return found
