"""Imports every room once, so that all tables, actions and queries are known."""

from importlib import import_module
from importlib.util import find_spec

ROOMS = (
    "places",
    "programmes",
    "participants",
    "facilitators",
    "screening",
    "groups",
    "attendance",
    "certificates",
    "reports",
)
FLOORS = ("tables", "actions", "queries")


def open_all() -> None:
    """Import the tables, actions and queries of all rooms."""
    from cbs_desktop.store import schema

    for room in ROOMS:
        for floor in FLOORS:
            if find_spec(f"cbs_desktop.{room}.{floor}"):
                import_module(f"cbs_desktop.{room}.{floor}")
    schema.place_in_rooms()
