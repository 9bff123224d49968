"""The places and facilities that a sheet names: which they are, which are new, and which are spelled otherwise."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

from sqlalchemy import select

from cbs_desktop.action import Reading
from cbs_desktop.errors import Fault
from cbs_desktop.participants.importing import ImportLine
from cbs_desktop.places import gazetteer
from cbs_desktop.places.rules import (
    DISTRICT,
    SEPARATOR,
    names_typed,
    nearest,
    place_key,
    place_name,
)
from cbs_desktop.places.tables import Coverage, Facility, Place
from cbs_desktop.text import fold

Keys = tuple[str, ...]  # of a place and those above it, from the district down
_LEVELS = 4  # district, sector, cell, village
_DASHES = (" - ", " – ", " — ")
_NAMED_MOST = 8  # places in one sentence


class Places:
    """The places and facilities that a sheet may name: districts of the office and what is known below them.

    `new` are sectors that nobody knows, `near` are new cells and villages with the official name each looks like; both
    are gathered by `faults`.
    """

    def __init__(self, reading: Reading) -> None:
        covered = select(Coverage.district_id)
        rows = reading.rows(
            select(Place.id, Place.path, Place.level, Place.country).where(
                Place.district_id.in_(covered)
            )
        )
        self._ids: dict[Keys, int] = {}
        self._official: dict[Keys, str] = {}
        for row in rows:
            keys = tuple(map(place_key, row.path.split(SEPARATOR)))
            self._ids[keys] = row.id
            if row.level == DISTRICT:
                self._official |= {
                    (*keys, *below[1:]): names[-1]
                    for below, names in gazetteer.below(row.country, row.path).items()
                }
        self._beside: dict[Keys, set[str]] = defaultdict(set)
        for keys in (*self._ids, *self._official):
            self._beside[keys[:-1]].add(keys[-1])
        self._facilities = {
            fold(name): i
            for i, name in reading.rows(select(Facility.id, Facility.name))
        }
        districts = [keys for keys in self._ids if len(keys) == 1]
        self._only = districts[0] if len(districts) == 1 else ()
        self._paths: dict[tuple[str, ...], tuple[Keys, tuple[str, ...]]] = {}
        self._wrong: dict[tuple[str, ...], tuple[Fault, ...]] = {}
        self.new: dict[Keys, str] = {}
        self.near: dict[Keys, tuple[str, str]] = {}

    def faults(self, line: ImportLine) -> list[Fault]:
        """What is wrong with the place and the facility of a line; a sheet names the same ones over and over."""
        if line.place not in self._wrong:
            self._wrong[line.place] = tuple(self._place_faults(line.place))
        found = [
            Fault(fault.field, fault.kind, fault.facts, line.row)
            for fault in self._wrong[line.place]
        ]
        if line.facility and fold(line.facility) not in self._facilities:
            found.append(Fault("facility", "not a choice", {}, line.row))
        return found

    def questions(self) -> list[Fault]:
        """What is asked once for the whole file: whether new places are to be added."""
        found: list[Fault] = []
        if self.new:
            names = _some(list(self.new.values()))
            found.append(Fault("place_id", "new sectors", {"names": names}))
        if self.near:
            pairs = [f"{name} ({near}?)" for name, near in self.near.values()]
            found.append(Fault("place_id", "near places", {"names": _some(pairs)}))
        return found

    def settle(
        self, line: ImportLine, add: Callable[[int, str], int]
    ) -> tuple[int, int | None]:
        """The place and the facility of a line; a place that is new is entered below its parent through `add`."""
        keys, names = self._path(line.place)
        if keys not in self._ids:
            self._enter(keys, names, add)
        facility_id = None
        if line.facility:
            facility_id = self._facilities[fold(line.facility)]
        return self._ids[keys], facility_id

    def found(self, line: ImportLine) -> int | None:
        """The place of a line if it is known."""
        return self._ids.get(self._path(line.place)[0])

    def _enter(
        self, keys: Keys, names: Sequence[str], add: Callable[[int, str], int]
    ) -> None:
        for depth in range(1, len(keys)):
            path = keys[: depth + 1]
            if path not in self._ids:
                self._ids[path] = add(self._ids[keys[:depth]], names[depth])

    def _path(self, place: tuple[str, ...]) -> tuple[Keys, tuple[str, ...]]:
        """The keys of a path, and its names as they are written."""
        if place not in self._paths:
            names = self._names(place)
            self._paths[place] = tuple(map(place_key, names)), names
        return self._paths[place]

    def _names(self, place: tuple[str, ...]) -> tuple[str, ...]:
        """The names from the district down; the cell of the sector may hold a whole place ("Musanze/Cyuve/Cyanya").

        Nothing where the district is not given and there are several.
        """
        district, sector, *below = place
        parts = _parts(sector)
        if len(parts) > 1 and self._begins_with_district(district, parts):
            district, *parts = parts
        elif not district:
            district = "".join(self._only)
        if not district:
            return ()
        return tuple(name for name in (district, *parts, *below) if name)

    def _begins_with_district(self, district: str, parts: Sequence[str]) -> bool:
        """Whether the first of several names is the district, not a sector of the same name."""
        first = (place_key(parts[0]),)
        if first not in self._ids or (district and place_key(district) != first[0]):
            return False
        second = place_key(parts[1])
        return (*first, *first, second) not in self._official

    def _place_faults(self, place: tuple[str, ...]) -> list[Fault]:
        keys, names = self._path(place)
        below_nothing = any(not up and low for up, low in pairwise(place[1:]))
        known_district = bool(keys) and keys[:1] in self._ids
        if place[0] and not known_district:
            return [Fault("place_id", "other district", {"cell": place[0]})]
        if not known_district or below_nothing or len(keys) > _LEVELS:
            return [Fault("place_id", "no such place")]
        for depth in range(2, len(keys) + 1):
            path = keys[:depth]
            if path in self._ids or path in self._official:
                continue
            name = names[depth - 1]
            near = self._like(path)
            if depth == 2 and near:
                about: dict[str, object] = {"cell": name, "near": near}
                return [Fault("place_id", "spelled otherwise", about)]
            if depth == 2:
                self.new[path] = place_name(name)
            elif near:
                self.near[path] = name, near
        return []

    def _like(self, path: Keys) -> str:
        """The place beside a new one that it may be a spelling of; empty where it is like no other."""
        alike = nearest(path[-1], sorted(self._beside.get(path[:-1], ())))
        if alike is None:
            return ""
        return self._official.get((*path[:-1], alike)) or place_name(alike)


def _parts(text: str) -> list[str]:
    """The names in a cell: one, or those of several levels."""
    for dash in _DASHES:
        text = text.replace(dash, "/")
    return list(names_typed(text))


def _some(names: Sequence[str]) -> str:
    if len(names) > _NAMED_MOST:
        return f"{', '.join(names[:_NAMED_MOST])} … ({len(names)})"
    return ", ".join(names)
