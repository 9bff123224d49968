"""What an allocation is made from, and what comes out: values only, with a JSON form so that it can be made again."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from cbs_desktop.groups.rules import Wishes

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody eligible. Backgrounds and need of support (low, medium, high, empty) serve the balance only; `cell` is the
    place they live in, `sector` that of its sector, `spot` its position in degrees. No languages or days: any."""

    id: int
    sex: str
    categories: tuple[str, ...]
    cell: int
    sector: int = 0
    age: int | None = None
    support: str = ""
    languages: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    spot: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Pool:
    """People who can be in a group together: one area and track, or one facility. `rooms`: most groups at once, 0 for any."""

    sector_id: int
    facility_id: int | None
    track: str
    place: str
    people: tuple[Candidate, ...]
    rooms: int = 0
    district_id: int = 0

    @property
    def key(self) -> tuple[str, int, int | None]:
        """What makes two pools the same: track, sector (of most of its people), facility."""
        return self.track, self.sector_id, self.facility_id

    def home(self, one: Candidate) -> tuple[str, int, int | None]:
        """Where somebody of it belongs, whatever pools their sector is joined to: track, own sector, facility."""
        return self.track, one.sector, self.facility_id


@dataclass(frozen=True, slots=True)
class Guide:
    """A facilitator: where they live, up to which level they are trained, languages and weekdays (none: any), how many
    groups of the round they lead already and on which weekdays, and whose groups they must not lead."""

    id: int
    sex: str
    level: str
    district_id: int
    cell: int
    sector: int
    spot: tuple[float, float] | None = None
    languages: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    load: int = 0
    busy: tuple[int, ...] = ()
    ties: tuple[int, ...] = ()


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
    """A round's allocation. `apart` and `together` are pairs of person ids, the smaller first; `released` are people whose
    facility lets them go before the last session: they wait."""

    sizes: Sizes
    pools: tuple[Pool, ...]
    apart: frozenset[Pair]
    together: frozenset[Pair] = frozenset()
    wishes: Wishes = field(default_factory=Wishes)
    released: tuple[int, ...] = ()
    guides: tuple[Guide, ...] = ()

    def with_person(self, fresh: "Problem", person_id: int) -> "Problem | None":
        """This problem, with somebody who became eligible since, as `fresh` has them; None who is not eligible there."""
        found = next(
            (
                (pool, one)
                for pool in fresh.pools
                for one in pool.people
                if one.id == person_id
            ),
            None,
        )
        if found is None or any(
            one.id == person_id for pool in self.pools for one in pool.people
        ):
            return self if found else None
        pool, person = found
        keys = [each.key for each in self.pools]
        if pool.key not in keys:
            return replace(self, pools=(*self.pools, replace(pool, people=(person,))))
        wider = replace(
            self.pools[keys.index(pool.key)],
            people=(*self.pools[keys.index(pool.key)].people, person),
        )
        return replace(
            self,
            pools=tuple(wider if each.key == pool.key else each for each in self.pools),
        )

    def as_now(self, fresh: "Problem") -> "Problem":
        """These pools under the sizes, pairs and wishes of today."""
        return replace(fresh, pools=self.pools)

    def to_json(self) -> str:
        """As kept with a proposal."""
        return json.dumps(
            {
                **asdict(self),
                "apart": sorted(self.apart),
                "together": sorted(self.together),
            }
        )

    @classmethod
    def from_json(cls, text: str) -> "Problem":
        """The reverse of `to_json`, also of what version 0.2 wrote."""
        found = json.loads(text)
        pools = tuple(
            Pool(**{**p, "people": tuple(map(_candidate, p["people"]))})
            for p in found["pools"]
        )
        return cls(
            Sizes(**found["sizes"]),
            pools,
            _pairs(found["apart"]),
            _pairs(found.get("together", ())),
            Wishes(**found.get("wishes", {})),
            tuple(found.get("released", ())),
            tuple(Guide(**_tuples(guide)) for guide in found.get("guides", ())),
        )


def _pairs(found: Any) -> frozenset[Pair]:
    return frozenset((a, b) for a, b in found)


def _candidate(found: Mapping[str, Any]) -> Candidate:
    return Candidate(**_tuples(found))


def _tuples(found: Mapping[str, Any]) -> dict[str, Any]:
    """JSON knows lists only."""
    return {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in found.items()
    }


@dataclass(frozen=True, slots=True)
class Placed:
    """A proposed group: which pool it is of, who is in it, who leads it, and the weekday it meets on (0 Monday)."""

    pool: int
    people: tuple[int, ...]
    leaders: tuple[int, ...] = ()
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Pinned:
    """What stays when the rest is looked for again: people where they are, and whole groups (counted from 0)."""

    people: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()

    def to_json(self) -> str:
        """As kept with a proposal."""
        return json.dumps(
            {"people": sorted(self.people), "groups": sorted(self.groups)}
        )

    @classmethod
    def from_json(cls, text: str) -> "Pinned":
        """The reverse of `to_json`."""
        found = json.loads(text)
        return cls(
            frozenset(found.get("people", ())), frozenset(found.get("groups", ()))
        )


@dataclass(frozen=True, slots=True)
class Result:
    """Proposed groups, who waits and why (a code of `violations.WAITING`), and the cost of the whole (less is better).
    `least` is what no allocation of these people can be below, None until it was proved."""

    groups: tuple[Placed, ...]
    waiting: tuple[tuple[int, str], ...]
    cost: float
    least: float | None = None

    @property
    def proven(self) -> bool:
        """Whether no better allocation exists."""
        return self.least is not None and self.cost - self.least < 1e-6

    def where(self, person_id: int) -> int | None:
        """The group somebody is in, counted from 0."""
        return next(
            (
                number
                for number, group in enumerate(self.groups)
                if person_id in group.people
            ),
            None,
        )

    def moved(self, people: tuple[int, ...], to: int | None) -> "Result | None":
        """With people in group `to`, or waiting by hand; None when there is no such group."""
        gone = frozenset(people)
        groups = [
            replace(g, people=tuple(i for i in g.people if i not in gone))
            for g in self.groups
        ]
        waiting = tuple((i, why) for i, why in self.waiting if i not in gone)
        if to is None:
            return replace(
                self,
                groups=tuple(groups),
                waiting=(*waiting, *((i, "by hand") for i in people)),
            )
        if not 0 <= to < len(groups):
            return None
        groups[to] = replace(
            groups[to], people=tuple(sorted((*groups[to].people, *people)))
        )
        return replace(self, groups=tuple(groups), waiting=waiting)

    def exchanged(self, one_id: int, other_id: int) -> "Result | None":
        """With two people in each other's group; None when one is in none, or both are in the same."""
        here, there = self.where(one_id), self.where(other_id)
        if here is None or there is None or here == there:
            return None
        moved = self.moved((one_id,), there)
        return moved.moved((other_id,), here) if moved else None

    def to_json(self) -> str:
        """As kept with a proposal."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Result":
        """The reverse of `to_json`."""
        found = json.loads(text)
        groups = tuple(
            Placed(
                g["pool"],
                tuple(g["people"]),
                tuple(g.get("leaders", ())),
                g.get("weekday"),
            )
            for g in found["groups"]
        )
        return cls(
            groups,
            tuple((i, why) for i, why in found["waiting"]),
            found["cost"],
            found.get("least"),
        )
