"""Where the heads of an attendance sheet stand, which column holds whom, and which session each other column is. Pure."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from cbs_desktop.attendance.sheets.mark_words import SheetWords, plain
from cbs_desktop.text import day_of_text

HEADS_WITHIN = 20  # rows from the top
SESSIONS_MOST = 99
_DAYS_OF_WEEK = 7
_PEOPLE = ("number", "name", "own_name", "other_names")
_NUMBERED = re.compile(
    r"(?P<word>[^\d]*?)[ .:]*(?P<number>\d{1,2})(?:[ .:]*(?P<rest>\D.*))?"
)
_SHORT_DAY = re.compile(r"\d{1,2}(?:[./-]\d{1,2}|(?:er|st|nd|rd|th)? [^\W\d]+\.?)")
Row = Sequence[object]
Year = Callable[[str], date | None]  # a day without a year → the day that is meant


@dataclass(frozen=True, slots=True)
class SessionHead:
    """What the head of a column says of its session: its number, its day, or both."""

    number: int | None = None
    day: date | None = None

    def with_more(self, other: "SessionHead") -> "SessionHead":
        """What two rows of heads say together; the upper one counts where they differ."""
        number = self.number if self.number is not None else other.number
        return SessionHead(number, self.day or other.day)


@dataclass(frozen=True, slots=True)
class SheetHeads:
    """The columns of a sheet, from 0, and the first row (from 0) below its heads. `long` where each row is one mark."""

    first: int
    top: int
    people: dict[str, int] = field(default_factory=dict)  # kind → column
    sessions: dict[int, SessionHead] = field(default_factory=dict)
    long: bool = False


def find(
    rows: Sequence[Row], words: SheetWords, known: Collection[str], year: Year
) -> SheetHeads | None:
    """The heads of a sheet; None where there are none. `known` are the numbers of people."""
    top = rows[:HEADS_WITHIN]
    if (found := _long(top, words)) is not None:
        return found
    named = any(_kinds(row, words).keys() & set(_PEOPLE) for row in top)
    for place in range(len(top)):
        sessions = session_heads(top[place], words, year)
        above = top[place - 1] if place else ()
        sessions = _with_months(sessions, above, year)
        if _are_days_of_months(sessions, top[place]):
            continue
        names_people = _kinds(top[place], words).keys() & set(_PEOPLE)
        if not sessions or not (names_people or _are_heads(sessions, top[place])):
            continue
        found = _wide(rows, place, sessions, words, known, year)
        if found is not None and (found.people or not named):
            return found
    return None


def _kinds(row: Row, words: SheetWords) -> dict[str, int]:
    """The columns that heads in a row name, the first of each kind."""
    found: dict[str, int] = {}
    for column, cell in enumerate(row):
        if isinstance(cell, str) and (kind := words.head(cell)):
            found.setdefault(kind, column)
    return found


def _long(top: Sequence[Row], words: SheetWords) -> SheetHeads | None:
    """Heads of a table with one mark a row."""
    for place, row in enumerate(top):
        kinds = _kinds(row, words)
        says_when = "session" in kinds or "day" in kinds
        if "mark" in kinds and says_when and kinds.keys() & set(_PEOPLE):
            return SheetHeads(place + 1, place, kinds, long=True)
    return None


def session_heads(row: Row, words: SheetWords, year: Year) -> dict[int, SessionHead]:
    """The sessions that a row of heads names, by column."""
    found: dict[int, SessionHead] = {}
    for column, cell in enumerate(row):
        head = session_head(cell, words, year)
        if head is not None:
            found[column] = head
    return found


def session_head(cell: object, words: SheetWords, year: Year) -> SessionHead | None:
    """A number from 1 on, a day, "Session 3", "S3 (09/03)"; None for what names no session."""
    if isinstance(cell, bool) or cell in ("", None):
        return None
    if isinstance(cell, int | float):
        return _numbered(cell)
    if isinstance(cell, date | datetime):
        return SessionHead(day=day_of_text(cell))
    if not isinstance(cell, str):
        return None
    text = " ".join(cell.split())
    if (day := day_in(text, year)) is not None:
        return SessionHead(day=day)
    return _in_words(text, words, year)


def _numbered(cell: float) -> SessionHead | None:
    if not float(cell).is_integer() or not 1 <= cell <= SESSIONS_MOST:
        return None
    return SessionHead(number=int(cell))


def day_in(text: str, year: Year) -> date | None:
    """A day as text, with a year or without; None for what is none."""
    try:
        return day_of_text(text)
    except ValueError:
        pass
    if _SHORT_DAY.fullmatch(text):
        return year(text.rstrip("."))
    return None


def _in_words(text: str, words: SheetWords, year: Year) -> SessionHead | None:
    fits = _NUMBERED.fullmatch(text)
    if fits is None:
        return None
    word = plain(fits["word"])
    if word and word not in words.heads["before_number"]:
        return None
    number = int(fits["number"])
    if not 1 <= number <= SESSIONS_MOST:
        return None
    rest = (fits["rest"] or "").strip(" ()[]-–:,.")
    day = day_in(rest, year) if rest else None
    if rest and day is None:
        return None
    return SessionHead(number, day)


def _with_months(
    sessions: dict[int, SessionHead], above: Row, year: Year
) -> dict[int, SessionHead]:
    """Numbers below the name of a month are days of it; a name counts until the next one to its right."""
    found: dict[int, SessionHead] = {}
    month = ""
    for column in range(len(above)):
        cell = above[column]
        if isinstance(cell, str) and cell.strip():
            month = " ".join(cell.split())
        head = sessions.get(column)
        if head is not None and head.number is not None and month:
            day = day_in(f"{head.number} {month}", year)
            if day is not None:
                found[column] = SessionHead(day=day)
    return {**sessions, **found}


def _are_days_of_months(sessions: Mapping[int, SessionHead], row: Row) -> bool:
    """Whether bare numbers are days of which the month is not said: 9, 16, 23, 30, 6. As session numbers they would be
    wrong."""
    numbers: list[int] = []
    for column, head in sessions.items():
        if head.number is not None and not isinstance(row[column], str):
            numbers.append(head.number)
    steps = [later - one for one, later in pairwise(numbers)]
    return any(step <= 0 or step == _DAYS_OF_WEEK for step in steps)


def _are_heads(sessions: Mapping[int, SessionHead], row: Row) -> bool:
    """Whether these are heads and not marks: a day, a word with a number, or numbers that count up."""
    if not sessions:
        return False
    numbers: list[int] = []
    for column, head in sessions.items():
        if head.day is not None or isinstance(row[column], str):
            return True
        numbers.append(head.number or 0)
    return len(numbers) > 1 and numbers == sorted(set(numbers)) and _count_up(numbers)


def _count_up(numbers: Sequence[int]) -> bool:
    return numbers[-1] - numbers[0] < 2 * len(numbers)


def _wide(
    rows: Sequence[Row],
    place: int,
    sessions: dict[int, SessionHead],
    words: SheetWords,
    known: Collection[str],
    year: Year,
) -> SheetHeads | None:
    """Heads with a session in each column; a second row of heads, above or below, says more of them."""
    last = place
    below = session_heads(rows[place + 1], words, year) if place + 1 < len(rows) else {}
    people: dict[str, int] = {}
    for number in (place - 1, place, place + 1):
        if 0 <= number < len(rows):
            kinds = _kinds(rows[number], words)
            people = {**kinds, **people}
            if number > place and kinds.keys() & set(_PEOPLE):
                last = number
    if _goes_on(sessions, below, rows, place):
        last = place + 1
        for column, head in below.items():
            sessions[column] = sessions.get(column, SessionHead()).with_more(head)
    data = rows[last + 1 :]
    people = _people(people, data, min(sessions), known)
    for column in people.values():
        sessions.pop(column, None)
    if not sessions:
        return None
    top = place - 1 if place and _kinds(rows[place - 1], words) else place
    return SheetHeads(last + 1, top, people, sessions)


def _goes_on(
    sessions: Mapping[int, SessionHead],
    below: Mapping[int, SessionHead],
    rows: Sequence[Row],
    place: int,
) -> bool:
    """Whether the row below is a second row of heads: it names as many sessions, and nobody."""
    if 2 * len(below) < len(sessions) or not below:
        return False
    if not _are_heads(below, rows[place + 1]):
        return False
    before = rows[place + 1][: min(sessions)]
    return not any(cell not in ("", None) for cell in before)


def _people(
    named: Mapping[str, int], data: Sequence[Row], first: int, known: Collection[str]
) -> dict[str, int]:
    """The columns of people: as the heads name them, else by what stands in them left of the first session."""
    kinds = (*_PEOPLE, "group")
    people = {kind: column for kind, column in named.items() if kind in kinds}
    best = _most(range(first), data, lambda cell: number_text(cell) in known)
    if best is not None:
        people["number"] = best
    elif "number" in people and _counts_rows(data, people["number"]):
        del people["number"]
    if not people.keys() & {"name", "own_name"}:
        taken = set(people.values())
        free = [column for column in range(first) if column not in taken]
        words = _most(free, data, _is_name)
        if words is not None:
            people["name"] = words
    return people


def _most(
    columns: Iterable[int], data: Sequence[Row], fits: Callable[[object], bool]
) -> int | None:
    """The column of which most cells fit, if any does."""
    best: int | None = None
    most = 0
    for column in columns:
        count = sum(fits(row[column]) for row in data)
        if count > most:
            best, most = column, count
    return best


def _is_name(cell: object) -> bool:
    return isinstance(cell, str) and sum(map(str.isalpha, cell)) > 2


def _counts_rows(data: Sequence[Row], column: int) -> bool:
    """Whether a column only counts the rows: 1, 2, 3 …"""
    texts = [number_text(row[column]) for row in data]
    filled = [text for text in texts if text]
    return filled == [str(number) for number in range(1, len(filled) + 1)]


def number_text(cell: object) -> str:
    """The number of a person as a cell has it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if cell is None:
        return ""
    return " ".join(str(cell).split())
