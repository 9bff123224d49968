"""A TOML file that somebody brings."""

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from cbs_desktop.errors import Unreadable
from cbs_desktop.outside import answers, reading

BYTES_MOST = 1_000_000


def content(path: Path, too_big: str = "too big for TOML") -> dict[str, object]:
    """What it says. Unreadable: missing, `too_big`, damaged, not in UTF-8, or broken file, with line and column."""
    try:
        if path.stat().st_size > BYTES_MOST:
            raise Unreadable(file=path.name, kind=too_big)
        text = path.read_bytes().decode("utf-8-sig")  # Windows writes the sign in front
        return tomllib.loads(text)
    except FileNotFoundError as problem:
        raise Unreadable(file=path.name, kind="missing") from problem
    except OSError as problem:
        raise Unreadable(file=path.name, kind="damaged") from problem
    except UnicodeDecodeError as problem:
        raise Unreadable(file=path.name, kind="not in UTF-8") from problem
    except (ValueError, RecursionError) as problem:
        raise Unreadable(
            file=path.name, kind="broken file", detail=str(problem)[:200]
        ) from problem


def read(path: Path) -> dict[str, object]:
    """As `content`, behind the walls of `reading.read`."""
    return answers.table(reading.read("toml", path), path)


def parts(path: Path, progress: Callable[[int, int], None]) -> Iterator[object]:
    """In the child: what it says."""
    yield content(path)
