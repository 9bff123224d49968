"""Programmes are taken up and changed, rounds opened and changed; what is refused changes nothing."""

from dataclasses import replace
from datetime import date

import pytest

from cbs_desktop.errors import Invalid, Missing, NoRound
from cbs_desktop.programmes import actions, queries
from cbs_desktop.programmes.rules import RoundPlan

LATER = RoundPlan("2026B", date(2026, 9, 1), date(2026, 12, 15), 30, 20)


@pytest.fixture
def programme(office):
    """The id of the programme that the office works by, and its rules."""
    (found,) = office.ask(queries.programmes)
    return found


def test_the_office_works_by_its_own_figures(office, programme, round_id):
    programme_id, rules = programme
    office.do(actions.change_rules, programme_id, replace(rules, size_target=11))
    (of_round,) = office.ask(queries.rounds)
    assert of_round.rules == replace(rules, size_target=11)
    office.undo()
    assert office.ask(queries.programmes) == [programme]


def test_figures_that_contradict_each_other_change_nothing(office, programme):
    programme_id, rules = programme
    with pytest.raises(Invalid) as problem:
        office.do(actions.change_rules, programme_id, replace(rules, near_miss=15))
    assert [fault.field for fault in problem.value.faults] == ["near_miss"]
    assert office.ask(queries.programmes) == [programme]
    with pytest.raises(Missing):
        office.do(actions.change_rules, programme_id + 999, rules)


def test_the_round_that_starts_last_comes_first(office, programme, round_id):
    office.do(actions.open_round, programme[0], LATER)
    earlier = replace(LATER, name="2025B", starts=date(2025, 9, 1))
    office.do(actions.open_round, programme[0], earlier)
    names = [one.name for one in office.ask(queries.rounds)]
    assert names == ["2026B", "2026A", "2025B"]
    assert office.ask(queries.rounds)[0].plan == LATER
    office.undo()
    assert len(office.ask(queries.rounds)) == 2


def test_no_two_rounds_have_one_name(office, programme, round_id):
    for change in (actions.open_round, actions.change_round):
        target = programme[0]
        if change is actions.change_round:
            target = office.do(actions.open_round, programme[0], LATER)
        with pytest.raises(Invalid) as problem:
            office.do(change, target, replace(LATER, name="2026A"))
        assert [fault.kind for fault in problem.value.faults] == ["taken"]


def test_every_fault_of_a_round_is_told_at_once(office, programme, round_id):
    wrong = RoundPlan("2026A", LATER.ends, LATER.starts)
    for change, target in (
        (actions.open_round, programme[0]),
        (actions.change_round, office.do(actions.open_round, programme[0], LATER)),
    ):
        with pytest.raises(Invalid) as problem:
            office.do(change, target, wrong)
        kinds = {fault.kind for fault in problem.value.faults}
        assert kinds == {"before start", "taken"}


def test_a_round_keeps_its_name_when_its_dates_change(office, round_id):
    (before,) = office.ask(queries.rounds)
    plan = replace(before.plan, ends=date(2026, 8, 15), target_women=40)
    office.do(actions.change_round, round_id, plan)
    assert office.ask(queries.rounds)[0].plan == plan
    with pytest.raises(Missing):
        office.do(actions.change_round, round_id + 999, replace(plan, name="2027A"))


def read(office, of_the_room, *arguments):
    """What actions of higher rooms read."""
    with office._reader.connect() as link:
        return of_the_room(office._reading(link), *arguments)


def test_the_round_that_is_named_is_given_else_the_latest(office, programme, round_id):
    later = office.do(actions.open_round, programme[0], LATER)
    assert read(office, queries.round_of, round_id).name == "2026A"
    assert read(office, queries.round_of).id == later
    with pytest.raises(Missing):
        read(office, queries.round_of, 12345)


def test_before_the_first_round_there_is_none(office):
    with office._writer.begin() as link:
        link.exec_driver_sql("DELETE FROM round")
    with pytest.raises(NoRound):
        read(office, queries.round_of)


def test_a_programme_has_a_short_name(office, programme):
    assert read(office, queries.programme_key, programme[0]) == "sociotherapy"
    assert read(office, queries.programme_key, 12345) == ""
