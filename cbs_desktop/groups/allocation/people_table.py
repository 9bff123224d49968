"""Any table of people and a file of rules as a case of the general core, so that it can be held against other group formers.

The rules (TOML): `groups` (how many) or `size` (about how many people in each), `least` and `most`; `[[spread]]` a column whose
values every group should have its share of (`weight`, `alone`: what it costs to be the only one); `[[balance]]` a column of
numbers; `[[near]]` a column of places; `apart`, `together` as lists of ids; `apart_by`, `together_by`: columns whose equal
values are kept apart, or together; `common`: columns of what people can, parted by commas, of which a group has to share one.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean, pstdev
from typing import Any

from cbs_desktop.errors import Fault, Invalid
from cbs_desktop.groups.allocation.grouping import Case, Trait
from cbs_desktop.text import fold

_KEYS = {
    "groups", "size", "least", "most", "spread", "balance", "near", "apart", "together", "apart_by", "together_by",
    "common",
}  # fmt: skip
_PART_KEYS = {
    "spread": {"column", "weight", "alone"},
    "balance": {"column", "weight"},
    "near": {"column", "weight"},
}


@dataclass(frozen=True, slots=True)
class Table:
    """People by column; the first column called id, number or name tells them apart."""

    ids: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]


def table(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> Table:
    """The table of a sheet. Invalid without people, without a column of ids, or with an id twice."""
    heads = [fold(str(head or "")) for head in header]
    place = next(
        (heads.index(word) for word in ("id", "number", "name") if word in heads), None
    )
    if place is None:
        raise Invalid([Fault("id", "no column")])
    texts = [
        [_text(cell) for cell in row]
        for row in rows
        if any(_text(cell) for cell in row)
    ]
    ids = [row[place] for row in texts]
    if not ids:
        raise Invalid([Fault("people", "needed")])
    if twice := next((one for one in ids if ids.count(one) > 1), None):
        raise Invalid([Fault("id", "stands twice", {"value": twice})])
    return Table(
        tuple(ids),
        {head: tuple(row[i] for row in texts) for i, head in enumerate(heads) if head},
    )


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def case(people: Table, rules: Mapping[str, Any]) -> Case:
    """The case. Invalid names every rule that is unknown, or asks for a column or person that is not there."""
    faults = [Fault(key, "unknown key") for key in rules.keys() - _KEYS]
    places, scatter = _near(people, rules, faults)
    made = Case(
        len(people.ids),
        _sizes(len(people.ids), rules, faults),
        tuple(_traits(people, rules, faults)),
        places,
        scatter,
        frozenset(_pairs(people, rules, faults)),
        tuple(_blocks(people, rules, faults)),
        common=tuple(_common(people, rules, faults)),
    )
    if faults:
        raise Invalid(faults)
    return made


def _parts(
    rules: Mapping[str, Any], key: str, people: Table, faults: list[Fault]
) -> list[tuple[str, Mapping[str, Any]]]:
    """The parts of a kind with their column, where it is there."""
    found = []
    parts = rules.get(key, [])
    for part in parts if isinstance(parts, list) else []:
        column = fold(str(part.get("column", "")))
        faults += [
            Fault(f"{key} {other}", "unknown key")
            for other in part.keys() - _PART_KEYS[key]
        ]
        if column not in people.columns:
            faults.append(Fault(f"{key} {column}".strip(), "no column"))
        elif not all(
            isinstance(part.get(each, 0), (int, float)) and part.get(each, 0) >= 0
            for each in ("weight", "alone")
        ):
            faults.append(Fault(f"{key} {column}", "not a number"))
        else:
            found.append((column, part))
    return found


def _sizes(
    count: int, rules: Mapping[str, Any], faults: list[Fault]
) -> tuple[tuple[int, int], ...]:
    given = {
        key: rules[key] for key in ("groups", "size", "least", "most") if key in rules
    }
    wrong = [
        Fault(key, "not a number")
        for key, value in given.items()
        if type(value) is not int or value < 1
    ]
    groups = given.get("groups") or (
        max(1, round(count / given["size"])) if given.get("size") else 0
    )
    if wrong or not groups:
        faults += wrong or [Fault("groups", "needed")]
        return ()
    least, most = (
        given.get("least", count // groups),
        given.get("most", -(-count // groups)),
    )
    if not least * groups <= count <= most * groups:
        faults.append(Fault("groups", "does not fit"))
    return ((least, most),) * groups


def _traits(
    people: Table, rules: Mapping[str, Any], faults: list[Fault]
) -> list[Trait]:
    found = []
    for column, part in _parts(rules, "spread", people, faults):
        values = people.columns[column]
        for value in sorted(set(values) - {""}):
            has = tuple(float(one == value) for one in values)
            alone = float(part.get("alone", 0)) if sum(has) > 1 else 0.0
            found.append(Trait(has, float(part.get("weight", 1)), alone))
    for column, part in _parts(rules, "balance", people, faults):
        try:
            numbers = [float(value) for value in people.columns[column]]
        except ValueError:
            faults.append(Fault(f"balance {column}", "not a number"))
            continue
        middle, spread = fmean(numbers), pstdev(numbers) or 1.0
        found.append(
            Trait(
                tuple((n - middle) / spread for n in numbers),
                float(part.get("weight", 1)),
            )
        )
    return found


def _near(
    people: Table, rules: Mapping[str, Any], faults: list[Fault]
) -> tuple[tuple[int, ...], float]:
    parts = _parts(rules, "near", people, faults)
    if not parts:
        return (), 0.0
    column, part = parts[0]
    names = {
        value: number
        for number, value in enumerate(dict.fromkeys(people.columns[column]))
    }
    return tuple(names[value] for value in people.columns[column]), float(
        part.get("weight", 1)
    )


def _listed(
    people: Table, rules: Mapping[str, Any], key: str, faults: list[Fault]
) -> list[tuple[int, ...]]:
    """Lists of ids, and people with the same value of a column, as lists of people."""
    place = {one: i for i, one in enumerate(people.ids)}
    found = []
    for several in rules.get(key, []):
        texts = [_text(one) for one in several] if isinstance(several, list) else []
        unknown = [one for one in texts if one not in place]
        faults += [Fault(f"{key} {one}", "no such person") for one in unknown]
        if len(texts) > 1 and not unknown:
            found.append(tuple(place[one] for one in dict.fromkeys(texts)))
    if column := fold(str(rules.get(f"{key}_by", ""))):
        if column not in people.columns:
            faults.append(Fault(f"{key}_by {column}", "no column"))
            return found
        same: dict[str, list[int]] = defaultdict(list)
        for i, value in enumerate(people.columns[column]):
            if value:
                same[value].append(i)
        found += [tuple(each) for each in same.values() if len(each) > 1]
    return found


def _pairs(
    people: Table, rules: Mapping[str, Any], faults: list[Fault]
) -> set[tuple[int, int]]:
    lists = _listed(people, rules, "apart", faults)
    return {(min(pair), max(pair)) for each in lists for pair in combinations(each, 2)}


def _blocks(
    people: Table, rules: Mapping[str, Any], faults: list[Fault]
) -> list[tuple[int, ...]]:
    return _listed(people, rules, "together", faults)


def _common(
    people: Table, rules: Mapping[str, Any], faults: list[Fault]
) -> list[tuple[frozenset[int], ...]]:
    """What each person can of every column named; an empty cell stands for any."""
    named = rules.get("common", [])
    found = []
    for column in (
        fold(str(one)) for one in (named if isinstance(named, list) else [named])
    ):
        if column not in people.columns:
            faults.append(Fault(f"common {column}".strip(), "no column"))
            continue
        cells = [
            [fold(word) for word in value.split(",") if word.strip()]
            for value in people.columns[column]
        ]
        number = {
            word: n
            for n, word in enumerate(
                dict.fromkeys(word for cell in cells for word in cell)
            )
        }
        found.append(tuple(frozenset(number[word] for word in cell) for cell in cells))
    return found
