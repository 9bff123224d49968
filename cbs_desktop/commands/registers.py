"""Registers that are printed to be read back, and reading them, on the command line."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from cbs_desktop.commands.word import Answer, recipient, this_round
from cbs_desktop.errors import Missing

if TYPE_CHECKING:
    from cbs_desktop.office import Office
    from cbs_desktop.scans.assessing import PageRecord
    from cbs_desktop.scans.queries import AssessedPage

OPTIONS = (
    (
        "--registers",
        {
            "type": Path,
            "metavar": "PDF",
            "default": None,
            "help": "print registers that can be read back",
        },
    ),
    (
        "--read",
        {
            "type": Path,
            "metavar": "FILE",
            "default": None,
            "help": "tell what registers that came back say: a photo, scan, PDF, or a folder of them",
        },
    ),
    (
        "--accept",
        {
            "action": "store_true",
            "help": "save the pages of --read that leave nothing to decide",
        },
    ),
    (
        "--week",
        {
            "type": int,
            "default": None,
            "metavar": "N",
            "help": "from session N on; without it this week's sessions",
        },
    ),
    (
        "--weeks",
        {"type": int, "default": 1, "help": "how many weeks, up to four on a page"},
    ),
    (
        "--language",
        {
            "default": "",
            "help": "of registers: rw, rn, fr, en, or two of them as rw,fr",
        },
    ),
)


def print_registers(office: "Office", asked: Namespace) -> Answer:
    """Registers that can be read back, as PDF."""
    from cbs_desktop.scans import papers, queries
    from cbs_desktop.scans.queries import RegisterChoice

    round_id = this_round(office, asked)
    groups = _group(office, round_id, asked.group)
    choice = RegisterChoice(groups, first=asked.week, weeks=asked.weeks)
    languages = office.ask(queries.languages)
    if asked.language:
        languages = tuple(asked.language.split(","))
    to = recipient(asked)
    path = asked.registers
    made = papers.write_registers(office, round_id, choice, languages, path, to)
    pages = len(made.noted)
    told = {"registers": str(path), "pages": pages, "people": made.people}
    return told, f"{pages} pages for {made.people} people lie in {path}."


def _group(office: "Office", round_id: int, name: str) -> frozenset[int]:
    """The group of this name; nothing for all."""
    from cbs_desktop.groups import queries
    from cbs_desktop.text import fold

    if not name:
        return frozenset()
    for group in office.ask(queries.groups, round_id):
        if fold(group.name) == fold(name):
            return frozenset({group.id})
    raise Missing(what="group", id=name)


def read_registers(office: "Office", asked: Namespace) -> Answer:
    """What pages that came back say; saved only where asked for, and where nobody has to decide anything."""
    from cbs_desktop.errors import OfficeProblem
    from cbs_desktop.problems import say
    from cbs_desktop.scans import arriving, queries

    told: list[dict[str, object]] = []
    for path in arriving.files_in([asked.read]):
        try:
            file = arriving.arrive(path)
        except OfficeProblem as problem:
            told.append({"file": path.name, "refused": str(say(problem))})
            continue
        for read in file.pages:
            page = office.ask(queries.assessed, read, file.digest, {})
            one = _told(path, page)
            if asked.accept:
                one["accepted"] = _accept(office, page)
            told.append(one)
    return told, "\n".join(map(_in_words, told))


def _told(path: Path, page: "AssessedPage") -> dict[str, object]:
    """A page as JSON: numbers of people, no names."""
    from cbs_desktop.scans import problems

    findings = page.findings
    found: dict[str, object] = {
        "file": path.name,
        "page": page.read.file_page,
        "code": page.read.code.page if page.read.code else "",
        "seconds": round(page.read.seconds, 3),
    }
    if findings.refusal is not None:
        found["refused"] = str(problems.say_refusal(findings.refusal))
    if page.record is None or findings.refusal is not None:
        return found
    found |= {
        "group": page.record.group,
        "sessions": [column.number for column in page.record.columns],
        "notes": [note.kind for note in findings.notes],
        "marks": len(findings.marks({})),
        "to_decide": len(findings.to_decide),
        "newcomers": [row + 1 for row in findings.newcomers],
        "cells": _cells(page, page.record),
    }
    return found


def _cells(page: "AssessedPage", record: "PageRecord") -> list[dict[str, object]]:
    """Every person and session: what the paper says, what is recorded, and of each box how much ink is in it and how sure
    the reader is, 0 to 1."""
    from cbs_desktop.scans.confidence import confidences

    sure = confidences(page.read.boxes, len(record.letters))
    ink: dict[tuple[int, int], dict[str, float]] = {}
    confidence: dict[tuple[int, int], dict[str, float]] = {}
    for box in page.read.boxes:
        place = (box.row, box.column)
        letter = record.letters[box.choice]
        ink.setdefault(place, {})[letter] = box.ink
        box_sure = sure[box.row, box.column, box.choice]
        confidence.setdefault(place, {})[letter] = box_sure
    numbers = {row.row: row.number for row in record.rows}
    found: list[dict[str, object]] = []
    for cell in page.findings.cells:
        one: dict[str, object] = {
            "row": cell.row + 1,
            "number": numbers[cell.row],
            "session": record.columns[cell.column].number,
            "letter": cell.letter,
            "recorded": cell.recorded,
            "state": cell.state,
            "doubt": cell.doubt,
            "ink": ink.get(cell.place, {}),
            "confidence": confidence.get(cell.place, {}),
        }
        found.append(one)
    return found


def _accept(office: "Office", page: "AssessedPage") -> bool:
    """Save a page that leaves nothing to decide and was not accepted before; whether it was."""
    from cbs_desktop.scans import actions
    from cbs_desktop.scans.actions import AcceptedPage

    findings = page.findings
    record = page.record
    if record is None or record.is_form or record.accepted:
        return False
    if not findings.is_clear or findings.newcomers:
        return False
    taken = AcceptedPage(
        code=record.code,
        marks=tuple(findings.marks({})),
        file=page.file,
        file_page=page.read.file_page,
        picture=page.read.image,
    )
    office.do(actions.accept_register, taken)
    return True


def _in_words(told: dict[str, object]) -> str:
    where = f"{told['file']}, page {told.get('page', 1)}"
    if "refused" in told:
        return f"{where}: {told['refused']}"
    said = f"{told['marks']} marks to save, {told['to_decide']} to decide"
    if told.get("accepted"):
        said = f"{told['marks']} marks saved"
    return f"{where}: {told['group']}, {said}."
