"""Copies of offices as they lie in folders: what each says of itself, and which are whole, half-made, foreign, older, newer.

A copy is a folder with the database, the key file, the salt, the end of the journal, and `copy.json`: when and why it was
made, how many acts it has, and a fingerprint of its office. It has no names of people.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from cbs_desktop.safe import disk, key_file
from cbs_desktop.safe.number_log import data_home

FILE = "copy.json"
DATABASE = "office.db"
HALF = ".part"  # the end of the name while a copy is being made
MARKER = "cbs-backup.json"  # in the folder that backups of an office go to
_DRIVES_OF_WINDOWS = {2: "stick", 4: "network"}
ANY = ""  # the fingerprint that no copy is foreign to


class Why(StrEnum):
    """What a copy was made for."""

    BY_HAND = "by hand"
    WORKING = "while working"
    EXIT = "on exit"
    IMPORT = "before an import"
    MANY = "before a change to many"
    UPGRADE = "before an upgrade"


class State(StrEnum):
    """What can be said of a copy without its key."""

    WHOLE = "whole"
    HALF_MADE = "half made"
    FOREIGN = "another office"
    OLDER = "older version"
    NEWER = "newer version"
    UNMARKED = "unmarked"  # made by a version before 0.4, or by hand


@dataclass(frozen=True, slots=True)
class Note:
    """What is written into a copy. `made` is a moment, `link` the last act's in hexadecimal, `bytes` of the database."""

    office: str
    made: str
    why: str
    acts: int
    link: str
    rows: int
    schema: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy as a list shows it; `made` in UTC, of an unmarked one when its file was written."""

    folder: Path
    made: datetime
    state: State
    why: str
    acts: int
    bytes: int
    office: str

    @property
    def can_be_opened(self) -> bool:
        """Whether it may be rehearsed and restored here."""
        return self.state in (State.WHOLE, State.OLDER, State.UNMARKED)


def fingerprint(signing_public: str) -> str:
    """Which office a copy is of; it tells nothing else."""
    return hashlib.sha256(f"copies {signing_public}".encode()).hexdigest()[:16]


def automatic_folder(office: Path) -> Path:
    """Where the copies lie that are made by themselves: beside the office, or with this person's data where nothing can
    be made there."""
    beside = office.with_name(f"{office.name} copies")
    if beside.is_dir() or os.access(office.parent, os.W_OK):
        return beside
    return data_home() / beside.name


def name_of(office: Path, made: datetime) -> str:
    """The folder name of a copy that is made now."""
    return f"{office.name}-{made:%Y-%m-%d-%H%M%S}"


def write_note(copy: Path, note: Note) -> None:
    """Say in a copy what it is. OSError."""
    disk.write_whole(copy / FILE, json.dumps(asdict(note), indent=1).encode())


def read_note(copy: Path) -> Note | None:
    """What a copy says of itself; None where it says nothing that can be read."""
    try:
        found: dict[str, Any] = json.loads((copy / FILE).read_text("utf-8"))
        note = Note(**found)
        datetime.fromisoformat(note.made)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return note


def lying_in(place: Path, office: str, schema: str) -> list[Copy]:
    """The copies in a folder, the folder itself being one perhaps, newest first. `office` is a fingerprint or ANY."""
    found = []
    for folder in _folders(place):
        if copy := look_at(folder, office, schema):
            found.append(copy)
    found.sort(key=lambda copy: copy.made, reverse=True)
    return found


def _folders(place: Path) -> Iterator[Path]:
    yield place
    try:
        yield from sorted(each for each in place.iterdir() if each.is_dir())
    except OSError:
        return


def look_at(folder: Path, office: str, schema: str) -> Copy | None:
    """One copy, None where a folder has nothing of an office."""
    file = folder / DATABASE
    has_keys = (folder / key_file.FILE).exists()
    if not file.exists() and not has_keys:
        return None
    if note := read_note(folder):
        made = datetime.fromisoformat(note.made)
        state = _state(folder, note, office, schema)
        return Copy(folder, made, state, note.why, note.acts, note.bytes, note.office)
    written = file.stat() if file.exists() else folder.stat()
    made = datetime.fromtimestamp(int(written.st_mtime), UTC)
    whole = file.exists() and has_keys and not folder.name.endswith(HALF)
    state = State.UNMARKED if whole else State.HALF_MADE
    return Copy(folder, made, state, "", 0, written.st_size, ANY)


def _state(folder: Path, note: Note, office: str, schema: str) -> State:
    if folder.name.endswith(HALF) or not _is_complete(folder, note):
        return State.HALF_MADE
    if office != ANY and note.office != office:
        return State.FOREIGN
    if note.schema > schema:
        return State.NEWER
    return State.OLDER if note.schema < schema else State.WHOLE


def _is_complete(folder: Path, note: Note) -> bool:
    file = folder / DATABASE
    has_file = file.exists() and file.stat().st_size == note.bytes
    return has_file and key_file.is_whole(folder)


def mark(place: Path, office: str, stick: int = 0) -> None:
    """Make a folder known as one where backups of this office go, so that a stick is recognised, by its number if it is
    one. OSError."""
    facts = {"office": office, "stick": stick}
    disk.write_whole(place / MARKER, json.dumps(facts).encode())


def stick_number(place: Path, office: str) -> int:
    """The number that this office gave to a stick when a backup was put into a folder of it; 0 for none."""
    if not is_marked(place, office):
        return 0
    facts = json.loads((place / MARKER).read_text("utf-8"))
    number = facts.get("stick", 0)
    return number if isinstance(number, int) else 0


def place_of(path: Path) -> str:
    """What a file lies on: "computer", "stick" or "network"."""
    whole = path.absolute()
    if os.name == "nt":
        return _DRIVES_OF_WINDOWS.get(_windows_drive(whole.anchor), "computer")
    for root in _drives():
        if whole.is_relative_to(root):
            return "stick"
    return "computer"


def _windows_drive(root: str) -> int:
    """https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-getdrivetypew"""
    import ctypes

    system: Any = vars(ctypes).get("windll")
    return system.kernel32.GetDriveTypeW(root) if system else 0


def is_marked(place: Path, office: str) -> bool:
    """Whether backups of this office go to a folder."""
    try:
        return json.loads((place / MARKER).read_text("utf-8"))["office"] == office
    except (OSError, ValueError, KeyError, TypeError):
        return False


def sticks(office: str) -> list[Path]:
    """The sticks and disks that are in and have backups of this office; also in a folder at their top."""
    found: list[Path] = []
    for root in _drives():
        for place in _folders(root):
            if is_marked(place, office):
                found.append(place)
    return found


def all_sticks() -> list[Path]:
    """The folders for backups of any office, on sticks and disks that are in."""
    found: list[Path] = []
    for root in _drives():
        found += [place for place in _folders(root) if (place / MARKER).exists()]
    return found


def _drives() -> Iterator[Path]:
    """What can be taken out, as the systems mount it."""
    if os.name == "nt":
        for letter in "DEFGHIJKLMNOPQRSTUVWXYZ":
            root = Path(f"{letter}:\\")
            if root.exists():
                yield root
        return
    user = os.environ.get("USER", "")
    for base in (Path("/media") / user, Path("/run/media") / user, Path("/Volumes")):
        try:
            yield from (each for each in base.iterdir() if each.is_dir())
        except OSError:
            continue
