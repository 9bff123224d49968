"""Second entries and drafts: typed by another person, compared by a screener, kept through a power cut."""

import pytest

from cbs_desktop import settings
from cbs_desktop.errors import Refused, RuleBroken
from cbs_desktop.keeping import accounts as keeping
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people
from cbs_desktop.safe.permissions import Role
from cbs_desktop.screening import actions, half_typed, queries, results, safety
from cbs_desktop.screening.actions import Answers
from cbs_desktop.screening.rules import SafetyCard

NINE = {n: int(n <= 9) for n in range(1, 21)}
CLERK = "clerk"
OTHER = "second clerk"


@pytest.fixture
def paper(sign_in, lines, today):
    """A questionnaire typed by the clerk while every sheet is to be typed twice; signs in as somebody."""
    office = sign_in("coordinator")
    office.do(settings.set_value, "second entry every", 1)
    office.do(participants.import_people, lines(1))
    office.do(keeping.add_account, OTHER, frozenset({Role.CLERK}), "four plain words")
    person = next(iter(office.ask(people.numbers).values()))
    office.close()
    clerk = sign_in(CLERK)
    found = clerk.ask(queries.sheet, person)
    made = clerk.do(actions.record, found.round_id, Answers(person, today, NINE))
    clerk.close()
    return person, made


def again(sign_in, paper, today, values, who=OTHER, card=None):
    person, made = paper
    office = sign_in(who)
    try:
        office.do(actions.record_second, made, Answers(person, today, values, card))
    finally:
        office.close()


def test_the_same_person_cannot_type_it_again(sign_in, paper, today):
    with pytest.raises(RuleBroken) as raised:
        again(sign_in, paper, today, NINE, who=CLERK)
    assert raised.value.facts["rule"] == "second person"


def test_two_equal_entries_are_agreed(sign_in, paper, today):
    again(sign_in, paper, today, NINE)
    office = sign_in("screener")
    assert office.ask(results.comparison, paper[1]).differences == ()
    office.do(actions.settle, paper[1], {})
    assert (
        office.ask(queries.second_entries) == []
        and office.ask(results.result, paper[1]).second == "agreed"
    )


def test_differences_are_listed_and_each_is_decided(sign_in, paper, today):
    again(sign_in, paper, today, {**NINE, 3: 0, 12: None})
    office = sign_in("screener")
    found = office.ask(results.comparison, paper[1])
    assert [(d.number, d.first, d.second) for d in found.differences] == [
        (3, 1, 0),
        (12, 0, None),
    ]
    assert (found.first_by, found.second_by) == (CLERK, OTHER)
    with pytest.raises(RuleBroken) as raised:
        office.do(actions.settle, paper[1], {3: 0})
    assert raised.value.facts["questions"] == (12,)
    office.do(actions.settle, paper[1], {3: 0, 12: 0})
    assert office.ask(results.result, paper[1]).outcome.first.value == 8
    office.undo()
    assert office.ask(results.result, paper[1]).outcome.first.value == 9


def test_neither_typist_reads_back(sign_in, paper, today):
    again(sign_in, paper, today, NINE)
    office = sign_in(OTHER)
    with pytest.raises(Refused):
        office.ask(results.comparison, paper[1])
    assert [one.second for one in office.ask(queries.second_entries)] == ["typed"]


def test_a_risk_that_only_the_second_saw_asks_for_a_card(sign_in, paper, today):
    risky = {**NINE, 17: 1}
    with pytest.raises(RuleBroken) as raised:
        again(sign_in, paper, today, risky)
    assert raised.value.facts["rule"] == "safety card"
    again(
        sign_in, paper, today, risky, card=SafetyCard("Nurse", today, True, "", today)
    )
    assert len(sign_in("screener").ask(safety.open_cards)) == 1


def test_home_counts_what_is_due_and_what_is_to_be_compared(sign_in, paper, today):
    def codes():
        office = sign_in("coordinator")
        found = {todo.code for todo in office.ask(overview.today).todos}
        office.close()
        return found & {"second entries", "to compare"}

    assert codes() == {"second entries"}
    again(sign_in, paper, today, NINE)
    assert codes() == {"to compare"}


def test_every_third_sheet(office, round_id, lines, today):
    office.do(settings.set_value, "second entry every", 3)
    office.do(participants.import_people, lines(7))
    ids = office.ask(people.numbers).values()
    office.do(actions.record_many, round_id, [Answers(i, today, NINE) for i in ids])
    assert len(office.ask(queries.second_entries)) == 3


def test_a_draft_is_there_again_for_whoever_typed_it_only(sign_in, lines):
    office = sign_in("coordinator")
    office.do(participants.import_people, lines(1))
    person = next(iter(office.ask(people.numbers).values()))
    round_id = office.ask(queries.sheet, person).round_id
    office.do(half_typed.keep_draft, round_id, person, "srq20", {1: 1, 2: None})
    office.close()
    office = sign_in("clerk")
    assert (
        office.ask(queries.sheet, person).draft == {}
        and office.ask(queries.drafts) == 0
    )
    office.close()
    office = sign_in("coordinator")
    assert (
        office.ask(queries.sheet, person).draft == {1: 1, 2: None}
        and office.ask(queries.drafts) == 1
    )
    assert [one.draft for one in office.ask(queries.line)] == [True]


def test_a_draft_leaves_no_answer_in_the_journal_and_nothing_to_undo(
    office, round_id, lines, today
):
    office.do(participants.import_people, lines(1))
    person = next(iter(office.ask(people.numbers).values()))
    undoable = office.undoable()
    office.do(half_typed.keep_draft, round_id, person, "srq20", {1: 1})
    with office._reader.connect() as link:
        assert (
            link.exec_driver_sql(
                "SELECT count(*) FROM entry WHERE tbl = 'draft'"
            ).scalar()
            == 0
        )
    assert office.undoable() == undoable and office.check().well
    office.do(actions.record, round_id, Answers(person, today, NINE))
    assert office.ask(queries.drafts) == 0


def test_nothing_typed_takes_the_draft_away(office, round_id, lines):
    office.do(participants.import_people, lines(1))
    person = next(iter(office.ask(people.numbers).values()))
    office.do(half_typed.keep_draft, round_id, person, "srq20", {1: 1})
    office.do(half_typed.keep_draft, round_id, person, "srq20", {})
    assert office.ask(queries.drafts) == 0
