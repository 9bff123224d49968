"""Opens the rooms: their tables are known then, and their problems have words."""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules, walk_packages

import cbs_desktop

_WITH_ACTIONS = frozenset(
    "accounts actions bulk forming half_typed joining lists looks proposing recording restricting safety sealing trust".split()
)


def open_all() -> None:
    """Import the tables of every room, and the words for its problems."""
    from cbs_desktop.store import schema

    _import_each("tables")
    schema.place_in_rooms()
    open_problems()


def open_problems() -> None:
    """Import the words for the problems of every room; needs no database."""
    _import_each("problems")


def open_actions(room: str) -> None:
    """Import the modules of a room that have its actions, so that they are known by their names."""
    path = import_module(f"cbs_desktop.{room}").__path__
    for module in walk_packages(path, f"cbs_desktop.{room}."):
        if module.name.rpartition(".")[2] in _WITH_ACTIONS:
            import_module(module.name)


def names() -> list[str]:
    """The packages of the office, rooms among them, in order."""
    found = iter_modules(cbs_desktop.__path__)
    return sorted(module.name for module in found if module.ispkg)


def _import_each(floor: str) -> None:
    for room in names():
        module = f"cbs_desktop.{room}.{floor}"
        if find_spec(module):
            import_module(module)
