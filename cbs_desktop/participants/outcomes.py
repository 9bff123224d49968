"""What became of every row of an imported sheet. Pure: no database."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cbs_desktop.errors import Fault
from cbs_desktop.participants.importing import ImportLine

_KNOWN = ("twice", "same card")


class RowState(StrEnum):
    """Of one row; `READY` where nothing was imported."""

    TAKEN = "taken"
    READY = "can be taken"
    KNOWN = "known already"
    PARKED = "parked"
    PASSED_OVER = "passed over"


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """A row by its number in the file, the number of the person it holds where there is one, and what is wrong."""

    row: int
    outcome: RowState
    number: str = ""
    faults: tuple[Fault, ...] = ()


def outcomes(
    lines: Sequence[ImportLine],
    faults: Sequence[Fault],
    numbers: Mapping[int, str],
    passed_over: Sequence[int],
) -> list[RowOutcome]:
    """What became of every row, in their order; `numbers` are those of the people who were imported, by row."""
    found = [*_of_people(lines, faults, numbers)]
    found += [RowOutcome(row, RowState.PASSED_OVER) for row in passed_over]
    return sorted(found, key=lambda one: one.row)


def _of_people(
    lines: Sequence[ImportLine], faults: Sequence[Fault], numbers: Mapping[int, str]
) -> Iterator[RowOutcome]:
    wrong: dict[int | None, list[Fault]] = defaultdict(list)
    for fault in faults:
        wrong[fault.row].append(fault)
    for line in lines:
        row = line.row
        if row in numbers:
            yield RowOutcome(row, RowState.TAKEN, numbers[row])
        elif row not in wrong:
            yield RowOutcome(row, RowState.READY)
        elif number := _known_as(wrong[row]):
            yield RowOutcome(row, RowState.KNOWN, number, tuple(wrong[row]))
        else:
            yield RowOutcome(row, RowState.PARKED, "", tuple(wrong[row]))


def _known_as(faults: Sequence[Fault]) -> str:
    """The number of the person registered already, where that is all that is wrong."""
    if all(fault.kind in _KNOWN for fault in faults):
        where = faults[0].facts["where"]
        return where if isinstance(where, str) else ""
    return ""
