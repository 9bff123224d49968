"""Reports on paper and as a spreadsheet: tables with totals and notes. What was not recorded is said so, never 0."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, KeepTogether, Spacer
from reportlab.platypus import Table as Grid

from cbs_desktop.paper.page import LANDSCAPE, LINE, SOFT, Head, flow, para, style
from cbs_desktop.sheets.write import Page
from cbs_desktop.sheets.write import xlsx as _xlsx
from cbs_desktop.words import _

Cell = str | int | None
_FIRST, _GROUND = 110, HexColor("#F3F1EB")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a report; its cells are words or whole numbers, None for what was not recorded."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...] | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report: who made it, what it tells of which time, and its tables."""

    office: str
    title: str
    period: str
    made_on: date
    tables: tuple[Table, ...]
    practice: bool = False


def pdf(report: Report) -> bytes:
    """The report as A4 landscape."""
    foot = _("Made on {day}").format(day=report.made_on.isoformat())
    if report.practice:
        foot += "   ·   " + _("PRACTICE · nothing here is real")
    story: list[Flowable] = [para(report.title, style(18, strong=True)), Spacer(0, 6)]
    story += [para(report.period, style(10, color=SOFT)), Spacer(0, 14)]
    for table in report.tables:
        story.append(
            KeepTogether([para(table.title, style(12, strong=True)), Spacer(0, 6), _grid(table), Spacer(0, 8)])
        )
        story += [para(note, style(9, color=SOFT)) for note in table.notes]
        story.append(Spacer(0, 16))
    return flow(story, Head(report.office, report.title, foot, practice=report.practice), LANDSCAPE)


def _grid(table: Table) -> Grid:
    lines: list[list[Any]] = [[_cell(head, strong=True, right=i > 0) for i, head in enumerate(table.columns)]]
    lines += [[_cell(cell, right=i > 0) for i, cell in enumerate(row)] for row in table.rows]
    if table.totals:
        lines.append([_cell(cell, strong=True, right=i > 0) for i, cell in enumerate(table.totals)])
    wide = (LANDSCAPE[0] - 90 - _FIRST) / max(1, len(table.columns) - 1)
    look: list[Any] = [
        ("LINEBELOW", (0, 0), (-1, 0), 0.9, LINE),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, LINE),
        ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        ("TOPPADDING", (0, 0), (-1, -1), 5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
    ]
    if table.totals:
        look.append(("BACKGROUND", (0, -1), (-1, -1), _GROUND))
    return Grid(lines, [_FIRST, *[wide] * (len(table.columns) - 1)], repeatRows=1, style=look, hAlign="LEFT")


def _cell(cell: Cell, strong: bool = False, right: bool = False) -> Flowable:
    words = _("not recorded") if cell is None else str(cell)
    return para(words, style(10, strong=strong, align="right" if right else "left"))


def xlsx(report: Report) -> bytes:
    """The report as a spreadsheet, a sheet for each table."""
    head = (report.office, report.title, report.period, _("Made on {day}").format(day=report.made_on.isoformat()))
    pages = [
        Page(
            title=table.title,
            head=table.columns,
            rows=[[_("not recorded") if cell is None else cell for cell in row] for row in table.rows],
            total=table.totals or (),
            notes=(*table.notes, *head),
        )
        for table in report.tables
    ]
    return _xlsx(pages)
