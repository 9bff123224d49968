"""What comes of a page that was read: marks to be saved, what a person has to decide, and why a page is refused. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from cbs_desktop.attendance.session_record import CANCELLED, HELD, POSTPONED
from cbs_desktop.programmes.marks import MarkSet
from cbs_desktop.scans.deciding import CellDecision, decide
from cbs_desktop.scans.reading import ReadPage

# new: not marked yet. same, conflict: marked, as on the paper or not. blank: nothing on the paper. doubt: a person decides.
# closed: the session was cancelled or lies ahead. not expected: the person was no member on that day
CellState = Literal[
    "new", "same", "conflict", "blank", "doubt", "closed", "not expected"
]
TO_DECIDE: tuple[CellState, ...] = ("doubt", "conflict")
LEFT_OUT: tuple[CellState, ...] = ("closed", "not expected")
Cell = tuple[int, int]  # row and column, from 0
Mark = tuple[int, int, str]  # session, person, letter


@dataclass(frozen=True, slots=True)
class RecordColumn:
    """A session of a printed page as it is now."""

    session_id: int
    number: int
    planned_on: date
    held_on: date | None
    status: str
    phase: str


@dataclass(frozen=True, slots=True)
class RecordRow:
    """Somebody on a printed page as they are now. `expected` is by column: whether they are a member on its day. On a
    questionnaire a row is a question: `person_id` is its number, `name` its topic, and `shown` says that a person looks at it
    in any case, for it asks about a risk."""

    row: int
    person_id: int
    number: str
    name: str
    erased: bool
    expected: tuple[bool, ...]
    shown: bool = False


@dataclass(frozen=True, slots=True)
class AcceptedBefore:
    """A time that this page was accepted."""

    read_at: datetime
    read_by: str
    file: str  # SHA-256


@dataclass(frozen=True, slots=True)
class PageRecord:
    """What the office knows of a printed page, and of its people and sessions now.

    `marks` are by session and person, `known` those of the programme; `absent` are numbers and names of members that do not
    stand on the page. On a questionnaire `group` is its title, `letters` and `choices` are values and words of the answers,
    `whose` is the number of the person it was printed for, `is_old` that the office uses another version.
    """

    page_id: int
    code: str
    kind: str
    shape: str
    group_id: int
    group: str
    made_on: date
    part: int
    letters: tuple[str, ...]
    columns: tuple[RecordColumn, ...]
    rows: tuple[RecordRow, ...]
    marks: Mapping[tuple[int, int], str]
    absent: tuple[str, ...]
    accepted: tuple[AcceptedBefore, ...]
    known: MarkSet | None = None
    choices: tuple[str, ...] = ()
    whose: str = ""
    is_old: bool = False

    @property
    def is_form(self) -> bool:
        """Whether it is a questionnaire."""
        return self.kind == "questionnaire"


@dataclass(frozen=True, slots=True)
class PageNote:
    """Something to be told of a page; the words are in `problems.NOTES`, those of a refusal in `problems.REFUSALS`."""

    kind: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadCell:
    """One person at one session: what the paper says, and what is recorded. `letter` is empty for a blank; of a doubt it is
    the likely one."""

    row: int
    column: int
    session_id: int
    person_id: int
    letter: str
    recorded: str
    state: CellState
    doubt: str = ""

    @property
    def place(self) -> Cell:
        """Where it stands on the page."""
        return self.row, self.column


@dataclass(frozen=True, slots=True)
class PageFindings:
    """What comes of a page; of one with a `refusal` nothing can be saved. `newcomers` are rows without anybody that are
    marked all the same."""

    refusal: PageNote | None = None
    notes: tuple[PageNote, ...] = ()
    cells: tuple[ReadCell, ...] = ()
    newcomers: tuple[int, ...] = ()
    came_letters: frozenset[str] = frozenset()

    @property
    def to_decide(self) -> list[ReadCell]:
        """What a person has to decide: doubts first."""
        found: list[ReadCell] = []
        for state in TO_DECIDE:
            found += [cell for cell in self.cells if cell.state == state]
        return found

    @property
    def is_clear(self) -> bool:
        """Whether it can be saved without a person's decision."""
        return self.refusal is None and not self.to_decide

    def marks(self, decided: Mapping[Cell, str]) -> list[Mark]:
        """What is to be written: new marks, and those that a person decided, "" for none."""
        found: dict[tuple[int, int], str] = {}
        for cell in self.cells:
            if cell.state in LEFT_OUT:
                continue
            letter = decided.get(cell.place)
            if letter is None and cell.state == "new":
                letter = cell.letter
            if letter and letter != cell.recorded:
                key = (cell.session_id, cell.person_id)
                found[key] = letter
        return [(*key, letter) for key, letter in found.items()]

    def came(self, column: int, decided: Mapping[Cell, str]) -> int:
        """How many people came to a session by what will stand after it was saved."""
        people: set[int] = set()
        for cell in self.cells:
            if cell.column == column and _stands(cell, decided) in self.came_letters:
                people.add(cell.person_id)
        return len(people)


def _stands(cell: ReadCell, decided: Mapping[Cell, str]) -> str:
    """The mark of a cell after it was saved."""
    if chosen := decided.get(cell.place):
        return chosen
    if cell.state == "new":
        return cell.letter
    return cell.recorded


def refusal(page: ReadPage, record: PageRecord | None, tag: str) -> PageNote | None:
    """Why nothing can be taken from a page; None where it can. `tag` is that of this office."""
    if page.code is None or page.problem:
        return PageNote(page.problem or "no code")
    facts = {"code": page.code.page}
    if page.code.office != tag:
        return PageNote("another office", facts)
    if record is None:
        return PageNote("unknown page", facts)
    if record.is_old:
        return PageNote("old questionnaire", facts)
    if record.shape != str(page.code.shape):
        return PageNote("other shape", facts)
    if all(column.status == CANCELLED for column in record.columns):
        return PageNote("all cancelled", {"group": record.group})
    return None


def assess(
    page: ReadPage, record: PageRecord | None, tag: str, today: date, file: str
) -> PageFindings:
    """What comes of a page. `file` is the SHA-256 of the file that it came in."""
    refused = refusal(page, record, tag)
    if refused is not None or record is None:
        return PageFindings(refused)
    decisions = decide(page.boxes)
    cells = tuple(_one_of_each(_cells(record, decisions, today)))
    if record.is_form:
        notes = tuple(_unanswered(record, cells))
        return PageFindings(None, notes, cells)
    notes = (
        *_before(record, file),
        *_sessions(record, today),
        *_people(record),
        *_blank(record, cells),
    )
    named = {row.row for row in record.rows}
    newcomers: set[int] = set()
    for (row, _column), decision in decisions.items():
        said = decision.doubt or decision.choice is not None
        if row not in named and said:
            newcomers.add(row)
    came = record.known.came if record.known else frozenset[str]()
    return PageFindings(None, notes, cells, tuple(sorted(newcomers)), came)


def _is_open(column: RecordColumn, today: date) -> bool:
    if column.status in (CANCELLED, POSTPONED):
        return False
    return column.status == HELD or column.planned_on <= today


def _cells(
    record: PageRecord, decisions: Mapping[Cell, CellDecision], today: date
) -> Iterator[ReadCell]:
    for row in record.rows:
        for place, column in enumerate(record.columns):
            decision = decisions.get((row.row, place), CellDecision(None))
            is_open = _is_open(column, today)
            yield _cell(record, row, place, decision, is_open)


def _cell(
    record: PageRecord,
    row: RecordRow,
    place: int,
    decision: CellDecision,
    is_open: bool,
) -> ReadCell:
    session = record.columns[place].session_id
    recorded = record.marks.get((session, row.person_id), "")
    letter = ""
    if decision.choice is not None:
        letter = record.letters[decision.choice]
    doubt: str = decision.doubt
    if letter and record.known is not None and letter not in record.known.letters:
        doubt = "unknown letter"
    if row.shown:
        doubt = "risk"
    state: CellState = "blank"
    if not row.expected[place]:
        state = "not expected"
    elif not is_open:
        state = "closed"
    elif doubt:
        state = "doubt"
    elif letter:
        state = _against(letter, recorded)
    return ReadCell(
        row.row, place, session, row.person_id, letter, recorded, state, doubt
    )


def _against(letter: str, recorded: str) -> CellState:
    """A mark on the paper held against the one that is recorded."""
    if not recorded:
        return "new"
    if letter == recorded:
        return "same"
    return "conflict"


def _one_of_each(cells: Iterator[ReadCell]) -> Iterator[ReadCell]:
    """Two rows that are one person since they were merged must not say two things: the second one is for a person to
    decide."""
    first: dict[tuple[int, int], str] = {}
    for cell in cells:
        key = (cell.session_id, cell.person_id)
        before = first.setdefault(key, cell.letter)
        says_another = before and cell.letter and cell.letter != before
        if says_another and cell.state not in LEFT_OUT:
            yield ReadCell(
                cell.row,
                cell.column,
                cell.session_id,
                cell.person_id,
                cell.letter,
                cell.recorded,
                "doubt",
                "two rows",
            )
        else:
            yield cell


def _before(record: PageRecord, file: str) -> Iterator[PageNote]:
    for one in record.accepted[-1:]:
        kind = "same file" if one.file == file else "read before"
        facts = {"who": one.read_by, "at": one.read_at}
        yield PageNote(kind, facts)


def _sessions(record: PageRecord, today: date) -> Iterator[PageNote]:
    for column in record.columns:
        if column.status == CANCELLED:
            yield PageNote("cancelled", {"number": column.number})
        elif column.status == POSTPONED:
            yield PageNote("postponed", {"number": column.number})
        elif not _is_open(column, today):
            facts = {"number": column.number, "day": column.planned_on}
            yield PageNote("to come", facts)


def _people(record: PageRecord) -> Iterator[PageNote]:
    """What became of the membership list since the page was printed."""
    for row in record.rows:
        if row.erased:
            yield PageNote("erased", {"row": row.row + 1, "number": row.number})
        elif not any(row.expected):
            facts = {"row": row.row + 1, "who": row.name, "number": row.number}
            yield PageNote("moved", facts)
    if record.absent:
        yield PageNote("not on page", {"who": ", ".join(record.absent)})


def _blank(record: PageRecord, cells: Sequence[ReadCell]) -> Iterator[PageNote]:
    """Who should have been marked and was not."""
    for place, column in enumerate(record.columns):
        names: list[str] = []
        for row in record.rows:
            cell = (row.row, place)
            for one in cells:
                if one.place == cell and one.state == "blank" and not one.recorded:
                    names.append(row.name)
        if names:
            facts = {"number": column.number, "who": ", ".join(names)}
            yield PageNote("blank", facts)


def _unanswered(record: PageRecord, cells: Sequence[ReadCell]) -> Iterator[PageNote]:
    """Questions without a mark: they stay open, to be answered or said to be blank when the sheet is finished."""
    numbers: list[str] = []
    for row, cell in zip(record.rows, cells, strict=True):
        if cell.state == "blank":
            numbers.append(row.number)
    if numbers:
        yield PageNote("unanswered", {"numbers": ", ".join(numbers)})
