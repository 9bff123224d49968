"""The attendance register: one page a group, names filled in, a box a session, nothing sensitive. What the field fills in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from cbs_desktop.attendance import queries
from cbs_desktop.groups import queries as groups
from cbs_desktop.paper import fonts
from cbs_desktop.paper.page import (
    INK,
    LANDSCAPE,
    LINE,
    MARGIN,
    SOFT,
    Head,
    mark_practice,
    numbered,
    write,
)
from cbs_desktop.programmes import queries as programmes
from cbs_desktop.words import _

if TYPE_CHECKING:
    from cbs_desktop.office import Office

LINES = 18  # people on a page; empty ones are for newcomers
_NAMES = 190
_NUMBER = 62
_TOP = 96
_ROW = 21.5
_SHADE = HexColor("#F3F1EB")


@dataclass(frozen=True, slots=True)
class RegisterSheet:
    """One group's register. Sessions are (number, day, phase), people (number, name); `marks` by (person number, session)."""

    office: str
    round: str
    group: str
    place: str
    venue: str
    facilitators: tuple[str, ...]
    sessions: tuple[tuple[int, date, str], ...]
    people: tuple[tuple[str, str], ...]
    marks: Mapping[tuple[str, int], str] = field(default_factory=dict)


def register(
    sheets: Sequence[RegisterSheet],
    practice: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """The registers as one PDF. `progress(done, total)` may raise Cancelled."""
    buffer = BytesIO()
    office = sheets[0].office if sheets else ""
    title = _("Attendance registers, round {round}").format(
        round=sheets[0].round if sheets else ""
    )
    foot = _(
        "P present   L late   E excused   A absent   – not expected.  "
        "Write one letter in each box and nothing else on this sheet."
    )
    to = numbered(buffer, LANDSCAPE, Head(office, title, foot))
    for number, sheet in enumerate(sheets, 1):
        for first in range(0, max(1, len(sheet.people)), LINES):
            _page(to, sheet, sheet.people[first : first + LINES], practice)
        if progress:
            progress(number, len(sheets))
    to.save()
    return buffer.getvalue()


def _page(
    to: Canvas, sheet: RegisterSheet, people: Sequence[tuple[str, str]], practice: bool
) -> None:
    if practice:
        mark_practice(to, LANDSCAPE)
    wide, high = LANDSCAPE
    top = high - _TOP
    write(to, MARGIN, high - 66, sheet.group, fonts.STRONG, 17, INK, room=220)
    where = "  ·  ".join(filter(None, (sheet.place, sheet.venue)))
    write(
        to,
        MARGIN + 235,
        high - 60,
        where,
        fonts.TEXT,
        10,
        INK,
        room=wide - 2 * MARGIN - 235,
    )
    led = _("Facilitators: {names}").format(names=", ".join(sheet.facilitators))
    write(
        to,
        MARGIN + 235,
        high - 73,
        led,
        fonts.TEXT,
        10,
        SOFT,
        room=wide - 2 * MARGIN - 235,
    )
    step = (wide - 2 * MARGIN - _NUMBER - _NAMES) / max(1, len(sheet.sessions))
    left = MARGIN + _NUMBER + _NAMES
    _head(to, sheet, left, step, top)
    for i in range(LINES):
        y = top - 34 - i * _ROW
        number, name = people[i] if i < len(people) else ("", "")
        _line(to, sheet, (number, name), (left, y, step), shaded=bool(i % 2))
    to.showPage()


def _head(
    to: Canvas, sheet: RegisterSheet, left: float, step: float, top: float
) -> None:
    phases = [phase for _number, _day, phase in sheet.sessions]
    for i, (number, day, phase) in enumerate(sheet.sessions):
        x = left + i * step
        is_first = i == 0 or phases[i - 1] != phase
        if is_first:
            length = phases.count(phase)
            _phase(to, x, top, phase, length * step)
        middle = x + step / 2
        _session(to, middle, top, number, day)
    number = _("Number")
    name = _("Name")
    for word, indent in ((number, 3), (name, _NUMBER + 3)):
        x = MARGIN + indent
        write(to, x, top - 25, word, fonts.TEXT, 9, SOFT)


def _session(to: Canvas, middle: float, top: float, number: int, day: date) -> None:
    """Number and day of a session over its column."""
    planned = f"{day:%d/%m}"
    write(to, middle, top - 13, str(number), fonts.STRONG, 11, INK, "center")
    write(to, middle, top - 25, planned, fonts.TEXT, 9, SOFT, "center")


def _phase(to: Canvas, x: float, top: float, phase: str, width: float) -> None:
    """The name of a phase over its sessions, and a line before the first of them."""
    write(to, x + 3, top + 2, phase, fonts.STRONG, 9, SOFT, room=width - 6)
    to.setStrokeColor(LINE)
    to.line(x, top + 12, x, top - 30)


def _line(
    to: Canvas,
    sheet: RegisterSheet,
    person: tuple[str, str],
    at: tuple[float, float, float],
    shaded: bool,
) -> None:
    (number, name), (left, top, step) = person, at
    bottom = top - _ROW
    width = LANDSCAPE[0] - 2 * MARGIN
    if shaded:
        to.setFillColor(_SHADE)
        to.rect(MARGIN, bottom, width, _ROW, stroke=0, fill=1)
    to.setStrokeColor(LINE)
    to.setLineWidth(0.5)
    to.rect(MARGIN, bottom, width, _ROW)
    write(to, MARGIN + 3, bottom + 7, number, fonts.TEXT, 9, SOFT, room=_NUMBER - 6)
    write(
        to,
        MARGIN + _NUMBER + 3,
        bottom + 6.5,
        name,
        fonts.TEXT,
        11,
        INK,
        room=_NAMES - 6,
    )
    for i, (session, _day, _phase) in enumerate(sheet.sessions):
        to.line(left + i * step, bottom, left + i * step, top)
        if mark := sheet.marks.get((number, session), "") if number else "":
            write(
                to,
                left + (i + 0.5) * step,
                bottom + 6.5,
                mark,
                fonts.TEXT,
                11,
                INK,
                "center",
            )


def registers(
    office: "Office", round_id: int, group_ids: Sequence[int] | None = None
) -> bytes:
    """The attendance registers of a round's groups as one PDF, a page per group."""
    return counted_registers(office, round_id, group_ids)[0]


def counted_registers(
    office: "Office", round_id: int, group_ids: Sequence[int] | None = None
) -> tuple[bytes, int]:
    """The registers, and how many people they name."""
    rounds = {plan.id: plan for plan in office.ask(programmes.rounds)}
    sheets = []
    for group in office.ask(groups.groups, round_id):
        if group_ids is None or group.id in group_ids:
            grid = office.ask(queries.grid, group.id)
            name = rounds[round_id].name
            sheets.append(_register_sheet(office, name, group, grid))
    people = sum(len(sheet.people) for sheet in sheets)
    return register(sheets, practice=office.practice), people


def _register_sheet(
    office: "Office", round_name: str, group: groups.GroupRow, grid: queries.Grid
) -> RegisterSheet:
    marks = {
        (row.number, column.number): mark
        for row in grid.rows
        for column, mark in zip(grid.columns, row.marks, strict=True)
        if mark
    }
    return RegisterSheet(
        office=office.title,
        round=round_name,
        group=group.name,
        place=grid.place,
        venue=group.venue,
        facilitators=group.facilitators,
        sessions=tuple(
            (column.number, column.day, column.phase) for column in grid.columns
        ),
        people=tuple((row.number, row.name) for row in grid.rows),
        marks=marks,
    )
