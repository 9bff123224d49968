"""Disks that fail, and the office on them: python -m tests.disk full|readonly|locked

`full` and `readonly` mount a small disk in memory, which takes root or sudo without a password. Each prints what was lost (0)
and how many faults were told as what they are (all).
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cbs_desktop import errors, founding, settings  # noqa: E402
from cbs_desktop.clock import Calendar  # noqa: E402
from cbs_desktop.office import Office  # noqa: E402
from cbs_desktop.paper import file as paper_file  # noqa: E402
from cbs_desktop.problems import say  # noqa: E402
from cbs_desktop.safe.copies import Why  # noqa: E402
from cbs_desktop.store import engine  # noqa: E402

PASSWORD = "four plain words"
CLOCK = Calendar(date(2026, 3, 2))
ROOM = 6  # megabytes beside the office


class NoDisk(Exception):
    """No disk can be mounted here."""


def as_root(*command: str) -> bool:
    """Whether a command of root was done."""
    for words in (command, ("sudo", "-n", *command)):
        with suppress(OSError):
            done = subprocess.run(words, capture_output=True, check=False)
            if done.returncode == 0:
                return True
    return False


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[Path]:
    """A disk in memory. NoDisk."""
    place.mkdir(parents=True)
    size = f"size={megabytes}m,mode=777"
    if not as_root("mount", "-t", "tmpfs", "-o", size, "tmpfs", str(place)):
        raise NoDisk()
    try:
        yield place
    finally:
        as_root("umount", "-l", str(place))


def protect(place: Path, protected: bool) -> None:
    """Write-protect a disk, or let it be written."""
    how = "remount,ro" if protected else "remount,rw"
    if not as_root("mount", "-o", how, str(place)):
        raise NoDisk()


def new_office(folder: Path) -> Path:
    """An office to be put on a disk, closed."""
    plan = founding.Plan("Musanze office", "MU", "RW", ("Musanze",), "coordinator")
    office, _code = founding.found(folder, plan, PASSWORD, CLOCK)
    office.close()
    return folder


def opened(folder: Path) -> Office:
    return Office.open(folder, "coordinator", PASSWORD, CLOCK)


def put(folder: Path, disk: Path) -> Path:
    return shutil.copytree(folder, disk / "office")


def write_until_it_fails(office: Office) -> tuple[int, errors.OfficeProblem]:
    """How many changes were acknowledged, and what ended them."""
    for n in range(100_000):
        try:
            office.do(settings.set_value, "office", f"name {n} " + "x" * 150)
        except errors.OfficeProblem as problem:
            return n, problem
    raise AssertionError("the disk was never full")


def fill(disk: Path) -> Path:
    """A file that takes what room is left."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    return ballast


def need(fact: bool, words: str) -> None:
    if not fact:
        raise AssertionError(words)


def is_told(problem: BaseException, kind: type, word: str) -> None:
    """A fault is told as what it is, and never as damage."""
    said = str(say(problem))
    need(isinstance(problem, kind), f"{type(problem).__name__}: {said}")
    need(word in said and "damaged" not in said, said)


def refused(kind: type, word: str, function, *args) -> None:
    try:
        function(*args)
    except errors.OfficeProblem as problem:
        is_told(problem, kind, word)
    else:
        raise AssertionError(f"{function} was not refused")


def looked_at(folder: Path, acts: int, why: type) -> None:
    """The office opens to look at, with every act, and says so."""
    office = opened(folder)
    try:
        need(office.is_only_looked_at, "it was opened to work")
        need(isinstance(office.why_look_only, why), repr(office.why_look_only))
        need(office._act == acts, f"{office._act} acts of {acts}")
        need(bool(office.ask(settings.all_values)["code"]), "nothing can be read")
        refused(errors.LookOnly, "look at only", office.do, settings.set_value, "office", "x")  # fmt: skip
        found = office.check().kinds()
        need(found <= {"not checked"}, f"the check says {found}")
    finally:
        office.close()


def full(place: Path) -> str:
    """A disk that fills while people work; then an office on a full disk."""
    home = new_office(place / "home" / "office")
    with small_disk(place / "disk", _megabytes(home) + ROOM) as disk:
        folder = put(home, disk)
        reserve = disk / "photos"
        reserve.write_bytes(bytes(3_000_000))
        office = opened(folder)
        before = office._act
        report = disk / "report.pdf"
        paper_file.save(report, b"the report of last month")
        done, problem = write_until_it_fails(office)
        fill(disk)
        is_told(problem, errors.DiskFull, "is full")
        need(office._act == before + done, "an act was lost while it was open")
        refused(errors.DiskFull, "is full", paper_file.save, report, bytes(5_000_000))
        need(report.read_bytes() == b"the report of last month", "a report was lost")
        refused(errors.DiskFull, "is full", office.copy, disk / "usb", Why.BY_HAND)
        left = list((disk / "usb").glob("*")) if (disk / "usb").exists() else []
        need(not left, "half a copy was left")
        found = office.check().kinds()
        need(found <= {"not checked"}, f"the check says {found}")
        office.close()
        ballast = fill(disk)
        looked_at_or_worked(folder, before + done)
        ballast.unlink()
        reserve.unlink()
        again = opened(folder)
        need(again._act >= before + done, "an act was lost")
        checked = again.check()
        need(checked.well, f"the check says {checked.findings}")
        need(not again.is_only_looked_at, "it does not work again")
        again.close()
    return f"{done} changes acknowledged, 0 lost; every fault told as a full disk"


def looked_at_or_worked(folder: Path, acts: int) -> None:
    """On a full disk the office opens in any case, and nothing is missing."""
    office = opened(folder)
    try:
        need(office._act >= acts, f"{office._act} acts of {acts}")
        need(bool(office.ask(settings.all_values)["code"]), "nothing can be read")
        found = office.check().kinds()
        need(found <= {"not checked"}, f"the check says {found}")
    finally:
        office.close()


KILLED = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests import disk
office = disk.opened(Path(sys.argv[1]))
for n in range(20):
    office.do(disk.settings.set_value, "office", f"name {n}")
print(office._act, flush=True)
os.kill(os.getpid(), 9)
"""


def killed_with_a_log(folder: Path) -> int:
    """A program is killed at work; how many acts it had acknowledged."""
    given = [sys.executable, "-c", KILLED, str(folder), str(ROOT)]
    done = subprocess.run(given, capture_output=True, text=True, check=False)
    need((folder / f"{engine.FILE}-wal").stat().st_size > 0, "there is no log")
    return int(done.stdout)


def readonly(place: Path) -> str:
    """A disk that is write-protected: after a clean close, and after a crash."""
    home = new_office(place / "home" / "office")
    with small_disk(place / "disk", 2 * _megabytes(home) + 10) as disk:
        folder = put(home, disk)
        office = opened(folder)
        acts = office._act
        office.close()
        protect(disk, True)
        looked_at(folder, acts, errors.ReadOnly)
        report = disk / "report.pdf"
        refused(errors.ReadOnly, "read-only", paper_file.save, report, b"report")
        office = opened(folder)
        refused(errors.ReadOnly, "read-only", office.copy, disk / "usb", Why.BY_HAND)
        office.close()
        rescued(folder, place / "usb", acts)
        protect(disk, False)
        acts = killed_with_a_log(folder)
        protect(disk, True)
        rescued(folder, place / "usb", acts)
        looked_at(folder, acts, errors.ReadOnly)
        protect(disk, False)
        again = opened(folder)
        need(again._act >= acts and again.check().well, "something was lost")
        again.close()
    return "looked at after a clean close and after a crash; 0 lost"


def rescued(folder: Path, into: Path, acts: int) -> None:
    """A backup of an office that is only looked at goes to another disk, with everything."""
    office = opened(folder)
    made = office.copy(into, Why.BY_HAND)
    office.close()
    need(made["acts"] == acts, f"{made['acts']} acts of {acts}")


HOLDS = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from cbs_desktop.store import engine
link = engine.connect(Path(sys.argv[1]), bytes.fromhex(sys.argv[3]))
link.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
"""


def locked(place: Path) -> str:
    """Another program holds the file while people work."""
    folder = new_office(place / "office")
    office = opened(folder)
    acts = office._act
    key = office._vault.keys.data.hex()
    given = [sys.executable, "-c", HOLDS, str(folder / engine.FILE), str(ROOT), key]
    pipe = subprocess.PIPE
    held = subprocess.Popen(given, stdin=pipe, stdout=pipe, text=True)
    assert held.stdin and held.stdout
    held.stdout.readline()
    change = (settings.set_value, "office", "Another name")
    refused(errors.FileInUse, "Another program", office.do, *change)
    need(bool(office.ask(settings.all_values)["code"]), "nothing can be read")
    held.stdin.write("\n")
    held.stdin.flush()
    held.wait()
    office.do(*change)
    need(office._act == acts + 1 and office.check().well, "something was lost")
    office.close()
    return "told as another program; read meanwhile; 0 lost"


def _megabytes(folder: Path) -> int:
    size = sum(file.stat().st_size for file in folder.iterdir())
    return size // 1_000_000 + 1


FAULTS = {"full": full, "readonly": readonly, "locked": locked}


def main() -> int:
    """Run one or all; the exit code."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("fault", choices=[*FAULTS, "all"])
    wanted = asked.parse_args().fault
    for name in FAULTS if wanted == "all" else [wanted]:
        with tempfile.TemporaryDirectory() as place:
            print(f"{name}: {FAULTS[name](Path(place))}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
