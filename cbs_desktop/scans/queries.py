"""What can be printed to be read back."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from cbs_desktop import settings
from cbs_desktop.action import Reading, query
from cbs_desktop.attendance import queries as attendance
from cbs_desktop.attendance.queries import NOT_EXPECTED, Grid, SessionColumn
from cbs_desktop.attendance.session_record import CANCELLED, HELD
from cbs_desktop.errors import Missing
from cbs_desktop.groups import queries as groups
from cbs_desktop.groups.queries import GroupRow
from cbs_desktop.participants.rules import shown
from cbs_desktop.participants.tables import Person
from cbs_desktop.programmes.queries import round_of
from cbs_desktop.safe import copies
from cbs_desktop.safe.keys import CODE_LETTERS
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.scans import evidence, rules
from cbs_desktop.scans.assessing import (
    PageFindings,
    PageRecord,
    assess,
)
from cbs_desktop.scans.reading import ReadPage
from cbs_desktop.scans.records import record_of
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
        for sheet in rules.sheets(columns, len(head.letters)):
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
        record = record_of(reading, page.code.page, days)
    findings = assess(page, record, office_tag(reading), reading.today, file)
    return AssessedPage(page, file, record, findings)


@query(Permission.LOOK)
def page_record(reading: Reading, code: str) -> PageRecord | None:
    """What is known of a printed page, with its people, sessions and marks as they are now; None of a code that this office
    never printed."""
    return record_of(reading, code, {})


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
    of_registers = select(p.languages).where(p.kind == "register")
    latest_first = of_registers.order_by(p.made_on.desc(), p.id.desc())
    if last := reading.value(latest_first.limit(1)):
        return tuple(last.split(","))
    return _OF_COUNTRY.get(settings.read(reading, "country"), ("fr",))


@query(Permission.LOOK)
def person_on_form(reading: Reading, person_id: int) -> tuple[str, str]:
    """Number and name of whom a questionnaire is printed for. Missing."""
    p = Person
    row = reading.first(
        select(p.number, p.own_name, p.other_names).where(p.id == person_id)
    )
    if row is None:
        raise Missing(what="person", id=person_id)
    return row.number, shown(row.own_name, row.other_names)


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
