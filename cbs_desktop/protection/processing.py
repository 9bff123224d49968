"""The register of processing: what the program knows of itself, and what the office adds (Rwanda, Law 058/2021, art. 17)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from cbs_desktop import settings
from cbs_desktop.action import Reading, query
from cbs_desktop.certificates.tables import Certificate
from cbs_desktop.exports.rules import Recipient
from cbs_desktop.exports.tables import Export
from cbs_desktop.facilitators.tables import Facilitator
from cbs_desktop.participants.tables import Consent, Person
from cbs_desktop.protection.rules import ControllerEntries, read_entries
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening.tables import Assessment
from cbs_desktop.store.schema import Base

KEY = "processing entries"  # the setting that has what the office adds
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Papers and files of a kind that named people and went to one recipient: how often, and how many people in all."""

    kind: str
    to: Recipient
    times: int
    people: int


@dataclass(frozen=True, slots=True)
class ProcessingRegister:
    """Numbers by kind, accounts by role, people by purpose they consented to, numbers of backup sticks, other kinds of place
    that backups went to, and what left in the last 12 months."""

    entries: ControllerEntries
    counts: dict[str, int]
    roles: dict[str, int]
    consents: dict[str, int]
    sticks: int
    backup_places: tuple[str, ...]
    left: tuple[Disclosure, ...]
    periods: dict[str, int]  # class of data → months, where the office chose them


@query(Permission.READ_JOURNAL)
def entries(reading: Reading) -> ControllerEntries:
    """What the office added."""
    return read_entries(settings.read(reading, KEY))


@query(Permission.READ_JOURNAL)
def processing(reading: Reading, now: datetime) -> ProcessingRegister:
    """The register as it stands at a moment (UTC). It names nobody."""
    c = Consent
    in_force = (
        select(c.purpose, func.count(c.person_id.distinct()))
        .where(c.withdrawn_on.is_(None))
        .group_by(c.purpose)
    )
    consents: dict[str, int] = {}
    for purpose, people in reading.rows(in_force):
        consents[purpose] = people
    sticks, places = _backups(reading)
    return ProcessingRegister(
        entries=entries(reading),
        counts={
            "people": _count(reading, Person),
            "questionnaires": _count(reading, Assessment),
            "certificates": _count(reading, Certificate),
            "facilitators": _count(reading, Facilitator),
        },
        roles=_roles(reading),
        consents=consents,
        sticks=sticks,
        backup_places=places,
        left=_left(reading, now - _YEAR),
        periods=settings.read(reading, "keep periods"),
    )


def _count(reading: Reading, table: type[Base]) -> int:
    return reading.count(select(func.count()).select_from(table))


def _roles(reading: Reading) -> dict[str, int]:
    """How many accounts hold each role; nobody is named."""
    found: dict[str, int] = {}
    for entry in settings.read(reading, "accounts").get("entries", ()):
        for role in entry["roles"]:
            found[str(role)] = found.get(str(role), 0) + 1
    return found


def _backups(reading: Reading) -> tuple[int, tuple[str, ...]]:
    e = Export
    backups = e.kind == "backup"
    numbers = select(func.count(e.stick.distinct())).where(backups, e.stick > 0)
    others = select(e.place).where(backups, e.stick == 0).distinct().order_by(e.place)
    return reading.count(numbers), tuple(reading.column(others))


def _left(reading: Reading, since: datetime) -> tuple[Disclosure, ...]:
    e = Export
    what = (e.kind, e.recipient, e.other, e.country)
    times = func.count()
    each = (
        select(*what, times, func.sum(e.people))
        .where(e.at >= since.isoformat(), e.people > 0, e.kind != "backup")
        .group_by(*what)
        .order_by(e.recipient, times.desc(), e.kind)
    )
    found: list[Disclosure] = []
    for kind, who, other, country, often, people in reading.rows(each):
        found.append(Disclosure(kind, Recipient(who, other, country), often, people))
    return tuple(found)
