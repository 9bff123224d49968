"""What a word of the command line is, and what several of them need."""

import getpass
import os
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cbs_desktop.errors import Missing, NoRound, WrongPassword

if TYPE_CHECKING:
    from cbs_desktop.exports.rules import Recipient
    from cbs_desktop.office import Office

Answer = tuple[Any, str]  # for --json, and in words


@dataclass(frozen=True)
class Command:
    """A word of the command line. `opens`: the function gets the opened office first; `season`: it takes --round."""

    word: str
    does: str
    run: Callable[..., Answer]
    options: tuple[tuple[str, dict[str, Any]], ...] = field(default=())
    opens: bool = True
    season: bool = False
    instead: (
        tuple[Callable[[Namespace], bool], Callable[[Namespace], Answer]] | None
    ) = None  # when, and what, without an office


def password() -> str:
    """From CBS_PASSWORD, else asked for; never an argument, which other programs could read."""
    return secret("CBS_PASSWORD", "Password: ")


def secret(name: str, asking: str) -> str:
    """A secret from a variable of the environment, else asked for."""
    if name in os.environ:
        return os.environ[name]
    try:
        return getpass.getpass(asking)
    except EOFError:
        raise WrongPassword(wait=0) from None


def this_round(office: "Office", asked: Namespace) -> int:
    """The round that --round names, the latest without it."""
    from cbs_desktop.programmes import queries

    rounds = office.ask(queries.rounds)
    found = next((one for one in rounds if asked.round in ("", one.name)), None)
    if found is None:
        raise Missing(what="round", id=asked.round) if rounds else NoRound()
    return found.id


def recipient(asked: Namespace) -> "Recipient":
    """Who gets what is written, by --to and --to-country. Invalid, before anything is made."""
    from cbs_desktop.errors import Invalid
    from cbs_desktop.exports.rules import RECIPIENTS, Recipient, recipient_faults

    if asked.to in RECIPIENTS:
        to = Recipient(asked.to, country=asked.to_country)
    else:
        to = Recipient("other", asked.to, asked.to_country)
    if faults := recipient_faults(to):
        raise Invalid(faults)
    return to
