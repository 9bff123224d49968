"""Every row held against the journal: what its entries say is undone, the latest first, until nothing is left of it.

A row that somebody changed, put in or took away beside the program does not fit what its latest entries say. A row whose
table a new version of the program rebuilt is known by `Restated`: its undoing ends there, at a digest.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeAlias

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import IntegrityError

from cbs_desktop.errors import Stale
from cbs_desktop.store import journal, row_sql, schema
from cbs_desktop.store.engine import Driver
from cbs_desktop.store.journal import Fields

_GONE = "gone"  # the digest of a row that is not there
_Values: TypeAlias = tuple[Any, ...]  # of one row, as its statement names them
_AT_ONCE = 2_000  # rows fetched together


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A row that is not as the journal tells. `kind`: changed (with the fields that differ), missing, beside (there is no
    entry of it). `state` is the row now as `journal.state_of` gives it, None for no row."""

    table: str
    key: str
    kind: str
    state: str | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    seq: int
    op: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class _Restated:
    """Up to which entry a row was restated, and its digest then."""

    seq: int
    digest: str


class _Differs(Exception):
    """An entry does not fit the row; the fields in which it does not."""


def differences(link: Connection, tables: Iterable[Table]) -> Iterator[RowDifference]:
    """The rows of these tables that are not as the journal tells, in the order of their keys."""
    for table in tables:
        known = _restated(link, table)
        for key, state, entries in _beside_each_other(link, table):
            restated = known.pop(key, None)
            if _is_first(state, entries, restated):
                continue
            if found := _compare(table, key, state, entries, restated):
                yield found
        for key, left in known.items():  # no row, and no entry ever
            if left.digest != _GONE:
                yield RowDifference(table.name, key, "missing", None)


def restate(link: Connection, found: Iterable[RowDifference]) -> None:
    """These rows are known as they are now; the entries until here no longer speak for them."""
    tables = {table.name: table for table in schema.tables()}
    last = link.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM entry").scalar_one()
    rows = [
        {
            "tbl": each.table,
            "key": each.key,
            "seq": last,
            "digest": _digest_of(tables[each.table], each),
        }
        for each in found
    ]
    if rows:
        statement = insert(schema.Restated)
        new = {"seq": statement.excluded.seq, "digest": statement.excluded.digest}
        keys = ["tbl", "key"]
        link.execute(
            statement.on_conflict_do_update(index_elements=keys, set_=new), rows
        )


def put_back(link: Connection, found: RowDifference) -> RowDifference:
    """Make a row what its entries tell, and the row then; fields that they do not speak of stay. Stale where other rows
    stand in the way."""
    table = next(each for each in schema.tables() if each.name == found.table)
    now = journal.fields_of(table, found.key, found.state)
    wanted = _told(link, table, found.key, now)
    try:
        _write(link, table, found.key, now, wanted)
    except IntegrityError as problem:
        raise Stale(what=table.name) from problem
    return replace(found, state=state_now(link, table, found.key))


def _told(link: Connection, table: Table, key: str, now: Fields) -> Fields:
    """The row that the entries of a key make; empty for none."""
    known = _restated(link, table).get(key)
    entries = link.exec_driver_sql(
        "SELECT op, after FROM entry WHERE tbl = ? AND key = ? AND seq > ? ORDER BY seq",
        (table.name, key, known.seq if known else 0),
    )
    made = now if known else {}
    for op, after in entries:
        if op == "-":
            made = {}
        else:
            made = {**made, **journal.fields_of(table, key, after)}
    return made


def _write(
    link: Connection, table: Table, key: str, now: Fields, wanted: Fields
) -> None:
    """One row of a table from `now` to `wanted`; empty is no row."""
    values = journal.as_values(table, wanted)
    if now and wanted:
        statement, given = row_sql.update(table, key, values)
    elif now:
        statement, given = row_sql.delete(table, key)
    elif wanted:
        statement, given = row_sql.insert(table, values)
    else:
        return
    link.exec_driver_sql(statement, tuple(given))


def _digest_of(table: Table, row: RowDifference) -> str:
    """What `Restated` keeps of a row as it is now."""
    if row.state is None:
        return _GONE
    return _digest(journal.fields_of(table, row.key, row.state))


def state_now(link: Connection, table: Table, key: str) -> str | None:
    """A row as `journal.state_of` gives it; None where there is none."""
    return link.exec_driver_sql(
        f'SELECT {journal.state_of(table, "t")} FROM "{table.name}" AS t WHERE {row_sql.has_key(table)}',
        (key,),
    ).scalar()


def _digest(fields: Fields) -> str:
    text = json.dumps(fields, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _is_first(
    state: str | None, entries: list[_Entry], known: _Restated | None
) -> bool:
    """Whether a row is as its only entry made it; so are nearly all, and they are not read any further."""
    return (
        known is None
        and len(entries) == 1
        and entries[0].op == "+"
        and entries[0].after is not None
        and entries[0].after == state
    )


def _compare(
    table: Table,
    key: str,
    state: str | None,
    entries: list[_Entry],
    known: _Restated | None,
) -> RowDifference | None:
    """The entries, the latest first, undone one after the other."""
    kind = "missing" if state is None else "changed"
    if not entries and known is None:
        return RowDifference(table.name, key, "beside", state)
    try:
        row = None if state is None else journal.fields_of(table, key, state)
        for entry in entries:
            if known is not None and entry.seq <= known.seq:
                break
            row = _undone(table, key, row, entry)
    except _Differs as differs:
        return RowDifference(table.name, key, kind, state, tuple(differs.args))
    except (ValueError, TypeError):
        return RowDifference(table.name, key, kind, state)
    before = _GONE if row is None else _digest(row)
    if before != (known.digest if known else _GONE):
        return RowDifference(table.name, key, kind, state)
    return None


def _undone(table: Table, key: str, row: Fields | None, entry: _Entry) -> Fields | None:
    """The row before an entry. _Differs where it is not as the entry left it."""
    before = journal.fields_of(table, key, entry.before)
    after = journal.fields_of(table, key, entry.after)
    erased = not before and not after
    if (row is None) != (entry.op == "-"):
        raise _Differs
    if row is not None and not erased:
        wrong = [name for name in after if row.get(name, _GONE) != after[name]]
        if entry.op == "+":
            wrong += [name for name in row if name not in after]
        if wrong:
            raise _Differs(*wrong)
    if entry.op == "+":
        return None
    return {**(row or {}), **before}


def _restated(link: Connection, table: Table) -> dict[str, _Restated]:
    rows = link.exec_driver_sql(
        "SELECT key, seq, digest FROM restated WHERE tbl = ?", (table.name,)
    )
    return {key: _Restated(seq, digest) for key, seq, digest in rows}


def _beside_each_other(
    link: Connection, table: Table
) -> Iterator[tuple[str, str | None, list[_Entry]]]:
    """Each row and its entries, the latest first: (key, the row or None, entries); both come in the order of keys."""
    rows = _rows(link, table)
    entries = groupby(_entries(link, table), key=itemgetter(0))
    row = next(rows, None)
    for key, group in entries:
        while row is not None and row[0] < key:
            yield row[0], row[1], []
            row = next(rows, None)
        mine = [_Entry(*each[1:]) for each in group]
        if row is not None and row[0] == key:
            yield key, row[1], mine
            row = next(rows, None)
        else:
            yield key, None, mine
    while row is not None:
        yield row[0], row[1], []
        row = next(rows, None)


def _rows(link: Connection, table: Table) -> Iterator[tuple[str, str]]:
    yield from _fetched(
        link,
        f"SELECT CAST({journal.key_of(table, 't')} AS TEXT) AS k, {journal.state_of(table, 't')}"
        f' FROM "{table.name}" AS t ORDER BY k',
    )


def _entries(link: Connection, table: Table) -> Iterator[_Values]:
    """(key, seq, op, before, after). First marks alone are not in the index of entries (`journal.DDL`)."""
    indexed = "" if table.name == "mark" else " AND NOT (tbl = 'mark' AND op = '+')"
    yield from _fetched(
        link,
        "SELECT key, seq, op, before, after FROM entry"
        f" WHERE tbl = '{table.name}'{indexed} ORDER BY key, seq DESC",
    )


def _fetched(link: Connection, statement: str) -> Iterator[_Values]:
    driver: Driver = link.connection.driver_connection
    rows = driver.execute(statement)
    while part := rows.fetchmany(_AT_ONCE):
        yield from part
