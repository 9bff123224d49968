"""The calendar of a round: every planned or held session of every group, week by week, with what became of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cbs_desktop.action import Reading, query
from cbs_desktop.attendance.queries import (
    Grid,
    SessionColumn,
    grids,
)
from cbs_desktop.attendance.rules import CANCELLED, HELD, POSTPONED
from cbs_desktop.groups.calendar.queries import calendar_of
from cbs_desktop.groups.calendar.rules import Calendar, kept_free
from cbs_desktop.programmes.queries import round_of
from cbs_desktop.safe.permissions import Permission

_N = str  # marks words for the catalogues; they are translated when they are shown
WEEK = timedelta(days=7)
WITHOUT, TO_COME = "without register", "to come"
# state → its word and the sign that stands for it where there is no colour
STATES = {
    HELD: (_N("held"), "√"),
    WITHOUT: (_N("without a register"), "!"),
    POSTPONED: (_N("postponed"), ">"),
    CANCELLED: (_N("cancelled"), "×"),
    TO_COME: (_N("to come"), "·"),
}


@dataclass(frozen=True, slots=True)
class CalendarSession:
    """A session in its week. `slip` is how many days later than planned it was held; `catch_up` says that it stands in one
    week with the session before it, `twice` that both were on one day."""

    id: int
    number: int
    day: date
    state: str
    slip: int = 0
    catch_up: bool = False
    twice: bool = False

    @property
    def monday(self) -> date:
        """The week it stands in."""
        return monday_of(self.day)


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A group and its sessions in the order of their numbers."""

    group_id: int
    name: str
    place: str
    sessions: tuple[CalendarSession, ...]

    def in_week(self, monday: date) -> list[CalendarSession]:
        """The sessions of a week, in the order of their days."""
        found = [one for one in self.sessions if one.monday == monday]
        return sorted(found, key=lambda one: (one.day, one.number))


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    """A week by its Monday, and what its days are kept free for: (name, first day, last day)."""

    monday: date
    free: tuple[tuple[str, date, date], ...] = ()


@dataclass(frozen=True, slots=True)
class RoundCalendar:
    """A round, week by week."""

    round_id: int
    name: str
    weeks: tuple[CalendarWeek, ...]
    rows: tuple[CalendarRow, ...]

    def states(self) -> Counter[str]:
        """How many sessions are in each state."""
        return Counter(one.state for row in self.rows for one in row.sessions)


def monday_of(day: date) -> date:
    """The Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


@query(Permission.LOOK)
def round_calendar(reading: Reading, round_id: int | None = None) -> RoundCalendar:
    """The calendar of a round, the latest when none is named."""
    found = round_of(reading, round_id)
    rows: list[CalendarRow] = []
    for grid in grids(reading, round_id=found.id):
        sessions = tuple(_sessions(grid, reading.today))
        rows.append(CalendarRow(grid.group_id, grid.name, grid.place, sessions))
    mondays = [one.monday for row in rows for one in row.sessions]
    weeks = tuple(_weeks(mondays, calendar_of(reading)))
    return RoundCalendar(found.id, found.name, weeks, tuple(rows))


def _sessions(grid: Grid, today: date) -> Iterator[CalendarSession]:
    days: set[date] = set()
    weeks: set[date] = set()
    for place, column in enumerate(grid.columns):
        state = _state(grid, place, column, today)
        took_place = state not in (POSTPONED, CANCELLED)
        week = monday_of(column.day)
        yield CalendarSession(
            id=column.id,
            number=column.number,
            day=column.day,
            state=state,
            slip=_slip(column),
            catch_up=took_place and week in weeks,
            twice=took_place and column.day in days,
        )
        if took_place:
            days.add(column.day)
            weeks.add(week)


def _slip(column: SessionColumn) -> int:
    if column.held_on is None:
        return 0
    return max(0, (column.held_on - column.planned_on).days)


def _state(grid: Grid, place: int, column: SessionColumn, today: date) -> str:
    if column.status in (POSTPONED, CANCELLED):
        return column.status
    if grid.marked[place]:
        return HELD
    if column.status == HELD or column.planned_on < today:
        return WITHOUT
    return TO_COME


def _weeks(mondays: Sequence[date], calendar: Calendar) -> Iterator[CalendarWeek]:
    if not mondays:
        return
    monday = min(mondays)
    while monday <= max(mondays):
        days = [monday + timedelta(days=each) for each in range(7)]
        yield CalendarWeek(monday, tuple(_free(days, calendar)))
        monday += WEEK


def _free(days: Iterable[date], calendar: Calendar) -> Iterator[tuple[str, date, date]]:
    """What is kept free in a week, days of one name together."""
    spans: dict[str, tuple[date, date]] = {}
    for day in days:
        name = kept_free(day, calendar)
        if name:
            first, _last = spans.get(name, (day, day))
            spans[name] = (first, day)
    for name, (first, last) in spans.items():
        yield name, first, last
