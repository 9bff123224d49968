"""The grid opened at one session, and after it the next register that is still to be typed."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from cbs_desktop.attendance import queries
from cbs_desktop.attendance.queries import Grid
from cbs_desktop.needs import queries as needs
from cbs_desktop.needs.queries import NeedLine
from cbs_desktop.text import fold
from cbs_desktop.words import _
from ui.attendance.marks_model import BEFORE

if TYPE_CHECKING:
    from ui.attendance.grid import Attendance

_ABOUT = "opening"  # so that these questions take the place of none of the grid's own
_TODAY = "todays-registers"
_Place = tuple[date, str, int]  # the day, the folded name of the group, the session


def open_session(page: "Attendance", item: tuple[object, ...]) -> None:
    """Show a group with the cursor on a session: ("session", group id, session id). Anything else is left alone."""
    if len(item) != 3 or item[0] != "session":
        return
    _kind, group_id, session_id = item
    if isinstance(group_id, int) and isinstance(session_id, int):
        then = partial(_choose, page, session_id)
        page.ask(queries.grid, group_id, then=then, about=_ABOUT)


def _choose(page: "Attendance", session_id: int, grid: Grid) -> None:
    """The group first; the cursor when it is shown."""
    place = page.group.findData(grid.group_id)
    if place < 0:
        page.said.emit(_("{group} belongs to another round.").format(group=grid.name))
        return
    page.group.setCurrentIndex(place)
    then = partial(_put_cursor, page, session_id)
    page.ask(queries.grid, grid.group_id, then=then, about=_ABOUT)


def _put_cursor(page: "Attendance", session_id: int, grid: Grid) -> None:
    ids = [column.id for column in grid.columns]
    if session_id not in ids:
        return
    place = ids.index(session_id)
    row = _first_unmarked(grid, place)
    page.table.setCurrentIndex(page.table.marks.index(row, place + BEFORE))
    page.table.setFocus()


def _first_unmarked(grid: Grid, place: int) -> int:
    for number, row in enumerate(grid.rows):
        if not row.marks[place]:
            return number
    return 0


def open_next(page: "Attendance") -> None:
    """Go on with the next register that is not complete: of the same day, then of today, then of days before."""
    place = page.table.session_place()
    grid = page.table.marks.grid
    here: _Place | None = None
    if grid is not None and place >= 0:
        column = grid.columns[place]
        here = (column.planned_on, fold(grid.name), column.number)
    then = partial(_go_on, page, here)
    page.ask(needs.needs, _TODAY, then=then, about=_ABOUT)


def _go_on(page: "Attendance", here: _Place | None, lines: list[NeedLine]) -> None:
    same_day: list[NeedLine] = []
    others: list[NeedLine] = []
    for line in lines:
        place = (line.day, fold(line.group), line.session)
        if here is not None and place[0] == here[0] and place[1:] > here[1:]:
            same_day.append(line)
        elif place != here:
            others.append(line)
    to_come = [*same_day, *others]
    if to_come:
        line = to_come[0]
        open_session(page, ("session", line.group_id, line.session_id))
    else:
        page.said.emit(_("No other register is to be typed today."))
