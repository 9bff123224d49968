"""What the papers of groups need: members with phone and village, facilitators, dates. Nothing sensitive is read."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cbs_desktop.action import Reading, query
from cbs_desktop.facilitators.tables import Facilitator
from cbs_desktop.groups import queries
from cbs_desktop.groups import tables as t
from cbs_desktop.groups.queries import GroupRow
from cbs_desktop.participants.rules import shown
from cbs_desktop.participants.tables import Person
from cbs_desktop.places.tables import Place
from cbs_desktop.programmes.queries import round_of
from cbs_desktop.safe.permissions import Permission


@dataclass(frozen=True, slots=True)
class Somebody:
    """A member as a call list shows one: `phone_of` is whose phone it is when not their own."""

    number: str
    name: str
    phone: str
    phone_of: str
    lives_in: str


@dataclass(frozen=True, slots=True)
class Roster:
    """A group with who is in it now, by name; who leads it, (name, phone); and its sessions (number, day, phase)."""

    row: GroupRow
    members: tuple[Somebody, ...]
    leaders: tuple[tuple[str, str], ...]
    sessions: tuple[tuple[int, date, str], ...]


@query(Permission.PRINT)
def rosters(reading: Reading, round_id: int | None = None) -> list[Roster]:
    """All groups of a round by number."""
    found = round_of(reading, round_id)
    members, leaders, sessions = (
        _members(reading, found.id),
        _leaders(reading),
        _sessions(reading, found.id),
    )
    return [
        Roster(
            row,
            tuple(members.get(row.id, ())),
            tuple(leaders.get(row.id, ())),
            tuple(sessions.get(row.id, ())),
        )
        for row in queries.groups(reading, found.id)
    ]


def _members(reading: Reading, round_id: int) -> dict[int, list[Somebody]]:
    m, p = t.Membership, Person
    statement = (
        select(
            m.group_id,
            p.number,
            p.own_name,
            p.other_names,
            p.phone,
            p.phone_of,
            Place.path,
        )
        .join(p, p.id == m.person_id)
        .join(t.Group, t.Group.id == m.group_id)
        .join(Place, Place.id == p.place_id)
        .where(t.Group.round_id == round_id, m.left_on.is_(None))
        .order_by(p.own_name, p.other_names, p.number)
    )
    found: dict[int, list[Somebody]] = {}
    for group_id, number, own, other, phone, phone_of, path in reading.rows(statement):
        found.setdefault(group_id, []).append(
            Somebody(number, shown(own, other), phone, phone_of, path)
        )
    return found


def _leaders(reading: Reading) -> dict[int, list[tuple[str, str]]]:
    f = Facilitator
    statement = select(t.Lead.group_id, f.own_name, f.other_names, f.phone).join(
        f, f.id == t.Lead.facilitator_id
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for group_id, own, other, phone in reading.rows(statement.order_by(t.Lead.id)):
        found.setdefault(group_id, []).append((shown(own, other), phone))
    return found


def _sessions(
    reading: Reading, round_id: int
) -> dict[int, list[tuple[int, date, str]]]:
    s = t.Session
    statement = select(s.group_id, s.number, s.planned_on, s.phase).join(
        t.Group, t.Group.id == s.group_id
    )
    found: dict[int, list[tuple[int, date, str]]] = {}
    for group_id, number, day, phase in reading.rows(
        statement.where(t.Group.round_id == round_id).order_by(s.number)
    ):
        found.setdefault(group_id, []).append((number, day, phase))
    return found
