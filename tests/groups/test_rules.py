"""Dates, names, facilitators."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbs_desktop.groups import rules


@pytest.mark.parametrize(
    ("number", "name"), [(1, "A"), (2, "B"), (3, "A 2"), (6, "B 3")]
)
def test_names_go_round(number, name):
    assert rules.group_name(["A", "B"], number) == name


@given(
    st.dates(date(2025, 1, 1), date(2029, 1, 1)),
    st.integers(0, 6),
    st.integers(0, 6),
    st.integers(0, 120),
)
def test_another_weekday_never_reaches_into_the_past(starts, weekday, other, passed):
    today = starts + timedelta(days=passed)
    to_come = [
        day for day in rules.session_dates(starts, weekday, 7, 15, ()) if day > today
    ]
    if not to_come:
        return
    days = rules.days_after(to_come, today, other, 7, ())
    assert len(days) == len(to_come) and days == sorted(days)
    assert {day.weekday() for day in days} == {other} and days[0] > today


def test_another_weekday_stays_in_the_week_that_was_planned():
    planned = [date(2026, 5, 4), date(2026, 5, 11)]  # Mondays
    assert rules.days_after(planned, date(2026, 4, 30), 3, 7, ()) == [
        date(2026, 5, 7),
        date(2026, 5, 14),
    ]


def test_what_an_office_prefers_is_one_of_the_words():
    assert rules.preference_faults(rules.Preferences()) == []
    wrong = rules.Preferences(**dict.fromkeys(rules.SOFT, "a little"))
    assert [fault.field for fault in rules.preference_faults(wrong)] == list(rules.SOFT)
    (fault,) = rules.preference_faults(rules.Preferences(undivided="drop"))
    assert fault.field == "undivided"


@pytest.mark.parametrize(
    ("km", "fits"), [(0, True), (100, True), (-1, False), (101, False), (2.5, False)]
)
def test_an_area_is_whole_kilometres_up_to_a_hundred(km, fits):
    faults = rules.preference_faults(rules.Preferences(area_km=km))
    assert [fault.field for fault in faults] == ([] if fits else ["area_km"])
