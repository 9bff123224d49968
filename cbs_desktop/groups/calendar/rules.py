"""Days on which no session is planned: public holidays, the week of commemoration, Umuganda. Pure; files by country."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from cbs_desktop.text import read_day

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
_LEAP_YEAR = 2024  # so that every day of a year is one
MonthDay = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FreeDays:
    """Days that are kept free each year: a span of (month, day), days from Easter Sunday,
    the last such weekday of every month, or the first of one month."""

    name: str
    span: tuple[MonthDay, MonthDay] | None = None
    easter: int | None = None
    last: int | None = None
    first: tuple[int, int] | None = None  # month, weekday

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        if self.span is not None:
            start, end = self.span
            return start <= (day.month, day.day) <= end
        if self.easter is not None:
            days_after = timedelta(days=self.easter)
            return day == easter(day.year) + days_after
        if self.last is not None:
            week_later = day + timedelta(days=7)
            is_last = week_later.month != day.month
            return is_last and day.weekday() == self.last
        is_first = day.day <= 7
        return is_first and self.first == (day.month, day.weekday())


Calendar = tuple[FreeDays, ...]


def kept_free(day: date, calendar: Calendar) -> str:
    """What a day is kept free for; empty when it is not."""
    for days in calendar:
        if days.holds(day):
            return days.name
    return ""


@lru_cache(maxsize=64)
def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a = year % 19
    b, c = divmod(year, 100)
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    epact = 19 * a + b - d - g + 15
    h = epact % 30
    i, k = divmod(c, 4)
    weekday = 32 + 2 * e + 2 * i
    m = (weekday - h - k) % 7
    late = a + 11 * h + 22 * m
    n = late // 451
    day_of_year = h + m - 7 * n + 114
    month, day = divmod(day_of_year, 31)
    return date(year, month, day + 1)


def from_file(content: Mapping[str, Any]) -> Calendar:
    """The calendar in a file; ValueError names the entry that is unknown or impossible."""
    extra = content.keys() - {"free"}
    if extra:
        raise ValueError(", ".join(extra))
    return tuple(map(_free_days, content.get("free", ())))


def _free_days(line: Mapping[str, Any]) -> FreeDays:
    name = str(line.get("name", ""))
    if not name or line.keys() - {"name"} not in _WAYS:
        raise ValueError(f"free: {name}")
    try:
        return _by_way(name, line)
    except (ValueError, TypeError) as problem:
        raise ValueError(f"free: {name}") from problem


def _by_way(name: str, line: Mapping[str, Any]) -> FreeDays:
    if "from" in line:
        start = _month_day(line["from"])
        end = _month_day(line.get("to", line["from"]))
        if end < start:
            raise ValueError(name)
        return FreeDays(name, span=(start, end))
    if "easter" in line:
        return FreeDays(name, easter=int(line["easter"]))
    if "last" in line:
        return FreeDays(name, last=WEEKDAYS.index(line["last"]))
    weekday = WEEKDAYS.index(line["first"])
    return FreeDays(name, first=(int(line["month"]), weekday))


def _month_day(text: str) -> MonthDay:
    day = read_day(f"{_LEAP_YEAR}-{text}")
    return day.month, day.day
