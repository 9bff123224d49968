"""Days that are kept free, by country; sessions planned around them and shifted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbs_desktop import resource
from cbs_desktop.attendance import queries as attendance
from cbs_desktop.errors import Invalid, Missing
from cbs_desktop.groups import actions, forming, queries
from cbs_desktop.groups import rules as group_rules
from cbs_desktop.groups.calendar import rules

RWANDA, BURUNDI = (
    rules.from_file(resource.toml("calendars", f"{country}.toml"))
    for country in ("RW", "BI")
)


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        (1961, 4, 2),
        (2000, 4, 23),
        (2024, 3, 31),
        (2025, 4, 20),
        (2026, 4, 5),
        (2027, 3, 28),
        (2038, 4, 25),
        (2285, 3, 22),
    ],
)
def test_easter(year, month, day):
    assert rules.easter(year) == date(year, month, day)


def easter_by_table(year):
    """Another way to the same day: golden number and epact, as Knuth gives it (The Art of Computer Programming, 1.3.2)."""
    golden, century = year % 19 + 1, year // 100 + 1
    dropped, moon = 3 * century // 4 - 12, (8 * century + 5) // 25 - 5
    epact = (11 * golden + 20 + moon - dropped) % 30
    if epact == 24 or (epact == 25 and golden > 11):
        epact += 1
    full_moon = 44 - epact + 30 * (epact > 23)
    sunday = (5 * year // 4 - dropped - 10 + full_moon) % 7
    return date(year, 3, 1) + timedelta(days=full_moon + 6 - sunday)


def test_easter_of_every_year_is_the_same_by_another_way():
    for year in range(1900, 2400):
        assert rules.easter(year) == easter_by_table(year)


@pytest.mark.parametrize(
    ("day", "rwanda", "burundi"),
    [
        (date(2026, 4, 7), "Week of commemoration", ""),
        (date(2026, 4, 13), "Week of commemoration", ""),
        (date(2026, 4, 14), "", ""),
        (date(2026, 4, 3), "Good Friday", ""),
        (date(2026, 4, 6), "Easter Monday", "President Ntaryamira"),
        (date(2026, 5, 14), "", "Ascension"),
        (date(2026, 8, 7), "Umuganura", ""),
        (date(2026, 8, 14), "", ""),
        (date(2026, 2, 28), "Umuganda", ""),
        (date(2026, 2, 21), "", ""),
        (date(2026, 7, 4), "Liberation Day", ""),
        (date(2026, 10, 13), "", "Prince Rwagasore"),
        (date(2026, 12, 26), "Christmas", ""),
    ],
)
def test_what_is_kept_free_in_each_country(day, rwanda, burundi):
    assert (rules.kept_free(day, RWANDA), rules.kept_free(day, BURUNDI)) == (
        rwanda,
        burundi,
    )


@pytest.mark.parametrize(
    "line",
    [
        {"from": "01-01"},
        {"name": "x"},
        {"name": "x", "from": "13-01"},
        {"name": "x", "from": "02-03", "to": "02-01"},
        {"name": "x", "last": "Caturday"},
        {"name": "x", "easter": "soon"},
        {"name": "x", "from": "01-01", "easter": 1},
    ],
)
def test_a_broken_line_is_named(line):
    with pytest.raises(ValueError, match="free"):
        rules.from_file({"free": [line]})


@given(
    st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    st.integers(0, 6),
    st.sampled_from((RWANDA, BURUNDI, ())),
)
def test_sessions_fall_on_their_weekday_and_on_no_day_that_is_kept_free(
    starts, weekday, free
):
    days = group_rules.session_dates(starts, weekday, 7, 15, free)
    assert len(set(days)) == 15 and days == sorted(days) and days[0] >= starts
    assert {day.weekday() for day in days} == {weekday}
    assert not any(rules.kept_free(day, free) for day in days)
    skipped = {
        days[0] + timedelta(days=7 * k) for k in range((days[-1] - days[0]).days // 7)
    } - set(days)
    assert all(rules.kept_free(day, free) for day in skipped)


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(0, 60), st.booleans())
def test_what_is_shifted_stays_in_order(starts, later, rest):
    days = group_rules.session_dates(starts, starts.weekday(), 7, 10, RWANDA)
    to = days[0] + timedelta(days=later)
    found = group_rules.shifted(days, to, rest, 7, RWANDA)
    assert found[0] == to and found == sorted(set(found)) and len(found) == 10
    assert not any(rules.kept_free(day, RWANDA) for day in found[1:])
    if not rest:
        assert all(
            new == old
            for new, old in zip(found[1:], days[1:], strict=True)
            if old > found[0] and later < 7
        )
    else:
        assert {day.weekday() for day in found} == {to.weekday()}


@pytest.fixture
def group(grouped):
    return grouped(12)[0]


def planned(office, group):
    return [day for _number, day, _phase in office.ask(queries.group, group).sessions]


def test_one_session_is_shifted_and_the_rest_follows(office, group):
    before = planned(office, group)
    office.do(forming.shift, group, 3, before[2] + timedelta(days=7), True)
    after = planned(office, group)
    assert (
        after[:2] == before[:2] and after[2] == before[3] and after[3:-1] == before[4:]
    )
    office.undo()
    assert planned(office, group) == before
    office.do(forming.shift, group, 3, before[2] + timedelta(days=1), False)
    after = planned(office, group)
    assert after[2] == before[2] + timedelta(days=1) and after[3:] == before[3:]


def test_the_first_session_takes_the_beginning_with_it(office, group):
    before = planned(office, group)
    office.do(forming.shift, group, 1, before[0] + timedelta(days=7), True)
    found = office.ask(queries.group, group)
    assert found.row.starts == before[1] and {
        one.joined_on for one in found.members
    } == {before[1]}
    assert office.ask(attendance.grid, group).columns[0].planned_on == before[1]


@pytest.mark.parametrize(
    ("number", "to", "kind"),
    [
        (3, date(2026, 4, 8), "kept free"),
        (3, date(2026, 3, 9), "before start"),
        (3, "soon", "not a date"),
    ],
)
def test_impossible_days_are_refused(office, group, number, to, kind):
    before = planned(office, group)
    with pytest.raises(Invalid) as raised:
        office.do(forming.shift, group, number, to, True)
    assert [fault.kind for fault in raised.value.faults] == [kind] and planned(
        office, group
    ) == before


def test_what_is_past_is_not_planned_again(office, group, request):
    clock = request.getfixturevalue("calendar")
    clock.day = planned(office, group)[4]
    with pytest.raises(Missing):
        office.do(forming.shift, group, 2, clock.day + timedelta(days=1), True)


def test_another_weekday_keeps_free_days_free(office, group):
    office.do(actions.change_group, group, "Ituze", "", (), 5)
    assert not any(rules.kept_free(day, RWANDA) for day in planned(office, group))
