"""The content of an instrument file that somebody brings: TOML, or an XLSForm."""

from collections.abc import Callable, Iterator
from pathlib import Path

from cbs_desktop.errors import Unreadable
from cbs_desktop.outside import toml_file
from cbs_desktop.screening import instrument_parser


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
    return toml_file.content(path, "too big for one")


def parts(path: Path, progress: Callable[[int, int], None]) -> Iterator[object]:
    """In the child: the content, once the parser went through all of it without a fault."""
    found = content(path)
    instrument_parser.instrument(found, path.name)
    yield found
