"""Registering facilitators and changing them."""

from dataclasses import asdict, replace

from sqlalchemy import insert, select, update

from cbs_desktop.action import Transaction, action
from cbs_desktop.errors import Fault, Invalid, Missing
from cbs_desktop.facilitators import rules
from cbs_desktop.facilitators.rules import FacilitatorDetails
from cbs_desktop.facilitators.tables import (
    Facilitator,
    FacilitatorDay,
    FacilitatorLanguage,
)
from cbs_desktop.participants.rules import shown
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store import lists
from cbs_desktop.text import clean


def _checked(
    tx: Transaction, details: FacilitatorDetails, itself: int = 0
) -> FacilitatorDetails:
    """Tidied details that are well; `itself` is the facilitator that is changed."""
    texts = {
        key: clean(getattr(details, key))
        for key in ("own_name", "other_names", "phone")
    }
    details = replace(details, **texts)
    faults = rules.facilitator_faults(details, tx.today)
    f = Facilitator
    if details.person_id is not None and not faults:
        linked = select(f.id).where(f.person_id == details.person_id, f.id != itself)
        if tx.value(linked) is not None:
            faults = [Fault("person_id", "facilitator already")]
    if faults:
        raise Invalid(faults)
    tx.say(who=shown(details.own_name, details.other_names))
    return details


def _columns(details: FacilitatorDetails) -> dict[str, object]:
    """The columns of a row; languages and days are tables of their own."""
    values = asdict(details)
    del values["languages"], values["days"]
    return values


def _put_lists(
    tx: Transaction, facilitator_id: int, details: FacilitatorDetails
) -> None:
    lists.put(tx.db, FacilitatorLanguage.code, facilitator_id, details.languages)
    lists.put(tx.db, FacilitatorDay.weekday, facilitator_id, details.days)


@action(Permission.ALLOCATE, "Registered the facilitator {who}")
def register_facilitator(tx: Transaction, details: FacilitatorDetails) -> int:
    """A new facilitator; the id."""
    details = _checked(tx, details)
    facilitator_id = tx.new_id()
    tx.run(insert(Facilitator).values(id=facilitator_id, **_columns(details)))
    _put_lists(tx, facilitator_id, details)
    return facilitator_id


@action(Permission.ALLOCATE, "Changed the facilitator {who}")
def change_facilitator(
    tx: Transaction, facilitator_id: int, details: FacilitatorDetails
) -> None:
    """New details of a facilitator; an inactive one gets no new group."""
    details = _checked(tx, details, facilitator_id)
    this = update(Facilitator).where(Facilitator.id == facilitator_id)
    if not tx.run(this.values(**_columns(details))):
        raise Missing(what="facilitator", id=facilitator_id)
    _put_lists(tx, facilitator_id, details)
