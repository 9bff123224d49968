"""What disk and driver report, as problems in our words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cbs_desktop.errors import (
    Bug,
    Cancelled,
    DamagedFile,
    DiskFull,
    Missing,
    OfficeProblem,
    ReadOnly,
)


@contextmanager
def file_problems(folder: Path) -> Iterator[None]:
    """Turn what disk and driver report into problems in our words; what is left is a Bug."""
    try:
        yield
    except (OfficeProblem, Bug, Cancelled):
        raise
    except PermissionError as problem:
        raise ReadOnly(folder=folder) from problem
    except OSError as problem:
        raise (DiskFull if problem.errno == 28 else ReadOnly)(
            folder=folder
        ) from problem
    except Exception as problem:
        raise _known(str(problem), folder) from problem


_SAYINGS: tuple[tuple[str, type[OfficeProblem]], ...] = (
    ("disk is full", DiskFull),
    ("readonly database", ReadOnly),
    ("unable to open database", ReadOnly),
    ("disk I/O error", DiskFull),
    ("not a database", DamagedFile),
    ("malformed", DamagedFile),
    ("FOREIGN KEY constraint failed", Missing),
)


def _known(text: str, folder: Path) -> Exception:
    for saying, kind in _SAYINGS:
        if saying in text:
            return kind(folder=folder, file=folder, what="entry")
    return Bug(text)
