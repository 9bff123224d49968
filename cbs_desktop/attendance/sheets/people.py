"""Somebody of a group found by a name as it was written: in any order, in any spelling, and never by guessing. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from cbs_desktop.text import fold

_NEAR = 84  # of 100: the letters that two names have in common
_CLEAR = 8  # by how much the nearest must be nearer than the next
Sound = Callable[[str], str]  # a folded word → what its spellings share


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Whom a name means: their id; or several who may be meant; or nobody. `near`: found by a spelling that is not theirs."""

    person_id: int = 0
    others: tuple[int, ...] = ()
    near: bool = False


@dataclass(frozen=True, slots=True)
class GroupNames:
    """The names of a group's people, by id, and how words sound."""

    names: dict[int, str]
    sound: Sound
    _keys: dict[int, str] = field(default_factory=dict)

    def find(self, written: str) -> FoundPerson:
        """Who is meant: by the same words, else by their sound, else by fewer of them, else by letters."""
        folded = sorted(fold(written).split())
        same = [
            i for i, name in self.names.items() if sorted(fold(name).split()) == folded
        ]
        if same:
            return _one(same)
        wanted = self._key(written)
        by_sound = [i for i in self.names if self._key_of(i) == wanted]
        if by_sound:
            return _one(by_sound)
        fewer = [
            i for i in self.names if _is_part(wanted.split(), self._key_of(i).split())
        ]
        if fewer:
            return _one(fewer, near=True)
        return self._nearest(wanted)

    def _key(self, name: str) -> str:
        return " ".join(sorted(map(self.sound, fold(name).split())))

    def _key_of(self, person_id: int) -> str:
        if person_id not in self._keys:
            self._keys[person_id] = self._key(self.names[person_id])
        return self._keys[person_id]

    def _nearest(self, wanted: str) -> FoundPerson:
        scores: list[tuple[float, int]] = []
        for person_id in self.names:
            score = fuzz.ratio(wanted, self._key_of(person_id))
            if score >= _NEAR - _CLEAR:
                scores.append((score, person_id))
        scores.sort(reverse=True)
        if not scores or scores[0][0] < _NEAR:
            return FoundPerson()
        clear = scores[0][0] - _CLEAR
        near = [person_id for score, person_id in scores if score > clear]
        return _one(near, near=True)


def _one(people: Sequence[int], near: bool = False) -> FoundPerson:
    if len(people) == 1:
        return FoundPerson(people[0], near=near)
    return FoundPerson(others=tuple(people))


def _is_part(some: Iterable[str], more: Iterable[str]) -> bool:
    """Whether all words of one name are words of the other, which has more."""
    one, other = set(some), set(more)
    return bool(one) and (one < other or other < one)
