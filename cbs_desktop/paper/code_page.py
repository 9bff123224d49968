"""A code that exists on paper only, on one page: what it is for, and its groups with their numbers, large enough to be typed."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table

from cbs_desktop.paper.page import LINE, Head, flow, para, style

_COLUMNS = 3


def code_page(office: str, title: str, words: Sequence[str], code: str) -> bytes:
    """One A4 page as PDF. `words` are paragraphs; `code` is in groups, joined by hyphens."""
    story: list[Flowable] = [para(title, style(18, strong=True)), Spacer(0, 6 * mm)]
    for each in words:
        story += [para(each, style(11)), Spacer(0, 3 * mm)]
    story += [Spacer(0, 5 * mm), _groups(code)]
    return flow(story, Head(office, title))


def _groups(code: str) -> Table:
    """The groups in a grid, each with its number before it."""
    cells = [
        para(f"{number}   {group}", style(16, strong=True))
        for number, group in enumerate(code.split("-"), 1)
    ]
    cells += [para("")] * (-len(cells) % _COLUMNS)
    lines = [
        cells[start : start + _COLUMNS] for start in range(0, len(cells), _COLUMNS)
    ]
    grid = Table(lines, colWidths=[52 * mm] * _COLUMNS, rowHeights=16 * mm)
    grid.setStyle(
        [("GRID", (0, 0), (-1, -1), 0.6, LINE), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    )
    return grid
