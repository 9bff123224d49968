"""Groups in a real office: proposed, moved by hand, accepted, and lived in."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from cbs_desktop.attendance import queries as attendance
from cbs_desktop.errors import Invalid, Missing, RuleBroken, Stale
from cbs_desktop.facilitators import actions as facilitators
from cbs_desktop.facilitators.rules import FacilitatorDetails
from cbs_desktop.groups import actions, eligible, forming, queries
from cbs_desktop.groups.allocation import solver
from cbs_desktop.groups.proposals import alternatives, boards, proposing
from cbs_desktop.groups.rules import GroupPlan
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import queries as people
from cbs_desktop.places import actions as places

STARTS = date(2026, 3, 9)


@pytest.fixture
def propose(office, round_id):
    def make():
        problem = office.ask(eligible.instance, round_id)
        return office.do(
            proposing.propose, round_id, problem, solver.solve(problem, Random(1)), 1
        )

    return make


def test_from_eligible_people_to_groups_with_sessions_and_two_facilitators(
    office, round_id, screened, propose, musanze
):
    for sex in "FMFM":
        office.do(
            facilitators.register_facilitator,
            FacilitatorDetails("LEADER", sex, sex, "", musanze),
        )
    screened(26)
    board = office.ask(boards.board, round_id)
    assert (board.id, len(board.waiting)) == (0, 26)
    proposal = propose()
    assert [len(group.cards) for group in office.ask(boards.board).groups] == [13, 13]
    ids = office.do(proposing.accept, proposal, 1, STARTS)
    rows = office.ask(queries.groups, round_id)
    assert [row.id for row in rows] == ids and [row.name for row in rows] == [
        "Ituze",
        "Umucyo",
    ]
    assert all(len(row.facilitators) == 2 for row in rows)
    facts = office.ask(queries.group, ids[0])
    assert len(facts.members) == 13 and len(facts.sessions) == 15
    assert (
        facts.sessions[0] == (1, STARTS, "Safety") and facts.sessions[14][2] == "Memory"
    )
    assert office.ask(overview.by_state)["in group"] == 26
    office.undo()
    assert (
        office.ask(queries.groups, round_id) == []
        and office.ask(overview.by_state)["sociotherapy"] == 26
    )


def test_moving_by_hand_and_what_is_refused(office, screened, propose):
    ids = screened(26)
    proposal = propose()
    first = office.ask(boards.board).groups[0].cards[0].id
    office.do(proposing.move, proposal, 1, first, 1)
    board = office.ask(boards.board)
    assert [len(group.cards) for group in board.groups] == [
        12,
        14,
    ] and board.version == 2
    office.do(proposing.move, proposal, 2, first, None)
    assert [card.why for card in office.ask(boards.board).waiting] == ["by hand"]
    with pytest.raises(Stale):
        office.do(proposing.move, proposal, 2, ids[5], None)
    office.undo()
    assert len(office.ask(boards.board).groups[1].cards) == 14


def test_keep_apart_is_never_broken_and_never_named(office, screened, propose):
    ids = screened(26)
    office.do(actions.keep_apart, ids[0], ids[1], "domestic")
    proposal = propose()
    board = office.ask(boards.board)
    assert board.broken == 0
    where = {card.id: i for i, group in enumerate(board.groups) for card in group.cards}
    assert where[ids[0]] != where[ids[1]]
    with pytest.raises(RuleBroken) as raised:
        office.do(proposing.move, proposal, 1, ids[0], where[ids[1]])
    assert raised.value.facts == {"rule": "keep apart"}


def test_a_keep_apart_noted_after_the_proposal_stops_acceptance(
    office, screened, propose
):
    screened(13)
    proposal = propose()
    one, other = (card.id for card in office.ask(boards.board).groups[0].cards[:2])
    office.do(actions.keep_apart, one, other, "bullying")
    with pytest.raises(RuleBroken):
        office.do(proposing.accept, proposal, 1, STARTS)


def test_somebody_who_left_meanwhile_makes_the_proposal_stale(
    office, screened, propose, today
):
    ids = screened(13)
    proposal = propose()
    office.do(participants.leave, ids[0], today, "moved away")
    with pytest.raises(Stale):
        office.do(proposing.accept, proposal, 1, STARTS)


def test_a_transfer_keeps_what_was_attended(office, grouped, calendar):
    from cbs_desktop.attendance import actions as marking

    one, other = grouped(26)
    member = office.ask(queries.group, one).members[0].person_id
    calendar.day = STARTS + timedelta(days=8)
    sessions = [column.id for column in office.ask(attendance.grid, one).columns]
    other_sessions = [
        column.id for column in office.ask(attendance.grid, other).columns
    ]
    office.do(marking.mark_all, sessions[0])
    office.do(marking.mark_all, other_sessions[0])
    office.do(actions.transfer, member, other, STARTS + timedelta(days=7))
    row = next(
        row
        for row in office.ask(attendance.grid, other).rows
        if row.person_id == member
    )
    assert row.marks[0] == "–" and row.completion.attended == 1
    assert (
        next(
            r for r in office.ask(attendance.grid, one).rows if r.person_id == member
        ).marks[0]
        == "P"
    )


def test_late_joining_ends_with_the_programmes_last_session_for_it(
    office, grouped, screened, moves_to, calendar
):
    (group,) = grouped(13)
    late, later = moves_to(screened(2, sector="Cyuve"), "Muhoza")
    sessions = office.ask(queries.group, group).sessions
    calendar.day = sessions[3][1]
    office.do(actions.add_late, late, group, sessions[2][1])
    with pytest.raises(RuleBroken) as raised:
        office.do(actions.add_late, later, group, sessions[3][1])
    assert raised.value.facts["rule"] == "too late to join"
    with pytest.raises(RuleBroken):
        office.do(actions.add_late, late, group, sessions[2][1])


def test_a_full_group_takes_nobody(office, grouped, screened, calendar):
    one, other = grouped(29)
    calendar.day = STARTS + timedelta(days=4)
    full = max((one, other), key=lambda i: len(office.ask(queries.group, i).members))
    movers = [
        m.person_id for m in office.ask(queries.group, one + other - full).members
    ]
    office.do(actions.transfer, movers[0], full, STARTS + timedelta(days=3))
    with pytest.raises(RuleBroken) as raised:
        office.do(actions.transfer, movers[1], full, STARTS + timedelta(days=3))
    assert raised.value.facts["rule"] == "group full"


def test_leaving_the_programme_ends_the_membership_too(office, grouped, calendar):
    (group,) = grouped(13)
    calendar.day = STARTS + timedelta(days=10)
    member = office.ask(queries.group, group).members[0].person_id
    office.do(actions.leave_programme, member, calendar.day, "work")
    assert office.ask(queries.group, group).members[0].left_on == calendar.day
    assert office.ask(overview.record, member).row.state == "left"
    office.undo()
    assert office.ask(overview.record, member).row.state == "in group"


@pytest.mark.parametrize("starts", ["soon", None])
def test_an_impossible_first_day_is_a_fault(office, screened, propose, starts):
    screened(13)
    with pytest.raises(Invalid):
        office.do(proposing.accept, propose(), 1, starts)


def test_changing_a_group(office, grouped):
    (group,) = grouped(13)
    office.do(actions.change_group, group, "Imbuto", "Cyuve school", [])
    row = office.ask(queries.groups)[0]
    assert (row.name, row.venue, row.facilitators) == ("Imbuto", "Cyuve school", ())
    with pytest.raises(Invalid):
        office.do(actions.change_group, group, "", "", [1])
    with pytest.raises(Missing):
        office.do(actions.change_group, 1, "A", "", [])


def plan(people, sector, **more):
    usual = GroupPlan("adult", sector, None, tuple(people), STARTS, 2, "Kabeza school")
    return replace(usual, **more)


@pytest.fixture
def sector(office, round_id):
    """The sector of the people who wait; asked when there are some."""
    return lambda: office.ask(eligible.instance, round_id).pools[0].sector_id


def test_groups_can_be_formed_as_planned(office, round_id, screened, sector):
    ids = screened(26)
    one, other = office.do(
        forming.form,
        round_id,
        [plan(ids[:12], sector()), plan(ids[12:24], sector(), weekday=4)],
    )
    rows = office.ask(queries.groups, round_id)
    assert [(row.id, row.number, row.weekday, row.size, row.venue) for row in rows] == [
        (one, 1, 2, 12, "Kabeza school"), (other, 2, 4, 12, "Kabeza school"),
    ]  # fmt: skip
    assert {
        member.person_id for member in office.ask(queries.group, one).members
    } == set(ids[:12])
    assert office.ask(queries.group, one).sessions[0] == (
        1,
        date(2026, 3, 11),
        "Safety",
    )
    assert {card.id for card in office.ask(boards.board).waiting} == set(ids[24:])
    office.undo()
    assert office.ask(queries.groups, round_id) == []


def test_a_plan_that_breaks_a_hard_rule_is_refused_whole(
    office, round_id, screened, sector
):
    ids = screened(20)
    office.do(actions.keep_apart, ids[0], ids[1], "family")
    wrong = {
        "keep apart": [plan(ids[:12], sector())],
        "group full": [plan(ids[1:], sector())],
        "other pool": [plan(ids[2:14], sector(), track="youth")],
        "twice": [plan(ids[2:12], sector()), plan(ids[11:], sector())],
        "not eligible": [plan([*ids[2:12], 12], sector())],
    }
    for rule, plans in wrong.items():
        with pytest.raises(RuleBroken) as raised:
            office.do(forming.form, round_id, plans)
        assert raised.value.facts == {"rule": rule}
    for fault in (
        plan([], sector()),
        plan(ids[2:], sector(), weekday=7),
        plan(ids[2:], sector(), venue="x" * 61),
    ):
        with pytest.raises(Invalid):
            office.do(forming.form, round_id, [fault])
    assert office.ask(queries.groups, round_id) == []


def test_what_each_group_says_to_a_person_is_what_a_move_does(
    office, screened, propose
):
    ids = screened(40)
    office.do(actions.keep_apart, ids[0], ids[1], "domestic")
    proposal = propose()
    board = office.ask(boards.board)
    where = {card.id: i for i, group in enumerate(board.groups) for card in group.cards}
    found = {fit.group: fit for fit in office.ask(alternatives.fits, proposal, ids[0])}
    assert set(found) == set(range(len(board.groups))) - {where[ids[0]]}
    assert found[where[ids[1]]].refusal == "keep apart"
    free = next(fit for fit in found.values() if not fit.refusal)
    office.do(proposing.move, proposal, 1, ids[0], free.group)
    after = office.ask(boards.board)
    assert after.cost - board.cost == pytest.approx(free.extra)


def test_a_full_group_and_another_place_say_no(office, screened, propose):
    screened(29)
    elsewhere = screened(12, sector="Cyuve")
    proposal = propose()
    board = office.ask(boards.board)
    person = elsewhere[0]
    refusals = {fit.refusal for fit in office.ask(alternatives.fits, proposal, person)}
    assert refusals == {"other pool"}
    muhoza = [
        i
        for i, group in enumerate(board.groups)
        if person not in {card.id for card in group.cards}
    ]
    give, take = sorted(muhoza, key=lambda i: len(board.groups[i].cards))
    version = 1
    cards = [card.id for card in board.groups[give].cards]
    for mover in cards[: 16 - len(board.groups[take].cards)]:
        office.do(proposing.move, proposal, version, mover, take)
        version += 1
    assert [
        fit.refusal
        for fit in office.ask(alternatives.fits, proposal, cards[-1])
        if fit.group == take
    ] == ["group full"]
    with pytest.raises(RuleBroken):
        office.do(proposing.move, proposal, version, cards[-1], take)


def test_a_newcomer_can_be_put_into_a_proposed_group(office, screened, propose):
    ids = screened(13)
    proposal = propose()
    (late,) = screened(1, sector="Cyuve")
    move_house(office, late, office.ask(people.form, ids[0]).details.place_id)
    assert [card.why for card in office.ask(boards.board).waiting] == ["new"]
    office.do(proposing.move, proposal, 1, late, 0)
    board = office.ask(boards.board)
    assert (
        len(board.groups[0].cards) == 14 and board.broken == 0 and board.waiting == ()
    )
    (group,) = office.do(proposing.accept, proposal, 2, STARTS)
    assert late in {
        member.person_id for member in office.ask(queries.group, group).members
    }


def move_house(office, person_id, place_id):
    """Give a person another place."""
    details = office.ask(people.form, person_id).details
    office.do(participants.change, person_id, replace(details, place_id=place_id))


def test_moving_to_no_group_or_somebody_who_left(office, screened, propose, today):
    ids = screened(13)
    proposal = propose()
    for place in (1, -1):
        with pytest.raises(Missing):
            office.do(proposing.move, proposal, 1, ids[0], place)
    office.do(participants.leave, ids[0], today, "moved away")
    with pytest.raises(Stale):
        office.do(proposing.move, proposal, 1, ids[0], None)
    assert office.ask(boards.board).changed == 1


def test_somebody_who_moved_house_makes_the_proposal_stale(
    office, screened, propose, musanze
):
    ids = screened(13)
    proposal = propose()
    assert office.ask(boards.board).changed == 0
    elsewhere = office.do(places.add_path, musanze, ["Cyuve"])
    move_house(office, ids[0], elsewhere)
    assert office.ask(boards.board).changed == 1
    with pytest.raises(Stale):
        office.do(proposing.accept, proposal, 1, STARTS)


def test_leaving_a_group_means_waiting_again(office, round_id, grouped, calendar):
    (group,) = grouped(13)
    calendar.day = STARTS + timedelta(days=10)
    member = office.ask(queries.group, group).members[0].person_id
    office.do(actions.remove, member, group, calendar.day, "conflict")
    assert office.last_change.done.endswith("left Ituze")
    assert [card.id for card in office.ask(boards.board).waiting] == [member]
    with pytest.raises(Missing):
        office.do(actions.remove, member, group, calendar.day, "conflict")
    office.undo()
    assert office.ask(queries.group, group).members[0].left_on is None


def test_before_the_first_session_people_change_groups_without_a_trace(
    office, grouped, today
):
    one, other = grouped(26)
    mover, leaver = (
        member.person_id for member in office.ask(queries.group, one).members[:2]
    )
    office.do(actions.transfer, mover, other, today)
    office.do(actions.remove, leaver, one, today, "other")
    here, there = (office.ask(queries.group, group) for group in (one, other))
    assert {mover, leaver}.isdisjoint(member.person_id for member in here.members)
    joined = next(member for member in there.members if member.person_id == mover)
    assert joined.joined_on == there.row.starts and joined.left_on is None


def test_another_weekday_moves_what_is_to_come(office, grouped, calendar):
    (group,) = grouped(13)
    office.do(actions.change_group, group, "Ituze", "", [], 3)
    facts = office.ask(queries.group, group)
    assert (
        facts.row.weekday == 3
        and facts.row.starts == date(2026, 3, 12) == facts.sessions[0][1]
    )
    assert {member.joined_on for member in facts.members} == {facts.row.starts}
    calendar.day = date(2026, 3, 20)
    office.do(actions.change_group, group, "Ituze", "", [], 1)
    days = [day for _number, day, _phase in office.ask(queries.group, group).sessions]
    assert (
        days[:3] == [date(2026, 3, 12), date(2026, 3, 19), date(2026, 3, 24)]
        and len(set(days)) == 15
    )
    with pytest.raises(Invalid):
        office.do(actions.change_group, group, "Ituze", "", [], 9)


def test_people_of_a_facility_meet_there_and_fill_its_rooms(
    office, round_id, screened, propose, musanze
):
    inside = office.do(places.add_facility, "Musanze facility", musanze, 1)
    screened(12)
    ids = screened(30, sector="Cyuve")
    for one in ids:
        details = office.ask(people.form, one).details
        office.do(participants.change, one, replace(details, facility_id=inside))
    pool = office.ask(eligible.instance, round_id).pools[-1]
    assert (pool.track, pool.facility_id, pool.place, pool.rooms) == (
        "facility",
        inside,
        "Musanze facility",
        1,
    )
    proposal = propose()
    board = office.ask(boards.board)
    assert [(group.track, len(group.cards)) for group in board.groups] == [
        ("adult", 12),
        ("facility", 16),
    ]
    assert {card.why for card in board.waiting} == {"no room"} and {
        card.pool for card in board.waiting
    } == {1}
    assert {fit.refusal for fit in office.ask(alternatives.fits, proposal, ids[0])} <= {
        "other pool",
        "group full",
    }
    outside, there = office.do(proposing.accept, proposal, 1, STARTS)
    assert [row.place for row in office.ask(queries.groups)] == [
        "Musanze › Muhoza",
        "Musanze facility",
    ]
    member = office.ask(queries.group, there).members[0].person_id
    with pytest.raises(RuleBroken) as raised:
        office.do(actions.transfer, member, outside, STARTS)
    assert raised.value.facts["rule"] == "other pool"
