"""Registers that are printed to be read back, and reading them, on the command line."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from cbs_desktop.commands.word import Answer, recipient, this_round
from cbs_desktop.errors import Missing

if TYPE_CHECKING:
    from cbs_desktop.office import Office

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
        "--group",
        {"default": "", "help": "the registers of this group only"},
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
