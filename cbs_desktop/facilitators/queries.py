"""Facilitators as lists and pickers show them."""

from dataclasses import dataclass

from sqlalchemy import select

from cbs_desktop.action import Reading, query
from cbs_desktop.facilitators.rules import FacilitatorDetails
from cbs_desktop.facilitators.tables import Facilitator
from cbs_desktop.participants.availability import days_of, languages_of
from cbs_desktop.participants.rules import shown
from cbs_desktop.places.tables import Place
from cbs_desktop.safe.permissions import Permission


@dataclass(frozen=True, slots=True)
class FacilitatorRow:
    """A line of the list."""

    id: int
    name: str
    place: str
    details: FacilitatorDetails


@query(Permission.LOOK)
def facilitators(reading: Reading) -> list[FacilitatorRow]:
    """All facilitators by name."""
    statement = select(Facilitator.__table__, Place.path).join(
        Place, Place.id == Facilitator.place_id
    )
    rows = reading.rows(
        statement.order_by(Facilitator.own_name, Facilitator.other_names)
    )
    return [
        FacilitatorRow(
            row.id,
            shown(row.own_name, row.other_names),
            row.path,
            FacilitatorDetails(
                row.own_name,
                row.other_names,
                row.sex,
                row.phone,
                row.place_id,
                row.level,
                row.active,
                languages_of(row.languages),
                days_of(row.days),
            ),
        )
        for row in rows
    ]
