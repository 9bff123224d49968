"""Facilitators as lists and pickers show them."""

from dataclasses import dataclass

from sqlalchemy import select

from cbs_desktop.action import Reading, query
from cbs_desktop.facilitators.rules import FacilitatorDetails
from cbs_desktop.facilitators.tables import Facilitator
from cbs_desktop.participants.availability import days_of, languages_of
from cbs_desktop.participants.rules import shown
from cbs_desktop.participants.tables import Person
from cbs_desktop.places.tables import Place
from cbs_desktop.safe.permissions import Permission
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
    found: list[FacilitatorRow] = []
    for row in reading.rows(statement):
        person = ""
        if row.person_id is not None:
            person = f"{shown(row.person_own, row.person_other)} · {row.number}"
        name = shown(row.own_name, row.other_names)
        found.append(FacilitatorRow(row.id, name, row.path, person, _details(row)))
    return found


_PERSON = (
    Person.number,
    Person.own_name.label("person_own"),
    Person.other_names.label("person_other"),
)


def _details(row: NamedRow) -> FacilitatorDetails:
    return FacilitatorDetails(
        row.own_name,
        row.other_names,
        row.sex,
        row.phone,
        row.place_id,
        row.level,
        row.active,
        languages_of(row.languages),
        days_of(row.days),
        row.person_id,
        row.since,
    )
