"""What an allocation comes out as: proposed groups, who waits and why, and what stays when it is looked for again."""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from typing import Any

# Why somebody waits; the words are the screens'.
WHY_WAITING = (
    "too few",
    "no wished size",
    "no room",
    "keep apart",
    "keep together",
    "no common day",
    "no common language",
    "too far",
    "together and apart",
    "together too many",
    "together elsewhere",
    "released before the end",
    "no consent",
    "by hand",
    "new",
)
_PROVEN = 1e-6  # between cost and lower bound


@dataclass(frozen=True, slots=True)
class PlacedGroup:
    """A proposed group: which pool it is of, who is in it, who facilitates it, and the
    weekday it meets on (0 Monday)."""

    pool: int
    people: tuple[int, ...]
    facilitators: tuple[int, ...] = ()
    weekday: int | None = None

    def without(self, people: Collection[int]) -> "PlacedGroup":
        """The group when these people are gone."""
        stay = tuple(person for person in self.people if person not in people)
        return replace(self, people=stay)

    def with_people(self, people: Collection[int]) -> "PlacedGroup":
        """The group when these people have come."""
        return replace(self, people=tuple(sorted((*self.people, *people))))


@dataclass(frozen=True, slots=True)
class Pins:
    """What stays when the rest is looked for again: people where they are, and whole
    groups (counted from 0)."""

    people: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()

    def to_json(self) -> str:
        """As kept with a proposal."""
        kept = {"people": sorted(self.people), "groups": sorted(self.groups)}
        return json.dumps(kept)

    @classmethod
    def from_json(cls, text: str) -> "Pins":
        """The reverse of `to_json`."""
        kept = json.loads(text)
        people = frozenset(kept.get("people", ()))
        return cls(people, frozenset(kept.get("groups", ())))


@dataclass(frozen=True, slots=True)
class Assignment:
    """Proposed groups, who waits and why (a code of WHY_WAITING), and the cost of the whole
    (less is better). `lower_bound` is what no assignment of these people can be below,
    None until it was proved."""

    groups: tuple[PlacedGroup, ...]
    waiting: tuple[tuple[int, str], ...]
    cost: float
    lower_bound: float | None = None

    @property
    def proven(self) -> bool:
        """Whether no better assignment exists."""
        if self.lower_bound is None:
            return False
        return self.cost - self.lower_bound < _PROVEN

    @property
    def placed(self) -> set[int]:
        """Everybody in a group."""
        people = set()
        for group in self.groups:
            people.update(group.people)
        return people

    def where(self, person_id: int) -> int | None:
        """The group somebody is in, counted from 0."""
        for number, group in enumerate(self.groups):
            if person_id in group.people:
                return number
        return None

    def those(self, numbers: Collection[int]) -> list[PlacedGroup]:
        """Some of the groups, in order."""
        groups = []
        for number in sorted(numbers):
            groups.append(self.groups[number])
        return groups

    def moved(self, people: tuple[int, ...], to: int | None) -> "Assignment | None":
        """With people in group `to`, or waiting by hand; None when there is no such
        group."""
        groups = []
        for group in self.groups:
            groups.append(group.without(people))
        waiting = []
        for each in self.waiting:
            if each[0] not in people:
                waiting.append(each)
        if to is None:
            waiting += [(person, "by hand") for person in people]
        elif 0 <= to < len(groups):
            groups[to] = groups[to].with_people(people)
        else:
            return None
        return replace(self, groups=tuple(groups), waiting=tuple(waiting))

    def exchanged(self, one_id: int, other_id: int) -> "Assignment | None":
        """With two people in each other's group; None when one is in none, or both are in
        the same."""
        here = self.where(one_id)
        there = self.where(other_id)
        if here is None or there is None or here == there:
            return None
        moved = self.moved((one_id,), there)
        if moved:
            return moved.moved((other_id,), here)
        return None

    def to_json(self) -> str:
        """As kept with a proposal."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Assignment":
        """The reverse of `to_json`, also of what versions before 0.4 wrote."""
        kept = json.loads(text)
        lower_bound = kept.get("least")
        waiting = []
        for person, why in kept["waiting"]:
            waiting.append((person, why))
        return cls(
            groups=tuple(map(_group, kept["groups"])),
            waiting=tuple(waiting),
            cost=kept["cost"],
            lower_bound=kept.get("lower_bound", lower_bound),
        )


def _group(kept: dict[str, Any]) -> PlacedGroup:
    facilitators = kept.get("facilitators", kept.get("leaders", ()))
    people = tuple(kept["people"])
    return PlacedGroup(kept["pool"], people, tuple(facilitators), kept.get("weekday"))
