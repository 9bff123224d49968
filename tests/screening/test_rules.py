"""Scores by the published oracles: total 9 is positive for a man and not for a woman, 10 for both, 8 for a man only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbs_desktop.screening import rules
from cbs_desktop.screening.instruments import instrument
from cbs_desktop.screening.rules import SafetyCard

SRQ = instrument("srq20")
NUMBERS = [item.number for item in SRQ.items]


def sheet(total, risk=False):
    """Answers with this total; question 17 among them only if asked for."""
    plain = [n for n in NUMBERS if n != 17]
    yes = ([17] if risk else []) + plain
    return {n: int(n in yes[:total]) for n in NUMBERS}


@pytest.mark.parametrize(
    ("total", "sex", "reached"),
    [
        (7, "M", False),
        (8, "M", True),
        (9, "M", True),
        (9, "F", False),
        (10, "F", True),
        (8, "F", False),
        (0, "F", False),
    ],
)
def test_cut_off_by_sex(total, sex, reached):
    found = rules.score(SRQ, sheet(total), sex)
    assert (found.total, found.reached) == (total, reached)
    assert found.cutoff.operator == ">=" and "Scholte" in found.cutoff.source


def test_question_17_alone_is_a_risk_however_low_the_total():
    found = rules.score(SRQ, sheet(1, risk=True), "F")
    assert found.risk == (17,) and found.reached is False and rules.proposed(found) == "refer"


@pytest.mark.parametrize("missing", [1, 17, 20])
def test_an_incomplete_sheet_has_no_total(missing):
    answers = sheet(10)
    del answers[missing]
    faults = rules.answer_faults(SRQ, answers)
    assert [(fault.kind, fault.facts["numbers"]) for fault in faults] == [("questions open", str(missing))]
    with pytest.raises(ValueError, match="incomplete"):
        rules.score(SRQ, answers, "F")


@pytest.mark.parametrize("answers", [{1: 2}, {21: 1}, {0: 0}])
def test_answers_that_the_paper_does_not_offer(answers):
    assert any(fault.kind == "no such answer" for fault in rules.answer_faults(SRQ, {**sheet(3), **answers}))


@given(st.lists(st.integers(0, 1), min_size=20, max_size=20), st.sampled_from("FM"))
def test_the_total_is_the_number_of_yes(values, sex):
    found = rules.score(SRQ, dict(zip(NUMBERS, values, strict=True)), sex)
    assert found.total == sum(values)
    assert found.reached == (sum(values) >= {"F": 10, "M": 8}[sex])
    assert found.risk == ((17,) if values[16] else ())


def test_more_than_and_at_least_are_two_operators(today):
    strict = rules.Cutoff("x", "F", ">", 10, "")
    assert not strict.reached(10) and strict.reached(11)


def test_a_safety_card_needs_somebody_told_and_a_referral_when_not_safe(today):
    card = SafetyCard("", today, False, "", today)
    assert {(f.field, f.kind) for f in rules.card_faults(card, today)} == {
        ("told", "needed"),
        ("referred_to", "needed"),
    }


def test_a_broken_instrument_file_is_named():
    with pytest.raises(ValueError, match="title"):
        rules.from_file({"key": "x", "version": 1})
