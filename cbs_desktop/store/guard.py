"""What a connection of the program never does, whatever statement reaches it: SQLite asks before it prepares one.

Triggers and tables stay as the steps made them, no other file is attached, and what the journal has is neither changed nor
removed. Steps to a new version run before the guard is set.
"""

from collections.abc import Callable

from cbs_desktop.store.engine import Driver, driver

_JOURNAL = frozenset({"act", "entry"})
_OFF = frozenset({"writable_schema", "recursive_triggers", "foreign_keys", "rekey"})
_NEVER = frozenset(
    {
        driver.SQLITE_ATTACH,
        driver.SQLITE_DETACH,
        driver.SQLITE_ALTER_TABLE,
        driver.SQLITE_CREATE_TABLE,
        driver.SQLITE_CREATE_INDEX,
        driver.SQLITE_CREATE_TRIGGER,
        driver.SQLITE_CREATE_VIEW,
        driver.SQLITE_CREATE_VTABLE,
        driver.SQLITE_DROP_TABLE,
        driver.SQLITE_DROP_INDEX,
        driver.SQLITE_DROP_TRIGGER,
        driver.SQLITE_DROP_VIEW,
        driver.SQLITE_DROP_VTABLE,
    }
)
_CHANGES = frozenset({driver.SQLITE_UPDATE, driver.SQLITE_DELETE})


def set_on(link: Driver, erasing: Callable[[], bool] = lambda: False) -> None:
    """From now on this connection refuses; but entries can be blanked while `erasing`."""

    def answer(
        what: int,
        first: str | None,
        second: str | None,
        database: str | None,
        trigger: str | None,
    ) -> int:
        if what == driver.SQLITE_UPDATE and first in _JOURNAL and erasing():
            return driver.SQLITE_OK
        return _answer(what, first, second, database, trigger)

    link.set_authorizer(answer)


def _answer(
    what: int,
    first: str | None,
    second: str | None,
    _database: str | None,
    _trigger: str | None,
) -> int:
    """Of SQLite's authorizer: 0 allows, SQLITE_DENY ends the statement with "not authorized"."""
    refused = (
        what in _NEVER
        or (what in _CHANGES and first in _JOURNAL)
        or (what == driver.SQLITE_PRAGMA and first in _OFF and second is not None)
    )
    return driver.SQLITE_DENY if refused else driver.SQLITE_OK
