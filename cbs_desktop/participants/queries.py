"""People as forms and pickers read them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cbs_desktop.action import Reading, query
from cbs_desktop.errors import Missing
from cbs_desktop.participants import rules
from cbs_desktop.participants import tables as t
from cbs_desktop.participants.rules import Consent, Details
from cbs_desktop.places.tables import Place
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.text import fold


@dataclass(frozen=True, slots=True)
class PersonForm:
    """A person as the form shows them; `details.categories` is None where the account may not see them."""

    id: int
    number: str
    details: Details
    place: str
    consents: tuple[Consent, ...]
    left_on: date | None


@query(Permission.LOOK)
def form(reading: Reading, person_id: int) -> PersonForm:
    """One person's details for the form; Missing when there is none."""
    statement = select(t.Person.__table__, Place.path).join(Place, Place.id == t.Person.place_id)
    row = reading.first(statement.where(t.Person.id == person_id))
    if row is None:
        raise Missing(what="person", id=person_id)
    values = {key: getattr(row, key) for key in Details.__slots__ if key != "categories"}
    values["categories"] = _categories(reading, person_id)
    consents = reading.rows(select(t.Consent.__table__).where(t.Consent.person_id == person_id).order_by(t.Consent.id))
    agreed = tuple(Consent(c.given_on, c.mode, c.purpose, c.guardian) for c in consents if not c.withdrawn_on)
    return PersonForm(row.id, row.number, Details(**values), row.path, agreed, row.left_on)


def _categories(reading: Reading, person_id: int) -> tuple[str, ...] | None:
    if not reading.account.may(Permission.SEE_BACKGROUND):
        return None
    of_person = select(t.Background.category).where(t.Background.person_id == person_id)
    return tuple(reading.db.scalars(of_person.order_by(t.Background.category)))


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Somebody registered who may be the same person."""

    id: int
    number: str
    name: str
    sex: str
    born: int | None
    place: str


@query(Permission.LOOK)
def look_alikes(reading: Reading, own_name: str, other_names: str, sex: str = "") -> list[LookAlike]:
    """People whose folded names hold the same words, in any order; at most 5."""
    words = set(fold(rules.shown(own_name, other_names)).split())
    if not words:
        return []
    from cbs_desktop.store import search

    p = t.Person
    matching = f"person.id IN (SELECT rowid FROM person_search WHERE words MATCH '{search.match(sorted(words))}')"
    from sqlalchemy import text

    statement = (
        select(p.id, p.number, p.own_name, p.other_names, p.sex, p.born_on, p.born_year, Place.path)
        .join(Place, Place.id == p.place_id)
        .where(text(matching.replace(":", "")))
        .limit(50)
    )
    fits = []
    for row in reading.rows(statement):
        same = set(fold(rules.shown(row.own_name, row.other_names)).split()) >= words
        if same and sex in ("", row.sex):
            born = row.born_on.year if row.born_on else row.born_year
            fits.append(LookAlike(row.id, row.number, rules.shown(row.own_name, row.other_names), row.sex, born, row.path))
    return fits[:5]


@query(Permission.IMPORT)
def import_check(reading: Reading, people: list[tuple[Details, Consent | None]], first_row: int) -> list[rules.Fault]:
    """The faults of an import before anything is written."""
    from cbs_desktop.participants.actions import import_faults, tidy

    return import_faults(reading, [(tidy(d), c) for d, c in people], first_row)
