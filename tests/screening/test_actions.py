"""Questionnaires in a real office: sealed, complete, with a card where one is needed, decided by a person."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cbs_desktop.errors import Invalid, Refused, RuleBroken
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people
from cbs_desktop.screening import actions, queries, results, safety
from cbs_desktop.screening.actions import Answers, Decided
from cbs_desktop.screening.rules import SafetyCard

NINE = {n: int(n <= 9) for n in range(1, 21)}


@pytest.fixture
def person(office, lines):
    office.do(participants.import_people, lines(1))
    return next(iter(office.ask(people.numbers).values()))


@pytest.fixture
def card(today):
    return SafetyCard(
        "Nurse on duty", today, True, "Health centre", today + timedelta(days=3)
    )


def test_recorded_scored_against_the_cut_off_of_the_sex_and_decided(
    office, round_id, person, today
):
    assert [one.state for one in office.ask(queries.line)] == ["new"]
    office.do(actions.record, round_id, Answers(person, today, NINE))
    found = office.ask(results.found, person)
    (sheet,) = found.results
    held = sheet.outcome.first.held[0]
    assert (
        sheet.outcome.first.value,
        held.reached,
        held.cutoff.value,
        found.proposal.pathway,
    ) == (
        9,
        False,
        10,
        "other",
    )
    assert [one.state for one in office.ask(queries.line)] == ["to decide"]
    office.do(
        actions.decide, round_id, Decided(person, "sociotherapy", "", "asked to join")
    )
    assert [one.state for one in office.ask(queries.line)] == ["sociotherapy"]
    assert office.ask(overview.record, person).row.state == "sociotherapy"


def test_whoever_types_cannot_read_back(sign_in, lines, today):
    coordinator = sign_in("coordinator")
    coordinator.do(participants.import_people, lines(1))
    person = next(iter(coordinator.ask(people.numbers).values()))
    coordinator.close()
    clerk = sign_in("clerk")
    found = clerk.ask(queries.sheet, person)
    clerk.do(actions.record, found.round_id, Answers(person, today, NINE))
    with pytest.raises(Refused):
        clerk.ask(results.found, person)
    with pytest.raises(Refused):
        clerk._unseal(b"x" * 100, "assessment 1")  # even past the door there is no key


def test_no_sheet_without_every_answer(office, round_id, person, today):
    short = {n: v for n, v in NINE.items() if n != 20}
    with pytest.raises(Invalid) as raised:
        office.do(actions.record, round_id, Answers(person, today, short))
    assert raised.value.faults[0].facts["numbers"] == "20"
    assert [one.state for one in office.ask(queries.line)] == ["new"]


def test_a_risk_item_cannot_be_passed_by(office, round_id, person, today, card):
    risky = {**NINE, 17: 1}
    with pytest.raises(RuleBroken) as raised:
        office.do(actions.record, round_id, Answers(person, today, risky))
    assert raised.value.facts["rule"] == "safety card"
    with pytest.raises(Invalid):
        office.do(
            actions.record,
            round_id,
            Answers(person, today, risky, replace(card, told="")),
        )
    assert office.ask(safety.open_cards) == []
    office.do(actions.record, round_id, Answers(person, today, risky, card))
    (opened,) = office.ask(safety.open_cards)
    assert (
        next(todo.code for todo in office.ask(overview.today).todos) == "safety cards"
    )
    with pytest.raises(Invalid):
        office.do(safety.close_card, opened.id, " ")
    office.do(safety.close_card, opened.id, "seen at the health centre")
    assert office.ask(safety.open_cards) == []


def test_an_unneeded_card_opens_nothing(office, round_id, person, today, card):
    office.do(actions.record, round_id, Answers(person, today, NINE, card))
    assert office.ask(safety.open_cards) == []


def test_nobody_is_screened_without_consent(office, round_id, lines, today):
    (line,) = lines(1)
    office.do(participants.import_people, [replace(line, consent=None)])
    person = next(iter(office.ask(people.numbers).values()))
    with pytest.raises(RuleBroken) as raised:
        office.do(actions.record, round_id, Answers(person, today, NINE))
    assert raised.value.facts["rule"] == "screening: consent needed"


@pytest.mark.parametrize("day", [date(2030, 1, 1), "31/11/2026"])
def test_an_impossible_day_is_a_fault(office, round_id, person, day):
    with pytest.raises(Invalid):
        office.do(actions.record, round_id, Answers(person, day, NINE))


def test_no_decision_before_screening_and_the_latest_counts(
    office, round_id, person, today
):
    with pytest.raises(RuleBroken):
        office.do(
            actions.decide, round_id, Decided(person, "sociotherapy", "", "asked")
        )
    office.do(actions.record, round_id, Answers(person, today, NINE))
    with pytest.raises(Invalid):
        office.do(actions.decide, round_id, Decided(person, "prison"))
    office.do(actions.decide, round_id, Decided(person, "waiting", "", "no place"))
    office.do(actions.decide, round_id, Decided(person, "sociotherapy", "", "asked"))
    assert office.ask(overview.by_state)["sociotherapy"] == 1
    office.undo()
    assert office.ask(overview.by_state)["waiting"] == 1


def test_scores_stand_nowhere_in_the_file_or_the_journal(
    office, round_id, person, today
):
    office.do(actions.record, round_id, Answers(person, today, NINE))
    with office._reader.connect() as link:
        rows = (
            link.exec_driver_sql(
                "SELECT coalesce(before,'') || coalesce(after,'') FROM entry"
            )
            .scalars()
            .all()
        )
        facts = link.exec_driver_sql("SELECT facts FROM act").scalars().all()
    assert not any('"answers"' in text or '"total"' in text for text in (*rows, *facts))
