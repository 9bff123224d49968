"""Putting back what an act changed, from its entries in the journal; an act of before the lists had tables counts too."""

from itertools import groupby

from sqlalchemy import Connection, Table

from cbs_desktop.errors import Stale
from cbs_desktop.store import journal, lists, row_sql, schema
from cbs_desktop.store.journal import Act, Fields
from cbs_desktop.store.row_sql import Statement
from cbs_desktop.store.values import NamedRow

Rows = list[NamedRow]  # entries of the journal


# founding, backups, accounts, and what left on paper or in a file: nothing a person would take back
_NOT_UNDONE = ("office.", "keeping.", "exports.")


def undoable(link: Connection, account: str) -> tuple[Act | None, Act | None]:
    """The act this person would take back next, and the undo that would be taken back by Redo."""
    rows = link.exec_driver_sql(
        f"{journal.ACT} WHERE account = ? ORDER BY id DESC LIMIT 500", (account,)
    ).all()
    done: list[Act] = []
    undone: list[Act] = []
    for act in map(journal.act_of, reversed(rows)):
        if act.undoes is None:
            if not act.action.startswith(_NOT_UNDONE):
                done.append(act)
            undone.clear()
        elif undone and act.undoes == undone[-1].id:
            undone.pop()
            done.append(act)
        else:
            done = [a for a in done if a.id != act.undoes]
            undone.append(act)
    return (done[-1] if done else None), (undone[-1] if undone else None)


def inverse(link: Connection, act: Act) -> None:
    """Put back what an act changed, last entry first. Stale when something of it was changed since: then nothing is."""
    by_name = {table.name: table for table in schema.tables()}
    end = act.first + act.entries
    entries = link.exec_driver_sql(
        f"SELECT tbl, op, before, after, key FROM entry WHERE seq >= {act.first} AND seq < {end} ORDER BY seq DESC"
    )
    rows = list(entries.all())
    for name in {row.tbl for row in rows}:
        if lists.is_list(by_name[name]):
            _need_lists_as_left(link, name, rows, end)
    for (name, _op), group in groupby(rows, key=lambda row: (row.tbl, row.op)):
        table = by_name[name]
        if not table.info.get("keeps"):
            _undo_run(link, table, list(group))


def _need_lists_as_left(link: Connection, name: str, rows: Rows, end: int) -> None:
    """Stale when a list of which the act changed a value holds others since: a list is one thing to whoever typed it."""
    since = link.exec_driver_sql(
        f"SELECT key FROM entry WHERE seq >= {end} AND tbl = ? AND NOT (tbl = 'mark' AND op = '+')"
        " GROUP BY key HAVING sum(CASE op WHEN '+' THEN 1 ELSE -1 END) <> 0",
        (name,),
    )
    changed = {_record_of(key) for (key,) in since}
    for row in rows:
        if row.tbl == name and _record_of(row.key) in changed:
            raise Stale(what=name)


def _record_of(key: str) -> str:
    """The id of the record, in the key of a row of a list."""
    return key.partition(",")[0]


def _undo_run(link: Connection, table: Table, rows: Rows) -> None:
    """Undo neighbouring entries of one table and kind; every row must still be as the act left it."""
    from sqlalchemy.exc import IntegrityError

    try:
        for row in rows:
            _undo_row(link, table, row)
    except IntegrityError as problem:
        raise Stale(what=table.name) from problem


def _undo_row(link: Connection, table: Table, row: NamedRow) -> None:
    before = journal.fields_of(table, row.key, row.before)
    after = journal.fields_of(table, row.key, row.after)
    lists_before = lists.take_lists(table, before)
    lists_after = lists.take_lists(table, after)
    tables = lists.lists_of(table)
    for name, left in lists_after.items():
        if lists.stored(link, tables[name], int(row.key)) != left:
            raise Stale(what=table.name)
        lists.replace(link, tables[name], int(row.key), ())
    if before or after:
        undo = _UNDO[row.op]
        statement, values = undo(
            table,
            row.key,
            journal.as_values(table, before),
            journal.as_values(table, after),
        )
        if link.exec_driver_sql(statement, tuple(values)).rowcount != 1:
            raise Stale(what=table.name)
    for name, values in lists_before.items():
        lists.replace(link, tables[name], int(row.key), values)


def _undo_insert(table: Table, key: str, _before: Fields, after: Fields) -> Statement:
    return row_sql.still(row_sql.delete(table, key), after)


def _undo_update(table: Table, key: str, before: Fields, after: Fields) -> Statement:
    return row_sql.still(row_sql.update(table, key, before), after)


def _undo_delete(table: Table, _key: str, before: Fields, _after: Fields) -> Statement:
    return row_sql.insert(table, before)


_UNDO = {"+": _undo_insert, "~": _undo_update, "-": _undo_delete}
