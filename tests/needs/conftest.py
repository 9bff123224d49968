"""A group of 13 that meets on Mondays and has had three sessions."""

from datetime import date, timedelta

import pytest

from cbs_desktop.attendance import actions, queries

STARTS = date(2026, 3, 9)


@pytest.fixture
def group(office, grouped, calendar):
    (made,) = grouped(13)
    calendar.day = STARTS + timedelta(days=15)
    return made


@pytest.fixture
def grid(office, group):
    return lambda: office.ask(queries.grid, group)


@pytest.fixture
def marked(office, grid):
    """Marks of one person at the first sessions, by letters; everybody else came. A point leaves a session alone."""

    def make(letters, person=0):
        now = grid()
        for column, letter in zip(now.columns, letters, strict=False):
            if letter == ".":
                continue
            office.do(actions.mark, column.id, now.rows[person].person_id, letter)
            office.do(actions.mark_all, column.id)
        return now.rows[person]

    return make
