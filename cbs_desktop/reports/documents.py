"""Reports on paper and as a spreadsheet: tables with totals and notes. What was not recorded is said so, never 0."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, KeepTogether, Spacer
from reportlab.platypus import Table as Grid

from cbs_desktop.paper import fonts
from cbs_desktop.paper.page import INK, LANDSCAPE, LINE, SOFT, Head, flow, para, style
from cbs_desktop.sheets.write import SheetPage
from cbs_desktop.sheets.write import xlsx as _xlsx
from cbs_desktop.text import write_day
from cbs_desktop.words import _

Cell = str | int | None
_FIRST = 110
_GROUND = HexColor("#F3F1EB")
_ONE_PAGE = 18  # rows that are kept on one page


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table of a report; its cells are words or whole numbers, None for what was not recorded."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...] | None = None
    notes: tuple[str, ...] = ()
    widths: tuple[
        int, ...
    ] = ()  # of the columns on paper, in points; else the first is wide and the others alike


@dataclass(frozen=True, slots=True)
class Bars:
    """Shares as bars beneath each other, (word, reached, of), with what reaching means; and a strip of parts (word, count)."""

    title: str
    shares: tuple[tuple[str, int, int], ...]
    meaning: str
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A report: who made it, what it tells of which time, and its tables."""

    office: str
    title: str
    period: str
    made_on: date
    tables: tuple[ReportTable, ...]
    practice: bool = False
    bars: Bars | None = None
    journal: str = ""  # where the journal stood (Office.journal_code)


def pdf(report: Report) -> bytes:
    """The report as A4 landscape."""
    foot = _("Made on {day}").format(day=write_day(report.made_on))
    if report.journal:
        foot += "   ·   " + _("Journal {code}").format(code=report.journal)
    if report.practice:
        foot += "   ·   " + _("PRACTICE · nothing here is real")
    story: list[Flowable] = [para(report.title, style(18, strong=True)), Spacer(0, 6)]
    story += [para(report.period, style(10, color=SOFT)), Spacer(0, 14)]
    if report.bars:
        story += [_Drawn(report.bars), Spacer(0, 14)]
    for table in report.tables:
        parts: list[Flowable] = [
            para(table.title, style(12, strong=True)),
            Spacer(0, 6),
            _grid(table),
            Spacer(0, 8),
        ]
        story += [KeepTogether(parts)] if len(table.rows) <= _ONE_PAGE else parts
        story += [para(note, style(9, color=SOFT)) for note in table.notes]
        story.append(Spacer(0, 16))
    return flow(
        story,
        Head(report.office, report.title, foot, practice=report.practice),
        LANDSCAPE,
    )


def _grid(table: ReportTable) -> Grid:
    lines = [
        [_cell(head, strong=True, right=i > 0) for i, head in enumerate(table.columns)]
    ]
    lines += [
        [_cell(cell, right=i > 0) for i, cell in enumerate(row)] for row in table.rows
    ]
    if table.totals:
        lines.append(
            [
                _cell(cell, strong=True, right=i > 0)
                for i, cell in enumerate(table.totals)
            ]
        )
    wide = (LANDSCAPE[0] - 90 - _FIRST) / max(1, len(table.columns) - 1)
    widths = table.widths or (_FIRST, *[wide] * (len(table.columns) - 1))
    look: list[Any] = [
        ("LINEBELOW", (0, 0), (-1, 0), 0.9, LINE),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, LINE),
        ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        ("TOPPADDING", (0, 0), (-1, -1), 5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
    ]
    if table.totals:
        look.append(("BACKGROUND", (0, -1), (-1, -1), _GROUND))
    return Grid(lines, widths, repeatRows=1, style=look, hAlign="LEFT")


class _Drawn(Flowable):
    """Bars on paper: length and words say the same, so that a copy in black and white says it too."""

    _HIGH = 18
    _WIDE = 420
    _WORD = 70

    def __init__(self, bars: Bars) -> None:
        super().__init__()
        self._bars = bars

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As high as its lines."""
        return aW, 24 + 26 * len(self._bars.shares) + (44 if self._bars.parts else 0)

    def draw(self) -> None:
        """Title, a bar for each share, the strip."""
        fonts.register()
        pen = self.canv
        y = self.wrap(0, 0)[1] - 14
        self._say(0, y, self._bars.title, 12, fonts.STRONG)
        for word, reached, of in self._bars.shares:
            y -= 26
            self._say(0, y + 5, word, 10)
            pen.setStrokeColor(LINE)
            pen.setFillColor(_GROUND)
            pen.rect(self._WORD, y, self._WIDE, self._HIGH, fill=1)
            pen.setFillColor(HexColor("#565C57"))
            pen.rect(
                self._WORD,
                y,
                self._WIDE * reached / of if of else 0,
                self._HIGH,
                fill=1,
            )
            told = _("{n} of {of} {meaning}").format(
                n=reached, of=of, meaning=self._bars.meaning
            )
            self._say(self._WORD + self._WIDE + 10, y + 5, told, 10)
        self._strip(y - 34)

    def _strip(self, y: float) -> None:
        x = float(self._WORD)
        whole = sum(count for _word, count in self._bars.parts)
        for (_word, count), shade in zip(
            self._bars.parts, ("#FFFFFF", "#DAD6CB", "#868174"), strict=False
        ):
            wide = self._WIDE * count / whole if whole else 0
            self.canv.setStrokeColor(LINE)
            self.canv.setFillColor(HexColor(shade))
            self.canv.rect(x, y, wide, self._HIGH, fill=1)
            x += wide
        told = "   ".join(f"{word} {count}" for word, count in self._bars.parts)
        if told:
            self._say(self._WORD, y - 12, told, 9)

    def _say(self, x: float, y: float, text: str, size: float, font: str = "") -> None:
        face = font or fonts.TEXT
        self.canv.setFillColor(INK)
        self.canv.setFont(face, size)
        self.canv.drawString(x, y, fonts.drawable(text, face))


def _cell(cell: Cell, strong: bool = False, right: bool = False) -> Flowable:
    words = _("not recorded") if cell is None else str(cell)
    return para(words, style(10, strong=strong, align="right" if right else "left"))


def xlsx(report: Report) -> bytes:
    """The report as a spreadsheet, a sheet for each table."""
    head = (
        report.office,
        report.title,
        report.period,
        _("Made on {day}").format(day=write_day(report.made_on)),
    )
    pages = [
        SheetPage(
            title=table.title,
            head=table.columns,
            rows=[
                [_("not recorded") if cell is None else cell for cell in row]
                for row in table.rows
            ],
            total=table.totals or (),
            notes=(*table.notes, *head),
        )
        for table in report.tables
    ]
    return _xlsx(pages)


def content(report: Report, suffix: str) -> bytes:
    """The file of a report by the ending of its name: .xlsx, else PDF."""
    if suffix.lower() == ".xlsx":
        return xlsx(report)
    return pdf(report)
