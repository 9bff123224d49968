"""Which way is proposed and why; that a person decides, and gives a reason when it is another way."""

from dataclasses import replace
from datetime import date

import pytest

from cbs_desktop.errors import Invalid
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people
from cbs_desktop.screening import (
    actions,
    instrument_store,
    pathway,
    queries,
    reasons,
    results,
    scoring,
)
from cbs_desktop.screening.actions import Answers, Decided
from cbs_desktop.screening.instrument_store import instrument
from cbs_desktop.screening.pathway import Applicant
from cbs_desktop.screening.tables import sealed_of_decision

WAYS = instrument_store.pathways()
ANYBODY = Applicant(30, True, (), False, None, date(2026, 6, 15))


def sheets(sex="F", **answers):
    """Sheets by instrument: a total of yes or of the highest answers from the first question on, or answers themselves."""
    found = {}
    for key, given in answers.items():
        form = instrument(key)
        if isinstance(given, int):
            most = max(form.items[0].values)
            safe = [i.number for i in form.items if not i.risk]
            given = {
                n: min(most, max(0, given - most * p)) for p, n in enumerate(safe)
            } | {i.number: 0 for i in form.items if i.risk}
        found[key] = (form, scoring.outcome(form, given, sex, "RW"))
    return found


def proposed(one=ANYBODY, **answers):
    return pathway.propose(WAYS, replace(one, sheets=sheets(**answers)))


def said(proposal):
    return [reasons.say(reason) for reason in proposal.reasons]


@pytest.mark.parametrize(
    ("answers", "way"),
    [
        ({"srq20": 10}, "sociotherapy"),
        ({"srq20": 9}, "other"),
        ({"phq9": 10}, "sociotherapy"),
        ({"phq9": 15}, "resilience"),
        ({"gad7": 15}, "resilience"),
        ({"pcl5": 64}, "resilience"),
        ({"who5": 12}, "sociotherapy"),
        ({"who5": 13}, "other"),
        ({"srq20": 3, "phq9": 12}, "sociotherapy"),
        ({}, "waiting"),
    ],
)
def test_by_scores(answers, way):
    assert proposed(**answers).pathway == way


NEEDS = {item.number: 0 for item in instrument("needs").items}


@pytest.mark.parametrize(
    ("told", "way"),
    [
        (2, "sociotherapy"),
        (4, "multifamily"),
        (6, "multifamily"),
        (9, "other"),
        (16, "refer"),
    ],
)
def test_by_needs(told, way):
    assert proposed(srq20=2, needs={**NEEDS, told: 1}).pathway == way


def test_told_risk_comes_first_whatever_else_is_said():
    found = proposed(srq20={n: int(n == 17) for n in range(1, 21)}, pcl5=64)
    assert found.pathway == "refer" and "risk question 17" in said(found)[0]


@pytest.mark.parametrize(
    ("change", "way", "sentence"),
    [
        (
            {"age": 15},
            "other",
            "15 years old at the start: below the minimum age of 16.",
        ),
        ({"age": None}, "waiting", "Age unknown"),
        ({"in_district": False}, "other", "Lives outside the office’s districts"),
        ({"earlier": ("2025A",)}, "other", "Took part before: 2025A."),
        (
            {"inside": True, "release_on": date(2026, 6, 14)},
            "other",
            "Expected release on 2026-06-14, before the last session",
        ),
        (
            {"inside": True, "release_on": date(2026, 6, 15)},
            "sociotherapy",
            "Can attend until the last session.",
        ),
        ({"inside": True}, "waiting", "an unknown release date"),
    ],
)
def test_each_rule_of_the_programme_excludes_and_says_so(change, way, sentence):
    found = proposed(replace(ANYBODY, **change), srq20=12)
    assert found.pathway == way
    assert any(sentence in line for line in said(found))


def test_an_incomplete_sheet_waits_and_says_which_questions():
    answers = {n: 1 if n != 17 else 0 for n in range(1, 21)} | {4: None, 6: None}
    found = proposed(srq20=answers)
    assert found.pathway == "waiting"
    assert "SRQ-20: incomplete, so there is no score (not answered: 4, 6)." in said(
        found
    )


def test_every_reason_has_a_sentence_without_gaps():
    found = proposed(
        replace(ANYBODY, age=None, inside=True), srq20=12, phq9=3, needs=NEEDS
    )
    assert all(line and "{" not in line for line in said(found))
    assert {reason.holds for reason in found.reasons} == {True, False, None}


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"order": 1, "must": [{"age": 3}]},
        {"order": 1, "must": [{"age_from": "3"}]},
        {"order": 1, "any_of": [{"need": "x"}]},
        {"order": 1, "any_of": [{"rule": "pcl5", "least": 2}]},
        {"order": 1, "mist": []},
    ],
)
def test_a_broken_rule_of_a_programme_is_named(content):
    with pytest.raises(ValueError, match="pathway"):
        pathway.from_file("resilience", content)


@pytest.fixture
def somebody(office, round_id, lines, today):
    """One woman of 20 with an SRQ-20 of 12; her id."""
    office.do(participants.import_people, lines(1))
    person = next(iter(office.ask(people.numbers).values()))
    office.do(
        actions.record,
        round_id,
        Answers(person, today, {n: int(n <= 12) for n in range(1, 21)}),
    )
    return person


def test_the_proposed_way_needs_no_reason_another_does(office, round_id, somebody):
    office.do(actions.decide, round_id, Decided(somebody, "sociotherapy"))
    for way in ("other", "waiting", "refer", "multifamily", "resilience"):
        with pytest.raises(Invalid) as raised:
            office.do(actions.decide, round_id, Decided(somebody, way, "", "  "))
        assert [(f.field, f.kind) for f in raised.value.faults] == [
            ("reason", "reason needed")
        ]
        office.do(actions.decide, round_id, Decided(somebody, way, "", "asked for it"))


def test_the_waiting_list_has_order_reason_and_days(
    office, round_id, lines, today, calendar
):
    office.do(participants.import_people, lines(3))
    ids = list(office.ask(people.numbers).values())
    office.do(
        actions.record_many,
        round_id,
        [Answers(i, today, {n: int(n <= 12) for n in range(1, 21)}) for i in ids],
    )
    for day, person in zip((9, 3, 3), ids, strict=True):
        calendar.day = date(2026, 3, day)
        office.do(
            actions.decide,
            round_id,
            Decided(person, "waiting", "", f"no place on the {day}"),
        )
    calendar.day = date(2026, 3, 13)
    found = office.ask(queries.waiting_list)
    assert [(one.place, one.person_id, one.days) for one in found] == [
        (1, ids[1], 10),
        (2, ids[2], 10),
        (3, ids[0], 4),
    ]
    assert found[0].reason == "no place on the 3"


def test_earlier_rounds_and_release_are_read_from_the_office(
    office, round_id, somebody
):
    from cbs_desktop.programmes import actions as programmes
    from cbs_desktop.programmes import queries as programme_queries
    from cbs_desktop.programmes.rules import RoundPlan

    office.do(actions.decide, round_id, Decided(somebody, "sociotherapy"))
    programme_id = office.ask(programme_queries.programmes)[0][0]
    later = office.do(
        programmes.open_round,
        programme_id,
        RoundPlan("2026B", date(2026, 8, 3), date(2026, 12, 18)),
    )
    assert (
        office.ask(results.found, somebody, round_id).proposal.pathway == "sociotherapy"
    )
    codes = {
        r.code: r for r in office.ask(results.found, somebody, later).proposal.reasons
    }
    assert (
        codes["first_time"].holds is False
        and codes["first_time"].facts["rounds"] == "2026A"
    )


def test_what_was_proposed_is_sealed_with_the_decision(office, round_id, somebody):
    office.do(actions.decide, round_id, Decided(somebody, "sociotherapy"))
    with office._reader.connect() as link:
        decision_id, sealed = link.exec_driver_sql(
            "SELECT id, sealed FROM decision"
        ).one()
        entries = (
            link.exec_driver_sql(
                "SELECT coalesce(after, '') FROM entry WHERE tbl = 'decision'"
            )
            .scalars()
            .all()
        )
    assert b"proposed" not in sealed and b"proposed" in office._unseal(
        sealed, sealed_of_decision(decision_id)
    )
    assert not any("srq20" in text or "reached" in text for text in entries)
