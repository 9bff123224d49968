"""An import before anything is written: what is wrong with its rows, and whom of them the office knows already."""

from collections.abc import Sequence

from cbs_desktop.action import Reading, query
from cbs_desktop.duplicates import (
    blocking,
    candidates,
    comparing,
    queries,
    rules,
    weighing,
)
from cbs_desktop.duplicates.comparing import Traits
from cbs_desktop.errors import Fault
from cbs_desktop.participants.checking import import_faults
from cbs_desktop.participants.importing import ImportLine
from cbs_desktop.participants.rules import shown
from cbs_desktop.places.queries import covered
from cbs_desktop.places.rules import SEPARATOR
from cbs_desktop.safe.permissions import Permission


@query(Permission.IMPORT)
def import_check(
    reading: Reading, lines: Sequence[ImportLine], new_places: bool = False
) -> list[Fault]:
    """The faults of an import before anything is written; what is asked about the whole file comes first.

    Rows of somebody who is probably registered already, or stands in the sheet in another spelling, are a fault unless
    somebody said that they are two people.
    """
    faults = import_faults(reading, lines, new_places)
    wrong = {fault.row for fault in faults}
    well = [line for line in lines if line.row not in wrong and not line.apart]
    return [*faults, *_alike(reading, well)]


def _alike(reading: Reading, lines: Sequence[ImportLine]) -> list[Fault]:
    """A fault for each row that is probably the person of another record or of a row above it."""
    people = candidates.everybody(reading)
    known = len(people)
    people += _traits(reading, lines)
    like = _first_alike(people, known)
    registered = [people[one].id for one in like.values() if one < known]
    named = queries.described(reading, registered)
    faults: list[Fault] = []
    for other, one in sorted(like.items()):
        if one < known:
            record = named[people[one].id]
            facts: dict[str, object] = {"name": record.name, "where": record.number}
        else:
            facts = _row_above(lines[one - known])
        row = lines[other - known].row
        faults.append(Fault("own_name", "alike", facts, row))
    return faults


def _first_alike(people: Sequence[Traits], known: int) -> dict[int, int]:
    """By the position of those who arrive, behind those who are known: the position of the first who is alike."""
    places = blocking.alike(people)
    levels = queries.compared(people, places)
    weights = queries.learnt(people, levels)
    probable = weighing.probability(levels, weights) >= rules.PROBABLE
    asked = probable & comparing.agree_beyond_names(levels)
    arrives = places[:, 1] >= known
    like: dict[int, int] = {}
    for one, other in places[asked & arrives].tolist():
        like.setdefault(other, one)
    return like


def _row_above(line: ImportLine) -> dict[str, object]:
    details = line.details
    name = shown(details.own_name, details.other_names)
    return {"name": name, "where": line.row}


def _traits(reading: Reading, lines: Sequence[ImportLine]) -> list[Traits]:
    """What is compared of the people of the sheet; a district that goes without saying is said."""
    districts = covered(reading)
    only = districts[0].name if len(districts) == 1 else ""
    made: list[Traits] = []
    for line in lines:
        district, *below = line.place
        names = [name for name in (district or only, *below) if name]
        made.append(candidates.traits_of(line.details, SEPARATOR.join(names)))
    return made
