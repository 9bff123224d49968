"""The only reader of resources/: data that people edit without code."""

from pathlib import Path
from typing import Any

from cbs_desktop.errors import Unreadable

ROOT = Path(__file__).resolve().parent.parent / "resources"

Content = dict[str, Any]  # of a file of ours: its reader knows what stands in it


def path(*parts: str) -> Path:
    """Where a resource lies."""
    return ROOT.joinpath(*parts)


def text(*parts: str) -> str:
    """A resource as text."""
    return path(*parts).read_text(encoding="utf-8")


def toml(*parts: str) -> Content:
    """A TOML resource; a broken file is named, with the place of the fault."""
    import tomllib  # not needed, and not paid for, at sign-in

    try:
        return tomllib.loads(text(*parts))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise Unreadable(
            file="/".join(parts), kind="broken resource", detail=str(problem)
        ) from problem


def names(folder: str, ending: str) -> list[str]:
    """The names, without ending, of the resources of a folder, in order."""
    return sorted(p.name.removesuffix(ending) for p in path(folder).glob(f"*{ending}"))
