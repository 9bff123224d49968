"""The calendar of a round on paper, and its words: a sign for each state, so that a grey print says as much."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from cbs_desktop.attendance.round_calendar import (
    STATES,
    CalendarRow,
    CalendarSession,
    CalendarWeek,
    RoundCalendar,
    round_calendar,
)
from cbs_desktop.exports import files
from cbs_desktop.exports.rules import OWN, Outgoing, Recipient
from cbs_desktop.paper import fonts
from cbs_desktop.paper.page import (
    LANDSCAPE,
    LINE,
    MARGIN,
    SOFT,
    Head,
    mark_practice,
    numbered,
    write,
)
from cbs_desktop.text import day_in_figures
from cbs_desktop.words import _, many

if TYPE_CHECKING:
    from cbs_desktop.office import Office

KIND = "round calendar"
_SHADE = HexColor("#ECEAE4")
_NAME = 96  # points of the name of a group
_WEEK_MOST = 48  # of a week
_HIGH = 15.5  # of a line
_TOP = 88  # from the edge of the paper to the first line
_ROWS = 28


def sign_words() -> str:
    """What the signs mean, in one line."""
    told = [f"{sign} {_(word)}" for word, sign in STATES.values()]
    told.append(_("+3: held three days later than planned"))
    told.append(_("&: in one week with the session before"))
    return "   ".join(told)


def short(session: CalendarSession) -> str:
    """A session in a few signs: its state, its number, how late it was held, whether it caught up."""
    text = f"{STATES[session.state][1]}{session.number}"
    if session.slip:
        text += f" +{session.slip}"
    if session.twice:
        return f"{text} &&"
    if session.catch_up:
        return f"{text} &"
    return text


def say(session: CalendarSession) -> str:
    """A session in words."""
    words = _("Session {n}, {day}: {state}")
    told = [
        words.format(
            n=session.number,
            day=day_in_figures(session.day),
            state=_(STATES[session.state][0]),
        )
    ]
    if session.slip:
        late = "{n} day later than planned", "{n} days later than planned"
        told.append(many(*late, session.slip))
    if session.twice:
        told.append(_("on one day with another session"))
    elif session.catch_up:
        told.append(_("in one week with the session before"))
    return ", ".join(told)


def say_free(week: CalendarWeek) -> str:
    """What days of a week are kept free for; "" for none."""
    told: list[str] = []
    for name, first, last in week.free:
        if first == last:
            told.append(f"{_(name)} ({day_in_figures(first)})")
        else:
            span = f"{day_in_figures(first)}–{day_in_figures(last)}"
            told.append(f"{_(name)} ({span})")
    return ", ".join(told)


def pdf(found: RoundCalendar, office: str, practice: bool = False) -> bytes:
    """The calendar on paper: a group a line, a week a column; weeks with free days are shaded and starred, and told below."""
    title = _("Calendar of round {name}").format(name=found.name)
    head = Head(office, title, _free_foot(found), practice=practice, facts=sign_words())
    buffer = BytesIO()
    paper = numbered(buffer, LANDSCAPE, head)
    for start in range(0, max(1, len(found.rows)), _ROWS):
        _Page(paper, found, practice).draw(found.rows[start : start + _ROWS])
    paper.save()
    return buffer.getvalue()


@dataclass
class _Page:
    """Draws a page of the calendar."""

    paper: Canvas
    found: RoundCalendar
    practice: bool

    @property
    def _wide(self) -> float:
        """The points of a week."""
        room = LANDSCAPE[0] - 2 * MARGIN - _NAME
        return min(_WEEK_MOST, room / max(1, len(self.found.weeks)))

    def draw(self, rows: Sequence[CalendarRow]) -> None:
        """Heads, shades and lines, from the top down."""
        if self.practice:
            mark_practice(self.paper, LANDSCAPE)
        y = LANDSCAPE[1] - _TOP
        bottom = y - len(rows) * _HIGH
        self._shade(y, bottom)
        self._heads(y + 5)
        for row in rows:
            y -= _HIGH
            self._line(row, y)
        if not rows:
            write(self.paper, MARGIN, y - _HIGH, _("No groups yet."))
        self.paper.showPage()

    def _x(self, place: int) -> float:
        return MARGIN + _NAME + place * self._wide

    def _shade(self, top: float, bottom: float) -> None:
        self.paper.setFillColor(_SHADE)
        for place, week in enumerate(self.found.weeks):
            if week.free and top > bottom:
                x = self._x(place)
                self.paper.rect(x, bottom, self._wide - 2, top - bottom, 0, 1)

    def _heads(self, y: float) -> None:
        write(self.paper, MARGIN, y, _("Group"), fonts.STRONG, 9, SOFT)
        room = self._wide - 2
        for place, week in enumerate(self.found.weeks):
            text = f"{week.monday:%d/%m}"
            if week.free:
                text += "*"
            x = self._x(place)
            write(self.paper, x, y, text, fonts.STRONG, 9, SOFT, room=room)

    def _line(self, row: CalendarRow, y: float) -> None:
        self.paper.setStrokeColor(LINE)
        self.paper.setLineWidth(0.3)
        self.paper.line(MARGIN, y, LANDSCAPE[0] - MARGIN, y)
        base = y + 4.5
        write(self.paper, MARGIN, base, row.name, size=9.5, room=_NAME - 6)
        for place, week in enumerate(self.found.weeks):
            sessions = row.in_week(week.monday)
            if sessions:
                text = " ".join(map(short, sessions))
                room = self._wide - 3
                write(self.paper, self._x(place), base, text, size=9, room=room)


def _free_foot(found: RoundCalendar) -> str:
    names: dict[str, str] = {}
    for week in found.weeks:
        for name, first, _last in week.free:
            names.setdefault(name, f"{first:%d/%m}")
    told = [f"{_(name)} {day}" for name, day in names.items()]
    if not told:
        return ""
    return _("* kept free: {days}").format(days=", ".join(told))


def write_calendar(
    office: "Office", round_id: int | None, path: Path, to: Recipient = OWN
) -> RoundCalendar:
    """Write the calendar of a round as PDF; what was written."""
    found = office.ask(round_calendar, round_id)
    content = pdf(found, office.title, office.practice)
    files.write(office, Outgoing(KIND, 0, to), {path: content})
    return found
