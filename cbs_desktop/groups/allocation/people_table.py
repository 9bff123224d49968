"""Any table of people and a file of rules as a grouping problem, so that it can be held against other group formers.

The rules (TOML): `groups` (how many) or `size` (about how many people in each), `least` and
`most`; `apart`, `together` as lists of ids; `apart_by`, `together_by`: columns whose equal
values are kept apart, or together; `common`: columns of what people can, parted by commas,
of which a group has to share one. And as parts, each with a `column` and a `weight`:

[[spread]]   a group has its even share of each value; `alone`: what it costs to be the only one
[[balance]]  a column of numbers: the groups' means are near that of all
[[near]]     a column of places: few of them in a group
[[share]]    a group holds each value within floor and ceiling of its share of all
[[same]]     all of a group have one value

Of the last two violations are counted: a group that breaks one costs `weight`, and a part of
it more for each person too many or too few.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean, pstdev
from typing import Any

from cbs_desktop.errors import Fault, Invalid
from cbs_desktop.groups.allocation.grouping import (
    ColumnRule,
    GroupingProblem,
    Positions,
    Trait,
)
from cbs_desktop.text import fold

_ID_COLUMNS = ("id", "number", "name")
_SIZES = ("groups", "size", "least", "most")
_LISTS = ("apart", "together", "apart_by", "together_by", "common")
_WEIGHTS = {
    "spread": ("weight", "alone"),
    "balance": ("weight",),
    "near": ("weight",),
    "share": ("weight",),
    "same": ("weight",),
}
_KEYS = {*_SIZES, *_LISTS, *_WEIGHTS}


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """People by column; the first column called id, number or name tells them apart."""

    ids: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]


def people_table(
    header: Sequence[str], rows: Sequence[Sequence[object]]
) -> PeopleTable:
    """The table of a sheet. Invalid without people, without a column of ids, or with an id
    twice."""
    heads = []
    for head in header:
        heads.append(fold(str(head or "")))
    named = []
    for word in _ID_COLUMNS:
        if word in heads:
            named.append(word)
    if not named:
        raise Invalid([Fault("id", "no column")])
    texts = []
    for row in rows:
        cells = [_text(cell) for cell in row]
        if any(cells):
            texts.append(cells)
    if not texts:
        raise Invalid([Fault("people", "needed")])
    columns = {}
    for place, head in enumerate(heads):
        if head:
            columns[head] = tuple(cells[place] for cells in texts)
    ids = columns[named[0]]
    _refuse_twice(ids)
    return PeopleTable(ids, columns)


def _refuse_twice(ids: Sequence[str]) -> None:
    seen = set()
    for each in ids:
        if each in seen:
            raise Invalid([Fault("id", "stands twice", {"value": each})])
        seen.add(each)


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if cell is None:
        return ""
    return str(cell).strip()


def grouping_problem(
    people: PeopleTable, rules: Mapping[str, object]
) -> GroupingProblem:
    """The problem. Invalid names every rule that is unknown, or asks for a column or
    person that is not there."""
    reading = _Reading(people, rules)
    problem = reading.problem()
    if reading.faults:
        raise Invalid(reading.faults)
    return problem


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a file of rules whose column is there."""

    name: str
    values: tuple[str, ...]
    weight: float
    alone: float


class _Reading:
    """Reads a file of rules; what is wrong with it is kept in `faults`."""

    def __init__(self, people: PeopleTable, rules: Mapping[str, object]) -> None:
        self.people = people
        self.rules = rules
        self.faults: list[Fault] = []

    def problem(self) -> GroupingProblem:
        """What the rules say, as far as it can be understood."""
        for key in self.rules.keys() - _KEYS:
            self._fault(key, "unknown key")
        places, scatter = self._near()
        return GroupingProblem(
            people=len(self.people.ids),
            groups=self._sizes(),
            traits=(*self._spread(), *self._balance()),
            places=places,
            scatter=scatter,
            apart=frozenset(self._apart()),
            together=tuple(self._lists("together")),
            common=tuple(self._common()),
            rules=(*self._column_rules("share"), *self._column_rules("same")),
        )

    def _fault(self, field: str, kind: str) -> None:
        self.faults.append(Fault(field.strip(), kind))

    def _sizes(self) -> tuple[Positions, ...]:
        given = self._given_sizes()
        if given is None:
            return ()
        count = len(self.people.ids)
        groups = given.get("groups", 0)
        if not groups and "size" in given:
            wished = count / given["size"]
            groups = max(1, round(wished))
        if not groups:
            self._fault("groups", "needed")
            return ()
        least = given.get("least", count // groups)
        most = given.get("most", -(-count // groups))
        if not least * groups <= count <= most * groups:
            self._fault("groups", "does not fit")
        return ((least, most),) * groups

    def _given_sizes(self) -> dict[str, int] | None:
        """What is said of sizes; None where it cannot be understood."""
        given = {}
        well = True
        for key in _SIZES:
            if key in self.rules:
                given[key] = self.rules[key]
                if not _counts(given[key]):
                    self._fault(key, "not a number")
                    well = False
        if well:
            return given
        return None

    def _parts(self, kind: str) -> Iterator[_Part]:
        """The parts of a kind that can be understood."""
        parts = self.rules.get(kind, [])
        if not isinstance(parts, list):
            self._fault(kind, "not a table")
            return
        for part in parts:
            if isinstance(part, dict):
                yield from self._part(kind, part)
            else:
                self._fault(kind, "not a table")

    def _part(self, kind: str, part: Mapping[str, Any]) -> Iterator[_Part]:
        column = fold(str(part.get("column", "")))
        name = f"{kind} {column}".strip()
        weights = _WEIGHTS[kind]
        for key in part.keys() - {"column", *weights}:
            self._fault(f"{kind} {key}", "unknown key")
        well = True
        for key in weights:
            if not _weighs(part.get(key, 0)):
                self._fault(f"{name} {key}", "not a number")
                well = False
        if column not in self.people.columns:
            self._fault(name, "no column")
        elif well:
            values = self.people.columns[column]
            weight = float(part.get("weight", 1))
            alone = float(part.get("alone", 0))
            yield _Part(name, values, weight, alone)

    def _spread(self) -> Iterator[Trait]:
        for part in self._parts("spread"):
            counts = Counter(part.values)
            for value in sorted(set(part.values) - {""}):
                has = tuple(float(each == value) for each in part.values)
                alone = 0.0
                if counts[value] > 1:
                    alone = part.alone
                yield Trait(has, part.weight, alone, part=part.name)

    def _balance(self) -> Iterator[Trait]:
        for part in self._parts("balance"):
            try:
                numbers = list(map(float, part.values))
            except ValueError:
                self._fault(part.name, "not a number")
                continue
            middle = fmean(numbers)
            spread = pstdev(numbers) or 1.0
            values = tuple((number - middle) / spread for number in numbers)
            yield Trait(values, part.weight, part=part.name)

    def _near(self) -> tuple[tuple[int, ...], float]:
        for part in self._parts("near"):
            return tuple(_labels(part.values)), part.weight
        return (), 0.0

    def _column_rules(self, kind: str) -> Iterator[ColumnRule]:
        for part in self._parts(kind):
            labels = _labels(part.values)
            counts = Counter(labels)
            del counts[-1]
            shares = []
            for label in range(len(counts)):
                share = counts[label] / len(labels)
                shares.append(share)
            yield ColumnRule(
                kind=kind,
                labels=tuple(labels),
                shares=tuple(shares),
                weight=part.weight,
                part=part.name,
            )

    def _apart(self) -> set[Positions]:
        pairs = set()
        for people in self._lists("apart"):
            for one, other in combinations(people, 2):
                pairs.add((min(one, other), max(one, other)))
        return pairs

    def _lists(self, key: str) -> list[tuple[int, ...]]:
        """Lists of ids, and people with the same value of a column, as lists of people."""
        found = list(self._listed(key))
        column = fold(str(self.rules.get(f"{key}_by", "")))
        if not column:
            return found
        if column not in self.people.columns:
            self._fault(f"{key}_by {column}", "no column")
            return found
        same: dict[str, list[int]] = defaultdict(list)
        for person, value in enumerate(self.people.columns[column]):
            if value:
                same[value].append(person)
        for people in same.values():
            if len(people) > 1:
                found.append(tuple(people))
        return found

    def _listed(self, key: str) -> Iterator[tuple[int, ...]]:
        place = {}
        for person, each in enumerate(self.people.ids):
            place[each] = person
        lists = self.rules.get(key, [])
        if not isinstance(lists, list):
            self._fault(key, "not a table")
            return
        for listed in lists:
            if not isinstance(listed, list):
                self._fault(key, "not a table")
                continue
            ids = list(dict.fromkeys(map(_text, listed)))
            unknown = []
            for each in ids:
                if each not in place:
                    unknown.append(each)
            for each in unknown:
                self._fault(f"{key} {each}", "no such person")
            if len(listed) > 1 and not unknown:
                yield tuple(place[each] for each in ids)

    def _common(self) -> Iterator[tuple[frozenset[int], ...]]:
        """What each person can of every column named; an empty cell stands for any."""
        named = self.rules.get("common", [])
        for each in named if isinstance(named, list) else [named]:
            column = fold(str(each))
            if column not in self.people.columns:
                self._fault(f"common {column}", "no column")
                continue
            yield tuple(_options(self.people.columns[column]))


def _counts(size: object) -> bool:
    return type(size) is int and size >= 1


def _weighs(weight: object) -> bool:
    if isinstance(weight, bool):
        return False
    return isinstance(weight, int | float) and weight >= 0


def _labels(values: Sequence[str]) -> list[int]:
    """Each value as a number from 0 in order of appearance; -1 for none."""
    numbers: dict[str, int] = {}
    labels = []
    for value in values:
        if value:
            labels.append(numbers.setdefault(value, len(numbers)))
        else:
            labels.append(-1)
    return labels


def _options(cells: Sequence[str]) -> Iterator[frozenset[int]]:
    """The words of cells, parted by commas, as numbers."""
    numbers: dict[str, int] = {}
    for cell in cells:
        words = []
        for word in cell.split(","):
            if word.strip():
                words.append(fold(word))
        for word in words:
            numbers.setdefault(word, len(numbers))
        yield frozenset(numbers[word] for word in words)
