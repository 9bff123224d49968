"""Files that a person asked for: papers and lists."""

from pathlib import Path

from cbs_desktop.errors import DiskFull, ReadOnly


def save(path: Path, content: bytes) -> None:
    """Write a file that a person asked for. Problems: DiskFull, ReadOnly."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as problem:
        raise (DiskFull if problem.errno == 28 else ReadOnly)(
            folder=path.parent
        ) from problem
