"""What is known of a person's rights: requests with their clock, restriction, and what an erasure comes to."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from cbs_desktop import settings
from cbs_desktop.action import Reading, query
from cbs_desktop.attendance.tables import Mark
from cbs_desktop.certificates.tables import Certificate
from cbs_desktop.duplicates.tables import Merge
from cbs_desktop.errors import Missing
from cbs_desktop.groups.tables import Membership, Session
from cbs_desktop.participants.consents import is_erased, is_restricted
from cbs_desktop.participants.tables import Consent, Person, Restriction
from cbs_desktop.protection import law
from cbs_desktop.protection.law import Law
from cbs_desktop.rights import rules
from cbs_desktop.rights.rules import AnswerClock
from cbs_desktop.rights.tables import SubjectRequest
from cbs_desktop.safe.keys import RECOVERY
from cbs_desktop.safe.permissions import Permission, Role
from cbs_desktop.screening.tables import Assessment, Decision, RiskCard
from cbs_desktop.store import known_accounts

_r = SubjectRequest


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it is shown. `clock` is None once it was answered."""

    id: int
    person_id: int
    number: str
    kind: str
    received_on: date
    from_whom: str
    mode: str
    taken_by: str
    answered_on: date | None
    answer: str
    reason: str
    clock: AnswerClock | None


@dataclass(frozen=True, slots=True)
class Rights:
    """What the page of a person tells. `restricted_why` is empty where their data may be used; `answer_days` is how long
    there is for an answer."""

    number: str
    answer_days: int
    erased: bool
    restricted_why: str
    restricted_since: date | None
    requests: tuple[Request, ...]


def law_of(reading: Reading) -> Law:
    """The rules of the office's country. Unreadable for a file that is broken."""
    return law.of_country(settings.read(reading, "country"))


def coordinators(reading: Reading) -> int:
    """How many accounts of the office are a coordinator's."""
    listed = known_accounts.read(reading.db).accounts
    count = 0
    for entry in listed.entries if listed else ():
        count += entry.name != RECOVERY and Role.COORDINATOR.value in entry.roles
    return count


@query(Permission.LOOK)
def of_person(reading: Reading, person_id: int) -> Rights:
    """Requests, the latest first, and restriction of a person; Missing."""
    number = reading.value(select(Person.number).where(Person.id == person_id))
    if number is None:
        raise Missing(what="person", id=person_id)
    why = ""
    since = None
    if is_restricted(reading, person_id):
        r = Restriction
        standing = select(r.reason, r.since).where(
            r.person_id == person_id, r.lifted_on.is_(None)
        )
        why, since = reading.rows(standing.order_by(r.id.desc()))[0]
    return Rights(
        number=number,
        answer_days=law_of(reading).figures["answer_days"].value,
        erased=is_erased(reading, person_id),
        restricted_why=why,
        restricted_since=since,
        requests=tuple(_requests(reading, person_id)),
    )


def _requests(reading: Reading, person_id: int | None = None) -> list[Request]:
    columns = select(_r.__table__, Person.number).join(
        Person, Person.id == _r.person_id
    )
    if person_id is None:
        wanted = columns.where(_r.answered_on.is_(None)).order_by(_r.received_on, _r.id)
    else:
        mine = columns.where(_r.person_id == person_id)
        wanted = mine.order_by(_r.received_on.desc(), _r.id.desc())
    found: list[Request] = []
    days = law_of(reading).figures["answer_days"].value
    for row in reading.rows(wanted):
        clock = None
        if row.answered_on is None:
            clock = rules.clock(row.received_on, reading.today, days)
        found.append(
            Request(
                id=row.id,
                person_id=row.person_id,
                number=row.number,
                kind=row.kind,
                received_on=row.received_on,
                from_whom=row.from_whom,
                mode=row.mode,
                taken_by=row.taken_by,
                answered_on=row.answered_on,
                answer=row.answer,
                reason=row.reason,
                clock=clock,
            )
        )
    return found


def due(reading: Reading) -> list[Request]:
    """Open requests with a week left or less, the oldest first."""
    found: list[Request] = []
    for request in _requests(reading):
        if request.clock and request.clock.is_due:
            found.append(request)
    return found


@query(Permission.RIGHTS)
def open_requests(reading: Reading) -> list[Request]:
    """Every request that was not answered, the oldest first."""
    return _requests(reading)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answered request with the rules that its letter names."""

    request: Request
    law: Law


@query(Permission.RIGHTS)
def answered(reading: Reading, request_id: int) -> Answered:
    """One request that was answered; Missing."""
    person = reading.value(select(_r.person_id).where(_r.id == request_id))
    for request in _requests(reading, person or 0):
        if request.id == request_id and request.clock is None:
            return Answered(request, law_of(reading))
    raise Missing(what="request", id=request_id)


@dataclass(frozen=True, slots=True)
class ErasurePreview:
    """What an erasure comes to: how much goes, how much stays, and what stands against it (codes, never a reason to refuse).

    `goes` and `stays` are counts by a word: consents, questionnaires, safety cards; memberships, marks, decisions,
    certificates. `merged` are the numbers of records that became part of this one. `against`: open safety card,
    active member, certificate withdrawn. `alone`: there is one coordinator, who confirms with the password.
    """

    number: str
    goes: dict[str, int]
    stays: dict[str, int]
    merged: tuple[str, ...]
    against: tuple[str, ...]
    alone: bool


@query(Permission.ERASE)
def preview(reading: Reading, person_id: int) -> ErasurePreview:
    """What erasing a person would come to; Missing."""
    rights = of_person(reading, person_id)
    goes = {
        "consents": _count(reading, Consent, person_id),
        "questionnaires": _count(reading, Assessment, person_id),
    }
    if reading.account.may(Permission.SAFETY):
        goes["safety cards"] = _count(reading, RiskCard, person_id)
    stays = {
        "memberships": _count(reading, Membership, person_id),
        "marks": _count(reading, Mark, person_id),
        "decisions": _count(reading, Decision, person_id),
        "certificates": _count(reading, Certificate, person_id),
    }
    return ErasurePreview(
        number=rights.number,
        goes=goes,
        stays=stays,
        merged=_merged(reading, person_id),
        against=tuple(_against(reading, person_id)),
        alone=coordinators(reading) < 2,
    )


def _merged(reading: Reading, person_id: int) -> tuple[str, ...]:
    standing = select(Merge.gone_number).where(
        Merge.kept_id == person_id, Merge.parted_on.is_(None)
    )
    return tuple(reading.column(standing.order_by(Merge.id)))


def _against(reading: Reading, person_id: int) -> list[str]:
    found: list[str] = []
    k = RiskCard
    cards = select(func.count()).select_from(k)
    is_open = cards.where(k.person_id == person_id, k.closed_on.is_(None))
    if not reading.account.may(Permission.SAFETY):
        if _count(reading, Assessment, person_id):
            found.append("ask a screener")  # whether a card is open is not told
    elif reading.count(is_open):
        found.append("open safety card")
    m = Membership
    last = select(func.max(Session.planned_on))
    ends = last.where(Session.group_id == m.group_id).scalar_subquery()
    now = select(func.count()).select_from(m).where(m.left_on.is_(None))
    still = now.where(func.coalesce(ends, reading.today) >= reading.today)
    if reading.count(still.where(m.person_id == person_id)):
        found.append("active member")
    c = Certificate
    gone = select(func.count()).select_from(c)
    if reading.count(gone.where(c.person_id == person_id, c.withdrawn_on.is_not(None))):
        found.append("certificate withdrawn")
    return found


_OfPerson = (
    type[Consent]
    | type[Assessment]
    | type[RiskCard]
    | type[Membership]
    | type[Mark]
    | type[Decision]
    | type[Certificate]
)


def _count(reading: Reading, table: _OfPerson, person_id: int) -> int:
    rows = select(func.count()).select_from(table)
    return reading.count(rows.where(table.person_id == person_id))


@query(Permission.ERASE)
def last_erasure(reading: Reading) -> int:
    """The last act that erased somebody; 0 where nobody was."""
    named = "SELECT coalesce(max(act), 0) FROM entry WHERE tbl = 'erased' AND NOT (tbl = 'mark' AND op = '+')"
    return reading.db.exec_driver_sql(named).scalar_one()


@query(Permission.ERASE)
def may_destroy(_reading: Reading) -> None:
    """Refused to whoever may not destroy copies."""
