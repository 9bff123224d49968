"""Dates of sessions, names of groups, what an office prefers of its groups, and reasons as codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cbs_desktop.errors import Fault
from cbs_desktop.groups.calendar.rules import Calendar, kept_free

KEEP_APART_REASONS = (
    "no preparation yet",
    "open court case",
    "domestic",
    "family",
    "same case",
    "bullying",
    "other",
)
KEEP_TOGETHER_REASONS = (
    "spouses",
    "carer",
    "parent and child",
    "household",
    "language help",
    "other",
)
LEAVING_GROUP = (
    "moved away",
    "illness",
    "work",
    "conflict",
    "unsafe",
    "transfer",
    "other",
)
FACILITATORS = 2  # that lead a group together: two, by the published accounts
WEIGHTS = {"much": 2.0, "some": 1.0, "none": 0.0}
UNDIVIDED = ("stretch", "merge", "wait")
LATER, SAME_WEEK = FREE_DAYS = ("later", "same week")
AREA_MOST = 100


@dataclass(frozen=True, slots=True)
class Preferences:
    """What an office prefers of its groups. `area_km`: people of a group live within so
    many km of each other, 0: in one sector. `undivided`, of pools that no wished size
    divides: "stretch" takes smaller or larger groups up to the hard stop, "merge" joins
    small pools to the nearest of their track and district first, "wait" lets them wait.
    `free_days`: a session that would fall on a day that is kept free is "later", a week, or
    on another day of the "same week". The rest are words of WEIGHTS: even shares of the sexes, nobody alone with a background,
    even backgrounds, even need of support, short ways, a spread of ages."""

    area_km: int = 0
    undivided: str = "stretch"
    sexes: str = "much"
    alone: str = "some"
    backgrounds: str = "some"
    support: str = "some"
    distance: str = "some"
    ages: str = "some"
    free_days: str = LATER


SOFT = ("sexes", "alone", "backgrounds", "support", "distance", "ages")


def preference_faults(preferences: Preferences) -> list[Fault]:
    """A preference that is none of the words, or a radius that is none."""
    faults: list[Fault] = []
    for key in SOFT:
        if getattr(preferences, key) not in WEIGHTS:
            faults.append(Fault(key, "not a choice"))
    if preferences.undivided not in UNDIVIDED:
        faults.append(Fault("undivided", "not a choice"))
    if preferences.free_days not in FREE_DAYS:
        faults.append(Fault("free_days", "not a choice"))
    area_km = preferences.area_km
    if type(area_km) is not int or not 0 <= area_km <= AREA_MOST:
        faults.append(Fault("area_km", "not a number"))
    return faults


def session_dates(
    starts: date,
    weekday: int,
    every_days: int,
    count: int,
    calendar: Calendar,
    same_week: bool = False,
) -> list[date]:
    """The planned days of a group's sessions, from its first such weekday on; days that
    are kept free are left out, or with `same_week` make room for another day of their
    week, where there is one."""
    until_weekday = (weekday - starts.weekday()) % 7
    day = starts + timedelta(days=until_weekday)
    before = starts - timedelta(days=1)
    days: list[date] = []
    while len(days) < count:
        found: date | None = day
        if kept_free(day, calendar):
            found = _in_its_week(day, before, calendar) if same_week else None
        if found is not None and found > before:
            days.append(found)
            before = found
        day += timedelta(days=every_days)
    return days


def _in_its_week(day: date, before: date, calendar: Calendar) -> date | None:
    """Another day of the week of a day that is kept free, the nearest after `before`; never
    Sunday. None where all are kept free."""
    monday = day - timedelta(days=day.weekday())
    others: list[date] = []
    for number in range(6):
        other = monday + timedelta(days=number)
        if other > before and not kept_free(other, calendar):
            others.append(other)
    return min(others, key=lambda other: (abs(other - day), other), default=None)


def shifted(
    days: Sequence[date],
    to: date,
    rest: bool,
    every_days: int,
    calendar: Calendar,
    same_week: bool = False,
) -> list[date]:
    """New days for sessions in order, the first of them moved to `to`: with `rest` those
    after it follow in their rhythm, as `session_dates` has it; without it only as far as
    they would otherwise not come after."""
    if rest:
        then = to + timedelta(days=every_days)
        monday = then - timedelta(days=then.weekday())
        first = max(monday, to + timedelta(days=1))
        count = len(days) - 1
        weekday = then.weekday()
        after = session_dates(first, weekday, every_days, count, calendar, same_week)
        return [to, *after]
    moved = [to]
    for day in days[1:]:
        if day <= moved[-1]:
            day = _next_free(moved[-1], every_days, calendar)
        moved.append(day)
    return moved


def _next_free(day: date, every_days: int, calendar: Calendar) -> date:
    """The next day of a rhythm on which a session can be planned."""
    after = day + timedelta(days=every_days)
    while kept_free(after, calendar):
        after += timedelta(days=every_days)
    return after


def group_name(names: Sequence[str], number: int) -> str:
    """The name of the n-th group of a round, counted from 1: the list over and over, with
    a number from the second time."""
    again, place = divmod(number - 1, len(names))
    if not again:
        return names[place]
    return f"{names[place]} {again + 1}"


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """A group to be formed: where it is, who is in it, and its first day, from the first
    such weekday (0 Monday) on."""

    track: str
    sector_id: int
    facility_id: int | None
    people: tuple[int, ...]
    starts: date
    weekday: int
    venue: str = ""
    facilitators: tuple[int, ...] = ()  # nobody: chosen when the group is formed


def days_after(
    days: Sequence[date],
    today: date,
    weekday: int,
    every_days: int,
    calendar: Calendar,
    same_week: bool = False,
) -> list[date]:
    """New days for the sessions to come (`days`, not empty), on another weekday: from the
    same week on, if not past."""
    monday = days[0] - timedelta(days=days[0].weekday())
    first = max(monday, today + timedelta(days=1))
    return session_dates(first, weekday, every_days, len(days), calendar, same_week)
