"""Verified copies: made through SQLite's backup, opened again and counted before they are called a backup."""

import os
import shutil
from pathlib import Path

from cbs_desktop.errors import DamagedFile, DiskFull, NoOffice, OfficeExists, ReadOnly
from cbs_desktop.safe import key_file
from cbs_desktop.safe.keys import Keys
from cbs_desktop.store import engine, journal_end


def copy(source: Path, target: Path, key: bytes) -> int:
    """Copy a database and check the copy; the number of acts in it. A copy that fails the check is removed."""

    origin = engine.connect(source, key)
    try:
        made = engine.connect(target, key, "rwc")
        origin.backup(made)
        made.close()
        if os.name != "nt":
            target.chmod(0o600)
        if wrong := engine.quick_check(target, key):
            raise DamagedFile(file=target, found=wrong)
        return _acts(target, key)
    except (engine.driver.DatabaseError, OSError) as problem:
        target.unlink(missing_ok=True)
        raise _in_words(problem, target.parent) from problem
    finally:
        origin.close()


def _acts(file: Path, key: bytes) -> int:
    link = engine.connect(file, key)
    try:
        return link.execute("SELECT count(*) FROM act").fetchone()[0]
    finally:
        link.close()


def _in_words(problem: Exception, folder: Path) -> Exception:
    if "full" in str(problem) or getattr(problem, "errno", 0) == 28:
        return DiskFull(folder=folder)
    return ReadOnly(folder=folder)


def make(folder: Path, into: Path, name: str, held: Keys) -> dict[str, object]:
    """A backup folder `name` inside `into`: database, key file, salt. Facts: folder, acts, bytes."""
    target = into / name
    try:
        target.mkdir(parents=True, exist_ok=False)
        acts = copy(folder / engine.FILE, target / engine.FILE, held.data)
        engine.note_salt(target / engine.FILE)
        shutil.copy2(folder / key_file.FILE, target / key_file.FILE)
        _note_end(target, held)
        key_file.shut(target)
    except OSError as problem:
        shutil.rmtree(target, ignore_errors=True)
        raise _in_words(problem, into) from problem
    size = sum(p.stat().st_size for p in target.iterdir())
    return {"folder": str(target), "acts": acts, "bytes": size}


def _note_end(target: Path, held: Keys) -> None:
    """Where the journal of a copy ends, beside it."""
    link = engine.connect(target / engine.FILE, held.data)
    try:
        last = link.execute(
            "SELECT id, link FROM act ORDER BY id DESC LIMIT 1"
        ).fetchone()
    finally:
        link.close()
    if last:
        journal_end.write_beside(target, held.chain, *last)


def restore(backup_folder: Path, folder: Path) -> None:
    """Put a backup into an empty folder. Nothing there is ever written over."""
    if (folder / engine.FILE).exists():
        raise OfficeExists(folder=folder)
    if not (backup_folder / engine.FILE).exists():
        raise NoOffice(folder=backup_folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in (key_file.FILE, engine.SALT, engine.FILE):
            shutil.copy2(backup_folder / name, folder / name)
        if (end := backup_folder / journal_end.FILE).exists():
            shutil.copy2(end, folder / journal_end.FILE)
        key_file.shut(folder)
    except OSError as problem:
        raise _in_words(problem, folder) from problem
