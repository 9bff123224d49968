"""Proposing groups, changing a proposal by hand, pinning, choosing among proposals, accepting."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import delete, func, insert, select, update

from cbs_desktop.action import Transaction, action
from cbs_desktop.errors import Invalid, Missing, Stale
from cbs_desktop.groups import eligible
from cbs_desktop.groups import tables as t
from cbs_desktop.groups.actions import name_of
from cbs_desktop.groups.alternatives import together
from cbs_desktop.groups.boards import placed_homes
from cbs_desktop.groups.forming import form, next_number, refuse
from cbs_desktop.groups.guiding import settled
from cbs_desktop.groups.problem import Pinned, Placed, Problem, Result
from cbs_desktop.groups.proposals import Kept, kept_by_id
from cbs_desktop.groups.rules import GroupPlan
from cbs_desktop.groups.solver import VERSION
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.text import day_faults

WORKING_DAYS = 5
_KEPT = 3  # proposals of a round that can be compared


@action(Permission.ALLOCATE, "Proposed {groups} groups")
def propose(
    tx: Transaction,
    round_id: int,
    problem: Problem,
    result: Result,
    seed: int,
    pinned: Pinned | None = None,
) -> int:
    """Keep a proposal with all that went into it, and show it on the board; its id. The last ones stay for comparison."""
    of_round = select(t.Proposal.id).where(
        t.Proposal.round_id == round_id, t.Proposal.accepted_on.is_(None)
    )
    older = list(tx.db.scalars(of_round.order_by(t.Proposal.id.desc())))[_KEPT - 1 :]
    tx.run(delete(t.Proposal).where(t.Proposal.id.in_(older)))
    proposal_id = tx.new_id()
    tx.run(
        insert(t.Proposal).values(
            id=proposal_id, round_id=round_id, seed=seed, made_on=tx.today, version=1, solver=VERSION,
            problem=problem.to_json(), result=result.to_json(), accepted_on=None,
            pinned=(pinned or Pinned()).to_json(), used=_next_use(tx),
        )
    )  # fmt: skip
    tx.say(groups=len(result.groups))
    return proposal_id


def _next_use(tx: Transaction) -> int:
    return (tx.value(select(func.max(t.Proposal.used))) or 0) + 1


@action(Permission.ALLOCATE, "Chose another proposal")
def take_up_proposal(tx: Transaction, proposal_id: int) -> None:
    """Put one of the round's proposals on the board."""
    this = t.Proposal.id == proposal_id
    if not tx.run(
        update(t.Proposal)
        .where(this, t.Proposal.accepted_on.is_(None))
        .values(used=_next_use(tx))
    ):
        raise Missing(what="proposal", id=proposal_id)


def _open(tx: Transaction, proposal_id: int, version: int) -> Kept:
    one = kept_by_id(tx, proposal_id)
    if one is None or one.version != version:
        raise Stale(what="proposal")
    return one


def _keep(
    tx: Transaction, one: Kept, result: Result, pinned: Pinned | None = None
) -> None:
    """Write a changed proposal as its next version."""
    values = {
        "problem": one.problem.to_json(),
        "result": result.to_json(),
        "version": one.version + 1,
    }
    if pinned is not None:
        values["pinned"] = pinned.to_json()
    tx.run(update(t.Proposal).where(t.Proposal.id == one.id).values(**values))


@action(Permission.ALLOCATE, "Moved {who}")
def move(
    tx: Transaction, proposal_id: int, version: int, person_id: int, to: int | None
) -> None:
    """Move a person to the proposed group number `to` (counted from 0), or back to those who wait; whoever is kept together
    with them goes with them.

    Stale when the proposal changed since `version`, or the person is no longer eligible; Missing when there is no such
    group; RuleBroken when a hard rule forbids it (never saying who is kept apart).
    """
    one = _open(tx, proposal_id, version)
    fresh = eligible.problem(tx, one.round_id)
    wider = one.problem.with_person(fresh, person_id)
    if wider is None:
        raise Stale(what="proposal")
    now = wider.as_now(fresh)
    block = together(now, person_id)
    changed = one.result.moved(block, to)
    if changed is None:
        raise Missing(what="group", id=to)
    if to is not None:
        refuse(now, [changed.groups[to]])
    _keep(
        tx,
        replace(one, problem=wider),
        replace(changed, groups=settled(now, changed.groups)),
    )
    tx.say(who=", ".join(name_of(tx, i) for i in block))


@action(Permission.ALLOCATE, "Exchanged {who} and {other}")
def exchange(
    tx: Transaction, proposal_id: int, version: int, one_id: int, other_id: int
) -> None:
    """Two people of a proposal into each other's group. Stale when it changed since `version`; Missing when one of them is
    in no group; RuleBroken when a hard rule forbids it (never saying who is kept apart)."""
    one = _open(tx, proposal_id, version)
    changed = one.result.exchanged(one_id, other_id)
    if changed is None:
        raise Missing(what="group", id=other_id)
    now = one.problem.as_now(eligible.problem(tx, one.round_id))
    refuse(
        now,
        [group for group in changed.groups if {one_id, other_id} & set(group.people)],
    )
    _keep(tx, one, replace(changed, groups=settled(now, changed.groups)))
    tx.say(who=name_of(tx, one_id), other=name_of(tx, other_id))


@action(Permission.ALLOCATE, "Pinned or unpinned {who}")
def pin(tx: Transaction, proposal_id: int, version: int, person_id: int) -> None:
    """Somebody stays where they are when the rest is looked for again, or no longer does."""
    one = _open(tx, proposal_id, version)
    _keep(
        tx, one, one.result, replace(one.pinned, people=one.pinned.people ^ {person_id})
    )
    tx.say(who=name_of(tx, person_id))


@action(Permission.ALLOCATE, "Pinned or unpinned group {number}")
def pin_group(tx: Transaction, proposal_id: int, version: int, number: int) -> None:
    """A whole group (counted from 0) stays as it is when the rest is looked for again, or no longer does."""
    one = _open(tx, proposal_id, version)
    if not 0 <= number < len(one.result.groups):
        raise Missing(what="group", id=number)
    _keep(tx, one, one.result, replace(one.pinned, groups=one.pinned.groups ^ {number}))
    tx.say(number=number + 1)


@action(Permission.ALLOCATE, "Accepted {groups} groups with {count} people")
def accept(tx: Transaction, proposal_id: int, version: int, starts: date) -> list[int]:
    """Make the groups of a proposal: members, two facilitators each, planned sessions. The ids of the groups.

    Groups without a weekday meet on the working days in turn, so that facilitators of two groups need not be in two places.
    Stale when somebody in it is no longer eligible or lives elsewhere; RuleBroken when a hard rule is broken by now.
    """
    if faults := day_faults("starts", starts):
        raise Invalid(faults)
    one = _open(tx, proposal_id, version)
    fresh = eligible.problem(tx, one.round_id)
    now = {
        person.id: pool.home(person) for pool in fresh.pools for person in pool.people
    }
    groups = [group for group in one.result.groups if group.people]
    if any(
        now.get(i) != home
        for i, home in placed_homes(one.problem, tuple(groups)).items()
    ):
        raise Stale(what="proposal")
    plans = list(
        _plans(one.problem, groups, starts, next_number(tx, one.round_id), _venues(tx))
    )
    made = form(tx, one.round_id, plans, one.problem.pools)
    tx.run(
        update(t.Proposal)
        .where(t.Proposal.id == proposal_id)
        .values(accepted_on=tx.today)
    )
    tx.run(
        delete(t.Proposal).where(
            t.Proposal.round_id == one.round_id, t.Proposal.accepted_on.is_(None)
        )
    )
    return made


def _venues(tx: Transaction) -> dict[tuple[int, int | None], str]:
    """Where the latest group of each sector or facility met: a first idea for the next one."""
    g = t.Group
    met = (
        select(g.sector_id, g.facility_id, g.venue).where(g.venue != "").order_by(g.id)
    )
    return {(row.sector_id, row.facility_id): row.venue for row in tx.rows(met)}


def _plans(
    problem: Problem,
    groups: Iterable[Placed],
    starts: date,
    first: int,
    venues: dict[tuple[int, int | None], str],
) -> Iterable[GroupPlan]:
    for number, group in enumerate(groups, first):
        if group.weekday is None:
            weekday = (number - 1) % WORKING_DAYS
        else:
            weekday = group.weekday
        key = problem.pools[group.pool].key
        yield GroupPlan(
            *key, group.people, starts, weekday, venues.get(key[1:], ""), group.leaders
        )
