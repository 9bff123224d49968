"""Who is next: the order in which people wait to be screened and decided on, and what is half typed of whom."""

from datetime import timedelta

import pytest

from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people
from cbs_desktop.screening import actions, half_typed, queries
from cbs_desktop.screening.actions import Answers, Decided

ANSWERS = {number: int(number < 13) for number in range(1, 21)}


@pytest.fixture
def arrive(office, lines):
    """People are registered; their ids."""
    every = lines(9)

    def register(count):
        known = set(office.ask(people.numbers).values())
        office.do(participants.import_people, [every.pop() for _each in range(count)])
        return sorted(set(office.ask(people.numbers).values()) - known)

    return register


def test_who_is_next_stands_first_however_long_others_wait(
    office, round_id, arrive, calendar
):
    first = arrive(4)
    to_decide = first.pop()
    office.do(actions.record_many, round_id, [Answers(i, calendar.day, ANSWERS) for i in first])  # fmt: skip
    for person, way in zip(first, ("sociotherapy", "waiting", "refer"), strict=True):
        calendar.day += timedelta(days=1)
        decided = Decided(person, way, "adult", reason="so decided")
        office.do(actions.decide_many, round_id, [decided])
    calendar.day += timedelta(days=1)
    new = arrive(2)
    calendar.day += timedelta(days=1)
    office.do(actions.record, round_id, Answers(to_decide, calendar.day, ANSWERS))
    found = office.ask(queries.line, round_id)
    assert [one.state for one in found] == [
        "to decide",
        "new",
        "new",
        "refer",
        "waiting",
        "sociotherapy",
    ]
    assert [one.person_id for one in found] == [to_decide, *new, *reversed(first)]
    assert found[0].since == calendar.day


def test_the_longest_waiting_comes_first_and_who_left_is_not_there(
    office, round_id, arrive, calendar
):
    early = arrive(2)
    calendar.day += timedelta(days=1)
    late = arrive(1)
    office.do(participants.leave, early[0], calendar.day, "work")
    found = office.ask(queries.line)
    assert [one.person_id for one in found] == [early[1], *late]


def test_what_is_half_typed_is_told_with_whose_it_is(sign_in, lines):
    office = sign_in("coordinator")
    office.do(participants.import_people, lines(2))
    one, other = office.ask(people.numbers).values()
    round_id = office.ask(queries.sheet, one).round_id
    office.do(half_typed.keep_draft, round_id, one, "srq20", {1: 1})
    office.close()
    clerk = sign_in("clerk")
    clerk.do(half_typed.keep_draft, round_id, other, "srq20", {1: 0})
    clerk.do(half_typed.keep_draft, round_id, one, "srq20", {1: 0})
    told = {i.person_id: (i.draft, i.begun_by) for i in clerk.ask(queries.line)}
    assert told == {one: (True, ""), other: (True, "")}
    clerk.close()
    office = sign_in("coordinator")
    told = {i.person_id: (i.draft, i.begun_by) for i in office.ask(queries.line)}
    assert told == {one: (True, ""), other: (False, "clerk")}
