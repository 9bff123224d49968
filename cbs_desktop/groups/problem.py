"""What an allocation is made from, and what comes out: values only, with a JSON form so that it can be made again."""

import json
from dataclasses import asdict, dataclass, replace


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

    @property
    def key(self) -> tuple[str, int, int | None]:
        """What makes two pools the same: track, sector, facility."""
        return self.track, self.sector_id, self.facility_id


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

    def with_person(self, fresh: "Problem", person_id: int) -> "Problem | None":
        """This problem, with somebody who became eligible since, as `fresh` has them; None who is not eligible there."""
        found = next(((pool, one) for pool in fresh.pools for one in pool.people if one.id == person_id), None)
        if found is None or any(one.id == person_id for pool in self.pools for one in pool.people):
            return self if found else None
        pool, person = found
        keys = [each.key for each in self.pools]
        if pool.key not in keys:
            return replace(self, pools=(*self.pools, replace(pool, people=(person,))))
        wider = replace(self.pools[keys.index(pool.key)], people=(*self.pools[keys.index(pool.key)].people, person))
        return replace(self, pools=tuple(wider if each.key == pool.key else each for each in self.pools))

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
    """Proposed groups, who waits and why (too few, no room, keep apart), and the cost of the whole (less is better).
    `least` is what no allocation of these people can be below, None until it was proved."""

    groups: tuple[Placed, ...]
    waiting: tuple[tuple[int, str], ...]
    cost: float
    least: float | None = None

    def moved(self, person_id: int, to: int | None) -> "Result | None":
        """With one person in group `to`, or waiting by hand; None when there is no such group."""
        groups = [replace(g, people=tuple(i for i in g.people if i != person_id)) for g in self.groups]
        waiting = tuple((i, why) for i, why in self.waiting if i != person_id)
        if to is None:
            return replace(self, groups=tuple(groups), waiting=(*waiting, (person_id, "by hand")))
        if not 0 <= to < len(groups):
            return None
        groups[to] = replace(groups[to], people=tuple(sorted((*groups[to].people, person_id))))
        return replace(self, groups=tuple(groups), waiting=waiting)

    def exchanged(self, one_id: int, other_id: int) -> "Result | None":
        """With two people in each other's group; None when one is in none, or both are in the same."""
        where = {i: number for number, group in enumerate(self.groups) for i in group.people}
        here, there = where.get(one_id), where.get(other_id)
        if here is None or there is None or here == there:
            return None
        moved = self.moved(one_id, there)
        return moved.moved(other_id, here) if moved else None

    def to_json(self) -> str:
        """As kept with a proposal."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Result":
        """The reverse of `to_json`."""
        found = json.loads(text)
        groups = tuple(Placed(g["pool"], tuple(g["people"])) for g in found["groups"])
        return cls(groups, tuple((i, why) for i, why in found["waiting"]), found["cost"], found.get("least"))


@dataclass(frozen=True, slots=True)
class Explained:
    """A group in counts. `backgrounds` are (category, people here, people here if all groups were alike)."""

    size: int
    women: int
    men: int
    cells: int
    backgrounds: tuple[tuple[str, int, float], ...]
