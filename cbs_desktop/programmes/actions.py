"""Taking up a programme, changing its rules, opening a round."""

import json
from dataclasses import asdict

from sqlalchemy import delete, insert, select, update

from cbs_desktop import resource
from cbs_desktop.action import Transaction, action
from cbs_desktop.errors import Fault, Invalid, Missing, Unreadable
from cbs_desktop.programmes import rules
from cbs_desktop.programmes.marks import MarkSet
from cbs_desktop.programmes.rules import RoundPlan, Rules
from cbs_desktop.programmes.tables import Programme, ProgrammeMark, Round
from cbs_desktop.safe.permissions import Permission


def _columns(found: Rules) -> dict[str, object]:
    columns = asdict(found)
    del columns["marks"]
    return {**columns, "phases": json.dumps(found.phases)}


@action(Permission.SET_UP, "Added the programme {programme}")
def take_up(tx: Transaction, key: str) -> int:
    """Copy a programme's rules from its file into the office; its id. Unreadable when the file is wrong."""
    try:
        found = rules.from_file(resource.toml("programmes", f"{key}.toml"))
    except ValueError as problem:
        raise Unreadable(
            file=f"programmes/{key}.toml", kind="broken resource", detail=str(problem)
        ) from problem
    programme_id = tx.new_id()
    tx.run(insert(Programme).values(id=programme_id, **_columns(found)))
    write_marks(tx, programme_id, found.marks)
    tx.say(programme=found.title)
    return programme_id


@action(Permission.SET_UP, "Changed the rules of {programme}")
def change_rules(tx: Transaction, programme_id: int, changed: Rules) -> None:
    """Set the office's own figures; Invalid when they contradict each other."""
    if faults := rules.rule_faults(changed):
        raise Invalid(faults)
    if not tx.run(
        update(Programme)
        .where(Programme.id == programme_id)
        .values(**_columns(changed))
    ):
        raise Missing(what="programme", id=programme_id)
    tx.say(programme=changed.title)


def write_marks(tx: Transaction, programme_id: int, found: MarkSet) -> None:
    """The marks of a programme as they are from now on; for the action of attendance, which knows what is in use."""
    rows: list[dict[str, object]] = []
    for position, mark in enumerate(found.every, 1):
        row = {"programme_id": programme_id, "position": position}
        rows.append({**row, **asdict(mark)})
    tx.run(delete(ProgrammeMark).where(ProgrammeMark.programme_id == programme_id))
    tx.run(insert(ProgrammeMark), rows)


@action(Permission.SET_UP, "Opened round {round}")
def open_round(tx: Transaction, programme_id: int, plan: RoundPlan) -> int:
    """A new round of a programme; its id."""
    faults = rules.round_faults(plan)
    if tx.value(select(Round.id).where(Round.name == plan.name)):
        faults.append(Fault("name", "taken"))
    if faults:
        raise Invalid(faults)
    round_id = tx.new_id()
    tx.run(insert(Round).values(id=round_id, programme_id=programme_id, **asdict(plan)))
    tx.say(round=plan.name)
    return round_id


@action(Permission.SET_UP, "Changed round {round}")
def change_round(tx: Transaction, round_id: int, plan: RoundPlan) -> None:
    """New dates, name or targets of a round."""
    faults = rules.round_faults(plan)
    if tx.value(select(Round.id).where(Round.name == plan.name, Round.id != round_id)):
        faults.append(Fault("name", "taken"))
    if faults:
        raise Invalid(faults)
    if not tx.run(update(Round).where(Round.id == round_id).values(**asdict(plan))):
        raise Missing(what="round", id=round_id)
    tx.say(round=plan.name)
