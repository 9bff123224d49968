"""Losses and breaches as they stand, and what a lost thing held."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from cbs_desktop import settings
from cbs_desktop.action import Reading, query
from cbs_desktop.errors import Missing
from cbs_desktop.exports.tables import Export
from cbs_desktop.participants.tables import Person
from cbs_desktop.protection import rules
from cbs_desktop.protection.rules import HeldData, Loss
from cbs_desktop.protection.tables import Breach
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening.tables import Assessment
from cbs_desktop.store.values import NamedRow


@dataclass(frozen=True, slots=True)
class Case:
    """A loss, what it held, why its risk is high (empty: it is not), and what was done so far."""

    id: int
    loss: Loss
    held: HeldData
    reasons: tuple[str, ...]
    taken: frozenset[str]
    told: datetime | None
    reported: datetime | None
    closed: date | None
    outcome: str

    @property
    def measures(self) -> tuple[str, ...]:
        """What is to be done."""
        return rules.measures(self.loss.kind, bool(self.reasons))


@query(Permission.READ_JOURNAL)
def cases(reading: Reading) -> list[Case]:
    """Every loss, the open ones first, then the latest first."""
    rows = reading.rows(select(Breach).order_by(Breach.noticed_at.desc()))
    found: list[Case] = []
    for row in rows:
        found.append(_case(row))
    found.sort(key=lambda case: case.closed is not None)
    return found


@query(Permission.READ_JOURNAL)
def case(reading: Reading, breach_id: int) -> Case:
    """One loss. Missing."""
    row = reading.first(select(Breach).where(Breach.id == breach_id))
    if row is None:
        raise Missing(what="breach", id=breach_id)
    return _case(row)


@query(Permission.READ_JOURNAL)
def held(reading: Reading, loss: Loss) -> HeldData:
    """What a lost thing held, counted from what is here now and from what left (`exports`)."""
    unchecked = _unchecked(reading)
    if loss.kind == "stick":
        return _on_stick(reading, loss, unchecked)
    if loss.kind in ("paper", "recipient"):
        return HeldData(plain=_people_of(reading, loss.export))
    people = reading.count(select(func.count()).select_from(Person))
    sheets = reading.count(select(func.count()).select_from(Assessment))
    copies = 1 if loss.kind == "laptop" else 0
    return HeldData(people, sheets, copies, 0, unchecked)


def _on_stick(reading: Reading, loss: Loss, unchecked: int) -> HeldData:
    e = Export
    mine = e.stick == loss.stick
    until = e.at <= loss.noticed.isoformat()
    backups = select(
        func.count(),
        func.coalesce(func.max(e.people), 0),
        func.coalesce(func.max(e.sheets), 0),
    ).where(mine, until, e.kind == "backup")
    count, people, sheets = reading.one(backups)
    files = select(func.coalesce(func.sum(e.people), 0)).where(
        mine, until, e.kind != "backup"
    )
    plain = reading.count(files) if loss.stick else _people_of(reading, loss.export)
    if not loss.stick:
        return HeldData(plain=plain)
    return HeldData(people, sheets, count, plain, unchecked)


def _people_of(reading: Reading, export: int) -> int:
    return reading.value(select(Export.people).where(Export.id == export)) or 0


def _unchecked(reading: Reading) -> int:
    """Accounts of before 0.4: no rule looked at their password."""
    listed = settings.read(reading, "accounts").get("entries", ())
    old = [entry for entry in listed if not entry.get("public")]
    return len(old)


def _case(row: NamedRow) -> Case:
    loss = Loss(
        kind=row.kind,
        noticed=datetime.fromisoformat(row.noticed_at),
        happened=row.happened_on,
        where=row.place,
        was_open=row.was_open,
        stick=row.stick,
        export=row.export_id,
    )
    held = HeldData(row.people, row.sheets, row.copies, row.plain, row.unchecked)
    return Case(
        id=row.id,
        loss=loss,
        held=held,
        reasons=rules.reasons(loss, held),
        taken=frozenset(filter(None, row.measures.split("\n"))),
        told=_moment(row.told_at),
        reported=_moment(row.reported_at),
        closed=row.closed_on,
        outcome=row.outcome,
    )


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def open_losses(reading: Reading) -> tuple[int, str, str]:
    """How many losses are open, and when the first was noticed that the authority was not told of, and that it has no report
    on (UTC, ISO; empty for none)."""
    b = Breach
    still = b.closed_on.is_(None)
    first = select(func.min(b.noticed_at)).where(still)
    count = reading.count(select(func.count()).select_from(b).where(still))
    untold = reading.value(first.where(b.told_at == ""))
    unreported = reading.value(first.where(b.reported_at == ""))
    return count, untold or "", unreported or ""
