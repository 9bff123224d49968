"""The people of a sheet, read beside the window."""

from dataclasses import dataclass
from datetime import date

from cbs_desktop.participants import columns, importing
from cbs_desktop.participants.importing import ImportLine
from cbs_desktop.sheets.read import Sheet


@dataclass(frozen=True)
class RowsFound:
    """The people of a sheet, the rows that hold nobody, and what is said of the whole file."""

    lines: list[ImportLine]
    passed_over: list[int]
    remarks: tuple[columns.Remark, ...]


def read_rows(
    sheet: Sheet,
    mapping: dict[str, int],
    today: date,
    choices: columns.ImportChoices,
) -> RowsFound:
    """Read the rows with these columns."""
    how = columns.look(sheet, mapping, today, choices)
    lines = importing.read(sheet.rows, mapping, sheet.first_row, today, how)
    passed_over = importing.passed_over(sheet.rows, lines, sheet.first_row)
    return RowsFound(lines, passed_over, how.remarks)
