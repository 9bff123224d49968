"""People as forms and pickers read them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from cbs_desktop import settings
from cbs_desktop.action import Reading, query
from cbs_desktop.errors import Fault, Missing
from cbs_desktop.participants import availability, backgrounds, national_id, rules
from cbs_desktop.participants import tables as t
from cbs_desktop.participants.consents import consents_of
from cbs_desktop.participants.fields import SHEET_FIELDS
from cbs_desktop.participants.rules import PersonDetails, RecordedConsent
from cbs_desktop.places.tables import Place
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store import lists
from cbs_desktop.store.values import NamedRow

SERIES = "participant"
ALIASES = ", "  # between the numbers and names in Person.aliases


def registered_so_far(reading: Reading) -> int:
    """How many people were given a number; for queries of higher rooms."""
    return settings.next_number(reading, SERIES) - 1


@dataclass(frozen=True, slots=True)
class EditablePerson:
    """A person as the form shows them; `details.categories` is None where the account may not see them."""

    id: int
    number: str
    details: PersonDetails
    place: str
    consents: tuple[RecordedConsent, ...]
    left_on: date | None


@query(Permission.LOOK)
def form(reading: Reading, person_id: int) -> EditablePerson:
    """One person's details for the form; Missing when there is none."""
    statement = select(t.Person.__table__, Place.path).join(
        Place, Place.id == t.Person.place_id
    )
    row = reading.first(statement.where(t.Person.id == person_id))
    if row is None:
        raise Missing(what="person", id=person_id)
    spoken = lists.of_one(reading.db, t.PersonLanguage.code, person_id)
    details = replace(
        details_of(row),
        categories=_categories(reading, person_id),
        languages=availability.listed(spoken),
        days=lists.of_one(reading.db, t.PersonDay.weekday, person_id),
    )
    consents = tuple(consents_of(reading, person_id))
    return EditablePerson(row.id, row.number, details, row.path, consents, row.left_on)


def details_of(row: NamedRow) -> PersonDetails:
    """What a row of the table holds of a person, without background, languages and days."""
    return PersonDetails(**{key: getattr(row, key) for key in rules.OF_ROW})


def _categories(reading: Reading, person_id: int) -> tuple[str, ...] | None:
    if not reading.account.may(Permission.SEE_BACKGROUND):
        return None
    return backgrounds.of_person(reading, person_id)


@query(Permission.LOOK)
def doubts(reading: Reading, details: PersonDetails) -> list[Fault]:
    """What of a national ID does not agree with the person as typed so far; it refuses nothing."""
    return national_id.doubts(details, country_of(reading), reading.today)


def country_of(reading: Reading) -> str:
    """The code of the office's country: RW, BI; for queries of higher rooms."""
    return str(settings.read(reading, "country") or "")


@query(Permission.IMPORT)
def remembered_columns(reading: Reading, kind: str) -> dict[str, int]:
    """Which column holds which field in a kind of sheet, as somebody chose; empty where nobody did."""
    known = settings.read(reading, "import columns").get(kind, {})
    return {field: column for field, column in known.items() if field in SHEET_FIELDS}


@query(Permission.LOOK)
def numbers(reading: Reading) -> dict[str, int]:
    """The id of every person by number, for tables that come back from elsewhere; also by those of records that became
    part of theirs."""
    p = t.Person
    merged = select(p.id, p.aliases).where(p.aliases != "")
    found: dict[str, int] = {}
    for person_id, aliases in reading.rows(merged):
        for alias in aliases.split(ALIASES):
            found[alias.partition(" ")[0]] = person_id
    return {**found, **dict(reading.rows(select(p.number, p.id)))}


def paper_names(reading: Reading, person_ids: Sequence[int]) -> dict[int, str]:
    """The names of people as papers carry them: as on the ID where that is known; for queries of higher rooms."""
    p = t.Person
    found: dict[int, str] = {}
    for start in range(0, len(person_ids), 5_000):
        some = p.id.in_(person_ids[start : start + 5_000])
        for i, on_id, own, other in reading.rows(
            select(p.id, p.name_on_id, p.own_name, p.other_names).where(some)
        ):
            found[i] = on_id or rules.shown(own, other)
    return found
