"""The import of people on the command line: what is decided about the file, and what became of each row."""

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cbs_desktop import clock
from cbs_desktop.commands.word import Answer, recipient
from cbs_desktop.errors import Fault, Invalid, OfficeProblem

if TYPE_CHECKING:
    from cbs_desktop.office import Office
    from cbs_desktop.participants.columns import ColumnReading
    from cbs_desktop.participants.importing import ImportLine
    from cbs_desktop.participants.outcomes import RowOutcome
    from cbs_desktop.sheets.read import Sheet


@dataclass(frozen=True)
class _Given:
    """A file as it was asked for: the sheet, how its columns are read, and its people."""

    sheet: "Sheet"
    how: "ColumnReading"
    lines: "Sequence[ImportLine]"
    passed_over: Sequence[int]


def import_people(office: "Office", asked: Namespace) -> Answer:
    """Participants from a table."""
    from cbs_desktop.duplicates import arriving
    from cbs_desktop.exports.files import write
    from cbs_desktop.exports.rules import Outgoing
    from cbs_desktop.participants import actions, checking, documents, importing

    recipient(asked)  # a wrong one is refused before anything is read
    given = _read(office, asked)
    wrong = office.ask(arriving.import_check, given.lines, asked.new_places)
    whole_file = [fault for fault in wrong if fault.row is None]
    leaves_out = asked.leave_out is not None or asked.result is not None
    refused = bool(whole_file) or bool(wrong and (asked.check or not leaves_out))
    if refused and not asked.json:
        raise Invalid(wrong)
    good = importing.without_faults(given.lines, wrong)
    if wrong and asked.leave_out:
        left_out = documents.left_out(given.sheet, wrong)
        count = len({fault.row for fault in wrong})
        what = Outgoing("import rows", count, recipient(asked))
        write(office, what, {asked.leave_out: left_out})
    numbers: dict[int, str] = {}
    trouble = ""
    if not refused and not asked.check:
        trouble = _copy_before(office)
        numbers = office.do(actions.import_people, good, new_places=asked.new_places)
    doubts = office.ask(checking.card_doubts, good)
    document, text = _answer(office, asked, given, wrong, numbers, doubts)
    if trouble:
        text = f"{trouble}\n{text}"
    return {"well": not refused, **document}, text


def _read(office: "Office", asked: Namespace) -> _Given:
    from cbs_desktop.participants import columns, importing, queries
    from cbs_desktop.sheets.guarded import read

    sheet = read(asked.file, asked.sheet, asked.heading_row)
    sheet = sheet.prepared(asked.without_hidden, asked.carry_down)
    kind = importing.kind_of_sheet(sheet.header)
    remembered = office.ask(queries.remembered_columns, kind)
    mapping = remembered or importing.guess(sheet.header)
    if faults := importing.mapping_faults(mapping):
        raise Invalid(faults)
    today = clock.day_of(clock.now())
    choices = columns.ImportChoices(
        True if asked.given_name_first else None,
        asked.consent_on,
        frozenset(asked.two_people),
    )
    how = columns.look(sheet, mapping, today, choices)
    lines = importing.read(sheet.rows, mapping, sheet.first_row, today, how)
    passed_over = importing.passed_over(sheet.rows, lines, sheet.first_row)
    return _Given(sheet, how, lines, passed_over)


def _copy_before(office: "Office") -> str:
    """The office as it was before an import. Why none could be made, which stops nobody; empty when it was."""
    from cbs_desktop.keeping import copying
    from cbs_desktop.problems import say
    from cbs_desktop.safe.copies import Why

    try:
        copying.automatic(office, Why.IMPORT)
    except OfficeProblem as problem:
        return str(say(problem))
    return ""


def _answer(
    office: "Office",
    asked: Namespace,
    given: _Given,
    wrong: Sequence[Fault],
    numbers: dict[int, str],
    doubts: Sequence[Fault],
) -> tuple[dict[str, object], str]:
    """What became of the rows, for --json and in words, and in the sheets that were asked for."""
    from cbs_desktop.exports.files import write
    from cbs_desktop.exports.rules import Outgoing
    from cbs_desktop.participants import documents, outcomes
    from cbs_desktop.participants.problems import say_doubts, say_remark
    from cbs_desktop.problems import say_fault

    rows = outcomes.outcomes(given.lines, wrong, numbers, given.passed_over)
    left = sorted({fault.row for fault in wrong if fault.row is not None})
    if asked.result:
        results = documents.results(given.sheet, rows)
        what = Outgoing("import rows", len(rows), recipient(asked))
        write(office, what, {asked.result: results})
    remarks = [say_remark(remark) for remark in given.how.remarks]
    remarks += [say_doubts(doubts)] if doubts else []
    document = {
        "people": len(given.lines),
        "imported": len(numbers),
        "passed_over": given.passed_over,
        "left_out": left,
        "remarks": remarks,
        "questions": [say_fault(one, named=True) for one in wrong if one.row is None],
        "rows": list(map(_row, rows)),
    }
    return document, "\n".join(
        [*remarks, _told(asked, len(given.lines), left, numbers)]
    )


def _row(one: "RowOutcome") -> dict[str, object]:
    from cbs_desktop.problems import say_fault

    said = [say_fault(fault, named=True) for fault in one.faults]
    return {
        "row": one.row,
        "outcome": str(one.outcome),
        "number": one.number,
        "problems": said,
    }


def _told(
    asked: Namespace, people: int, left: Sequence[int], numbers: dict[int, str]
) -> str:
    if asked.check:
        return f"{people} people can be imported."
    told = f"Imported {len(numbers)} people."
    if left:
        where = asked.leave_out or asked.result
        told += f" {len(left)} rows were left out: {where}."
    return told


def row_numbers(text: str) -> list[int]:
    """The rows of --two-people: "4,7"."""
    return [int(part) for part in text.split(",") if part.strip()]
