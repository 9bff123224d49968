"""Marks of a whole sheet, as one action with one Undo."""

from collections.abc import Mapping
from dataclasses import replace as replace_in
from datetime import date

from cbs_desktop.action import Progress, Transaction, action
from cbs_desktop.attendance import actions
from cbs_desktop.attendance.details import session_details
from cbs_desktop.attendance.sheets.matching import MarkPlan
from cbs_desktop.safe.permissions import Permission


@action(Permission.MARK_ATTENDANCE, "Entered {count} marks from a spreadsheet")
def enter_sheet(
    tx: Transaction,
    plan: MarkPlan,
    replace: bool = False,
    progress: Progress | None = None,
) -> int:
    """Write the marks of a plan, those that differ from what is marked only with `replace`; how many were written. Sessions
    that nobody noted as held are held on the day above their column. Nothing is written that is there already.

    As `mark_many`: Missing, RuleBroken where the office changed since the plan was made."""
    planned = plan.marks(replace)
    marked = {one.session_id for one in planned}
    _hold(tx, {key: day for key, day in plan.held.items() if key in marked})
    marks = [(one.session_id, one.person_id, one.letter) for one in planned]
    if marks:
        actions.mark_many(tx, marks, progress, corrects=True)
    tx.say(count=len(marks))
    return len(marks)


def _hold(tx: Transaction, held: Mapping[int, date]) -> None:
    for session_id, day in held.items():
        record = session_details(tx, session_id).record
        actions.record_session(tx, session_id, replace_in(record, held_on=day))
