"""Proposing groups, changing a proposal by hand, pinning, choosing among proposals, accepting."""

from dataclasses import replace
from datetime import date

from sqlalchemy import delete, func, insert, select, update

from cbs_desktop.action import Transaction, action
from cbs_desktop.errors import Fault, Invalid, Missing, Stale
from cbs_desktop.groups import eligible
from cbs_desktop.groups import tables as t
from cbs_desktop.groups.actions import name_of, names_of
from cbs_desktop.groups.allocation.assignment import Assignment, Pins, PlacedGroup
from cbs_desktop.groups.allocation.facilitators import settled
from cbs_desktop.groups.allocation.instance import Instance
from cbs_desktop.groups.allocation.solver import VERSION
from cbs_desktop.groups.forming import form, need_consent, next_number, refuse
from cbs_desktop.groups.proposals.boards import placed_homes
from cbs_desktop.groups.proposals.stored import StoredProposal, stored_proposal
from cbs_desktop.groups.rules import GroupPlan
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.text import day_faults

WORKING_DAYS = 5
_KEPT = 3  # proposals of a round that can be compared
Venues = dict[tuple[int, int | None], str]  # by sector and facility


@action(Permission.ALLOCATE, "Proposed {groups} groups")
def propose(
    tx: Transaction,
    round_id: int,
    instance: Instance,
    assignment: Assignment,
    seed: int,
    pins: Pins | None = None,
) -> int:
    """Keep a proposal with all that went into it, and show it on the board; its id. The
    last ones stay for comparison."""
    of_round = select(t.Proposal.id).where(
        t.Proposal.round_id == round_id, t.Proposal.accepted_on.is_(None)
    )
    newest_first = tx.column(of_round.order_by(t.Proposal.id.desc()))
    older = list(newest_first)[_KEPT - 1 :]
    tx.run(delete(t.Proposal).where(t.Proposal.id.in_(older)))
    proposal_id = tx.new_id()
    values = {
        "round_id": round_id,
        "seed": seed,
        "made_on": tx.today,
        "version": 1,
        "solver": VERSION,
        "problem": instance.to_json(),
        "result": assignment.to_json(),
        "accepted_on": None,
        "pinned": (pins or Pins()).to_json(),
        "used": _next_use(tx),
    }
    tx.run(insert(t.Proposal).values(id=proposal_id, **values))
    tx.say(groups=len(assignment.groups))
    return proposal_id


def _next_use(tx: Transaction) -> int:
    return (tx.value(select(func.max(t.Proposal.used))) or 0) + 1


@action(Permission.ALLOCATE, "Chose another proposal")
def take_up_proposal(tx: Transaction, proposal_id: int) -> None:
    """Put one of the round's proposals on the board."""
    this = t.Proposal.id == proposal_id
    still_open = update(t.Proposal).where(this, t.Proposal.accepted_on.is_(None))
    if not tx.run(still_open.values(used=_next_use(tx))):
        raise Missing(what="proposal", id=proposal_id)


def _open(tx: Transaction, proposal_id: int, version: int) -> StoredProposal:
    proposal = stored_proposal(tx, proposal_id)
    if proposal is None or proposal.version != version:
        raise Stale(what="proposal")
    return proposal


def _keep(tx: Transaction, before: StoredProposal, after: StoredProposal) -> None:
    """Write a changed proposal as its next version."""
    this = t.Proposal.id == before.id
    values = {
        "problem": after.instance.to_json(),
        "result": after.assignment.to_json(),
        "version": before.version + 1,
        "pinned": after.pins.to_json(),
    }
    tx.run(update(t.Proposal).where(this).values(**values))


@action(Permission.ALLOCATE, "Moved {who}")
def move(
    tx: Transaction, proposal_id: int, version: int, person_id: int, to: int | None
) -> None:
    """Move a person to the proposed group number `to` (counted from 0), or back to those
    who wait; whoever is kept together with them goes with them.

    Stale when the proposal changed since `version`, or the person is no longer eligible;
    Missing when there is no such group; RuleBroken when a hard rule forbids it (never
    saying who is kept apart).
    """
    proposal = _open(tx, proposal_id, version)
    fresh = eligible.instance(tx, proposal.round_id)
    if to is not None:
        need_consent(tx, fresh, (person_id,))
    wider = proposal.instance.with_person(fresh, person_id)
    if wider is None:
        raise Stale(what="proposal")
    now = wider.as_now(fresh)
    block = now.block_of(person_id)
    moved = proposal.assignment.moved(block, to)
    if moved is None:
        raise Missing(what="group", id=to)
    if to is not None:
        refuse(now, [moved.groups[to]])
    after = replace(moved, groups=settled(now, moved.groups))
    _keep(tx, proposal, replace(proposal, instance=wider, assignment=after))
    tx.say(who=names_of(tx, block))


@action(Permission.ALLOCATE, "Exchanged {who} and {other}")
def exchange(
    tx: Transaction, proposal_id: int, version: int, one_id: int, other_id: int
) -> None:
    """Two people of a proposal into each other's group. Stale when it changed since
    `version`; Missing when one of them is in no group; RuleBroken when a hard rule forbids
    it (never saying who is kept apart)."""
    proposal = _open(tx, proposal_id, version)
    changed = proposal.assignment.exchanged(one_id, other_id)
    if changed is None:
        raise Missing(what="group", id=other_id)
    now = proposal.instance.as_now(eligible.instance(tx, proposal.round_id))
    both = []
    for group in changed.groups:
        if one_id in group.people or other_id in group.people:
            both.append(group)
    refuse(now, both)
    after = replace(changed, groups=settled(now, changed.groups))
    _keep(tx, proposal, replace(proposal, assignment=after))
    tx.say(who=name_of(tx, one_id), other=name_of(tx, other_id))


@action(Permission.ALLOCATE, "Pinned or unpinned {who}")
def pin(tx: Transaction, proposal_id: int, version: int, person_id: int) -> None:
    """Somebody stays where they are when the rest is looked for again, or no longer
    does."""
    proposal = _open(tx, proposal_id, version)
    people = proposal.pins.people ^ {person_id}
    pins = replace(proposal.pins, people=people)
    _keep(tx, proposal, replace(proposal, pins=pins))
    tx.say(who=name_of(tx, person_id))


@action(Permission.ALLOCATE, "Pinned or unpinned group {number}")
def pin_group(tx: Transaction, proposal_id: int, version: int, number: int) -> None:
    """A whole group (counted from 0) stays as it is when the rest is looked for again, or
    no longer does."""
    proposal = _open(tx, proposal_id, version)
    if not 0 <= number < len(proposal.assignment.groups):
        raise Missing(what="group", id=number)
    groups = proposal.pins.groups ^ {number}
    pins = replace(proposal.pins, groups=groups)
    _keep(tx, proposal, replace(proposal, pins=pins))
    tx.say(number=number + 1)


@action(Permission.ALLOCATE, "Accepted {groups} groups with {count} people")
def accept(
    tx: Transaction,
    proposal_id: int,
    version: int,
    starts: date,
    weekday: int | None = None,
) -> list[int]:
    """Make the groups of a proposal: members, two facilitators each, planned sessions. The
    ids of the groups.

    `weekday` (0 Monday) is a day that was chosen for all of them; without it each meets on
    the day that was proposed for it, and groups without one on the working days in turn, so
    that facilitators of two groups need not be in two places. Stale when somebody in it is no longer eligible or
    lives elsewhere; RuleBroken when a hard rule is broken by now.
    """
    faults = day_faults("starts", starts)
    if weekday is not None and weekday not in range(7):
        faults.append(Fault("weekday", "not a choice"))
    if faults:
        raise Invalid(faults)
    proposal = _open(tx, proposal_id, version)
    round_id = proposal.round_id
    fresh = eligible.instance(tx, round_id)
    groups = []
    for group in proposal.assignment.groups:
        if group.people and weekday is None:
            groups.append(group)
        elif group.people:
            groups.append(replace(group, weekday=weekday, facilitators=()))
    for person, home in placed_homes(proposal.instance, groups).items():
        need_consent(tx, fresh, (person,))
        if fresh.homes.get(person) != home:
            raise Stale(what="proposal")
    plans = []
    venues = _venues(tx)
    for number, group in enumerate(groups, next_number(tx, round_id)):
        plans.append(_plan(proposal.instance, group, starts, number, venues))
    formed = form(tx, round_id, plans, proposal.instance.pools)
    this = t.Proposal.id == proposal_id
    tx.run(update(t.Proposal).where(this).values(accepted_on=tx.today))
    of_round = t.Proposal.round_id == round_id
    tx.run(delete(t.Proposal).where(of_round, t.Proposal.accepted_on.is_(None)))
    return formed


def _venues(tx: Transaction) -> Venues:
    """Where the latest group of each sector or facility met: a first idea for the next."""
    group = t.Group
    columns = select(group.sector_id, group.facility_id, group.venue)
    known = columns.where(group.venue != "")
    venues = {}
    for row in tx.rows(known.order_by(group.id)):
        place = (row.sector_id, row.facility_id)
        venues[place] = row.venue
    return venues


def _plan(
    instance: Instance, group: PlacedGroup, starts: date, number: int, venues: Venues
) -> GroupPlan:
    weekday = group.weekday
    if weekday is None:
        weekday = (number - 1) % WORKING_DAYS
    pool = instance.pools[group.pool]
    return GroupPlan(
        track=pool.track,
        sector_id=pool.sector_id,
        facility_id=pool.facility_id,
        people=group.people,
        starts=starts,
        weekday=weekday,
        venue=venues.get((pool.sector_id, pool.facility_id), ""),
        facilitators=group.facilitators,
    )
