"""Verified copies: made through SQLite's backup, opened again and compared before they are called a copy.

A copy is made in a folder whose name ends in `.part`, and gets its own name when it is complete and on the disk: a program
that is ended in the middle leaves no half copy with a good name. No copy takes the place of another.
"""

import json
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from cbs_desktop.errors import DamagedFile, NoOffice, OfficeExists
from cbs_desktop.safe import copies, disk, erased_file, key_file
from cbs_desktop.safe.copies import Note, Why
from cbs_desktop.safe.keys import Keys
from cbs_desktop.store import engine, journal_end, trouble

Counts = dict[str, int]  # rows of each table


@dataclass(frozen=True, slots=True)
class _Content:
    """What a database holds, to be compared with its copy."""

    acts: int
    link: bytes
    counts: Counts
    schema: str
    office: str


def make(
    folder: Path,
    into: Path,
    name: str,
    held: Keys,
    why: Why,
    now: datetime,
    mode: str = "rw",
) -> dict[str, object]:
    """A copy of the office in `folder`, in a new folder inside `into` that is called `name`, or `name-2` where that is taken.

    Facts: folder, acts, bytes. DamagedFile where the copy is not what it was made from; NoKeys; and what the disk says.
    It may be made while the office is open and written to: it holds what was there when it was begun. `mode` is how the
    office is read: engine.LOOK from a disk that takes nothing.
    """
    part = None
    try:
        into.mkdir(parents=True, exist_ok=True)
        part = _new_part(into, name)
        found = _copy(folder / engine.FILE, part / engine.FILE, held.data, mode)
        note = _fill(folder, part, held, found, why, now)
        target = _name(part)
    except BaseException as problem:
        if part is not None:
            shutil.rmtree(part, ignore_errors=True)
        raise _in_words(problem, into) from problem
    return {"folder": str(target), "acts": note.acts, "bytes": note.bytes}


def _new_part(into: Path, name: str) -> Path:
    """A folder of its own for a copy that is being made."""
    for number in count(1):
        free = name if number == 1 else f"{name}-{number}"
        part = into / f"{free}{copies.HALF}"
        if (into / free).exists():
            continue
        with suppress(FileExistsError):
            part.mkdir()
            return part
    raise AssertionError("numbers do not end")


def _fill(
    folder: Path, part: Path, held: Keys, found: _Content, why: Why, now: datetime
) -> Note:
    """What lies beside the database of a copy."""
    engine.note_salt(part / engine.FILE)
    disk.write_whole(part / key_file.FILE, key_file.in_use(folder))
    if erased := erased_file.read(folder, held.chain):
        erased_file.write(part, held.chain, erased)
    if found.acts:
        journal_end.write_beside(part, held.chain, found.acts, found.link)
    note = Note(
        office=found.office,
        made=now.isoformat(),
        why=why.value,
        acts=found.acts,
        link=found.link.hex(),
        rows=sum(found.counts.values()),
        schema=found.schema,
        bytes=(part / engine.FILE).stat().st_size,
    )
    copies.write_note(part, note)
    key_file.shut(part)
    disk.sync_folder(part)
    return note


def _name(part: Path) -> Path:
    """The good name, now that it is deserved."""
    target = part.with_name(part.name.removesuffix(copies.HALF))
    if target.exists():
        raise FileExistsError(17, "taken in the meantime", str(target))
    part.rename(target)
    disk.sync_folder(target.parent)
    return target


def _copy(source: Path, target: Path, key: bytes, mode: str) -> _Content:
    """The database, as it was in one moment, and the proof that the copy is the same."""
    origin = engine.pass_through(source, key, mode)
    try:
        origin.execute("BEGIN")  # what is counted is what is copied
        wanted = _content(origin)
        made = engine.pass_through(target, key, "rwc")
        try:
            origin.backup(made)
        finally:
            made.close()
        origin.execute("COMMIT")
    finally:
        origin.close()
    if wrong := engine.quick_check(target, key):
        raise DamagedFile(file=target, found=wrong)
    again = engine.pass_through(target, key)
    try:
        if _content(again) != wanted:
            raise DamagedFile(file=target, found=["not the same as its origin"])
    finally:
        again.close()
    return wanted


def _content(link: engine.Driver) -> _Content:
    last = link.execute("SELECT id, link FROM act ORDER BY id DESC LIMIT 1").fetchone()
    acts, end = last or (0, b"")
    schema = link.execute("SELECT version_num FROM alembic_version").fetchone()
    public = link.execute(
        "SELECT value FROM setting WHERE key = 'signing public'"
    ).fetchone()
    office = copies.fingerprint(json.loads(public[0]) if public else "")
    return _Content(acts, end, _counts(link), schema[0], office)


def _counts(link: engine.Driver) -> Counts:
    found: Counts = {}
    names = link.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    ).fetchall()
    for (name,) in names:
        quoted = name.replace('"', '""')
        found[name] = link.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0]
    return found


def _in_words(problem: BaseException, folder: Path) -> BaseException:
    if isinstance(problem, OSError):
        return disk.told(problem, folder)
    if isinstance(problem, engine.driver.Error):
        damaged = DamagedFile(file=folder, found=[str(problem)])
        return trouble.of_disk(problem, folder) or damaged
    return problem


def restore(backup_folder: Path, folder: Path) -> None:
    """Put the files of a backup into a folder without an office. Nothing there is ever written over."""
    if (folder / engine.FILE).exists():
        raise OfficeExists(folder=folder)
    if not (backup_folder / engine.FILE).exists():
        raise NoOffice(folder=backup_folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in (key_file.FILE, engine.SALT, engine.FILE, journal_end.FILE):
            if (backup_folder / name).exists():
                _put(backup_folder / name, folder / name)
        wal = engine.FILE + "-wal"  # of a folder that was copied by hand
        if (backup_folder / wal).exists():
            _put(backup_folder / wal, folder / wal)
    except OSError as problem:
        raise disk.told(problem, folder) from problem


def _put(source: Path, target: Path) -> None:
    """A file, on the disk when this ends."""
    shutil.copyfile(source, target)
    with target.open("r+b") as file:
        os.fsync(file.fileno())
