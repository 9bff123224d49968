"""The command that saves everything about one person."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from cbs_desktop.commands.word import Answer
from cbs_desktop.errors import Missing

if TYPE_CHECKING:
    from cbs_desktop.office import Office

OPTIONS = (
    ("--number", {"required": True, "help": "the number of the person"}),
    (
        "--everything",
        {"type": Path, "required": True, "metavar": "ZIP", "help": "the file to write"},
    ),
)


def person(office: "Office", asked: Namespace) -> Answer:
    """Everything about one person."""
    from cbs_desktop import clock
    from cbs_desktop.exports import files
    from cbs_desktop.exports.rules import Outgoing
    from cbs_desktop.participants import queries
    from cbs_desktop.rights import documents

    person_id = office.ask(queries.numbers).get(asked.number)
    if person_id is None:
        raise Missing(what="person", id=asked.number)
    today = clock.day_of(office.now())
    content = documents.everything_files(office, person_id, asked.number, today)
    files.write(office, Outgoing("everything of one", 1), {asked.everything: content})
    told = {"number": asked.number, "file": str(asked.everything)}
    return told, f"Everything about {asked.number} lies in {asked.everything}."
