"""Many people move or leave: what that means for their groups is told first; leaving is one action with one Undo."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from cbs_desktop.action import Progress, Reading, Transaction, action, batches, query
from cbs_desktop.errors import Fault, Invalid
from cbs_desktop.groups import tables as t
from cbs_desktop.groups.actions import leave_programme
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants.bulk import (
    BulkLine,
    BulkPlan,
    line_of,
    need_all,
    people_of,
)
from cbs_desktop.participants.choices import LEAVING, WITHDRAWN
from cbs_desktop.programmes.queries import rounds_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening.tables import Decision
from cbs_desktop.store.values import NamedRow
from cbs_desktop.text import day_faults

_AT_ONCE = 1_000  # people of one statement


@query(Permission.REGISTER)
def moving(
    reading: Reading, person_ids: Sequence[int], place_id: int | None
) -> BulkPlan:
    """Who would move to a place (None: one that is not entered yet), and what follows: who is in a group stays there,
    who waits for one is placed from the new place."""
    groups = _groups_of(reading, person_ids)
    decided = _decided(reading)
    lines: list[BulkLine] = []
    for row in people_of(reading, person_ids):
        group = groups[row.id]
        if row.place_id == place_id:
            lines.append(line_of(row, "lives there"))
        elif group:
            lines.append(line_of(row, "", ("stays in group",), group))
        else:
            then = _placed_then(row, decided)
            lines.append(line_of(row, "", then, row.path))
    return BulkPlan(tuple(lines))


def _placed_then(row: NamedRow, decided: set[int]) -> tuple[str, ...]:
    """What a move means for somebody in no group."""
    if row.facility_id:
        return ("in a facility",)
    if row.id in decided:
        return ("propose again",)
    return ()


def _decided(reading: Reading) -> set[int]:
    """Who was decided for a group of the latest round."""
    rounds = rounds_of(reading)
    if not rounds:
        return set()
    d = Decision
    mine = select(d.person_id).where(
        d.round_id == rounds[0].id, d.pathway == "sociotherapy"
    )
    return set(reading.column(mine))


def _groups_of(reading: Reading, person_ids: Sequence[int]) -> dict[int, str]:
    """The groups that people are in now, by name; "" for who is in none."""
    m = t.Membership
    g = t.Group
    joined = select(m.person_id, g.name).join(g, g.id == m.group_id)
    now = joined.where(m.left_on.is_(None)).order_by(m.joined_on)
    found: dict[int, str] = defaultdict(str)
    for part in batches(person_ids, _AT_ONCE):
        theirs = now.where(m.person_id.in_(part))
        for person_id, name in reading.rows(theirs):
            before = found[person_id]
            found[person_id] = f"{before}, {name}" if before else name
    return found


@query(Permission.REGISTER)
def leaving(
    reading: Reading, person_ids: Sequence[int], on: date, reason: str
) -> BulkPlan:
    """Who would leave the programme, and whose place in a group ends. Invalid for a day to come, an unknown reason, or a
    withdrawal of consent, which is recorded for each person."""
    _need_sound(reading, on, reason)
    groups = _groups_of(reading, person_ids)
    follows = "stays in group"
    if reading.account.may(Permission.ALLOCATE):
        follows = "leaves group"
    lines: list[BulkLine] = []
    for row in people_of(reading, person_ids):
        group = groups[row.id]
        if row.left_on is not None:
            lines.append(line_of(row, "left already"))
        elif group:
            lines.append(line_of(row, "", (follows,), group))
        else:
            lines.append(line_of(row))
    return BulkPlan(tuple(lines))


def _need_sound(reading: Reading, on: date, reason: str) -> None:
    faults = day_faults("left_on", on, reading.today)
    if reason == WITHDRAWN:
        faults.append(Fault("reason", "for each"))
    elif reason not in LEAVING:
        faults.append(Fault("reason", "not a choice"))
    if faults:
        raise Invalid(faults)


@action(Permission.REGISTER, "{count} people left: {why}")
def leave_many(
    tx: Transaction,
    person_ids: Sequence[int],
    on: date,
    reason: str,
    progress: Progress | None = None,
) -> int:
    """People leave on one day for one reason; how many. Their place in a group ends where the account may end it, as it
    does for a single person. Stale when somebody has left by now."""
    need_all(leaving(tx, person_ids, on, reason))
    leave = participants.leave
    if tx.account.may(Permission.ALLOCATE):
        leave = leave_programme
    for done, person_id in enumerate(person_ids, 1):
        leave(tx, person_id, on, reason)
        if progress:
            progress(done, len(person_ids))
    tx.say(count=len(person_ids), why=reason)
    return len(person_ids)
