"""What is done about a loss or breach; each step is an act of the journal."""

from collections.abc import Iterable

from sqlalchemy import insert, update

from cbs_desktop import settings
from cbs_desktop.action import Transaction, action
from cbs_desktop.errors import Fault, Invalid, RuleBroken
from cbs_desktop.protection import queries, rules
from cbs_desktop.protection.problems import KIND_WORDS
from cbs_desktop.protection.processing import KEY
from cbs_desktop.protection.rules import ControllerEntries, Loss
from cbs_desktop.protection.tables import Breach
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.words import _

_LONGEST = 500  # characters of an outcome


@action(Permission.SET_UP, "Noted a loss or breach: {kind}")
def open_breach(tx: Transaction, loss: Loss) -> int:
    """Note that something was lost or seen, with what it held now; its id. Invalid."""
    if faults := rules.loss_faults(loss, tx.now):
        raise Invalid(faults)
    held = queries.held(tx, loss)
    breach_id = tx.new_id()
    row = {
        "id": breach_id,
        "kind": loss.kind,
        "noticed_at": loss.noticed.isoformat(),
        "happened_on": loss.happened,
        "place": loss.where.strip(),
        "was_open": loss.was_open,
        "stick": loss.stick,
        "export_id": loss.export,
        "people": held.people,
        "sheets": held.sheets,
        "copies": held.copies,
        "plain": held.plain,
        "unchecked": held.unchecked,
        "measures": "",
        "told_at": "",
        "reported_at": "",
        "closed_on": None,
        "outcome": "",
        "opened_by": tx.account.name,
    }
    tx.run(insert(Breach), row)
    tx.say(kind=_(KIND_WORDS[loss.kind]))
    return breach_id


@action(Permission.SET_UP, "Noted what was done about a loss or breach: {kind}")
def note_steps(
    tx: Transaction, breach_id: int, taken: Iterable[str], told: bool, reported: bool
) -> None:
    """Which measures were taken, and whether the authority was told and has the report; the first time each is said is
    kept as its moment. Missing, Invalid, RuleBroken (closed)."""
    case = _open_case(tx, breach_id)
    measures = set(taken)
    if measures - set(case.measures):
        raise Invalid([Fault("taken", "not a choice")])
    now = tx.now.isoformat()
    was_told = case.told.isoformat() if case.told else now
    was_reported = case.reported.isoformat() if case.reported else now
    values = {
        "measures": "\n".join(one for one in case.measures if one in measures),
        "told_at": was_told if told else "",
        "reported_at": was_reported if reported else "",
    }
    tx.run(update(Breach).where(Breach.id == breach_id).values(values))
    tx.say(kind=_(KIND_WORDS[case.loss.kind]))


@action(Permission.SET_UP, "Closed a loss or breach: {kind}")
def close_breach(tx: Transaction, breach_id: int, outcome: str) -> None:
    """It is over, with how it ended. Missing, Invalid, RuleBroken (closed)."""
    case = _open_case(tx, breach_id)
    text = outcome.strip()
    if not text:
        raise Invalid([Fault("outcome", "needed")])
    if len(text) > _LONGEST:
        facts: dict[str, object] = {"most": _LONGEST, "length": len(text)}
        raise Invalid([Fault("outcome", "too long", facts)])
    values = {"closed_on": tx.today, "outcome": text}
    tx.run(update(Breach).where(Breach.id == breach_id).values(values))
    tx.say(kind=_(KIND_WORDS[case.loss.kind]))


def _open_case(tx: Transaction, breach_id: int) -> queries.Case:
    found = queries.case(tx, breach_id)
    if found.closed:
        raise RuleBroken(rule="breach closed")
    return found


@action(Permission.SET_UP, "Changed the register of processing")
def describe_processing(tx: Transaction, entries: ControllerEntries) -> None:
    """What the office adds to the register. Invalid."""
    if faults := rules.entry_faults(entries, tx.today):
        raise Invalid(faults)
    settings.write(tx, KEY, rules.kept_entries(entries))
