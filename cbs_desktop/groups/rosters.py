"""What the papers of groups need: members with phone and village, facilitators, dates. Nothing sensitive is read."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cbs_desktop.action import Reading, query
from cbs_desktop.facilitators.tables import Facilitator
from cbs_desktop.groups import queries
from cbs_desktop.groups import tables as t
from cbs_desktop.groups.queries import GroupRow
from cbs_desktop.participants import phones
from cbs_desktop.participants.queries import country_of
from cbs_desktop.participants.rules import shown
from cbs_desktop.participants.tables import Person
from cbs_desktop.places.tables import Place
from cbs_desktop.programmes.queries import round_of
from cbs_desktop.safe.permissions import Permission


@dataclass(frozen=True, slots=True)
class CallEntry:
    """A member as a call list shows one: `phone_of` is whose phone it is when not their own, `safe_to_call` None where
    nobody asked. Of somebody who is not safe to call no phone is told."""

    number: str
    name: str
    phone: str
    phone_of: str
    safe_to_call: bool | None
    lives_in: str


@dataclass(frozen=True, slots=True)
class GroupRoster:
    """A group with who is in it now, by name; its facilitators, (name, phone); and its
    sessions (number, day, phase)."""

    row: GroupRow
    members: tuple[CallEntry, ...]
    facilitators: tuple[tuple[str, str], ...]
    sessions: tuple[tuple[int, date, str], ...]

    @property
    def first_day(self) -> date:
        """The day of the first session."""
        if not self.sessions:
            return self.row.starts
        return self.sessions[0][1]


@query(Permission.PRINT)
def rosters(reading: Reading, round_id: int | None = None) -> list[GroupRoster]:
    """All groups of a round by number."""
    found = round_of(reading, round_id)
    members = _members(reading, found.id)
    facilitators = _facilitators(reading)
    sessions = _sessions(reading, found.id)
    rosters = []
    for row in queries.groups(reading, found.id):
        rosters.append(
            GroupRoster(
                row=row,
                members=tuple(members[row.id]),
                facilitators=tuple(facilitators[row.id]),
                sessions=tuple(sessions[row.id]),
            )
        )
    return rosters


def _members(reading: Reading, round_id: int) -> dict[int, list[CallEntry]]:
    columns = (
        t.Membership.group_id,
        Person.number,
        Person.own_name,
        Person.other_names,
        Person.phone,
        Person.phone_of,
        Person.safe_to_call,
        Place.path,
    )
    statement = (
        select(*columns)
        .join(Person, Person.id == t.Membership.person_id)
        .join(t.Group, t.Group.id == t.Membership.group_id)
        .join(Place, Place.id == Person.place_id)
        .where(t.Group.round_id == round_id, t.Membership.left_on.is_(None))
        .order_by(Person.own_name, Person.other_names, Person.number)
    )
    country = country_of(reading)
    members = defaultdict(list)
    for row in reading.rows(statement):
        entry = CallEntry(
            number=row.number,
            name=shown(row.own_name, row.other_names),
            phone=phones.to_call(row.phone, row.safe_to_call, country),
            phone_of=row.phone_of,
            safe_to_call=row.safe_to_call,
            lives_in=row.path,
        )
        members[row.group_id].append(entry)
    return members


def _facilitators(reading: Reading) -> dict[int, list[tuple[str, str]]]:
    leads = t.GroupFacilitator
    columns = (
        leads.group_id,
        Facilitator.own_name,
        Facilitator.other_names,
        Facilitator.phone,
    )
    statement = (
        select(*columns)
        .join(Facilitator, Facilitator.id == leads.facilitator_id)
        .order_by(leads.id)
    )
    facilitators = defaultdict(list)
    for row in reading.rows(statement):
        name = shown(row.own_name, row.other_names)
        facilitators[row.group_id].append((name, row.phone))
    return facilitators


def _sessions(
    reading: Reading, round_id: int
) -> dict[int, list[tuple[int, date, str]]]:
    planned = t.Session
    columns = (planned.group_id, planned.number, planned.planned_on, planned.phase)
    statement = (
        select(*columns)
        .join(t.Group, t.Group.id == planned.group_id)
        .where(t.Group.round_id == round_id)
        .order_by(planned.number)
    )
    sessions = defaultdict(list)
    for row in reading.rows(statement):
        sessions[row.group_id].append((row.number, row.planned_on, row.phase))
    return sessions
