"""What is wrong with an import before anything is written: cells, people, places, and who is there already."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from cbs_desktop import settings
from cbs_desktop.action import Reading, query
from cbs_desktop.errors import Fault
from cbs_desktop.participants import national_id, rules
from cbs_desktop.participants import tables as t
from cbs_desktop.participants.importing import ImportLine
from cbs_desktop.participants.named_places import Places
from cbs_desktop.participants.rules import Birth, PersonDetails
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.text import fold

Key = tuple[object, ...]


def import_faults(
    reading: Reading, lines: Sequence[ImportLine], new_places: bool
) -> list[Fault]:
    """Every fault of every row: the sheet's, the person's own, rows given twice, people who are registered already.

    Sectors that nobody knows, and places that look like others, are a fault of the whole file unless `new_places`.
    """
    faults: list[Fault] = []
    country = settings.read(reading, "country")
    people = _People(reading)
    places = Places(reading)
    for line in lines:
        wrong = _own_faults(line, reading, country)
        if twice := people.seen(line, places.found(line)):
            wrong.append(twice)
        faults += [*line.faults, *places.faults(line)]
        if wrong:
            read_wrong = {fault.field for fault in line.faults}
            faults += [
                replace(fault, row=line.row)
                for fault in wrong
                if fault.field not in read_wrong
            ]
    if not new_places:
        faults = [*places.questions(), *faults]
    return faults


def _own_faults(line: ImportLine, reading: Reading, country: str) -> list[Fault]:
    """The faults of a person and their consent, without the place."""
    details = line.details
    wrong = [
        fault
        for fault in rules.person_faults(details, reading.today, country)
        if fault.field != "place_id"
    ]
    if line.consent:
        birth = Birth(details.born_on, details.born_year)
        years = rules.age_at_consent(line.consent.given_on, birth, reading.today)
        wrong += rules.consent_faults(line.consent, years, reading.today)
    return wrong


class _People:
    """Everybody registered, and the rows that were seen: by names, sex, birth and place, and by card."""

    def __init__(self, reading: Reading) -> None:
        self._seen = _registered(reading)

    def seen(self, line: ImportLine, place_id: int | None) -> Fault | None:
        """Where the same person stands already; the line is noted. Two people may share names, birth and place."""
        details = line.details
        same: Key = (*rules.same_key(details), place_id or line.place)
        cards = [_card(details.id_number)] if details.id_number else []
        asked = cards if line.apart else [same, *cards]
        known = next((key for key in asked if key in self._seen), None)
        where = self._seen[known] if known else ""
        for key in (same, *cards):
            self._seen.setdefault(key, line.row)
        if known is None:
            return None
        kind = "same card" if known in cards else "twice"
        return Fault("own_name", kind, {"where": where})


def _registered(reading: Reading) -> dict[Key, object]:
    p = t.Person
    rows = reading.rows(
        select(
            p.own_name,
            p.other_names,
            p.sex,
            p.born_on,
            p.born_year,
            p.place_id,
            p.number,
            p.id_number,
        )
    )
    known: dict[Key, object] = {}
    for row in rows:
        details = PersonDetails(
            own_name=row.own_name,
            other_names=row.other_names,
            sex=row.sex,
            place_id=row.place_id,
            born_on=row.born_on,
            born_year=row.born_year,
        )
        known[(*rules.same_key(details), row.place_id)] = row.number
        if row.id_number:
            known[_card(row.id_number)] = row.number
    return known


def _card(id_number: str) -> Key:
    return ("card", fold(id_number).replace(" ", ""))


@query(Permission.IMPORT)
def card_doubts(reading: Reading, lines: Sequence[ImportLine]) -> list[Fault]:
    """National ID numbers that do not agree with their rows, row by row; nothing of it keeps a row from being imported."""
    country = settings.read(reading, "country")
    found: list[Fault] = []
    for line in lines:
        for doubt in national_id.doubts(line.details, country, reading.today):
            found.append(replace(doubt, row=line.row))
    return found
