"""Restricting the data of a person: they are kept and not used (Law 058/2021, art. 22); and lifting that."""

from sqlalchemy import insert, select, update

from cbs_desktop.action import Transaction, action
from cbs_desktop.errors import Fault, Invalid, Missing, RuleBroken
from cbs_desktop.participants import choices
from cbs_desktop.participants.consents import is_restricted, need_not_erased
from cbs_desktop.participants.tables import Person, Restriction
from cbs_desktop.safe.permissions import Permission


@action(Permission.RIGHTS, "Restricted the data of {who}")
def restrict(tx: Transaction, person_id: int, reason: str) -> None:
    """The data are kept and not used from today on, for a reason of choices.RESTRICTION_REASONS."""
    number = number_of(tx, person_id)
    if reason not in choices.RESTRICTION_REASONS:
        raise Invalid([Fault("reason", "not a choice")])
    if is_restricted(tx, person_id):
        raise RuleBroken(rule="already restricted")
    row = {
        "id": tx.new_id(),
        "person_id": person_id,
        "reason": reason,
        "since": tx.today,
        "set_by": tx.account.name,
        "lifted_on": None,
        "lifted_why": "",
        "lifted_by": "",
    }
    tx.run(insert(Restriction), row)
    tx.say(who=number)


@action(Permission.RIGHTS, "Lifted the restriction of {who}")
def lift(tx: Transaction, person_id: int, reason: str) -> None:
    """The data are used again from today on, for a reason of choices.LIFTING_REASONS."""
    number = number_of(tx, person_id)
    if reason not in choices.LIFTING_REASONS:
        raise Invalid([Fault("reason", "not a choice")])
    if not is_restricted(tx, person_id):
        raise RuleBroken(rule="not restricted")
    r = Restriction
    standing = update(r).where(r.person_id == person_id, r.lifted_on.is_(None))
    values = {
        "lifted_on": tx.today,
        "lifted_why": reason,
        "lifted_by": tx.account.name,
    }
    tx.run(standing.values(**values))
    tx.say(who=number)


def number_of(tx: Transaction, person_id: int) -> str:
    """The number of somebody who has not been erased. Missing, RuleBroken."""
    number = tx.value(select(Person.number).where(Person.id == person_id))
    if number is None:
        raise Missing(what="person", id=person_id)
    need_not_erased(tx, person_id)
    return number
