"""The attendance of one person across all groups and rounds."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cbs_desktop.action import Reading, query
from cbs_desktop.attendance.queries import Grid, MemberRow, grids
from cbs_desktop.attendance.rules import Completion
from cbs_desktop.groups.tables import Group, Membership
from cbs_desktop.programmes.marks import MarkSet
from cbs_desktop.programmes.tables import Round
from cbs_desktop.safe.permissions import Permission


@dataclass(frozen=True, slots=True)
class MarkedSession:
    """A session of a group and what is marked of the person: a letter, "" for nothing, "–" where they were not expected."""

    number: int
    day: date
    status: str
    mark: str
    remark: str


@dataclass(frozen=True, slots=True)
class GroupRecord:
    """Somebody's attendance in one group, with the sum by which they complete."""

    group_id: int
    group: str
    round: str
    sessions: tuple[MarkedSession, ...]
    completion: Completion
    marks: MarkSet
    left_on: date | None


@query(Permission.LOOK)
def record_of(reading: Reading, person_id: int) -> list[GroupRecord]:
    """All groups that somebody is or was in, the latest round first."""
    statement = (
        select(Group.id, Round.name)
        .join(Membership, Membership.group_id == Group.id)
        .join(Round, Round.id == Group.round_id)
        .where(Membership.person_id == person_id)
        .order_by(Round.starts.desc(), Membership.joined_on.desc())
    )
    rounds: dict[int, str] = dict(reading.rows(statement))
    by_id = {grid.group_id: grid for grid in grids(reading, list(rounds))}
    found: list[GroupRecord] = []
    for group_id, name in rounds.items():
        grid = by_id[group_id]
        for row in grid.rows:
            if row.person_id == person_id:
                found.append(_record(grid, row, name))
    return found


def _record(grid: Grid, row: MemberRow, round_name: str) -> GroupRecord:
    sessions: list[MarkedSession] = []
    for column, mark in zip(grid.columns, row.marks, strict=True):
        remark = grid.remarks.get((column.id, row.person_id), "")
        session = MarkedSession(column.number, column.day, column.status, mark, remark)
        sessions.append(session)
    return GroupRecord(
        group_id=grid.group_id,
        group=grid.name,
        round=round_name,
        sessions=tuple(sessions),
        completion=row.completion,
        marks=grid.marks,
        left_on=row.left_on,
    )
