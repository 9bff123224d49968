"""Imports what an office needs, beside the sign-in window, while the password is typed."""

from collections.abc import Callable
from importlib import import_module

from PySide6.QtCore import QObject

from ui import collection
from ui.work import Work

# In the order in which they are needed; each brings in what stands below it.
NEEDED = (
    "cryptography.hazmat.primitives.kdf.argon2",
    "cryptography.hazmat.primitives.ciphers.aead",
    "cryptography.hazmat.backends.openssl.backend",  # behind every signature
    "cbs_desktop.store.migrate",
    "cbs_desktop.store.guard",
    "cbs_desktop.store.connections",
    "cbs_desktop.entrance",
    "cbs_desktop.store.laptop",
    "cbs_desktop.overview.queries",
    "cbs_desktop.office",
    "ui.main_window",
    "ui.overview.home",
)


def begin(owner: QObject) -> Work:
    """Import them in a thread of their own; opening an office waits for what it needs and no longer."""
    return _beside(owner, import_all)


def begin_rest(owner: QObject) -> Work:
    """Import the screens of all places beside the first one; a place that is opened earlier waits for its own."""
    return _beside(owner, import_places)


def _beside(owner: QObject, imports: Callable[[], None]) -> Work:
    work = Work(owner, imports, then=_set_aside, failed=_ignore, takes_progress=False)
    work.start()
    return work


def import_all() -> None:
    """Import everything that is needed until Home is painted."""
    for name in NEEDED:
        import_module(name)
    from cbs_desktop import rooms

    rooms.open_all()


def import_places() -> None:
    """Import what the places of the window need when they are opened first."""
    from ui.destinations import DESTINATIONS

    for destination in DESTINATIONS:
        destination.screen()


def _set_aside(_none: None) -> None:
    collection.set_aside()


def _ignore(_outcome: object) -> None:
    """What cannot be imported is told when the office is opened: there it stands in the way."""
