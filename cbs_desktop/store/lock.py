"""One window per office: an OS lock, so that a killed process leaves none behind."""

import os
from pathlib import Path

from cbs_desktop.errors import AlreadyOpen

LOCK = "office.lock"


def take(folder: Path) -> int:
    """Lock the office of a folder; the handle, to be closed at the end. AlreadyOpen when another window has it."""
    return take_file(folder / LOCK, folder)


def take_file(file: Path, folder: Path) -> int:
    """Lock a file that stands for work on a folder. AlreadyOpen when somebody else is at it."""
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as problem:
        os.close(handle)
        raise AlreadyOpen(folder=folder) from problem
    return handle
