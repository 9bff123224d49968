"""A risk question that the paper left blank: asked again, or a safety card; never recorded in silence."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbs_desktop import resource
from cbs_desktop.errors import Fault, RuleBroken
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people
from cbs_desktop.problems import say
from cbs_desktop.programmes.queries import rounds
from cbs_desktop.screening import (
    actions,
    half_typed,
    importing,
    instrument_store,
    queries,
    results,
    safety,
    scoring,
)
from cbs_desktop.screening.actions import Answers
from cbs_desktop.screening.rules import ANSWERED, NOT_ANSWERED, SafetyCard
from ui.screening.card import empty
from ui.screening.cards import cause_chip

RISK = 17  # of the SRQ-20
BLANK = {n: None if n == RISK else int(n <= 9) for n in range(1, 21)}
NO = {**BLANK, RISK: 0}
YES = {**BLANK, RISK: 1}


@pytest.fixture
def person(office, lines):
    office.do(participants.import_people, lines(1))
    return next(iter(office.ask(people.numbers).values()))


@pytest.fixture
def card(today):
    return SafetyCard(
        "Nurse on duty", today, True, "Health centre", today + timedelta(days=3)
    )


@given(st.dictionaries(st.integers(1, 20), st.sampled_from([None, 0, 1])))
def test_a_risk_question_is_answered_blank_harmless_or_open_and_never_two(answers):
    form = instrument_store.instrument("srq20")
    for item in form.items:
        answered = item.number in scoring.risk_items(form, answers)
        blank = item.number in scoring.risk_blanks(form, answers)
        value = answers.get(item.number, "open")
        assert answered == bool(item.risk and value not in (None, 0, "open"))
        assert blank == bool(item.risk and value is None)


@pytest.mark.parametrize(
    "key",
    [name.removesuffix(".toml") for name in resource.names("instruments", ".toml")],
)
def test_every_questionnaire_with_a_risk_question_asks_for_a_card(key):
    form = instrument_store.instrument(key)
    blank = dict.fromkeys(item.number for item in form.items)
    risky = tuple(item.number for item in form.items if item.risk)
    assert scoring.risk_blanks(form, blank) == risky


def test_a_blank_risk_question_is_not_recorded_in_silence(
    office, round_id, person, today
):
    before = office._act
    with pytest.raises(RuleBroken) as caught:
        office.do(actions.record, round_id, Answers(person, today, BLANK))
    said = str(say(caught.value))
    assert (
        "Risk question 17 was not answered" in said and "Ask the person again" in said
    )
    assert office._act == before and office.ask(safety.open_cards) == []


def test_asked_again_it_needs_no_card(office, round_id, person, today, card):
    office.do(actions.record, round_id, Answers(person, today, NO, card))
    assert office.ask(safety.open_cards) == []


@pytest.mark.parametrize(("values", "cause"), [(BLANK, NOT_ANSWERED), (YES, ANSWERED)])
def test_the_card_says_why_it_was_opened(
    office, round_id, person, today, card, values, cause
):
    office.do(actions.record, round_id, Answers(person, today, values, card))
    (opened,) = office.ask(safety.open_cards)
    assert (opened.cause, opened.card) == (cause, card)
    (sheet,) = office.ask(results.found, person).results
    assert sheet.outcome.risk_blank == ((RISK,) if cause == NOT_ANSWERED else ())


def test_the_second_entry_asks_too(sign_in, lines, today, card):
    first = sign_in("coordinator")
    round_id = first.ask(rounds)[0].id
    first.do(participants.import_people, lines(1))
    person = next(iter(first.ask(people.numbers).values()))
    assessment = first.do(actions.record, round_id, Answers(person, today, NO))
    first.close()
    second = sign_in("clerk")
    with pytest.raises(RuleBroken) as caught:
        second.do(actions.record_second, assessment, Answers(person, today, BLANK))
    rule = {"rule": "risk question not answered", "questions": (RISK,)}
    assert caught.value.facts == rule
    second.do(actions.record_second, assessment, Answers(person, today, BLANK, card))
    second.close()
    screener = sign_in("screener")
    assert [one.cause for one in screener.ask(safety.open_cards)] == [NOT_ANSWERED]


def table(today, **more):
    header = ["number", "date", *(str(n) for n in range(1, 21)), *more]
    row = [
        "MU-1",
        f"{today:%d/%m/%Y}",
        *("9" if n == RISK else "0" for n in range(1, 21)),
    ]
    forms = {"srq20": instrument_store.instrument("srq20")}
    return importing.read(
        header, [[*row, *more.values()]], 2, {"MU-1": 5}, forms, "srq20"
    )


def test_a_table_without_a_card_names_row_and_question(today):
    (line,) = table(today)
    assert line.sheet is None
    assert line.faults == (
        Fault("answers", "risk question blank", {"numbers": "17"}, 2),
    )


def test_a_table_with_a_card_is_taken(today):
    again = f"{today + timedelta(days=7):%d/%m/%Y}"
    more = {
        "told": "Nurse",
        "told on": f"{today:%d/%m/%Y}",
        "safe now": "yes",
        "see again on": again,
    }
    (line,) = table(today, **more)
    assert line.faults == () and line.sheet.card.told == "Nurse"


def test_the_form_asks_for_the_card_and_the_list_tells_why(
    qtbot, window, desk, settle, office, today, person
):
    window.open("screening", "new")
    settle(desk)
    entry = window._pages["screening"].entry
    qtbot.keyClicks(entry.questions, "0" * 16 + "9" + "000")
    settle(desk)
    assert (
        not entry._card_panel.isHidden()
        and "Risk question not answered: 17" in entry._risk.text()
    )
    entry.finish()
    settle(desk)
    assert office.ask(safety.open_cards) == []  # the card is still empty
    entry.head.show_values({"taken_on": today})
    entry.card.show_values({**empty(today), "told": "Nurse", "safe_now": True})
    entry.finish()
    settle(desk)
    assert [one.cause for one in office.ask(safety.open_cards)] == [NOT_ANSWERED]
    window.open("screening", "cards")
    settle(desk)
    cards = window._pages["screening"].cards
    (row,) = cards.table.rows
    assert cause_chip(row) == ("info", "not answered")


def test_drafts_of_a_blank_risk_question_are_kept(office, round_id, person):
    office.do(half_typed.keep_draft, round_id, person, "srq20", {RISK: None})
    assert dict(office.ask(queries.sheet, person).draft) == {RISK: None}
