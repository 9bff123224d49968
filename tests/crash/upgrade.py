"""Killed (kill -9) while an office of an older version is brought up: it is the old one or the new one, and nothing is lost."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import Engine, create_engine, event

from cbs_desktop import devtools, rooms
from cbs_desktop.safe import accounts
from cbs_desktop.store import engine, journal, migrate
from tests.crash.kill9 import Said, wrong
from tests.drills import PASSWORD, new_office, opened_now, own_home

ROOT = Path(__file__).resolve().parents[2]
FIRST = 15  # the oldest schema that can be made out of one of today: those of before kept lists in columns
PEOPLE = 400  # actions
_LONGEST = 0.7  # seconds after which it is killed
_OPENS = """
import sys
from pathlib import Path
from cbs_desktop import rooms
from cbs_desktop.office import Office
rooms.open_all()
print("begins", flush=True)
Office.open(Path(sys.argv[1]), "coordinator", sys.argv[2]).close()
print("ends", flush=True)
"""


def older(folder: Path, version: str) -> None:
    """Make the file of an office one of an older schema, with all rows that it has room for and the whole journal."""
    held, _roles = accounts.unlock(folder, "coordinator", PASSWORD)
    file = folder / engine.FILE
    new = file.with_name("older.db")
    engine.create(new, held.data)
    made = _engine(new, held.data)
    with made.begin() as link:
        journal.bind(link.connection.driver_connection, lambda: 1)
        migrate.run(link, version)
    made.dispose()
    link = engine.connect(new, held.data)
    journal.bind(link, lambda: 1, lambda: True)
    link.execute("PRAGMA foreign_keys=OFF")
    link.execute(f"ATTACH '{file}' AS now KEY \"x'{held.data.hex()}'\"")
    _carry(link)
    link.close()
    for beside in ("", "-wal", "-shm"):
        file.with_name(file.name + beside).unlink(missing_ok=True)
    new.rename(file)
    (folder / "office.salt").unlink(missing_ok=True)


def _engine(file: Path, key: bytes) -> Engine:
    made = create_engine("sqlite://", creator=lambda: engine.connect(file, key))
    event.listen(made, "begin", lambda link: link.exec_driver_sql("BEGIN"))
    return made


def _carry(link: engine.Driver) -> None:
    old = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    for (name,) in link.execute(old).fetchall():
        columns = _shared(link, name)
        if name == "alembic_version" or not columns or "_search" in name:
            continue
        names = ", ".join(f'"{column}"' for column in columns)
        link.execute(f'DELETE FROM main."{name}"')
        link.execute(
            f'INSERT INTO main."{name}" ({names}) SELECT {names} FROM now."{name}"'
        )


def _shared(link: engine.Driver, name: str) -> list[str]:
    here = _columns(link, "main", name)
    there = set(_columns(link, "now", name))
    return [column for column in here if column in there]


def _columns(link: engine.Driver, schema: str, name: str) -> list[str]:
    rows = link.execute(f'PRAGMA {schema}.table_info("{name}")')
    return [row[1] for row in rows]


def upgrade(rounds: int, seed: int | None = None) -> int:
    """Kill an upgrade so many times, from every schema that can be made; how many things were wrong."""
    chance = random.Random(seed)
    rooms.open_all()
    bad = cut = 0
    versions = [f"{number:04}" for number in range(FIRST, int(migrate.HEAD))]
    with tempfile.TemporaryDirectory() as made_in:
        place = Path(made_in)
        said = _template(place / "template")
        for number in range(rounds):
            laptop = place / f"round-{number}"
            shutil.copytree(place / "template", laptop)
            with own_home(laptop / "home"):
                folder = laptop / "office"
                older(folder, versions[number % len(versions)])
                cut += not _killed(folder, chance.uniform(0, _LONGEST))
                for line in wrong(folder, said, thorough=True):
                    print(f"round {number}: {line}", flush=True)
                    bad += 1
            shutil.rmtree(laptop)
    print(
        f"{rounds} upgrades of {', '.join(versions)}, {cut} cut off, {bad} things wrong"
    )
    return bad


def _template(laptop: Path) -> Said:
    said = Said()
    with own_home(laptop / "home"):
        office = opened_now(new_office(laptop / "office"))
        for act, person, name in devtools.write(office, PEOPLE, 0):
            said.take(f"{act} {person} {name}\n")
        office.close()
    return said


def _killed(folder: Path, after: float) -> bool:
    """Begin to open the office and end the process so many seconds after; whether it had come to the end."""
    process = subprocess.Popen(
        [sys.executable, "-c", _OPENS, str(folder), PASSWORD],
        cwd=ROOT,
        env=os.environ,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    process.stdout.readline()
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    said, _errors = process.communicate()
    return "ends" in said
