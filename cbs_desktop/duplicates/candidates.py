"""Who of the whole registry may be the person that is typed: found by the index, without a scan."""

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import bindparam, select, text

from cbs_desktop.action import Reading
from cbs_desktop.duplicates.comparing import Traits
from cbs_desktop.participants.rules import PersonDetails
from cbs_desktop.participants.tables import Person
from cbs_desktop.places.rules import SEPARATOR, place_key
from cbs_desktop.places.tables import Place
from cbs_desktop.store import search
from cbs_desktop.store.values import NamedRow
from cbs_desktop.text import fold

_LOOKED_UP = 4_000  # people of one name: a name that more have says little
_COMPARED = 300
_BEGINNING = 3  # letters of a sound
_PHONE_DIGITS = 8  # Burundian numbers have eight; Rwandan ones differ in these
_ENOUGH = 2  # points: one whole name, or the beginnings of two

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
_ALL = select(*_COLUMNS).join(Place, Place.id == Person.place_id)
_SOME = _ALL.where(Person.id.in_(bindparam("ids", expanding=True)))
_OF_PLACE = select(Person.id).where(
    Person.place_id == bindparam("place_id"), Person.sex == bindparam("sex")
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
        card=_card(details.id_number),
    )


def everybody(reading: Reading) -> list[Traits]:
    """What is compared of all people, by id."""
    return [_traits(row) for row in reading.rows(_ALL.order_by(Person.id))]


def people(reading: Reading, ids: Sequence[int]) -> list[Traits]:
    """What is compared of some people."""
    return [_traits(row) for row in reading.rows(_SOME, {"ids": list(ids)})]


def candidates(reading: Reading, wanted: Traits, place_id: int | None) -> list[Traits]:
    """The people who share most with the person wanted: names by sound or their beginnings, the phone, the place."""
    points: Counter[int] = Counter()
    for words, worth in _asked(wanted):
        values = {"words": words, "most": _LOOKED_UP}
        for person_id in reading.db.execute(_FOUND, values).scalars():
            points[person_id] += worth
    if place_id and wanted.sex:
        values = {"place_id": place_id, "sex": wanted.sex}
        for person_id in reading.db.execute(_OF_PLACE, values).scalars():
            points[person_id] += 1
    likely = [
        person_id
        for person_id, worth in points.most_common(_COMPARED)
        if worth >= _ENOUGH
    ]
    return people(reading, likely)


def _asked(wanted: Traits) -> Iterator[tuple[str, int]]:
    """Expressions for the index, and what a person who fits is worth."""
    for word in wanted.names.split():
        sound = f"0{word}"
        yield f'"{sound}"', 1
        yield f'"{sound[: _BEGINNING + 1]}"*', 1
    if wanted.phone:
        yield f'"{wanted.phone}"', _ENOUGH


def _traits(row: NamedRow) -> Traits:
    return Traits(
        id=row.id,
        names=_sounds(row.own_name, row.other_names),
        sex=row.sex,
        born_on=row.born_on,
        born_year=row.born_year,
        place=_place(row.path),
        phone=_phone(row.phone),
        card=_card(row.id_number),
    )


def _sounds(*names: str) -> str:
    """The keys of all names by their sound, each once, sorted."""
    return " ".join(
        sorted({search.key(word) for word in fold(" ".join(names)).split()})
    )


def _place(path: str) -> tuple[str, ...]:
    return tuple(place_key(name) for name in path.split(SEPARATOR)) if path else ()


def _phone(phone: str) -> str:
    digits = "".join(sign for sign in phone if sign.isdigit())
    return digits[-_PHONE_DIGITS:]


def _card(number: str) -> str:
    return "".join(sign for sign in number.upper() if sign.isalnum())
