"""The commands: each a few lines over an action or a query. What a command can do a screen can do, and the reverse."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cbs_desktop import rooms
from cbs_desktop.errors import Bug, Cancelled, OfficeProblem
from cbs_desktop.problems import say
from cbs_desktop.safe.number_log import data_home

if TYPE_CHECKING:
    from cbs_desktop.office import Office

Answer = tuple[Any, str]  # for --json, and in words


def default_folder() -> Path:
    """Where the office lies unless --office names a folder: in the platform's place for a person's data."""
    return data_home() / "office"


def folder_alone(words: Sequence[str]) -> Path | None:
    """The office folder when no command is given (the window opens); None when there is one."""
    if not words:
        return default_folder()
    if len(words) == 2 and words[0] == "--office":
        return Path(words[1])
    return None


def run(words: Sequence[str]) -> int:
    """Do a command: 0 when done, 1 with the problem in words, 2 for wrong usage."""
    asked = _parser().parse_args(words)
    try:
        result, text = asked.does(asked)
    except (OfficeProblem, Bug) as problem:
        rooms.open_problems()
        print(say(problem), file=sys.stderr)
        return 1
    except (KeyboardInterrupt, Cancelled):
        print("Stopped. Nothing was changed.", file=sys.stderr)
        return 1
    try:
        print(
            json.dumps(result, default=_plain, ensure_ascii=False, indent=2)
            if asked.json
            else text,
            flush=True,
        )
    except BrokenPipeError:  # whoever reads has read enough; what was done is done
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if not isinstance(result, dict) or result.get("well", True):
        return 0
    return 1


def _plain(value: Any) -> Any:
    """Values of ours as JSON knows them."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    return str(value)


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--office", type=Path, default=default_folder(), help="the office folder"
    )
    common.add_argument(
        "--person", default="", help="who signs in; the first account unless named"
    )
    common.add_argument(
        "--json", action="store_true", help="one JSON document on standard output"
    )
    season = argparse.ArgumentParser(add_help=False)
    season.add_argument(
        "--round", default="", help="the name of the round; the latest unless named"
    )
    parser = argparse.ArgumentParser(
        prog="python -m cbs_desktop",
        description="A district office's season of community-based sociotherapy. Without a command the window opens.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    from cbs_desktop import commands as made

    for command in made.COMMANDS:
        parents = [common, season] if command.season else [common]
        sub = commands.add_parser(command.word, help=command.does, parents=parents)
        for flag, options in command.options:
            sub.add_argument(flag, **options)
        does = _opened(command.run) if command.opens else command.run
        sub.set_defaults(
            does=_either(does, *command.instead) if command.instead else does
        )
    return parser


def _either(
    usual: Callable[[argparse.Namespace], Answer],
    when: Callable[[argparse.Namespace], bool],
    other: Callable[[argparse.Namespace], Answer],
) -> Callable[[argparse.Namespace], Answer]:
    """One of two ways of a command, by what was asked for."""
    return lambda asked: other(asked) if when(asked) else usual(asked)


def _opened(
    function: Callable[["Office", argparse.Namespace], Answer],
) -> Callable[[argparse.Namespace], Answer]:
    """A command over an opened office; the office is closed whatever happens."""

    def does(asked: argparse.Namespace) -> Answer:
        office = _sign_in(asked.office, asked.person)
        if office.is_only_looked_at:
            from cbs_desktop.exports.files import not_noted

            print(not_noted(), file=sys.stderr)
        try:
            return function(office, asked)
        finally:
            office.close()

    return does


def _sign_in(folder: Path, person: str) -> "Office":
    from cbs_desktop.commands import password
    from cbs_desktop.errors import NoOffice
    from cbs_desktop.office import Office
    from cbs_desktop.safe import accounts, switching

    if told := switching.settle(folder):
        from cbs_desktop.keeping.problems import say_settled

        print(*say_settled(told), sep=". ", file=sys.stderr)
    if not (folder / "keys.json").exists() and not (folder / "office.db").exists():
        raise NoOffice(folder=folder)
    return Office.open(
        folder, person or next(iter(accounts.roles(folder)), ""), password()
    )
