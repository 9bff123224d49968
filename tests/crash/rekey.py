"""Killed (kill -9) in the middle of a change of the file's key: afterwards one key opens the file, and all who stay have it."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cbs_desktop import founding
from cbs_desktop.errors import OfficeProblem
from cbs_desktop.keeping import accounts as keeping
from cbs_desktop.office import Office
from cbs_desktop.safe import accounts
from cbs_desktop.safe.permissions import Role
from cbs_desktop.store import engine

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "four plain words"
PEOPLE = 2_000
BOSS = "coordinator"
GONE = "clerk"
STAYS = "auditor"
_REMOVES = """
import sys
from pathlib import Path
from cbs_desktop.keeping import accounts
from cbs_desktop.office import Office
office = Office.open(Path(sys.argv[1]), "coordinator", sys.argv[2])
print("begins", flush=True)
accounts.remove(office, "clerk")
print("ends", flush=True)
office.close()
"""


def made(folder: Path) -> int:
    """An office with three accounts and a season's people; how many acts it has."""
    from cbs_desktop.participants.actions import import_people
    from tests.conftest import people_lines

    plan = founding.Plan("Crash", "CR", "RW", ("Musanze",), BOSS)
    office, _code = founding.found(folder, plan, PASSWORD)
    for name, role in ((GONE, Role.CLERK), (STAYS, Role.AUDITOR)):
        office.do(keeping.add_account, name, frozenset({role}), PASSWORD)
    office.do(import_people, people_lines(PEOPLE))
    acts = office._act
    office.close()
    return acts


def removal(folder: Path, after: float) -> tuple[str, float]:
    """Begin to remove somebody and end the process so many seconds after it began. What it said, and how long it ran."""
    command = [sys.executable, "-c", _REMOVES, str(folder), PASSWORD]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    said = process.stdout.readline()
    began = time.monotonic()
    if after >= 0:
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
    said += process.stdout.readline()
    ran = time.monotonic() - began
    process.communicate()
    return said, ran


def keys_of(folder: Path) -> set[bytes]:
    """The keys of the file that somebody who stays was given: one, or two while it is changed."""
    held, _roles = accounts.unlock(folder, STAYS, PASSWORD)
    return {key for key in (held.data, held.next) if key}


def wrong(folder: Path, old: bytes, acts: int) -> list[str]:
    """What is not as it should be after a removal that was cut off."""
    found = []
    file = folder / engine.FILE
    fitting = [key for key in keys_of(folder) | {old} if engine.fits(file, key)]
    if len(fitting) != 1:
        found.append(f"{len(fitting)} keys open the file")
    for name in (STAYS, BOSS, STAYS):  # the coordinator ends what was begun
        try:
            office = Office.open(folder, name, PASSWORD)
        except OfficeProblem as problem:
            found.append(f"{name} is refused: {type(problem).__name__}")
            continue
        checked = office.check()
        office.close()
        found += [
            f"{name} is told of: {one.kind} {one.facts}" for one in checked.findings
        ]
        if checked.acts < acts:
            found.append(f"{checked.acts} acts of {acts}")
    return found + _after(folder, old)


def _after(folder: Path, old: bytes) -> list[str]:
    """Once a coordinator was there: either nothing had been begun, or it is done."""
    is_gone = GONE not in accounts.names(folder)
    opens = engine.fits(folder / engine.FILE, old)
    if is_gone and opens:
        return ["who was removed still has the key of the file"]
    if len(keys_of(folder)) != 1:
        return ["two keys are given after it was confirmed"]
    return []


def rekey(rounds: int, seed: int | None = None) -> int:
    """Kill in the middle of a change of the file's key; how many rounds went wrong."""
    chance = random.Random(seed)
    bad = 0
    begun = {"not begun": 0, "cut off": 0, "done": 0}
    with tempfile.TemporaryDirectory() as made_in:
        template = Path(made_in) / "template"
        _at_home(template)
        acts = made(template / "office")
        old = next(iter(keys_of(template / "office")))
        whole = _time_of_one(template, Path(made_in) / "timed")
        for number in range(rounds):
            folder = _copy(template, Path(made_in) / f"round-{number}")
            said, _ran = removal(folder, chance.uniform(0, whole))
            begun[_how_far(folder, said)] += 1
            found = wrong(folder, old, acts)
            bad += bool(found)
            for line in found:
                print(f"round {number}: {line}")
            shutil.rmtree(folder.parent)
    print(f"{rounds} rounds ({begun}), {bad} went wrong")
    return bad


def _time_of_one(template: Path, folder: Path) -> float:
    """Seconds that a removal takes when nobody disturbs it."""
    said, ran = removal(_copy(template, folder), -1)
    assert "ends" in said, said
    return ran


def _copy(template: Path, place: Path) -> Path:
    """An office of its own, on a laptop that knows what the first one knew."""
    shutil.copytree(template, place)
    _at_home(place)
    return place / "office"


def _at_home(place: Path) -> None:
    os.environ["XDG_DATA_HOME"] = str(place / "home")


def _how_far(folder: Path, said: str) -> str:
    if "ends" in said:
        return "done"
    return "not begun" if GONE in accounts.names(folder) else "cut off"
