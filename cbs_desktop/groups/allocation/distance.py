"""How far apart people live, in km: by the positions of their places where both are known, else by the places themselves."""

from math import asin, cos, radians, sin, sqrt
from typing import Protocol

EARTH = 6371.0
SAME_SECTOR = 4.0  # our defaults for places nobody measured
ELSEWHERE = 12.0


class Lives(Protocol):
    """Somebody with a place: its id, its sector's, and its position (latitude, longitude)
    in degrees where it is known."""

    @property
    def cell(self) -> int: ...  # noqa: D102
    @property
    def sector(self) -> int: ...  # noqa: D102
    @property
    def spot(self) -> tuple[float, float] | None: ...  # noqa: D102


def km(one: Lives, other: Lives) -> float:
    """The way between two people's places, as the crow flies."""
    if one.cell == other.cell:
        return 0.0
    if one.spot and other.spot:
        return great_circle(one.spot, other.spot)
    if one.sector == other.sector:
        return SAME_SECTOR
    return ELSEWHERE


def great_circle(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two positions in degrees on the sphere (haversine), in km."""
    latitude, longitude = map(radians, one)
    other_latitude, other_longitude = map(radians, other)
    northward = (other_latitude - latitude) / 2
    eastward = (other_longitude - longitude) / 2
    shrinks = cos(latitude) * cos(other_latitude)
    half = sin(northward) ** 2 + shrinks * sin(eastward) ** 2
    angle = asin(min(1.0, sqrt(half)))
    return 2 * EARTH * angle
