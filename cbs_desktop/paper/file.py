"""Files that a person asked for: papers and lists."""

from pathlib import Path

from cbs_desktop.safe import disk


def save(path: Path, content: bytes) -> None:
    """Write a file that a person asked for, whole or not at all: an older one of this name stays until then.

    Problems: DiskFull, ReadOnly, FileInUse, Unplugged, PathTooLong, DiskFault.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        disk.write_whole(path, content)
    except OSError as problem:
        raise disk.told(problem, path.parent) from problem
