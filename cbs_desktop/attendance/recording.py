"""What became of a session, and the marks that a programme has."""

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from cbs_desktop.action import Transaction, action
from cbs_desktop.attendance import tables as t
from cbs_desktop.attendance.session_record import (
    AGREEMENTS,
    HELD,
    SessionRecord,
    head_count_faults,
    record_faults,
)
from cbs_desktop.errors import Invalid, Missing, RuleBroken
from cbs_desktop.groups.tables import Group, Session
from cbs_desktop.programmes import actions as programmes
from cbs_desktop.programmes.marks import MarkSet, mark_faults
from cbs_desktop.programmes.tables import Programme, Round
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store.values import NamedRow


@action(Permission.MARK_ATTENDANCE, "{group}, session {number}: {status}")
def record_session(tx: Transaction, session_id: int, record: SessionRecord) -> None:
    """What became of a planned session, in place of what was noted before.

    RuleBroken when a session with marks is to be cancelled or postponed.
    """
    record = record.tidy()
    if faults := record_faults(record, tx.today):
        raise Invalid(faults)
    session = _session(tx, session_id)
    marked = select(t.Mark.person_id).where(t.Mark.session_id == session_id).limit(1)
    if record.status != HELD and tx.value(marked):
        raise RuleBroken(rule="session has marks")
    phase, second = (*record.phases, "", "")[:2]
    _put(
        tx,
        t.Meeting,
        session_id=session_id,
        status=record.status,
        held_on=record.held_on,
        phase=phase or session.phase,
        note=record.note,
    )
    _put(
        tx,
        t.SessionNote,
        session_id=session_id,
        phase=second,
        topic=record.topic,
        setback=record.setback,
        head_count=record.head_count,
        incident=record.incident,
    )
    _put_facilitators(tx, session_id, record.facilitators)
    _put_agreements(tx, session_id, record)
    tx.say(group=session.name, number=session.number, status=record.status)


def _session(tx: Transaction, session_id: int) -> NamedRow:
    """The number, phase and group of a session; Missing when there is none."""
    session = tx.first(
        select(Session.number, Session.phase, Session.planned_on, Group.name)
        .join(Group, Group.id == Session.group_id)
        .where(Session.id == session_id)
    )
    if session is None:
        raise Missing(what="session", id=session_id)
    return session


def _put(
    tx: Transaction, table: type[t.Meeting] | type[t.SessionNote], **values: object
) -> None:
    put = insert(table).values(**values)
    keys = ["session_id"]
    tx.run(put.on_conflict_do_update(index_elements=keys, set_=values))


def _put_facilitators(
    tx: Transaction, session_id: int, facilitators: tuple[int, ...]
) -> None:
    there = t.SessionFacilitator
    tx.run(delete(there).where(there.session_id == session_id))
    rows: list[dict[str, int]] = []
    for facilitator in dict.fromkeys(facilitators):
        rows.append({"session_id": session_id, "facilitator_id": facilitator})
    if rows:
        tx.run(insert(there), rows)


def _put_agreements(tx: Transaction, session_id: int, record: SessionRecord) -> None:
    """As many agreements of each kind as were reached; those that stand already stay, for they may be followed up."""
    a = t.Agreement
    for kind in AGREEMENTS:
        of_kind = select(a.id).where(a.session_id == session_id, a.kind == kind)
        known = tx.column(of_kind.order_by(a.id))
        wanted = record.agreements.get(kind, 0)
        for gone in known[wanted:]:
            tx.run(delete(a).where(a.id == gone))
        for _more in range(wanted - len(known)):
            tx.run(insert(a).values(id=tx.new_id(), session_id=session_id, kind=kind))


@action(Permission.MARK_ATTENDANCE, "{group}, session {number}: {count} people counted")
def count_heads(tx: Transaction, session_id: int, count: int | None) -> None:
    """The number of heads written on the paper, to be checked against the marks; None where nobody counted."""
    if faults := head_count_faults(count):
        raise Invalid(faults)
    session = _session(tx, session_id)
    new = {"phase": "", "topic": "", "setback": "", "incident": ""}
    put = insert(t.SessionNote).values(session_id=session_id, head_count=count, **new)
    counted = {"head_count": count}
    tx.run(put.on_conflict_do_update(index_elements=["session_id"], set_=counted))
    tx.say(
        group=session.name,
        number=session.number,
        count="–" if count is None else count,
    )


@action(Permission.SET_UP, "Changed the attendance marks of {programme}")
def change_marks(tx: Transaction, programme_id: int, marks: MarkSet) -> None:
    """Add, rename or remove marks of a programme. RuleBroken when a letter that stands in a register would go.

    What a letter counts as may change: every sum is made anew from the marks.
    """
    if faults := mark_faults(marks):
        raise Invalid(faults)
    title = tx.value(select(Programme.title).where(Programme.id == programme_id))
    if title is None:
        raise Missing(what="programme", id=programme_id)
    kept = set(marks.letters)
    in_use = (
        select(t.Mark.value)
        .join(Session, Session.id == t.Mark.session_id)
        .join(Group, Group.id == Session.group_id)
        .join(Round, Round.id == Group.round_id)
        .where(Round.programme_id == programme_id, t.Mark.value.not_in(kept))
        .limit(1)
    )
    if letter := tx.value(in_use):
        raise RuleBroken(rule="mark in use", letter=letter)
    programmes.write_marks(tx, programme_id, marks)
    tx.say(programme=title)
