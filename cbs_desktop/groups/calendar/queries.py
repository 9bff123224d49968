"""The days that are kept free in the office's country."""

from functools import lru_cache

from cbs_desktop import resource, settings
from cbs_desktop.action import Reading
from cbs_desktop.errors import Unreadable
from cbs_desktop.groups.calendar.rules import Calendar, from_file


@lru_cache(maxsize=8)
def _calendar(country: str) -> Calendar:
    if country not in resource.names("calendars", ".toml"):
        return ()
    name = f"{country}.toml"
    try:
        return from_file(resource.toml("calendars", name))
    except ValueError as problem:
        raise Unreadable(
            file=f"calendars/{name}", kind="broken resource", detail=str(problem)
        ) from problem


def calendar_of(reading: Reading) -> Calendar:
    """The calendar of the office's country; nothing is kept free where there is no file
    for it."""
    return _calendar(settings.read(reading, "country"))
