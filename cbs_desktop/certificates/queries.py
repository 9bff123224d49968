"""Who can be certified, what is printed, and the register of certificates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from cbs_desktop import settings
from cbs_desktop.action import Reading, query
from cbs_desktop.attendance.queries import grids
from cbs_desktop.attendance.rules import Completion
from cbs_desktop.certificates import code, rules
from cbs_desktop.certificates.rules import Printable, Signer
from cbs_desktop.certificates.tables import Certificate, Print, Signatory
from cbs_desktop.groups.tables import Group, Membership
from cbs_desktop.participants.tables import Person
from cbs_desktop.places.tables import Facility, Place
from cbs_desktop.programmes.queries import round_of
from cbs_desktop.safe.permissions import Permission


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member of a group of the round and how the completion rule judges them. `certificate` is the number, if issued."""

    person_id: int
    number: str
    name: str
    group_id: int
    group: str
    place: str
    began_on: date
    ended_on: date
    completion: Completion
    certificate: str
    gone: bool

    @property
    def ready(self) -> bool:
        """Whether a certificate can be issued now."""
        return not self.certificate and not self.gone and rules.ready(self.completion.state, self.completion.remaining)


@query(Permission.LOOK)
def candidates(reading: Reading, round_id: int | None = None) -> list[Candidate]:
    """Everybody who was in a group of the round, group by group: complete, nearly, or not this time, and why."""
    found = round_of(reading, round_id)
    issued = dict(
        reading.db.execute(
            select(Certificate.person_id, Certificate.number).where(
                Certificate.round_id == found.id, Certificate.withdrawn_on.is_(None)
            )
        ).all()
    )
    gone = set(reading.db.scalars(select(Person.id).where(Person.left_on.is_not(None))))
    current = _current_groups(reading, found.id)
    people = []
    for grid in grids(reading, round_id=found.id):
        days = [column.day for column in grid.columns if column.status in ("held", "")]
        first, last = (min(days), max(days)) if days else (found.plan.starts, found.plan.ends)
        for row in grid.rows:
            if current[row.person_id] == grid.group_id:
                people.append(
                    Candidate(
                        row.person_id, row.number, row.name, grid.group_id, grid.name, grid.place, first, last,
                        row.completion, issued.get(row.person_id, ""), row.person_id in gone or row.left_on is not None,
                    )
                )  # fmt: skip
    return people


def _current_groups(reading: Reading, round_id: int) -> dict[int, int]:
    """The last group of each person in the round: after a transfer the earlier one no longer certifies."""
    m = Membership
    statement = (
        select(m.person_id, m.group_id)
        .join(Group, Group.id == m.group_id)
        .where(Group.round_id == round_id)
        .order_by(m.joined_on, m.id)
    )
    return dict(reading.db.execute(statement).all())


def certificate_places(reading: Reading, round_id: int) -> dict[int, str]:
    """The place written on the certificates of each group: its district, which never tells a facility."""
    district = func.coalesce(Facility.district_id, Place.district_id)
    own = select(Group.id, district.label("district")).join(Place, Place.id == Group.sector_id)
    groups = own.outerjoin(Facility, Facility.id == Group.facility_id).where(Group.round_id == round_id).subquery()
    named = select(groups.c.id, Place.name).join(Place, Place.id == groups.c.district)
    return dict(reading.db.execute(named).all())


@dataclass(frozen=True, slots=True)
class Issued:
    """A line of the register of certificates."""

    id: int
    number: str
    person_id: int
    name: str
    group: str
    issued_on: date
    prints: int
    last_print: date | None
    withdrawn_on: date | None


@query(Permission.LOOK)
def register(reading: Reading, round_id: int | None = None) -> list[Issued]:
    """All certificates of a round by number, with how often each was printed."""
    found = round_of(reading, round_id)
    c = Certificate
    statement = (
        select(
            c.id, c.number, c.person_id, c.name, Group.name, c.issued_on,
            func.count(Print.id), func.max(Print.printed_on), c.withdrawn_on,
        )
        .join(Group, Group.id == c.group_id)
        .outerjoin(Print, Print.certificate_id == c.id)
        .where(c.round_id == found.id)
        .group_by(c.id)
        .order_by(c.number)
    )  # fmt: skip
    return [Issued(*row[:7], _day(row[7]), row[8]) for row in reading.rows(statement)]  # pyright: ignore[reportCallIssue]


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


@query(Permission.PRINT)
def printable(reading: Reading, certificate_ids: Sequence[int]) -> list[tuple[int, Printable]]:
    """What is printed for certificates, by number, each with its id; a later print than the first is marked as such."""
    c = Certificate
    wanted = set(certificate_ids)
    printed = dict(reading.db.execute(select(Print.certificate_id, func.count()).group_by(Print.certificate_id)).all())
    rounds = {}
    found = []
    for row in reading.rows(select(c.__table__).where(c.withdrawn_on.is_(None)).order_by(c.number)):
        if row.id not in wanted:
            continue
        programme = rounds.setdefault(row.round_id, round_of(reading, row.round_id).rules.title)
        duplicate = reading.today.isoformat() if printed.get(row.id) else ""
        found.append(
            (
                row.id,
                Printable(
                    row.number, row.name, programme, row.attended, row.held, row.began_on, row.completed_on,
                    row.issued_on, row.place, row.code, duplicate,
                ),
            )
        )  # fmt: skip
    return found


@query(Permission.LOOK)
def signatories(reading: Reading) -> list[Signer]:
    """Who signs, in the order on the paper."""
    rows = reading.rows(select(Signatory.name, Signatory.title).order_by(Signatory.position))
    return [Signer(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking a certificate found. `state`: genuine, withdrawn, unknown (signed here, not in this register), forged."""

    state: str
    facts: code.Facts | None


@query(Permission.LOOK)
def verdict(reading: Reading, text: str) -> Verdict:
    """Whether a certificate's code was signed by this office and still stands. Raises NotACertificate."""
    facts = code.genuine(text, bytes.fromhex(settings.read(reading, "signing public")))
    if facts is None:
        return Verdict("forged", code.read(text)[0])
    row = reading.first(select(Certificate.withdrawn_on).where(Certificate.number == facts.number))
    if row is None:
        return Verdict("unknown", facts)
    return Verdict("withdrawn" if row.withdrawn_on else "genuine", facts)
