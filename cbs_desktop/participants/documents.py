"""The rows of an import that were left out, as a sheet to be corrected and imported again."""

from collections import defaultdict
from collections.abc import Sequence

from cbs_desktop.errors import Fault
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
