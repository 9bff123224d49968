"""Compact entries of the journal: what was written comes back, is undone, and entries of older versions still count."""

import json

import pytest
import sqlcipher3.dbapi2
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from cbs_desktop import rooms
from cbs_desktop.attendance.tables import Mark
from cbs_desktop.participants.tables import Person
from cbs_desktop.store import journal, undo

rooms.open_all()
MARK = Mark.__table__
OLD = "json_object('session_id', new.session_id, 'person_id', new.person_id, 'value', new.value)"
KEY = b"k" * 32


@pytest.fixture(scope="module")
def link():
    """A database in memory with the table of marks and its journal."""
    engine = create_engine("sqlite://", module=sqlcipher3.dbapi2)
    with engine.connect() as link:
        journal.bind(link.connection.driver_connection, lambda: 1)
        link.exec_driver_sql(
            "CREATE TABLE mark (session_id INTEGER, person_id INTEGER, value TEXT,"
            " PRIMARY KEY (session_id, person_id)) WITHOUT ROWID"
        )
        for statement in journal.DDL:
            link.exec_driver_sql(statement)
        for statement in journal.triggers(MARK).values():
            link.exec_driver_sql(statement)
        yield link
        link.rollback()


def put(link, *values):
    """Enter one mark as an act of its own; the act."""
    _id, seq, _counter, _chain = journal.last(link)
    link.exec_driver_sql("INSERT INTO mark VALUES (?, ?, ?)", values)
    return journal.Act(1, "", "", 1, "x.y", {}, None, 0, seq + 1, 1)


def entry(link):
    return link.exec_driver_sql("SELECT * FROM entry ORDER BY seq DESC LIMIT 1").one()


whole = st.integers(min_value=-(2**62), max_value=2**62)


@settings(max_examples=300, deadline=None)
@given(whole, whole, st.text(st.characters(exclude_characters="\0", codec="utf-8")))
def test_what_was_written_comes_back_and_is_undone(link, session, person, value):
    link.exec_driver_sql("DELETE FROM mark")
    act = put(link, session, person, value)
    row = entry(link)
    written = {"session_id": session, "person_id": person, "value": value}
    assert journal.fields_of(MARK, row.key, row.after) == written
    undo.inverse(link, act)
    assert link.exec_driver_sql("SELECT count(*) FROM mark").scalar() == 0


def test_a_first_mark_is_journalled_by_its_letter_alone(link):
    link.exec_driver_sql("DELETE FROM mark")
    put(link, 7, 8, "P")
    row = entry(link)
    assert (row.tbl, row.key, row.op, row.before) == ("mark", "7,8", "+", None)
    assert row.after == "P"


def test_a_text_that_looks_like_json_is_kept_as_json(link):
    link.exec_driver_sql("DELETE FROM mark")
    put(link, 7, 8, '{"value": "A"}')
    assert json.loads(entry(link).after)["value"] == '{"value": "A"}'


def test_an_entry_of_an_older_version_is_undone_and_told(link):
    link.exec_driver_sql("DELETE FROM mark")
    new = journal.triggers(MARK)["journal_mark_insert"]
    old = new[: new.index("CASE")] + OLD + "); END"
    link.exec_driver_sql("DROP TRIGGER journal_mark_insert")
    link.exec_driver_sql(old)
    act = put(link, 7, 8, "L")
    link.exec_driver_sql("DROP TRIGGER journal_mark_insert")
    link.exec_driver_sql(new)
    row = entry(link)
    assert row.after.startswith("{")
    assert journal.fields_of(MARK, row.key, row.after)["value"] == "L"
    undo.inverse(link, act)
    assert link.exec_driver_sql("SELECT count(*) FROM mark").scalar() == 0


def test_only_narrow_tables_are_written_compactly():
    assert journal._only_text(MARK) == "value"
    assert journal._only_text(Person.__table__) is None


def test_a_changed_letter_breaks_the_chain(link):
    link.exec_driver_sql("DELETE FROM mark")
    act = put(link, 70, 80, "P")
    wanted = journal._link(KEY, b"", act, journal._entry_digests(link, act))
    link.exec_driver_sql("DROP TRIGGER keep_entry_UPDATE")
    link.exec_driver_sql("UPDATE entry SET after = 'A' WHERE seq = ?", (act.first,))
    changed = journal._link(KEY, b"", act, journal._entry_digests(link, act))
    assert wanted != changed and wanted[1] == changed[1] == 1
