"""The designs there are: the program's files, each read once; a file that is wrong is named and the others keep working."""

from dataclasses import dataclass
from functools import lru_cache

from cbs_desktop import resource
from cbs_desktop.certificates import design_parser
from cbs_desktop.certificates.design import Design
from cbs_desktop.errors import Fault, Invalid, Missing, OfficeProblem, Unreadable

_FOLDER = "certificates/designs"


@dataclass(frozen=True, slots=True)
class ListedDesign:
    """A design in the list of the office, or why its file cannot be used."""

    key: str
    design: Design | None
    problem: OfficeProblem | None = None


@lru_cache(maxsize=32)
def design(key: str) -> Design:
    """A design by its key. Missing without a file, Invalid or Unreadable when the file is wrong."""
    if key not in resource.names(_FOLDER, ".toml"):
        raise Missing(what="design", id=key)
    file = f"{key}.toml"
    found = design_parser.design(resource.toml(*_FOLDER.split("/"), file), file)
    if found.key != key:
        raise Invalid([Fault(f"{file} key", "not the name of the file")])
    return found


def listed() -> list[ListedDesign]:
    """All designs in the order of their keys."""
    return [_listed(key) for key in resource.names(_FOLDER, ".toml")]


def _listed(key: str) -> ListedDesign:
    try:
        return ListedDesign(key, design(key))
    except (Invalid, Unreadable) as problem:
        return ListedDesign(key, None, problem)
