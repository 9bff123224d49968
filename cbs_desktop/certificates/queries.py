"""Who can be certified, what is printed, and the register of certificates."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from cbs_desktop.action import Reading, query
from cbs_desktop.certificates.candidates import Candidate as Candidate
from cbs_desktop.certificates.candidates import candidates as candidates
from cbs_desktop.certificates.candidates import candidates_in as candidates_in
from cbs_desktop.certificates.candidates import undrawn as undrawn
from cbs_desktop.certificates.mismatches import PaperMismatch as PaperMismatch
from cbs_desktop.certificates.mismatches import mismatches as mismatches
from cbs_desktop.certificates.rules import Printable, Signer
from cbs_desktop.certificates.tables import Certificate, Print, Signatory
from cbs_desktop.certificates.trust import known as known
from cbs_desktop.certificates.trust import lists_here as lists_here
from cbs_desktop.certificates.trust import verdict as verdict
from cbs_desktop.certificates.trust import verdicts as verdicts
from cbs_desktop.groups.tables import Group
from cbs_desktop.participants import consents
from cbs_desktop.participants.tables import Person
from cbs_desktop.places.tables import Facility, Place
from cbs_desktop.programmes.queries import round_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store.values import NamedRow, value_of
from cbs_desktop.text import fold


def certificate_places(reading: Reading, round_id: int) -> dict[int, str]:
    """The place written on the certificates of each group: its district, which never tells a facility."""
    district = func.coalesce(Facility.district_id, Place.district_id)
    own = select(Group.id, district.label("district")).join(
        Place, Place.id == Group.sector_id
    )
    groups = (
        own.outerjoin(Facility, Facility.id == Group.facility_id)
        .where(Group.round_id == round_id)
        .subquery()
    )
    named = select(groups.c.id, Place.name).join(Place, Place.id == groups.c.district)
    return dict(reading.rows(named))


@dataclass(frozen=True, slots=True)
class ProofLine:
    """A line of the proof list: who gets a certificate, and the name exactly as it will be printed."""

    group: str
    number: str
    printed_name: str
    name: str


@query(Permission.LOOK)
def proof_list(reading: Reading, round_id: int | None = None) -> list[ProofLine]:
    """Everybody who qualifies, group by group, to be read aloud and corrected before issuing; who was issued one already
    stands on it too, for a name can still be replaced."""
    return [
        ProofLine(one.group, one.number, one.printed_name, one.name)
        for one in candidates(reading, round_id)
        if one.qualifies or one.certificate
    ]


@dataclass(frozen=True, slots=True)
class Issued:
    """A line of the register of certificates. `prints` counts papers that came out, `waiting` those that nobody has
    confirmed; `override` is the reason where the rule was not met, `by` who decided that; `shared`: the person agrees to
    be named in tables that leave the office."""

    id: int
    number: str
    person_id: int
    name: str
    group: str
    issued_on: date
    prints: int
    last_print: date | None
    withdrawn_on: date | None
    waiting: int
    code: str
    withdrawn_reason: str
    replaced_by: str
    override: str
    override_words: str
    by: str
    shared: bool

    @property
    def state(self) -> str:
        """replaced, withdrawn, to be confirmed, printed, or to be printed."""
        if self.withdrawn_on:
            if self.replaced_by:
                return "replaced"
            return "withdrawn"
        if self.waiting:
            return "to be confirmed"
        if self.prints:
            return "printed"
        return "to be printed"


@query(Permission.LOOK)
def register(reading: Reading, round_id: int | None = None) -> list[Issued]:
    """All certificates of a round by number, with how often each was printed."""
    found = round_of(reading, round_id)
    c = Certificate
    came_out = Print.came_out.is_(True)
    unconfirmed = Print.came_out.is_(None)
    statement = (
        select(
            c.id,
            c.number,
            c.person_id,
            c.name,
            Group.name.label("group"),
            c.issued_on,
            func.count(Print.id).filter(came_out).label("prints"),
            func.max(Print.printed_on).filter(came_out).label("last_print"),
            c.withdrawn_on,
            func.count(Print.id).filter(unconfirmed).label("waiting"),
            c.code,
            c.withdrawn_reason,
            c.replaced_by,
            c.override,
            c.override_words,
            c.override_by.label("by"),
            consents.agrees("sharing", reading.today).label("shared"),
        )
        .join(Group, Group.id == c.group_id)
        .join(Person, Person.id == c.person_id)
        .outerjoin(Print, Print.certificate_id == c.id)
        .where(c.round_id == found.id)
        .group_by(c.id)
        .order_by(c.series, c.serial, c.number)
    )
    return [value_of(Issued, row) for row in reading.rows(statement)]


@query(Permission.PRINT)
def printable(
    reading: Reading, certificate_ids: Sequence[int], order: str = "number"
) -> list[tuple[int, Printable]]:
    """What is printed for certificates, each with its id, in one of rules.ORDERS; a later print than the first is marked
    as such. Those that were withdrawn are left out."""
    c = Certificate
    wanted = set(certificate_ids)
    noted = select(Print.certificate_id).where(Print.came_out.is_not(False))
    printed = set(reading.column(noted))
    titles: dict[int, str] = {}
    statement = (
        select(c.__table__, Group.number.label("group_number"), Person.sex)
        .join(Group, Group.id == c.group_id)
        .join(Person, Person.id == c.person_id)
    )
    rows = [
        row
        for row in reading.rows(statement.where(c.withdrawn_on.is_(None)))
        if row.id in wanted
    ]
    found: list[tuple[int, Printable]] = []
    for row in sorted(rows, key=_ORDERS.get(order, _ORDERS["number"])):
        title = row.programme or titles.setdefault(
            row.round_id, round_of(reading, row.round_id).rules.title
        )
        duplicate = None
        if row.id in printed:
            duplicate = reading.today
        one = Printable(
            number=row.number,
            name=row.name,
            programme=title,
            attended=row.attended,
            held=row.held,
            began_on=row.began_on,
            completed_on=row.completed_on,
            issued_on=row.issued_on,
            place=row.place,
            code=row.code,
            duplicate=duplicate,
            sex=row.sex,
        )
        found.append((row.id, one))
    return found


_ORDERS: dict[str, Callable[[NamedRow], tuple[object, ...]]] = {
    "number": lambda row: (row.series, row.serial, row.number),
    "name": lambda row: (fold(row.name), row.series, row.serial),
    "group": lambda row: (row.group_number, fold(row.name), row.series, row.serial),
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A paper that went to the printer, and nobody has said whether it came out."""

    print_id: int
    certificate_id: int
    number: str
    name: str
    printed_on: date


@query(Permission.PRINT)
def unconfirmed(reading: Reading) -> list[Sent]:
    """Papers that went to the printer and wait for an answer, in the order in which they went."""
    statement = (
        select(
            Print.id.label("print_id"),
            Print.certificate_id,
            Certificate.number,
            Certificate.name,
            Print.printed_on,
        )
        .join(Certificate, Certificate.id == Print.certificate_id)
        .where(Print.came_out.is_(None))
        .order_by(Print.id)
    )
    return [value_of(Sent, row) for row in reading.rows(statement)]


@query(Permission.LOOK)
def signatories(reading: Reading) -> list[Signer]:
    """Who signs, in the order on the paper."""
    rows = reading.rows(
        select(Signatory.name, Signatory.title).order_by(Signatory.position)
    )
    return [value_of(Signer, row) for row in rows]
