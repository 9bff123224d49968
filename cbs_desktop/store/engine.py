"""Opening the encrypted file: SQLCipher with a raw key, WAL, and a clear problem for every file that is not this office's."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import sqlcipher3.dbapi2
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from cbs_desktop.errors import Bug, DamagedFile, EmptyFile, ForeignFile, NoOffice
from cbs_desktop.safe import keys
from cbs_desktop.store import trouble
from cbs_desktop.store.schema import APPLICATION_ID

FILE = "office.db"
Driver: TypeAlias = Any  # of the driver, which tells no types
driver: Driver = sqlcipher3.dbapi2
LEAST_SQLITE = (
    3,
    51,
    3,
)  # earlier: a checkpoint race between two connections could damage the file
_PRAGMAS = (
    "cipher_log_level=NONE",
    "foreign_keys=ON",
    "synchronous=FULL",
    "secure_delete=ON",
    "recursive_triggers=ON",
    "cache_size=-64000",
    "temp_store=MEMORY",
    "busy_timeout=10000",
)


LOOK = "look"  # the mode of a file that nothing can be written beside


def connect(file: Path, key: bytes, mode: str = "rw") -> Driver:
    """A driver connection. mode "rwc" makes the file; "rw" never does; LOOK leaves file and folder untouched."""
    if driver.sqlite_version_info < LEAST_SQLITE:
        raise Bug(f"SQLite {driver.sqlite_version} is too old")
    link = driver.connect(
        f"{file.absolute().as_uri()}?mode={_how(file, mode)}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )
    link.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    for pragma in _PRAGMAS:
        link.execute(f"PRAGMA {pragma}")
    return link


def pass_through(file: Path, key: bytes, mode: str = "rw") -> Driver:
    """A connection that reads a file once and keeps 2 MB of it: to let go of 50 MB takes 90 ms, in which nothing else of
    the program runs."""
    link = connect(file, key, mode)
    link.execute("PRAGMA cache_size=-2000")
    return link


def _how(file: Path, mode: str) -> str:
    """To look: without a log the file by itself, for nothing can be made beside it; with one, through the log, for the
    file alone lacks the last work."""
    if mode != LOOK:
        return mode
    return "ro" if _has_wal(file) else "ro&immutable=1"


def create(file: Path, key: bytes) -> None:
    """A new, empty database of this program; the schema comes from the migrations."""
    link = connect(file, key, "rwc")
    if os.name != "nt":
        file.chmod(0o600)  # what lies beside it is made like it
    link.execute("PRAGMA journal_mode=WAL")
    link.execute(f"PRAGMA application_id={APPLICATION_ID}")
    link.close()


def inspect(file: Path, key: bytes, mode: str = "rw") -> None:
    """Whether the file is there and is this office's: NoOffice, EmptyFile, ForeignFile or DamagedFile; what keeps the disk
    from being read is told as that. Writes nothing."""
    if not file.exists():
        raise NoOffice(folder=file.parent)
    if file.stat().st_size == 0:
        raise EmptyFile(file=file)
    with file.open("rb") as content:
        if content.read(15) == b"SQLite format 3":
            raise ForeignFile(file=file)
    link = None
    try:
        link = connect(file, key, mode)
        if link.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise ForeignFile(file=file)
        link.execute("SELECT count(*) FROM sqlite_master").fetchone()
        # A file cut at its end still has whole pages: compare what the header promises with what is there.
        pages, size = (
            int(link.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("page_count", "page_size")
        )
        if file.stat().st_size < pages * size and not _has_wal(file):
            raise DamagedFile(file=file)
    except driver.DatabaseError as problem:
        if of_disk := trouble.of_disk(problem, file.parent):
            raise of_disk from problem
        raise (_foreign_or_damaged(file))(file=file) from problem
    finally:
        if link is not None:
            link.close()


def _has_wal(file: Path) -> bool:
    wal = file.with_name(file.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0


def _foreign_or_damaged(file: Path) -> type[ForeignFile] | type[DamagedFile]:
    """The first 16 bytes are the random salt of the file; we keep them beside it, so another office's file is told apart."""
    try:
        known = file.with_name(SALT).read_bytes()
    except OSError:
        return DamagedFile
    with file.open("rb") as content:
        if content.read(16) == known:
            return DamagedFile
        return ForeignFile


SALT = "office.salt"


def note_salt(file: Path) -> None:
    """Keep the salt of a new file beside it."""
    with file.open("rb") as content:
        keys.save(file.with_name(SALT), content.read(16))


def fits(file: Path, key: bytes, mode: str = "rw") -> bool:
    """Whether this key opens the file."""
    link = None
    try:
        link = connect(file, key, mode)
        link.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.DatabaseError:
        return False
    finally:
        if link is not None:
            link.close()
    return True


def change_key(file: Path, key: bytes, following: bytes) -> None:
    """Encrypt the file anew. After a crash one of both keys opens it, with everything in it. Nobody else may have it open."""
    link = connect(file, key)
    try:
        link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        link.execute(f"PRAGMA rekey=\"x'{following.hex()}'\"")
        link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        link.close()
    note_salt(file)


def fold_in(file: Path, key: bytes) -> None:
    """The log goes into the file, whose free pages are zeros, and is empty. Nobody else may have it open."""
    link = pass_through(file, key)
    try:
        link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        link.close()


def engine(
    file: Path,
    key: Callable[[], bytes],
    begin: str,
    connections: int,
    prepare: Callable[[Driver], None],
    mode: str = "rw",
) -> Engine:
    """An engine whose transactions start with `begin` ("BEGIN IMMEDIATE" for the writer)."""

    def creator() -> Driver:
        link = connect(file, key(), mode)
        prepare(link)
        return link

    made = create_engine(
        "sqlite://",
        module=driver,
        creator=creator,
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=2,
        hide_parameters=True,
        query_cache_size=500,
    )

    @event.listens_for(made, "begin")
    def _begin(link: Any) -> None:
        link.exec_driver_sql(begin)

    return made


def only_reads(link: Driver) -> None:
    """A connection of questions."""
    link.execute("PRAGMA query_only=ON")


def quick_check(file: Path, key: bytes, mode: str = "rw") -> list[str]:
    """All that is wrong with the file, in SQLite's words; empty when it is whole. The order keeps a power cut from
    looking like damage: read through the WAL, fold it in, then check each page's HMAC.

    Where the disk cannot be read or written, that is told as a problem: it is no damage. To LOOK folds nothing in, so a
    file with a log is checked for its structure alone.
    """
    link = pass_through(file, key, mode)
    try:
        found = [row[0] for row in link.execute("PRAGMA quick_check") if row[0] != "ok"]
        if mode != LOOK:
            link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        elif _has_wal(file):
            return found
        found += [row[0] for row in link.execute("PRAGMA cipher_integrity_check")]
        found += [
            f"foreign key {row[0]}" for row in link.execute("PRAGMA foreign_key_check")
        ]
    except driver.DatabaseError as problem:
        if of_disk := trouble.of_disk(problem, file.parent):
            raise of_disk from problem
        found = [str(problem)]
    finally:
        link.close()
    return found
