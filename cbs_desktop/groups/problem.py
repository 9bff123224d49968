"""What an allocation is made from, and what comes out: values only, with a JSON form so that it can be made again."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody eligible: sex, background categories (for balance only), and the cell they live in."""

    id: int
    sex: str
    categories: tuple[str, ...]
    cell: int


@dataclass(frozen=True, slots=True)
class Pool:
    """People who can be in a group together: one sector and track, or one facility. `rooms`: most groups at once, 0 for any."""

    sector_id: int
    facility_id: int | None
    track: str
    place: str
    people: tuple[Candidate, ...]
    rooms: int = 0


@dataclass(frozen=True, slots=True)
class Sizes:
    """Group sizes in people: wished (least, target, most), never more than stop; a pool smaller than pool_least waits."""

    least: int
    target: int
    most: int
    stop: int
    pool_least: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A round's allocation. `apart` are pairs of person ids, the smaller first."""

    sizes: Sizes
    pools: tuple[Pool, ...]
    apart: frozenset[tuple[int, int]]

    def to_json(self) -> str:
        """As kept with a proposal."""
        return json.dumps({**asdict(self), "apart": sorted(self.apart)})

    @classmethod
    def from_json(cls, text: str) -> "Problem":
        """The reverse of `to_json`."""
        found = json.loads(text)
        pools = [
            Pool(
                **{**p, "people": tuple(Candidate(**{**c, "categories": tuple(c["categories"])}) for c in p["people"])}
            )
            for p in found["pools"]
        ]
        return cls(Sizes(**found["sizes"]), tuple(pools), frozenset((a, b) for a, b in found["apart"]))


@dataclass(frozen=True, slots=True)
class Placed:
    """A proposed group: which pool it is of, and who is in it."""

    pool: int
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """Proposed groups, who waits and why (too few, no room, keep apart), and the cost of the whole (less is better)."""

    groups: tuple[Placed, ...]
    waiting: tuple[tuple[int, str], ...]
    cost: float

    def to_json(self) -> str:
        """As kept with a proposal."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Result":
        """The reverse of `to_json`."""
        found = json.loads(text)
        groups = tuple(Placed(g["pool"], tuple(g["people"])) for g in found["groups"])
        return cls(groups, tuple((i, why) for i, why in found["waiting"]), found["cost"])


@dataclass(frozen=True, slots=True)
class Explained:
    """A group in counts. `backgrounds` are (category, people here, people here if all groups were alike)."""

    size: int
    women: int
    men: int
    cells: int
    backgrounds: tuple[tuple[str, int, float], ...]
