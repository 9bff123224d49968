"""SQL for one row of any table, by the fields that the journal keeps of it. Keys are the journal's: its columns with commas."""

from sqlalchemy import Table

from cbs_desktop.store import journal
from cbs_desktop.store.journal import Fields

Statement = tuple[str, list[object]]


def has_key(table: Table) -> str:
    """Whether a row has the key given as text. A key of one column is asked for as that column has it, by its index."""
    columns = list(table.primary_key.columns)
    if len(columns) > 1:
        return f"{journal.key_of(table)} = ?"
    kind = "TEXT" if columns[0].type.python_type is str else "INTEGER"
    return f'"{columns[0].name}" = CAST(? AS {kind})'


def insert(table: Table, fields: Fields) -> Statement:
    """A new row."""
    names = ", ".join(f'"{name}"' for name in fields)
    marks = ", ".join("?" * len(fields))
    statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'
    return statement, list(fields.values())


def update(table: Table, key: str, fields: Fields) -> Statement:
    """Other values for the row with a key."""
    sets = ", ".join(f'"{name}" = ?' for name in fields)
    statement = f'UPDATE "{table.name}" SET {sets} WHERE {has_key(table)}'
    return statement, [*fields.values(), key]


def delete(table: Table, key: str) -> Statement:
    """The row with a key goes."""
    return f'DELETE FROM "{table.name}" WHERE {has_key(table)}', [key]


def still(statement: Statement, fields: Fields) -> Statement:
    """The statement, for a row that still has these values only."""
    text, values = statement
    for name in fields:
        text += f' AND "{name}" IS ?'
    return text, [*values, *fields.values()]
