"""What is noted of a session: its facts, never its story."""

from datetime import date, timedelta

import pytest

from cbs_desktop.attendance import actions, queries
from cbs_desktop.attendance.session_record import (
    AGREEMENTS,
    SessionRecord,
    is_closed,
    record_faults,
)
from cbs_desktop.errors import Invalid, Missing
from cbs_desktop.facilitators import actions as facilitators
from cbs_desktop.facilitators.rules import FacilitatorDetails
from tests.attendance.test_actions import STARTS


@pytest.fixture
def session(office, grouped, calendar):
    (group,) = grouped(13)
    calendar.day = STARTS + timedelta(days=15)
    return office.ask(queries.grid, group).columns[0].id


def test_everything_of_a_session_is_kept_and_taken_back(office, session, musanze):
    somebody = FacilitatorDetails("MUKAMANA", "Rose", "F", "", musanze)
    facilitator = office.do(facilitators.register_facilitator, somebody)
    before = office.ask(queries.session_details, session).record
    record = SessionRecord(
        "held",
        STARTS + timedelta(days=2),
        ("Safety", "Trust"),
        topic="rules of the group",
        note="in the school",
        head_count=12,
        incident="illness or accident",
        facilitators=(facilitator,),
        agreements={"land": 2, "debt": 1},
    )
    office.do(actions.record_session, session, record)
    assert office.ask(queries.session_details, session).record == record
    office.undo()
    assert office.ask(queries.session_details, session).record == before


def test_a_session_to_come_is_shown_as_it_was_planned(office, session):
    found = office.ask(queries.session_details, session)
    assert found.record == SessionRecord("held", STARTS, ("Safety",))
    assert found.number == 1 and found.phases[0] == "Safety"
    with pytest.raises(Missing):
        office.ask(queries.session_details, 5)


def test_what_does_not_go_with_a_cancelled_session_is_left_out(office, session):
    record = SessionRecord(
        "cancelled", STARTS, ("Trust",), setback="funeral", head_count=9
    )
    office.do(actions.record_session, session, record)
    found = office.ask(queries.session_details, session).record
    assert (found.setback, found.head_count) == ("funeral", None)
    office.do(actions.record_session, session, SessionRecord("held", STARTS))
    found = office.ask(queries.session_details, session).record
    assert (found.status, found.setback) == ("held", "")


def test_agreements_that_stand_keep_their_identity(office, session):
    def kept():
        link = office._reader.connect()
        with link:
            rows = link.exec_driver_sql("SELECT id, kind FROM agreement ORDER BY id")
            return rows.all()

    two = SessionRecord("held", STARTS, agreements={"land": 2})
    office.do(actions.record_session, session, two)
    first = kept()
    three = SessionRecord("held", STARTS, agreements={"land": 3, "family": 1})
    office.do(actions.record_session, session, three)
    assert kept()[:2] == first and len(kept()) == 4
    office.do(actions.record_session, session, two)
    assert kept() == first


def test_heads_are_counted_by_themselves(office, session):
    grid = office.ask(queries.grid, office.ask(queries.unmarked)[0].group_id)
    office.do(actions.mark_all, session)
    office.do(actions.count_heads, session, 12)
    after = office.ask(queries.grid, grid.group_id)
    assert after.columns[0].head_count == 12 and after.came[0] == 13
    record = office.ask(queries.session_details, session).record
    assert (record.status, record.head_count) == ("held", 12)
    office.do(actions.count_heads, session, None)
    assert office.ask(queries.session_details, session).record.head_count is None
    for wrong in (-1, 61, "many"):
        with pytest.raises(Invalid):
            office.do(actions.count_heads, session, wrong)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"status": "moved"}, "status"),
        ({"held_on": None}, "held_on"),
        ({"held_on": date(2030, 1, 1)}, "held_on"),
        ({"phases": ("a", "b", "c")}, "phases"),
        ({"setback": "rain"}, "setback"),
        ({"incident": "a long story"}, "incident"),
        ({"head_count": 61}, "head_count"),
        ({"head_count": -1}, "head_count"),
        ({"agreements": {"land": 21}}, "land"),
        ({"agreements": {"cows": 1}}, "cows"),
        ({"topic": "x" * 81}, "topic"),
        ({"note": "x" * 81}, "note"),
    ],
)
def test_what_is_wrong_is_named(change, field):
    facts = {"status": "held", "held_on": STARTS, **change}
    assert [f.field for f in record_faults(SessionRecord(**facts), STARTS)] == [field]


def test_the_most_that_fits():
    most = SessionRecord(
        "held",
        STARTS,
        ("a", "b"),
        topic="x" * 80,
        note="x" * 80,
        head_count=60,
        agreements=dict.fromkeys(AGREEMENTS, 20),
    )
    assert record_faults(most, STARTS) == []
    assert record_faults(SessionRecord("cancelled"), STARTS) == []


def test_a_register_is_closed_after_two_weeks():
    assert not is_closed(STARTS, STARTS + timedelta(days=14))
    assert is_closed(STARTS, STARTS + timedelta(days=15))
