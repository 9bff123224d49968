"""The lists of what needs a person on paper for the office's work, and as a spreadsheet; the words of every column."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from cbs_desktop.clock import day_of
from cbs_desktop.exports.files import write
from cbs_desktop.exports.rules import OWN, Outgoing, Recipient
from cbs_desktop.groups.calendar.rules import WEEKDAYS
from cbs_desktop.needs import queries
from cbs_desktop.needs.kinds import COLUMNS, NEEDS
from cbs_desktop.needs.queries import NeedLine
from cbs_desktop.paper.listing import ListColumn, ListPart, draw
from cbs_desktop.paper.page import Head
from cbs_desktop.sheets.write import SheetPage, xlsx
from cbs_desktop.text import day_in_figures
from cbs_desktop.words import _, many

if TYPE_CHECKING:
    from cbs_desktop.office import Office

Cell = str | int | date
RIGHT = frozenset(
    {"session", "late", "absent", "attended", "most", "needed", "remaining", "held"}
)
_NOBODY = "–"
_OWN = ("name", "phone")  # what is shared only by who agreed to it


def title(kind: str) -> str:
    """What a list is."""
    return _(NEEDS[kind].title)


def count_words(kind: str, count: int) -> str:
    """How many lines a list has, in words."""
    if NEEDS[kind].opens == "person":
        return many("{n} person", "{n} people", count)
    if NEEDS[kind].opens == "session":
        return many("{n} session", "{n} sessions", count)
    return many("{n} group", "{n} groups", count)


def cell(line: NeedLine, key: str) -> Cell:
    """What stands in a column: a word, a whole number or a day; "" for nothing."""
    return _CELLS[key](line)


def text(line: NeedLine, key: str) -> str:
    """The same as words."""
    value = cell(line, key)
    if isinstance(value, date):
        return day_in_figures(value)
    return str(value)


def _names(names: Sequence[str]) -> str:
    return ", ".join(names)


def _cannot(line: NeedLine) -> str:
    if line.seen:
        return _("{n} % stayed away").format(n=line.count)
    return _("{n} of {m} people").format(n=line.count, m=line.of)


def _marked(line: NeedLine) -> str:
    return _("{n} of {m}").format(n=line.count, m=line.of)


def _better(line: NeedLine) -> str:
    if line.better is None:
        return _("none suits more")
    return _(WEEKDAYS[line.better])


_CELLS: dict[str, Callable[[NeedLine], Cell]] = {
    "number": lambda line: line.number,
    "name": lambda line: line.name,
    "phone": lambda line: line.phone,
    "place": lambda line: line.place,
    "group": lambda line: line.group,
    "facilitators": lambda line: _names(line.facilitators) or _NOBODY,
    "session": lambda line: line.session,
    "planned": lambda line: line.day or "",
    "late": lambda line: line.count,
    "marked": _marked,
    "came": lambda line: line.day or _("never"),
    "absent": lambda line: line.count,
    "tried": lambda line: line.tried or "",
    "attended": lambda line: line.count,
    "most": lambda line: line.most,
    "needed": lambda line: line.of,
    "remaining": lambda line: line.most - line.count,
    "joined": lambda line: line.day or "",
    "held": lambda line: line.count,
    "meets": lambda line: line.meets,
    "missing": lambda line: line.count,
    "gone": lambda line: _names(line.gone),
    "weekday": lambda line: _(WEEKDAYS[line.weekday]),
    "cannot": _cannot,
    "better": _better,
}  # fmt: skip


def _facts(kind: str, lines: Sequence[NeedLine], day: date) -> str:
    count = count_words(kind, len(lines))
    why = _(NEEDS[kind].why)
    made_on = day_in_figures(day)
    return f"{count}  ·  {why}  ·  {made_on}"


def pdf(
    kind: str,
    lines: Sequence[NeedLine],
    office: str,
    day: date,
    practice: bool = False,
) -> bytes:
    """A list on paper, with the names and phones of those it is about."""
    foot = _("For the office’s own work. Whoever takes it: {line}   Date: {short}")
    foot = foot.format(line="_" * 28, short="_" * 14)
    facts = _facts(kind, lines, day)
    head = Head(office, title(kind), foot, practice=practice, facts=facts)
    columns: list[ListColumn] = []
    for key in _printed(kind):
        head_of = _(COLUMNS[key])
        columns.append(ListColumn(head_of, right=key in RIGHT))
    return draw(columns, _parts(kind, lines), head)


def _printed(kind: str) -> list[str]:
    """The columns beneath the heads of the parts."""
    found = NEEDS[kind]
    return [key for key in found.columns if key != found.divided]


def _parts(kind: str, lines: Sequence[NeedLine]) -> list[ListPart]:
    divided = NEEDS[kind].divided

    def part_of(line: NeedLine) -> str:
        return text(line, divided) if divided else ""

    parts: list[ListPart] = []
    for part, some in groupby(lines, key=part_of):
        rows: list[tuple[str, ...]] = []
        for line in some:
            rows.append(_on_paper(line, _printed(kind)))
        parts.append(ListPart(_part_title(part), rows))
    return parts


def _on_paper(line: NeedLine, keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(text(line, key) for key in keys)


def _part_title(part: str) -> str:
    if part == _NOBODY:
        return _("No facilitator")
    return part


def sheet(
    kind: str,
    lines: Sequence[NeedLine],
    office: str,
    day: date,
    practice: bool = False,
    all_names: bool = False,
) -> bytes:
    """A list as a spreadsheet. Who does not agree to be named to others stands without name and phone, unless it stays in
    the office (`all_names`)."""
    keys = NEEDS[kind].columns
    heads = [_(COLUMNS[key]) for key in keys]
    rows: list[list[Cell]] = []
    for line in lines:
        rows.append([_in_sheet(line, key, all_names) for key in keys])
    notes = [office, title(kind), _facts(kind, lines, day)]
    if not all_names and "name" in keys:
        notes.append(
            _("Names and phones only of those who agreed to have their names shared.")
        )
    if practice:
        notes.append(_("PRACTICE · nothing here is real"))
    return xlsx([SheetPage(title(kind), heads, rows, notes=notes)])


def _in_sheet(line: NeedLine, key: str, all_names: bool) -> Cell:
    if key in _OWN and not (line.shared or all_names):
        return _("name not shared") if key == "name" else ""
    return cell(line, key)


def content(
    office: "Office",
    kind: str,
    lines: Sequence[NeedLine],
    suffix: str,
    all_names: bool = False,
) -> bytes:
    """The file of a list by the ending of its name: .xlsx, else PDF."""
    day = day_of(office.now())
    if suffix.lower() == ".xlsx":
        return sheet(kind, lines, office.title, day, office.practice, all_names)
    return pdf(kind, lines, office.title, day, office.practice)


def outgoing(lines: Sequence[NeedLine], to: Recipient = OWN) -> Outgoing:
    """What leaves with a list, and how many people it names."""
    people = {line.person_id for line in lines if line.person_id}
    return Outgoing("list of needs", len(people), to)


def write_needs(
    office: "Office",
    kind: str,
    path: Path,
    all_names: bool = False,
    to: Recipient = OWN,
) -> list[NeedLine]:
    """Write a list as PDF, or as a spreadsheet when the name ends so; what was written."""
    lines = office.ask(queries.needs, kind)
    made = content(office, kind, lines, path.suffix, all_names)
    write(office, outgoing(lines, to), {path: made})
    return lines
