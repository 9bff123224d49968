"""Everything about one person on paper and as tables, and the letter that answers a request."""

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportlab.platypus import KeepTogether, Spacer, Table, TableStyle

from cbs_desktop.paper import page
from cbs_desktop.protection.law import Law
from cbs_desktop.rights import queries, rules
from cbs_desktop.rights.everything import DataSection, everything
from cbs_desktop.rights.paper_words import readable
from cbs_desktop.rights.problems import ASKED, BECAUSE, DESTROYED
from cbs_desktop.rights.queries import Request
from cbs_desktop.rights.retention import DestructionRecord
from cbs_desktop.text import day_in_figures
from cbs_desktop.words import _, many

if TYPE_CHECKING:
    from datetime import date

    from reportlab.platypus import Flowable

    from cbs_desktop.office import Office

_WIDTH = 500  # points between the margins of a page
_GAP = 8
_SHORTEST, _LONG, _MARGIN = 5, 40, 2  # characters that a column is as wide as
_SMALL = page.style(7.5)
_STRONG = page.style(7.5, strong=True)
_LINE = "_" * 40
_EPOCH = (1980, 1, 1, 0, 0, 0)


def everything_files(
    office: "Office", person_id: int, number: str, today: "date"
) -> bytes:
    """A ZIP: one PDF to read, and a CSV for each section. Refused, Missing."""
    sections = office.ask(everything, person_id)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        content = pdf(office.title, number, today, sections, office.practice)
        made.writestr(zipfile.ZipInfo(f"{number}.pdf", _EPOCH), content)
        for section in sections:
            info = zipfile.ZipInfo(f"{number}-{section.key}.csv", _EPOCH)
            made.writestr(info, table(section))
    return buffer.getvalue()


def table(section: DataSection) -> bytes:
    """A section as CSV: UTF-8 with a mark, so that spreadsheets know it; no cell is read as a formula."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(section.head)
    for row in section.rows:
        lines.writerow([_plain(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    """Signs with which a formula begins get a blank before them; a phone number in figures keeps its plus."""
    begins = cell.startswith(("=", "@", "-", "+"))
    return f" {cell}" if begins and not cell[1:].replace(" ", "").isdigit() else cell


def pdf(
    office: str,
    number: str,
    today: "date",
    sections: Sequence[DataSection],
    practice: bool = False,
) -> bytes:
    """All sections on paper."""
    story: list[Flowable] = [
        page.para(
            _(
                "This is everything that this office holds about the person with this number. Names and data of other "
                "people are left out."
            )
        ),
        Spacer(0, _GAP),
    ]
    for section in sections:
        story += _drawn(section)
    title = _("Data held about {number}").format(number=number)
    head = page.Head(office, title, day_in_figures(today), practice=practice)
    return page.flow(story, head)


def _drawn(section: DataSection) -> "list[Flowable]":
    look = page.style(11, strong=True)
    title = page.para(section.title, look)
    lines = [[page.para(cell, _STRONG) for cell in section.head]]
    rows = [[readable(section.key, cell) for cell in row] for row in section.rows]
    for row in rows:
        lines.append([page.para(cell, _SMALL) for cell in row])
    drawn = Table(lines, _widths([section.head, *rows]), repeatRows=1)
    drawn.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.25, page.INK),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ]
        )
    )
    first = KeepTogether([title, Spacer(0, 4)])
    return [first, drawn, Spacer(0, 2 * _GAP)]


def _widths(rows: Sequence[Sequence[str]]) -> list[float]:
    """Points for each column: its longest word fits, and what is left goes to those with long texts."""
    shares: list[int] = []
    for column in zip(*rows, strict=True):
        words = [len(word) for cell in column for word in cell.split()]
        longest = max(len(cell) for cell in column)
        shares.append(_MARGIN + max(_SHORTEST, *words, min(longest, _LONG)))
    return [_WIDTH * share / sum(shares) for share in shares]


def answer_letter(office: "Office", request_id: int, name: str = "") -> bytes:
    """The letter that answers a request, one page. `name` is the person's, empty for one who has been erased. Refused,
    Missing."""
    found = office.ask(queries.answered, request_id)
    request = found.request
    title = _("Answer to your request")
    to = request.from_whom or name or _LINE
    parts = [
        _("To: {name}").format(name=to),
        _("About the data with the number {number}").format(number=request.number),
        _("On {day} you asked {what}.").format(
            day=day_in_figures(request.received_on), what=_(ASKED[request.kind])
        ),
        _answer(request),
    ]
    if request.answer in rules.WITH_REASON:
        parts.append(_appeal(found.law))
    look = page.style(11)
    story: list[Flowable] = [page.para(title, page.style(18, strong=True))]
    for part in parts:
        story += [Spacer(0, 2 * _GAP), page.para(part, look)]
    signed = _("Date and signature: {line}").format(line=_LINE)
    story += [Spacer(0, 6 * _GAP), page.para(signed, look)]
    day = day_in_figures(request.answered_on) if request.answered_on else ""
    head = page.Head(office.title, title, day, practice=office.practice)
    return page.flow(story, head)


def _answer(request: Request) -> str:
    because = _(BECAUSE[request.reason]) if request.reason else ""
    said = {
        rules.DONE: _("We have done as you asked."),
        rules.PARTLY: _(
            "We have done a part of it. We cannot do the rest, because {why}."
        ),
        rules.REFUSED: _("We cannot do this, because {why}."),
        rules.WITHDRAWN: _("You have withdrawn this request; nothing was changed."),
    }
    return said[request.answer].format(why=because)


def _appeal(law: Law) -> str:
    figure = law.figures["appeal_days"]
    words = _(
        "If you do not agree, you may appeal within {n} days of receiving this letter. Write to: {authority} "
        "({law}, {article})."
    )
    return words.format(
        n=figure.value, authority=law.authority, law=law.name, article=figure.source
    )


def destruction_record(office: "Office", record: DestructionRecord) -> bytes:
    """What was destroyed, when and by whom: numbers and dates, no name."""
    title = _("Record of destruction")
    content = json.loads(record.content)
    look = page.style(11)
    done = _("Destroyed on {day} by the account {account}.").format(
        day=day_in_figures(record.done_on), account=record.done_by
    )
    parts = [_(DESTROYED[record.kind]), done]
    if content.get("sheets"):
        parts.append(many("{n} questionnaire", "{n} questionnaires", content["sheets"]))
    if "count" in content:
        parts.append(many("{n} copy", "{n} copies", content["count"]))
    story: list[Flowable] = [page.para(title, page.style(18, strong=True))]
    for part in parts:
        story += [Spacer(0, _GAP), page.para(part, look)]
    for name, numbers in content.get("numbers", {}).items():
        people = many("{n} person", "{n} people", len(numbers))
        head = _("Round {name}: {people}").format(name=name, people=people)
        story += [
            Spacer(0, 2 * _GAP),
            page.para(head if name else people, page.style(11, strong=True)),
            page.para(", ".join(numbers), page.style(9)),
        ]
    signed = _("Date and signature: {line}").format(line=_LINE)
    story += [Spacer(0, 6 * _GAP), page.para(signed, look)]
    day = day_in_figures(record.done_on)
    head_of_page = page.Head(office.title, title, day, practice=office.practice)
    return page.flow(story, head_of_page)
