"""The age band is that of the day on which the group starts, from the programme's file, and stays as it was then."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import text

from cbs_desktop import resource
from cbs_desktop.groups import actions, eligible, forming, queries
from cbs_desktop.groups.allocation import solver
from cbs_desktop.groups.proposals import proposing
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people
from cbs_desktop.programmes import actions as programmes
from cbs_desktop.programmes import queries as programme_queries

STARTS = date(2026, 3, 9)


def bands(office, person_id):
    """The bands of somebody's memberships, the oldest first."""
    with office._reader.connect() as link:
        found = link.execute(
            text("SELECT band FROM membership WHERE person_id = :i ORDER BY joined_on"),
            {"i": person_id},
        )
        return [band for (band,) in found]


@pytest.fixture
def born(office):
    def give(person_id, day):
        details = office.ask(people.form, person_id).details
        office.do(
            participants.change,
            person_id,
            replace(details, born_on=day, born_year=None, age_estimated=False),
        )

    return give


@pytest.fixture
def form(office, round_id):
    def make(first_day=STARTS):
        problem = office.ask(eligible.instance, round_id)
        solved = solver.solve(problem, Random(1))
        proposal = office.do(proposing.propose, round_id, problem, solved, 1)
        return office.do(proposing.accept, proposal, 1, first_day)

    return make


def test_the_band_is_that_of_the_first_session_to_the_day(office, screened, born, form):
    one, other, third, *_rest = screened(13)
    born(one, date(1995, 3, 9))  # 31 on the day itself
    born(other, date(1995, 3, 10))  # 30 until tomorrow
    born(third, None)
    (group,) = form()
    assert office.ask(queries.group, group).sessions[0][1] == STARTS
    assert [bands(office, i) for i in (one, other, third)] == [
        ["adult"],
        ["youth"],
        ["unknown"],
    ]


def test_what_is_learnt_later_changes_no_band(office, screened, born, form):
    one, *_rest = screened(13)
    born(one, date(1980, 1, 1))
    form()
    born(one, date(2005, 1, 1))
    ((programme_id, rules),) = office.ask(programme_queries.programmes)
    office.do(programmes.change_rules, programme_id, replace(rules, youth_to=15, youth_from=15))  # fmt: skip
    assert bands(office, one) == ["adult"]


def test_the_bands_are_those_of_the_programmes_file(office, screened, born, form):
    ((programme_id, rules),) = office.ask(programme_queries.programmes)
    file = resource.toml("programmes", f"{rules.key}.toml")
    assert (rules.youth_from, rules.youth_to) == (file["youth_from"], file["youth_to"])
    office.do(programmes.change_rules, programme_id, replace(rules, youth_from=15, youth_to=24))  # fmt: skip
    one, other, *_rest = screened(13)
    born(one, date(2001, 1, 1))  # 25
    born(other, date(2002, 1, 1))  # 24
    form()
    assert (bands(office, one), bands(office, other)) == (["adult"], ["youth"])


def test_a_late_joiner_has_the_band_of_the_day_on_which_the_group_began(
    office, screened, moves_to, born, form, calendar
):
    screened(12)
    (group,) = form()
    (late,) = moves_to(screened(1, sector="Cyuve"), "Muhoza")
    born(late, date(1995, 3, 12))
    calendar.day = STARTS + timedelta(days=8)
    office.do(actions.add_late, late, group, calendar.day)
    assert bands(office, late) == ["youth"]  # 31 by now, 30 when the group began


def test_a_transfer_keeps_the_band_unless_nobody_has_met_yet(
    office, screened, born, form, calendar
):
    one, other, *_rest = screened(26)
    born(one, date(1980, 1, 1))
    born(other, date(1980, 1, 1))
    groups = form()
    places = {
        member.person_id: group
        for group in groups
        for member in office.ask(queries.group, group).members
    }
    born(one, date(2003, 1, 1))  # a mistake is corrected before the first session
    born(other, date(2003, 1, 1))
    to = {one: sum(groups) - places[one], other: sum(groups) - places[other]}
    office.do(actions.transfer, one, to[one], date(2026, 3, 2))
    assert bands(office, one) == ["youth"]
    calendar.day = STARTS + timedelta(days=8)
    office.do(actions.transfer, other, to[other], STARTS + timedelta(days=7))
    assert bands(office, other) == ["adult", "adult"]


def test_a_group_that_begins_on_another_day_has_the_bands_of_that_day(
    office, screened, born, form
):
    one, *_rest = screened(13)
    born(one, date(1995, 3, 11))
    (group,) = form()
    assert bands(office, one) == ["youth"]
    office.do(forming.shift, group, 1, date(2026, 3, 16), True)
    assert bands(office, one) == ["adult"]
    office.undo()
    assert bands(office, one) == ["youth"]
