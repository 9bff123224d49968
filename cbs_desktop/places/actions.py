"""Setting up the places of an office."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy import delete as remove

from cbs_desktop import resource, settings
from cbs_desktop.action import Transaction, action
from cbs_desktop.errors import Fault, Invalid, Missing
from cbs_desktop.places import gazetteer, rules
from cbs_desktop.places.positions import Position
from cbs_desktop.places.tables import Coverage, Facility, Place
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.text import clean, day_faults, fold, text_faults

_place = select(
    Place.country, Place.level, Place.path, Place.district_id, Place.sector_id
).where(Place.id == bindparam("id"))
_beneath = select(Place.id, Place.name).where(Place.parent_id == bindparam("id"))


@action(Permission.SET_UP, "Loaded the administrative divisions of {country}")
def take_up_country(tx: Transaction, country: str) -> None:
    """Enter a country's provinces and districts from resources/places. Invalid for a country without a file."""
    if country not in resource.names("places", ".csv"):
        raise Invalid([Fault("country", "not a choice")])
    lines = [
        line
        for line in resource.text("places", f"{country}.csv").splitlines()
        if not line.startswith("#")
    ]
    provinces: dict[str, int] = {}
    for row in csv.DictReader(lines):
        top = provinces.get(row["province"]) or _add(
            tx, country, 1, row["province"], None
        )
        provinces[row["province"]] = top
        _add(tx, country, rules.DISTRICT, row["district"], top)
    settings.write(tx, "country", country)
    tx.say(country=country)


def _add(
    tx: Transaction, country: str, level: int, name: str, parent_id: int | None
) -> int:
    place_id = tx.new_id()
    path, district, sector = "", None, None
    if parent_id is not None:
        above = tx.db.execute(_place, {"id": parent_id}).one()
        path, district, sector = above.path, above.district_id, above.sector_id
    tx.run(
        insert(Place).values(
            id=place_id,
            country=country,
            level=level,
            name=name,
            parent_id=parent_id,
            district_id=place_id if level == rules.DISTRICT else district,
            sector_id=place_id if level == rules.SECTOR else sector,
            path=rules.path(path, name, level),
        )
    )
    return place_id


@action(Permission.SET_UP, "Changed the districts of the office")
def cover(tx: Transaction, district_ids: Sequence[int]) -> None:
    """The districts that this office works in; at least one."""
    known = set(tx.column(select(Place.id).where(Place.level == rules.DISTRICT)))
    if not district_ids or not known.issuperset(district_ids):
        raise Invalid(
            [Fault("districts", "needed" if not district_ids else "not a choice")]
        )
    tx.run(remove(Coverage))
    tx.run(
        insert(Coverage), [{"district_id": district_id} for district_id in district_ids]
    )


@action(Permission.REGISTER, "Added the place {place}")
def add_place(tx: Transaction, parent_id: int, name: str) -> int:
    """A place beneath another one, or the one that is there already under this name however it is written; its id."""
    name = clean(name)
    if faults := rules.place_faults(name):
        raise Invalid(faults)
    parent = tx.first(_place, {"id": parent_id})
    if parent is None:
        raise Missing(what="place", id=parent_id)
    tx.say(place=name)
    beneath = tx.rows(_beneath, {"id": parent_id})
    for there in beneath:
        if rules.place_key(there.name) == rules.place_key(name):
            return there.id
    names = (*parent.path.split(rules.SEPARATOR), name)
    official = parent.level >= rules.DISTRICT and gazetteer.spelled(
        parent.country, names
    )
    name = official[-1] if official else rules.place_name(name)
    return _add(tx, parent.country, parent.level + 1, name, parent_id)


@action(Permission.REGISTER, "Added the place {place}")
def add_path(tx: Transaction, district_id: int, names: Iterable[str]) -> int:
    """The place at the end of a path below a district, entered as far as it is new; its id."""
    place_id = district_id
    for name in names:
        place_id = add_place(tx, place_id, name)
    return place_id


@action(Permission.REGISTER, "Added {place} of the older division")
def add_former_place(
    tx: Transaction, district_id: int, name: str, until: date | None
) -> int:
    """A unit of an older division, as papers of before name it: with its last day, below the district that it belongs to
    now; its id. The one that is there already when it was entered before."""
    faults = rules.place_faults(name) + day_faults("until", until, tx.today)
    district = tx.first(_place, {"id": district_id})
    if district is None or district.level != rules.DISTRICT:
        faults.append(Fault("district", "needed"))
    if faults or until is None or district is None:
        raise Invalid(faults)
    name = rules.former_name(name, until)
    tx.say(place=name)
    for there in tx.rows(_beneath, {"id": district_id}):
        if rules.place_key(there.name) == rules.place_key(name):
            return there.id
    place_id = _add(tx, district.country, rules.SECTOR, name, district_id)
    ended = {"valid_to": until, "replaced_by_id": district_id}
    tx.run(update(Place).where(Place.id == place_id).values(**ended))
    return place_id


@action(Permission.SET_UP, "Recorded the positions of {count} places")
def set_positions(tx: Transaction, positions: Sequence[Position]) -> int:
    """Where known places are, all or none; how many. Invalid names every row whose place is not known."""
    covered = select(Coverage.district_id)
    rows = tx.rows(select(Place.id, Place.path).where(Place.district_id.in_(covered)))
    ids = {
        tuple(fold(name) for name in row.path.split(rules.SEPARATOR)): row.id
        for row in rows
    }
    keys = [tuple(fold(name) for name in one.names) for one in positions]
    wrong = [
        Fault("place_id", "no such place", {}, one.row)
        for one, key in zip(positions, keys, strict=True)
        if key not in ids
    ]
    if wrong:
        raise Invalid(wrong)
    for one, key in zip(positions, keys, strict=True):
        where = {"latitude": one.latitude, "longitude": one.longitude}
        tx.run(update(Place).where(Place.id == ids[key]).values(**where))
    tx.say(count=len(positions))
    return len(positions)


@action(Permission.REGISTER, "Added {facility}")
def add_facility(
    tx: Transaction,
    name: str,
    district_id: int,
    rooms: int = 0,
    kind: str = rules.PRISON,
) -> int:
    """A correctional facility or a refugee camp, and how many groups it can hold at once (0: no limit); its id."""
    name = clean(name)
    if faults := _facility_faults(tx, name, district_id, rooms, kind):
        raise Invalid(faults)
    facility_id = tx.new_id()
    values = {"name": name, "district_id": district_id, "rooms": rooms, "kind": kind}
    tx.run(insert(Facility).values(id=facility_id, **values))
    tx.say(facility=name)
    return facility_id


def _facility_faults(
    tx: Transaction, name: str, district_id: int, rooms: int, kind: str
) -> list[Fault]:
    faults = text_faults("name", name, needed=True)
    if fold(name) in map(fold, tx.column(select(Facility.name))):
        faults.append(Fault("name", "taken"))
    district = select(Place.id).where(
        Place.id == district_id, Place.level == rules.DISTRICT
    )
    if not tx.value(district):
        faults.append(Fault("district", "needed"))
    if not 0 <= rooms <= 99:
        faults.append(Fault("rooms", "not a number"))
    if kind not in rules.FACILITY_KINDS:
        faults.append(Fault("kind", "not a choice"))
    return faults
