"""Values come out of rows by the names of the columns."""

from dataclasses import dataclass

import pytest
from sqlalchemy import create_engine, select, text, true

from cbs_desktop.store.schema import Series, Setting
from cbs_desktop.store.values import columns_of, value_of


@dataclass(frozen=True, slots=True)
class Pair:
    number: int
    name: str


def _row(columns):
    with create_engine("sqlite://").connect() as link:
        return link.execute(text(f"SELECT {columns}")).one()


def test_a_column_finds_its_field_wherever_it_stands():
    assert value_of(Pair, _row("'a' AS name, 1 AS number")) == Pair(1, "a")


@pytest.mark.parametrize(
    "columns", ["1 AS number", "1 AS number, 'a' AS name, 2 AS other"]
)
def test_a_missing_or_an_unknown_column_is_told(columns):
    with pytest.raises(TypeError):
        value_of(Pair, _row(columns))


def test_of_two_tables_in_a_row_each_gives_its_own_columns():
    """Both have a column of the same name."""
    setting = Setting.__table__
    series = Series.__table__
    with create_engine("sqlite://").connect() as link:
        for table in (setting, series):
            table.create(link)
        link.execute(setting.insert().values(key="office", value="here"))
        link.execute(series.insert().values(key="MU", last=7))
        both = select(setting, series).join_from(setting, series, true())
        row = link.execute(both).one()
    assert columns_of(row, Setting) == {"key": "office", "value": "here"}
    assert columns_of(row, Series) == {"key": "MU", "last": 7}
