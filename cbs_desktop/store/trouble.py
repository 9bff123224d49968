"""What disk and driver report, as problems in our words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cbs_desktop.errors import (
    Bug,
    Cancelled,
    DamagedFile,
    DiskFault,
    DiskFull,
    FileInUse,
    Missing,
    OfficeProblem,
    ReadOnly,
    Unplugged,
)
from cbs_desktop.safe import disk

_OF_DISK: tuple[tuple[str, type[OfficeProblem]], ...] = (
    ("disk is full", DiskFull),
    ("readonly database", ReadOnly),
    ("unable to open database", ReadOnly),
    ("disk I/O error", DiskFault),
    ("database is locked", FileInUse),
)
_SAYINGS: tuple[tuple[str, type[OfficeProblem]], ...] = (
    ("not a database", DamagedFile),
    ("malformed", DamagedFile),
    ("FOREIGN KEY constraint failed", Missing),
)


@contextmanager
def file_problems(folder: Path) -> Iterator[None]:
    """Turn what disk and driver report into problems in our words; what is left is a Bug."""
    try:
        yield
    except (OfficeProblem, Bug, Cancelled):
        raise
    except OSError as problem:
        raise disk.told(problem, folder) from problem
    except Exception as problem:
        raise _known(str(problem), folder) from problem


def of_disk(problem: BaseException, folder: Path) -> OfficeProblem | None:
    """What the driver says of the disk, and not of the file; None where it says nothing of the kind."""
    text = str(problem)
    for saying, kind in _OF_DISK:
        if saying in text:
            return _looked_after(kind, folder)(folder=folder)
    return None


def _looked_after(kind: type[OfficeProblem], folder: Path) -> type[OfficeProblem]:
    """SQLite says only that it could not read, write or open: the disk itself tells why."""
    if kind in (DiskFull, FileInUse):
        return kind
    if not folder.exists():
        return Unplugged
    if disk.is_full(folder):
        return DiskFull
    if disk.is_write_protected(folder):
        return ReadOnly
    return DiskFault if kind is DiskFault else FileInUse


def _known(text: str, folder: Path) -> Exception:
    if found := of_disk(Exception(text), folder):
        return found
    for saying, kind in _SAYINGS:
        if saying in text:
            return kind(folder=folder, file=folder, what="entry")
    return Bug(text)
