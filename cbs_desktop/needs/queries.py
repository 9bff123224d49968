"""The lists of what needs a person, from the attendance of the rounds that are open."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cbs_desktop.action import Reading, query
from cbs_desktop.attendance.queries import (
    NOT_EXPECTED,
    Grid,
    MemberRow,
    SessionColumn,
    grids,
    unmarked,
)
from cbs_desktop.attendance.rules import HELD, POSTPONED
from cbs_desktop.errors import Fault, Invalid
from cbs_desktop.groups.rules import FACILITATORS
from cbs_desktop.needs import people, rules
from cbs_desktop.needs.kinds import NEEDS
from cbs_desktop.needs.people import NOBODY
from cbs_desktop.needs.rules import Attended, DayDoubt
from cbs_desktop.programmes.queries import RoundFacts, rounds_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.text import fold

_SHORT = ("nearly", "not complete")  # states of rules.Completion


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A line of a list; what does not belong to its kind is empty. `session` is the number of the session and `day` when
    it was planned, the person last came, or joined; `count` and `of` are absences, sessions attended and needed, people
    who cannot come and all; `most` is what can still be reached, `weekday` and `better` are days of the week, 0 Monday,
    `shared` that the person agrees to be named to others,
    `seen` says that attendance tells the day (in percent) and not what people said."""

    kind: str
    group_id: int
    group: str
    meets: str
    facilitators: tuple[str, ...]
    gone: tuple[str, ...] = ()
    session_id: int = 0
    session: int = 0
    person_id: int = 0
    number: str = ""
    name: str = ""
    phone: str = ""
    place: str = ""
    shared: bool = False
    day: date | None = None
    tried: date | None = None
    count: int = 0
    of: int = 0
    most: int = 0
    weekday: int = 0
    better: int | None = None
    seen: bool = False


@dataclass(frozen=True, slots=True)
class OpenRun:
    """A round that is open, or the latest one, with the attendance of its groups."""

    facts: RoundFacts
    grids: tuple[Grid, ...]


def open_runs(reading: Reading) -> list[OpenRun]:
    """The rounds that are not over, and the latest whether it is or not; none before the first."""
    found: list[OpenRun] = []
    for place, facts in enumerate(rounds_of(reading)):
        if place == 0 or facts.plan.ends >= reading.today:
            every = grids(reading, round_id=facts.id)
            found.append(OpenRun(facts, tuple(every)))
    return found


@query(Permission.LOOK)
def needs(reading: Reading, kind: str) -> list[NeedLine]:
    """One list. Invalid for a kind that is none."""
    if kind not in NEEDS:
        raise Invalid([Fault("kind", "not a choice")])
    return lines_of(reading, kind, open_runs(reading))


@query(Permission.LOOK)
def all_needs(reading: Reading) -> dict[str, list[NeedLine]]:
    """Every list, by kind, in the order of NEEDS."""
    return every_list(reading, open_runs(reading))


def every_list(reading: Reading, runs: Sequence[OpenRun]) -> dict[str, list[NeedLine]]:
    """Every list of rounds whose attendance is read already."""
    return {kind: lines_of(reading, kind, runs) for kind in NEEDS}


def lines_of(reading: Reading, kind: str, runs: Sequence[OpenRun]) -> list[NeedLine]:
    """One list of rounds whose attendance is read already."""
    led = people.led_by(reading)
    lines: list[NeedLine] = []
    for run in runs:
        for line in _LISTS[kind](reading, run):
            leads = led.get(line.group_id, NOBODY)
            lines.append(replace(line, facilitators=leads.active, gone=leads.gone))
    if NEEDS[kind].opens == "person":
        lines = _reached(reading, lines)
    lines.sort(key=_ORDERS.get(kind, _by_group))
    if kind == "todays-registers":
        lines.sort(key=lambda line: line.day != reading.today)
    return lines


def _by_group(line: NeedLine) -> tuple[object, ...]:
    return fold(line.group), line.group_id, fold(line.name), line.number


def _by_facilitators(line: NeedLine) -> tuple[object, ...]:
    names = tuple(map(fold, line.facilitators))
    return not names, names, line.day, fold(line.group)


def _by_day(line: NeedLine) -> tuple[object, ...]:
    return line.day, fold(line.group), line.session


def _by_absences(line: NeedLine) -> tuple[object, ...]:
    return -line.count, fold(line.name), line.number


_ORDERS: dict[str, Callable[[NeedLine], tuple[object, ...]]] = {
    "todays-registers": _by_day,
    "no-register": _by_facilitators,
    "visits": _by_absences,
}


def _reached(reading: Reading, lines: Sequence[NeedLine]) -> list[NeedLine]:
    """With phone and village; without those whose data are restricted."""
    ways = people.reached(reading, {line.person_id for line in lines})
    found: list[NeedLine] = []
    for line in lines:
        way = ways.get(line.person_id)
        if way is not None:
            found.append(
                replace(line, phone=way.phone, place=way.place, shared=way.shared)
            )
    return found


def _of_group(kind: str, grid: Grid) -> NeedLine:
    return NeedLine(kind, grid.group_id, grid.name, grid.place, ())


def _of_person(kind: str, grid: Grid, row: MemberRow) -> NeedLine:
    line = _of_group(kind, grid)
    return replace(line, person_id=row.person_id, number=row.number, name=row.name)


def _meets(grid: Grid) -> bool:
    """Whether sessions of a group are still to come, or lack their register."""
    return any(column.status in ("", POSTPONED) for column in grid.columns)


def _open_grids(reading: Reading, run: OpenRun) -> list[Grid]:
    """The groups of a round, and of one that is over those that still meet."""
    if run.facts.plan.ends >= reading.today:
        return list(run.grids)
    return list(filter(_meets, run.grids))


def _members(grids: Sequence[Grid]) -> Iterator[tuple[Grid, MemberRow]]:
    """Everybody who is in one of these groups now."""
    for grid in grids:
        for row in grid.rows:
            if row.left_on is None:
                yield grid, row


def _held(grid: Grid, row: MemberRow) -> list[Attended]:
    """The sessions held while somebody belonged to the group."""
    found: list[Attended] = []
    for place, column in enumerate(grid.columns):
        mark = row.marks[place]
        if column.status == HELD and mark != NOT_EXPECTED:
            marked = _has_register(grid, column, place)
            found.append(Attended(column.day, grid.marks.counts(mark), marked))
    return found


def _todays_registers(reading: Reading, run: OpenRun) -> Iterator[NeedLine]:
    """The sessions until today whose register is not complete, without those that did not take place."""
    for grid in _open_grids(reading, run):
        for place, column in enumerate(grid.columns):
            marked = grid.marked[place]
            is_open = column.status in ("", HELD) and marked < grid.expected[place]
            if is_open and column.planned_on <= reading.today:
                yield replace(
                    _of_group("todays-registers", grid),
                    session_id=column.id,
                    session=column.number,
                    day=column.planned_on,
                    count=marked,
                    of=grid.expected[place],
                )


def _no_register(reading: Reading, run: OpenRun) -> Iterator[NeedLine]:
    places = {grid.group_id: grid.place for grid in run.grids}
    for one in unmarked(reading, run.facts.id):
        yield NeedLine(
            kind="no-register",
            group_id=one.group_id,
            group=one.group,
            meets=places[one.group_id],
            facilitators=(),
            session_id=one.session_id,
            session=one.number,
            day=one.planned_on,
            count=(reading.today - one.planned_on).days,
        )


def _visits(reading: Reading, run: OpenRun) -> Iterator[NeedLine]:
    visited = people.visited(reading)
    meeting = list(filter(_meets, run.grids))
    for grid, row in _members(meeting):
        held = _held(grid, row)
        met = visited.met.get(row.person_id)
        if not rules.needs_visit(held, row.absent_in_a_row, met):
            continue
        line = _of_person("visits", grid, row)
        came = rules.last_came(held)
        tried = visited.not_met.get(row.person_id)
        if tried and met and tried <= met:
            tried = None
        yield replace(line, day=came, count=row.absent_in_a_row, tried=tried)


def _cannot_graduate(reading: Reading, run: OpenRun) -> Iterator[NeedLine]:
    for grid, row in _members(_open_grids(reading, run)):
        if row.completion.state in _SHORT:
            yield _standing("cannot-graduate", grid, row)


def _must_attend(_reading: Reading, run: OpenRun) -> Iterator[NeedLine]:
    for grid, row in _members(run.grids):
        if row.completion.state == "must not miss":
            yield _standing("must-attend", grid, row)


def _standing(kind: str, grid: Grid, row: MemberRow) -> NeedLine:
    stands = row.completion
    most = stands.attended + stands.remaining
    line = _of_person(kind, grid, row)
    return replace(line, count=stands.attended, of=stands.needed, most=most)


def _never_came(reading: Reading, run: OpenRun) -> Iterator[NeedLine]:
    joined = people.joined(reading)
    meeting = list(filter(_meets, run.grids))
    for grid, row in _members(meeting):
        since = rules.never_came(_held(grid, row))
        came_elsewhere = row.completion.attended > 0
        if since and not came_elsewhere:
            line = _of_person("never-came", grid, row)
            place = (grid.group_id, row.person_id)
            day = joined.get(place)
            yield replace(line, day=day, count=since)


def _no_facilitator(reading: Reading, run: OpenRun) -> Iterator[NeedLine]:
    led = people.led_by(reading)
    for grid in filter(_meets, run.grids):
        there = len(led.get(grid.group_id, NOBODY).active)
        if there < FACILITATORS:
            line = _of_group("no-facilitator", grid)
            yield replace(line, count=FACILITATORS - there, of=FACILITATORS)


def _meeting_day(reading: Reading, run: OpenRun) -> Iterator[NeedLine]:
    given = people.days_of(reading)
    weekdays = people.weekdays(reading)
    for grid in filter(_meets, run.grids):
        weekday = weekdays[grid.group_id]
        doubt = _doubt(grid, weekday, given)
        if doubt is not None:
            line = _of_group("meeting-day", grid)
            yield replace(
                line,
                weekday=weekday,
                count=doubt.cannot,
                of=doubt.of,
                better=doubt.better,
                seen=doubt.seen,
            )


def _doubt(
    grid: Grid, weekday: int, given: dict[int, frozenset[int]]
) -> DayDoubt | None:
    """By what people said, else by who came."""
    days: list[frozenset[int]] = []
    for _grid, row in _members([grid]):
        of_person = given.get(row.person_id, frozenset())
        days.append(of_person)
    said = rules.said_day(weekday, days)
    if said is not None:
        return said
    held: list[tuple[date, int, int]] = []
    for place, column in enumerate(grid.columns):
        if _has_register(grid, column, place):
            came = grid.came[place]
            expected = grid.expected[place]
            held.append((column.day, came, expected))
    return rules.seen_day(weekday, held)


def _has_register(grid: Grid, column: SessionColumn, place: int) -> bool:
    return column.status == HELD and grid.marked[place] > 0


_LISTS: dict[str, Callable[[Reading, OpenRun], Iterator[NeedLine]]] = {
    "todays-registers": _todays_registers,
    "no-register": _no_register,
    "visits": _visits,
    "cannot-graduate": _cannot_graduate,
    "must-attend": _must_attend,
    "never-came": _never_came,
    "no-facilitator": _no_facilitator,
    "meeting-day": _meeting_day,
}
