"""Letters of the office's own, remarks, corrections with a reason, and the history of a cell."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cbs_desktop.attendance import actions, queries
from cbs_desktop.attendance.session_record import CLOSES_AFTER
from cbs_desktop.errors import Invalid, Missing, RuleBroken
from cbs_desktop.programmes import queries as programmes
from cbs_desktop.programmes.marks import AttendanceMark, MarkSet
from tests.attendance.test_actions import STARTS

MADE_UP = AttendanceMark("M", "came", "made up", "rattrapé(e)")


@pytest.fixture
def programme(office):
    ((programme_id, rules),) = office.ask(programmes.programmes)
    return programme_id, rules.marks


@pytest.fixture
def grid(office, grouped, calendar):
    (group,) = grouped(13)
    calendar.day = STARTS + timedelta(days=15)
    return lambda: office.ask(queries.grid, group)


@pytest.fixture
def where(grid):
    """The first cell: session and person."""
    found = grid()
    return found.columns[0].id, found.rows[0].person_id


def test_a_letter_of_the_office_counts_as_it_says(office, grid, where, programme):
    programme_id, marks = programme
    with pytest.raises(Invalid):
        office.do(actions.mark, *where, "M")
    own = MarkSet((*marks.every, MADE_UP))
    office.do(actions.change_marks, programme_id, own)
    office.do(actions.mark, *where, "M")
    assert grid().marks == own
    assert grid().rows[0].completion.attended == 1 and grid().came[0] == 1
    absent = MarkSet((*marks.every, replace(MADE_UP, counts="absent")))
    office.do(actions.change_marks, programme_id, absent)
    assert grid().rows[0].completion.attended == 0
    assert grid().rows[0].absent_in_a_row == 1
    office.undo()
    assert grid().rows[0].completion.attended == 1


def test_a_letter_that_stands_in_a_register_stays(office, where, programme):
    programme_id, marks = programme
    office.do(actions.change_marks, programme_id, MarkSet((*marks.every, MADE_UP)))
    office.do(actions.mark, *where, "M")
    with pytest.raises(RuleBroken) as refused:
        office.do(actions.change_marks, programme_id, marks)
    assert refused.value.facts == {"rule": "mark in use", "letter": "M"}
    office.do(actions.mark, *where, "P")
    office.do(actions.change_marks, programme_id, marks)
    with pytest.raises(Missing):
        office.do(actions.change_marks, programme_id + 9, marks)
    with pytest.raises(Invalid):
        office.do(actions.change_marks, programme_id, MarkSet(marks.every[:1]))


def test_all_others_get_the_usual_letter_of_the_programme(office, grid, programme):
    programme_id, marks = programme
    own = MarkSet((MADE_UP, *marks.every))
    office.do(actions.change_marks, programme_id, own)
    assert office.do(actions.mark_all, grid().columns[0].id) == 13
    assert {row.marks[0] for row in grid().rows} == {"M"}


def test_a_table_of_marks_knows_the_letters_of_its_programme(office, where, programme):
    with pytest.raises(Invalid):
        office.do(actions.mark_many, [(*where, "M")])
    programme_id, marks = programme
    office.do(actions.change_marks, programme_id, MarkSet((*marks.every, MADE_UP)))
    assert office.do(actions.mark_many, [(*where, "M")]) == 1


def test_a_remark_stands_beside_the_mark(office, grid, where):
    office.do(actions.mark, *where, "L")
    office.do(actions.remark, *where, "  came with her  baby ")
    assert grid().remarks == {where: "came with her baby"}
    assert office.ask(queries.cell, *where).remark == "came with her baby"
    office.do(actions.remark, *where, "")
    assert grid().remarks == {}
    office.undo()
    assert grid().remarks == {where: "came with her baby"}
    with pytest.raises(Invalid):
        office.do(actions.remark, *where, "x" * 81)
    with pytest.raises(Missing):
        office.do(actions.remark, where[0], 12345, "nobody")


def test_a_register_typed_long_ago_is_corrected_with_a_reason(
    office, grid, where, calendar
):
    office.do(actions.mark, *where, "P")
    calendar.day += timedelta(days=CLOSES_AFTER)
    office.do(actions.mark, *where, "A")
    calendar.day += timedelta(days=1)
    assert office.ask(queries.cell, *where).closed
    for change in (
        lambda: office.do(actions.mark, *where, "P"),
        lambda: office.do(actions.mark, *where, ""),
        lambda: office.do(actions.mark_many, [(*where, "P")]),
    ):
        with pytest.raises(RuleBroken) as refused:
            change()
        assert refused.value.facts["rule"] == "closed session"
    assert grid().rows[0].marks[0] == "A"
    with pytest.raises(Invalid):
        office.do(actions.correct, *where, "P", "because")
    office.do(actions.correct, *where, "P", "typing error")
    assert grid().rows[0].marks[0] == "P"
    office.do(actions.mark_many, [(*where, "L")], corrects=True)
    assert grid().rows[0].marks[0] == "L"


def test_whoever_was_not_marked_yet_needs_no_reason(office, grid, where, calendar):
    office.do(actions.mark, *where, "P")
    calendar.day += timedelta(days=CLOSES_AFTER + 1)
    second = grid().rows[1].person_id
    office.do(actions.mark, where[0], second, "A")
    office.do(actions.mark_many, [(*where, "P")])  # what it is already
    assert grid().rows[1].marks[0] == "A"


def test_the_history_of_a_cell_tells_every_change(office, where, calendar):
    assert office.ask(queries.cell, *where).changes == ()
    office.do(actions.mark, *where, "P")
    office.do(actions.mark, *where, "A")
    office.undo()
    calendar.day += timedelta(days=CLOSES_AFTER + 1)
    office.do(actions.correct, *where, "E", "told by the facilitator")
    found = office.ask(queries.cell, *where)
    pairs = [(change.before, change.after) for change in found.changes]
    assert pairs == [("P", "E"), ("A", "P"), ("P", "A"), ("", "P")]
    latest, undone = found.changes[:2]
    assert "told by the facilitator" in latest.done
    assert undone.done.startswith("Undo: ")
    assert latest.account == "coordinator"


def test_where_somebody_marked_last(office, grid, where, sign_in):
    assert office.ask(queries.last_marked) is None
    found = grid()
    office.do(actions.mark, *where, "P")
    office.do(actions.mark, where[0], found.rows[4].person_id, "A")
    last = (found.group_id, where[0], found.rows[4].person_id)
    assert office.ask(queries.last_marked) == last
    office.close()
    assert sign_in("coordinator").ask(queries.last_marked) == last
