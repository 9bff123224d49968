"""What a new office does first, each step done or not by itself, until the first groups meet."""

from sqlalchemy import exists, select

from cbs_desktop import settings
from cbs_desktop.action import Reading
from cbs_desktop.certificates.tables import Signatory
from cbs_desktop.facilitators.tables import Facilitator
from cbs_desktop.groups.tables import Group
from cbs_desktop.participants.tables import Person
from cbs_desktop.programmes.tables import Round
from cbs_desktop.protection.processing import KEY
from cbs_desktop.protection.rules import read_entries
from cbs_desktop.safe.permissions import Role
from cbs_desktop.screening.tables import Assessment
from cbs_desktop.store.schema import Base

# In the order in which they are taken; the words for them are the screens'.
STEPS: dict[str, type[Base] | None] = {
    "second holder": None,
    "round": Round,
    "authority": None,
    "signatories": Signatory,
    "facilitators": Facilitator,
    "people": Person,
    "questionnaires": Assessment,
}


def first_steps(reading: Reading) -> dict[str, bool]:
    """Each step, and whether it was taken; none once there is a group, for then the office has found its way."""
    if _has(reading, Group):
        return {}
    return {step: _is_done(reading, step, table) for step, table in STEPS.items()}


def _is_done(reading: Reading, step: str, table: type[Base] | None) -> bool:
    """Two steps have no table: the number of the registration, and that two people can replace each other's password."""
    if table is not None:
        return _has(reading, table)
    if step == "authority":
        return bool(read_entries(settings.read(reading, KEY)).registration)
    listed = settings.read(reading, "accounts").get("entries", ())
    holders = [entry for entry in listed if Role.COORDINATOR in entry["roles"]]
    return len(holders) > 1


def _has(reading: Reading, table: type[Base]) -> bool:
    anything = select(table.__table__).limit(1)
    return bool(reading.value(select(exists(anything))))
