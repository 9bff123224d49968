"""The series of certificate numbers: the next ones, and what became of every one that was given."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, text

from cbs_desktop import settings
from cbs_desktop.action import Reading, Transaction, query
from cbs_desktop.certificates import rules
from cbs_desktop.certificates.tables import Certificate
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.text import read_day

PREFIX = "certificate "  # of the keys of our series in settings


@dataclass(frozen=True, slots=True)
class Numbering:
    """What the next number will be. `behind`: the day of the last issue, where the clock of the laptop is before it.

    `run`: the letters of this place, empty where the office was founded.
    """

    series: str
    next: int
    run: str
    behind: date | None

    def number(self, more: int = 0) -> str:
        """The next number, or one that many further on."""
        return rules.number(self.series, self.next + more)


@query(Permission.CERTIFY)
def numbering(reading: Reading) -> Numbering:
    """The series that goes on here. ReadOnly or DiskFull where its mark cannot be kept."""
    log = reading.number_log
    run = log.run()
    kept = _kept(reading)
    code = settings.read(reading, "code") or "CBS"
    before = f"{code}-{reading.laptop}{run}"
    known = {key.removeprefix(PREFIX) for key in kept} | log.series()
    series = f"{before}-{rules.year(reading.today, known, before)}"
    last = max(kept.get(PREFIX + series, 0), log.last(series))
    latest = reading.value(select(func.max(Certificate.issued_on)))
    if latest and latest <= reading.today:
        latest = None
    return Numbering(series, last + 1, run, latest)


def take(tx: Transaction, count: int) -> tuple[str, range]:
    """The next numbers of the series that goes on here: its name, and the serials. Marked outside before they are used."""
    found = numbering(tx)
    serials = settings.take_numbers(
        tx, PREFIX + found.series, count, above=found.next - 1
    )
    tx.number_log.note(found.series, serials[-1])
    return found.series, serials


def _kept(reading: Reading) -> dict[str, int]:
    return {
        key: last for key, last in settings.series(reading) if key.startswith(PREFIX)
    }


@dataclass(frozen=True, slots=True)
class Given:
    """A number of a series and what became of it: stands, withdrawn, replaced, taken back (its issue was undone, by whom
    and when), or not here (given before an older copy of the office was put back, or the issue was cut short)."""

    number: str
    serial: int
    state: str
    name: str = ""
    on: date | None = None
    by: str = ""
    why: str = ""


@query(Permission.LOOK)
def gaps(reading: Reading, series: str | None = None) -> dict[str, list[Given]]:
    """Every number that was given, by series (one, or all that are known), from 1 to the last, without a gap unexplained."""
    kept = {key.removeprefix(PREFIX): last for key, last in _kept(reading).items()}
    found: dict[str, dict[int, Given]] = {
        name: {} for name in {*kept, *reading.number_log.series()}
    }
    for row in reading.rows(select(Certificate.__table__)):
        if row.replaced_by:
            state = "replaced"
        elif row.withdrawn_on:
            state = "withdrawn"
        else:
            state = "stands"
        on = row.withdrawn_on or row.issued_on
        given = Given(
            row.number, row.serial, state, row.name, on, why=row.withdrawn_reason
        )
        found.setdefault(row.series, {})[row.serial] = given
    undone = _taken_back(reading)
    whole: dict[str, list[Given]] = {}
    for name, serials in sorted(found.items()):
        last = max([kept.get(name, 0), reading.number_log.last(name), *serials])
        first = (
            1 if name in kept else min(serials, default=1)
        )  # of version 0.2: one count went on through all rounds
        whole[name] = [
            serials.get(n) or _without(name, n, undone) for n in range(first, last + 1)
        ]
    return {name: given for name, given in whole.items() if series in (None, name)}


def _without(series: str, serial: int, undone: dict[str, tuple[date, str]]) -> Given:
    """A number that no certificate has."""
    number = rules.number(series, serial)
    if number in undone:
        return Given(
            number, serial, "taken back", on=undone[number][0], by=undone[number][1]
        )
    return Given(number, serial, "not here")


def _taken_back(reading: Reading) -> dict[str, tuple[date, str]]:
    """Numbers whose issue was undone: when, and by whom, as the journal has it."""
    statement = text(
        "SELECT json_extract(before, '$.number'), substr(at, 1, 10), account FROM entry JOIN act ON act.id = entry.act"
        " WHERE tbl = 'certificate' AND op = '-' ORDER BY seq"
    )
    return {
        number: (read_day(day), who) for number, day, who in reading.rows(statement)
    }
