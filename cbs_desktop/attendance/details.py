"""One session and one cell of the grid with all that is known of them, and where somebody was marking last."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from cbs_desktop.action import Reading, query
from cbs_desktop.attendance import tables as t
from cbs_desktop.attendance.session_record import HELD, SessionRecord, is_closed
from cbs_desktop.errors import Missing
from cbs_desktop.facilitators.tables import Facilitator
from cbs_desktop.groups.tables import Group, GroupFacilitator, Session
from cbs_desktop.participants.rules import shown
from cbs_desktop.programmes.queries import round_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store import history
from cbs_desktop.store.history import Told
from cbs_desktop.store.journal import sentence
from cbs_desktop.store.values import NamedRow
from cbs_desktop.text import read_day
from cbs_desktop.words import _


@dataclass(frozen=True, slots=True)
class SessionDetails:
    """A session as it was noted, or as it would be noted if it was held as planned. `facilitators` are (id, name) of all
    who may have been there, those of the group first; `phases` are those of the programme."""

    session_id: int
    group: str
    number: int
    record: SessionRecord
    facilitators: tuple[tuple[int, str], ...]
    phases: tuple[str, ...]


@query(Permission.LOOK)
def session_details(reading: Reading, session_id: int) -> SessionDetails:
    """A session with all that was noted of it; Missing when there is none."""
    s, m, n = Session, t.Meeting, t.SessionNote
    row = reading.first(
        select(
            s.number,
            s.planned_on,
            s.group_id,
            Group.name,
            Group.round_id,
            m.status,
            m.held_on,
            func.coalesce(m.phase, s.phase).label("phase"),
            func.coalesce(m.note, "").label("note"),
            func.coalesce(n.phase, "").label("second"),
            func.coalesce(n.topic, "").label("topic"),
            func.coalesce(n.setback, "").label("setback"),
            n.head_count,
            func.coalesce(n.incident, "").label("incident"),
        )
        .join(Group, Group.id == s.group_id)
        .outerjoin(m, m.session_id == s.id)
        .outerjoin(n, n.session_id == s.id)
        .where(s.id == session_id)
    )
    if row is None:
        raise Missing(what="session", id=session_id)
    own = _facilitators(reading, row.group_id)
    there = t.SessionFacilitator
    present = reading.column(
        select(there.facilitator_id).where(there.session_id == session_id)
    )
    if row.status is None:
        present = [facilitator for facilitator, _name in own]
    record = SessionRecord(
        status=row.status or HELD,
        held_on=row.held_on or row.planned_on,
        phases=tuple(filter(None, (row.phase, row.second))),
        topic=row.topic,
        note=row.note,
        setback=row.setback,
        head_count=row.head_count,
        incident=row.incident,
        facilitators=tuple(present),
        agreements=_agreements(reading, session_id),
    )
    phases = [name for name, _n in round_of(reading, row.round_id).rules.phases]
    if row.phase not in phases:
        phases.append(row.phase)
    return SessionDetails(
        session_id,
        row.name,
        row.number,
        record,
        _with_others(reading, own),
        tuple(phases),
    )


def _agreements(reading: Reading, session_id: int) -> dict[str, int]:
    a = t.Agreement
    counted = select(a.kind, func.count()).where(a.session_id == session_id)
    return dict(reading.rows(counted.group_by(a.kind)))


def _facilitators(reading: Reading, group_id: int) -> list[tuple[int, str]]:
    """Those who lead the group."""
    f = Facilitator
    statement = select(f.id, f.own_name, f.other_names).join(
        GroupFacilitator, GroupFacilitator.facilitator_id == f.id
    )
    mine = statement.where(GroupFacilitator.group_id == group_id)
    return _named(reading.rows(mine.order_by(f.own_name, f.id)))


def _with_others(
    reading: Reading, own: list[tuple[int, str]]
) -> tuple[tuple[int, str], ...]:
    """Those of the group, then everybody active who may have stood in for them."""
    f = Facilitator
    active = select(f.id, f.own_name, f.other_names).where(f.active)
    others = _named(reading.rows(active.order_by(f.own_name, f.id)))
    return tuple(dict.fromkeys([*own, *others]))


def _named(rows: Iterable[NamedRow]) -> list[tuple[int, str]]:
    return [(row.id, shown(row.own_name, row.other_names)) for row in rows]


@dataclass(frozen=True, slots=True)
class CellChange:
    """A change of one mark: the moment (UTC, ISO), who, what was done in words, the letter before and after."""

    at: str
    account: str
    done: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A mark with its remark and its history, latest first. `closed`: it is changed with a reason only."""

    mark: str
    remark: str
    closed: bool
    changes: tuple[CellChange, ...]


@query(Permission.LOOK)
def cell(reading: Reading, session_id: int, person_id: int) -> Cell:
    """A cell of the grid, whole."""
    m, r = t.Mark, t.MarkRemark
    value = select(m.value).where(m.session_id == session_id, m.person_id == person_id)
    words = select(r.words).where(r.session_id == session_id, r.person_id == person_id)
    mark = reading.value(value) or ""
    key = f"{session_id},{person_id}"
    told = history.history(reading.db, [("mark", key)])
    told += history.first_mark(reading.db, key)
    told.sort(key=lambda one: one.act.id, reverse=True)
    return Cell(
        mark,
        reading.value(words) or "",
        bool(mark) and is_session_closed(reading, session_id),
        tuple(_change(one) for one in told),
    )


def is_session_closed(reading: Reading, session_id: int) -> bool:
    """Whether the register of a session was typed so long ago that a change asks for a reason."""
    typed_at = history.first_noted(reading.db, "meeting", str(session_id))
    return bool(typed_at) and is_closed(read_day(typed_at[:10]), reading.today)


def _change(told: Told) -> CellChange:
    act = told.act
    done = sentence(act)
    if act.undoes:
        done = _("Undo: {what}").format(what=done)
    before = str(told.before.get("value", ""))
    after = str(told.after.get("value", ""))
    return CellChange(act.at, act.account, done, before, after)


@query(Permission.LOOK)
def last_marked(reading: Reading) -> tuple[int, int, int] | None:
    """Where this account put its last mark: group, session, person. None where that was long ago or never."""
    key = history.last_key(reading.db, "mark", reading.account.name)
    if not key:
        return None
    session, person = (int(part) for part in key.split(","))
    group = reading.value(select(Session.group_id).where(Session.id == session))
    if group is None:
        return None
    return group, session, person
