"""What people change by hand: together, pins, comparing, ties, preferences, late joiners; through the actions."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from cbs_desktop.errors import Invalid, Missing, RuleBroken
from cbs_desktop.facilitators import actions as facilitators
from cbs_desktop.facilitators.rules import FacilitatorDetails
from cbs_desktop.groups import actions, eligible, queries, running
from cbs_desktop.groups.allocation import late_joiners, solver
from cbs_desktop.groups.proposals import (
    alternatives,
    boards,
    comparing,
    proposing,
    relaxing,
    stored,
)
from cbs_desktop.groups.rules import Preferences
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people
from cbs_desktop.places import actions as places
from cbs_desktop.places.positions import Position

STARTS = date(2026, 3, 9)


@pytest.fixture
def proposed(office, round_id, screened):
    """A proposal of so many people; its id and the ids of the people."""

    def make(count):
        ids = screened(count)
        return propose(office, round_id), ids

    return make


def propose(office, round_id, seed=1):
    problem = office.ask(eligible.instance, round_id)
    return office.do(
        proposing.propose, round_id, problem, solver.solve(problem, Random(seed)), seed
    )


def groups(office):
    return [
        {card.id for card in group.cards} for group in office.ask(boards.board).groups
    ]


def change(office, person_id, **more):
    office.do(
        participants.change,
        person_id,
        replace(office.ask(people.form, person_id).details, **more),
    )


def test_who_is_kept_together_moves_together_and_says_so(office, proposed):
    proposal, _ids = proposed(24)
    first, second = groups(office)
    one, other, third = [*list(first)[:2], next(iter(second))]
    office.do(actions.keep_together, one, other, "spouses")
    office.do(proposing.move, proposal, 1, one, 1)
    assert {one, other} <= groups(office)[1] and " , " not in office.last_change.done
    board = office.ask(boards.board)
    card = next(
        card for group in board.groups for card in group.cards if card.id == one
    )
    partner = next(
        card for group in board.groups for card in group.cards if card.id == other
    )
    assert card.friends == (partner.name,) and partner.name in office.last_change.done
    with pytest.raises(RuleBroken) as raised:
        office.do(proposing.exchange, proposal, 2, one, next(iter(groups(office)[0])))
    assert raised.value.facts["rule"] == "keep together" and third in groups(office)[1]
    (pair,) = office.ask(queries.keep_togethers)
    office.do(actions.release_keep_together, pair.id)
    assert office.ask(queries.keep_togethers) == []
    with pytest.raises(Missing):
        office.do(actions.release_keep_together, pair.id)


def test_pairs_that_are_none(office, screened):
    (one, other) = screened(2)
    for pair in ((one, one, "spouses"), (one, other, "love")):
        with pytest.raises(Invalid):
            office.do(actions.keep_together, *pair)
    with pytest.raises(Missing):
        office.do(actions.keep_together, one, 12345, "spouses")


def test_pins_are_kept_and_the_rest_is_compared(office, proposed, round_id):
    proposal, _ids = proposed(39)
    first, second, _third = groups(office)
    stays = next(iter(first))
    office.do(proposing.pin, proposal, 1, stays)
    office.do(proposing.pin_group, proposal, 2, 1)
    one, now = office.ask(stored.on_board)
    again = solver.solve(now, Random(9), before=one.assignment, pins=one.pins)
    other = office.do(proposing.propose, round_id, now, again, 9, one.pins)
    board = office.ask(boards.board)
    assert board.id == other and board.others == 1 and board.groups[1].pinned
    assert {card.id for card in board.groups[1].cards} == second
    assert [
        card.id for group in board.groups for card in group.cards if card.pinned
    ] == [stays]
    newer, older = office.ask(comparing.proposals)
    assert (
        (newer.id, older.id) == (other, proposal)
        and newer.on_board
        and older.elsewhere >= 0 == newer.elsewhere
    )
    assert (
        newer.cost == pytest.approx(again.cost, abs=0.01)
        and newer.broken == 0
        and older.number == 1
    )
    office.do(proposing.take_up_proposal, proposal)
    assert office.ask(boards.board).id == proposal
    office.undo()
    assert office.ask(boards.board).id == other
    with pytest.raises(Missing):
        office.do(proposing.pin_group, other, 1, 99)
    with pytest.raises(Missing):
        office.do(proposing.take_up_proposal, 12345)


def test_only_the_last_proposals_are_kept_and_acceptance_ends_them(
    office, proposed, round_id
):
    proposed(13)
    made = [propose(office, round_id, seed) for seed in range(2, 6)]
    assert [one.id for one in office.ask(comparing.proposals)] == made[:0:-1]
    office.do(proposing.accept, made[-1], 1, STARTS)
    assert office.ask(comparing.proposals) == []
    office.undo()
    assert len(office.ask(comparing.proposals)) == 3


def test_the_same_input_rules_and_seed_give_the_same_groups_again(office, proposed):
    proposal, _ids = proposed(40)
    one, now = office.ask(stored.on_board)
    assert one.id == proposal and one.instance == now and one.solver == solver.VERSION
    assert solver.solve(one.instance, Random(one.seed)) == one.assignment


def test_preferences_make_the_instance(office, proposed, round_id):
    proposed(13)
    programme, usual = office.ask(queries.preferences)
    office.do(
        actions.set_preferences,
        programme,
        replace(usual, ages="none", distance="much", undivided="merge", area_km=5),
    )
    problem = office.ask(eligible.instance, round_id)
    assert problem.preferences == Preferences(5, "merge", ages="none", distance="much")
    for wrong in (
        replace(usual, sexes="very"),
        replace(usual, area_km=-1),
        replace(usual, undivided="no"),
    ):
        with pytest.raises(Invalid):
            office.do(actions.set_preferences, programme, wrong)
    assert office.ask(queries.preferences)[1].area_km == 5


def test_small_sectors_share_a_group_when_the_office_wishes_so(
    office, screened, round_id
):
    here = screened(9)
    there = screened(7, sector="Cyuve")
    programme, usual = office.ask(queries.preferences)
    office.do(actions.set_preferences, programme, replace(usual, undivided="merge"))
    proposal = propose(office, round_id)
    (group,) = office.ask(boards.board).groups
    assert {card.id for card in group.cards} == {
        *here,
        *there,
    } and group.place == "Musanze › Muhoza + Cyuve"
    (made,) = office.do(proposing.accept, proposal, 1, STARTS)
    assert len(office.ask(queries.group, made).members) == 16


def test_positions_tell_the_ways(office, screened, round_id):
    screened(6)
    screened(6, sector="Cyuve")
    spots = [
        Position(2, ("Musanze", "muhoza"), -1.5, 29.6),
        Position(3, ("Musanze", "Cyuve"), -1.52, 29.6),
    ]
    assert office.do(places.set_positions, spots) == 2
    programme, usual = office.ask(queries.preferences)
    for km, sizes in ((2, [6, 6]), (3, [12])):
        office.do(actions.set_preferences, programme, replace(usual, area_km=km))
        assert [
            len(pool.people) for pool in office.ask(eligible.instance, round_id).pools
        ] == sizes
    with pytest.raises(Invalid) as raised:
        office.do(places.set_positions, [*spots, Position(4, ("Nowhere",), 0.0, 0.0)])
    assert [fault.row for fault in raised.value.faults] == [4]


def facilitator(office, name, sex, place, **more):
    return office.do(
        facilitators.register_facilitator,
        FacilitatorDetails(name, "", sex, "", place, **more),
    )


def test_facilitators_who_may_lead_are_chosen_and_nobody_leads_family(
    office, screened, round_id
):
    ids = screened(13)
    place = office.ask(people.form, ids[0]).details.place_id
    kin, woman, man = (
        facilitator(office, name, sex, place)
        for name, sex in (("KIN", "F"), ("WOMAN", "F"), ("MAN", "M"))
    )
    facilitator(office, "LEARNER", "M", place, level="in training")
    office.do(actions.set_ties, kin, [ids[0]])
    assert [i for i, _name in office.ask(queries.ties, kin)] == [ids[0]]
    proposal = propose(office, round_id)
    (group,) = office.ask(boards.board).groups
    assert sorted(group.facilitators) == ["MAN", "WOMAN"] and group.weekday is not None
    (made,) = office.do(proposing.accept, proposal, 1, STARTS)
    facts = office.ask(queries.group, made).row
    assert (
        sorted(facts.facilitators) == ["MAN", "WOMAN"]
        and facts.weekday == group.weekday
    )
    with pytest.raises(RuleBroken) as raised:
        office.do(actions.change_group, made, "Ituze", "", [kin, man])
    assert raised.value.facts["rule"] == "tie"
    office.do(actions.change_group, made, "Ituze", "", [woman])


def test_a_tie_noted_after_the_proposal_changes_who_leads(office, screened, round_id):
    ids = screened(13)
    place = office.ask(people.form, ids[0]).details.place_id
    one = facilitator(office, "ONE", "F", place)
    _other = facilitator(office, "OTHER", "M", place)
    proposal = propose(office, round_id)
    spare = facilitator(office, "SPARE", "F", place)
    office.do(actions.set_ties, one, [ids[3]])
    (made,) = office.do(proposing.accept, proposal, 1, STARTS)
    assert sorted(office.ask(queries.group, made).row.facilitators) == [
        "OTHER",
        "SPARE",
    ]
    assert office.ask(queries.workload, round_id)[spare] == 1


def test_late_joiners_are_offered_places_and_join_together(
    office, grouped, screened, moves_to, calendar, round_id
):
    made = grouped(26)
    newcomers = moves_to(screened(3, sector="Cyuve"), "Muhoza")
    office.do(actions.keep_together, newcomers[0], newcomers[1], "carer")
    calendar.day = STARTS
    found = office.ask(running.running, round_id)
    offered = late_joiners.place_late(found, Random(1))
    assert {late.person for late in offered} == set(newcomers) and all(
        late.group is not None for late in offered
    )
    office.do(
        actions.add_many,
        [(late.person, found.ids[late.group]) for late in offered],
        STARTS,
    )
    where = {
        m.person_id: group
        for group in made
        for m in office.ask(queries.group, group).members
    }
    assert where[newcomers[0]] == where[newcomers[1]] and newcomers[2] in where
    calendar.day = date(2026, 3, 11)
    other = next(group for group in made if group != where[newcomers[0]])
    with pytest.raises(RuleBroken) as raised:
        office.do(actions.transfer, newcomers[0], other, calendar.day)
    assert raised.value.facts["rule"] == "keep together"


def test_the_venue_of_the_last_group_there_is_a_first_idea(
    office, grouped, screened, moves_to, round_id
):
    (made,) = grouped(13)
    office.do(actions.change_group, made, "Ituze", "Primary school of Kigombe", [])
    moves_to(screened(12, sector="Cyuve"), "Muhoza")
    (new,) = office.do(proposing.accept, propose(office, round_id), 1, STARTS)
    assert office.ask(queries.group, new).row.venue == "Primary school of Kigombe"


def test_what_each_part_of_the_balance_loses(office, proposed):
    proposal, _ids = proposed(26)
    person = next(iter(groups(office)[0]))
    (fit,) = office.ask(alternatives.fits, proposal, person)
    before = office.ask(boards.board).cost
    office.do(proposing.move, proposal, 1, person, 1)
    assert (
        office.ask(boards.board).cost - before == pytest.approx(fit.extra, abs=1e-3)
        and dict(fit.parts)["sexes"]
    )


def test_days_that_do_not_meet_are_named_as_what_has_to_give(
    office, screened, round_id
):
    ids = screened(13)
    change(office, ids[0], days=(0,))
    change(office, ids[1], days=(1,))
    propose(office, round_id)
    board = office.ask(boards.board)
    assert [card.why for card in board.waiting] == ["no common day"]
    found = office.ask(relaxing.tight_pool, 0)
    (give,) = relaxing.rules_to_give(found, 10)
    assert give.rule == "no common day" and set(give.people) <= {ids[0], ids[1]}
    assert office.ask(relaxing.tight_pool, 7) is None


def test_who_is_released_before_the_end_waits(office, screened, round_id, musanze):
    ids = screened(12)
    facility = office.do(places.add_facility, "Musanze Facility", musanze, 2)
    for i in ids:
        change(office, i, facility_id=facility, release_on=date(2026, 12, 31))
    change(office, ids[0], facility_id=facility, release_on=date(2026, 5, 1))
    propose(office, round_id)
    board = office.ask(boards.board)
    assert [(card.id, card.why) for card in board.waiting] == [
        (ids[0], "released before the end")
    ]
    assert len(board.groups[0].cards) == 11
