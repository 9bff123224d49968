"""Lists of a record, each in a table of its own: a row says that the record has one value of the list.

Such a table is declared with `info={"list": NAME}` and has two columns, both its key: the id of the record, which refers to
the record's table, and the value. NAME is what the list is called beside the columns of the record. Until schema 0014
these lists were columns of that name with commas between the values, and entries of the journal from then still are.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Table, delete, insert, select
from sqlalchemy.orm import InstrumentedAttribute

from cbs_desktop.store.schema import Base
from cbs_desktop.store.values import RowValues

V = TypeVar("V", str, int)
Values = list[Any]  # of one list of one record: texts or whole numbers, in their order


def of_each(
    link: Connection, value: InstrumentedAttribute[V]
) -> dict[int, tuple[V, ...]]:
    """The lists of all records by id, each in order; `value` as in `PersonDay.weekday`. Empty lists are left out."""
    owner = owner_of(_table_of(value))
    found: dict[int, list[V]] = {}
    statement = select(owner, value).order_by(owner, value)
    for key, one in link.execute(statement):
        found.setdefault(key, []).append(one)
    return {key: tuple(values) for key, values in found.items()}


def of_one(
    link: Connection, value: InstrumentedAttribute[V], key: int
) -> tuple[V, ...]:
    """The list of one record, in order."""
    return tuple(stored(link, _table_of(value), key))


def put(
    link: Connection, value: InstrumentedAttribute[V], key: int, wanted: Iterable[V]
) -> None:
    """The list of a record from now on; nothing is written where it is so already."""
    replace(link, _table_of(value), key, wanted)


def put_new(
    link: Connection,
    value: InstrumentedAttribute[V],
    records: Iterable[tuple[int, Sequence[V]]],
) -> None:
    """The lists of records that have none yet, by id."""
    rows: list[tuple[int, V]] = []
    for key, values in records:
        if values:
            rows += [(key, one) for one in dict.fromkeys(values)]
    _insert(link, _table_of(value), rows)


def is_list(table: Table) -> bool:
    """Whether the rows of a table are lists of records of another one."""
    return "list" in table.info


@cache
def lists_of(record: Table) -> dict[str, Table]:
    """The lists that records of a table have, by name."""
    found: dict[str, Table] = {}
    for table in Base.metadata.tables.values():
        if is_list(table):
            (key,) = table.foreign_keys
            if key.column.table is record:
                found[table.info["list"]] = table
    return found


def owner_of(table: Table) -> Column[int]:
    """The column of a list that refers to the record."""
    (key,) = table.foreign_keys
    return key.parent


def value_of_key(table: Table, key: str) -> object:
    """The value in a row of a list, from the row's key as the journal writes it."""
    _owner, _comma, value = key.partition(",")
    return _kind(table)(value)


def stored(link: Connection, table: Table, key: int) -> Values:
    """What a list holds of one record, in order."""
    value = _value(table)
    mine = select(value).where(owner_of(table) == key)
    return list(link.scalars(mine.order_by(value)))


def replace(link: Connection, table: Table, key: int, wanted: Iterable[object]) -> None:
    """Make a list of one record hold these values, and nothing else."""
    new = set(wanted)
    old = set(stored(link, table, key))
    gone = old - new
    if gone:
        mine = delete(table).where(owner_of(table) == key)
        link.execute(mine.where(_value(table).in_(gone)))
    _insert(link, table, [(key, one) for one in sorted(new - old, key=str)])


def as_values(table: Table, kept: object) -> Values:
    """A list as JSON keeps it, in order: the values, or a text of before with commas between them."""
    if not kept:
        return []
    if isinstance(kept, str):
        kept = kept.split(",")
    assert isinstance(kept, list)
    return sorted(set(map(_kind(table), kept)))


def take_lists(record: Table, fields: RowValues) -> dict[str, Values]:
    """The lists among the fields of a record, by name; they are taken out of the fields."""
    taken: dict[str, Values] = {}
    for name, table in lists_of(record).items():
        if name in fields:
            taken[name] = as_values(table, fields.pop(name))
    return taken


def _table_of(value: InstrumentedAttribute[V]) -> Table:
    return Base.metadata.tables[value.class_.__tablename__]


def _value(table: Table) -> Column[Any]:
    owner = owner_of(table)
    (value,) = (column for column in table.columns if column is not owner)
    return value


def _kind(table: Table) -> type[Any]:
    return _value(table).type.python_type


def _insert(link: Connection, table: Table, rows: Sequence[tuple[int, object]]) -> None:
    if not rows:
        return
    names = (owner_of(table).name, _value(table).name)
    link.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows])
