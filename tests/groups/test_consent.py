"""Nobody is placed in a group without consent for the programme; who is in one stays until somebody acts."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from cbs_desktop.errors import RuleBroken
from cbs_desktop.groups import actions, eligible, running
from cbs_desktop.groups import queries as group_queries
from cbs_desktop.groups.allocation import late_joiners, solver
from cbs_desktop.groups.proposals import boards, proposing
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people
from cbs_desktop.participants.rules import ConsentDetails

STARTS = date(2026, 3, 9)
TODAY = date(2026, 3, 2)


def becomes_a_child(office, person):
    """A birth that is corrected: the consent names no guardian."""
    details = office.ask(people.form, person).details
    young = replace(details, born_on=None, born_year=2012)
    office.do(participants.change, person, young)


def propose(office, round_id):
    problem = office.ask(eligible.instance, round_id)
    found = solver.solve(problem, Random(1))
    return office.do(proposing.propose, round_id, problem, found, 1)


def test_who_does_not_consent_waits_with_the_reason(office, round_id, screened):
    ids = screened(13)
    becomes_a_child(office, ids[0])
    assert [
        (card.id, card.why)
        for card in office.ask(boards.board).waiting
        if card.why != "new"
    ] == [(ids[0], "no consent")]
    proposal = propose(office, round_id)
    board = office.ask(boards.board)
    assert [(card.id, card.why) for card in board.waiting] == [(ids[0], "no consent")]
    assert sum(len(group.cards) for group in board.groups) == 12
    with pytest.raises(RuleBroken) as raised:
        office.do(proposing.move, proposal, 1, ids[0], 0)
    assert raised.value.facts["rule"] == "programme: guardian needed"
    office.do(
        participants.give_consent, ids[0], ConsentDetails(TODAY, guardian="UWERA Rose")
    )
    (card,) = office.ask(boards.board).waiting
    assert (card.id, card.why) == (ids[0], "new")
    office.do(proposing.move, proposal, 1, ids[0], 0)


def test_a_proposal_is_not_accepted_with_somebody_who_no_longer_consents(
    office, round_id, screened
):
    ids = screened(12)
    proposal = propose(office, round_id)
    becomes_a_child(office, ids[3])
    with pytest.raises(RuleBroken) as raised:
        office.do(proposing.accept, proposal, 1, STARTS)
    assert raised.value.facts["rule"] == "programme: guardian needed"
    assert office.ask(group_queries.groups) == []


def test_running_groups_stay_and_home_tells_who_lacks_consent(
    office, grouped, screened
):
    (group_id,) = grouped(12)
    members = office.ask(group_queries.group, group_id).members
    codes = {todo.code: todo.count for todo in office.ask(overview.today).todos}
    assert "no consent" not in codes
    for member in members[:2]:
        becomes_a_child(office, member.person_id)
    assert office.ask(group_queries.group, group_id).row.size == 12
    codes = {todo.code: todo.count for todo in office.ask(overview.today).todos}
    assert codes["no consent"] == 2
    listed = office.ask(overview.roster, "", "no consent")
    assert {row.id for row in listed.rows} == {m.person_id for m in members[:2]}


def test_no_late_joiner_without_consent(office, round_id, grouped, screened):
    (group_id,) = grouped(12)
    late, other = screened(2, Cell="Kigombe")
    becomes_a_child(office, late)
    found = office.ask(running.running, round_id)
    places = {one.person: one for one in late_joiners.place_late(found, Random(1))}
    assert places[late].group is None and places[late].why == "no consent"
    with pytest.raises(RuleBroken) as raised:
        office.do(actions.add_late, late, group_id, STARTS)
    assert raised.value.facts["rule"] == "programme: guardian needed"
    office.do(actions.add_late, other, group_id, STARTS)
