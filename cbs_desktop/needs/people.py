"""What the lists say of people and groups beside their attendance: phone, village, facilitators, days. Nothing sensitive."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select

from cbs_desktop.action import Reading, batches
from cbs_desktop.facilitators.tables import Facilitator
from cbs_desktop.groups.tables import Group, GroupFacilitator, Membership
from cbs_desktop.needs import rules
from cbs_desktop.needs import tables as t
from cbs_desktop.participants import phones
from cbs_desktop.participants.consents import agrees, restricted
from cbs_desktop.participants.queries import country_of
from cbs_desktop.participants.rules import shown
from cbs_desktop.participants.tables import Person, PersonDay
from cbs_desktop.places.rules import SEPARATOR
from cbs_desktop.places.tables import Place
from cbs_desktop.store.values import NamedRow

_AT_ONCE = 5_000  # people of one statement


@dataclass(frozen=True, slots=True)
class Reached:
    """How somebody is reached: the phone ("" where a call may put them in danger) with whose it is, and where they live.
    `shared`: agrees to be named to others."""

    phone: str
    place: str
    shared: bool


def reached(reading: Reading, person_ids: Iterable[int]) -> dict[int, Reached]:
    """By person; whose data are restricted are left out."""
    p = Person
    statement = (
        select(
            p.id,
            p.phone,
            p.phone_of,
            p.safe_to_call,
            Place.path,
            agrees("sharing", reading.today).label("shared"),
        )
        .join(Place, Place.id == p.place_id)
        .where(~restricted(reading.today))
    )
    country = country_of(reading)
    found: dict[int, Reached] = {}
    for part in batches(list(person_ids), _AT_ONCE):
        for row in reading.rows(statement.where(p.id.in_(part))):
            found[row.id] = Reached(
                phone=_phone(row, country),
                place=_below_district(row.path),
                shared=bool(row.shared),
            )
    return found


def _phone(row: NamedRow, country: str) -> str:
    phone = phones.to_call(row.phone, row.safe_to_call, country)
    if phone and row.phone_of:
        return f"{phone} ({row.phone_of})"
    return phone


def _below_district(path: str) -> str:
    """Where somebody lives, without the district that everybody knows."""
    _district, *below = path.split(SEPARATOR)
    if not below:
        return path
    return SEPARATOR.join(below)


@dataclass(frozen=True, slots=True)
class LedBy:
    """Who leads a group: the names of those who are active, and of those who are not any more."""

    active: tuple[str, ...]
    gone: tuple[str, ...]


NOBODY = LedBy((), ())


def led_by(reading: Reading) -> dict[int, LedBy]:
    """By group, in the order in which they were set."""
    leads = GroupFacilitator
    f = Facilitator
    statement = (
        select(
            leads.group_id,
            f.own_name,
            f.other_names,
            f.active,
        )
        .join(f, f.id == leads.facilitator_id)
        .order_by(leads.id)
    )
    found: dict[int, LedBy] = {}
    for row in reading.rows(statement):
        name = shown(row.own_name, row.other_names)
        before = found.get(row.group_id, NOBODY)
        if row.active:
            now = replace(before, active=(*before.active, name))
        else:
            now = replace(before, gone=(*before.gone, name))
        found[row.group_id] = now
    return found


def weekdays(reading: Reading) -> dict[int, int]:
    """The day on which each group meets, 0 Monday."""
    return dict(reading.rows(select(Group.id, Group.weekday)))


def days_of(reading: Reading) -> dict[int, frozenset[int]]:
    """The days that people gave; who gave none is not there."""
    given: dict[int, set[int]] = defaultdict(set)
    for person_id, weekday in reading.rows(
        select(PersonDay.person_id, PersonDay.weekday)
    ):
        given[person_id].add(weekday)
    return {person_id: frozenset(days) for person_id, days in given.items()}


def joined(reading: Reading) -> dict[tuple[int, int], date]:
    """When people joined the group in which they are now, by group and person."""
    m = Membership
    columns = select(m.group_id, m.person_id, m.joined_on)
    found: dict[tuple[int, int], date] = {}
    for row in reading.rows(columns.where(m.left_on.is_(None))):
        place = (row.group_id, row.person_id)
        found[place] = row.joined_on
    return found


@dataclass(frozen=True, slots=True)
class Visited:
    """The last day on which each person was visited, and was looked for and not met."""

    met: dict[int, date]
    not_met: dict[int, date]


def visited(reading: Reading) -> Visited:
    """Of everybody who was visited."""
    v = t.Visit
    latest = select(v.person_id, v.outcome, func.max(v.visited_on))
    found = Visited({}, {})
    for person_id, outcome, day in reading.rows(
        latest.group_by(v.person_id, v.outcome)
    ):
        days = found.met if rules.OUTCOMES[outcome].met else found.not_met
        days[person_id] = max(day, days.get(person_id, day))
    return found
