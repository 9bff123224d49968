"""What Home says is to be done: from the data of the day, each task with its number and its oldest day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cbs_desktop.certificates import queries as certificates
from cbs_desktop.groups import actions as groups
from cbs_desktop.groups import queries as group_queries
from cbs_desktop.keeping import actions as keeping
from cbs_desktop.overview import queries as overview
from cbs_desktop.overview.home import BACKUP_DAYS
from cbs_desktop.participants import actions as participants
from cbs_desktop.programmes import actions as programmes
from cbs_desktop.programmes import queries as programme_queries
from tests.conftest import DAY


def todo(office, code):
    """How many are to be done, and since when; None where there is nothing."""
    found = [one for one in office.ask(overview.today).todos if one.code == code]
    assert len(found) <= 1
    return (found[0].count, found[0].since) if found else None


def test_a_backup_is_due_from_the_first_day_and_a_week_after_each(
    office, calendar, tmp_path
):
    assert todo(office, "backup") == (1, None)
    office.do(keeping.back_up, tmp_path)
    made = calendar.day
    calendar.day = made + timedelta(days=BACKUP_DAYS - 1)
    assert todo(office, "backup") is None
    calendar.day = made + timedelta(days=BACKUP_DAYS)
    assert todo(office, "backup") == (1, made)


def test_before_the_first_round_home_only_counts(office, lines):
    office.do(participants.import_people, lines(2))
    with office._writer.begin() as link:
        link.exec_driver_sql("DELETE FROM round")
    found = office.ask(overview.today)
    assert (found.round, found.progress, found.over) == (None, None, False)
    assert (found.week, found.groups, found.ready, found.certificates) == (0, 0, 0, 0)
    assert found.states["new"] == 2
    assert [one.code for one in found.todos] == ["backup"]


@pytest.mark.parametrize(("days", "week"), [(0, 1), (6, 1), (7, 2), (-1, 0)])
def test_weeks_are_counted_from_the_first_day_of_the_round(
    office, round_id, calendar, days, week
):
    plan = office.ask(programme_queries.rounds)[0].plan
    calendar.day = plan.starts + timedelta(days=days)
    assert office.ask(overview.today).week == week


def test_a_round_is_over_after_its_last_day(office, round_id, calendar):
    plan = office.ask(programme_queries.rounds)[0].plan
    calendar.day = plan.ends
    assert not office.ask(overview.today).over
    assert todo(office, "next round") is None
    calendar.day = plan.ends + timedelta(days=1)
    assert office.ask(overview.today).over
    assert todo(office, "next round") == (1, plan.ends)


def test_who_waits_longest_for_a_questionnaire_is_told(
    office, screened, lines, calendar
):
    screened(1)
    calendar.day = DAY + timedelta(days=3)
    office.do(participants.import_people, lines(3)[1:])
    calendar.day = DAY + timedelta(days=5)
    assert todo(office, "to screen") == (2, DAY + timedelta(days=3))


def test_groups_and_those_without_one_are_of_this_round(office, grouped, screened):
    (group,) = grouped(13)
    assert office.ask(overview.today).groups == 1
    assert todo(office, "without a group") is None
    member = office.ask(group_queries.group, group).members[0].person_id
    office.do(groups.withdraw_consent, member, ("programme",), DAY)
    assert todo(office, "no consent") is None  # left with their consent
    programme_id = office.ask(programme_queries.programmes)[0][0]
    first = office.ask(programme_queries.rounds)[0].plan
    later = replace(first, name="2026B", starts=date(2026, 9, 1), ends=date(2026, 12, 1))  # fmt: skip
    office.do(programmes.open_round, programme_id, later)
    assert office.ask(overview.today).groups == 0


def test_a_register_that_was_not_filled_in_is_told_with_its_day(
    office, grouped, calendar
):
    grouped(13)
    calendar.day = date(2026, 3, 17)
    count, since = todo(office, "registers missing")
    assert (count, since) == (2, date(2026, 3, 9))


def test_certificates_are_counted_as_they_stand(practice):
    found = practice.ask(overview.today)
    register = practice.ask(certificates.register)
    assert found.certificates == sum(not one.withdrawn_on for one in register)
    assert found.groups == 62
    told = [one.code for one in found.todos]
    assert "backup" not in told and "next round" in told  # practice needs no backup
