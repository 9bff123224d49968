"""What goes between the program and the child: a line of JSON for each value, days and times marked. Never pickle: it
would run what a child says that a file took over."""

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TypeGuard

from cbs_desktop.text import read_day, write_day

Scalar = str | int | float | bool | None | date | datetime | time | timedelta
Plain = Scalar | list["Plain"] | dict[str, "Plain"]


class NotOurs(ValueError):
    """No line or answer that a reader of ours gives."""


LINE_MOST = 16_000_000  # bytes
_SCALARS = frozenset(
    {str, int, float, bool, type(None), date, datetime, time, timedelta}
)
_READS: dict[str, Callable[[str], Scalar]] = {
    "$moment": datetime.fromisoformat,
    "$day": read_day,
    "$time": time.fromisoformat,
    "$seconds": lambda text: timedelta(seconds=float(text)),
}


def pack(value: object) -> bytes:
    """A value as a line. TypeError, ValueError or RecursionError for what is not plain."""
    return json.dumps(value, default=_marked, separators=(",", ":")).encode() + b"\n"


def unpack(line: bytes) -> Plain:
    """A line as a value. NotOurs for what is no line of ours, whatever it is."""
    try:
        return json.loads(line, object_hook=_unmarked)
    except (ValueError, TypeError, OverflowError, RecursionError) as problem:
        raise NotOurs() from problem


def are_scalars(values: list[Plain]) -> TypeGuard[list[Scalar]]:
    """Whether they are cells of a table: no list or dictionary among them."""
    return _SCALARS.issuperset(map(type, values))


def _marked(value: object) -> dict[str, str]:
    if isinstance(value, datetime):
        return {"$moment": value.isoformat()}
    if isinstance(value, date):
        return {"$day": write_day(value)}
    if isinstance(value, time):
        return {"$time": value.isoformat()}
    if isinstance(value, timedelta):
        return {"$seconds": str(value.total_seconds())}
    raise TypeError(type(value).__name__)


def _unmarked(found: dict[str, Plain]) -> Plain:
    if len(found) != 1:
        return found
    ((mark, text),) = found.items()
    if mark not in _READS:
        return found
    if not isinstance(text, str):
        raise TypeError(mark)
    return _READS[mark](text)
