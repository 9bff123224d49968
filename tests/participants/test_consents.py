"""Consent by purpose: the one rule, the same in SQL, giving and withdrawing with Undo, and what hangs on it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from cbs_desktop.errors import Invalid, RuleBroken
from cbs_desktop.groups import actions as groups
from cbs_desktop.groups import queries as group_queries
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions, consents, rules
from cbs_desktop.participants import queries as people
from cbs_desktop.participants.choices import PURPOSES
from cbs_desktop.participants.rules import (
    Birth,
    ConsentDetails,
    PersonDetails,
    RecordedConsent,
)
from cbs_desktop.participants.tables import Consent, Person
from cbs_desktop.problems import say, say_fault
from cbs_desktop.reports import outcome_words, outcomes
from cbs_desktop.screening import actions as screening
from cbs_desktop.screening import half_typed, results
from cbs_desktop.screening import queries as screening_queries
from cbs_desktop.screening.actions import Answers, Decided

TODAY = date(2026, 3, 2)
DAYS = st.dates(date(2020, 1, 1), date(2027, 1, 1))
BIRTHS = st.builds(
    Birth,
    st.none() | st.dates(date(1990, 1, 1), date(2015, 1, 1)),
    st.none() | st.integers(1990, 2015),
)


@st.composite
def recorded(draw):
    given_on = draw(DAYS)
    ended = draw(st.none() | st.integers(0, 900))
    return RecordedConsent(
        purpose=draw(st.sampled_from(PURPOSES[:2])),
        given_on=given_on,
        guardian=draw(st.sampled_from(("", "UWERA Rose"))),
        withdrawn_on=None if ended is None else given_on + timedelta(ended),
    )


LISTS = st.lists(recorded(), max_size=4)


@given(LISTS, BIRTHS, DAYS)
def test_nobody_may_without_a_consent_to_that_very_purpose(found, birth, day):
    others = [consent for consent in found if consent.purpose != "screening"]
    assert rules.why_not("screening", others, birth, day) == "consent needed"


@given(LISTS, BIRTHS, DAYS)
def test_who_may_has_a_consent_that_stands_and_a_child_a_guardian(found, birth, day):
    mine = [one for one in found if one.purpose == "programme" and one.stands(day)]
    why = rules.why_not("programme", found, birth, day)
    adult = [one for one in mine if (birth.age(one.given_on) or 16) >= 16]
    assert (why == "") == bool(adult or [one for one in mine if one.guardian])
    if why == "guardian needed":
        assert mine and not any(one.guardian for one in mine)


@given(LISTS, BIRTHS)
def test_after_every_consent_is_withdrawn_nobody_may(found, birth):
    day = date(2027, 6, 1)
    ended = [replace(one, withdrawn_on=max(one.given_on, day)) for one in found]
    for purpose in PURPOSES:
        assert rules.why_not(purpose, ended, birth, day) in (
            "consent needed",
            "consent withdrawn",
        )
    assert rules.standing(ended, day) == ()


@pytest.fixture
def person(office, musanze):
    details = PersonDetails("KEZA", "Aline", "F", musanze, born_year=1990)
    return office.do(actions.register, details, ConsentDetails(TODAY))


def test_the_rule_in_sql_says_the_same(office, person):
    """Rows written straight into the file, so that births and consents of any kind are compared."""

    def compare(tx, cases):
        for found, birth in cases:
            tx.run(delete(Consent).where(Consent.person_id == person))
            this = Person.__table__.update().where(Person.id == person)
            tx.run(this.values(born_on=birth.on, born_year=birth.year))
            for one in found:
                row = {key: getattr(one, key) for key in RecordedConsent.__slots__}
                tx.run(insert(Consent).values(id=tx.new_id(), person_id=person, **row))
            for purpose in PURPOSES[:2]:
                asked = select(consents.agrees(purpose, tx.today).label("may"))
                may = tx.value(asked.where(Person.id == person).select_from(Person))
                why = consents.why_not(tx, person, purpose)
                assert bool(may) == (why == ""), (purpose, found, birth, why)

    compare.permission = actions.register.permission
    compare.name = "test.compare"
    compare.done = "Compared"

    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(st.lists(st.tuples(LISTS, BIRTHS), min_size=5, max_size=5))
    def run(cases):
        office.do(compare, cases)

    run()


@pytest.mark.parametrize(
    ("born", "may"),
    [
        ({}, True),
        ({"born_year": 2010}, True),
        ({"born_year": 2011}, False),
        ({"born_on": date(2010, 3, 2)}, True),
        ({"born_on": date(2010, 3, 3)}, False),
    ],
)
def test_a_child_of_a_corrected_birth_needs_a_guardian(office, musanze, born, may):
    adult = PersonDetails("KEZA", "Alice", "F", musanze, born_year=1990)
    child = office.do(actions.register, adult, ConsentDetails(TODAY))
    office.do(actions.change, child, replace(adult, **{"born_year": None, **born}))
    with office._reader.connect() as link:
        asked = select(consents.agrees("programme", TODAY)).select_from(Person)
        agreed = link.execute(asked.where(Person.id == child)).scalar()
    assert bool(agreed) is may
    why = office.ask(overview.record, child).no_consent
    assert why == ("" if may else "guardian needed")


def test_one_paper_several_purposes_and_an_unknown_one_is_refused(office, person):
    paper = ConsentDetails(
        TODAY, "oral", ("photo", "sharing"), language="rw", witness=" UWERA  Rose "
    )
    office.do(actions.give_consent, person, paper)
    found = office.ask(overview.record, person)
    assert rules.standing(found.consents, TODAY) == (
        "programme",
        "screening",
        "photo",
        "sharing",
    )
    assert {(c.language, c.witness) for c in found.consents if c.mode == "oral"} == {
        ("rw", "UWERA Rose")
    }
    assert (
        office.last_change.done == "Recorded the consent of KEZA Aline: photo, sharing"
    )
    for wrong, fault in (
        (ConsentDetails(TODAY, purposes=("radio",)), ("purposes", "not a choice")),
        (ConsentDetails(TODAY, purposes=()), ("purposes", "needed")),
        (ConsentDetails(TODAY, language="xx"), ("consent_language", "not a choice")),
    ):
        with pytest.raises(Invalid) as raised:
            office.do(actions.give_consent, person, wrong)
        assert [(f.field, f.kind) for f in raised.value.faults] == [fault]
    office.undo()
    found = office.ask(overview.record, person)
    assert len(found.consents) == 2


def test_who_was_a_child_on_the_day_of_the_paper_needs_a_guardian(office, musanze):
    child = PersonDetails("INEZA", "", "F", musanze, born_on=date(2010, 2, 1))
    paper = ConsentDetails(date(2026, 1, 31))  # sixteen since, fifteen on that day
    with pytest.raises(Invalid) as raised:
        office.do(actions.register, child, paper)
    assert [fault.kind for fault in raised.value.faults] == ["guardian needed"]
    made = office.do(actions.register, child, replace(paper, guardian="UWERA Rose"))
    assert office.ask(overview.record, made).no_consent == ""


def test_a_birth_corrected_later_makes_the_guardian_needed(office, person):
    details = office.ask(people.form, person).details
    office.do(actions.change, person, replace(details, born_year=2014))
    assert office.ask(overview.record, person).no_consent == "guardian needed"


def test_screening_withdrawn_blocks_and_seals_until_a_new_consent(
    office, round_id, screened
):
    one, other = screened(2)
    sheet = office.ask(screening_queries.sheet, one)
    office.do(groups.withdraw_consent, one, ("screening",), TODAY, "own wish")
    assert office.last_change.done == f"{sheet.name} withdrew consent: screening"
    values = dict.fromkeys(range(1, 21), 0)
    for blocked in (
        (screening.record, round_id, Answers(one, TODAY, values)),
        (half_typed.keep_draft, round_id, one, "srq20", {1: 1}),
    ):
        with pytest.raises(RuleBroken) as raised:
            office.do(*blocked)
        assert raised.value.facts["rule"] == "screening: consent withdrawn"
    office.do(half_typed.keep_draft, round_id, one, "srq20", {})
    assert office.ask(screening_queries.sheet, one).no_consent == "consent withdrawn"
    assert office.ask(screening_queries.sheet, other).no_consent == ""
    record = office.ask(overview.record, one)
    assert record.no_consent == "" and record.row.state == "sociotherapy"
    found = office.ask(results.found, one)
    assert found.results == () and found.no_consent == "consent withdrawn"
    assert len(office.ask(results.found, other).results) == 1
    with pytest.raises(RuleBroken) as raised:
        office.ask(results.result, sheet.taken[0].assessment_id)
    assert raised.value.facts["rule"] == "screening: consent withdrawn"
    with pytest.raises(RuleBroken):
        office.do(screening.decide, round_id, Decided(one, "refer", "", "why"))


def test_undo_takes_a_withdrawal_back(office, screened):
    (one,) = screened(1)
    office.do(groups.withdraw_consent, one, ("screening",), TODAY)
    office.undo()
    assert office.ask(screening_queries.sheet, one).no_consent == ""


def test_a_new_consent_after_a_withdrawal_counts_and_the_card_shows_both(
    office, round_id, person
):
    office.do(groups.withdraw_consent, person, ("screening",), TODAY)
    old = ConsentDetails(TODAY - timedelta(1), purposes=("screening",))
    with pytest.raises(Invalid) as raised:
        office.do(actions.give_consent, person, old)
    assert [fault.kind for fault in raised.value.faults] == ["before withdrawal"]
    office.do(actions.give_consent, person, replace(old, given_on=TODAY))
    record = office.ask(overview.record, person)
    steps = [(e.code, e.purposes) for e in record.events if e.purposes]
    assert ("withdrawn", ("screening",)) in steps
    ended = [c.withdrawn_on for c in record.consents if c.purpose == "screening"]
    assert sorted(ended, key=str) == [TODAY, None]
    values = dict.fromkeys(range(1, 21), 0)
    assert office.do(screening.record, round_id, Answers(person, TODAY, values))


def test_a_follow_up_questionnaire_asks_for_its_own_consent(office, round_id, person):
    sheet = Answers(person, TODAY, dict.fromkeys(range(1, 21), 0), occasion="follow-up")
    with pytest.raises(RuleBroken) as raised:
        office.do(screening.record, round_id, sheet)
    assert raised.value.facts["rule"] == "follow-up: consent needed"
    paper = ConsentDetails(TODAY, purposes=("follow-up",))
    office.do(actions.give_consent, person, paper)
    assert office.do(screening.record, round_id, sheet)


def test_programme_withdrawn_leaves_group_and_programme_in_one_act_and_one_undo(
    office, grouped, calendar
):
    (group_id,) = grouped(12)
    calendar.day = date(2026, 3, 20)
    member = office.ask(group_queries.group, group_id).members[0]
    told = office.ask(overview.consequences, member.person_id)
    assert [(one.purpose, one.code) for one in told] == [
        ("programme", "leaves group"),
        ("programme", "not active"),
        ("programme", "attendance stays"),
        ("screening", "no questionnaires"),
        ("screening", "results sealed"),
    ]
    acts = office.check().acts
    office.do(groups.withdraw_consent, member.person_id, ("programme",), calendar.day)
    assert office.check().acts == acts + 1
    record = office.ask(overview.record, member.person_id)
    assert (record.row.state, record.no_consent) == ("left", "consent withdrawn")
    assert office.ask(group_queries.group, group_id).row.size == 11
    ended = [c.withdrawn_on for c in record.consents if c.purpose == "programme"]
    assert ended == [calendar.day]
    office.undo()
    record = office.ask(overview.record, member.person_id)
    assert (record.row.state, record.no_consent) == ("in group", "")
    assert office.ask(group_queries.group, group_id).row.size == 12


def test_leaving_because_consent_was_withdrawn_withdraws_it_and_a_new_one_brings_back(
    office, person
):
    office.do(groups.leave_programme, person, TODAY, "consent withdrawn")
    record = office.ask(overview.record, person)
    assert (record.row.state, record.no_consent) == ("left", "consent withdrawn")
    assert rules.standing(record.consents, TODAY) == ("screening",)
    office.do(actions.give_consent, person, ConsentDetails(TODAY))
    record = office.ask(overview.record, person)
    assert (record.row.state, record.no_consent) == ("new", "")
    office.undo()
    assert office.ask(overview.record, person).row.state == "left"


def test_leaving_for_another_reason_leaves_the_consent(office, person):
    office.do(actions.leave, person, TODAY, "work")
    assert office.ask(overview.record, person).no_consent == ""
    office.do(actions.give_consent, person, ConsentDetails(TODAY))
    assert office.ask(overview.record, person).row.state == "left"


@pytest.mark.parametrize(
    ("purposes", "on", "reason", "field", "kind"),
    [
        ((), TODAY, "", "purposes", "needed"),
        (("radio",), TODAY, "", "purposes", "not a choice"),
        (("photo",), TODAY, "", "purposes", "no consent to withdraw"),
        (("screening",), TODAY - timedelta(1), "", "withdrawn_on", "before consent"),
        (("screening",), TODAY + timedelta(1), "", "withdrawn_on", "in the future"),
        (("screening",), None, "", "withdrawn_on", "needed"),
        (("screening",), TODAY, "a story", "withdrawn_why", "not a choice"),
    ],
)
def test_a_wrong_withdrawal_changes_nothing(
    office, person, purposes, on, reason, field, kind
):
    before = office.check().acts
    with pytest.raises(Invalid) as raised:
        office.do(groups.withdraw_consent, person, purposes, on, reason)
    assert [(f.field, f.kind) for f in raised.value.faults] == [(field, kind)]
    assert office.check().acts == before


def test_the_import_means_programme_and_screening(office, lines):
    office.do(actions.import_people, lines(1))
    (one,) = office.ask(people.numbers).values()
    found = office.ask(overview.record, one).consents
    assert rules.standing(found, TODAY) == ("programme", "screening")


def test_a_group_that_has_had_its_last_session_keeps_whoever_withdraws(
    office, grouped, calendar
):
    (group_id,) = grouped(12)
    sessions = office.ask(group_queries.group, group_id).sessions
    calendar.day = sessions[-1][1] + timedelta(1)
    person = office.ask(group_queries.group, group_id).members[0].person_id
    codes = [one.code for one in office.ask(overview.consequences, person)]
    assert "leaves group" not in codes and "not active" in codes
    office.do(groups.withdraw_consent, person, ("programme",), calendar.day)
    assert office.ask(group_queries.group, group_id).row.size == 12


def test_the_outcome_report_leaves_out_who_withdrew_and_says_how_many(
    office, round_id, screened
):
    ids = screened(6)
    whole = office.ask(outcomes.outcomes, round_id)
    assert whole.left_out == 0 and whole.rows[0].summary.before.n == 6
    office.do(groups.withdraw_consent, ids[0], ("screening",), TODAY)
    found = office.ask(outcomes.outcomes, round_id)
    assert found.left_out == 1 and found.rows[0].summary.before.n == 5
    said = outcome_words.notes(found)
    assert "1 person without consent for screening is left out." in said


def test_every_refusal_has_its_words():
    for purpose in ("programme", "screening", "follow-up"):
        for why in ("consent needed", "consent withdrawn", "guardian needed"):
            rule = f"{purpose}: {why}"
            words = say(RuleBroken(rule=rule, number="MU-L1-0001"))
            assert "MU-L1-0001" in words.what
            assert "programme rule" not in words.what and words.todo
    early = TODAY - timedelta(1)
    given = [RecordedConsent("screening", TODAY)]
    (late,) = rules.withdrawal_faults(("screening",), given, early, "", TODAY)
    assert say_fault(late) == "The consent was given later, on 02/03/2026."
