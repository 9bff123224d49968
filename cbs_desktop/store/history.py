"""What happened to rows, told from the journal; a list of a record is told as one field of it, before and after."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection, Table

from cbs_desktop.store import lists, schema
from cbs_desktop.store.journal import ACT, Act, Fields, act_of, fields_of
from cbs_desktop.store.lists import Values

Key = tuple[str, str]  # of a row: its table, and its key as the journal writes it
_ENTRIES = (
    f"SELECT tbl, key AS entry_key, op, before, after, a.* FROM entry JOIN ({ACT}) a ON a.id = act"
    " WHERE NOT (tbl = 'mark' AND op = '+') AND tbl = ?"
)


@dataclass(frozen=True, slots=True)
class Told:
    """What an act did to a row: the fields that differ, before and after; none before a new one, none after one that went.

    Values are as JSON keeps them; those of a list are a Python list.
    """

    act: Act
    row: Key
    before: Fields
    after: Fields


def history(link: Connection, keys: list[Key]) -> list[Told]:
    """What happened to rows, oldest first."""
    tables = {table.name: table for table in schema.tables()}
    found: list[Told] = []
    for name, key in keys:
        table = tables[name]
        found += _of_row(link, table, key)
        for list_name, each in lists.lists_of(table).items():
            _tell_list(link, found, (name, key), (list_name, each))
    return sorted(found, key=lambda one: one.act.id)


def _of_row(link: Connection, table: Table, key: str) -> Iterator[Told]:
    rows = link.exec_driver_sql(
        f"{_ENTRIES} AND key = ? ORDER BY seq", (table.name, key)
    )
    for row in rows:
        before = fields_of(table, key, row.before)
        after = fields_of(table, key, row.after)
        yield Told(act_of(row), (table.name, key), before, after)


def _tell_list(
    link: Connection, found: list[Told], row: Key, which: tuple[str, Table]
) -> None:
    """Add what became of a list of a row: to what the same act did to the row itself, else on its own."""
    name, table = which
    beside = {one.act.id: one for one in found if one.row == row}
    for act, before, after in _changes(link, table, int(row[1])):
        told = beside.get(act.id)
        if told is None:
            found.append(Told(act, row, {name: before}, {name: after}))
            continue
        if told.before:
            told.before[name] = before
        if told.after:
            told.after[name] = after


def _changes(
    link: Connection, table: Table, key: int
) -> Iterator[tuple[Act, Values, Values]]:
    """Acts that changed a list of one record, latest first: from what it holds now, back through the entries."""
    rows = link.exec_driver_sql(
        f"{_ENTRIES} AND key > ? AND key < ? ORDER BY seq DESC",
        (table.name, f"{key},", f"{key}-"),  # - comes after the comma
    )
    now = set(lists.stored(link, table, key))
    for _act, entries in groupby(rows.all(), key=attrgetter("id")):
        after = sorted(now)
        last = None
        for entry in entries:
            value = lists.value_of_key(table, entry.entry_key)
            if entry.op == "+":
                now.discard(value)
            else:
                now.add(value)
            last = entry
        before = sorted(now)
        if last is not None and before != after:
            yield act_of(last), before, after


def first_noted(link: Connection, table: str, key: str) -> str:
    """The moment (UTC, ISO) at which a row was entered first; "" where the journal has nothing of it."""
    found = link.exec_driver_sql(
        "SELECT at FROM entry JOIN act ON act.id = entry.act WHERE tbl = ? AND key = ?"
        " AND NOT (tbl = 'mark' AND op = '+') ORDER BY seq LIMIT 1",
        (table, key),
    ).scalar()
    return str(found or "")


_SCANNED = 20_000  # entries that are looked through from the end: a morning's work is a few hundred


def first_mark(link: Connection, key: str) -> list[Told]:
    """The act that put a first mark, whose entry stands in no index: one look through the journal."""
    table = next(one for one in schema.tables() if one.name == "mark")
    rows = link.exec_driver_sql(
        f"SELECT tbl, key AS entry_key, op, before, after, a.* FROM entry JOIN ({ACT}) a ON a.id = act"
        " WHERE tbl = 'mark' AND op = '+' AND key = ? ORDER BY seq",
        (key,),
    )
    found: list[Told] = []
    for row in rows:
        after = fields_of(table, key, row.after)
        found.append(Told(act_of(row), ("mark", key), {}, after))
    return found


def last_key(link: Connection, table: str, account: str) -> str:
    """The key of the row of a table that an account wrote last; "" where that is too long ago to matter."""
    found = link.exec_driver_sql(
        "SELECT key FROM entry JOIN act ON act.id = entry.act WHERE tbl = ? AND account = ?"
        f" AND seq > (SELECT max(seq) FROM entry) - {_SCANNED} ORDER BY seq DESC LIMIT 1",
        (table, account),
    ).scalar()
    return str(found or "")
