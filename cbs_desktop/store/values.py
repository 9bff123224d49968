"""Frozen values out of rows, by the names of the columns and never by their position."""

from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Row

V = TypeVar("V")
NamedRow: TypeAlias = Row[*tuple[Any, ...]]  # columns are known by name, not by type
RowValues = dict[str, Any]  # of a row to be written, by column


def value_of(kind: type[V], row: NamedRow) -> V:
    """A value whose fields are named as the row's columns; TypeError where a name is missing or unknown."""
    return kind(**row._mapping)
