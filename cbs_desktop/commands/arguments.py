"""Arguments that several commands share."""

from pathlib import Path

from cbs_desktop.commands import importing
from cbs_desktop.exports.rules import OWN_USE, RECIPIENTS
from cbs_desktop.text import read_day

FILE = ("--out", {"type": Path, "default": None, "help": "the file to write"})
TO = (
    (
        "--to",
        {
            "default": OWN_USE,
            "metavar": "WHO",
            "help": f"who gets it, for the journal: {', '.join(RECIPIENTS[:-1])}, or the name of an institution",
        },
    ),
    (
        "--to-country",
        {
            "default": "",
            "metavar": "COUNTRY",
            "help": "the country of --to, when it is another than the office's",
        },
    ),
)
GIVEN = (
    "file",
    {"type": Path, "nargs": "?", "default": None, "help": "a table as XLSX or CSV"},
)
OF_A_FILE = (
    (
        "--result",
        {
            "type": Path,
            "metavar": "XLSX",
            "default": None,
            "help": "as --leave-out, but this sheet tells what became of every row",
        },
    ),
    ("--sheet", {"default": "", "help": "which sheet of the workbook"}),
    (
        "--heading-row",
        {"type": int, "default": 0, "metavar": "ROW", "help": "where the heads stand"},
    ),
    (
        "--new-places",
        {"action": "store_true", "help": "add sectors that no list knows"},
    ),
    (
        "--two-people",
        {
            "type": importing.row_numbers,
            "default": [],
            "metavar": "ROW,ROW",
            "help": "rows of people who only look like somebody else",
        },
    ),
    (
        "--consent-on",
        {
            "type": read_day,
            "default": None,
            "metavar": "DAY",
            "help": "the day of consent where the sheet only says yes",
        },
    ),
    (
        "--given-name-first",
        {"action": "store_true", "help": "in whole names the given name stands first"},
    ),
    (
        "--without-hidden",
        {"action": "store_true", "help": "leave out rows that the spreadsheet hides"},
    ),
    (
        "--carry-down",
        {
            "action": "store_true",
            "help": "the value of merged cells counts for each of their rows",
        },
    ),
)
