"""What left the program."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from cbs_desktop.action import Reading, query
from cbs_desktop.exports.rules import OWN, Recipient
from cbs_desktop.exports.tables import Export
from cbs_desktop.safe.permissions import Permission


@dataclass(frozen=True, slots=True)
class Left:
    """Something that left: its number, when (UTC), who took it, its kind, and what it held."""

    id: int
    at: datetime
    account: str
    kind: str
    people: int
    sheets: int
    place: str
    stick: int
    to: Recipient


_LATEST_FIRST = (Export.at.desc(), Export.id.desc())


@dataclass(frozen=True, slots=True)
class Stick:
    """A stick that backups went to: its number, how many, and when the last."""

    number: int
    backups: int
    last: datetime


@query(Permission.OWN_ACCOUNT)
def last_recipient(reading: Reading, kind: str) -> Recipient:
    """Who got a file of this kind last from this account: offered first the next time."""
    e = Export
    of_kind = select(e.recipient, e.other, e.country).where(e.kind == kind)
    mine = of_kind.where(e.account == reading.account.name)
    files = mine.where(e.place != "printer")
    row = reading.first(files.order_by(*_LATEST_FIRST).limit(1))
    if row is None:
        return OWN
    return Recipient(row.recipient, row.other, row.country)


@query(Permission.READ_JOURNAL)
def what_left(reading: Reading, most: int = 500) -> list[Left]:
    """What left, the latest first."""
    e = Export
    rows = reading.rows(select(e).order_by(*_LATEST_FIRST).limit(most))
    found: list[Left] = []
    for row in rows:
        left = Left(
            id=row.id,
            at=datetime.fromisoformat(row.at),
            account=row.account,
            kind=row.kind,
            people=row.people,
            sheets=row.sheets,
            place=row.place,
            stick=row.stick,
            to=Recipient(row.recipient, row.other, row.country),
        )
        found.append(left)
    return found


@query(Permission.READ_JOURNAL)
def sticks(reading: Reading) -> list[Stick]:
    """The sticks that backups went to, by number."""
    e = Export
    each = (
        select(e.stick, func.count(), func.max(e.at))
        .where(e.kind == "backup", e.stick > 0)
        .group_by(e.stick)
        .order_by(e.stick)
    )
    found: list[Stick] = []
    for number, backups, last in reading.rows(each):
        found.append(Stick(number, backups, datetime.fromisoformat(last)))
    return found
