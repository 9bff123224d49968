"""What a disk reports, told apart: full, write-protected, taken out, in use by another program, a path that is too long."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from cbs_desktop.errors import (
    DiskFault,
    DiskFull,
    FileInUse,
    OfficeProblem,
    PathTooLong,
    ReadOnly,
    Unplugged,
)

_LONGEST_ON_WINDOWS = 259  # characters of a path, where long paths are not switched on
_Kind = type[OfficeProblem]
# https://learn.microsoft.com/windows/win32/debug/system-error-codes
_OF_WINDOWS: dict[int, _Kind] = {
    19: ReadOnly,
    21: Unplugged,
    23: DiskFault,
    32: FileInUse,
    33: FileInUse,
    39: DiskFull,
    112: DiskFull,
    206: PathTooLong,
    433: Unplugged,
    483: DiskFault,
    1117: DiskFault,
    1167: Unplugged,
}
_OF_POSIX: dict[int, _Kind] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EFBIG: DiskFull,
    errno.EROFS: ReadOnly,
    errno.EACCES: ReadOnly,
    errno.EPERM: ReadOnly,
    errno.ENOTDIR: ReadOnly,
    errno.EEXIST: ReadOnly,
    errno.ENOENT: ReadOnly,
    errno.EINVAL: ReadOnly,
    errno.EIO: DiskFault,
    errno.EBUSY: FileInUse,
    errno.ETXTBSY: FileInUse,
    errno.ENAMETOOLONG: PathTooLong,
    errno.ENODEV: Unplugged,
    errno.ENXIO: Unplugged,
}
_SCARCE = 64 * 1024  # bytes: with less, the disk counts as full


def told(problem: OSError, folder: Path) -> OfficeProblem:
    """A problem with a disk as a person meets it. Facts: folder."""
    kind = _OF_WINDOWS.get(getattr(problem, "winerror", 0) or 0)
    kind = kind or _OF_POSIX.get(problem.errno or 0)
    if problem.errno == errno.ENOENT and _is_too_long(problem, folder):
        kind = PathTooLong
    elif kind is not DiskFull and is_gone(folder):
        kind = Unplugged
    elif kind is DiskFault and is_full(folder):
        kind = DiskFull
    return (kind or DiskFault)(folder=folder)


def _is_too_long(problem: OSError, folder: Path) -> bool:
    path = str(problem.filename or folder)
    return os.name == "nt" and len(path) > _LONGEST_ON_WINDOWS


def is_gone(folder: Path) -> bool:
    """Whether nothing of the path is there any more but its root: a stick that was pulled out."""
    try:
        return not folder.exists() and not folder.parent.exists()
    except PermissionError:
        return False
    except OSError:
        return True


def is_full(folder: Path) -> bool:
    """Whether the disk of a folder has no room."""
    try:
        if os.name == "nt":
            import shutil

            return shutil.disk_usage(folder).free < _SCARCE
        place = os.statvfs(folder)
        return place.f_bavail * place.f_frsize < _SCARCE
    except OSError:
        return False


def is_write_protected(folder: Path) -> bool:
    """Whether no file can be made in a folder: tried with one, for rights alone do not tell."""
    trial = folder / f".written-{os.getpid()}"
    try:
        trial.touch()
        trial.unlink()
    except OSError as problem:
        return isinstance(told(problem, folder), ReadOnly)
    return False


def sync_folder(folder: Path) -> None:
    """Names that were given in a folder outlast a power cut. Windows has nothing for it, and needs nothing."""
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _take_place(new: Path, path: Path) -> None:
    """Windows refuses, as if it were a matter of rights, what another program has open."""
    try:
        new.replace(path)
    except PermissionError as problem:
        if os.name == "nt":
            raise OSError(errno.EBUSY, "in use", str(path)) from problem
        raise


def write_whole(path: Path, content: bytes) -> None:
    """A file as a whole or not at all: what was there stays until the new one is on the disk. OSError."""
    new = path.with_name(f"{path.name}.new")
    try:
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _take_place(new, path)
    except BaseException:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
