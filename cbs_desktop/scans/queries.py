"""What can be printed to be read back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from cbs_desktop import settings
from cbs_desktop.action import Reading, query
from cbs_desktop.attendance import queries as attendance
from cbs_desktop.attendance.queries import NOT_EXPECTED, Grid, SessionColumn
from cbs_desktop.attendance.rules import CANCELLED, HELD, expected
from cbs_desktop.attendance.tables import Mark, Meeting
from cbs_desktop.groups import queries as groups
from cbs_desktop.groups.queries import GroupRow
from cbs_desktop.groups.tables import Group, Membership, Session
from cbs_desktop.participants.rules import shown
from cbs_desktop.participants.tables import Erased, Person
from cbs_desktop.programmes.marks import MarkSet
from cbs_desktop.programmes.queries import round_of
from cbs_desktop.safe import copies
from cbs_desktop.safe.keys import CODE_LETTERS
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.scans import evidence, rules
from cbs_desktop.scans.assessing import (
    AcceptedBefore,
    PageFindings,
    PageRecord,
    RecordColumn,
    RecordRow,
    assess,
)
from cbs_desktop.scans.reading import ReadPage
from cbs_desktop.scans.rules import (
    PageColumn,
    PagePerson,
    RegisterHead,
    RegisterPage,
)
from cbs_desktop.scans.tables import (
    PrintedPage,
    PrintedRow,
    PrintedSession,
    ScannedPage,
)
from cbs_desktop.store.values import NamedRow, value_of

_TAG_LETTERS = 4
_OF_COUNTRY = {"RW": ("rw", "fr"), "BI": ("rn", "fr")}


@dataclass(frozen=True, slots=True)
class RegisterChoice:
    """Which registers: of these groups, of all where there are none; sessions from number `first` on, else those planned
    in the week of `day`; for so many weeks."""

    groups: frozenset[int] = frozenset()
    first: int | None = None
    day: date | None = None
    weeks: int = 1


@query(Permission.LOOK)
def to_print(
    reading: Reading, round_id: int, choice: RegisterChoice
) -> list[RegisterPage]:
    """The pages, group by group in the order of their numbers; none of a group that has no such session."""
    office = settings.read(reading, "office")
    round_name = round_of(reading, round_id).name
    listed = groups.groups(reading, round_id)
    wanted = [one for one in listed if not choice.groups or one.id in choice.groups]
    grids = attendance.grids(reading, [one.id for one in wanted])
    by_group = {grid.group_id: grid for grid in grids}
    made: list[RegisterPage] = []
    for group in wanted:
        grid = by_group[group.id]
        head = _head(office, round_name, group, grid)
        columns = [
            column
            for column in grid.columns
            if _is_wanted(column, choice, reading.today)
        ]
        for sheet in rules.sheets(columns, len(grid.marks.every)):
            people = _expected(grid, sheet)
            made += rules.pages(head, [_column(one) for one in sheet], people)
    return made


def _head(office: str, round_name: str, group: GroupRow, grid: Grid) -> RegisterHead:
    return RegisterHead(
        office=office,
        round=round_name,
        group_id=group.id,
        group=group.name,
        place=grid.place,
        venue=group.venue,
        facilitators=group.facilitators,
        marks=grid.marks,
    )


def _is_wanted(column: SessionColumn, choice: RegisterChoice, today: date) -> bool:
    if column.status == CANCELLED:
        return False
    if choice.first is not None:
        return choice.first <= column.number < choice.first + choice.weeks
    day = choice.day or today
    monday = day - timedelta(days=day.weekday())
    over = monday + timedelta(weeks=choice.weeks)
    return column.status != HELD and monday <= column.planned_on < over


def _column(one: SessionColumn) -> PageColumn:
    return PageColumn(one.id, one.number, one.day, one.phase)


def _expected(grid: Grid, columns: Iterable[SessionColumn]) -> list[PagePerson]:
    """Who is to come to one of the sessions, by name."""
    numbers = {one.id for one in columns}
    places = [i for i, one in enumerate(grid.columns) if one.id in numbers]
    found: list[PagePerson] = []
    for row in grid.rows:
        if any(row.marks[place] != NOT_EXPECTED for place in places):
            found.append(PagePerson(row.person_id, row.number, row.name))
    return found


@dataclass(frozen=True, slots=True)
class AssessedPage:
    """A page that was read, what the office knows of it, and what comes of it. `file` is the SHA-256 of its file."""

    read: ReadPage
    file: str
    record: PageRecord | None
    findings: PageFindings


@query(Permission.LOOK)
def assessed(
    reading: Reading, page: ReadPage, file: str, held: Mapping[int, date]
) -> AssessedPage:
    """What comes of a page that was read; `held` are days by session that a person took from the paper."""
    record: PageRecord | None = None
    if page.code is not None:
        days = {one: day for one, day in held.items() if day <= reading.today}
        record = _record(reading, page.code.page, days)
    findings = assess(page, record, office_tag(reading), reading.today, file)
    return AssessedPage(page, file, record, findings)


@query(Permission.LOOK)
def page_record(reading: Reading, code: str) -> PageRecord | None:
    """What is known of a printed page, with its people, sessions and marks as they are now; None of a code that this office
    never printed."""
    return _record(reading, code, {})


def _record(reading: Reading, code: str, held: Mapping[int, date]) -> PageRecord | None:
    p = PrintedPage
    group = (Group.name.label("group"), Group.round_id)
    named = select(p.__table__, *group).outerjoin(Group, Group.id == p.group_id)
    page = reading.first(named.where(p.code == code))
    if page is None:
        return None
    columns = tuple(_held(one, held) for one in _columns_of(reading, page.id))
    members = _members(reading, page.group_id or 0)
    rows = _rows_of(reading, page.id, columns, members)
    return PageRecord(
        page_id=page.id,
        code=page.code,
        kind=page.kind,
        shape=page.shape,
        group_id=page.group_id or 0,
        group=page.group or "",
        made_on=page.made_on,
        part=page.part,
        letters=tuple(page.letters.split(",")),
        known=_marks_known(reading, page.round_id),
        columns=columns,
        rows=rows,
        marks=_marks_of(reading, columns),
        absent=_absent(reading, page, columns, members),
        accepted=_accepted(reading, page.id),
    )


def _marks_known(reading: Reading, round_id: int | None) -> MarkSet:
    """The marks of the programme now; none of a page that is no register."""
    if round_id is None:
        return MarkSet(())
    return round_of(reading, round_id).rules.marks


def _held(column: RecordColumn, held: Mapping[int, date]) -> RecordColumn:
    """A session as it will be once the day on the paper is recorded."""
    day = held.get(column.session_id)
    if day is None or column.status == CANCELLED:
        return column
    return replace(column, held_on=day, status=HELD)


def _columns_of(reading: Reading, page_id: int) -> tuple[RecordColumn, ...]:
    s = PrintedSession
    statement = (
        select(
            s.session_id,
            Session.number,
            Session.planned_on,
            Meeting.held_on,
            func.coalesce(Meeting.status, "").label("status"),
            func.coalesce(Meeting.phase, Session.phase).label("phase"),
        )
        .join(Session, Session.id == s.session_id)
        .outerjoin(Meeting, Meeting.session_id == s.session_id)
        .where(s.page_id == page_id)
        .order_by(s.column)
    )
    return tuple(value_of(RecordColumn, row) for row in reading.rows(statement))


_Span = tuple[date, date | None]  # joined, left


def _members(reading: Reading, group_id: int) -> dict[int, list[_Span]]:
    """Everybody who is or was in a group, and when."""
    m = Membership
    spans = select(m.person_id, m.joined_on, m.left_on).where(m.group_id == group_id)
    found: dict[int, list[_Span]] = {}
    for person_id, joined, left in reading.rows(spans):
        found.setdefault(person_id, []).append((joined, left))
    return found


def _is_expected(spans: Iterable[_Span], column: RecordColumn) -> bool:
    day = column.held_on or column.planned_on
    return any(expected(joined, left, day) for joined, left in spans)


def _rows_of(
    reading: Reading,
    page_id: int,
    columns: Sequence[RecordColumn],
    members: Mapping[int, list[_Span]],
) -> tuple[RecordRow, ...]:
    r = PrintedRow
    statement = (
        select(
            r.row,
            r.person_id,
            Person.number,
            Person.own_name,
            Person.other_names,
            Erased.person_id.is_not(None),
        )
        .join(Person, Person.id == r.person_id)
        .outerjoin(Erased, Erased.person_id == r.person_id)
        .where(r.page_id == page_id)
        .order_by(r.row)
    )
    found: list[RecordRow] = []
    for row, person_id, number, own, other, erased in reading.rows(statement):
        spans = members.get(person_id, [])
        due = tuple(_is_expected(spans, column) for column in columns)
        made = RecordRow(row, person_id, number, shown(own, other), erased, due)
        found.append(made)
    return tuple(found)


def _marks_of(
    reading: Reading, columns: Iterable[RecordColumn]
) -> dict[tuple[int, int], str]:
    sessions = [column.session_id for column in columns]
    marked = select(Mark.session_id, Mark.person_id, Mark.value)
    found: dict[tuple[int, int], str] = {}
    for session, person, value in reading.rows(
        marked.where(Mark.session_id.in_(sessions))
    ):
        found[session, person] = value
    return found


def _absent(
    reading: Reading,
    page: NamedRow,
    columns: Sequence[RecordColumn],
    members: Mapping[int, list[_Span]],
) -> tuple[str, ...]:
    """Members on the days of these sessions who stand on none of the pages that were printed with this one."""
    due: set[int] = set()
    for person_id, spans in members.items():
        if any(_is_expected(spans, column) for column in columns):
            due.add(person_id)
    sessions = [column.session_id for column in columns]
    pages = select(PrintedSession.page_id).where(
        PrintedSession.session_id.in_(sessions)
    )
    printed = select(PrintedRow.person_id).where(PrintedRow.page_id.in_(pages))
    of_them = select(Person.number, Person.own_name, Person.other_names).where(
        Person.id.in_(due), Person.id.not_in(printed)
    )
    found: list[str] = []
    for number, own, other in reading.rows(of_them.order_by(Person.own_name)):
        found.append(f"{shown(own, other)} ({number})")
    return tuple(found)


def _accepted(reading: Reading, page_id: int) -> tuple[AcceptedBefore, ...]:
    s = ScannedPage
    times = select(s.read_at, s.read_by, s.file)
    of_page = times.where(s.page_id == page_id)
    in_order = of_page.order_by(s.read_at)
    found: list[AcceptedBefore] = []
    for at, who, file in reading.rows(in_order):
        when = datetime.fromisoformat(at)
        found.append(AcceptedBefore(when, who, file))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class MarkEvidence:
    """A page on which somebody's mark stands: who accepted it when, and where on the page it is. `picture` is whether it still
    is there."""

    scanned_id: int
    code: str
    shape: str
    read_at: datetime
    read_by: str
    row: int
    column: int
    has_picture: bool


@query(Permission.LOOK)
def evidence_of(
    reading: Reading, session_id: int, person_id: int
) -> list[MarkEvidence]:
    """The accepted pages on which a person stands at a session, the latest first."""
    s = ScannedPage
    statement = (
        select(
            s.id,
            PrintedPage.code,
            PrintedPage.shape,
            s.read_at,
            s.read_by,
            PrintedRow.row,
            PrintedSession.column,
            s.picture,
        )
        .join(PrintedPage, PrintedPage.id == s.page_id)
        .join(PrintedRow, PrintedRow.page_id == s.page_id)
        .join(PrintedSession, PrintedSession.page_id == s.page_id)
        .where(
            PrintedSession.session_id == session_id,
            PrintedRow.person_id == person_id,
        )
        .order_by(s.read_at.desc())
    )
    found: list[MarkEvidence] = []
    for i, code, shape, at, who, row, column, picture in reading.rows(statement):
        when = datetime.fromisoformat(at)
        one = MarkEvidence(i, code, shape, when, who, row, column, bool(picture))
        found.append(one)
    return found


@query(Permission.LOOK)
def page_picture(reading: Reading, scanned_id: int) -> bytes:
    """The picture of an accepted page; empty where it was destroyed."""
    digest = reading.value(
        select(ScannedPage.picture).where(ScannedPage.id == scanned_id)
    )
    return evidence.picture(reading, digest) if digest else b""


@query(Permission.LOOK)
def languages(reading: Reading) -> tuple[str, ...]:
    """In which languages registers were printed last; at first those of the country."""
    p = PrintedPage
    latest = select(p.languages).order_by(p.made_on.desc(), p.id.desc()).limit(1)
    if last := reading.value(latest):
        return tuple(last.split(","))
    return _OF_COUNTRY.get(settings.read(reading, "country"), ("fr",))


@query(Permission.LOOK)
def office_tag(reading: Reading) -> str:
    """By which a page tells that it is of this office: four letters that say nothing else."""
    number = int(copies.fingerprint(settings.read(reading, "signing public")), 16)
    letters: list[str] = []
    for _place in range(_TAG_LETTERS):
        number, letter = divmod(number, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[letter])
    return "".join(letters)


def people_on(pages: Collection[RegisterPage]) -> int:
    """How many people these pages name."""
    named: set[int] = set()
    for page in pages:
        named.update(one.person_id for one in page.people)
    return len(named)
