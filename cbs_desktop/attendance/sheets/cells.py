"""From the sheets of a file to marks as they were written: whose, of which session, in which cell. Pure."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from cbs_desktop.attendance.sheets.heads import (
    Row,
    SessionHead,
    SheetHeads,
    Year,
    day_in,
    number_text,
    session_head,
)
from cbs_desktop.attendance.sheets.heads import find as find_heads
from cbs_desktop.attendance.sheets.mark_words import SheetWords, plain
from cbs_desktop.sheets.raw import RawSheet


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """A cell of a file: its sheet ("" of a text file), its row as a spreadsheet program counts, its column by letters;
    no column where the whole row is meant, row 0 where the whole sheet is."""

    sheet: str
    row: int = 0
    column: str = ""


@dataclass(frozen=True, slots=True)
class SheetDoubt:
    """What could not be taken, as a kind with its facts, and where it stands: `words` are in doubts.py."""

    kind: str
    place: SheetPlace
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WrittenMark:
    """A cell that says something: the group, number and name that stand beside it as texts, and its session. `head` is where
    that is said: a column, or of a table with one mark a row the row."""

    place: SheetPlace
    head: SheetPlace
    group: str
    number: str
    name: str
    session: SessionHead
    value: object


@dataclass
class WrittenMarks:
    """What a file says, and which of its sheets have no heads."""

    marks: list[WrittenMark] = field(default_factory=list)
    doubts: list[SheetDoubt] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SheetReader:
    """How sheets are read: the words, the numbers of people, which group a text names ("" for none), and the year of days
    that are written without one."""

    words: SheetWords
    numbers: Collection[str]
    group: Callable[[str], str]
    year: Year

    def read(self, sheets: Sequence[RawSheet]) -> WrittenMarks:
        """All marks of a file; a sheet without heads is a doubt, unless another one has some."""
        found = WrittenMarks()
        without: list[SheetDoubt] = []
        for sheet in sheets:
            heads = find_heads(sheet.rows, self.words, self.numbers, self.year)
            if heads is None:
                without.append(SheetDoubt("no heads", SheetPlace(sheet.name)))
            elif not heads.people:
                without.append(SheetDoubt("no people", SheetPlace(sheet.name)))
            elif self._has_columns_to_tick(sheet, heads):
                place = SheetPlace(sheet.name, heads.first + 1)
                found.doubts.append(SheetDoubt("columns to tick", place))
            elif heads.long:
                found.marks += self._long(sheet, heads)
            else:
                found.marks += self._wide(sheet, heads)
        if not found.marks:
            found.doubts += without
        return found

    def _has_columns_to_tick(self, sheet: RawSheet, heads: SheetHeads) -> bool:
        """Whether several columns stand below each session, one for each mark: a tick there means what its head says."""
        if heads.long or heads.first >= len(sheet.rows):
            return False
        row = sheet.rows[heads.first]
        if any(_text(row, heads, kind) for kind in heads.people):
            return False
        marks = [column for column, cell in enumerate(row) if self.words.mark(cell)]
        below = heads.sessions.keys() & set(marks)
        return bool(below) and len(marks) > len(heads.sessions)

    def _long(self, sheet: RawSheet, heads: SheetHeads) -> Iterator[WrittenMark]:
        """One mark a row."""
        mark = heads.people["mark"]
        for place, row in self._rows(sheet, heads):
            session = SessionHead()
            for kind in ("session", "day"):
                if kind in heads.people:
                    cell = row[heads.people[kind]]
                    head = session_head(cell, self.words, self.year)
                    session = session.with_more(head or SessionHead())
            group = _text(row, heads, "group")
            yield self._mark(sheet, place, mark, row, heads, session, group)

    def _wide(self, sheet: RawSheet, heads: SheetHeads) -> Iterator[WrittenMark]:
        """A person a row, a session a column."""
        above = self._group_above(sheet, heads)
        for place, row in self._rows(sheet, heads):
            if group := self._title(row):
                above = group
                continue
            if not self._is_person(row, heads):
                continue
            for column, session in heads.sessions.items():
                if row[column] in ("", None):
                    continue
                group = _text(row, heads, "group") or above
                yield self._mark(sheet, place, column, row, heads, session, group)

    def _mark(
        self,
        sheet: RawSheet,
        place: int,
        column: int,
        row: Row,
        heads: SheetHeads,
        session: SessionHead,
        group: str,
    ) -> WrittenMark:
        letters = sheet.column(column)
        head = SheetPlace(sheet.name, 0, letters)
        if heads.long:
            head = SheetPlace(sheet.name, place + 1)
        return WrittenMark(
            place=SheetPlace(sheet.name, place + 1, letters),
            head=head,
            group=group,
            number=_text(row, heads, "number"),
            name=_name(row, heads),
            session=session,
            value=row[column],
        )

    def _rows(self, sheet: RawSheet, heads: SheetHeads) -> Iterator[tuple[int, Row]]:
        """The rows below the heads that say anything, and are no heads said again on another page."""
        lowest_head = sheet.rows[heads.first - 1]
        highest_head = sheet.rows[heads.top]
        for place in range(heads.first, len(sheet.rows)):
            row = sheet.rows[place]
            if row in (lowest_head, highest_head):
                continue
            if _filled(row):
                yield place, row

    def _group_above(self, sheet: RawSheet, heads: SheetHeads) -> str:
        """The group that a title above the heads names, else the name of the sheet."""
        for row in sheet.rows[: heads.first]:
            for cell in row:
                if isinstance(cell, str) and (group := self.group(cell)):
                    return group
        return self.group(sheet.name)

    def _title(self, row: Row) -> str:
        """The group that a row names which says nothing else: people of another group stand below it."""
        filled = _filled(row)
        if len(filled) != 1 or not isinstance(filled[0], str):
            return ""
        return self.group(filled[0])

    def _is_person(self, row: Row, heads: SheetHeads) -> bool:
        """Whether a row is about somebody: sums and empty lines are not."""
        number = _text(row, heads, "number")
        name = _name(row, heads)
        if number in self.numbers and number:
            return True
        totals = self.words.heads["total"]
        before = row[: min(heads.sessions)]
        if any(plain(cell) in totals for cell in before if cell not in ("", None)):
            return False
        if number or name:
            return True
        said = [
            row[column] for column in heads.sessions if row[column] not in ("", None)
        ]
        return any(isinstance(cell, str) for cell in said)


def _filled(row: Row) -> list[object]:
    """The cells that say anything."""
    return [cell for cell in row if cell not in ("", None)]


def _text(row: Row, heads: SheetHeads, kind: str) -> str:
    if kind not in heads.people:
        return ""
    return number_text(row[heads.people[kind]])


def _name(row: Row, heads: SheetHeads) -> str:
    """The names of a row, from one column or from two."""
    parts: list[str] = []
    for kind in ("name", "own_name", "other_names"):
        if text := _text(row, heads, kind):
            parts.append(text)
    return " ".join(parts)


def year_of(first: date, last: date) -> Year:
    """Days without a year, as "9/3", are those between two days, or nearest to the first of them."""

    def found(text: str) -> date | None:
        days: list[date] = []
        for year in {first.year, last.year}:
            for between in (" ", "/", "-", "."):
                day = _day(f"{text}{between}{year}")
                if day is not None:
                    days.append(day)
        within = [day for day in days if first <= day <= last]
        return min(within or days, key=lambda day: abs(day - first), default=None)

    return found


def _day(text: str) -> date | None:
    return day_in(text, lambda _text: None)
