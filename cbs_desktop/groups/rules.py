"""Dates of sessions, names of groups, who leads, and reasons as codes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

KEEP_APART_REASONS = ("no preparation yet", "open court case", "domestic", "family", "bullying", "other")
LEAVING_GROUP = ("moved away", "illness", "work", "conflict", "unsafe", "transfer", "other")
LEVELS = ("basic", "intermediate", "trainer")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SATURDAY = 5


def session_dates(starts: date, weekday: int, every_days: int, count: int) -> list[date]:
    """The planned days of a group's sessions, from its first such weekday on.

    Left out: the week of commemoration from 7 April, and the last Saturday of a month (Umuganda).
    """
    day = starts + timedelta(days=(weekday - starts.weekday()) % 7)
    days: list[date] = []
    while len(days) < count:
        if not _is_kept_free(day):
            days.append(day)
        day += timedelta(days=every_days)
    return days


def _is_kept_free(day: date) -> bool:
    commemoration = day.month == 4 and 7 <= day.day <= 13
    umuganda = day.weekday() == _SATURDAY and (day + timedelta(days=7)).month != day.month
    return commemoration or umuganda


def group_name(names: Sequence[str], number: int) -> str:
    """The name of the n-th group of a round, counted from 1: the list over and over, with a number from the second time."""
    again, place = divmod(number - 1, len(names))
    return names[place] if not again else f"{names[place]} {again + 1}"


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """A group to be formed: where it is, who is in it, and its first day, from the first such weekday (0 Monday) on."""

    track: str
    sector_id: int
    facility_id: int | None
    people: tuple[int, ...]
    starts: date
    weekday: int
    venue: str = ""


def days_after(days: Sequence[date], today: date, weekday: int, every_days: int) -> list[date]:
    """New days for the sessions to come (`days`, not empty), on another weekday: from the same week on, if not past."""
    monday = days[0] - timedelta(days=days[0].weekday())
    return session_dates(max(monday, today + timedelta(days=1)), weekday, every_days, len(days))


@dataclass(frozen=True, slots=True)
class Leader:
    """A facilitator as the choice sees one: where from, and how many groups led already."""

    id: int
    sex: str
    sector_id: int | None
    district_id: int | None
    load: int


def choose_leaders(
    leaders: Iterable[Leader], sector_id: int, district_id: int | None, load: dict[int, int]
) -> list[int]:
    """Two facilitators for a group, a woman and a man if there are: of the sector before the district, least loaded first.

    `load` counts the groups each has been given in this round, and is not changed here.
    """
    near = [one for one in leaders if one.district_id == district_id]
    ranked = sorted(near, key=lambda one: (load.get(one.id, one.load), one.sector_id != sector_id, one.id))
    if len(ranked) < 2:
        return [one.id for one in ranked]
    first = ranked[0]
    second = next((one for one in ranked[1:] if one.sex != first.sex), ranked[1])
    return [first.id, second.id]
