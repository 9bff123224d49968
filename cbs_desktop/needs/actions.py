"""Noting that somebody was visited."""

from datetime import date

from sqlalchemy import insert, select

from cbs_desktop.action import Transaction, action
from cbs_desktop.errors import Fault, Invalid, Missing
from cbs_desktop.needs import rules
from cbs_desktop.needs import tables as t
from cbs_desktop.participants.rules import shown
from cbs_desktop.participants.tables import Person
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.text import day_faults


@action(Permission.MARK_ATTENDANCE, "Visited {who}")
def note_visit(tx: Transaction, person_id: int, on: date, outcome: str) -> int:
    """Somebody was visited on a day, with one of rules.OUTCOMES; the id of the visit. Invalid for a day to come or before
    the person was registered, Missing when there is no such person."""
    p = Person
    columns = select(p.own_name, p.other_names, p.registered_on)
    row = tx.first(columns.where(p.id == person_id))
    if row is None:
        raise Missing(what="person", id=person_id)
    faults = day_faults("on", on, tx.today)
    if not faults and on < row.registered_on:
        faults = [Fault("on", "before start")]
    if outcome not in rules.OUTCOMES:
        faults.append(Fault("outcome", "not a choice"))
    if faults:
        raise Invalid(faults)
    visit_id = tx.new_id()
    values = {"person_id": person_id, "visited_on": on, "outcome": outcome}
    tx.run(insert(t.Visit).values(id=visit_id, **values))
    tx.say(who=shown(row.own_name, row.other_names))
    return visit_id
