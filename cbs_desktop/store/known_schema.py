"""The schema that this version of the program makes: what is beside it, or not as it should be, is named."""

import re
from functools import cache

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from cbs_desktop.store import engine, journal, schema, search

_BLANKS = re.compile(r"\s+")
_TRIGGER = re.compile(r"CREATE TRIGGER (\w+)")
_OWN = ("sqlite_",)  # what SQLite keeps for itself, as it sees fit
Objects = dict[str, str]  # "table person" → its SQL, blanks apart


def strange(link: Connection) -> list[str]:
    """Triggers that are missing or not as they should be, and triggers and views that the program never makes. Quick:
    asked before anything is written to a file."""
    there = _objects(link, "type IN ('trigger', 'view')")
    return _differing(_triggers(), there)


def differing(link: Connection) -> list[str]:
    """Tables, indexes, triggers and views that are missing, not as this version makes them, or beside them."""
    return _differing(_made(), _objects(link, "sql IS NOT NULL"))


def _differing(wanted: Objects, there: Objects) -> list[str]:
    names = sorted(wanted.keys() | there.keys())
    return [name for name in names if wanted.get(name) != there.get(name)]


@cache
def _triggers() -> Objects:
    """The triggers of this version, known from the code alone."""
    found = {
        f"trigger {name}": _plain(sql)
        for table in schema.tables()
        for name, sql in journal.triggers(table).items()
    }
    for statement in (*journal.DDL, *search.DDL, *search.NAMES_DDL):
        if named := _TRIGGER.match(statement):
            found[f"trigger {named[1]}"] = _plain(statement)
    return found


@cache
def _made() -> Objects:
    """The whole schema, as the steps make it in a database of memory."""
    from cbs_desktop.store import migrate

    link = engine.driver.connect(":memory:", isolation_level=None)
    journal.bind(link, lambda: 1)
    made = create_engine(
        "sqlite://", module=engine.driver, creator=lambda: link, poolclass=StaticPool
    )
    with made.begin() as connection:
        migrate.run(connection)
        journal.install(connection)
        found = _objects(connection, "sql IS NOT NULL")
    link.close()
    return found


def _objects(link: Connection, where: str) -> Objects:
    rows = link.exec_driver_sql(
        f"SELECT type || ' ' || name, name, sql FROM sqlite_master WHERE {where}"
    )
    return {key: _plain(sql) for key, name, sql in rows if not name.startswith(_OWN)}


def _plain(sql: str) -> str:
    """SQL without its line breaks and its quotes around names, which versions of the tools write in their own ways."""
    return _BLANKS.sub(" ", sql.replace('"', "")).strip()
