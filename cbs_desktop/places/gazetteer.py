"""The official division below each district, as data packages give it: known from the first start, entered when it is used.

Rwanda: `rwanda-geo-data`; Burundi since 2025: `tburundigeo`. Which lists they follow, and where such lists differ, stands in
docs/decisions.md.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from cbs_desktop.places.rules import place_key, sound

Names = tuple[str, ...]  # from the district down


@cache
def below(country: str, district: str) -> dict[Names, Names]:
    """Every place of a district and the district itself: the keys of its path, and the names as they are spelled."""
    return {tuple(map(place_key, names)): names for names in _paths(country, district)}


def spelled(country: str, names: Names) -> Names | None:
    """A path in its official spelling; None where the list has no such place."""
    return below(country, names[0]).get(tuple(map(place_key, names)))


def sectors(country: str, district: str) -> list[str]:
    """The names of the sectors (Burundi: zones) of a district; empty where the division is not known."""
    return [names[1] for names in below(country, district).values() if len(names) == 2]


def beneath(country: str, names: Names) -> dict[str, str]:
    """The places directly beneath one: their keys, and the names as they are spelled."""
    above = tuple(map(place_key, names))
    found: dict[str, str] = {}
    for keys, spelled_ in below(country, names[0]).items():
        if keys[:-1] == above:
            found[keys[-1]] = spelled_[-1]
    return found


def find(country: str, district: str, text: str) -> list[Names]:
    """The places whose path holds all the words typed, however they are spelled."""
    words = sound(text).split()
    if not words:
        return []
    return [
        names
        for heard, names in _heard(country, district)
        if all(word in heard for word in words)
    ]


@cache
def _heard(country: str, district: str) -> list[tuple[str, Names]]:
    paths = below(country, district).values()
    return [(" ".join(map(sound, names)), names) for names in paths]


def _paths(country: str, district: str) -> Iterator[Names]:
    tree = _TREES[country]() if country in _TREES else {}
    key = place_key(district)
    for name, sectors_ in tree.items():
        if place_key(name) == key:
            yield (district,)
            yield from _walk((district,), sectors_)


def _walk(above: Names, beneath: "Tree") -> Iterator[Names]:
    for name, lower in beneath.items():
        yield (*above, name)
        yield from _walk((*above, name), lower)


Tree = dict[str, "Tree"]  # names, and the names beneath each
_NOTHING: Tree = {}
_CORRECTED = {"Karus": "Karusi"}  # the package lost a letter; its own capital is Karusi


@cache
def _rwanda() -> Tree:
    from rwanda_geo_data import DATA

    tree: Tree = {}
    for districts in DATA.values():
        for district, sectors_ in districts.items():
            tree[district] = {
                sector: {
                    cell: dict.fromkeys(villages, _NOTHING)
                    for cell, villages in cells.items()
                }
                for sector, cells in sectors_.items()
            }
    return tree


@cache
def _burundi() -> Tree:
    from tburundigeo.data import communes, quartiers, zones

    hills: dict[str, Tree] = defaultdict(dict)
    for one in quartiers.data:
        hills[one["zone_code"]][one["name"]] = {}
    parts: dict[str, Tree] = defaultdict(dict)
    for one in zones.data:
        parts[one["commune_code"]][one["name"]] = hills[one["code"]]
    return {
        _CORRECTED.get(one["name"], one["name"]): parts[one["code"]]
        for one in communes.data
    }


_TREES = {"RW": _rwanda, "BI": _burundi}
