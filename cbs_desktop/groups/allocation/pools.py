"""Which people can be in a group together at all: the pools. By facility, else by track and sector, or by the radius that the
office chose; small pools are joined to the nearest where it wishes so."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean

from cbs_desktop.groups.allocation.blocks import joined
from cbs_desktop.groups.allocation.distance import great_circle, km
from cbs_desktop.groups.allocation.instance import Candidate, Pool, Sizes
from cbs_desktop.groups.rules import Wishes

_TRACKS = ("youth", "adult", "facility")


@dataclass(frozen=True, slots=True)
class Eligible:
    """Somebody to be placed: track (youth, adult, facility), district, and the facility they are in."""

    person: Candidate
    track: str
    district_id: int
    facility_id: int | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """How places are called by id, and facilities with how many groups they hold (0: any)."""

    places: Mapping[int, str]
    facilities: Mapping[int, tuple[str, int]]


def pools(
    people: Iterable[Eligible], sizes: Sizes, wishes: Wishes, names: Names
) -> tuple[Pool, ...]:
    """All pools, those of places first, in order of place and track."""
    areas: dict[tuple[str, int, int | None], list[Eligible]] = {}
    for one in people:
        sector = 0 if wishes.area_km and not one.facility_id else one.person.sector
        areas.setdefault(
            (one.track, sector or one.district_id, one.facility_id), []
        ).append(one)
    found = [list(each) for each in areas.values()]
    if wishes.area_km:
        found = [
            part
            for each in found
            for part in (
                [each] if each[0].facility_id else _within(each, wishes.area_km)
            )
        ]
    if wishes.undivided == "merge":
        found = _merged(found, sizes.least)
    made = [_pool(each, names) for each in found]
    return tuple(
        sorted(
            made,
            key=lambda pool: (
                pool.track == "facility",
                pool.place,
                _TRACKS.index(pool.track),
            ),
        )
    )


def _within(people: Sequence[Eligible], reach: int) -> list[list[Eligible]]:
    """People whose places are linked by ways of at most so many km: nobody beyond can share a group with them."""
    cells: dict[int, list[Eligible]] = {}
    for one in people:
        cells.setdefault(one.person.cell, []).append(one)
    near = (
        (a, b)
        for a, b in combinations(sorted(cells), 2)
        if km(cells[a][0].person, cells[b][0].person) <= reach
    )
    return [
        [one for cell in block for one in cells[cell]]
        for block in joined([*((c,) for c in cells), *near])
    ]


def _merged(found: list[list[Eligible]], least: int) -> list[list[Eligible]]:
    """Every pool smaller than a wished group joined to the nearest of its track and district, the smallest first."""
    done: list[list[Eligible]] = []
    waiting = sorted(
        found, key=lambda each: (len(each), each[0].person.id), reverse=True
    )
    while waiting:
        small = waiting.pop()
        others = [
            other
            for other in (*waiting, *done)
            if not small[0].facility_id and _alike(small, other)
        ]
        if len(small) >= least or not others:
            done.append(small)
            continue
        nearest = min(
            others,
            key=lambda other: (_way(small, other), len(other), other[0].person.id),
        )
        for each in (waiting, done):
            if nearest in each:
                each.remove(nearest)
        waiting.append([*small, *nearest])
        waiting.sort(key=lambda each: (len(each), each[0].person.id), reverse=True)
    return done


def _alike(one: Sequence[Eligible], other: Sequence[Eligible]) -> bool:
    return (one[0].track, one[0].district_id) == (
        other[0].track,
        other[0].district_id,
    ) and not other[0].facility_id


def _way(one: Sequence[Eligible], other: Sequence[Eligible]) -> float:
    """Between the middles of two pools where all positions are known, else between two of their people."""
    spots = [[each.person.spot for each in side] for side in (one, other)]
    if all(spot for side in spots for spot in side):
        first, second = (
            (
                fmean(spot[0] for spot in side if spot),
                fmean(spot[1] for spot in side if spot),
            )
            for side in spots
        )
        return great_circle(first, second)
    return km(one[0].person, other[0].person)


def _pool(people: Sequence[Eligible], names: Names) -> Pool:
    first = people[0]
    everybody = tuple(sorted((one.person for one in people), key=lambda one: one.id))
    if first.facility_id:
        name, rooms = names.facilities[first.facility_id]
        return Pool(
            first.district_id,
            first.facility_id,
            first.track,
            name,
            everybody,
            rooms,
            first.district_id,
        )
    sectors = Counter(one.sector for one in everybody)
    order = sorted(sectors, key=lambda sector: (-sectors[sector], names.places[sector]))
    others = [names.places[sector].split(" › ")[-1] for sector in order[1:]]
    return Pool(
        order[0],
        None,
        first.track,
        " + ".join((names.places[order[0]], *others)),
        everybody,
        0,
        first.district_id,
    )
