"""Days on which no session is planned: public holidays, the week of commemoration, Umuganda. Pure; files by country."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

WEEKDAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
_WAYS = ({"from"}, {"from", "to"}, {"easter"}, {"last"}, {"month", "first"})


@dataclass(frozen=True, slots=True)
class Free:
    """Days that are kept free each year: a span of (month, day), days from Easter Sunday, the last such weekday of every
    month, or the first of one month."""

    name: str
    span: tuple[tuple[int, int], tuple[int, int]] | None = None
    easter: int | None = None
    last: int | None = None
    first: tuple[int, int] | None = None  # month, weekday

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        if self.span is not None:
            return self.span[0] <= (day.month, day.day) <= self.span[1]
        if self.easter is not None:
            return day == easter(day.year) + timedelta(days=self.easter)
        if self.last is not None:
            return (
                day.weekday() == self.last
                and (day + timedelta(days=7)).month != day.month
            )
        return (
            self.first is not None
            and (day.month, day.weekday()) == self.first
            and day.day <= 7
        )


Calendar = tuple[Free, ...]


def kept_free(day: date, calendar: Calendar) -> str:
    """What a day is kept free for; empty when it is not."""
    return next((free.name for free in calendar if free.holds(day)), "")


@lru_cache(maxsize=64)
def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def from_file(content: Mapping[str, Any]) -> Calendar:
    """The calendar in a file; ValueError names the entry that is unknown or impossible."""
    if extra := content.keys() - {"free"}:
        raise ValueError(", ".join(extra))
    return tuple(_free(line) for line in content.get("free", ()))


def _free(line: Mapping[str, Any]) -> Free:
    name = str(line.get("name", ""))
    if not name or line.keys() - {"name"} not in _WAYS:
        raise ValueError(f"free: {name}")
    try:
        if "from" in line:
            first = date.fromisoformat(
                f"2024-{line['from']}"
            )  # a leap year, so that every day of a year is one
            last = date.fromisoformat(f"2024-{line.get('to', line['from'])}")
            if last < first:
                raise ValueError(name)
            return Free(name, span=((first.month, first.day), (last.month, last.day)))
        if "easter" in line:
            return Free(name, easter=int(line["easter"]))
        if "last" in line:
            return Free(name, last=WEEKDAYS.index(line["last"]))
        return Free(name, first=(int(line["month"]), WEEKDAYS.index(line["first"])))
    except (ValueError, TypeError) as problem:
        raise ValueError(f"free: {name}") from problem
