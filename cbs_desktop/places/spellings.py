"""Places that may be spellings of one another or of an official place; what joining them changes; which were joined."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cbs_desktop.action import Reading, query
from cbs_desktop.errors import Missing
from cbs_desktop.places import gazetteer, rules
from cbs_desktop.places.tables import Coverage, DifferentPlaces, Place, PlaceJoin
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store import references
from cbs_desktop.store.values import NamedRow

Uses = dict[str, int]  # how many rows refer to a place, by table


@dataclass(frozen=True, slots=True)
class SpelledPlace:
    """A place as the office spells it. `uses` counts who and what refers to it or to a place below, by table; `below`
    how many places there are below."""

    id: int
    name: str
    path: str
    level: int
    uses: Uses
    below: int


@dataclass(frozen=True, slots=True)
class SpellingPair:
    """A place, and what it may be a spelling of: another place of the office, or a name of the official list (then
    `other` is None). `official` is the official spelling, "" where the list has none."""

    one: SpelledPlace
    other: SpelledPlace | None
    official: str


@query(Permission.MERGE)
def spellings(reading: Reading) -> list[SpellingPair]:
    """Pairs of places that may be one, in the districts of the office; the lower a place, the later it comes.

    A pair that was said to be two places is left out. Of two places the first is the one that would rather go: not
    official, or less used.
    """
    search = _Search(reading)
    pairs: list[SpellingPair] = []
    for parent_id in search.parents():
        pairs += search.pairs_below(parent_id)
    return sorted(pairs, key=lambda pair: (pair.one.level, pair.one.path))


def _covered_places(reading: Reading) -> list[NamedRow]:
    """The places of the office's districts, from above."""
    covered = select(Coverage.district_id)
    mine = select(Place.__table__).where(Place.district_id.in_(covered))
    return reading.rows(mine.order_by(Place.level, Place.path, Place.id))


def _told_apart(reading: Reading) -> set[tuple[int, int]]:
    """The pairs of which somebody said that they are two places."""
    d = DifferentPlaces
    pairs = reading.rows(select(d.one_id, d.other_id))
    return {(row.one_id, row.other_id) for row in pairs}


class _Search:
    """The places of the office's districts, held against each other and against the official list."""

    def __init__(self, reading: Reading) -> None:
        self._db = reading.db
        self._uses: dict[int, Uses] = {}
        self._places: dict[int, NamedRow] = {}
        self._beneath: dict[int, list[int]] = {}
        for row in _covered_places(reading):
            self._places[row.id] = row
            if row.level >= rules.SECTOR:
                siblings = self._beneath.setdefault(row.parent_id, [])
                siblings.append(row.id)
        self._two = _told_apart(reading)

    def parents(self) -> list[int]:
        """Every place that has places below."""
        return list(self._beneath)

    def pairs_below(self, parent_id: int) -> list[SpellingPair]:
        """The pairs among the places directly below one."""
        parent = self._places[parent_id]
        names = tuple(parent.path.split(rules.SEPARATOR))
        official = gazetteer.beneath(parent.country, names)
        pairs: list[SpellingPair] = []
        seen: set[tuple[int, ...]] = set()
        for place_id in self._beneath[parent_id]:
            pair = self._pair(place_id, self._beneath[parent_id], official)
            if pair is not None and (key := _key(pair)) not in seen:
                seen.add(key)
                pairs.append(pair)
        return pairs

    def _pair(
        self, place_id: int, siblings: Iterable[int], official: dict[str, str]
    ) -> SpellingPair | None:
        """The pair of a place, if it may be a spelling of another one."""
        place = self._places[place_id]
        if place.valid_to:
            return None
        mine = official.get(rules.place_key(place.name), "")
        others = self._others(place_id, siblings, official)
        found = rules.alike(place.name, others, official)
        other_id = others.get(found or "")
        if other_id is not None:
            other = self._places[other_id]
            theirs = official.get(rules.place_key(other.name), "")
            return self._in_order(place, other, mine or theirs)
        if mine and mine != place.name:
            return SpellingPair(self._told(place), None, mine)
        if found is not None:
            return SpellingPair(self._told(place), None, found)
        return None

    def _others(
        self, place_id: int, siblings: Iterable[int], official: dict[str, str]
    ) -> dict[str, int | None]:
        """What a place may be a spelling of, by name, the official spellings first: the ids of the places beside it,
        None for a name of the list."""
        mine = rules.place_key(self._places[place_id].name)
        others: dict[str, int | None] = {}
        beside: dict[str, int | None] = {}
        taken = {mine}
        two: set[str] = set()
        for sibling in siblings:
            row = self._places[sibling]
            key = rules.place_key(row.name)
            if sibling == place_id or row.valid_to:
                continue
            taken.add(key)
            if (min(place_id, sibling), max(place_id, sibling)) in self._two:
                two.add(key)
            elif official.get(key) == row.name:
                others[row.name] = sibling
            else:
                beside[row.name] = sibling
        for name, sibling in beside.items():
            others.setdefault(name, sibling)
        for key, name in official.items():
            if key not in taken:
                others.setdefault(name, None)
        return {
            name: one
            for name, one in others.items()
            if rules.place_key(name) not in two
        }

    def _in_order(
        self, one: NamedRow, other: NamedRow, official: str
    ) -> SpellingPair | None:
        """Who would rather go comes first."""
        first, second = self._told(one), self._told(other)
        if _weight(first, official) > _weight(second, official):
            first, second = second, first
        return SpellingPair(first, second, official)

    def _told(self, place: NamedRow) -> SpelledPlace:
        places = self._tree(place.id)
        if not self._uses:
            self._uses = references.count_each(self._db, Place)
        uses: Uses = {}
        for place_id in places:
            for table, number in self._uses.get(place_id, {}).items():
                uses[table] = uses.get(table, 0) + number
        return SpelledPlace(
            place.id, place.name, place.path, place.level, uses, len(places) - 1
        )

    def _tree(self, place_id: int) -> list[int]:
        """A place and all below it."""
        found = [place_id]
        for one in found:
            found += self._beneath.get(one, [])
        return found


def _weight(place: SpelledPlace, official: str) -> tuple[bool, bool, int]:
    """How much a spelling is worth: the official name, spelled as it is in the list, the most used."""
    key = rules.place_key(place.name)
    same = key == rules.place_key(official)
    exact = place.name == official
    used = sum(place.uses.values())
    return same, exact, used


def _key(pair: SpellingPair) -> tuple[int, ...]:
    if pair.other is None:
        return (pair.one.id,)
    return tuple(sorted((pair.one.id, pair.other.id)))


@dataclass(frozen=True, slots=True)
class JoinEffects:
    """What joining changes: how many rows refer to the place that goes and to those below it, by table; the paths below
    that become one with a path of the place that stays; and the paths that move below it."""

    uses: Uses
    joined: tuple[str, ...]
    moved: tuple[str, ...]


@query(Permission.MERGE)
def join_effects(reading: Reading, kept_id: int, gone_id: int) -> JoinEffects:
    """What `joining.join` would change. Missing for a place that is not there."""
    if not _children(reading, kept_id, itself=True):
        raise Missing(what="place", id=kept_id)
    gone = _children(reading, gone_id, itself=True)
    if not gone:
        raise Missing(what="place", id=gone_id)
    joined: list[str] = []
    moved: list[str] = []
    _compare(reading, kept_id, gone_id, joined, moved)
    tree = _tree(reading, gone_id)
    return JoinEffects(
        references.count(reading.db, Place, tree), tuple(joined), tuple(moved)
    )


def _compare(
    reading: Reading, kept_id: int, gone_id: int, joined: list[str], moved: list[str]
) -> None:
    there: dict[str, int] = {}
    for row in _children(reading, kept_id):
        there[rules.place_key(row.name)] = row.id
    for row in _children(reading, gone_id):
        twin = there.get(rules.place_key(row.name))
        if twin is None:
            moved.append(row.path)
        else:
            joined.append(row.path)
            _compare(reading, twin, row.id, joined, moved)


def _children(
    reading: Reading, place_id: int, itself: bool = False
) -> Sequence[NamedRow]:
    key = Place.parent_id
    if itself:
        key = Place.id
    columns = select(Place.id, Place.name, Place.path)
    found = columns.where(key == place_id)
    return reading.rows(found.order_by(Place.name))


def _tree(reading: Reading, place_id: int) -> list[int]:
    found = [place_id]
    for one in found:
        for row in _children(reading, one):
            found.append(row.id)
    return found


@dataclass(frozen=True, slots=True)
class Joined:
    """A join that stands: the path that went, the path that it is part of, who joined them and when."""

    id: int
    gone_path: str
    kept_path: str
    joined_by: str
    joined_on: date


@query(Permission.MERGE)
def joins(reading: Reading) -> list[Joined]:
    """The joins that stand, the latest first."""
    j = PlaceJoin
    rows = reading.rows(
        select(j.__table__).where(j.parted_on.is_(None)).order_by(j.id.desc())
    )
    became = what_places_became(reading)
    paths: dict[int, str] = {}
    for row in reading.rows(select(Place.id, Place.path)):
        paths[row.id] = row.path
    found: list[Joined] = []
    for row in rows:
        path = paths[place_now(became, row.kept_id)]
        found.append(Joined(row.id, row.gone_path, path, row.joined_by, row.joined_on))
    return found


def what_places_became(reading: Reading) -> dict[int, int]:
    """Of every place that went: the place that it became part of."""
    standing = select(PlaceJoin.content).where(PlaceJoin.parted_on.is_(None))
    became: dict[int, int] = {}
    for content in reading.column(standing):
        for step in json.loads(content):
            became[step["place"]["id"]] = step["kept"]
    return became


def place_now(became: dict[int, int], place_id: int) -> int:
    """The place that another one is part of today; itself where it is still there."""
    while place_id in became:
        place_id = became[place_id]
    return place_id
