"""Frozen values out of rows, by the names of the columns and never by their position."""

from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Row, Select

from cbs_desktop.store.schema import Base

V = TypeVar("V")
NamedRow: TypeAlias = Row[*tuple[Any, ...]]  # columns are known by name, not by type
NamedSelect: TypeAlias = Select[*tuple[Any, ...]]  # that gives such rows
RowValues = dict[str, Any]  # of a row, by column


def value_of(kind: type[V], row: NamedRow) -> V:
    """A value whose fields are named as the row's columns; TypeError where a name is missing or unknown."""
    return kind(**row._mapping)


def columns_of(row: NamedRow, table: type[Base]) -> RowValues:
    """The columns of one table by name, from a row that may hold those of others as well."""
    return {column.name: row._mapping[column] for column in table.__table__.columns}
