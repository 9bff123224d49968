"""What an allocation is made from: one value that the office's query makes, with a JSON form so that it can be made again.

The arithmetic of a pool (`GroupingProblem`) is derived from it once, and kept beside it.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any

from cbs_desktop.groups.allocation.blocks import joined
from cbs_desktop.groups.allocation.grouping import GroupingProblem
from cbs_desktop.groups.allocation.people import (
    FacilitatorFacts,
    Home,
    PersonFacts,
    Pool,
    Sizes,
)
from cbs_desktop.groups.allocation.pool_problem import Partners, pool_problem
from cbs_desktop.groups.rules import Preferences

IdPair = tuple[int, int]


@dataclass(frozen=True)
class Instance:
    """A round's allocation. `apart` and `together` are pairs of person ids, the smaller
    first; `released` are people whose facility lets them go before the last session,
    `unconsented` those without consent for the programme: they wait."""

    sizes: Sizes
    pools: tuple[Pool, ...]
    apart: frozenset[IdPair]
    together: frozenset[IdPair] = frozenset()
    preferences: Preferences = field(default_factory=Preferences)
    released: tuple[int, ...] = ()
    unconsented: tuple[int, ...] = ()
    facilitators: tuple[FacilitatorFacts, ...] = ()

    @cached_property
    def pool_of(self) -> dict[int, int]:
        """The number of each person's pool."""
        found = {}
        for number, pool in enumerate(self.pools):
            found.update(dict.fromkeys(pool.ids, number))
        return found

    @cached_property
    def homes(self) -> dict[int, Home]:
        """Where everybody belongs: track, own sector, facility."""
        found = {}
        for pool in self.pools:
            for person in pool.people:
                found[person.id] = pool.home(person)
        return found

    @cached_property
    def _pairs(self) -> Partners:
        return Partners(_partners(self.apart), _partners(self.together))

    @cached_property
    def _problems(self) -> dict[int, GroupingProblem]:
        return {}

    @cached_property
    def _positions(self) -> dict[int, dict[int, int]]:
        return {}

    def problem(self, number: int) -> GroupingProblem:
        """A whole pool as a grouping problem, derived once."""
        if number not in self._problems:
            self._problems[number] = self.problem_of(self.pools[number])
        return self._problems[number]

    def problem_of(self, pool: Pool) -> GroupingProblem:
        """Some people of a pool as a grouping problem."""
        return pool_problem(pool, self._pairs, self.preferences)

    def positions(self, number: int) -> dict[int, int]:
        """Where each person of a pool stands in its problem."""
        if number not in self._positions:
            ids = self.pools[number].ids
            self._positions[number] = {person: i for i, person in enumerate(ids)}
        return self._positions[number]

    @property
    def set_aside(self) -> dict[int, str]:
        """Who was decided for a group but cannot have one now, with the code of why."""
        found = dict.fromkeys(self.released, "released before the end")
        found.update(dict.fromkeys(self.unconsented, "no consent"))
        return found

    def part_of_pool(self, number: int, ids: Collection[int]) -> Pool:
        """A pool with some of its people only."""
        pool = self.pools[number]
        wanted = set(ids)
        people = tuple(person for person in pool.people if person.id in wanted)
        if len(people) == len(pool.people):
            return pool
        return replace(pool, people=people)

    @cached_property
    def blocks(self) -> list[tuple[int, ...]]:
        """Everybody eligible who is kept together with somebody, in blocks."""
        pairs = []
        for pair in sorted(self.together):
            if self.pool_of.keys() >= set(pair):
                pairs.append(pair)
        return joined(pairs)

    def block_of(self, person_id: int) -> tuple[int, ...]:
        """Somebody with everybody of the same pool who is kept together with them: they
        move as one."""
        pool = self.pool_of.get(person_id)
        for block in self.blocks:
            if person_id in block:
                same_pool = []
                for member in block:
                    if self.pool_of[member] == pool:
                        same_pool.append(member)
                return tuple(same_pool)
        return (person_id,)

    def with_person(self, fresh: "Instance", person_id: int) -> "Instance | None":
        """This instance, with somebody who became eligible since, as `fresh` has them;
        None who is not eligible there."""
        if person_id not in fresh.pool_of:
            return None
        if person_id in self.pool_of:
            return self
        there = fresh.pools[fresh.pool_of[person_id]]
        person = there.people[there.ids.index(person_id)]
        pools = list(self.pools)
        number = self.pool_with(there.key)
        if number is None:
            pools.append(replace(there, people=(person,)))
        else:
            people = (*pools[number].people, person)
            pools[number] = replace(pools[number], people=people)
        return replace(self, pools=tuple(pools))

    def pool_with(self, key: Home) -> int | None:
        """The number of the pool with a key; None when there is none."""
        for number, pool in enumerate(self.pools):
            if pool.key == key:
                return number
        return None

    def as_now(self, fresh: "Instance") -> "Instance":
        """These pools under the sizes, pairs and preferences of today."""
        return replace(fresh, pools=self.pools)

    def without_details(self, ids: Collection[int]) -> "Instance":
        """Of these people only who they are, their sex and their sector are left, and nobody is kept apart from or
        together with them."""
        pools = []
        for pool in self.pools:
            people = tuple(_bare(one) if one.id in ids else one for one in pool.people)
            pools.append(replace(pool, people=people))
        return replace(
            self,
            pools=tuple(pools),
            apart=frozenset(pair for pair in self.apart if not set(pair) & set(ids)),
            together=frozenset(
                pair for pair in self.together if not set(pair) & set(ids)
            ),
        )

    def to_json(self) -> str:
        """As kept with a proposal."""
        kept = asdict(self)
        kept["apart"] = sorted(self.apart)
        kept["together"] = sorted(self.together)
        return json.dumps(kept)

    @classmethod
    def from_json(cls, text: str) -> "Instance":
        """The reverse of `to_json`, also of what versions before 0.4 wrote."""
        kept = json.loads(text)
        preferences = kept.get("preferences", kept.get("wishes", {}))
        facilitators = kept.get("facilitators", kept.get("guides", ()))
        return cls(
            sizes=Sizes(**kept["sizes"]),
            pools=tuple(map(_pool, kept["pools"])),
            apart=_id_pairs(kept["apart"]),
            together=_id_pairs(kept.get("together", ())),
            preferences=Preferences(**preferences),
            released=tuple(kept.get("released", ())),
            unconsented=tuple(kept.get("unconsented", ())),
            facilitators=tuple(
                FacilitatorFacts(**_tuples(one)) for one in facilitators
            ),
        )


def _bare(person: PersonFacts) -> PersonFacts:
    sector = person.sector or person.cell
    return PersonFacts(person.id, person.sex, (), cell=sector, sector=sector)


def _partners(pairs: Collection[IdPair]) -> dict[int, set[int]]:
    """Per person everybody they are paired with."""
    partners: dict[int, set[int]] = {}
    for one, other in pairs:
        partners.setdefault(one, set()).add(other)
        partners.setdefault(other, set()).add(one)
    return partners


def _id_pairs(kept: Sequence[Sequence[int]]) -> frozenset[IdPair]:
    pairs = set()
    for one, other in kept:
        pairs.add((one, other))
    return frozenset(pairs)


def _pool(kept: Mapping[str, Any]) -> Pool:
    people = tuple(PersonFacts(**_tuples(person)) for person in kept["people"])
    return Pool(**{**kept, "people": people})


def _tuples(kept: Mapping[str, Any]) -> dict[str, Any]:
    """JSON knows lists only."""
    values = dict(kept)
    for key, value in kept.items():
        if isinstance(value, list):
            values[key] = tuple(value)
    return values
