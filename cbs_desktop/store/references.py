"""Rows that refer to a row of another table: handed over to a row that takes its place, and given back later.

Which tables refer to it is read from their foreign keys, so that a new room is part of it by itself. Rows of the table
itself that refer to one another are left to its room, and the lists of a record (`store.lists`) are part of it: they are
taken out, compared and put back with it, by their names beside the columns. A row that the new
owner has already (the same primary key or unique constraint) is set aside, and comes back when it is given back.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    LargeBinary,
    RowMapping,
    Table,
    UniqueConstraint,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from cbs_desktop.store import lists
from cbs_desktop.store.schema import Base
from cbs_desktop.text import read_day, write_day

Fields = dict[str, Any]  # of a row, by column, as JSON takes them
Target = type[Base]
States = dict[str, list[object]]  # by column: before and after
_Row = RowMapping | Fields
_Column = Column[Any]
_Condition = ColumnElement[bool]


@dataclass
class HandedOver:
    """What became of the rows, by table: the keys and owners of those that were moved, and those set aside whole."""

    moved: dict[str, list[Fields]] = field(default_factory=dict)
    set_aside: dict[str, list[Fields]] = field(default_factory=dict)

    def as_json(self) -> Fields:
        """For `json.dumps`."""
        return asdict(self)


def hand_over(link: Connection, target: Target, old: int, new: int) -> HandedOver:
    """Every row that refers to `old` of the target refers to `new` from now on."""
    made = HandedOver()
    for table, owners in _referring(target):
        concerned = or_(*(owner == old for owner in owners))
        rows = link.execute(select(table).where(concerned)).mappings()
        for row in rows.all():
            before = {owner.name: row[owner.name] for owner in owners}
            after = _owned({**before}, old, new)
            if after is None or _is_there(link, table, {**row, **after}, row):
                _set_aside(link, table, row, made)
            else:
                _change(link, table, row, after)
                moved = made.moved.setdefault(table.name, [])
                moved.append({**_key(table, row), **before})
    return made


def _set_aside(
    link: Connection, table: Table, row: RowMapping, into: HandedOver
) -> None:
    link.execute(delete(table).where(_is_row(table, row)))
    rows = into.set_aside.setdefault(table.name, [])
    rows.append(_stored(table, row))


def _key(table: Table, row: RowMapping) -> Fields:
    return {column.name: row[column.name] for column in table.primary_key.columns}


def give_back(
    link: Connection, target: Target, handed: HandedOver, old: int, new: int
) -> None:
    """The opposite, though the rows may have changed since: those that `new` still has go back to `old`."""
    for table, owners in _referring(target):
        names = [owner.name for owner in owners]
        for kept in handed.moved.get(table.name, []):
            before = {name: kept[name] for name in names}
            now = _owned({**before}, old, new)
            assert now is not None, "what was moved has two owners"
            row = _row(link, table, {**kept, **now})
            if row is None or any(row[name] != now[name] for name in names):
                continue
            if not _is_there(link, table, {**row, **before}, row):
                _change(link, table, row, before)
        for kept in handed.set_aside.get(table.name, []):
            row = _loaded(table, kept)
            if not _is_there(link, table, row, None) and _stands(link, table, row):
                link.execute(insert(table).values(**row))


def count(link: Connection, target: Target, keys: Iterable[int]) -> dict[str, int]:
    """How many rows refer to one of these ids, by table; tables without one are left out."""
    wanted = list(keys)
    found: dict[str, int] = {}
    for table, owners in _referring(target):
        concerned = or_(*(owner.in_(wanted) for owner in owners))
        rows = link.execute(select(func.count()).select_from(table).where(concerned))
        if number := rows.scalar_one():
            found[table.name] = number
    return found


def count_each(link: Connection, target: Target) -> dict[int, dict[str, int]]:
    """How many rows refer to each id, by id and table."""
    found: dict[int, dict[str, int]] = {}
    for table, owners in _referring(target):
        for owner in owners:
            columns = select(owner, func.count()).where(owner.is_not(None))
            for key, number in link.execute(columns.group_by(owner)):
                mine = found.setdefault(key, {})
                mine[table.name] = mine.get(table.name, 0) + number
    return found


def move(link: Connection, target: Target, rows: _Condition, owners: Fields) -> None:
    """New owners for the rows that fulfil a condition."""
    table = _table(target)
    for row in link.execute(select(table).where(rows)).mappings().all():
        _change(link, table, row, owners)


def take_out(link: Connection, target: Target, key: int) -> Fields:
    """Delete a row to which nothing refers any more, with its lists; what they held."""
    table = _table(target)
    (column,) = table.primary_key.columns
    held = state(link, target, key)
    for each in lists.lists_of(table).values():
        lists.replace(link, each, key, ())
    link.execute(delete(table).where(column == key))
    return held


def put_back(link: Connection, target: Target, kept: Fields) -> None:
    """Enter a row that was taken out, with its lists."""
    table = _table(target)
    link.execute(insert(table).values(**_loaded(table, kept)))
    (column,) = table.primary_key.columns
    for name, each in lists.lists_of(table).items():
        values = lists.as_values(each, kept.get(name))
        lists.replace(link, each, kept[column.name], values)


def state(link: Connection, target: Target, key: int) -> Fields:
    """A row of the target and its lists, as JSON keeps them."""
    table = _table(target)
    (column,) = table.primary_key.columns
    row = link.execute(select(table).where(column == key)).mappings().one()
    fields = _stored(table, row)
    for name, each in lists.lists_of(table).items():
        fields[name] = lists.stored(link, each, key)
    return fields


def changed(before: Fields, after: Fields) -> States:
    """The columns and lists in which two states of a row differ, with both values."""
    states: States = {}
    for name, one in before.items():
        other = after[name]
        if one != other:
            states[name] = [one, other]
    return states


def restore(link: Connection, target: Target, key: int, states: States) -> None:
    """Put back the columns and lists that still are as a change left them; `states` as `changed` gives them."""
    table = _table(target)
    (column,) = table.primary_key.columns
    now = state(link, target, key)
    tables = lists.lists_of(table)
    values: Fields = {}
    for name, (before, after) in states.items():
        if name in tables:
            _restore_list(link, tables[name], key, before, after)
        elif now[name] == after:
            values[name] = _from_json(table.columns[name], before)
    if values:
        link.execute(update(table).where(column == key).values(**values))


def _restore_list(
    link: Connection, table: Table, key: int, before: object, after: object
) -> None:
    if lists.stored(link, table, key) == lists.as_values(table, after):
        lists.replace(link, table, key, lists.as_values(table, before))


def _table(target: Target) -> Table:
    return Base.metadata.tables[target.__tablename__]


def _referring(target: Target) -> list[tuple[Table, list[_Column]]]:
    """Tables with the columns that hold an id of the target, parents first."""
    owner_of = _table(target)
    found: list[tuple[Table, list[_Column]]] = []
    for table in Base.metadata.sorted_tables:
        if table is owner_of or lists.is_list(table):
            continue
        keys = table.foreign_keys
        owners = [key.parent for key in keys if key.column.table is owner_of]
        if owners:
            owners.sort(key=lambda owner: list(table.columns).index(owner))
            found.append((table, owners))
    return found


def _owned(owners: Fields, old: int, new: int) -> Fields | None:
    """The owners after the change, the lower first where there are two; None for somebody paired with themselves."""
    ids = set(owners.values()) - {old} | {new}
    if len(ids) < len(owners):
        return None
    return dict(zip(owners, sorted(ids), strict=True))


def _change(link: Connection, table: Table, row: _Row, owners: Fields) -> None:
    """New owners of a row; one whose key they are part of is entered anew, as the journal tells rows by their key."""
    if owners.keys().isdisjoint(table.primary_key.columns.keys()):
        link.execute(update(table).where(_is_row(table, row)).values(**owners))
    else:
        link.execute(delete(table).where(_is_row(table, row)))
        link.execute(insert(table).values(**{**row, **owners}))


def _is_row(table: Table, row: _Row) -> _Condition:
    return _has(table.primary_key.columns, row)


def _has(columns: Iterable[_Column], row: _Row) -> _Condition:
    return and_(*(column == row[column.name] for column in columns))


def _row(link: Connection, table: Table, row: Fields) -> _Row | None:
    return link.execute(select(table).where(_is_row(table, row))).mappings().first()


def _is_there(
    link: Connection,
    table: Table,
    row: _Row,
    itself: _Row | None,
) -> bool:
    """Whether another row stands where this one is to be."""
    unique = [_is_row(table, row)]
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            unique.append(_has(constraint.columns, row))
    for column in table.columns:
        if column.unique:
            unique.append(column == row[column.name])
    others = select(table).where(or_(*unique))
    if itself is not None:
        others = others.where(~_is_row(table, itself))
    return link.execute(others).first() is not None


def _stands(link: Connection, table: Table, row: Fields) -> bool:
    """Whether all that a row refers to is still there."""
    for key in table.foreign_keys:
        value = row[key.parent.name]
        there = select(key.column).where(key.column == value)
        if value is not None and link.execute(there).first() is None:
            return False
    return True


def _stored(table: Table, row: _Row) -> Fields:
    """A row as JSON keeps it: days as text, sealed values in hexadecimal."""
    return {column.name: _as_json(row[column.name]) for column in table.columns}


def _as_json(value: object) -> object:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, date):
        return write_day(value)
    return value


def _loaded(table: Table, kept: Fields) -> Fields:
    return {
        column.name: _from_json(column, kept[column.name])
        for column in table.columns
        if column.name in kept
    }


def _from_json(column: _Column, value: object) -> object:
    if not isinstance(value, str):
        return value
    if isinstance(column.type, LargeBinary):
        return bytes.fromhex(value)
    if column.type.python_type is date:
        return read_day(value)
    return value
