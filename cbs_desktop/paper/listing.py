"""Long lists on A4: columns as wide as their words, nothing cut, heads on every page, parts kept together where they can.

Lines are drawn, not flowed: 20,000 of them take seconds.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from cbs_desktop.paper import fonts
from cbs_desktop.paper.page import (
    INK,
    LANDSCAPE,
    LINE,
    MARGIN,
    PORTRAIT,
    SOFT,
    Head,
    mark_practice,
    numbered,
    write,
)
from cbs_desktop.words import _

_SIZE = 9.5  # points of a line's words
_LEADING = 11.5
_PAD = 5.5  # of a line, above and below together
_GAP = 8  # between columns
_TOP = 66  # from the edge of the paper to the heads of the columns
_BOTTOM = 50
_PART = 30  # height of the head of a part
_TOGETHER = 12  # a part of so many lines is not torn
_LEAST = 3  # lines of a part before a page ends
_WIDEST = 190  # points that a column asks for; longer words wrap
_NARROW = 70  # a column up to here is never made narrower
_SQUEEZED = 1.1  # so much more than the page may be wanted before it is laid across
_SAMPLE = 4_000  # lines that are measured


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: its head, and whether its words stand to the right."""

    title: str
    right: bool = False


@dataclass(frozen=True, slots=True)
class ListPart:
    """The lines under one head; "" for a list that is not divided."""

    title: str
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[tuple[str, ...], ...]  # the lines of every cell
    high: float


Progress = Callable[[int, int], None]  # (done, total); may raise Cancelled
Item = str | _Row  # the head of a part, or a row


def draw(
    columns: Sequence[ListColumn],
    parts: Sequence[ListPart],
    head: Head,
    progress: Progress | None = None,
) -> bytes:
    """The list as PDF, portrait where the columns fit, else landscape. Rows are numbered through."""
    fonts.register()
    columns = [ListColumn("", right=True), *columns]
    parts = list(_numbered_through(parts))
    wanted = _natural(columns, parts)
    size = PORTRAIT
    if sum(wanted) > _SQUEEZED * (PORTRAIT[0] - 2 * MARGIN):
        size = LANDSCAPE
    widths = _fitted(wanted, size[0] - 2 * MARGIN)
    buffer = BytesIO()
    paper = numbered(buffer, size, head)
    sheet = _Sheet(paper, columns, widths, size, head.practice)
    done, count = 0, sum(len(part.rows) for part in parts)
    for page in _pages(parts, widths, size[1] - _TOP - _BOTTOM - _PART):
        sheet.draw(page or [_("Nobody is on this list.")])
        done += len(page)
        if progress:
            progress(min(done, count), count)
    paper.save()
    return buffer.getvalue()


def _numbered_through(parts: Sequence[ListPart]) -> Iterator[ListPart]:
    done = 0
    for part in parts:
        rows: list[Sequence[str]] = []
        for row in part.rows:
            done += 1
            rows.append((str(done), *row))
        yield ListPart(part.title, rows)


def _natural(columns: Sequence[ListColumn], parts: Sequence[ListPart]) -> list[float]:
    """How wide each column would be by its words."""
    widths: list[float] = []
    for column in columns:
        widths.append(fonts.width(column.title, fonts.STRONG, 9))
    for row in _sample(parts):
        for place, text in enumerate(row):
            wide = fonts.width(text, fonts.TEXT, _SIZE)
            widths[place] = max(widths[place], wide)
    return [min(wide, _WIDEST) + _GAP for wide in widths]


def _sample(parts: Sequence[ListPart]) -> Iterator[Sequence[str]]:
    count = 0
    for part in parts:
        count += len(part.rows)
    step = max(1, count // _SAMPLE)
    for place, row in enumerate(_rows_of(parts)):
        if place % step == 0 or place == count - 1:  # the last has the longest number
            yield row


def _rows_of(parts: Sequence[ListPart]) -> Iterator[Sequence[str]]:
    for part in parts:
        yield from part.rows


def _fitted(wanted: Sequence[float], room: float) -> list[float]:
    """The widths, so that all columns together take the whole width of the page: the first and narrow ones keep theirs
    where there is too much or too little room for all."""
    number, *others = wanted
    spare = room - sum(wanted)
    if spare >= 0:
        share = 1 + spare / max(1.0, sum(others))
        return [number, *_scaled(others, share)]
    narrow = sum(wide for wide in wanted if wide <= _NARROW)
    wide_ones = sum(wanted) - narrow
    share = (room - narrow) / wide_ones
    fitted: list[float] = []
    for wide in wanted:
        if wide > _NARROW:
            wide *= share
        fitted.append(wide)
    return fitted


def _scaled(widths: Sequence[float], share: float) -> list[float]:
    return [wide * share for wide in widths]


def _pages(
    parts: Sequence[ListPart], widths: Sequence[float], room: float
) -> Iterator[list[Item]]:
    """The items of each page. The head of a part that goes on is said again."""
    page: list[Item] = []
    used = 0.0
    for part in parts:
        rows = [_row(row, widths) for row in part.rows]
        if page and used + _opening(part, rows) > room:
            yield page
            page, used = [], 0.0
        if part.title:
            page.append(_counted(part))
            used += _PART
        for row in rows:
            if page and used + row.high > room:
                yield page
                page, used = _continued(part)
            page.append(row)
            used += row.high
    yield page


def _opening(part: ListPart, rows: Sequence[_Row]) -> float:
    """The room that a part needs to begin on a page."""
    first = rows
    if len(rows) > _TOGETHER:
        first = rows[:_LEAST]
    high = 0.0
    for row in first:
        high += row.high
    return high + (_PART if part.title else 0)


def _continued(part: ListPart) -> tuple[list[Item], float]:
    if not part.title:
        return [], 0.0
    return [_("{part} (continued)").format(part=part.title)], float(_PART)


def _counted(part: ListPart) -> str:
    return f"{part.title}  ·  {len(part.rows)}"


def _row(row: Sequence[str], widths: Sequence[float]) -> _Row:
    cells: list[tuple[str, ...]] = []
    most = 1
    for text, wide in zip(row, widths, strict=True):
        lines = _wrapped(fonts.drawable(text, fonts.TEXT), wide - _GAP)
        most = max(most, len(lines))
        cells.append(lines)
    return _Row(tuple(cells), most * _LEADING + _PAD)


def _wrapped(text: str, room: float) -> tuple[str, ...]:
    """The lines of a text, broken between words, and within a word that has no room by itself."""
    if fonts.width(text, fonts.TEXT, _SIZE) <= room:
        return (text,)
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}".strip()
        if fonts.width(longer, fonts.TEXT, _SIZE) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *whole, line = _broken(word, room)
        lines.extend(whole)
    return (*lines, line)


def _broken(word: str, room: float) -> list[str]:
    pieces = [""]
    for letter in word:
        longer = pieces[-1] + letter
        if pieces[-1] and fonts.width(longer, fonts.TEXT, _SIZE) > room:
            pieces.append(letter)
        else:
            pieces[-1] = longer
    return pieces


@dataclass
class _Sheet:
    """Draws pages of a list one after the other."""

    paper: Canvas
    columns: Sequence[ListColumn]
    widths: Sequence[float]
    size: tuple[float, float]
    practice: bool

    def draw(self, page: Sequence[Item]) -> None:
        """One page: heads, then parts and rows from the top down."""
        if self.practice:
            mark_practice(self.paper, self.size)
        y = self.size[1] - _TOP - 12
        self._heads(y)
        y -= 5
        for item in page:
            if isinstance(item, str):
                y -= _PART
                self._title(item, y + 7)
            else:
                y -= item.high
                self._row(item, y)
        self.paper.showPage()

    def _heads(self, y: float) -> None:
        for column, x, wide in self._places():
            room = wide - _GAP
            title = column.title
            side = "right" if column.right else "left"
            at = x + room if column.right else x
            write(self.paper, at, y, title, fonts.STRONG, 9, SOFT, side, room)
        self._line(y - 5, 0.9)

    def _title(self, title: str, y: float) -> None:
        room = self.size[0] - 2 * MARGIN
        write(self.paper, MARGIN, y, title, fonts.STRONG, 11, room=room)
        self._line(y - 7, 0.4)

    def _row(self, row: _Row, y: float) -> None:
        first = y + row.high - _PAD / 2 - _SIZE + 0.8
        pen = self.paper
        pen.setFont(fonts.TEXT, _SIZE)
        pen.setFillColor(INK)
        for (column, x, wide), lines in zip(self._places(), row.cells, strict=True):
            for number, text in enumerate(lines):
                at = first - number * _LEADING
                if not text:
                    continue
                if column.right:
                    pen.drawRightString(x + wide - _GAP, at, text)
                else:
                    pen.drawString(x, at, text)
        self._line(y, 0.3)

    def _places(self) -> Iterator[tuple[ListColumn, float, float]]:
        x = MARGIN
        for column, wide in zip(self.columns, self.widths, strict=True):
            yield column, x, wide
            x += wide

    def _line(self, y: float, width: float) -> None:
        self.paper.setStrokeColor(LINE)
        self.paper.setLineWidth(width)
        self.paper.line(MARGIN, y, self.size[0] - MARGIN, y)
