"""The power cut at any point: what had not reached the disk is kept, dropped or torn by chance, sector by sector.

The calls of a real writer are recorded with strace and replayed up to the cut. A write counts as on the disk once its file
was synced; until then each of its sectors of 512 bytes may be there or not, and of renames only the first ones.
"""

import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cbs_desktop import devtools
from cbs_desktop.safe import accounts
from cbs_desktop.store import engine
from tests.crash.kill9 import Said, wrong
from tests.crash.recording import Event, record
from tests.drills import PASSWORD, new_office, own_home

_SECTOR = 512  # bytes that a disk writes whole
_THOROUGH_EVERY = 25  # cuts; the others are looked at with the key alone
_UNSAFE = """
import sys
from cbs_desktop.store import engine
engine._PRAGMAS = tuple(p.replace("synchronous=FULL", "synchronous=OFF") for p in engine._PRAGMAS)
from cbs_desktop import devtools
sys.exit(devtools.main(sys.argv[1:]))
"""


@dataclass
class Disk:
    """Files as they are on the disk, and what of each has not reached it."""

    files: dict[str, bytearray]  # the index of the log is made anew by whoever opens it
    pending: dict[str, list[Event]] = field(default_factory=dict)
    moved: list[Event] = field(default_factory=list)  # renames and removals

    def take(self, event: Event) -> None:
        """One call of the process."""
        if event.kind == "rename":
            self._settle(event.file)
            self.moved.append(event)
            self._settle_moves()
        elif event.kind == "sync":
            self._settle(event.file)
        else:
            self.pending.setdefault(event.file, []).append(event)

    def _settle(self, file: str) -> None:
        if file not in self.pending:  # nothing to wait for, or a folder
            return
        content = self.files.setdefault(file, bytearray())
        for event in self.pending.pop(file, []):
            _apply(content, event)

    def _settle_moves(self) -> None:
        """All but the last one: a newer one shows that the older had come that far."""
        while len(self.moved) > 1:
            _move(self.files, self.moved.pop(0))

    def after_cut(self, chance: random.Random) -> dict[str, bytearray]:
        """The files as somebody finds them."""
        found = {name: bytearray(content) for name, content in self.files.items()}
        for name, events in self.pending.items():
            content = found.setdefault(name, bytearray())
            for event in events:
                if not _perhaps(content, event, chance):
                    break
        for event in self.moved[: chance.randint(0, len(self.moved))]:
            _move(found, event)
        return found


def _apply(content: bytearray, event: Event) -> None:
    """A file that was removed is an empty one; what is written to its name later is another."""
    if event.kind in ("cut", "remove"):
        del content[event.at :]
        return
    if len(content) < event.at:
        content.extend(bytes(event.at - len(content)))
    content[event.at : event.at + len(event.content)] = event.content


def _perhaps(content: bytearray, event: Event, chance: random.Random) -> bool:
    """Kept, dropped, or some of its sectors kept; whether what came later can be there."""
    fate = chance.choice(("kept", "dropped", "torn"))
    if fate == "kept" or (fate == "torn" and event.kind != "write"):
        _apply(content, event)
    elif fate == "torn":
        for start in range(0, len(event.content), _SECTOR):
            if chance.random() < 0.5:
                part = event.content[start : start + _SECTOR]
                at = event.at + start
                _apply(content, Event("write", event.file, at, part))
    elif event.kind == "remove":
        return False
    return True


def _move(files: dict[str, bytearray], event: Event) -> None:
    content = files.pop(event.file, None)
    if event.to and content is not None:
        files[event.to] = content


def recorded(place: Path, txns: int, unsafe: bool) -> tuple[Path, Disk, list[Event]]:
    """An office, its files before a writer came, and what the writer asked of the disk."""
    folder = new_office(place / "office")
    before: dict[str, bytearray] = {}
    for file in place.rglob("*"):
        if file.is_file():
            before[str(file)] = bytearray(file.read_bytes())
    tool = ["-c", _UNSAFE] if unsafe else ["-m", "cbs_desktop.devtools"]
    command = [sys.executable, *tool, "writer", "--office", str(folder)]
    command += ["--acts", str(txns)]
    environment = {**os.environ, devtools.PASSWORD: PASSWORD}
    events = record(command, place, place.parent / f"{place.name}.calls", environment)
    return folder, Disk(before), events


def powercut(
    txns: int, cuts: int, seed: int | None = None, unsafe: bool = False
) -> int:
    """So many cuts in a record of so many actions; how many things were wrong."""
    chance = random.Random(seed)
    bad = 0
    with tempfile.TemporaryDirectory() as made_in:
        place = Path(made_in).resolve() / "laptop"
        with own_home(place / "home"):
            folder, disk, events = recorded(place, txns, unsafe)
            held, _roles = accounts.unlock(folder, "coordinator", PASSWORD)
            at = Counter(chance.randrange(len(events)) for _ in range(cuts))
            said = Said()
            done = 0
            for number, event in enumerate(events):
                if event.kind == "say":
                    said.take(event.content.decode())
                else:
                    disk.take(event)
                for _cut in range(at[number]):
                    _lay_out(place, disk.after_cut(chance))
                    thorough = done % _THOROUGH_EVERY == 0
                    for line in _looked_at(folder, said, held.data, thorough):
                        print(f"cut after call {number}: {line}", flush=True)
                        bad += 1
                    done += 1
    print(f"{txns} actions, {len(events)} calls, {cuts} cuts, {bad} things wrong")
    return bad


def _lay_out(place: Path, files: dict[str, bytearray]) -> None:
    for file in place.rglob("*"):
        if file.is_file():
            file.unlink()
    for name, content in files.items():
        if not name.endswith("-shm"):
            Path(name).write_bytes(content)


def _looked_at(folder: Path, said: Said, key: bytes, thorough: bool) -> Iterator[str]:
    try:
        if thorough:
            yield from wrong(folder, said, thorough=True)
        else:
            yield from _with_key(folder / engine.FILE, said, key)
    except Exception as problem:  # whatever it is, the file was damaged
        yield f"{type(problem).__name__}: {problem}"


def _with_key(file: Path, said: Said, key: bytes) -> Iterator[str]:
    yield from engine.quick_check(file, key)
    link = engine.connect(file, key)
    there = dict(link.execute("SELECT id, own_name FROM person").fetchall())
    link.close()
    for person in said.names.keys() - there.keys():
        yield f"person {person} was said to be there"
