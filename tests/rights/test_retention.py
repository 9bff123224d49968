"""What is kept for too long: what is due, what is held back, and that nothing of it is found anywhere after it is destroyed."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from sqlalchemy import text

from cbs_desktop.errors import Invalid, RuleBroken
from cbs_desktop.overview import home
from cbs_desktop.participants import restricting
from cbs_desktop.problems import say
from cbs_desktop.reports import outcomes
from cbs_desktop.rights import actions, documents, queries, retention, rules
from cbs_desktop.rights.actions import RequestDetails
from cbs_desktop.rights.rules import Periods
from cbs_desktop.screening import actions as screening
from cbs_desktop.screening import half_typed, results

PASSWORD = "four plain words"
DAY = date(2026, 3, 2)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@given(DAYS, st.integers(1, 120), st.integers(1, 120))
def test_longer_periods_end_later(last, one, other):
    few, more = sorted((one, other))
    assert last < rules.kept_until(last, few) <= rules.kept_until(last, more)


@given(DAYS, st.integers(1, 120))
def test_a_period_ends_on_the_same_day_of_its_month_or_at_its_end(last, months):
    until = rules.kept_until(last, months)
    assert (until.year * 12 + until.month) - (last.year * 12 + last.month) == months
    at_end = (until + timedelta(days=1)).month != until.month
    assert until.day == last.day or (at_end and until.day < last.day)


@given(DAYS, st.integers(1, 120), DAYS)
def test_what_is_due_stays_due(last, months, today):
    if rules.is_due(last, months, today):
        assert today > rules.kept_until(last, months)
        assert rules.is_due(last, months, today + timedelta(days=1))
    assert not rules.is_due(last, months, rules.kept_until(last, months))


@pytest.fixture
def years_later(office, screened, calendar):
    """Three people who were screened in a round that is over for longer than answers are kept; their ids."""
    ids = screened(3)
    calendar.day = date(2029, 6, 1)
    return ids


def pairs(office):
    due = office.ask(retention.retention).due
    return [(one.person_id, one.round_id) for one in due if one.kind == rules.RAW]


def journal_of(office, table):
    with office._reads() as link:
        entries = link.execute(
            text("SELECT before, after FROM entry WHERE tbl = :t"), {"t": table}
        )
        return [cell for entry in entries for cell in entry if cell]


def test_nothing_is_due_while_it_may_be_kept(office, screened, calendar, round_id):
    screened(2)
    assert office.ask(retention.retention).due == ()
    with office._reads() as link:
        ends = link.execute(text("SELECT ends FROM round")).scalar()
    ends = date.fromisoformat(ends)
    calendar.day = rules.kept_until(ends, 24)
    assert pairs(office) == []
    calendar.day += timedelta(days=1)
    assert len(pairs(office)) == 2


def test_home_says_how_many(office, years_later):
    (todo,) = [one for one in office.ask(home.today).todos if one.code == "retention"]
    assert todo.count == 3


def test_answers_are_nowhere_after_they_are_destroyed(office, years_later, round_id):
    assert journal_of(office, "assessment")
    due = pairs(office)
    preview = office.ask(retention.destruction_preview, frozenset(due))
    assert (preview.people, preview.sheets) == (3, 3) and len(preview.rounds) == 1
    office.do(actions.destroy_answers, due)
    assert pairs(office) == []
    assert journal_of(office, "assessment") == []
    assert journal_of(office, "decision") == []
    with office._reads() as link:
        left = link.execute(
            text("SELECT count(*) FROM assessment WHERE sealed <> x''")
        ).scalar()
        ways = link.execute(text("SELECT DISTINCT pathway FROM decision")).scalars()
        assert left == 0 and ways.all() == ["sociotherapy"]
    assert office.check().well


def test_others_keep_their_answers(office, years_later):
    first, *rest = pairs(office)
    office.do(actions.destroy_answers, [first])
    assert pairs(office) == rest
    assert len(journal_of(office, "assessment")) == 2


def test_a_sheet_that_was_taken_back_goes_from_the_journal_too(
    office, screened, calendar, round_id, musanze
):
    (person,) = screened(1)
    answers = {n: 1 for n in range(1, 17)} | {17: 0, 18: 1, 19: 1, 20: 1}
    office.do(
        screening.record_many, round_id, [screening.Answers(person, DAY, answers)]
    )
    office.undo()
    calendar.day = date(2029, 6, 1)
    assert len(journal_of(office, "assessment")) == 3  # two went in, one was taken out
    office.do(actions.destroy_answers, pairs(office))
    assert journal_of(office, "assessment") == []
    assert office.check().well


def test_half_typed_sheets_go(office, years_later, round_id, calendar):
    calendar.day = DAY
    office.do(half_typed.keep_draft, round_id, years_later[0], "srq20", {1: 1})
    calendar.day = date(2029, 6, 1)
    due = pairs(office)
    assert office.ask(retention.destruction_preview, frozenset(due)).half_typed == 1
    office.do(actions.destroy_answers, due)
    with office._reads() as link:
        assert link.execute(text("SELECT count(*) FROM draft")).scalar() == 0


def test_it_is_not_undone(office, years_later):
    office.do(actions.destroy_answers, pairs(office))
    with pytest.raises(RuleBroken) as refused:
        office.undo()
    assert "no longer in the journal" in str(say(refused.value))
    assert office.check().well


def test_screens_and_reports_live_without_them(office, years_later, round_id):
    office.do(actions.destroy_answers, pairs(office))
    assert office.ask(results.found, years_later[0], round_id).results == ()
    assert office.ask(outcomes.outcomes, round_id).destroyed == 3


def test_whoever_is_restricted_or_asks_for_something_is_held_back(office, years_later):
    held, asks, other = years_later
    office.do(restricting.restrict, held, "kept for a legal claim")
    office.do(actions.record_request, asks, RequestDetails("access", DAY))
    known = office.ask(retention.retention)
    assert {one.person_id for one in known.due if one.kind == rules.RAW} == {other}
    assert known.held == 2
    with pytest.raises(RuleBroken):
        office.do(actions.destroy_answers, [(held, known.due[0].round_id)])


def test_the_periods_are_chosen_within_bounds(office, years_later):
    assert office.ask(retention.retention).periods == Periods(24, 60)
    with pytest.raises(Invalid):
        office.do(actions.set_periods, Periods(1, 60))
    with pytest.raises(Invalid):
        office.do(actions.set_periods, Periods(24, 12))
    office.do(actions.set_periods, Periods(60, 60))
    assert pairs(office) == []
    office.undo()
    assert len(pairs(office)) == 3


def test_people_not_seen_for_years_are_erased_by_two(office, screened, calendar):
    ids = screened(2)
    calendar.day = date(2032, 1, 1)
    due = [
        one for one in office.ask(retention.retention).due if one.kind == rules.IDENTITY
    ]
    assert {one.person_id for one in due} == set(ids) and not due[0].request
    office.do(actions.propose_erasure, ids)
    asked = office.ask(retention.retention)
    requests = [one.request for one in asked.due if one.kind == rules.IDENTITY]
    assert all(requests) and asked.alone
    with pytest.raises(RuleBroken):
        office.do(actions.erase_due, requests)
    record = office.do(actions.erase_due, requests[:1], PASSWORD)
    again = office.do(actions.erase_due, requests[1:], PASSWORD, record)
    assert record == again
    assert all(office.ask(queries.of_person, each).erased for each in ids)
    assert office.ask(retention.retention).due == ()
    assert office.check().well


def test_the_record_has_numbers_and_dates_and_no_name(office, years_later, tmp_path):
    first, *rest = pairs(office)
    names = {"INEZA", "MUGISHA"}
    with office._reads() as link:
        names |= set(link.execute(text("SELECT own_name FROM person")).scalars())
    record = office.do(actions.destroy_answers, [first])
    assert office.do(actions.destroy_answers, rest, record) == record
    (known,) = office.ask(retention.destructions)
    (numbers,) = json.loads(known.content)["numbers"].values()
    assert len(numbers) == 3
    file = tmp_path / "record.pdf"
    file.write_bytes(documents.destruction_record(office, known))
    said = "".join(page.extract_text() for page in PdfReader(file).pages)
    assert all(number in said for number in numbers)
    assert not any(name in said for name in names)
