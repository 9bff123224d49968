"""Which people can be in a group together at all: the pools. By facility, else by track and sector, or by the radius that the
office chose; small pools are joined to the nearest where it wishes so."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean

from cbs_desktop.groups.allocation.blocks import joined
from cbs_desktop.groups.allocation.distance import great_circle, km
from cbs_desktop.groups.allocation.people import Home, PersonFacts, Pool, Sizes
from cbs_desktop.groups.rules import Preferences

_TRACKS = ("youth", "adult", "facility")
Part = list["Eligible"]


@dataclass(frozen=True, slots=True)
class Eligible:
    """Somebody to be placed: track (youth, adult, facility), district, and the facility
    they are in."""

    person: PersonFacts
    track: str
    district_id: int
    facility_id: int | None = None


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """How places are called by id, and facilities with how many groups they hold (0:
    any)."""

    places: Mapping[int, str]
    facilities: Mapping[int, tuple[str, int]]


def pools(
    people: Iterable[Eligible],
    sizes: Sizes,
    preferences: Preferences,
    names: PlaceNames,
) -> tuple[Pool, ...]:
    """All pools, those of places first, in order of place and track."""
    parts = _areas(people, preferences.area_km)
    if preferences.undivided == "merge":
        parts = _merged(parts, sizes.least)
    found = [_pool(part, names) for part in parts]
    return tuple(sorted(found, key=_order))


def _order(pool: Pool) -> tuple[bool, str, int]:
    return pool.track == "facility", pool.place, _TRACKS.index(pool.track)


def _areas(people: Iterable[Eligible], area_km: int) -> list[Part]:
    """By facility, else by track and sector, or with a radius by track and district, parted
    where nobody can reach each other."""
    areas: dict[Home, Part] = {}
    for one in people:
        area = one.person.sector or one.district_id
        if area_km and not one.facility_id:
            area = one.district_id
        areas.setdefault((one.track, area, one.facility_id), []).append(one)
    if not area_km:
        return list(areas.values())
    parts = []
    for (_track, _area, facility_id), area in areas.items():
        parts += [area] if facility_id else _within(area, area_km)
    return parts


def _within(people: Sequence[Eligible], reach: int) -> list[Part]:
    """People whose places are linked by ways of at most so many km: nobody beyond can
    share a group with them."""
    cells: dict[int, Part] = {}
    for one in people:
        cells.setdefault(one.person.cell, []).append(one)
    links: list[tuple[int, ...]] = [(cell,) for cell in cells]
    for one, other in combinations(sorted(cells), 2):
        if km(cells[one][0].person, cells[other][0].person) <= reach:
            links.append((one, other))
    parts = []
    for block in joined(links):
        part = []
        for cell in block:
            part += cells[cell]
        parts.append(part)
    return parts


def _merged(parts: list[Part], least: int) -> list[Part]:
    """Every pool smaller than a wished group joined to the nearest of its track and
    district, the smallest first."""
    done: list[Part] = []
    queue = sorted(parts, key=_size, reverse=True)
    while queue:
        small = queue.pop()
        nearest = None
        if len(small) < least:
            nearest = _nearest(small, [*queue, *done])
        if nearest is None:
            done.append(small)
            continue
        for left in (queue, done):
            if nearest in left:
                left.remove(nearest)
        queue.append([*small, *nearest])
        queue.sort(key=_size, reverse=True)
    return done


def _nearest(small: Part, others: Iterable[Part]) -> Part | None:
    """The nearest pool that a small one can be joined to, of several the smallest."""

    def way(other: Part) -> tuple[float, int, int]:
        return _way(small, other), *_size(other)

    alike = [other for other in others if _alike(small, other)]
    return min(alike, key=way, default=None)


def _size(part: Part) -> tuple[int, int]:
    return len(part), part[0].person.id


def _alike(part: Part, other: Part) -> bool:
    """Whether two pools can be joined: no facilities, the same track and district."""
    one = part[0]
    two = other[0]
    if one.facility_id or two.facility_id:
        return False
    return one.track == two.track and one.district_id == two.district_id


def _way(part: Part, other: Part) -> float:
    """Between the middles of two pools where all positions are known, else between two of
    their people."""
    middle = _middle(part)
    other_middle = _middle(other)
    if middle and other_middle:
        return great_circle(middle, other_middle)
    return km(part[0].person, other[0].person)


def _middle(part: Part) -> tuple[float, float] | None:
    latitudes = []
    longitudes = []
    for one in part:
        if one.person.spot is None:
            return None
        latitude, longitude = one.person.spot
        latitudes.append(latitude)
        longitudes.append(longitude)
    return fmean(latitudes), fmean(longitudes)


def _pool(part: Part, names: PlaceNames) -> Pool:
    first = part[0]
    everybody = sorted((one.person for one in part), key=lambda person: person.id)
    if first.facility_id:
        sector_id = first.district_id
        place, rooms = names.facilities[first.facility_id]
    else:
        sector_id, place = _sector_and_name(everybody, names)
        rooms = 0
    return Pool(
        sector_id=sector_id,
        facility_id=first.facility_id or None,
        track=first.track,
        place=place,
        people=tuple(everybody),
        rooms=rooms,
        district_id=first.district_id,
    )


def _sector_and_name(
    people: Sequence[PersonFacts], names: PlaceNames
) -> tuple[int, str]:
    """The sector of most people, and the names of all their sectors."""
    counts: Counter[int] = Counter()
    for person in people:
        counts[person.sector] += 1

    def order(sector: int) -> tuple[int, str]:
        return -counts[sector], names.places[sector]

    largest, *others = sorted(counts, key=order)
    words = [names.places[largest]]
    for sector in others:
        path = names.places[sector].split(" › ")
        words.append(path[-1])
    return largest, " + ".join(words)
