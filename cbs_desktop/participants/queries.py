"""People as forms and pickers read them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from sqlalchemy import select

from cbs_desktop import settings
from cbs_desktop.action import Reading, query
from cbs_desktop.errors import Fault, Missing
from cbs_desktop.participants import availability, rules
from cbs_desktop.participants import tables as t
from cbs_desktop.participants.consents import consents_of
from cbs_desktop.participants.importing import ImportLine
from cbs_desktop.participants.rules import Birth, PersonDetails, RecordedConsent
from cbs_desktop.places import gazetteer
from cbs_desktop.places.rules import DISTRICT, SEPARATOR, nearest, place_key, place_name
from cbs_desktop.places.tables import Coverage, Facility, Place
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.text import fold

SERIES = "participant"


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
    values = {
        key: getattr(row, key) for key in PersonDetails.__slots__ if key != "categories"
    }
    values["categories"] = _categories(reading, person_id)
    values |= {
        "languages": availability.languages_of(row.languages),
        "days": availability.days_of(row.days),
    }
    consents = tuple(consents_of(reading, person_id))
    return EditablePerson(
        row.id, row.number, PersonDetails(**values), row.path, consents, row.left_on
    )


def _categories(reading: Reading, person_id: int) -> tuple[str, ...] | None:
    if not reading.account.may(Permission.SEE_BACKGROUND):
        return None
    of_person = select(t.Background.category).where(t.Background.person_id == person_id)
    return tuple(reading.column(of_person.order_by(t.Background.category)))


Keys = tuple[str, ...]  # of a place and those above it, from the district down


class Places:
    """The places and facilities that a sheet may name: districts of the office and what is known below them."""

    def __init__(self, reading: Reading) -> None:
        covered = select(Coverage.district_id)
        rows = reading.rows(
            select(Place.id, Place.path, Place.level, Place.country).where(
                Place.district_id.in_(covered)
            )
        )
        self._ids: dict[Keys, int] = {}
        self._sectors: set[Keys] = set()
        for row in rows:
            keys = tuple(map(place_key, row.path.split(SEPARATOR)))
            self._ids[keys] = row.id
            if row.level == DISTRICT:
                official = gazetteer.sectors(row.country, row.path)
                self._sectors |= {(*keys, place_key(name)) for name in official}
            else:
                self._sectors.add(keys[:2])
        self._facilities = {
            fold(name): i
            for i, name in reading.rows(select(Facility.id, Facility.name))
        }
        districts = [keys for keys in self._ids if len(keys) == 1]
        self._only = districts[0] if len(districts) == 1 else ()
        self._folded: dict[tuple[str, ...], Keys] = {}
        self._near: dict[Keys, str] = {}

    def _keys(self, line: ImportLine) -> Keys:
        """The keys of a line's path; a sheet names the same places over and over."""
        if line.place not in self._folded:
            keys = tuple(place_key(name) for name in line.place if name)
            if not line.place[0]:
                keys = (*self._only, *keys)
            self._folded[line.place] = keys
        return self._folded[line.place]

    def faults(self, line: ImportLine) -> list[Fault]:
        """What is wrong with the place and the facility of a line."""
        keys = self._keys(line)
        if keys and keys[:1] in self._ids:
            faults = []
        else:
            faults = [Fault("place_id", "no such place", {}, line.row)]
        if any(not upper and lower for upper, lower in pairwise(line.place[1:])):
            faults.append(
                Fault("place_id", "no such place", {}, line.row)
            )  # a village without its sector
        near = "" if faults else self._near_sector(keys[:2])
        if near:
            about: dict[str, object] = {"cell": line.place[1], "near": near}
            faults.append(Fault("place_id", "spelled otherwise", about, line.row))
        if line.facility and fold(line.facility) not in self._facilities:
            faults.append(Fault("facility", "not a choice", {}, line.row))
        return faults

    def _near_sector(self, keys: Keys) -> str:
        """The sector that a new one may be a spelling of; one that is like no other is known from then on."""
        if len(keys) < 2 or keys in self._sectors:
            return ""
        if keys not in self._near:
            district, name = keys
            known = sorted(other for upper, other in self._sectors if upper == district)
            alike = nearest(name, known)
            if alike is None:
                self._sectors.add(keys)
                return ""
            self._near[keys] = place_name(alike)
        return self._near[keys]

    def settle(
        self, line: ImportLine, add: Callable[[int, Sequence[str]], int]
    ) -> PersonDetails:
        """The person with place and facility; a place that is new is entered through `add`."""
        keys = self._keys(line)
        if keys not in self._ids:
            district_id = self._ids[keys[:1]]
            names = [name for name in line.place[1:] if name]
            self._ids[keys] = add(district_id, names)
        facility_id = None
        if line.facility:
            facility_id = self._facilities[fold(line.facility)]
        place_id = self._ids[keys]
        return replace(line.details, place_id=place_id, facility_id=facility_id)

    def found(self, line: ImportLine) -> int | None:
        """The place of a line if it is known."""
        return self._ids.get(self._keys(line))


def import_faults(reading: Reading, lines: Sequence[ImportLine]) -> list[Fault]:
    """Every fault of every row: the sheet's, the person's own, rows given twice, people who are registered already."""
    faults: list[Fault] = []
    seen = _registered(reading)
    places = Places(reading)
    for line in lines:
        details = line.details
        wrong = [
            fault
            for fault in rules.person_faults(details, reading.today)
            if fault.field != "place_id"
        ]
        read_wrong = {fault.field for fault in line.faults}
        if line.consent:
            birth = Birth(details.born_on, details.born_year)
            years = rules.age_at_consent(line.consent.given_on, birth, reading.today)
            wrong += rules.consent_faults(line.consent, years, reading.today)
        same: list[tuple[object, ...]] = [
            (*rules.same_key(details), places.found(line) or line.place)
        ]
        if details.id_number:
            same.append(_card(details.id_number))
        if known := next((seen[key] for key in same if key in seen), None):
            wrong.append(Fault("own_name", "twice", {"where": known}))
        for key in same:
            seen.setdefault(key, line.row)
        faults += [*line.faults, *places.faults(line)]
        faults += [
            replace(fault, row=line.row)
            for fault in wrong
            if fault.field not in read_wrong
        ]
    return faults


def _registered(reading: Reading) -> dict[tuple[object, ...], object]:
    p = t.Person
    rows = reading.rows(
        select(
            p.own_name,
            p.other_names,
            p.sex,
            p.born_on,
            p.born_year,
            p.place_id,
            p.number,
            p.id_number,
        )
    )
    known: dict[tuple[object, ...], object] = {}
    for row in rows:
        details = PersonDetails(
            own_name=row.own_name,
            other_names=row.other_names,
            sex=row.sex,
            place_id=row.place_id,
            born_on=row.born_on,
            born_year=row.born_year,
        )
        known[(*rules.same_key(details), row.place_id)] = row.number
        if row.id_number:
            known[_card(row.id_number)] = row.number
    return known


def _card(id_number: str) -> tuple[object, ...]:
    return ("card", fold(id_number).replace(" ", ""))


@query(Permission.IMPORT)
def import_check(reading: Reading, lines: Sequence[ImportLine]) -> list[Fault]:
    """The faults of an import before anything is written."""
    return import_faults(reading, lines)


@query(Permission.LOOK)
def numbers(reading: Reading) -> dict[str, int]:
    """The id of every person by number, for tables that come back from elsewhere."""
    return dict(reading.rows(select(t.Person.number, t.Person.id)))


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
