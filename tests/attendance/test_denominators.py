"""The traps of a denominator, in a real office from joining to the sum: cancelled, joined late, changed groups, two on a day."""

from datetime import timedelta

import pytest

from cbs_desktop.attendance import actions, queries
from cbs_desktop.attendance.person_record import record_of
from cbs_desktop.attendance.session_record import SessionRecord
from cbs_desktop.errors import RuleBroken
from cbs_desktop.facilitators import actions as facilitators
from cbs_desktop.facilitators.rules import FacilitatorDetails
from cbs_desktop.groups import actions as groups
from tests.attendance.test_actions import STARTS
from ui.vocabulary import completion_sum

WEEK = timedelta(days=7)


@pytest.fixture
def season(office, grouped, calendar):
    """Two groups whose fifteen sessions are over; the ids of the groups."""
    made = grouped(26)
    calendar.day = STARTS + 20 * WEEK
    return made


@pytest.fixture
def mark_all(office):
    """Everybody expected is present at the sessions that are named by their places, else at all."""

    def present(group, places=range(15), letter=""):
        for place in places:
            column = office.ask(queries.grid, group).columns[place]
            if column.status != "cancelled":
                office.do(actions.mark_all, column.id, letter)

    return present


def row_of(office, group, person):
    rows = office.ask(queries.grid, group).rows
    return next(row for row in rows if row.person_id == person)


def stands(office, group, person):
    found = row_of(office, group, person).completion
    return found.attended, found.held, found.needed, found.state


def cancel(office, group, *places):
    for place in places:
        session = office.ask(queries.grid, group).columns[place].id
        record = SessionRecord("cancelled", setback="funeral")
        office.do(actions.record_session, session, record)


def test_a_cancelled_session_leaves_the_denominator(office, season, mark_all):
    group = season[0]
    cancel(office, group, 3, 9)
    mark_all(group)
    first = office.ask(queries.grid, group).rows[0]
    assert stands(office, group, first.person_id) == (13, 13, 11, "complete")
    assert completion_sum(first.completion) == (
        "13 of 13 held, 100 %; rule 80 %, 11 sessions"
    )


def test_the_share_is_never_rounded_up_to_a_rule_that_was_missed(
    office, season, mark_all
):
    group = season[0]
    cancel(office, group, 0)
    mark_all(group, range(1, 15), "P")
    row = office.ask(queries.grid, group).rows[0]
    for column in office.ask(queries.grid, group).columns[1:4]:
        office.do(actions.mark, column.id, row.person_id, "A")
    found = row_of(office, group, row.person_id).completion
    assert (found.attended, found.held, found.needed) == (11, 14, 12)
    assert (found.share, found.state) == (79, "nearly")


def test_who_joined_at_session_three_missed_the_two_before(
    office, season, mark_all, screened, moves_to
):
    group = season[0]
    (late,) = moves_to(screened(1, sector="Cyuve"), "Muhoza")
    third = office.ask(queries.grid, group).columns[2].day
    office.do(groups.add_late, late, group, third)
    mark_all(group)
    row = row_of(office, group, late)
    assert row.marks[:3] == ("–", "–", "P")
    assert stands(office, group, late) == (13, 15, 12, "complete")
    grid = office.ask(queries.grid, group)
    assert grid.expected[0] == grid.expected[2] - 1
    with pytest.raises(RuleBroken) as refused:
        office.do(actions.mark, grid.columns[1].id, late, "P")
    assert refused.value.facts["rule"] == "not expected"


def test_who_changed_groups_brings_what_was_attended(office, season, mark_all):
    first, second = season
    mover = office.ask(queries.grid, first).rows[0].person_id
    mark_all(first, range(5))
    day = office.ask(queries.grid, second).columns[5].day
    office.do(groups.transfer, mover, second, day)
    mark_all(second)
    assert stands(office, second, mover) == (15, 15, 12, "complete")
    assert row_of(office, second, mover).marks[:5] == ("–",) * 5
    old = row_of(office, first, mover)
    assert old.marks[5] == "–" and old.left_on == day


def test_the_record_of_a_person_has_every_group(office, season, mark_all):
    first, second = season
    mover = office.ask(queries.grid, first).rows[0].person_id
    mark_all(first, range(5))
    day = office.ask(queries.grid, second).columns[5].day
    office.do(groups.transfer, mover, second, day)
    mark_all(second)
    now, before = office.ask(record_of, mover)
    assert (now.group_id, before.group_id) == (second, first)
    assert now.completion.attended == 15 and before.left_on == day
    assert [one.mark for one in before.sessions] == ["P"] * 5 + ["–"] * 10
    assert [one.mark for one in now.sessions] == ["–"] * 5 + ["P"] * 10


def test_a_session_that_both_groups_held_counts_once(office, season, mark_all):
    first, second = season
    mover = office.ask(queries.grid, first).rows[0].person_id
    mark_all(first, range(5))
    fourth = office.ask(queries.grid, second).columns[3]
    office.do(groups.transfer, mover, second, fourth.day + timedelta(days=1))
    # the new group holds its fourth session later: the person came to a fourth one twice
    later = SessionRecord("held", fourth.day + timedelta(days=2))
    office.do(actions.record_session, fourth.id, later)
    mark_all(second)
    assert row_of(office, second, mover).marks[2:4] == ("–", "P")
    assert stands(office, second, mover)[:2] == (15, 15)


def test_two_sessions_on_one_day_are_two(office, season, mark_all):
    group = season[0]
    grid = office.ask(queries.grid, group)
    day = grid.columns[6].day
    catch_up = SessionRecord("held", day)
    office.do(actions.record_session, grid.columns[7].id, catch_up)
    mark_all(group)
    after = office.ask(queries.grid, group)
    assert after.columns[6].day == after.columns[7].day == day
    assert stands(office, group, after.rows[0].person_id)[:2] == (15, 15)


def test_a_facilitator_is_no_participant_of_their_group(office, season, musanze):
    group = season[0]
    grid = office.ask(queries.grid, group)
    member = grid.rows[0].person_id
    somebody = FacilitatorDetails("MUKAMANA", "Rose", "F", "", musanze)
    facilitator = office.do(facilitators.register_facilitator, somebody)
    record = SessionRecord("held", STARTS, facilitators=(facilitator,))
    office.do(actions.record_session, grid.columns[0].id, record)
    office.do(actions.mark_all, grid.columns[0].id)
    after = office.ask(queries.grid, group)
    assert after.expected[0] == after.came[0] == len(grid.rows)
    assert member in {row.person_id for row in after.rows}


def test_a_postponed_session_is_still_to_come(office, season, mark_all):
    group = season[0]
    mark_all(group, range(14))
    session = office.ask(queries.grid, group).columns[14].id
    record = SessionRecord("postponed", setback="rain or road")
    office.do(actions.record_session, session, record)
    found = office.ask(queries.grid, group).rows[0].completion
    assert (found.attended, found.held, found.remaining) == (14, 14, 1)


def test_a_held_session_without_a_mark_is_not_attended(office, season, mark_all):
    group = season[0]
    mark_all(group)
    grid = office.ask(queries.grid, group)
    person = grid.rows[0].person_id
    for column in grid.columns[:4]:
        office.do(actions.correct, column.id, person, "", "wrong person")
    assert stands(office, group, person) == (11, 15, 12, "nearly")
