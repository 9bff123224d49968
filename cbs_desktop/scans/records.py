"""What the office knows of a printed page that came back: who and what stands on it, and how they are now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select

from cbs_desktop.action import Reading
from cbs_desktop.attendance.rules import expected
from cbs_desktop.attendance.session_record import CANCELLED, HELD
from cbs_desktop.attendance.tables import Mark, Meeting
from cbs_desktop.groups.tables import Group, Membership, Session
from cbs_desktop.participants.rules import shown
from cbs_desktop.participants.tables import Erased, Person
from cbs_desktop.programmes.queries import round_of
from cbs_desktop.scans import forms
from cbs_desktop.scans.assessing import (
    AcceptedBefore,
    PageRecord,
    RecordColumn,
    RecordRow,
)
from cbs_desktop.scans.tables import (
    PrintedPage,
    PrintedRow,
    PrintedSession,
    ScannedPage,
)
from cbs_desktop.screening import instrument_store
from cbs_desktop.screening.instrument import Item, pick
from cbs_desktop.store.values import NamedRow, value_of
from cbs_desktop.words import language


def record_of(
    reading: Reading, code: str, held: Mapping[int, date]
) -> PageRecord | None:
    """What is known of a printed page; `held` are days by session that a person took from the paper. None of a code that
    this office never printed."""
    p = PrintedPage
    named = select(p.__table__, Group.name.label("group"), Group.round_id).outerjoin(
        Group, Group.id == p.group_id
    )
    page = reading.first(named.where(p.code == code))
    if page is None:
        return None
    if page.kind == "questionnaire":
        return _form_record(reading, page)
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
        columns=columns,
        rows=rows,
        marks=_marks_of(reading, columns),
        absent=_absent(reading, page, columns, members),
        accepted=_accepted(reading, page.id),
        known=round_of(reading, page.round_id).rules.marks,
    )


def _form_record(reading: Reading, page: NamedRow) -> PageRecord:
    """The same of a page of a questionnaire: a row for each question, one column without a session."""
    key, version = forms.key_of(page.instrument)
    form = instrument_store.usable(reading).get(key)
    is_old = form is None or form.version != version
    rows: list[RecordRow] = []
    items: tuple[Item, ...] = ()
    if form is not None and not is_old:
        items = forms.items_of(form, page.part)
    for row, item in enumerate(items):
        number = str(item.number)
        topic = pick(item.topic, language())
        risky = bool(item.risk)
        made = RecordRow(row, item.number, number, topic, False, (True,), risky)
        rows.append(made)
    whose = select(Person.number).join(PrintedRow, PrintedRow.person_id == Person.id)
    return PageRecord(
        page_id=page.id,
        code=page.code,
        kind=page.kind,
        shape=page.shape,
        group_id=0,
        group=pick(form.title, language()) if form else key,
        made_on=page.made_on,
        part=page.part,
        letters=tuple(page.letters.split(",")),
        columns=(RecordColumn(0, 1, page.made_on, page.made_on, HELD, ""),),
        rows=tuple(rows),
        marks={},
        absent=(),
        accepted=(),
        choices=_choices(items),
        whose=reading.value(whose.where(PrintedRow.page_id == page.id)) or "",
        is_old=is_old,
    )


def _choices(items: Sequence[Item]) -> tuple[str, ...]:
    """The words of the answers, which all questions of a page share."""
    answers = items[0].answers if items else ()
    return tuple(pick(words, language()) for _value, words in answers)


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
    s, r, p = PrintedSession, PrintedRow, Person
    sessions = [column.session_id for column in columns]
    pages = select(s.page_id).where(s.session_id.in_(sessions))
    printed = select(r.person_id).where(r.page_id.in_(pages))
    names = select(p.number, p.own_name, p.other_names)
    missing = names.where(p.id.in_(due), p.id.not_in(printed))
    in_order = missing.order_by(p.own_name)
    found: list[str] = []
    for number, own, other in reading.rows(in_order):
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
class NamingPage:
    """A page that was read and names somebody; `read_at` is UTC in ISO form."""

    code: str
    read_at: str
    has_picture: bool


def pages_naming(reading: Reading, person_id: int) -> list[NamingPage]:
    """The pages that were read and name a person, the oldest first."""
    p = PrintedPage
    r = PrintedRow
    s = ScannedPage
    columns = select(p.code, s.read_at, s.picture)
    read = columns.join(s, s.page_id == p.id)
    named = read.join(r, r.page_id == p.id)
    of_person = named.where(r.person_id == person_id)
    in_order = of_person.order_by(s.read_at)
    found: list[NamingPage] = []
    for code, read_at, picture in reading.rows(in_order):
        one = NamingPage(code, read_at, bool(picture))
        found.append(one)
    return found
