"""Finding people by what is typed: names, numbers, phones, the end of an ID number, and where they live or meet.

A word is taken for a place (sector, cell, village) or for a group where it is a whole word of its name, or its beginning
where nobody has all that was typed in their own words. So "uwera kabeza" finds every Uwera of Kabeza, and "muk" no whole
sector. A keystroke that names no place costs one small look-up more than the index of people alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, bindparam, false, func, or_, select, text

from cbs_desktop.action import Reading
from cbs_desktop.groups.tables import Membership
from cbs_desktop.participants.tables import Person
from cbs_desktop.places.rules import SECTOR
from cbs_desktop.places.tables import Place
from cbs_desktop.store import search

Condition = ColumnElement[bool]
COUNTED_MOST = 1_000
_SORTED_MOST = 400  # longer lists are given by number: sorting them by name would cost more than a keystroke may
_NAMED_LEAST = 3  # letters of a place or a group


def matching_ids(
    reading: Reading, where: "Filter", first: int, most: int
) -> tuple[list[int], int, bool]:
    """A page of ids, how many there are in all (counted up to a limit), and whether they are in the order of names."""
    found = where.found
    if found is not None:
        if len(found) > _SORTED_MOST:
            page = found[first : first + most]
            if first + most > len(found):
                page = list(
                    reading.db.execute(
                        _FOUND_LATER,
                        {"words": where.words, "most": most, "first": first},
                    ).scalars()
                )
            return page, len(found), False
        by_name = (
            select(Person.id)
            .where(Person.id.in_(found))
            .order_by(Person.own_name, Person.other_names, Person.id)
        )
        return (
            reading.column(by_name.limit(most).offset(first)),
            len(found),
            True,
        )
    wanted = select(Person.id).where(*where.all())
    if where.others:
        counted = reading.count(
            select(func.count()).select_from(wanted.limit(COUNTED_MOST + 1).subquery())
        )
    else:
        counted = reading.count(select(func.count()).select_from(Person))
    by_name = counted <= _SORTED_MOST
    if by_name:
        order = (Person.own_name, Person.other_names, Person.id)
    else:
        order = (Person.id,)
    return (
        reading.column(wanted.order_by(*order).limit(most).offset(first)),
        counted,
        by_name,
    )


# Straight from the index, in its own order: a subquery would gather all who match before it gave the first.
_FOUND = text(
    "SELECT rowid FROM person_search WHERE person_search MATCH :words ORDER BY rowid LIMIT :most"
)
_FOUND_LATER = text(
    "SELECT rowid FROM person_search WHERE person_search MATCH :words ORDER BY rowid LIMIT :most OFFSET :first"
)


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to: an expression of the word index, and conditions on people. `found` are the first of all
    who match, by id, where the expression stands alone."""

    words: str
    others: tuple[Condition, ...]
    found: list[int] | None = None

    def __bool__(self) -> bool:
        return bool(self.words or self.others)

    def all(self) -> list[Condition]:
        """All as conditions on people."""
        if not self.words:
            return list(self.others)
        return [_matching(self.words), *self.others]


@dataclass(frozen=True, slots=True)
class _Named:
    """The places and the groups that a word names."""

    places: list[int]
    groups: list[int]

    def __bool__(self) -> bool:
        return bool(self.places or self.groups)


def narrowed(reading: Reading, typed: str, others: Sequence[Condition] = ()) -> Filter:
    """What a list is narrowed to by words, beside other conditions."""
    tokens = search.tokens(typed)
    if not tokens:
        nobody: list[Condition] = (
            [false()] if typed.strip() else []
        )  # signs alone are nobody
        return Filter("", (*nobody, *others))
    exact = _named(reading, tokens, "")
    found = [] if exact else _first(reading, tokens, bool(others))
    if not found:
        named = {**_named(reading, tokens, "*"), **exact}
        if named:
            return _somewhere(tokens, named, others)
    return Filter(search.match(tokens), tuple(others), None if others else found)


def _first(reading: Reading, tokens: Sequence[str], one: bool) -> list[int]:
    """The first people who have all words themselves, by id; only one where it is asked whether there is any."""
    most = 1 if one else COUNTED_MOST + 1
    values = {"words": search.match(tokens), "most": most}
    return list(reading.db.execute(_FOUND, values).scalars())


def _somewhere(
    tokens: Sequence[str], named: Mapping[str, "_Named"], others: Sequence[Condition]
) -> Filter:
    """Some of the words name places or groups."""
    own = [token for token in tokens if token not in named]
    where = [_lives_or_meets(token, found) for token, found in named.items()]
    return Filter(search.match(own), (*where, *others))


def some_ids(reading: Reading, where: Filter, most: int) -> list[int]:
    """The first of all who match, in no order of names."""
    if where.found is not None:
        return where.found[:most]
    return reading.column(select(Person.id).where(*where.all()).limit(most))


_NAMED = (
    "SELECT 'place', rowid FROM place_search WHERE place_search MATCH ?"
    " UNION ALL SELECT 'group', rowid FROM groups_search WHERE groups_search MATCH ?"
)


def _named(reading: Reading, tokens: Sequence[str], begun: str) -> dict[str, "_Named"]:
    """The places and groups that words name: by a whole word, or with `begun` "*" by its beginning."""
    asked = [
        f'"{token}"{begun}'
        for token in tokens
        if len(token) >= _NAMED_LEAST and not token.isdigit()
    ]
    if not asked or not _look_up(reading, " OR ".join(asked)):
        return {}
    named = {word.strip('"*'): _look_up(reading, word) for word in asked}
    return {token: found for token, found in named.items() if found}


def _look_up(reading: Reading, word: str) -> _Named:
    places: list[int] = []
    groups: list[int] = []
    for what, key in reading.db.exec_driver_sql(_NAMED, (word, word)):
        (places if what == "place" else groups).append(key)
    if places:
        below = Place.level >= SECTOR
        places = reading.column(select(Place.id).where(Place.id.in_(places), below))
    return _Named(places, groups)


def _lives_or_meets(token: str, named: _Named) -> Condition:
    """People with the word themselves, below a place of this name, or in a group of it now."""
    near = or_(
        Place.id.in_(named.places),
        Place.parent_id.in_(named.places),
        Place.sector_id.in_(named.places),
    )
    members = select(Membership.person_id).where(
        Membership.group_id.in_(named.groups), Membership.left_on.is_(None)
    )
    return or_(
        _matching(search.either(token)),
        Person.place_id.in_(select(Place.id).where(near)),
        Person.id.in_(members),
    )


def _matching(words: str) -> Condition:
    """People whose words match an expression; each condition has a parameter of its own."""
    index = text("SELECT rowid FROM person_search WHERE person_search MATCH :words")
    found = index.bindparams(bindparam("words", words, unique=True))
    return Person.id.in_(found.columns(Person.id))
