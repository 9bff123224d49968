"""The content of an instrument file that somebody brings: TOML, or an XLSForm."""

import tomllib
from pathlib import Path

from cbs_desktop.errors import Unreadable

_MOST = 1_000_000  # bytes of a TOML file


def content(path: Path) -> dict[str, object]:
    """What a file says, before it is checked. Unreadable, with `kind`: missing, too big for one, not a questionnaire, not
    in UTF-8, or what stands in the way with the line; Invalid names what an XLSForm asks for that is not supported."""
    ending = path.suffix.lower()
    if not path.is_file():
        raise Unreadable(file=path.name, kind="missing")
    if ending in (".xlsx", ".xls"):
        from cbs_desktop.screening import xlsform

        return xlsform.read(path)
    if ending != ".toml":
        raise Unreadable(file=path.name, kind="not a questionnaire")
    try:
        if path.stat().st_size > _MOST:
            raise Unreadable(file=path.name, kind="too big for one")
        return tomllib.loads(
            path.read_bytes().decode("utf-8-sig")
        )  # editors of Windows write the sign in front
    except OSError as problem:
        raise Unreadable(file=path.name, kind="damaged") from problem
    except UnicodeDecodeError as problem:
        raise Unreadable(file=path.name, kind="not in UTF-8") from problem
    except (
        ValueError,
        RecursionError,
    ) as problem:  # a broken file names its line and column
        raise Unreadable(
            file=path.name, kind="broken file", detail=str(problem)[:200]
        ) from problem
