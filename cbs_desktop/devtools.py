"""For whoever builds the program: python -m cbs_desktop.devtools writer --office DIR --ack-fd 1

The writer does real actions, one after the other, and says of each that it is done once it is; what was said must be there
whatever happens to the process afterwards (`tests/crash`).
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from cbs_desktop import rooms
from cbs_desktop.errors import OfficeProblem
from cbs_desktop.office import Office
from cbs_desktop.participants import actions
from cbs_desktop.participants.rules import ConsentDetails, PersonDetails
from cbs_desktop.places import queries as places
from cbs_desktop.problems import say

PASSWORD = "CBS_PASSWORD"  # the variable that holds it
_EVERY = 3  # of so many actions one registers somebody, the others change that person


def write(office: Office, acts: int, seed: int) -> Iterator[tuple[int, int, str]]:
    """Do so many actions (0: until the process ends): the act's number, the person's id, and the name as it is now."""
    place = office.ask(places.districts)[0].id
    today = office.now().date()
    consent = ConsentDetails(today, "oral")
    person = 0
    for number in count(1):
        name = _name(seed, number)
        details = PersonDetails(name, "Ineza", "F", place, born_year=1980)
        if number % _EVERY == 1:
            person = office.do(actions.register, details, consent)
        else:
            office.do(actions.change, person, details)
        assert office.last_change is not None
        yield office.last_change.act, person, name
        if number == acts:
            return


def _name(seed: int, number: int) -> str:
    """A name that no other action gives."""
    letters = ""
    for digit in f"{seed}x{number}":
        letters += chr(ord("B") + int(digit)) if digit.isdigit() else "A"
    return letters


def main(words: Sequence[str]) -> int:
    """Run the writer; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    tools = parser.add_subparsers(required=True, metavar="TOOL")
    writer = tools.add_parser(
        "writer", help="do actions, and say of each that it is done"
    )
    writer.add_argument("--office", type=Path, required=True)
    writer.add_argument("--person", default="coordinator")
    writer.add_argument("--ack-fd", type=int, default=1, help="where it is said")
    writer.add_argument("--acts", type=int, default=0, help="how many; 0 without end")
    writer.add_argument("--seed", type=int, default=0, help="for names of its own")
    asked = parser.parse_args(words)
    rooms.open_all()
    try:
        office = Office.open(asked.office, asked.person, os.environ.get(PASSWORD, ""))
        for done in write(office, asked.acts, asked.seed):
            os.write(asked.ack_fd, ("{} {} {}\n".format(*done)).encode())
        office.close()
    except OfficeProblem as problem:
        rooms.open_problems()
        print(say(problem), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
