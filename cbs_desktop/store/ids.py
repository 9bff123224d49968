"""Ids: 63-bit integers, 24 random bits of the laptop and a counter, unique across laptops without a server."""

import secrets
from collections.abc import Iterator

COUNTER_BITS = 39
LAPTOP_BITS = 24


def new_laptop() -> int:
    """The random part of a laptop's ids; never 0."""
    return secrets.randbelow(2**LAPTOP_BITS - 1) + 1


def run(laptop: int, start: int) -> Iterator[int]:
    """Ids of a laptop after the counter value `start`."""
    counter = start
    while True:
        counter += 1
        yield (laptop << COUNTER_BITS) | counter


def counter_of(identity: int) -> int:
    """The counter part of an id."""
    return identity & (2**COUNTER_BITS - 1)
