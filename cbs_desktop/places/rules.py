"""What a typed place means: levels, paths, spelling."""

import re
from collections.abc import Container, Iterable
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache

from cbs_desktop.errors import Fault
from cbs_desktop.text import clean, fold, text_faults

DISTRICT = 2
SECTOR = 3
PRISON = "correctional facility"
FACILITY_KINDS = (PRISON, "refugee camp")
SEPARATOR = " › "
_LEVEL_BEFORE = re.compile(
    r"(intara|province|akarere|district|komine|commune|umurenge|sector|secteur|zone|akagari|cell|cellule|umudugudu|village"
    r"|umutumba|colline)( (wa|ya|ka|de|du))? "
)
_LEVEL_BEHIND = re.compile(r" (district|commune|sector|zone|cell|village)$")
_SOUNDS = str.maketrans("ywlq", "iurk")
_NEAR = 0.85  # of the letters: from here two names may be spellings of one place
_BETWEEN = re.compile(r"[›>,;/]")


def path(parent_path: str, name: str, level: int) -> str:
    """The path shown for a place: from the district down, since the office knows its province."""
    if level > DISTRICT:
        return SEPARATOR.join(filter(None, (parent_path, name)))
    return name


def place_faults(name: str) -> list[Fault]:
    """What is wrong with a new place's name."""
    return text_faults("place", clean(name), needed=True, most=60)


def former_name(name: str, until: date) -> str:
    """How a unit of an older division is written, with the year of its end: apart from one of today of the same name."""
    return f"{clean(name)} (–{until.year})"


def place_key(name: str) -> str:
    """What two writings of one name share: no case, accents or points, and no word for the level before or behind it."""
    folded = fold(name)
    bare = _LEVEL_BEHIND.sub("", _LEVEL_BEFORE.sub("", folded, count=1))
    if any(sign.isalpha() for sign in bare):
        return bare
    return folded


def place_name(name: str) -> str:
    """The name under which a new place is kept: neither shouted nor whispered, without the word for its level."""
    if place_key(name) != fold(name) or name.isupper() or name.islower():
        return place_key(name).title()
    return clean(name)


def nearest(name: str, others: Iterable[str]) -> str | None:
    """The name among others that this one may be a spelling of: sounds of Kinyarwanda and Kirundi that are mixed up on
    paper (y and i, w and u, l and r) and doubled letters count as the same. Two numbers are two
    places."""
    wanted, number = sound(name), _number(name)
    shares = {
        other: _share(wanted, sound(other))
        for other in others
        if not number or _number(other) in ("", number)
    }
    best = max(shares, key=shares.__getitem__, default=None)
    if best is None or shares[best] < _NEAR:
        return None
    return best


def _number(name: str) -> str:
    """The number at the end of a name."""
    return fold(name).removeprefix(fold(name).rstrip("0123456789"))


def _share(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


@lru_cache(maxsize=65_536)  # asked of every place at every key
def sound(name: str) -> str:
    """How a name sounds: what spellings of one place share."""
    letters = place_key(name).translate(_SOUNDS).rstrip(" 0123456789")
    return re.sub(r"(.)\1+", r"\1", letters)


def alike(name: str, others: Iterable[str], official: Container[str]) -> str | None:
    """The name that this one may be a spelling of: the same but for case, signs and the word for the level, else the
    nearest. `official` are the keys of names that the country's list has: two of them are two places."""
    key = place_key(name)
    near: list[str] = []
    for other in others:
        if place_key(other) == key:
            return other
        if key not in official:
            near.append(other)
    return nearest(name, near)


def names_typed(text: str) -> tuple[str, ...]:
    """The names of a path as it is typed, from above: "Musanze, Cyuve"."""
    return tuple(filter(None, map(clean, _BETWEEN.split(text))))
