"""What a new office does first, each step done or not by itself, until the first groups meet."""

from sqlalchemy import exists, select

from cbs_desktop.action import Reading
from cbs_desktop.certificates.tables import Signatory
from cbs_desktop.facilitators.tables import Facilitator
from cbs_desktop.groups.tables import Group
from cbs_desktop.participants.tables import Person
from cbs_desktop.programmes.tables import Round
from cbs_desktop.screening.tables import Assessment
from cbs_desktop.store.schema import Base

# In the order in which they are taken; the words for them are the screens'.
STEPS: dict[str, type[Base]] = {
    "round": Round,
    "signatories": Signatory,
    "facilitators": Facilitator,
    "people": Person,
    "questionnaires": Assessment,
}


def first_steps(reading: Reading) -> dict[str, bool]:
    """Each step, and whether it was taken; none once there is a group, for then the office has found its way."""
    if _has(reading, Group):
        return {}
    return {step: _has(reading, table) for step, table in STEPS.items()}


def _has(reading: Reading, table: type[Base]) -> bool:
    anything = select(table.__table__).limit(1)
    return bool(reading.value(select(exists(anything))))
