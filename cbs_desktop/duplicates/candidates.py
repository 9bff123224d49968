"""Who of the whole registry may be the person that is typed: found by the index, without a scan."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from sqlalchemy import bindparam, select, text

from cbs_desktop.action import Reading
from cbs_desktop.duplicates.comparing import CARD_KEEPS, Traits
from cbs_desktop.participants.rules import PersonDetails
from cbs_desktop.participants.tables import Erased, Person
from cbs_desktop.places.rules import SEPARATOR, place_key
from cbs_desktop.places.tables import Place
from cbs_desktop.store import search
from cbs_desktop.store.values import NamedRow

_OF_A_KEY = 120  # people: what more share says little
_COMPARED = 120
_BEGINNING = 3  # letters of a sound
_CARD_LEAST = 6  # signs: fewer are typed of too many

_FOUND = text(
    "SELECT rowid FROM person_search WHERE person_search MATCH :words LIMIT :most"
)
_COLUMNS = (
    Person.id,
    Person.own_name,
    Person.other_names,
    Person.sex,
    Person.born_on,
    Person.born_year,
    Person.phone,
    Person.id_number,
    Place.path,
)
_ALL = (
    select(*_COLUMNS)
    .join(Place, Place.id == Person.place_id)
    .where(Person.id.not_in(select(Erased.person_id)))
)
_SOME = _ALL.where(Person.id.in_(bindparam("ids", expanding=True)))
_OF_PLACE = (
    select(Person.id)
    .where(Person.place_id == bindparam("place_id"), Person.sex == bindparam("sex"))
    .limit(bindparam("most"))
)


def traits_of(details: PersonDetails, path: str) -> Traits:
    """What is compared of somebody who is typed; `path` is the place, or empty."""
    return Traits(
        id=0,
        names=_sounds(details.own_name, details.other_names),
        sex=details.sex,
        born_on=details.born_on,
        born_year=details.born_year,
        place=_place(path),
        phone=_phone(details.phone),
        card=search.card_signs(details.id_number),
    )


def everybody(reading: Reading) -> list[Traits]:
    """What is compared of all people, by id."""
    return [_traits(row) for row in reading.rows(_ALL.order_by(Person.id))]


def people(reading: Reading, ids: Sequence[int]) -> list[Traits]:
    """What is compared of some people."""
    return [_traits(row) for row in reading.rows(_SOME, {"ids": list(ids)})]


def candidates(reading: Reading, wanted: Traits, place_id: int | None) -> list[Traits]:
    """The people who share two traits with the person wanted, or one that is rare; those who share more come first."""
    shared: Counter[int] = Counter()
    for words in _asked(wanted):
        values = {"words": words, "most": _OF_A_KEY}
        shared.update(reading.db.execute(_FOUND, values).scalars())
    if place_id and wanted.sex:
        values = {"place_id": place_id, "sex": wanted.sex, "most": _OF_A_KEY}
        shared.update(reading.db.execute(_OF_PLACE, values).scalars())
    most: list[int] = []
    for person_id, _count in shared.most_common(_COMPARED):
        most.append(person_id)
    return people(reading, most)


def _asked(wanted: Traits) -> Iterator[str]:
    """Expressions for the index: two names as they begin, one whole name, the phone, the card."""
    sounds = [f"0{word}" for word in wanted.names.split()]
    begun = [f'"{sound[: _BEGINNING + 1]}"*' for sound in sounds]
    for one, other in combinations(begun, 2):
        yield f"{one} AND {other}"
    for sound in sounds:
        yield f'"{sound}"'
    if wanted.phone:
        yield f'"{wanted.phone}"'
    if len(wanted.card) >= _CARD_LEAST:
        yield f'"{search.BEGINS}{wanted.card[:CARD_KEEPS]}"*'


def _traits(row: NamedRow) -> Traits:
    return Traits(
        id=row.id,
        names=_sounds(row.own_name, row.other_names),
        sex=row.sex,
        born_on=row.born_on,
        born_year=row.born_year,
        place=_place(row.path),
        phone=_phone(row.phone),
        card=search.card_signs(row.id_number),
    )


def _sounds(*names: str) -> str:
    """The keys of all names by their sound, each once, sorted; an initial stays the letter that it is."""
    words = search.tokens(" ".join(names))
    keys = {search.key(word) if len(word) > 1 else word for word in words}
    return " ".join(sorted(keys))


@lru_cache(maxsize=20_000)  # many live in one place
def _place(path: str) -> tuple[str, ...]:
    return tuple(place_key(name) for name in path.split(SEPARATOR)) if path else ()


def _phone(phone: str) -> str:
    digits = "".join(sign for sign in phone if sign.isdigit())
    return digits[-search.PHONE_END :]
