"""Holding sessions and marking who came."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from cbs_desktop.action import Progress, Transaction, action, batches
from cbs_desktop.attendance import rules
from cbs_desktop.attendance import tables as t
from cbs_desktop.attendance.details import is_session_closed
from cbs_desktop.attendance.recording import change_marks as change_marks
from cbs_desktop.attendance.recording import count_heads as count_heads
from cbs_desktop.attendance.recording import record_session as record_session
from cbs_desktop.attendance.session_record import CORRECTION_REASONS, NOTE_MOST
from cbs_desktop.errors import Fault, Invalid, Missing, RuleBroken
from cbs_desktop.groups.tables import Group, Membership, Session
from cbs_desktop.participants.rules import shown
from cbs_desktop.participants.tables import Person
from cbs_desktop.programmes.queries import round_of
from cbs_desktop.programmes.tables import ProgrammeMark, Round
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store.values import NamedRow
from cbs_desktop.text import clean, text_faults

_put = insert(t.Mark)
_put_mark = _put.on_conflict_do_update(
    index_elements=["session_id", "person_id"], set_={"value": _put.excluded.value}
)
_PUT_MARKS = (
    "INSERT INTO mark (session_id, person_id, value) VALUES (?, ?, ?)"
    " ON CONFLICT (session_id, person_id) DO UPDATE SET value = excluded.value"
)
_hold_once = insert(t.Meeting).on_conflict_do_nothing()
_about = (
    select(
        Session.number,
        Session.planned_on,
        Session.phase,
        Group.name,
        Person.own_name,
        Person.other_names,
        Membership.joined_on,
        Membership.left_on,
        t.Meeting.status,
        t.Meeting.held_on,
        ProgrammeMark.counts,
        t.Mark.value.label("before"),
    )
    .join(Group, Group.id == Session.group_id)
    .join(Round, Round.id == Group.round_id)
    .outerjoin(
        ProgrammeMark,
        (ProgrammeMark.programme_id == Round.programme_id)
        & (ProgrammeMark.letter == bindparam("letter")),
    )
    .join(Membership, Membership.group_id == Group.id)
    .join(Person, Person.id == Membership.person_id)
    .outerjoin(t.Meeting, t.Meeting.session_id == Session.id)
    .outerjoin(
        t.Mark, (t.Mark.session_id == Session.id) & (t.Mark.person_id == Person.id)
    )
    .where(Session.id == bindparam("session"), Person.id == bindparam("person"))
    .order_by(Membership.joined_on.desc())
)


@action(Permission.MARK_ATTENDANCE, "{who}, session {number}: {mark}")
def mark(tx: Transaction, session_id: int, person_id: int, value: str) -> None:
    """A letter of the programme for a person at a session, "" to clear.

    The first mark notes the session as held on its planned day.

    Missing when the person was no member on that day; RuleBroken when the session was cancelled or lies in the future, or
    when a mark that has stood for long would change (`correct` does that).
    """
    about = _about_mark(tx, session_id, person_id, value)
    if about.before not in (None, value):
        _refuse_if_closed(tx, session_id, _day(about))
    _write(tx, (session_id, person_id), value, about)


def _refuse_if_closed(tx: Transaction, session_id: int, day: date) -> None:
    """RuleBroken when the register of a session was typed so long ago that a change asks for a reason."""
    if is_session_closed(tx, session_id):
        raise RuleBroken(rule="closed session", day=day)


@action(
    Permission.MARK_ATTENDANCE, "{who}, session {number}: {mark}, corrected: {reason}"
)
def correct(
    tx: Transaction, session_id: int, person_id: int, value: str, reason: str
) -> None:
    """Change a mark that has stood for long, for one of CORRECTION_REASONS; refused as `mark` is."""
    if reason not in CORRECTION_REASONS:
        raise Invalid([Fault("reason", "not a choice" if reason else "needed")])
    about = _about_mark(tx, session_id, person_id, value)
    _write(tx, (session_id, person_id), value, about)
    tx.say(reason=reason)


def _about_mark(
    tx: Transaction, session_id: int, person_id: int, value: str
) -> NamedRow:
    """What a mark is about, once it is clear that it may be set; the letter `before`."""
    which = {"session": session_id, "person": person_id, "letter": value}
    about = tx.first(_about, which)
    if about is None:
        raise Missing(what="member", id=person_id)
    if value and about.counts is None:
        raise Invalid([Fault("mark", "not a choice")])
    if not rules.expected(about.joined_on, about.left_on, _day(about)):
        raise RuleBroken(rule="not expected", day=_day(about))
    if value:
        _check_open(tx, about.status, about.planned_on)
    return about


def _write(
    tx: Transaction, where: tuple[int, int], value: str, about: NamedRow
) -> None:
    """Write or clear a mark, and say so."""
    session_id, person_id = where
    if value:
        if about.status is None:
            _hold(tx, [(session_id, about.planned_on, about.phase)])
        tx.run(
            _put_mark,
            {"session_id": session_id, "person_id": person_id, "value": value},
        )
    else:
        tx.run(
            delete(t.Mark).where(
                t.Mark.session_id == session_id, t.Mark.person_id == person_id
            )
        )
    tx.say(
        who=shown(about.own_name, about.other_names),
        number=about.number,
        mark=value or "–",
    )


def _day(about: NamedRow) -> date:
    """The day a session was held, or is planned for."""
    return about.held_on or about.planned_on


@action(Permission.MARK_ATTENDANCE, "{who}, session {number}: remark")
def remark(tx: Transaction, session_id: int, person_id: int, words: str) -> None:
    """A few words beside a mark, "" for none; nothing that was said in the circle."""
    words = clean(words)
    if faults := text_faults("words", words, most=NOTE_MOST):
        raise Invalid(faults)
    which = {"session": session_id, "person": person_id, "letter": ""}
    about = tx.first(_about, which)
    if about is None:
        raise Missing(what="member", id=person_id)
    r = t.MarkRemark
    tx.run(delete(r).where(r.session_id == session_id, r.person_id == person_id))
    if words:
        row = {"session_id": session_id, "person_id": person_id, "words": words}
        tx.run(insert(r).values(row))
    tx.say(who=shown(about.own_name, about.other_names), number=about.number)


def _check_open(tx: Transaction, status: str | None, planned_on: date) -> None:
    if status == rules.CANCELLED:
        raise RuleBroken(rule="session cancelled")
    if status is None and planned_on > tx.today:
        raise RuleBroken(rule="session to come", day=planned_on)


def _hold(tx: Transaction, sessions: Iterable[tuple[int, date, str]]) -> None:
    """Note sessions as held on a day, where nothing was noted yet."""
    rows = [
        {
            "session_id": i,
            "status": rules.HELD,
            "held_on": day,
            "phase": phase,
            "note": "",
        }
        for i, day, phase in sessions
    ]
    if rows:
        tx.run(_hold_once, rows)


@action(Permission.MARK_ATTENDANCE, "{group}, session {number}: {count} marked {mark}")
def mark_all(tx: Transaction, session_id: int, value: str = "") -> int:
    """The same mark for everybody expected who has none yet (the programme's usual one where none is given): all present,
    then the exceptions. The number marked."""
    session = tx.first(
        select(
            Session.number,
            Session.planned_on,
            Group.name,
            Group.id,
            Group.round_id,
            t.Meeting.held_on,
            t.Meeting.status,
        )
        .join(Group, Group.id == Session.group_id)
        .outerjoin(t.Meeting, t.Meeting.session_id == Session.id)
        .where(Session.id == session_id)
    )
    if session is None:
        raise Missing(what="session", id=session_id)
    _check_open(tx, session.status, session.planned_on)
    value = value or round_of(tx, session.round_id).rules.marks.usual
    marked = select(t.Mark.person_id).where(t.Mark.session_id == session_id)
    day = session.held_on or session.planned_on
    members = select(
        Membership.person_id, Membership.joined_on, Membership.left_on
    ).where(Membership.group_id == session.id, Membership.person_id.not_in(marked))
    open_ones = [
        m.person_id
        for m in tx.rows(members)
        if rules.expected(m.joined_on, m.left_on, day)
    ]
    mark_many(tx, [(session_id, person_id, value) for person_id in open_ones])
    tx.say(group=session.name, number=session.number, count=len(open_ones), mark=value)
    return len(open_ones)


@action(Permission.MARK_ATTENDANCE, "Entered {count} marks")
def mark_many(
    tx: Transaction,
    marks: Sequence[tuple[int, int, str]],
    progress: Progress | None = None,
    corrects: bool = False,
) -> int:
    """Marks as (session, person, value), all or none; the number written. For whole registers.

    Where it `corrects`, marks that have stood for long may change: the action that asks for it says why.
    """
    sessions = {s for s, _, _ in marks}
    plan = _planned(tx, sessions)
    if missing := sessions - plan.keys():
        raise Missing(what="session", id=min(missing))
    _check_letters(tx, marks, plan)
    if not corrects:
        _refuse_corrections(tx, marks, plan)
    members = _members(tx, {row.group_id for row in plan.values()})
    expected = {
        i: _expected(members.get(row.group_id, ()), row.held_on or row.planned_on)
        for i, row in plan.items()
    }
    for session_id, person_id, _value in marks:
        if person_id not in expected[session_id]:
            raise RuleBroken(rule="not expected", day=plan[session_id].planned_on)
    for row in plan.values():
        _check_open(tx, row.status, row.planned_on)
    _hold(
        tx,
        (
            (row.id, row.planned_on, row.phase)
            for row in plan.values()
            if row.status is None
        ),
    )
    done = 0
    for part in batches(marks):
        tx.db.exec_driver_sql(
            _PUT_MARKS, part
        )  # as they are: naming the values of 300,000 marks costs half a second
        done += len(part)
        if progress:
            progress(done, len(marks))
    tx.say(count=len(marks))
    return len(marks)


def _refuse_corrections(
    tx: Transaction,
    marks: Iterable[tuple[int, int, str]],
    plan: dict[int, NamedRow],
) -> None:
    """RuleBroken when a mark that has stood for long would become another."""
    m = t.Mark
    stand = select(m.session_id, m.person_id, m.value)
    if len(plan) < 500:
        stand = stand.where(m.session_id.in_(plan))
    before: dict[tuple[int, int], str] = {}
    for session, person, value in tx.rows(stand):
        before[session, person] = value
    changed: set[int] = set()
    for session, person, value in marks:
        if before.get((session, person), value) != value:
            changed.add(session)
    for session in changed:
        _refuse_if_closed(tx, session, _day(plan[session]))


def _check_letters(
    tx: Transaction,
    marks: Iterable[tuple[int, int, str]],
    plan: dict[int, NamedRow],
) -> None:
    """Invalid when a mark is no letter of its group's programme."""
    statement = (
        select(Group.id, ProgrammeMark.letter)
        .join(Round, Round.id == Group.round_id)
        .join(ProgrammeMark, ProgrammeMark.programme_id == Round.programme_id)
    )
    groups = {row.group_id for row in plan.values()}
    if len(groups) < 500:
        statement = statement.where(Group.id.in_(groups))
    known: set[tuple[int, str]] = set()
    for group, letter in tx.rows(statement):
        known.add((group, letter))
    used = {(plan[session].group_id, letter) for session, _person, letter in marks}
    if not used <= known:
        raise Invalid([Fault("mark", "not a choice")])


_Span = tuple[int, date, date | None]  # a person's time in a group


def _planned(tx: Transaction, sessions: set[int]) -> dict[int, NamedRow]:
    statement = select(
        Session.id,
        Session.group_id,
        Session.planned_on,
        Session.phase,
        t.Meeting.status,
        t.Meeting.held_on,
    ).outerjoin(t.Meeting, t.Meeting.session_id == Session.id)
    if len(sessions) < 500:
        statement = statement.where(Session.id.in_(sessions))
    return {row.id: row for row in tx.rows(statement) if row.id in sessions}


def _members(tx: Transaction, groups: set[int]) -> dict[int, list[_Span]]:
    """Memberships (person, joined, left) by group."""
    m = Membership
    statement = select(m.group_id, m.person_id, m.joined_on, m.left_on)
    if len(groups) < 500:
        statement = statement.where(m.group_id.in_(groups))
    found: dict[int, list[_Span]] = {}
    for group_id, person_id, joined, left in tx.rows(statement):
        found.setdefault(group_id, []).append((person_id, joined, left))
    return found


def _expected(members: Iterable[_Span], day: date) -> set[int]:
    """Who was to come on a day."""
    return {
        person_id
        for person_id, joined, left in members
        if rules.expected(joined, left, day)
    }
