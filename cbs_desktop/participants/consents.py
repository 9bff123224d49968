"""Consent as the file holds it: the rule of `rules.why_not` for one person, and the same in SQL for many."""

from datetime import date

from sqlalchemy import ColumnElement, Integer, and_, cast, exists, func, or_, select

from cbs_desktop.action import Reading
from cbs_desktop.errors import Missing, RuleBroken
from cbs_desktop.participants import rules
from cbs_desktop.participants import tables as t
from cbs_desktop.participants.rules import GUARDIAN_UNDER, Birth, RecordedConsent
from cbs_desktop.store.values import value_of

_COLUMNS = [getattr(t.Consent, key) for key in RecordedConsent.__slots__]


def consents_of(reading: Reading, person_id: int) -> list[RecordedConsent]:
    """All consents of a person with their withdrawals, the oldest first."""
    c = t.Consent
    mine = select(*_COLUMNS).where(c.person_id == person_id)
    rows = reading.rows(mine.order_by(c.given_on, c.id))
    return [value_of(RecordedConsent, row) for row in rows]


def why_not(reading: Reading, person_id: int, purpose: str) -> str:
    """Why a person may not be dealt with for a purpose today, as `rules.why_not` says; Missing when there is none."""
    births = select(t.Person.born_on, t.Person.born_year)
    row = reading.first(births.where(t.Person.id == person_id))
    if row is None:
        raise Missing(what="person", id=person_id)
    if is_restricted(reading, person_id):
        return "restricted"
    birth = Birth(row.born_on, row.born_year)
    return rules.why_not(purpose, consents_of(reading, person_id), birth, reading.today)


def need(reading: Reading, person_id: int, purpose: str) -> None:
    """RuleBroken unless a person consents to a purpose today; it names the person by number, also out of a long list."""
    p = t.Person
    asked = select(agrees(purpose, reading.today).label("may"), p.number)
    row = reading.first(asked.select_from(p).where(p.id == person_id))
    if row is None or not row.may:
        why = why_not(reading, person_id, purpose)
        number = row.number if row else ""
        raise RuleBroken(rule=f"{purpose}: {why}", number=number)


def agrees(purpose: str, today: date) -> ColumnElement[bool]:
    """Whether the person of the statement around it consents to a purpose today (`rules.why_not` in SQL), and is not
    restricted."""
    c = t.Consent
    return ~restricted(today) & exists().where(
        c.person_id == t.Person.id,
        c.purpose == purpose,
        c.given_on <= today,
        or_(c.withdrawn_on.is_(None), c.withdrawn_on > today),
        or_(c.guardian != "", _is_no_child()),
    )


def restricted(today: date) -> ColumnElement[bool]:
    """Whether the data of the person of the statement around it are kept and not used (Law 058/2021, art. 22): the one
    rule, for lists, groups, questionnaires and papers."""
    r = t.Restriction
    mine = exists().where(r.person_id == t.Person.id, r.since <= today)
    return mine.where(or_(r.lifted_on.is_(None), r.lifted_on > today))


def is_restricted(reading: Reading, person_id: int) -> bool:
    """As `restricted`, of one person."""
    mine = select(t.Person.id).where(t.Person.id == person_id)
    return reading.value(mine.where(restricted(reading.today))) is not None


def is_erased(reading: Reading, person_id: int) -> bool:
    """Whether only figures are left of a person."""
    e = t.Erased
    return reading.value(select(e.number).where(e.person_id == person_id)) is not None


def need_not_erased(reading: Reading, person_id: int) -> None:
    """RuleBroken for somebody of whom only figures are left."""
    if is_erased(reading, person_id):
        raise RuleBroken(rule="erased")


def _is_no_child() -> ColumnElement[bool]:
    """Whether a person was 16 on the day of a consent, or nobody knows when they were born."""
    c = t.Consent
    p = t.Person
    birthday: ColumnElement[date] = func.date(p.born_on, f"+{GUARDIAN_UNDER} years")
    year = cast(func.strftime("%Y", c.given_on), Integer)
    return or_(
        birthday <= c.given_on,
        and_(
            p.born_on.is_(None),
            or_(p.born_year.is_(None), year - p.born_year >= GUARDIAN_UNDER),
        ),
    )
