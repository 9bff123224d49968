"""Safety cards followed up and closed, and the referral directory."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cbs_desktop import founding
from cbs_desktop.clock import Calendar
from cbs_desktop.errors import Invalid, Missing, Refused
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people
from cbs_desktop.screening import actions, queries, rules, safety
from cbs_desktop.screening.actions import Answers
from cbs_desktop.screening.rules import SafetyCard, ServiceDetails

RISKY = {n: int(n == 17) for n in range(1, 21)}


@pytest.fixture
def card(office, round_id, lines, today):
    """An open card, as the list shows it."""
    office.do(participants.import_people, lines(1))
    person = next(iter(office.ask(people.numbers).values()))
    made = SafetyCard(
        "Nurse on duty", today, False, "Health centre", today + timedelta(days=3)
    )
    office.do(actions.record, round_id, Answers(person, today, RISKY, made))
    (opened,) = office.ask(safety.open_cards)
    return opened


def test_a_card_stays_open_through_follow_ups_and_counts_its_days(
    office, card, today, calendar
):
    calendar.day = today + timedelta(days=4)
    seen = replace(
        card.card,
        told="Psychologist",
        told_on=calendar.day,
        safe_now=True,
        see_again_on=today + timedelta(days=9),
    )
    office.do(safety.follow_up, card.id, seen)
    (found,) = office.ask(safety.open_cards)
    assert (found.card, found.days_open) == (seen, 4)
    (todo,) = [
        one for one in office.ask(overview.today).todos if one.code == "safety cards"
    ]
    assert (todo.count, todo.since) == (1, today)
    office.do(safety.close_card, card.id, "stable, family informed")
    assert office.ask(safety.open_cards) == []
    with pytest.raises(Missing):
        office.do(safety.follow_up, card.id, seen)
    office.undo()
    assert len(office.ask(safety.open_cards)) == 1


def test_a_follow_up_has_to_be_whole(office, card):
    with pytest.raises(Invalid):
        office.do(safety.follow_up, card.id, replace(card.card, referred_to=""))
    assert office.ask(safety.open_cards)[0].card == card.card


def test_a_clerk_sees_the_number_and_no_name(sign_in, lines, today):
    office = sign_in("coordinator")
    office.do(participants.import_people, lines(1))
    person = next(iter(office.ask(people.numbers).values()))
    round_id = office.ask(queries.sheet, person).round_id
    office.do(
        actions.record,
        round_id,
        Answers(person, today, RISKY, SafetyCard("Nurse", today, True, "", today)),
    )
    office.close()
    clerk = sign_in("clerk")
    with pytest.raises(Refused):
        clerk.ask(safety.open_cards)
    (todo,) = [
        one for one in clerk.ask(overview.today).todos if one.code == "safety cards"
    ]
    assert (todo.count, todo.example) == (1, "")


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, set()),
        ({"safe_now": False}, set()),
        ({"referred_to": ""}, set()),
        ({"told": "x" * 81}, {("told", "too long")}),
        ({"referred_to": "x" * 81}, {("referred_to", "too long")}),
        ({"told": ""}, {("told", "needed")}),
        ({"safe_now": False, "referred_to": ""}, {("referred_to", "needed")}),
        ({"told_on": date(2026, 3, 3)}, {("told_on", "in the future")}),
        ({"see_again_on": date(2026, 3, 1)}, {("see_again_on", "before start")}),
        ({"see_again_on": "soon"}, {("see_again_on", "not a date")}),
    ],
)
def test_a_card_that_is_not_whole(today, change, wrong):
    card = SafetyCard("Nurse", today, True, "Health centre", today)
    assert {
        (f.field, f.kind) for f in rules.card_faults(replace(card, **change), today)
    } == wrong


def test_rwanda_begins_with_its_numbers_and_burundi_without(office, tmp_path):
    phones = {one.service.phone for one in office.ask(safety.services)}
    assert {"912", "112", "114", "116", "3512", "7494", "2060", "2100"} <= phones
    plan = founding.Plan("Ngozi office", "NG", "BI", ("Gitega",), "coordinator")
    other, _code = founding.found(
        tmp_path / "bi", plan, "four plain words", Calendar(date(2026, 3, 2))
    )
    assert other.ask(safety.services) == []
    with pytest.raises(Invalid):
        other.do(safety.take_country_list)
    other.close()


def test_the_directory_is_the_offices_own(office):
    made = office.do(
        safety.put_service,
        ServiceDetails(
            " Health centre Muhoza ", "First help", "0788 000 001", "Muhoza"
        ),
    )
    office.do(
        safety.put_service,
        ServiceDetails("Health centre Muhoza", "First help", "0788 000 002", "Muhoza"),
        made,
    )
    found = {one.id: one.service for one in office.ask(safety.services)}
    assert found[made] == ServiceDetails(
        "Health centre Muhoza", "First help", "0788 000 002", "Muhoza"
    )
    office.do(safety.drop_service, made)
    assert made not in {one.id for one in office.ask(safety.services)}
    assert office.do(safety.take_country_list) == 0
    office.undo()


@pytest.mark.parametrize(
    "service",
    [
        ServiceDetails("x", "y", "1" * 40),
        ServiceDetails("x", "y", "+250 (0)788-12.34/5"),
        ServiceDetails("x", "y", place="Muhoza"),
    ],
)
def test_a_phone_or_a_place_is_enough(service):
    assert rules.service_faults(service) == []


@pytest.mark.parametrize(
    ("service", "field"),
    [
        (ServiceDetails("", "x", "1"), "name"),
        (ServiceDetails("x", "", "1"), "helps_with"),
        (ServiceDetails("x", "y"), "phone"),
        (ServiceDetails("x", "y", "abc"), "phone"),
        (ServiceDetails("x", "y", "1" * 41), "phone"),
        (ServiceDetails("x", "y", "112", "z" * 81), "place"),
    ],
)
def test_an_entry_with_something_wrong_is_refused_by_field(office, service, field):
    with pytest.raises(Invalid) as raised:
        office.do(safety.put_service, service)
    assert [f.field for f in raised.value.faults] == [field]
