"""Consent across the rooms: who is in a group without it, and what would come of a withdrawal, told before it is made."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from cbs_desktop.action import Reading, query
from cbs_desktop.certificates.tables import Certificate
from cbs_desktop.errors import Missing
from cbs_desktop.groups.tables import Group, Membership, Session
from cbs_desktop.participants import rules
from cbs_desktop.participants.consents import agrees, consents_of
from cbs_desktop.participants.tables import Erased, Person
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening.tables import Assessment

NO_CONSENT = (
    "no consent"  # the list of people in a group without consent for the programme
)


def in_group_without_consent(reading: Reading, round_id: int) -> ColumnElement[bool]:
    """Whether a person is in a group of a round without consent for the programme: they stay until somebody acts."""
    members = (
        select(Membership.person_id)
        .join(Group, Group.id == Membership.group_id)
        .where(Group.round_id == round_id, Membership.left_on.is_(None))
    )
    consented = agrees("programme", reading.today)
    erased = Person.id.in_(select(Erased.person_id))
    here = Person.left_on.is_(None) & ~erased
    return here & Person.id.in_(members) & ~consented


def without_consent(reading: Reading, round_id: int) -> int:
    """How many people are in a group of a round without consent for the programme."""
    people = select(func.count()).select_from(Person)
    return reading.count(people.where(in_group_without_consent(reading, round_id)))


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing that comes of withdrawing consent for a purpose: a code, and how many or which group it is about.

    Codes: leaves group, not active, attendance stays, certificates stay, no questionnaires, results sealed, no pictures,
    no names, no visits.
    """

    purpose: str
    code: str
    count: int = 0
    group: str = ""


@query(Permission.LOOK)
def consequences(reading: Reading, person_id: int) -> tuple[Consequence, ...]:
    """What would come of withdrawing each consent that stands, by purpose; Missing when there is no such person."""
    left = select(Person.id, Person.left_on).where(Person.id == person_id)
    person = reading.first(left)
    if person is None:
        raise Missing(what="person", id=person_id)
    standing = rules.standing(consents_of(reading, person_id), reading.today)
    found: list[Consequence] = []
    for purpose in standing:
        if purpose == "programme":
            found += _of_programme(reading, person_id, person.left_on is not None)
        elif purpose == "screening":
            found += _of_screening(reading, person_id)
        else:
            code = _OTHERS.get(purpose, "not used")
            found.append(Consequence(purpose, code))
    return tuple(found)


_OTHERS = {"photo": "no pictures", "sharing": "no names", "follow-up": "no visits"}


def _of_programme(
    reading: Reading, person_id: int, has_left: bool
) -> Iterator[Consequence]:
    m = Membership
    groups = select(Group.name).join(m, m.group_id == Group.id)
    last = select(func.max(Session.planned_on)).where(Session.group_id == Group.id)
    still_meets = func.coalesce(last.scalar_subquery(), reading.today) >= reading.today
    now = groups.where(m.person_id == person_id, m.left_on.is_(None), still_meets)
    for name in reading.column(now.order_by(m.joined_on)):
        yield Consequence("programme", "leaves group", group=name)
    if not has_left:
        yield Consequence("programme", "not active")
    ever = select(func.count()).select_from(m).where(m.person_id == person_id)
    if reading.count(ever):
        yield Consequence("programme", "attendance stays")
    c = Certificate
    issued = select(func.count()).select_from(c)
    valid = issued.where(c.person_id == person_id, c.withdrawn_on.is_(None))
    if count := reading.count(valid):
        yield Consequence("programme", "certificates stay", count)


def _of_screening(reading: Reading, person_id: int) -> Iterator[Consequence]:
    yield Consequence("screening", "no questionnaires")
    a = Assessment
    taken = select(func.count()).select_from(a).where(a.person_id == person_id)
    if count := reading.count(taken):
        yield Consequence("screening", "results sealed", count)
