"""Facilitators as lists and pickers show them."""

from dataclasses import dataclass, replace

from sqlalchemy import select

from cbs_desktop.action import Reading, query
from cbs_desktop.facilitators.rules import FacilitatorDetails
from cbs_desktop.facilitators.tables import (
    Facilitator,
    FacilitatorDay,
    FacilitatorLanguage,
)
from cbs_desktop.participants.availability import listed
from cbs_desktop.participants.rules import shown
from cbs_desktop.participants.tables import Person
from cbs_desktop.places.tables import Place
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store import lists
from cbs_desktop.store.values import NamedRow


@dataclass(frozen=True, slots=True)
class FacilitatorRow:
    """A line of the list. `person` names the participant that they are or were, with the number; "" for nobody."""

    id: int
    name: str
    place: str
    person: str
    details: FacilitatorDetails


@query(Permission.LOOK)
def facilitators(reading: Reading) -> list[FacilitatorRow]:
    """All facilitators by name."""
    f = Facilitator
    statement = (
        select(f.__table__, Place.path, *_PERSON)
        .join(Place, Place.id == f.place_id)
        .outerjoin(Person, Person.id == f.person_id)
        .order_by(f.own_name, f.other_names)
    )
    languages = lists.of_each(reading.db, FacilitatorLanguage.code)
    days = lists.of_each(reading.db, FacilitatorDay.weekday)
    found: list[FacilitatorRow] = []
    for row in reading.rows(statement):
        person = ""
        if row.person_id is not None:
            person = f"{shown(row.person_own, row.person_other)} · {row.number}"
        name = shown(row.own_name, row.other_names)
        details = replace(
            _details(row),
            languages=listed(languages.get(row.id, ())),
            days=days.get(row.id, ()),
        )
        found.append(FacilitatorRow(row.id, name, row.path, person, details))
    return found


_PERSON = (
    Person.number,
    Person.own_name.label("person_own"),
    Person.other_names.label("person_other"),
)


def _details(row: NamedRow) -> FacilitatorDetails:
    """What the row holds, without languages and days."""
    return FacilitatorDetails(
        own_name=row.own_name,
        other_names=row.other_names,
        sex=row.sex,
        phone=row.phone,
        place_id=row.place_id,
        level=row.level,
        active=row.active,
        person_id=row.person_id,
        since=row.since,
    )
