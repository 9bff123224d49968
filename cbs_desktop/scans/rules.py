"""What stands on a printed register, and what comes of a page that was read. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import TypeVar

from cbs_desktop.programmes.marks import MarkSet
from cbs_desktop.scans.layout import COLUMNS_MOST, PageShape, choices_most, rows_most

BLANK_LEAST = 3  # lines for newcomers on the pages of a register together
_BLANK = 4  # lines for newcomers on a page that has room
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PageColumn:
    """A session as the head of a column."""

    session_id: int
    number: int
    day: date
    phase: str


@dataclass(frozen=True, slots=True)
class PagePerson:
    """Somebody in a row."""

    person_id: int
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class RegisterHead:
    """What is the same on every page of a group's register; `marks` are those of its programme."""

    office: str
    round: str
    group_id: int
    group: str
    place: str
    venue: str
    facilitators: tuple[str, ...]
    marks: MarkSet

    @property
    def letters(self) -> tuple[str, ...]:
        """What the boxes of a row stand for, in their order; as many as a page has room for."""
        return self.marks.letters[: choices_most(1)]


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """One page of a register: page `part` of `parts` of its group. Rows after the people are for newcomers."""

    head: RegisterHead
    columns: tuple[PageColumn, ...]
    people: tuple[PagePerson, ...]
    shape: PageShape
    part: int
    parts: int


def pages(
    head: RegisterHead, columns: Sequence[PageColumn], people: Sequence[PagePerson]
) -> list[RegisterPage]:
    """The pages of a register, about as many people on each, with BLANK_LEAST lines for newcomers."""
    across = len(columns)
    choices = len(head.letters)
    most = rows_most(across)
    lines = len(people) + BLANK_LEAST
    parts = ceil(lines / most)
    made: list[RegisterPage] = []
    for part, here in enumerate(dealt(people, parts), 1):
        rows = min(most, len(here) + _BLANK)
        page = RegisterPage(
            head=head,
            columns=tuple(columns),
            people=tuple(here),
            shape=PageShape("register", rows, across, choices),
            part=part,
            parts=parts,
        )
        made.append(page)
    return made


def dealt(what: Sequence[T], parts: int) -> list[Sequence[T]]:
    """A list in so many pieces, each as long as the next or one longer, in its order."""
    length, longer = divmod(len(what), parts)
    made: list[Sequence[T]] = []
    start = 0
    for part in range(parts):
        end = start + length + (part < longer)
        made.append(what[start:end])
        start = end
    return made


def sheets(columns: Sequence[T], letters: int) -> list[Sequence[T]]:
    """The sessions of each page: as many side by side as there is room for with so many letters."""
    fitting = [n for n in range(1, COLUMNS_MOST + 1) if letters <= choices_most(n)]
    most = max(fitting, default=1)
    starts = range(0, len(columns), most)
    return [columns[first : first + most] for first in starts]
