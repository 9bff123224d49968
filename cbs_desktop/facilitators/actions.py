"""Registering facilitators and changing them."""

from dataclasses import asdict, replace

from sqlalchemy import insert, select, update

from cbs_desktop.action import Transaction, action
from cbs_desktop.errors import Fault, Invalid, Missing
from cbs_desktop.facilitators import rules
from cbs_desktop.facilitators.rules import FacilitatorDetails
from cbs_desktop.facilitators.tables import Facilitator
from cbs_desktop.participants import availability
from cbs_desktop.participants.rules import shown
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.text import clean


def _checked(
    tx: Transaction, details: FacilitatorDetails, itself: int = 0
) -> dict[str, object]:
    """The columns of a row, from details that are well; `itself` is the facilitator that is changed."""
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
    return {**asdict(details), **availability.columns(details)}


@action(Permission.ALLOCATE, "Registered the facilitator {who}")
def register_facilitator(tx: Transaction, details: FacilitatorDetails) -> int:
    """A new facilitator; the id."""
    facilitator_id = tx.new_id()
    tx.run(insert(Facilitator).values(id=facilitator_id, **_checked(tx, details)))
    return facilitator_id


@action(Permission.ALLOCATE, "Changed the facilitator {who}")
def change_facilitator(
    tx: Transaction, facilitator_id: int, details: FacilitatorDetails
) -> None:
    """New details of a facilitator; an inactive one gets no new group."""
    values = _checked(tx, details, facilitator_id)
    if not tx.run(
        update(Facilitator).where(Facilitator.id == facilitator_id).values(**values)
    ):
        raise Missing(what="facilitator", id=facilitator_id)
