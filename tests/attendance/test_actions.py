"""Marks in a real office: each saved at once, by the rules of membership and session."""

from datetime import date, timedelta

import pytest

from cbs_desktop.attendance import actions, queries
from cbs_desktop.attendance.session_record import SessionRecord
from cbs_desktop.errors import Invalid, Missing, RuleBroken
from cbs_desktop.groups import actions as groups
from cbs_desktop.overview import queries as overview

STARTS = date(2026, 3, 9)


@pytest.fixture
def grid(office, grouped, calendar):
    (group,) = grouped(13)
    calendar.day = STARTS + timedelta(days=15)  # three sessions are due
    return lambda: office.ask(queries.grid, group)


def test_one_mark_holds_the_session_on_its_day(office, grid):
    first = grid()
    office.do(actions.mark, first.columns[0].id, first.rows[0].person_id, "P")
    now = grid()
    assert (now.columns[0].status, now.columns[0].held_on, now.rows[0].marks[0]) == (
        "held",
        STARTS,
        "P",
    )
    assert (now.came[0], now.expected[0]) == (1, 13)
    office.undo()
    assert grid().columns[0].status == "" and grid().rows[0].marks[0] == ""


def test_all_present_then_the_exceptions_and_clearing(office, grid):
    session = grid().columns[0].id
    person = grid().rows[4].person_id
    office.do(actions.mark, session, person, "A")
    assert office.do(actions.mark_all, session) == 12
    assert grid().rows[4].marks[0] == "A" and grid().came[0] == 12
    office.do(actions.mark, session, person, "")
    assert grid().rows[4].marks[0] == ""
    office.undo()
    assert grid().rows[4].marks[0] == "A"


def test_the_progress_of_the_season_counts_sessions_and_marks(office, grid):
    office.do(actions.mark_all, grid().columns[0].id)
    office.do(actions.mark, grid().columns[1].id, grid().rows[0].person_id, "A")
    progress = office.ask(queries.season)
    assert (progress.sessions, progress.held) == (15, 2)
    assert (progress.marks, progress.came) == (14, 13)


def test_a_person_from_another_group_brings_their_own_marks(office, grouped, calendar):
    first, second = grouped(26)
    calendar.day = STARTS + timedelta(days=15)
    before = office.ask(queries.grid, first)
    mover, stays = before.rows[:2]
    office.do(actions.mark, before.columns[0].id, mover.person_id, "L")
    office.do(actions.mark, before.columns[0].id, stays.person_id, "A")
    theirs = office.ask(queries.grid, second).columns[0].id
    office.do(actions.mark_all, theirs, "A")
    day = STARTS + timedelta(days=7)
    office.do(groups.transfer, mover.person_id, second, day)
    rows = {row.person_id: row for row in office.ask(queries.grid, second).rows}
    moved = rows.pop(mover.person_id)
    assert moved.marks[0] == "–" and moved.completion.attended == 1
    assert len(rows) == 13
    assert all(row.completion.attended == 0 for row in rows.values())


@pytest.mark.parametrize("value", ["X", "p", "PP"])
def test_strange_letters_are_refused(office, grid, value):
    with pytest.raises(Invalid):
        office.do(actions.mark, grid().columns[0].id, grid().rows[0].person_id, value)


def test_sessions_to_come_cancelled_or_of_others_are_refused(office, grid):
    now = grid()
    person = now.rows[0].person_id
    with pytest.raises(RuleBroken) as raised:
        office.do(actions.mark, now.columns[5].id, person, "P")
    assert raised.value.facts["rule"] == "session to come"
    cancelled = SessionRecord("cancelled", setback="funeral")
    office.do(actions.record_session, now.columns[1].id, cancelled)
    with pytest.raises(RuleBroken):
        office.do(actions.mark_all, now.columns[1].id)
    with pytest.raises(Missing):
        office.do(actions.mark, now.columns[0].id, 12345, "P")


def test_a_session_with_marks_is_not_cancelled(office, grid):
    session = grid().columns[0].id
    office.do(actions.mark_all, session)
    with pytest.raises(RuleBroken):
        office.do(actions.record_session, session, SessionRecord("cancelled"))
    with pytest.raises(Invalid):
        later = SessionRecord("held", date(2030, 1, 1))
        office.do(actions.record_session, session, later)
    record = SessionRecord(
        "held", STARTS + timedelta(days=1), ("Trust",), note="in the school"
    )
    office.do(actions.record_session, session, record)
    column = grid().columns[0]
    assert (column.day, column.phase, column.note) == (
        STARTS + timedelta(days=1),
        "Trust",
        "in the school",
    )


def test_registers_missing_on_home_until_they_are_typed_or_cancelled(office, grid):
    assert [one.number for one in office.ask(queries.unmarked)] == [1, 2, 3]
    todo = {one.code: one.count for one in office.ask(overview.today).todos}
    assert todo["registers missing"] == 3
    columns = grid().columns
    office.do(actions.mark_all, columns[0].id)
    office.do(actions.record_session, columns[1].id, SessionRecord("cancelled"))
    assert [one.number for one in office.ask(queries.unmarked)] == [3]


def test_absent_twice_in_a_row_is_on_home(office, grid):
    now = grid()
    for column in now.columns[:2]:
        office.do(actions.mark, column.id, now.rows[0].person_id, "A")
        office.do(actions.mark_all, column.id)
    todos = {one.code: one for one in office.ask(overview.today).todos}
    assert todos["absent twice"].example == now.rows[0].name


def test_many_marks_are_written_all_or_none(office, grid):
    now = grid()
    with pytest.raises(RuleBroken):
        office.do(
            actions.mark_many,
            [
                (now.columns[1].id, now.rows[0].person_id, "P"),
                (now.columns[9].id, now.rows[0].person_id, "P"),
            ],
        )
    assert grid().rows[0].marks[1] == ""
