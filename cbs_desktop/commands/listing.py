"""The command of the everyday lists."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from cbs_desktop.commands.word import Answer, recipient
from cbs_desktop.needs.kinds import NEEDS
from cbs_desktop.overview.list_kinds import (
    CHOOSABLE,
    DIVIDED,
    KINDS,
    LEVELS,
    STATE_WORDS,
)

if TYPE_CHECKING:
    from cbs_desktop.office import Office
    from cbs_desktop.overview.lists import ListChoice


def _column_keys(text: str) -> tuple[str, ...]:
    return tuple(key.strip() for key in text.split(",") if key.strip())


OPTIONS = (
    ("--kind", {"choices": [*KINDS, *NEEDS], "default": "by-sector"}),
    (
        "--out",
        {"type": Path, "required": True, "help": "the file to write, .pdf or .xlsx"},
    ),
    ("--words", {"default": "", "help": "only whose name or number begins so"}),
    (
        "--state",
        {"choices": list(STATE_WORDS), "default": "", "help": "only people in a state"},
    ),
    (
        "--columns",
        {
            "type": _column_keys,
            "default": (),
            "metavar": "KEY,KEY",
            "help": f"instead of the usual ones: {', '.join(CHOOSABLE)}",
        },
    ),
    (
        "--by",
        {"choices": list(DIVIDED), "default": None, "help": "what it is divided by"},
    ),
    (
        "--level",
        {
            "type": int,
            "choices": list(LEVELS),
            "default": None,
            "help": "how far the place is told: 2 the district, 5 the whole path",
        },
    ),
    (
        "--all-names",
        {
            "action": "store_true",
            "help": "a spreadsheet that stays in the office: also who does not share the name",
        },
    ),
)


def people_list(office: "Office", asked: Namespace) -> Answer:
    """An everyday list, or one of what needs a person."""
    if asked.kind in NEEDS:
        return _needs(office, asked)
    from cbs_desktop.overview import list_documents
    from cbs_desktop.overview.lists import ListRequest

    request = ListRequest(
        asked.kind, words=asked.words, state=asked.state, choice=_choice(asked)
    )
    to = recipient(asked)
    found = list_documents.write_list(office, request, asked.out, asked.all_names, to)
    count = len(found.lines)
    told = {"kind": asked.kind, "people": count, "file": str(asked.out)}
    return told, f"The list of {count} people lies in {asked.out}."


def _needs(office: "Office", asked: Namespace) -> Answer:
    from cbs_desktop.needs import documents

    to = recipient(asked)
    lines = documents.write_needs(office, asked.kind, asked.out, asked.all_names, to)
    count = documents.count_words(asked.kind, len(lines))
    told = {"kind": asked.kind, "lines": len(lines), "file": str(asked.out)}
    return told, f"The list of {count} lies in {asked.out}."


def _choice(asked: Namespace) -> "ListChoice":
    """What the kind says, unless it was asked for otherwise."""
    from cbs_desktop.overview.lists import ListChoice

    kind = KINDS[asked.kind]
    divided = kind.divided if asked.by is None else asked.by
    columns = asked.columns or kind.columns
    return ListChoice(columns, divided, asked.level or kind.level)
