"""What concerns a whole column of a sheet of people: decided once for all its cells, and said in one sentence. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from cbs_desktop.participants import cells
from cbs_desktop.participants.fields import GIVEN_FIRST
from cbs_desktop.sheets.read import Sheet
from cbs_desktop.text import day_in_figures, fold
from cbs_desktop.words import day_in_words

DAY_FIELDS = ("born_on", "consent_on", "release_on")
_MONTHS = 12
_CARD_DIGITS = (
    16  # Rwanda; spreadsheet programs keep 15 of a number and write 0 for the last one
)
_ENOUGH = 3  # cells that say the same thing say it of their column
_COUNTED_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that is said once about a file; its sentence stands in `problems.REMARKS`."""

    kind: str
    facts: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """What a person decides about a whole file.

    - `given_first` of whole names; None leaves it to the sheet.
    - `consent_on` is the day of a consent of which the sheet only says yes.
    - `two_people` are the rows of people who only look like somebody else.
    """

    given_first: bool | None = None
    consent_on: date | None = None
    two_people: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """How cells are read, by field: whose days are month first or may be either, and what is not read at all.

    `without_rounded`: ID numbers that the spreadsheet rounded are left empty, since most of them are.
    """

    choices: ImportChoices
    given_first: bool
    month_first: frozenset[str]
    either: frozenset[str]
    not_read: frozenset[str]
    without_rounded: bool
    remarks: tuple[Remark, ...]


def look(
    sheet: Sheet,
    mapping: Mapping[str, int],
    today: date,
    choices: ImportChoices | None = None,
) -> ColumnReading:
    """How the columns of a sheet are read, and what is to be said of it."""
    choices = choices or ImportChoices()
    columns = {
        key: SheetColumn(
            sheet.header[i] if i < len(sheet.header) else "", _filled(sheet, i)
        )
        for key, i in mapping.items()
    }
    remarks = [*_of_sheet(sheet), *_unseen(columns)]
    given_first = _given_first(columns.get("name"), choices)
    if given_first:
        remarks.append(Remark("given first", {"header": columns["name"].header}))
    month_first: set[str] = set()
    either: set[str] = set()
    for key in DAY_FIELDS:
        if key in columns:
            order = _order(columns[key])
            month_first |= {key} if order == "month first" else set()
            either |= {key} if order == "either" else set()
            born_by = today if key == "born_on" else None
            remarks += _of_days(columns[key], order, born_by)
    not_read = set[str]()
    for check in (_running, _lost_ends):
        if remark := check(columns.get("id_number")):
            not_read.add("id_number")
            remarks.append(remark)
    rounded = _rounded(columns.get("id_number"))
    remarks += [rounded] if rounded else []
    remarks += _phones(columns.get("phone"))
    remarks += _consents(columns.get("consent_on"), choices)
    return ColumnReading(
        choices,
        given_first,
        frozenset(month_first),
        frozenset(either),
        frozenset(not_read),
        rounded is not None,
        tuple(remarks),
    )


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A head and its cells that say something."""

    header: str
    cells: Sequence[object]

    @property
    def texts(self) -> list[object]:
        """What the spreadsheet does not hold as days."""
        return [cell for cell in self.cells if not isinstance(cell, date)]

    def remark(self, kind: str, **facts: object) -> Remark:
        """Something about this column."""
        return Remark(kind, {"header": self.header, **facts})


def _filled(sheet: Sheet, place: int) -> list[object]:
    column = [row[place] for row in sheet.rows if place < len(row)]
    return [cell for cell in column if cell is not None and cell != ""]


def _of_sheet(sheet: Sheet) -> Iterator[Remark]:
    if sheet.repaired:
        yield Remark("repaired", {"n": sheet.repaired})
    if sheet.hidden:
        yield Remark("hidden rows", {"n": len(sheet.hidden)})
    if sheet.merged:
        yield Remark("merged cells", {"n": len(sheet.merged)})


def _unseen(columns: Mapping[str, SheetColumn]) -> Iterator[Remark]:
    found = sum(
        cells.has_unseen(cell)
        for column in columns.values()
        for cell in column.cells
        if isinstance(cell, str) and not cell.isascii()
    )
    if found:
        yield Remark("unseen signs", {"n": found})


def _given_first(column: SheetColumn | None, choices: ImportChoices) -> bool:
    """Whether the given name stands first: as was chosen, as the head says, or as the capitals of most names say."""
    if column is None:
        return False
    if choices.given_first is not None:
        return choices.given_first
    head = fold(column.header)
    if any(words in head for words in GIVEN_FIRST):
        return True
    names = [str(cell).split() for cell in column.cells]
    votes = [
        words[-1].isupper() - words[0].isupper()
        for words in names
        if len(words) > 1 and words[0].isupper() != words[-1].isupper()
    ]
    return len(votes) >= _ENOUGH and 2 * len(votes) > len(names) and sum(votes) > 0


def _order(column: SheetColumn) -> str:
    """Month first, day first, either, or "" where no day tells."""
    found = [some for cell in column.texts if (some := cells.figures(cell))]
    day_first = any(first > _MONTHS >= second for first, second, _year in found)
    month_first = any(second > _MONTHS >= first for first, second, _year in found)
    if day_first and month_first:
        return "either"
    if month_first:
        return "month first"
    return "day first" if day_first else ""


def _of_days(column: SheetColumn, order: str, born_by: date | None) -> Iterator[Remark]:
    if order == "month first":
        days = list(filter(cells.figures, column.texts))
        example = next(filter(is_either, days), days[0])
        yield _read_as(column, "month first", example, month_first=True)
    if order == "either":
        yield column.remark("day or month")
    for kind, fits in (
        ("short years", _has_short_year),
        ("serial days", cells.is_serial),
    ):
        if found := list(filter(fits, column.texts)):
            remark = _read_as(column, kind, found[0], order == "month first", born_by)
            yield Remark(kind, {**remark.facts, "n": len(found)})
    if _swapped(column):
        yield column.remark("swapped days")


def _read_as(
    column: SheetColumn,
    kind: str,
    cell: object,
    month_first: bool = False,
    born_by: date | None = None,
) -> Remark:
    """A remark with a cell as an example, and what it is read as."""
    try:
        day = cells.read_day(cell, born_by, month_first)
    except ValueError:
        return column.remark(kind, cell=cells.read_text(cell), day="?")
    return column.remark(kind, cell=cells.read_text(cell), day=day_in_words(day))


def is_either(cell: object) -> bool:
    """Whether a day may be read both day first and month first, and means two days."""
    found = cells.figures(cell)
    return found is not None and found[0] != found[1] and max(found[:2]) <= _MONTHS


def _has_short_year(cell: object) -> bool:
    found = cells.figures(cell)
    return found is not None and len(found[2]) == 2


def _swapped(column: SheetColumn) -> bool:
    """Whether a program took days for months where it could: then only days after the 12th are left as text."""
    as_text = [some for cell in column.texts if (some := cells.figures(cell))]
    as_days = [cell for cell in column.cells if isinstance(cell, date)]
    return (
        len(as_text) > 0
        and len(as_days) >= _ENOUGH
        and all(max(some[:2]) > _MONTHS for some in as_text)
        and all(day.day <= _MONTHS for day in as_days)
    )


def _running(column: SheetColumn | None) -> Remark | None:
    """Numbers that only count the rows."""
    if column is None or not column.cells:
        return None
    texts = list(map(cells.read_text, column.cells))
    if not all(text.isdecimal() and len(text) < _CARD_DIGITS for text in texts):
        return None
    numbers = list(map(int, texts))
    rising = all(b - a == 1 for a, b in pairwise(numbers))
    most = _COUNTED_MOST if len(numbers) >= _ENOUGH else 1_000
    if rising and numbers[-1] < most:
        return column.remark("running number")
    return None


def _lost_ends(column: SheetColumn | None) -> Remark | None:
    """Numbers of cards as text that were a number once: they have 16 digits and all end in 0."""
    if column is None:
        return None
    texts = [cells.read_text(cell).replace(" ", "") for cell in column.cells]
    whole = [one for one in texts if len(one) == _CARD_DIGITS and one.isdecimal()]
    if len(whole) >= _ENOUGH and all(one.endswith("0") for one in whole):
        return column.remark("lost ends", n=len(whole))
    return None


def _rounded(column: SheetColumn | None) -> Remark | None:
    """Numbers of cards that are numbers in the sheet and lost their last digits, where most of them did."""
    if column is None:
        return None
    count = sum(map(cells.is_rounded, column.cells))
    if count >= _ENOUGH and 2 * count > len(column.cells):
        return column.remark("rounded", n=count)
    return None


def _phones(column: SheetColumn | None) -> Iterator[Remark]:
    if column is None:
        return
    several = sum(
        len(cells.phones(cell)) > 1 for cell in column.cells if isinstance(cell, str)
    )
    if several:
        yield column.remark("several phones", n=several)


def _consents(column: SheetColumn | None, choices: ImportChoices) -> Iterator[Remark]:
    if column is None:
        return
    agreed = sum(says(cell, cells.YES) for cell in column.texts)
    if agreed and choices.consent_on:
        day = day_in_figures(choices.consent_on)
        yield column.remark("consent on", n=agreed, day=day)
    elif agreed:
        yield column.remark("consent without day", n=agreed)


def says(cell: object, words: frozenset[str]) -> bool:
    """Whether a cell says one of these words and nothing else."""
    return not isinstance(cell, date) and fold(cells.read_text(cell)) in words
