"""The day on which groups meet: what people and facilitators gave, never Sunday by itself, another one when it is chosen."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from cbs_desktop.attendance import queries as attendance
from cbs_desktop.errors import Invalid, Missing
from cbs_desktop.groups import actions, eligible, forming, rules
from cbs_desktop.groups import queries as groups
from cbs_desktop.groups.allocation import solver
from cbs_desktop.groups.allocation.facilitators import _meeting_days
from cbs_desktop.groups.proposals import proposing

STARTS = date(2026, 3, 9)
WEEK = timedelta(days=7)


def test_sunday_is_no_day_unless_nobody_can_come_on_another():
    assert _meeting_days(None) == frozenset(range(6))
    assert _meeting_days(frozenset()) == frozenset(range(6))
    assert _meeting_days(frozenset({3, 6})) == {3}
    assert _meeting_days(frozenset({6})) == {6}


def proposed(office, round_id, screened, count=13):
    screened(count)
    problem = office.ask(eligible.instance, round_id)
    return office.do(
        proposing.propose, round_id, problem, solver.solve(problem, Random(1)), 1
    )


def test_a_day_is_chosen_when_groups_are_accepted(office, round_id, screened):
    proposal = proposed(office, round_id, screened)
    with pytest.raises(Invalid):
        office.do(proposing.accept, proposal, 1, STARTS, 7)
    (group,) = office.do(proposing.accept, proposal, 1, STARTS, 6)
    found = office.ask(groups.group, group)
    assert found.row.weekday == 6
    assert {day.weekday() for _number, day, _phase in found.sessions} == {6}


def days_of(office, group):
    return [column.planned_on for column in office.ask(attendance.grid, group).columns]


def test_all_sessions_to_come_move_to_another_day_and_back(office, grouped, calendar):
    (group,) = grouped(13)
    calendar.day = STARTS + 2 * WEEK
    before = days_of(office, group)
    office.do(forming.reschedule, group, 5, 3)
    after = days_of(office, group)
    assert after[:4] == before[:4]
    assert {day.weekday() for day in after[4:]} == {3}
    assert after[4] == before[4] - timedelta(days=before[4].weekday() - 3)
    assert after == sorted(after) and len(set(after)) == 15
    assert office.ask(groups.group, group).row.weekday == 3
    office.undo()
    assert days_of(office, group) == before
    assert office.ask(groups.group, group).row.weekday == before[0].weekday()


def test_a_session_never_moves_before_today_or_the_session_before_it(
    office, grouped, calendar
):
    (group,) = grouped(13)
    calendar.day = STARTS + 2 * WEEK + timedelta(days=2)
    office.do(forming.reschedule, group, 4, 1)
    assert min(days_of(office, group)[3:]) >= calendar.day
    office.do(forming.shift, group, 5, days_of(office, group)[5], False)
    office.do(forming.reschedule, group, 6, 0)
    after = days_of(office, group)
    assert after == sorted(after) and len(set(after)) == 15
    with pytest.raises(Missing):
        office.do(forming.reschedule, group, 1, 3)
    with pytest.raises(Missing):
        office.do(forming.reschedule, 12345, 5, 3)
    with pytest.raises(Invalid):
        office.do(forming.reschedule, group, 6, 9)


def test_the_practice_season_meets_on_no_sunday(practice):
    found = practice.ask(groups.groups)
    assert len(found) == 62 and {one.weekday for one in found} <= set(range(6))


def test_a_session_on_a_holiday_is_a_week_later_or_in_its_week_as_the_programme_says():
    from cbs_desktop.groups.calendar.rules import FreeDays

    tuesday = date(2026, 4, 7)
    free = (FreeDays("Holiday", span=((4, 7), (4, 7))),)
    later = rules.session_dates(tuesday, 1, 7, 3, free)
    assert later == [tuesday + WEEK, tuesday + 2 * WEEK, tuesday + 3 * WEEK]
    there = rules.session_dates(tuesday - WEEK, 1, 7, 4, free, same_week=True)
    assert there == [
        tuesday - WEEK,
        tuesday - timedelta(days=1),
        tuesday + WEEK,
        tuesday + 2 * WEEK,
    ]
    first = rules.session_dates(tuesday, 1, 7, 2, free, same_week=True)
    assert first == [
        tuesday + timedelta(days=1),
        tuesday + WEEK,
    ]  # not before it starts
    week = (FreeDays("Week", span=((4, 6), (4, 12))),)
    none = rules.session_dates(tuesday, 1, 7, 1, week, same_week=True)
    assert none == [tuesday + WEEK]
    moved = rules.shifted([tuesday - WEEK] * 3, tuesday - WEEK, True, 7, free, True)
    assert moved == there[:3]


def test_the_programme_decides_in_the_office(office, round_id, screened):
    programme_id, known = office.ask(groups.preferences)
    with pytest.raises(Invalid):
        wrong = replace(known, free_days="sunday")
        office.do(actions.set_preferences, programme_id, wrong)
    kept = replace(known, free_days="same week")
    office.do(actions.set_preferences, programme_id, kept)
    assert office.ask(groups.preferences) == (programme_id, kept)
    proposal = proposed(office, round_id, screened)
    (group,) = office.do(
        proposing.accept, proposal, 1, STARTS, 4
    )  # Good Friday is free
    days = days_of(office, group)
    assert date(2026, 4, 2) in days and date(2026, 4, 3) not in days
    assert len({day.isocalendar()[:2] for day in days}) == 15
