"""Places as screens ask for them."""

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import func, select

from cbs_desktop import resource, settings
from cbs_desktop.action import Reading, query
from cbs_desktop.places import gazetteer, rules
from cbs_desktop.places.tables import Coverage, Facility, Place
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store.values import value_of
from cbs_desktop.text import fold


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: its id and how it is shown."""

    id: int
    name: str


@query(Permission.LOOK)
def find_places(reading: Reading, text: str, most: int = 30) -> list[Choice]:
    """Places of the office's districts whose path holds all the words typed, short paths first; always the full path."""
    words = fold(text).split()
    mine = select(Place.id, Place.path).where(
        Place.district_id.in_(select(Coverage.district_id))
    )
    rows = reading.rows(mine.order_by(func.length(Place.path), Place.path))
    fits: list[Choice] = []
    for row in rows:
        path = fold(row.path)
        if all(word in path for word in words):
            fits.append(Choice(row.id, row.path))
    return fits[:most]


@query(Permission.LOOK)
def districts(reading: Reading) -> list[Choice]:
    """All districts of the office's country, in order of name."""
    country = settings.read(reading, "country")
    statement = select(Place.id, Place.name).where(
        Place.level == rules.DISTRICT, Place.country == country
    )
    return [
        value_of(Choice, row) for row in reading.rows(statement.order_by(Place.name))
    ]


@query(Permission.LOOK)
def covered(reading: Reading) -> list[Choice]:
    """The districts that the office works in."""
    statement = select(Place.id, Place.name).join(
        Coverage, Coverage.district_id == Place.id
    )
    return [
        value_of(Choice, row) for row in reading.rows(statement.order_by(Place.name))
    ]


@query(Permission.LOOK)
def sectors(reading: Reading) -> list[Choice]:
    """The sectors known in the office's districts, with their path."""
    covered = select(Coverage.district_id)
    statement = (
        select(Place.id, Place.path)
        .where(Place.level == rules.SECTOR)
        .where(Place.district_id.in_(covered))
        .order_by(Place.path)
    )
    return [Choice(row.id, row.path) for row in reading.rows(statement)]


@query(Permission.LOOK)
def former_places(reading: Reading) -> list[Choice]:
    """The units of an older division that the office entered, in order of path; the year of their end is in their name."""
    statement = select(Place.id, Place.path).where(Place.valid_to.is_not(None))
    found: list[Choice] = []
    for row in reading.rows(statement.order_by(Place.path)):
        found.append(Choice(row.id, row.path))
    return found


@dataclass(frozen=True, slots=True)
class FacilityChoice:
    """A correctional facility or a refugee camp; `id` is None for one of the country's list that is not entered yet."""

    id: int | None
    name: str
    kind: str
    district_id: int


@query(Permission.LOOK)
def facilities(reading: Reading) -> list[FacilityChoice]:
    """The correctional facilities and refugee camps of the office."""
    f = Facility
    statement = select(f.id, f.name, f.kind, f.district_id).order_by(f.name)
    found: list[FacilityChoice] = []
    for row in reading.rows(statement):
        found.append(value_of(FacilityChoice, row))
    return found


@query(Permission.LOOK)
def offered_facilities(reading: Reading) -> list[FacilityChoice]:
    """Those of the country's list that lie in the office's districts and are not entered yet."""
    there: set[str] = set()
    for facility in facilities(reading):
        there.add(fold(facility.name))
    ids: dict[str, int] = {}
    for district in covered(reading):
        ids[district.name] = district.id
    found: list[FacilityChoice] = []
    of_country = resource.toml("places", "facilities.toml").get(_country(reading), {})
    for kind, listed in of_country.items():
        for name, district in listed:
            if district in ids and fold(name) not in there:
                found.append(FacilityChoice(None, name, kind, ids[district]))
    return found


@dataclass(frozen=True, slots=True)
class TypedPlace:
    """A place as somebody typed it: what of it is known.

    - `id` is the place's, None where it is not known.
    - `district_id` and `names` below it are what `add_path` takes, `path` is how it will be shown.
    - `official` says that it stands in the list of the country, so that it can be added without a question.
    - `near` is a known place that it may be a spelling of, "" for none.
    """

    id: int | None
    district_id: int
    names: tuple[str, ...]
    path: str
    official: bool
    near: str


@query(Permission.LOOK)
def understand(reading: Reading, typed: str) -> TypedPlace | None:
    """What a typed path means; None without one of the office's districts, which may be left out where there is one only."""
    names = rules.names_typed(typed)
    by_key = {rules.place_key(one.name): one for one in covered(reading)}
    district = by_key.get(rules.place_key(names[0])) if names else None
    if district is not None:
        names = names[1:]
    elif len(by_key) == 1:
        (district,) = by_key.values()
    if district is None:
        return None
    place_id: int | None = district.id
    country = _country(reading)
    official = gazetteer.spelled(country, (district.name, *names))
    path, near = district.name, ""
    for name in names:
        beneath = _beneath(reading, place_id)
        place_id = beneath.get(rules.place_key(name))
        if place_id is None and not near:
            known = {*beneath, *_official_beneath(country, path)}
            near = _alike(path, name, known)
        path = rules.path(path, rules.place_name(name), rules.SECTOR)
    if official:
        path, near = rules.SEPARATOR.join(official), ""
    return TypedPlace(place_id, district.id, names, path, official is not None, near)


def _alike(path: str, name: str, known: set[str]) -> str:
    """The path of the place that a name may be a spelling of; "" where it is one of them, or like none."""
    if rules.place_key(name) in known:
        return ""
    alike = rules.nearest(name, sorted(known))
    if alike is None:
        return ""
    return rules.path(path, rules.place_name(alike), rules.SECTOR)


def _country(reading: Reading) -> str:
    return str(settings.read(reading, "country") or "")


def _official_beneath(country: str, path: str) -> list[str]:
    """The keys of the places directly beneath a path by the official list."""
    return list(gazetteer.beneath(country, tuple(path.split(rules.SEPARATOR))))


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place to choose by its path; `id` is None where it stands in the official list only and nobody lives there yet."""

    id: int | None
    path: str


@query(Permission.LOOK)
def suggest_places(reading: Reading, text: str, most: int = 30) -> list[PlaceChoice]:
    """Places of the office's districts whose path holds all the words typed, however spelled.

    First come those whose own name begins as typed, and among them those where somebody lives already.
    """
    words = rules.sound(text).split()
    if not words:
        return []
    mine = select(Place.id, Place.path).where(
        Place.district_id.in_(select(Coverage.district_id))
    )
    used = {
        row.path: row.id
        for row in reading.rows(mine)
        if all(word in _heard(row.path) for word in words)
    }
    country = _country(reading)
    listed = [
        rules.SEPARATOR.join(names)
        for district in covered(reading)
        for names in gazetteer.find(country, district.name, text)
    ]

    def order(path: str) -> tuple[object, ...]:
        own = rules.sound(path.rpartition(rules.SEPARATOR)[2])
        begins = any(own.startswith(word) for word in words)
        return not begins, path not in used, path.count(rules.SEPARATOR), path

    paths = sorted({*used, *listed}, key=order)
    return [PlaceChoice(used.get(path), path) for path in paths[:most]]


@lru_cache(maxsize=65_536)  # of every place at every key
def _heard(path: str) -> str:
    return " ".join(map(rules.sound, path.split(rules.SEPARATOR)))


def _beneath(reading: Reading, place_id: int | None) -> dict[str, int]:
    """The places directly beneath one, by key."""
    if place_id is None:
        return {}
    statement = select(Place.id, Place.name).where(Place.parent_id == place_id)
    return {rules.place_key(row.name): row.id for row in reading.rows(statement)}
