"""The everyday lists as PDF for the office's own work, and as a spreadsheet that may leave it."""

from collections.abc import Callable
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from cbs_desktop.action import Progress
from cbs_desktop.exports.files import write
from cbs_desktop.exports.rules import OWN, Outgoing, Recipient
from cbs_desktop.overview import list_kinds, lists
from cbs_desktop.overview.list_kinds import COLUMNS, KINDS, STATE_WORDS
from cbs_desktop.overview.lists import ListLine, ListRequest, PeopleList
from cbs_desktop.paper.listing import ListColumn, ListPart, draw
from cbs_desktop.paper.page import Head
from cbs_desktop.sheets.write import SheetPage, xlsx
from cbs_desktop.text import day_in_figures
from cbs_desktop.words import _, many

if TYPE_CHECKING:
    from cbs_desktop.office import Office

Cell = str | int | date
_RIGHT = ("age", "born", "days")


def title(found: PeopleList) -> str:
    """What the list is."""
    return _(KINDS[found.request.kind].title)


def filter_words(found: PeopleList, nameless: bool = False) -> str:
    """Whom the list was narrowed to, in words; what was typed may be a name, and is left out where names are."""
    asked = found.request
    if asked.person_ids is not None:
        return _("people chosen by hand")
    told: list[str] = []
    if asked.words.strip() and not nameless:
        told.append(_("“{text}”").format(text=asked.words.strip()))
    if asked.state:
        told.append(_(STATE_WORDS[asked.state]))
    if found.district:
        told.append(found.district)
    return ", ".join(told) or _("whole office")


def _facts(found: PeopleList, nameless: bool = False) -> str:
    count = many("{n} person", "{n} people", len(found.lines))
    day = day_in_figures(found.made_on)
    return "  ·  ".join((count, filter_words(found, nameless), day))


def pdf(
    found: PeopleList,
    office: str,
    practice: bool = False,
    progress: Progress | None = None,
) -> bytes:
    """The list on paper, with all names unless it is one without names: for the office's own work."""
    foot = _("Received by: {line}   Date: {short}   Signature: {line}")
    foot = foot.format(line="_" * 28, short="_" * 14)
    head = Head(office, title(found), foot, practice=practice, facts=_facts(found))
    columns: list[ListColumn] = []
    for key in found.choice.columns:
        columns.append(ListColumn(_(COLUMNS[key]), key in _RIGHT))
    return draw(columns, _parts(found), head, progress)


def _parts(found: PeopleList) -> list[ListPart]:
    parts: list[ListPart] = []
    for part, lines in groupby(found.lines, key=_part_of):
        rows: list[tuple[str, ...]] = []
        for line in lines:
            rows.append(_on_paper(line, found))
        parts.append(ListPart(_part_title(part, found), rows))
    return parts


def _part_of(line: ListLine) -> str:
    return line.part


def _part_title(part: str, found: PeopleList) -> str:
    if not part and found.choice.divided == "group":
        return _("In no group")
    return part


def _on_paper(line: ListLine, found: PeopleList) -> tuple[str, ...]:
    cells: list[str] = []
    for key in found.choice.columns:
        value = _CELLS[key](line)
        if isinstance(value, date):
            value = day_in_figures(value)
        cells.append(str(value))
    return tuple(cells)


def _yes(line: ListLine) -> str:
    return _("yes") if line.consent else _("no")


def _state(line: ListLine) -> str:
    return _(STATE_WORDS.get(line.state, line.state))


_CELLS: dict[str, Callable[[ListLine], "Cell"]] = {
    "number": lambda line: line.number,
    "name": lambda line: line.name,
    "sex": lambda line: line.sex,
    "age": lambda line: "" if line.age is None else line.age,
    "born": lambda line: line.born or "",
    "place": lambda line: line.place,
    "phone": lambda line: line.phone,
    "phone_of": lambda line: line.phone_of,
    "state": _state,
    "group": lambda line: line.group,
    "consent": _yes,
    "registered": lambda line: line.registered,
    "reason": lambda line: line.reason,
    "since": lambda line: line.since or "",
    "days": lambda line: "" if line.days is None else line.days,
}  # fmt: skip
_OWN = ("name", "phone", "phone_of")  # what is shared only by who agreed to it


def sheet(
    found: PeopleList, office: str, practice: bool = False, all_names: bool = False
) -> bytes:
    """The list as a spreadsheet. Who does not agree to be named to others stands without name and phone, unless it stays
    in the office (`all_names`)."""
    heads: list[str] = []
    divided = found.choice.divided
    if divided:
        heads.append(_(_DIVISIONS[divided]))
    for key in found.choice.columns:
        heads.append(_(COLUMNS[key]))
    rows: list[list[Cell]] = []
    for line in found.lines:
        rows.append(_in_sheet(line, found, all_names))
    hides = _hides(found, all_names)
    notes = [office, title(found), _facts(found, nameless=hides)]
    if hides:
        notes.append(
            _("Names and phones only of those who agreed to have their names shared.")
        )
    if practice:
        notes.append(_("PRACTICE · nothing here is real"))
    return xlsx([SheetPage(title(found), heads, rows, notes=notes)])


_DIVISIONS = {
    "sector": list_kinds.SECTOR,
    "cell": list_kinds.CELL,
    "group": COLUMNS["group"],
}


def _hides(found: PeopleList, all_names: bool) -> bool:
    return not all_names and bool(set(_OWN) & set(found.choice.columns))


def _in_sheet(line: ListLine, found: PeopleList, all_names: bool) -> list[Cell]:
    cells: list[Cell] = []
    if found.choice.divided:
        cells.append(_part_title(line.part, found))
    for key in found.choice.columns:
        value = _CELLS[key](line)
        if key in _OWN and not (line.shared or all_names):
            value = _("name not shared") if key == "name" else ""
        cells.append(value)
    return cells


def write_list(
    office: "Office",
    request: ListRequest,
    path: Path,
    all_names: bool = False,
    to: Recipient = OWN,
) -> PeopleList:
    """Write a list as PDF, or as a spreadsheet when the name ends so; what was written."""
    found = office.ask(lists.people_list, request)
    what = Outgoing("list", len(found.lines), to)
    write(office, what, {path: content(office, found, path.suffix, all_names)})
    return found


def content(
    office: "Office",
    found: PeopleList,
    suffix: str,
    all_names: bool = False,
    progress: Progress | None = None,
) -> bytes:
    """The file of a list by the ending of its name: .xlsx, else PDF."""
    if suffix.lower() == ".xlsx":
        return sheet(found, office.title, office.practice, all_names)
    return pdf(found, office.title, office.practice, progress)
