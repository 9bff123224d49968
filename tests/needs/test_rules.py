"""Whom to visit, who never came, and which day suits a group: by hand, at every border."""

from datetime import date, timedelta

import pytest

from cbs_desktop.needs import rules
from cbs_desktop.needs.rules import Attended, DayDoubt

FIRST = date(2026, 3, 9)  # a Monday


COUNTS = {"P": "came", "L": "came", "E": "excused", "A": "absent", " ": ""}


def held(marks):
    return [
        Attended(FIRST + timedelta(days=7 * week), COUNTS[mark])
        for week, mark in enumerate(marks)
    ]


@pytest.mark.parametrize(
    ("in_a_row", "visited", "expected"),
    [
        (1, None, False),
        (2, None, True),
        (2, 6, True),  # the day before the last absence
        (2, 7, False),  # on its day
        (2, 9, False),
        (3, 7, True),  # another absence after the visit
    ],
)
def test_a_visit_answers_for_the_absences_up_to_its_day(in_a_row, visited, expected):
    day = None if visited is None else FIRST + timedelta(days=visited)
    absences = held("A" * in_a_row)
    assert rules.needs_visit(absences, in_a_row, day) is expected


def test_who_came_last_and_who_never_did():
    assert rules.last_came(held("PLEA")) == FIRST + timedelta(days=7)
    assert rules.last_came(held("EA ")) is None
    assert rules.never_came(held("A")) == 0
    assert rules.never_came(held("AE")) == 2
    assert rules.never_came(held("A P")) == 0
    without_register = [Attended(FIRST, "", marked=False), Attended(FIRST, "")]
    assert rules.never_came(without_register) == 0


def test_a_day_is_doubted_when_more_than_half_said_they_cannot_come():
    no_answer, monday, friday = frozenset(), frozenset({0}), frozenset({4})
    assert rules.said_day(4, [monday, friday]) is None
    found = rules.said_day(4, [monday, monday, friday])
    assert found == DayDoubt(2, 3, 0)
    assert rules.said_day(4, [monday, no_answer, no_answer]) is None
    assert rules.said_day(4, []) is None
    both = [monday, monday, frozenset({1}), frozenset({1})]
    assert rules.said_day(6, both) == DayDoubt(4, 4, 0)
    assert rules.said_day(0, [frozenset({one}) for one in (1, 2, 3)]).better == 1
    assert rules.said_day(1, [frozenset({one}) for one in (0, 2, 3)]).better == 0


def test_a_day_is_doubted_when_more_came_on_another():
    monday, tuesday = FIRST, FIRST + timedelta(days=1)
    week = timedelta(days=7)
    few = [(monday, 4, 12), (monday + week, 5, 12)]
    many = [(tuesday, 9, 12), (tuesday + week, 10, 12)]
    assert rules.seen_day(0, [*few, *many]) == DayDoubt(62, 100, 1, seen=True)
    assert rules.seen_day(0, few) is None  # no other day to compare with
    assert rules.seen_day(0, [*few, many[0]]) is None  # once says nothing
    assert rules.seen_day(1, [*few, *many]) is None
    assert rules.seen_day(3, [*few, *many]) is None


def test_outcomes_are_codes_with_words():
    assert "not met" in rules.OUTCOMES and not rules.OUTCOMES["not met"].met
    assert all(outcome.word for outcome in rules.OUTCOMES.values())
