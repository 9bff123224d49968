"""Connections of the program refuse what would change the schema or the journal, whatever statement it is."""

import pytest
from sqlalchemy.exc import DatabaseError

from cbs_desktop import settings

REFUSED = [
    "DROP TRIGGER journal_person_update",
    "CREATE TRIGGER quiet AFTER INSERT ON mark BEGIN SELECT 1; END",
    "DROP TABLE person",
    "ALTER TABLE person ADD COLUMN tribe TEXT",
    "CREATE TABLE copied AS SELECT * FROM person",
    "CREATE VIEW people AS SELECT * FROM person",
    "DROP INDEX ix_person_place_id",
    "ATTACH ':memory:' AS other",
    "UPDATE act SET account = 'somebody'",
    "DELETE FROM act",
    "UPDATE entry SET after = NULL",
    "DELETE FROM entry WHERE seq = 1",
    "INSERT OR REPLACE INTO entry SELECT * FROM entry LIMIT 1",
    "PRAGMA writable_schema = ON",
    "PRAGMA recursive_triggers = OFF",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_the_writer_refuses(office, statement):
    with office._writer.connect() as link, pytest.raises(DatabaseError):
        link.exec_driver_sql(statement)
    assert office.check().well


def test_the_reader_writes_nothing(office):
    with (
        office._reader.connect() as link,
        pytest.raises(DatabaseError, match="readonly"),
    ):
        link.exec_driver_sql("DELETE FROM alembic_version")


def test_what_the_program_does_goes_on(office):
    office.do(settings.set_value, "office", "Later")
    office.undo()
    assert office.check().well
