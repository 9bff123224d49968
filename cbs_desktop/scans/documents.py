"""Registers that are printed, marked by pen and read back: names and big boxes, nothing sensitive."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil

from reportlab.lib.units import mm

from cbs_desktop.paper.page import Head, canvas
from cbs_desktop.scans.drawing import LINE, Letters, PageDrawing
from cbs_desktop.scans.layout import Rect, page_layout
from cbs_desktop.scans.page_code import PageCode
from cbs_desktop.scans.rules import PageColumn, PagePerson, RegisterHead, RegisterPage
from cbs_desktop.scans.wording import each, mark_words, words
from cbs_desktop.text import day_in_figures
from cbs_desktop.words import _

Languages = Sequence[str]  # codes, one or two
_FACT = Letters(10)
_GROUP = Letters(18, strong=True)
_SMALL = Letters(9)
_HINT = Letters(8.5)
_TINY = Letters(6.5)
_ROW_NUMBER = Letters(8)
_NAME = Letters(11.5, strong=True)
_SESSION = Letters(11, strong=True, align="center")
_DAY = Letters(9, align="center")
_CHOICE = Letters(12, strong=True, align="center")
_FOR_HAND = Letters(9, align="right")
# millimetres from the left of a row
_NUMBER_AT = 7
_NUMBER_ROOM = 24
_NAME_AT = 33
_EXAMPLE = 4.0  # side of a box that shows how to mark
_HINT_HIGH = 3.0


@dataclass(frozen=True, slots=True)
class CodedPage:
    """A page of a register with the code that stands on it."""

    code: PageCode
    page: RegisterPage


def draw(
    pages: Sequence[CodedPage],
    languages: Languages,
    practice: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """The pages as one PDF. `progress(done, total)` may raise Cancelled."""
    buffer = BytesIO()
    office = pages[0].page.head.office if pages else ""
    head = Head(office, words("title", languages), language=languages[0])
    to = canvas(buffer, (210 * mm, 297 * mm), head)
    for number, one in enumerate(pages, 1):
        place = page_layout(one.code.shape)
        to.setPageSize((place.width * mm, place.height * mm))
        _page(PageDrawing(to, place), one, languages, practice)
        to.showPage()
        if progress:
            progress(number, len(pages))
    to.save()
    return buffer.getvalue()


def _page(
    on: PageDrawing, one: CodedPage, languages: Languages, practice: bool
) -> None:
    page = one.page
    letters = page.head.letters
    on.marks_of_a_page(one.code)
    _title(on, page, languages, practice)
    _legend(on, page.head, languages)
    for column, head in zip(page.columns, on.place.heads, strict=True):
        session = words("session", languages[:1])
        _head(on, f"{session} {column.number}", column, head, letters)
    on.rows_and_boxes(letters)
    for row in range(page.shape.rows):
        _row(on, row, page.people)
    newcomers = words("newcomers", languages)
    _newcomers(on, len(page.people), newcomers)
    _foot(on, languages)


def _title(
    on: PageDrawing, page: RegisterPage, languages: Languages, practice: bool
) -> None:
    head = page.head
    at = on.place.title
    part = words("page", languages[:1]).format(n=page.part, m=page.parts)
    title = words("title", languages)
    leaders = words("facilitators", languages)
    names = ", ".join(head.facilitators)
    lines = (
        (4, _FACT, f"{title}  ·  {part}"),
        (12, _GROUP, head.group),
        (18, _FACT, _where(head)),
        (23, _FACT, f"{leaders}: {names}"),
        (28, _SMALL, _whose(head, practice)),
    )
    for down, look, said in lines:
        on.text(at.x, at.y + down, said, look, at.width)


def _where(head: RegisterHead) -> str:
    return "  ·  ".join(filter(None, (head.place, head.venue)))


def _whose(head: RegisterHead, practice: bool) -> str:
    said = f"{head.office}  ·  {head.round}"
    if practice:
        return _("PRACTICE · nothing here is real") + "  ·  " + said
    return said


def _legend(on: PageDrawing, head: RegisterHead, languages: Languages) -> None:
    """What the letters stand for, and how a box is marked, over the names."""
    label = on.place.labels[0]
    room = label.width - 3
    y = on.place.heads[0].y + 2
    for said in _letter_lines(head, languages):
        on.text(label.x, y, said, _SMALL, room)
        y += 4
    _example(on, label.x, y - 1.5)
    beside = 12
    for said in each("mark", languages):
        on.text(label.x + beside, y + 0.5, said, _HINT, room - beside)
        y += 3.8


def _letter_lines(head: RegisterHead, languages: Languages) -> Iterator[str]:
    """The letters with their words, on two lines."""
    letters = head.letters
    half = ceil(len(letters) / 2)
    for some in (letters[:half], letters[half:]):
        said: list[str] = []
        for letter in some:
            meaning = mark_words(head.marks, letter, languages)
            said.append(f"{letter}  {meaning}")
        yield "     ".join(said)


def _example(on: PageDrawing, x: float, y: float) -> None:
    """One box filled and one crossed."""
    inside = 0.5
    black = _EXAMPLE - 2 * inside
    on.frame(Rect(x, y, _EXAMPLE, _EXAMPLE))
    on.fill(Rect(x + inside, y + inside, black, black))
    left = x + 5.5
    right = left + _EXAMPLE
    low = y + _EXAMPLE
    on.frame(Rect(left, y, _EXAMPLE, _EXAMPLE))
    on.line((left, y), (right, low), 1.4)
    on.line((left, low), (right, y), 1.4)


def _head(
    on: PageDrawing,
    session: str,
    column: PageColumn,
    at: Rect,
    letters: Sequence[str],
) -> None:
    """Number, day and phase of a session, and the letters over its boxes."""
    middle, _y = at.middle
    room = at.width - 2
    day = day_in_figures(column.day)
    planned = f"{day}  ·  {column.phase}"
    on.text(middle, at.y + 3.5, session, _SESSION, room)
    on.text(middle, at.y + 8, planned, _DAY, room)
    pitch = at.width / len(letters)
    x = at.x + pitch / 2
    for letter in letters:
        on.text(x, at.y + 14.5, letter, _CHOICE)
        x += pitch


def _row(on: PageDrawing, row: int, people: Sequence[PagePerson]) -> None:
    label = on.place.labels[row]
    on.text_in(label, 1, str(row + 1), _ROW_NUMBER)
    if row < len(people):
        one = people[row]
        past_number = label.width - _NUMBER_AT - _NUMBER_ROOM
        on.text_in(label, _NUMBER_AT, one.number, _SMALL, past_number)
        on.text_in(label, _NAME_AT, one.name, _NAME)


def _newcomers(on: PageDrawing, row: int, said: str) -> None:
    """Small words in the first empty row, above where the name goes."""
    if row < len(on.place.labels):
        label = on.place.labels[row]
        top = Rect(label.x, label.y, label.width, _HINT_HIGH)
        on.text_in(top, _NUMBER_AT, said, _TINY)


def _foot(on: PageDrawing, languages: Languages) -> None:
    """Where head count and day are written by hand, under each column; and what to do after a mistake."""
    count = words("count", languages)
    held = words("held", languages)
    _for_hand(on, count, on.place.counts)
    _for_hand(on, held, on.place.days)
    code = on.place.codes[1]
    corner = on.place.corners[3]
    x = code.right + 4
    y = code.y + 13
    room = corner.x - x - 3
    for said in each("mistake", languages):
        on.text(x, y, said, _HINT, room)
        y += 4


def _for_hand(on: PageDrawing, said: str, rects: Sequence[Rect]) -> None:
    """A frame under each column, and the word beside the first."""
    for rect in rects:
        on.frame(rect, LINE)
    first = rects[0]
    right = first.x - 2
    beside = Rect(right, first.y, 0, first.height)
    room = on.place.labels[0].width - 40
    on.text_in(beside, 0, said, _FOR_HAND, -room)
