"""Taking back what an act changed, and doing it again: the entries turned round, the last first."""

from itertools import groupby

from sqlalchemy import Connection, Table

from cbs_desktop.errors import Stale
from cbs_desktop.store import journal, schema
from cbs_desktop.store.values import NamedRow

# founding, backups and accounts: nothing a person would take back
_NOT_UNDONE = ("office.", "keeping.")


def undoable(
    link: Connection, account: str
) -> tuple[journal.Act | None, journal.Act | None]:
    """The act this person would take back next, and the undo that would be taken back by Redo."""
    rows = link.exec_driver_sql(
        f"{journal.ACTS} WHERE account = ? ORDER BY id DESC LIMIT 500", (account,)
    ).all()
    done: list[journal.Act] = []
    undone: list[journal.Act] = []
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


def inverse(link: Connection, act: journal.Act) -> None:
    """Put back what an act changed, last entry first. Stale when something of it was changed since: then nothing is."""
    by_name = {table.name: table for table in schema.tables()}
    rows = link.exec_driver_sql(
        f"SELECT tbl, op, before, after, key FROM entry WHERE seq >= {act.first} AND seq < {act.first + act.entries}"
        " ORDER BY seq DESC"
    ).all()
    for (name, op), group in groupby(rows, key=lambda row: (row.tbl, row.op)):
        table = by_name[name]
        if not table.info.get("keeps"):
            _undo_run(link, table, op, list(group))


def _undo_run(link: Connection, table: Table, op: str, rows: list[NamedRow]) -> None:
    """Undo neighbouring entries of one table and kind; every row must still be as the act left it."""
    from sqlalchemy.exc import IntegrityError

    try:
        for row in rows:
            statement, values = _UNDO[op](table, row)
            if link.exec_driver_sql(statement, tuple(values)).rowcount != 1:
                raise Stale(what=table.name)
    except IntegrityError as problem:
        raise Stale(what=table.name) from problem


def _load(table: Table, row: NamedRow, text: str) -> journal.Fields:
    """The fields of an entry as the table takes them."""
    return journal.as_values(table, journal.fields_of(table, row.key, text))


def _equal(fields: journal.Fields) -> str:
    return " AND ".join(f'"{name}" IS ?' for name in fields)


def _undo_insert(table: Table, row: NamedRow) -> tuple[str, list[object]]:
    made = _load(table, row, row.after)
    return f'DELETE FROM "{table.name}" WHERE {_equal(made)}', list(made.values())


def _undo_update(table: Table, row: NamedRow) -> tuple[str, list[object]]:
    before = _load(table, row, row.before)
    after = _load(table, row, row.after)
    sets = ", ".join(f'"{name}" = ?' for name in before)
    key = " || ',' || ".join(f'"{c.name}"' for c in table.primary_key.columns)
    if len(table.primary_key.columns) > 1:
        where = f"{key} = ?"
    else:
        where = f"{key} = CAST(? AS {_affinity(table)})"
    statement = f'UPDATE "{table.name}" SET {sets} WHERE {where} AND {_equal(after)}'
    return statement, [*before.values(), row.key, *after.values()]


def _affinity(table: Table) -> str:
    if next(iter(table.primary_key.columns)).type.python_type is str:
        return "TEXT"
    return "INTEGER"


def _undo_delete(table: Table, row: NamedRow) -> tuple[str, list[object]]:
    gone = _load(table, row, row.before)
    columns = ", ".join(f'"{name}"' for name in gone)
    marks = ", ".join("?" * len(gone))
    return f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})', list(
        gone.values()
    )


_UNDO = {"+": _undo_insert, "~": _undo_update, "-": _undo_delete}
