"""Which box of each row and session counts, and where a person has to say so. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

State = Literal["empty", "marked", "crossed out", "doubtful"]
STATES: tuple[State, ...] = ("empty", "marked", "crossed out", "doubtful")
Doubt = Literal["", "unclear", "two marked", "crossed out"]


@dataclass(frozen=True, slots=True)
class ReadBox:
    """What was seen in a box. `ink` is the part of it that is covered, 0 to 1."""

    row: int
    column: int
    choice: int
    ink: float
    state: State


@dataclass(frozen=True, slots=True)
class CellDecision:
    """What a row says in a column: a choice, or None for a blank; with a doubt it is the likely choice, for a person to decide.

    Doubts: a box is neither empty nor marked ("unclear"), two are marked ("two marked"), one was taken back and no other
    is marked ("crossed out").
    """

    choice: int | None
    doubt: Doubt = ""


def decide(boxes: Iterable[ReadBox]) -> dict[tuple[int, int], CellDecision]:
    """(row, column) → what it says."""
    cells: dict[tuple[int, int], list[ReadBox]] = {}
    for box in boxes:
        cell = (box.row, box.column)
        beside = cells.setdefault(cell, [])
        beside.append(box)
    decided: dict[tuple[int, int], CellDecision] = {}
    for cell, beside in cells.items():
        decided[cell] = _decision(beside)
    return decided


def _decision(boxes: list[ReadBox]) -> CellDecision:
    states = [box.state for box in boxes]
    if "doubtful" in states:
        return CellDecision(_likely(boxes), "unclear")
    marked = states.count("marked")
    if marked > 1:
        return CellDecision(_likely(boxes), "two marked")
    if marked == 0 and "crossed out" in states:
        return CellDecision(None, "crossed out")
    return CellDecision(_likely(boxes))


def _likely(boxes: list[ReadBox]) -> int | None:
    """The box with most ink of those that are marked, else of those in doubt."""
    for state in ("marked", "doubtful"):
        found = [box for box in boxes if box.state == state]
        if found:
            return max(found, key=lambda box: box.ink).choice
    return None
