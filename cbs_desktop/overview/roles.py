"""What somebody was over time: a participant of rounds, a graduate, a facilitator."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from cbs_desktop.action import Reading
from cbs_desktop.certificates.tables import Certificate
from cbs_desktop.facilitators.tables import Facilitator
from cbs_desktop.groups.tables import Group, Membership, Session
from cbs_desktop.programmes.tables import Round


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """One role: `role` is participant or facilitator.

    Of a participant: round, group, the age band that was frozen at the start of the group, and `outcome`: graduated, in
    the group, no certificate (the group has had its last session), or the code of the reason why they left. Of a
    facilitator: `since`, and `outcome` active or inactive.
    """

    role: str
    since: date | None
    round: str = ""
    group: str = ""
    band: str = ""
    outcome: str = ""


def roles_of(reading: Reading, person_id: int) -> tuple[RoleSpan, ...]:
    """The roles of a person, the oldest first; of a round the group that they were in last."""
    rounds: dict[str, RoleSpan] = {}
    for span in _participations(reading, person_id):
        rounds[span.round] = span
    return (*rounds.values(), *_facilitations(reading, person_id))


def _participations(reading: Reading, person_id: int) -> Iterator[RoleSpan]:
    m = Membership
    issued = Certificate.person_id == person_id
    standing = issued & Certificate.withdrawn_on.is_(None)
    graduated = set(reading.column(select(Certificate.round_id).where(standing)))
    last = select(func.max(Session.planned_on)).where(Session.group_id == m.group_id)
    ends = last.scalar_subquery().label("last")
    columns = (m.joined_on, m.left_on, m.reason, m.band, ends)
    statement = (
        select(*columns, Group.name.label("group"), Group.round_id, Round.name)
        .join(Group, Group.id == m.group_id)
        .join(Round, Round.id == Group.round_id)
        .where(m.person_id == person_id)
        .order_by(m.joined_on, m.id)
    )
    for row in reading.rows(statement):
        outcome = "in the group"
        if row.last is not None and row.last < reading.today:
            outcome = "no certificate"
        if row.round_id in graduated:
            outcome = "graduated"
        elif row.left_on is not None:
            outcome = row.reason
        yield RoleSpan(
            "participant", row.joined_on, row.name, row.group, row.band, outcome
        )


def _facilitations(reading: Reading, person_id: int) -> Iterator[RoleSpan]:
    f = Facilitator
    statement = select(f.since, f.active).where(f.person_id == person_id)
    for row in reading.rows(statement.order_by(f.id)):
        outcome = "inactive"
        if row.active:
            outcome = "active"
        yield RoleSpan("facilitator", row.since, outcome=outcome)
