"""Positions of places from a table with columns district, sector, cell, village, latitude, longitude. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from cbs_desktop.errors import Fault, Invalid
from cbs_desktop.text import clean, fold

_NAMES = ("district", "sector", "cell", "village")
_COLUMNS = {
    "district": ("district", "akarere", "commune", "komine"), "sector": ("sector", "umurenge", "secteur", "zone"),
    "cell": ("cell", "akagari", "cellule"), "village": ("village", "umudugudu", "colline", "umutumba"),
    "latitude": ("latitude", "lat", "y"), "longitude": ("longitude", "lon", "long", "x"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Position:
    """A place by the names from its district down, and where its middle is, in degrees (WGS 84)."""

    row: int
    names: tuple[str, ...]
    latitude: float
    longitude: float


def read(
    header: Sequence[str], rows: Sequence[Sequence[object]], first_row: int
) -> list[Position]:
    """The positions of a table. Invalid without the columns, or with every cell that is no position."""
    heads = [fold(str(head or "")) for head in header]
    at = {
        key: heads.index(word)
        for key, words in _COLUMNS.items()
        for word in words
        if word in heads
    }
    if missing := [
        key for key in ("district", "latitude", "longitude") if key not in at
    ]:
        raise Invalid([Fault(key, "no column") for key in missing])
    found = []
    faults = []
    for number, row in enumerate(rows, first_row):
        cells = {key: row[i] if i < len(row) else "" for key, i in at.items()}
        names = tuple(
            clean(str(cells[key])) for key in _NAMES if cells.get(key) not in ("", None)
        )
        latitude = _degrees(cells["latitude"], 90.0)
        longitude = _degrees(cells["longitude"], 180.0)
        if latitude is None:
            faults.append(Fault("latitude", "not a position", {}, number))
        if longitude is None:
            faults.append(Fault("longitude", "not a position", {}, number))
        if latitude is not None and longitude is not None:
            found.append(Position(number, names, latitude, longitude))
    if faults:
        raise Invalid(faults)
    return found


def _degrees(cell: object, most: float) -> float | None:
    try:
        value = float(str(cell).replace(",", "."))
    except ValueError:
        return None
    if -most <= value <= most:
        return value
    return None
