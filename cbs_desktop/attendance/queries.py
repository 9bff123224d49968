"""The grid of a group, how each person stands, and what is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from cbs_desktop.action import Reading, query
from cbs_desktop.attendance import rules
from cbs_desktop.attendance import tables as t
from cbs_desktop.attendance.details import cell as cell
from cbs_desktop.attendance.details import last_marked as last_marked
from cbs_desktop.attendance.details import session_details as session_details
from cbs_desktop.attendance.rules import Completion
from cbs_desktop.errors import Missing
from cbs_desktop.groups.tables import Group, Membership, Session
from cbs_desktop.participants.rules import shown
from cbs_desktop.participants.tables import Person
from cbs_desktop.places.tables import Facility, Place
from cbs_desktop.programmes.marks import MarkSet
from cbs_desktop.programmes.queries import RoundFacts, round_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store.values import NamedRow, value_of

NOT_EXPECTED = "–"  # shown for whoever was no member on the day


@dataclass(frozen=True, slots=True)
class SessionColumn:
    """A session of the grid. `status` is "" while it is to come; `held_on` is the real day once held."""

    id: int
    number: int
    planned_on: date
    held_on: date | None
    status: str
    phase: str
    note: str
    head_count: int | None = None  # as counted on the paper

    @property
    def day(self) -> date:
        """The day it was held, or is planned for."""
        return self.held_on or self.planned_on


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A person of the grid: one mark per session, "" for none, "–" where the person was not expected."""

    person_id: int
    number: str
    name: str
    marks: tuple[str, ...]
    completion: Completion
    absent_in_a_row: int
    left_on: date | None


@dataclass(frozen=True, slots=True)
class Grid:
    """A group with its sessions and people."""

    group_id: int
    name: str
    place: str
    columns: tuple[SessionColumn, ...]
    rows: tuple[MemberRow, ...]
    came: tuple[int, ...]  # people per session
    expected: tuple[int, ...]
    marked: tuple[int, ...]
    marks: MarkSet
    remarks: Mapping[tuple[int, int], str]  # by session and person


@query(Permission.LOOK)
def grid(reading: Reading, group_id: int) -> Grid:
    """The attendance of one group; Missing when there is none."""
    found = grids(reading, [group_id])
    if not found:
        raise Missing(what="group", id=group_id)
    return found[0]


def grids(
    reading: Reading,
    group_ids: Iterable[int] | None = None,
    round_id: int | None = None,
) -> list[Grid]:
    """The attendance of many groups (all of a round when none are named), in the order of their numbers."""
    wanted = _groups(
        reading, list(group_ids) if group_ids is not None else None, round_id
    )
    ids = [row.id for row in wanted]
    columns = _columns(reading, ids)
    people = _people(reading, ids)
    marks: dict[_MarkKey, str] = {**_marks(reading, ids), **_elsewhere(reading, ids)}
    remarks = _remarks(reading, ids)
    rounds = {row.round_id for row in wanted}
    facts = {round_id: round_of(reading, round_id) for round_id in rounds}
    return [
        _grid(
            row,
            columns[row.id],
            people.get(row.id, []),
            marks,
            remarks.get(row.id, {}),
            facts[row.round_id],
        )
        for row in wanted
    ]


def _remarks(
    reading: Reading, groups: list[int]
) -> dict[int, dict[tuple[int, int], str]]:
    """Remarks beside marks by group, then by session and person."""
    r = t.MarkRemark
    statement = select(Session.group_id, r.session_id, r.person_id, r.words)
    beside = statement.join(Session, Session.id == r.session_id)
    found: dict[int, dict[tuple[int, int], str]] = {}
    for group, session, person, words in reading.rows(
        beside.where(Session.group_id.in_(groups))
    ):
        found.setdefault(group, {})[session, person] = words
    return found


def _groups(
    reading: Reading, ids: list[int] | None, round_id: int | None
) -> list[NamedRow]:
    statement = (
        select(
            Group.id,
            Group.round_id,
            Group.name,
            Place.path,
            Facility.name.label("facility"),
        )
        .join(Place, Place.id == Group.sector_id)
        .outerjoin(Facility, Facility.id == Group.facility_id)
        .order_by(Group.number)
    )
    if ids is not None:
        return reading.rows(statement.where(Group.id.in_(ids)))
    return reading.rows(
        statement.where(Group.round_id == round_of(reading, round_id).id)
    )


def _columns(reading: Reading, groups: list[int]) -> dict[int, list[SessionColumn]]:
    found: dict[int, list[SessionColumn]] = {group: [] for group in groups}
    statement = (
        select(
            Session.group_id,
            Session.id,
            Session.number,
            Session.planned_on,
            t.Meeting.held_on,
            t.Meeting.status,
            func.coalesce(t.Meeting.phase, Session.phase),
            func.coalesce(t.Meeting.note, ""),
            t.SessionNote.head_count,
        )
        .outerjoin(t.Meeting, t.Meeting.session_id == Session.id)
        .outerjoin(t.SessionNote, t.SessionNote.session_id == Session.id)
        .where(Session.group_id.in_(groups))
        .order_by(Session.group_id, Session.number)
    )
    for group, i, number, planned, held, status, phase, note, heads in reading.rows(
        statement
    ):
        found[group].append(
            SessionColumn(i, number, planned, held, status or "", phase, note, heads)
        )
    return found


_Span = tuple[date, date | None]  # joined, left
_MarkKey = tuple[int, int] | tuple[str, int, int]  # as `_marks` and `_elsewhere` say


@dataclass(frozen=True, slots=True)
class _GroupPerson:
    """Somebody who is or was in a group, and when."""

    id: int
    number: str
    name: str
    spans: list[_Span]


def _people(reading: Reading, groups: list[int]) -> dict[int, list[_GroupPerson]]:
    """The people of each group, in the order of their names."""
    statement = (
        select(
            Membership.group_id,
            Person.id,
            Person.number,
            Person.own_name,
            Person.other_names,
            Membership.joined_on,
            Membership.left_on,
        )
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.group_id.in_(groups))
        .order_by(Person.own_name, Person.other_names, Person.id, Membership.joined_on)
    )
    found: dict[int, dict[int, _GroupPerson]] = {}
    for group, i, number, own, other, joined, left in reading.rows(statement):
        newcomer = _GroupPerson(i, number, shown(own, other), [])
        person = found.setdefault(group, {}).setdefault(i, newcomer)
        person.spans.append((joined, left))
    return {group: list(people.values()) for group, people in found.items()}


def _marks(reading: Reading, groups: list[int]) -> dict[tuple[int, int], str]:
    statement = select(t.Mark.session_id, t.Mark.person_id, t.Mark.value).join(
        Session, Session.id == t.Mark.session_id
    )
    return {
        (s, p): value
        for s, p, value in reading.rows(statement.where(Session.group_id.in_(groups)))
    }


def _elsewhere(reading: Reading, groups: list[int]) -> dict[tuple[str, int, int], str]:
    """Marks that people of these groups earned in another group of the same round, before a transfer:
    by ("elsewhere", person, session number)."""
    here = aliased(Membership)
    there = aliased(Membership)
    old_group = aliased(Group)
    statement = (
        select(there.person_id, Session.number, t.Mark.value)
        .join_from(
            here,
            there,
            (there.person_id == here.person_id) & (there.group_id != here.group_id),
        )
        .join(Group, Group.id == here.group_id)
        .join(
            old_group,
            (old_group.id == there.group_id) & (old_group.round_id == Group.round_id),
        )
        .join(Session, Session.group_id == old_group.id)
        .join(
            t.Mark,
            (t.Mark.session_id == Session.id) & (t.Mark.person_id == there.person_id),
        )
        .where(here.group_id.in_(groups))
    )
    return {
        ("elsewhere", person, number): value
        for person, number, value in reading.rows(statement)
    }


def _grid(
    row: NamedRow,
    columns: list[SessionColumn],
    people: list[_GroupPerson],
    marks: dict[_MarkKey, str],
    remarks: dict[tuple[int, int], str],
    facts: RoundFacts,
) -> Grid:
    lines = tuple(_row(person, columns, marks, facts) for person in people)
    known = facts.rules.marks
    letters = known.came
    came: list[int] = []
    expected: list[int] = []
    marked: list[int] = []
    for i in range(len(columns)):
        session = [line.marks[i] for line in lines]
        wanted = [mark for mark in session if mark != NOT_EXPECTED]
        came.append(sum(mark in letters for mark in wanted))
        expected.append(len(wanted))
        marked.append(sum(map(bool, wanted)))
    return Grid(
        group_id=row.id,
        name=row.name,
        place=row.facility or row.path,
        columns=tuple(columns),
        rows=lines,
        came=tuple(came),
        expected=tuple(expected),
        marked=tuple(marked),
        marks=known,
        remarks=remarks,
    )


def _row(
    person: _GroupPerson,
    columns: list[SessionColumn],
    marks: dict[_MarkKey, str],
    facts: RoundFacts,
) -> MemberRow:
    shown_marks: list[str] = []
    earned: list[str] = []
    for column in columns:
        mark = marks.get((column.id, person.id)) or _unmarked(person.spans, column.day)
        shown_marks.append(mark)
        if mark == NOT_EXPECTED:
            mark = marks.get(("elsewhere", person.id, column.number), mark)
        earned.append(mark)
    statuses = [column.status for column in columns]
    stands = rules.completion(earned, statuses, facts.rules)
    in_a_row = rules.absent_in_a_row(shown_marks, statuses, facts.rules.marks)
    return MemberRow(
        person.id,
        person.number,
        person.name,
        tuple(shown_marks),
        stands,
        in_a_row,
        _left_on(person.spans),
    )


def _unmarked(spans: list[_Span], day: date) -> str:
    """What stands where nobody was marked: nothing, or that the person was not expected."""
    if any(rules.expected(joined, left, day) for joined, left in spans):
        return ""
    return NOT_EXPECTED


def _left_on(spans: list[_Span]) -> date | None:
    """The end of the last membership; None while one goes on."""
    if any(left is None for _joined, left in spans):
        return None
    return spans[-1][1]


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A session whose day is over and whose register is missing."""

    session_id: int
    group_id: int
    group: str
    number: int
    planned_on: date


@query(Permission.LOOK)
def unmarked(reading: Reading, round_id: int | None = None) -> list[Unmarked]:
    """Sessions before today without any mark, the oldest first."""
    found = round_of(reading, round_id)
    marked = select(t.Mark.session_id).distinct()
    settled = select(t.Meeting.session_id).where(t.Meeting.status != rules.HELD)
    statement = (
        select(
            Session.id.label("session_id"),
            Session.group_id,
            Group.name.label("group"),
            Session.number,
            Session.planned_on,
        )
        .join(Group, Group.id == Session.group_id)
        .where(
            Group.round_id == found.id,
            Session.planned_on < reading.today,
            Session.id.not_in(marked),
            Session.id.not_in(settled),
        )
        .order_by(Session.planned_on, Group.number)
    )
    return [value_of(Unmarked, row) for row in reading.rows(statement)]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the sessions of a round are: planned sessions, held, marks made, and how many of them came."""

    sessions: int
    held: int
    marks: int
    came: int


@query(Permission.LOOK)
def season(reading: Reading, round_id: int | None = None) -> Progress:
    """The state of a round's sessions."""
    found = round_of(reading, round_id)
    mine = (
        select(Session.id)
        .join(Group, Group.id == Session.group_id)
        .where(Group.round_id == found.id)
    )
    sessions = reading.count(select(func.count()).select_from(mine.subquery()))
    held = (
        select(func.count())
        .select_from(t.Meeting)
        .where(t.Meeting.status == rules.HELD)
    )
    marks = select(func.count()).select_from(t.Mark).where(t.Mark.session_id.in_(mine))
    return Progress(
        sessions,
        reading.count(held.where(t.Meeting.session_id.in_(mine))),
        reading.count(marks),
        reading.count(marks.where(t.Mark.value.in_(found.rules.marks.came))),
    )
