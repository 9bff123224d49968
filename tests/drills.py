"""What the drills share: an office to spoil, its rows as hashes, and a data folder of their own."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from cbs_desktop import founding
from cbs_desktop.clock import Calendar
from cbs_desktop.office import Office

PASSWORD = "four plain words"
CLOCK = Calendar(date(2026, 3, 2))
Rows = dict[str, set[str]]  # table → hashes of its rows


@contextmanager
def own_home(place: Path) -> Iterator[Path]:
    """A data folder of this drill, never this person's."""
    names = ("XDG_DATA_HOME", "LOCALAPPDATA")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, str(place)))
    try:
        yield place
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def new_office(folder: Path) -> Path:
    """An office, closed."""
    plan = founding.Plan("Musanze office", "MU", "RW", ("Musanze",), "coordinator")
    office, _code = founding.found(folder, plan, PASSWORD, CLOCK)
    office.close()
    return folder


def opened(folder: Path) -> Office:
    return Office.open(folder, "coordinator", PASSWORD, CLOCK)


def opened_now(folder: Path) -> Office:
    """On the day of today, as a second process works."""
    return Office.open(folder, "coordinator", PASSWORD)


def row_hashes(office: Office) -> Rows:
    """Every row of every table, the journal's too."""
    found: Rows = {}
    with office._reader.connect() as link:
        names = link.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            " AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite%'"
        )
        for (name,) in names.all():
            rows = set()
            for row in link.exec_driver_sql(f'SELECT * FROM "{name}"'):
                rows.add(hashlib.sha256(repr(tuple(row)).encode()).hexdigest())
            found[name] = rows
    return found


def need(fact: bool, words: str) -> None:
    if not fact:
        raise AssertionError(words)
