"""The words of the command line, what each does, and the table of them that `cli.py` reads."""

from argparse import BooleanOptionalAction
from pathlib import Path

from cbs_desktop.commands import (
    accounts,
    allocating,
    certificates,
    dividing,
    importing,
    listing,
    marking,
    office,
    people,
    registers,
    screening,
    season,
)
from cbs_desktop.commands.arguments import FILE, GIVEN, OF_A_FILE, TO
from cbs_desktop.commands.word import Command, password
from cbs_desktop.text import read_day

__all__ = ["COMMANDS", "Command", "password"]

COMMANDS = (
    Command(
        "new",
        "make an empty office; the recovery code is shown once",
        office.new,
        (
            ("--name", {"default": "", "help": "the name of the office"}),
            (
                "--code",
                {"default": "", "help": "two to four letters before every number"},
            ),
            ("--country", {"default": "RW", "help": "RW or BI"}),
            (
                "--district",
                {
                    "action": "append",
                    "default": [],
                    "required": True,
                    "help": "may be given several times",
                },
            ),
            (
                "--account",
                {"default": "coordinator", "help": "the name of the first account"},
            ),
        ),
        opens=False,
    ),
    Command(
        "practice",
        "make a practice office with a whole season in it",
        office.practice,
        opens=False,
    ),
    Command(
        "round",
        "open a round",
        office.open_round,
        (
            ("name", {"help": "short, as 2027A"}),
            ("--starts", {"type": read_day, "required": True}),
            ("--ends", {"type": read_day, "required": True}),
        ),
    ),
    Command(
        "season",
        "write the papers of a season",
        season.papers_of_season,
        (("--out", {"type": Path, "required": True}), *TO),
        season=True,
    ),
    Command(
        "import",
        "participants from a sheet: all, none, or those without a problem",
        importing.import_people,
        (
            ("file", {"type": Path}),
            (
                "--check",
                {"action": "store_true", "help": "only tell what would be wrong"},
            ),
            (
                "--leave-out",
                {
                    "type": Path,
                    "metavar": "XLSX",
                    "help": "import the other rows; those with a problem go into this sheet",
                },
            ),
            *OF_A_FILE,
            *TO,
        ),
    ),
    Command(
        "screen",
        "record questionnaires from a table, or tell who waits",
        screening.screen,
        (
            GIVEN,
            (
                "--file",
                {
                    "type": Path,
                    "default": None,
                    "dest": "table",
                    "help": "the same as FILE",
                },
            ),
            (
                "--instrument",
                {
                    "default": "",
                    "help": "which questionnaire, where the table has no such column",
                },
            ),
        ),
        season=True,
    ),
    Command(
        "list",
        "an everyday list as PDF or spreadsheet: by sector, phones, waiting, ages …",
        listing.people_list,
        (*listing.OPTIONS, *TO),
    ),
    Command(
        "person",
        "everything about one person: a ZIP with a PDF and tables",
        people.person,
        people.OPTIONS,
    ),
    Command(
        "instruments",
        "list the questionnaires, add one, use one or not",
        screening.instruments,
        (
            (
                "--add",
                {
                    "type": Path,
                    "default": None,
                    "help": "an instrument file of the office's own",
                },
            ),
            ("--use", {"default": "", "metavar": "KEY"}),
            ("--drop", {"default": "", "metavar": "KEY"}),
            (
                "--form",
                {
                    "default": "",
                    "metavar": "KEY",
                    "help": "a blank form as PDF, to --out",
                },
            ),
            (
                "--for",
                {
                    "default": "",
                    "dest": "whose",
                    "metavar": "NUMBER",
                    "help": "the person that --form is printed for",
                },
            ),
            FILE,
        ),
    ),
    Command(
        "allocate",
        "propose groups for all who are eligible",
        allocating.allocate,
        (
            ("--accept", {"action": "store_true", "help": "make the groups"}),
            (
                "--starts",
                {
                    "type": read_day,
                    "default": None,
                    "help": "the day of the first sessions",
                },
            ),
            ("--seed", {"type": int, "default": 1}),
            (
                "--people",
                {
                    "type": Path,
                    "default": None,
                    "help": "any table of people, without an office",
                },
            ),
            (
                "--rules",
                {
                    "type": Path,
                    "default": None,
                    "help": "a TOML file of rules for --people",
                },
            ),
        ),
        season=True,
        instead=(dividing.needed, dividing.divide),
    ),
    Command(
        "positions",
        "where places are, from a table with latitude and longitude",
        allocating.positions,
        (("file", {"type": Path}),),
    ),
    Command(
        "attendance",
        "enter marks from a table, print registers, or tell what is missing",
        season.attendance,
        (GIVEN, FILE, *marking.OPTIONS, *registers.OPTIONS, *TO),
        season=True,
    ),
    Command(
        "certificates",
        "tell who qualifies, issue, correct, print",
        certificates.certificates,
        (
            ("--issue", {"action": BooleanOptionalAction, "default": False}),
            FILE,
            (
                "--order",
                {
                    "choices": ["group", "name", "number"],
                    "default": "number",
                    "help": "of the pages of --out",
                },
            ),
            (
                "--group",
                {
                    "default": "",
                    "help": "only the people of this group, for --issue and --out",
                },
            ),
            (
                "--reason",
                {
                    "default": "",
                    "help": "why it is printed again, issued by decision, or withdrawn",
                },
            ),
            (
                "--proof",
                {
                    "type": Path,
                    "default": None,
                    "help": "the names as they will be printed, as PDF",
                },
            ),
            (
                "--register",
                {"type": Path, "default": None, "help": "the register as PDF or XLSX"},
            ),
            (
                "--override",
                {
                    "default": "",
                    "metavar": "NUMBER",
                    "help": "issue to a participant who did not complete",
                },
            ),
            ("--words", {"default": "", "help": "the reason of --override in words"}),
            (
                "--replace",
                {
                    "default": "",
                    "metavar": "NUMBER",
                    "help": "a new certificate for a corrected name",
                },
            ),
            ("--withdraw", {"default": "", "metavar": "NUMBER"}),
            (
                "--gaps",
                {
                    "action": "store_true",
                    "help": "every number without a standing certificate, and why",
                },
            ),
        ),
        season=True,
    ),
    Command(
        "report",
        "a report on screen, as JSON, PDF or XLSX",
        season.report,
        (
            ("name", {"choices": ["graduation", "outcomes"]}),
            FILE,
            ("--instrument", {"default": "", "help": "outcomes: which questionnaire"}),
            ("--before", {"default": "screening", "help": "outcomes: which occasion"}),
            (
                "--after",
                {
                    "default": "endline",
                    "help": "outcomes: midline, endline or follow-up",
                },
            ),
        ),
        season=True,
    ),
    Command(
        "verify",
        "check certificates: a code, a picture or a PDF",
        certificates.verify,
        (
            ("what", {"nargs": "?", "default": ""}),
            (
                "--keys",
                {
                    "type": Path,
                    "action": "append",
                    "default": [],
                    "help": "a list file; then no office is needed",
                },
            ),
            (
                "--page",
                {
                    "type": Path,
                    "default": None,
                    "help": "write a page that checks in any browser",
                },
            ),
        ),
        instead=(certificates.alone, certificates.verify_alone),
    ),
    Command(
        "lists",
        "lists for checking certificates: of this office to give, of others to take",
        certificates.lists,
        (
            ("--give", {"type": Path, "default": None, "metavar": "FILE"}),
            ("--take", {"type": Path, "default": None, "metavar": "FILE"}),
            (
                "--trust",
                {
                    "default": "",
                    "metavar": "FINGERPRINT",
                    "help": "of a root key that is new here",
                },
            ),
            (
                "--with-root",
                {
                    "action": "store_true",
                    "help": "the root signs --give, after the key was revoked",
                },
            ),
        ),
    ),
    Command(
        "root",
        "make the root key on paper; shown once",
        certificates.root,
        (
            (
                "--existing",
                {
                    "action": "store_true",
                    "help": "a root that exists signs; its code from CBS_ROOT or a prompt",
                },
            ),
            (
                "--revoke",
                {"action": "store_true", "help": "the signing key was stolen"},
            ),
        ),
    ),
    Command(
        "check",
        "check key file, file, schema, journal, and every record against it",
        office.check,
        (
            (
                "--act",
                {
                    "type": int,
                    "default": 0,
                    "help": "also the code of an act, as reports show it",
                },
            ),
        ),
    ),
    Command(
        "accounts",
        "who can sign in: list, add, other roles, a new password, remove",
        accounts.accounts,
        accounts.OPTIONS,
    ),
    Command(
        "journal",
        "who did what and when, the latest first",
        office.journal,
        (
            ("--account", {"default": "", "help": "of one account"}),
            (
                "--room",
                {
                    "default": "",
                    "help": "of one kind of work: participants, groups, keeping, exports …",
                },
            ),
            ("--since", {"type": read_day, "default": None, "metavar": "DAY"}),
            ("--until", {"type": read_day, "default": None, "metavar": "DAY"}),
            ("--most", {"type": int, "default": 60}),
        ),
    ),
    Command(
        "processing",
        "the register of processing as the law asks for it: shown, or as PDF with --out",
        office.processing_register,
        (FILE,),
    ),
    Command(
        "backup",
        "a verified copy in a folder",
        office.back_up,
        (("folder", {"type": Path}),),
    ),
    Command(
        "restore",
        "put a backup into an empty folder",
        office.restore,
        (("file", {"type": Path}),),
        opens=False,
    ),
)
