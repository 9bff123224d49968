"""Putting an office in the place of another, so that a power cut leaves the old one or the new one, and says which.

The new office is made in a folder of its own, `NAME.part`. A file beside, `NAME.restoring`, says what is under way: until it
says "ready", the next start removes what was made of the new office; from then on it finishes. The office that was there
before is renamed and stays.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from cbs_desktop.errors import FileInUse
from cbs_desktop.safe import disk
from cbs_desktop.store import lock

PART = ".part"
INTENT = ".restoring"
DATABASE = "office.db"


class Settled(StrEnum):
    """What an interrupted restore came to."""

    UNDONE = "undone"  # the office of before is there
    FINISHED = "finished"  # the restored office is there


@dataclass(frozen=True, slots=True)
class Switch:
    """Names of folders beside each other: the new office, and where the present one goes, empty where there is none.

    `source` is the folder name of the copy, `made` its moment.
    """

    new: str
    aside: str
    source: str
    made: str
    ready: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """What was found and done at a start."""

    how: Settled
    switch: Switch
    beside: Path  # the folder in which `switch.aside` lies


def _intent(folder: Path) -> Path:
    return folder.with_name(folder.name + INTENT)


@contextmanager
def at_work(folder: Path) -> Iterator[None]:
    """Nobody else restores into this folder, or settles what is under way. AlreadyOpen."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    file = folder.with_name(folder.name + INTENT + ".lock")
    handle = lock.take_file(file, folder)
    try:
        yield
    finally:
        os.close(handle)
        with suppress(OSError):
            file.unlink()


def part_of(folder: Path) -> Path:
    """Where the new office is made."""
    return folder.with_name(folder.name + PART)


def begin(
    folder: Path, source: str, made: str, holds_office: bool, now: datetime
) -> Switch:
    """Say that a copy is going to be put in the place of a folder's office. OSError."""
    aside = _free(folder, now) if holds_office else ""
    switch = Switch(part_of(folder).name, aside, source, made)
    folder.parent.mkdir(parents=True, exist_ok=True)
    _write(folder, switch)
    return switch


def _free(folder: Path, now: datetime) -> str:
    """A name for the present office that nothing has."""
    base = f"{folder.name} before restore {now:%Y-%m-%d-%H%M%S}"
    name = base
    number = 1
    while folder.with_name(name).exists():
        number += 1
        name = f"{base}-{number}"
    return name


def make_ready(folder: Path, switch: Switch) -> Switch:
    """The new office is whole and on the disk: from here on it takes the place of the other."""
    ready = Switch(**{**asdict(switch), "ready": True})
    disk.sync_folder(part_of(folder))
    _write(folder, ready)
    return ready


def _write(folder: Path, switch: Switch) -> None:
    disk.write_whole(_intent(folder), json.dumps(asdict(switch)).encode())


def read(folder: Path) -> Switch | None:
    """What is under way in the place of a folder."""
    try:
        found: dict[str, Any] = json.loads(_intent(folder).read_text("utf-8"))
        return Switch(**found)
    except (OSError, ValueError, TypeError):
        return None


def settle(folder: Path) -> Ended | None:
    """Finish or undo what was under way; None where nothing was. Problems of disks, FileInUse; AlreadyOpen where a window
    has the office open, or is making the new one."""
    if not _intent(folder).exists():
        return None
    try:
        with at_work(folder):
            return settle_mine(folder)
    except OSError as problem:
        raise disk.told(problem, folder.parent) from problem


def settle_mine(folder: Path) -> Ended | None:
    """As `settle`, for whoever is at work on the folder already."""
    switch = read(folder)
    if switch is None:
        return None
    _need_closed(folder)
    try:
        if switch.ready:
            _place(folder, switch)
            how = Settled.FINISHED
        else:
            _forget(folder)
            how = Settled.UNDONE
        _intent(folder).unlink(missing_ok=True)
    except OSError as problem:
        raise disk.told(problem, folder.parent) from problem
    disk.sync_folder(folder.parent)
    return Ended(how, switch, folder.parent)


def _need_closed(folder: Path) -> None:
    """AlreadyOpen."""
    if (folder / lock.LOCK).exists():
        os.close(lock.take(folder))


def give_up(folder: Path) -> None:
    """Leave everything as it was before `begin`."""
    with suppress(OSError):
        _forget(folder)
        _intent(folder).unlink(missing_ok=True)


def _forget(folder: Path) -> None:
    if part_of(folder).exists():
        shutil.rmtree(part_of(folder))


def _place(folder: Path, switch: Switch) -> None:
    """Each step is done once, whenever the power was cut."""
    new = folder.with_name(switch.new)
    if not new.exists():
        return  # all was done, but for the file that says so
    if switch.aside:
        aside = folder.with_name(switch.aside)
        if folder.exists() and not aside.exists():
            _rename(folder, aside)
    if folder.exists():
        _move_into(new, folder)
    else:
        _rename(new, folder)


def _rename(source: Path, target: Path) -> None:
    try:
        source.rename(target)
    except PermissionError as problem:  # Windows: a file inside is open
        raise FileInUse(folder=source) from problem
    disk.sync_folder(target.parent)


def _move_into(new: Path, folder: Path) -> None:
    """Into a folder that has no office but other files; the database last."""
    files = sorted(new.iterdir(), key=lambda file: file.name == DATABASE)
    for file in files:
        file.replace(folder / file.name)
    new.rmdir()
