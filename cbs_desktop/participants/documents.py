"""What became of the rows of an import, as sheets: those left out, to be corrected and imported again, or all of them."""

from collections import defaultdict
from collections.abc import Sequence

from cbs_desktop.errors import Fault
from cbs_desktop.participants.outcomes import RowOutcome, RowState
from cbs_desktop.participants.problems import OUTCOMES
from cbs_desktop.problems import say_fault
from cbs_desktop.sheets.read import Sheet
from cbs_desktop.sheets.write import SheetPage, xlsx
from cbs_desktop.words import _


def left_out(sheet: Sheet, faults: Sequence[Fault]) -> bytes:
    """An XLSX with the sheet's own columns of every row that has a fault, its number in the file, and what is wrong."""
    wrong: dict[int, list[str]] = defaultdict(list)
    for fault in faults:
        if fault.row is not None:
            wrong[fault.row].append(say_fault(fault, named=True))
    rows = [
        (*sheet.rows[number - sheet.first_row], number, " ".join(sentences))
        for number, sentences in sorted(wrong.items())
    ]
    header = (*sheet.header, _("Row in the file"), _("Problem"))
    return xlsx([SheetPage(_("Left out"), header, rows)])


def results(sheet: Sheet, found: Sequence[RowOutcome]) -> bytes:
    """An XLSX with every row of the sheet, what became of it, and what is wrong."""
    rows = [
        (*sheet.rows[one.row - sheet.first_row], _said(one), _wrong(one))
        for one in found
    ]
    header = (*sheet.header, _("Outcome"), _("Problem"))
    return xlsx([SheetPage(_("Result"), header, rows)])


def _said(one: RowOutcome) -> str:
    words = _(OUTCOMES[one.outcome])
    if one.outcome in (RowState.TAKEN, RowState.KNOWN):
        return f"{words}: {one.number}"
    return words


def _wrong(one: RowOutcome) -> str:
    return " ".join(say_fault(fault, named=True) for fault in one.faults)
