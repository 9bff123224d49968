"""What a typed place means: levels, paths, spelling."""

from cbs_desktop.errors import Fault
from cbs_desktop.text import clean, text_faults

DISTRICT = 2
SECTOR = 3
SEPARATOR = " › "


def path(parent_path: str, name: str, level: int) -> str:
    """The path shown for a place: from the district down, since the office knows its province."""
    if level > DISTRICT:
        return SEPARATOR.join(filter(None, (parent_path, name)))
    return name


def place_faults(name: str) -> list[Fault]:
    """What is wrong with a new place's name."""
    return text_faults("place", clean(name), needed=True, most=60)
