"""What a process asked of the disk, in its order, from a record of strace: writes, cuts, syncs, renames; and what it said."""

import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_CALLS = (
    "pwrite64,write,fsync,fdatasync,ftruncate,rename,renameat,renameat2,unlink,unlinkat"
)
_LINE = re.compile(r"^(\d+) +(\w+)\((.*)\) += (-?\d+)")
_UNFINISHED = re.compile(r"^(\d+) +(.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(r"^(\d+) +<\.\.\. \w+ resumed>(.*)$")
_FILE = re.compile(r"^\d+<([^>]*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class Event:
    """`kind`: write (`at` in bytes; small files are written from their beginning), cut (to `at` bytes), sync, rename (to `to`),
    remove, say (`content` on standard output)."""

    kind: str
    file: str = ""
    at: int = 0
    content: bytes = b""
    to: str = ""


def record(
    command: Sequence[str], place: Path, into: Path, environment: Mapping[str, str]
) -> list[Event]:
    """Run a command and give all that it asked of the files in a place. CalledProcessError."""
    traced = ["strace", "-f", "-qq", "-y", "-xx", "-s", "1000000"]
    traced += ["-e", f"trace={_CALLS}", "-o", str(into), *command]
    subprocess.run(traced, env=environment, check=True, stdout=subprocess.PIPE)
    with into.open() as lines:
        return list(events(_whole(lines), place))


def _whole(lines: Iterator[str]) -> Iterator[str]:
    """Calls that another thread interrupted, put together where they ended."""
    begun: dict[str, str] = {}
    for line in lines:
        if found := _UNFINISHED.match(line):
            begun[found[1]] = found[2]
        elif found := _RESUMED.match(line):
            yield f"{found[1]} {begun.pop(found[1], '')}{found[2]}"
        else:
            yield line


def events(lines: Iterator[str], place: Path) -> Iterator[Event]:
    """What whole lines say of the files in a place; calls that failed did nothing."""
    for line in lines:
        found = _LINE.match(line)
        if found is None or int(found[4]) < 0:
            continue
        event = _event(found[2], found[3], int(found[4]))
        if event is None:
            continue
        if event.kind == "say" or Path(event.file).is_relative_to(place):
            yield event


def _event(call: str, said: str, gave: int) -> Event | None:
    if call.startswith(("rename", "unlink")):
        names = [_text(each).decode() for each in _TEXT.findall(said)]
        if call.startswith("unlink"):
            return Event("remove", names[0])
        return Event("rename", names[0], to=names[1])
    file = _FILE.match(said)
    if file is None:
        return None
    name = _path(file[1])
    if call == "pwrite64":
        at = int(said.rsplit(",", 1)[1])
        return Event("write", name, at, _content(said)[:gave])
    if call == "write":
        if said.startswith("1<"):
            return Event("say", content=_content(said)[:gave])
        return Event("write", name, 0, _content(said)[:gave])
    if call == "ftruncate":
        return Event("cut", name, int(said.rsplit(",", 1)[1]))
    return Event("sync", name)


def _path(text: str) -> str:
    return _text(text).decode() if text.startswith("\\x") else text


def _content(said: str) -> bytes:
    found = _TEXT.search(said)
    return _text(found[1]) if found else b""


def _text(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))
