"""Proposing, moving, accepting, keeping apart; and the life of a group afterwards: transfer, late joining, leaving."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, update

from cbs_desktop.action import Transaction, action
from cbs_desktop.errors import Fault, Invalid, Missing, RuleBroken, Stale
from cbs_desktop.facilitators.tables import Facilitator
from cbs_desktop.groups import queries, rules
from cbs_desktop.groups import tables as t
from cbs_desktop.groups.forming import form, next_number, refuse, replan
from cbs_desktop.groups.problem import Problem, Result
from cbs_desktop.groups.rules import GroupPlan
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants.rules import age, shown
from cbs_desktop.participants.tables import Person
from cbs_desktop.programmes.queries import round_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.text import clean, day_faults, text_faults

_WORKING_DAYS = 5


@action(Permission.ALLOCATE, "Proposed {groups} groups")
def propose(tx: Transaction, round_id: int, problem: Problem, result: Result, seed: int) -> int:
    """Keep a proposal with all that went into it; its id. It takes the place of earlier ones that were not accepted."""
    tx.run(delete(t.Proposal).where(t.Proposal.round_id == round_id, t.Proposal.accepted_on.is_(None)))
    proposal_id = tx.new_id()
    tx.run(
        insert(t.Proposal).values(
            id=proposal_id, round_id=round_id, seed=seed, made_on=tx.today, version=1,
            problem=problem.to_json(), result=result.to_json(), accepted_on=None,
        )
    )  # fmt: skip
    tx.say(groups=len(result.groups))
    return proposal_id


def _open_proposal(tx: Transaction, proposal_id: int, version: int) -> tuple[Any, Problem, Result]:
    row = tx.first(select(t.Proposal.__table__).where(t.Proposal.id == proposal_id, t.Proposal.accepted_on.is_(None)))
    if row is None or row.version != version:
        raise Stale(what="proposal")
    return row, Problem.from_json(row.problem), Result.from_json(row.result)


@action(Permission.ALLOCATE, "Moved {who}")
def move(tx: Transaction, proposal_id: int, version: int, person_id: int, to: int | None) -> None:
    """Move a person to the proposed group number `to` (counted from 0), or back to those who wait.

    Stale when the proposal changed since `version`, or the person is no longer eligible; Missing when there is no such
    group; RuleBroken when a hard rule forbids it (never saying who is kept apart).
    """
    row, problem, result = _open_proposal(tx, proposal_id, version)
    fresh = queries.problem(tx, row.round_id)
    problem = problem.with_person(fresh, person_id)
    if problem is None:
        raise Stale(what="proposal")
    changed = result.moved(person_id, to)
    if changed is None:
        raise Missing(what="group", id=to)
    if to is not None:
        refuse(Problem(fresh.sizes, problem.pools, fresh.apart), [changed.groups[to]])
    tx.run(
        update(t.Proposal)
        .where(t.Proposal.id == proposal_id)
        .values(version=version + 1, problem=problem.to_json(), result=changed.to_json())
    )
    tx.say(who=_name(tx, person_id))


@action(Permission.ALLOCATE, "Exchanged {who} and {other}")
def exchange(tx: Transaction, proposal_id: int, version: int, one_id: int, other_id: int) -> None:
    """Two people of a proposal into each other's group. Stale when it changed since `version`; Missing when one of them is
    in no group; RuleBroken when a hard rule forbids it (never saying who is kept apart)."""
    row, problem, result = _open_proposal(tx, proposal_id, version)
    changed = result.exchanged(one_id, other_id)
    if changed is None:
        raise Missing(what="group", id=other_id)
    fresh = queries.problem(tx, row.round_id)
    theirs = [group for group in changed.groups if {one_id, other_id} & set(group.people)]
    refuse(Problem(fresh.sizes, problem.pools, fresh.apart), theirs)
    tx.run(update(t.Proposal).where(t.Proposal.id == proposal_id).values(version=version + 1, result=changed.to_json()))
    tx.say(who=_name(tx, one_id), other=_name(tx, other_id))


def _name(tx: Transaction, person_id: int) -> str:
    row = tx.first(select(Person.own_name, Person.other_names).where(Person.id == person_id))
    if row is None:
        raise Missing(what="person", id=person_id)
    return shown(*row)


@action(Permission.ALLOCATE, "Accepted {groups} groups with {count} people")
def accept(tx: Transaction, proposal_id: int, version: int, starts: date) -> list[int]:
    """Make the groups of a proposal: members, two facilitators each, planned sessions. The ids of the groups.

    Groups meet on the working days in turn, so that facilitators of two groups need not be in two places. Stale when
    somebody in it is no longer eligible or lives elsewhere; RuleBroken when a hard rule is broken by now.
    """
    if faults := day_faults("starts", starts):
        raise Invalid(faults)
    row, problem, result = _open_proposal(tx, proposal_id, version)
    fresh = queries.problem(tx, row.round_id)
    now = {one.id: pool.key for pool in fresh.pools for one in pool.people}
    groups = [group for group in result.groups if group.people]
    if any(now.get(i) != problem.pools[group.pool].key for group in groups for i in group.people):
        raise Stale(what="proposal")
    first = next_number(tx, row.round_id)
    made = form(
        tx,
        row.round_id,
        [
            GroupPlan(*problem.pools[group.pool].key, group.people, starts, (number - 1) % _WORKING_DAYS)
            for number, group in enumerate(groups, first)
        ],
    )
    tx.run(update(t.Proposal).where(t.Proposal.id == proposal_id).values(accepted_on=tx.today))
    return made


@action(Permission.KEEP_APART, "Noted two people to be kept apart")
def keep_apart(tx: Transaction, one_id: int, other_id: int, reason: str) -> int:
    """Two people never in one group; the reason is a code of rules.KEEP_APART_REASONS."""
    if reason not in rules.KEEP_APART_REASONS:
        raise Invalid([Fault("reason", "not a choice")])
    if one_id == other_id:
        raise Invalid([Fault("other", "same person")])
    pair = {"one_id": min(one_id, other_id), "other_id": max(one_id, other_id)}
    there = select(t.KeepApart.id).where(t.KeepApart.one_id == pair["one_id"], t.KeepApart.other_id == pair["other_id"])
    if found := tx.value(there):
        return found
    made = tx.new_id()
    tx.run(insert(t.KeepApart).values(id=made, reason=reason, **pair))
    return made


@action(Permission.KEEP_APART, "Released a keep-apart")
def release_keep_apart(tx: Transaction, keep_apart_id: int) -> None:
    """The two may be in one group again."""
    if not tx.run(delete(t.KeepApart).where(t.KeepApart.id == keep_apart_id)):
        raise Missing(what="keep-apart", id=keep_apart_id)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a person is in a round: the membership and its group."""

    membership: Any
    group: Any


def _now_in(tx: Transaction, person_id: int, round_id: int | None = None) -> list[_Place]:
    statement = select(t.Membership.__table__).where(
        t.Membership.person_id == person_id, t.Membership.left_on.is_(None)
    )
    found = [_Place(m, _group(tx, m.group_id)) for m in tx.rows(statement)]
    return [place for place in found if round_id in (None, place.group.round_id)]


def _group(tx: Transaction, group_id: int) -> Any:
    row = tx.first(select(t.Group.__table__).where(t.Group.id == group_id))
    if row is None:
        raise Missing(what="group", id=group_id)
    return row


def _check_entry(tx: Transaction, person_id: int, group: Any) -> None:
    """Whether a group may take a person: not full, nobody in it to be kept apart from."""
    members = set(
        tx.db.scalars(
            select(t.Membership.person_id).where(t.Membership.group_id == group.id, t.Membership.left_on.is_(None))
        )
    )
    if len(members) >= round_of(tx, group.round_id).rules.size_stop:
        raise RuleBroken(rule="group full")
    k = t.KeepApart
    pairs = tx.rows(select(k.one_id, k.other_id).where((k.one_id == person_id) | (k.other_id == person_id)))
    if any({row.one_id, row.other_id} & members for row in pairs):
        raise RuleBroken(rule="keep apart")
    facility = tx.value(select(Person.facility_id).where(Person.id == person_id))
    if facility != group.facility_id:
        raise RuleBroken(rule="other pool")


@action(Permission.ALLOCATE, "Moved {who} to {group}")
def transfer(tx: Transaction, person_id: int, group_id: int, on: date, reason: str = "transfer") -> None:
    """Move somebody to another group of the round from a day on; what was attended before stays and counts.

    Before the first session there is nothing to keep: the person then simply belongs to the other group.
    """
    group = _group(tx, group_id)
    current = _now_in(tx, person_id, group.round_id)
    if not current or current[0].group.id == group_id:
        raise Missing(what="member", id=person_id)
    membership = current[0].membership
    begun = membership.joined_on <= tx.today
    faults = day_faults("on", on, tx.today if begun else None)
    if not faults and begun and on <= membership.joined_on:
        faults.append(Fault("on", "before start"))
    if faults:
        raise Invalid(faults)
    _check_entry(tx, person_id, group)
    if begun:
        _end(tx, membership, on, reason)
    else:
        tx.run(delete(t.Membership).where(t.Membership.id == membership.id))
    _join(tx, person_id, group, on if begun else max(tx.today, group.starts), membership.band)


@action(Permission.ALLOCATE, "{who} left {group}")
def remove(tx: Transaction, person_id: int, group_id: int, on: date, reason: str) -> None:
    """Somebody leaves a group on a day but stays in the programme, and waits for another group."""
    group = _group(tx, group_id)
    place = next((one for one in _now_in(tx, person_id, group.round_id) if one.group.id == group_id), None)
    if place is None:
        raise Missing(what="member", id=person_id)
    _end(tx, place.membership, on, reason)
    tx.say(who=_name(tx, person_id), group=group.name)


def _end(tx: Transaction, membership: Any, on: date, reason: str) -> None:
    if faults := day_faults("left_on", on, tx.today):
        raise Invalid(faults)
    if reason not in (*rules.LEAVING_GROUP, *participants.rules.LEAVING):
        raise Invalid([Fault("reason", "not a choice")])
    this = t.Membership.id == membership.id
    if on < membership.joined_on:  # never came: a membership that ends before it begins would count nowhere
        tx.run(delete(t.Membership).where(this))
    else:
        tx.run(update(t.Membership).where(this).values(left_on=on, reason=reason))


def _join(tx: Transaction, person_id: int, group: Any, on: date, band: str) -> None:
    values = {
        "group_id": group.id,
        "person_id": person_id,
        "joined_on": on,
        "left_on": None,
        "reason": "",
        "band": band,
    }
    tx.run(insert(t.Membership).values(id=tx.new_id(), **values))
    tx.say(who=_name(tx, person_id), group=group.name)


@action(Permission.ALLOCATE, "{who} joined {group}")
def add_late(tx: Transaction, person_id: int, group_id: int, on: date) -> None:
    """Somebody eligible joins a group that has begun, until the last session at which the programme allows it."""
    group = _group(tx, group_id)
    found = round_of(tx, group.round_id)
    if faults := day_faults("on", on):
        raise Invalid(faults)
    if _now_in(tx, person_id, found.id):
        raise RuleBroken(rule="already in a group")
    if person_id not in {one.id for pool in queries.problem(tx, found.id).pools for one in pool.people}:
        raise RuleBroken(rule="not eligible")
    last = select(t.Session.planned_on).where(
        t.Session.group_id == group_id, t.Session.number == found.rules.join_until
    )
    if on > (tx.value(last) or on):
        raise RuleBroken(rule="too late to join")
    _check_entry(tx, person_id, group)
    person = tx.first(select(Person.born_on, Person.born_year).where(Person.id == person_id))
    band = found.rules.band(age(person.born_on, person.born_year, group.starts))
    _join(tx, person_id, group, max(on, group.starts), band)


@action(Permission.ALLOCATE, "{who} left the programme: {why}")
def leave_programme(tx: Transaction, person_id: int, on: date, reason: str) -> None:
    """Somebody leaves programme and group on a day; attendance until then stays."""
    for place in _now_in(tx, person_id):
        _end(tx, place.membership, on, reason)
    participants.leave(tx, person_id, on, reason)


@action(Permission.ALLOCATE, "Changed {group}")
def change_group(
    tx: Transaction, group_id: int, name: str, venue: str, facilitator_ids: Sequence[int], weekday: int | None = None
) -> None:
    """A group's name, venue and two facilitators; a new weekday moves the sessions that are still to come."""
    group, name, venue = _group(tx, group_id), clean(name), clean(venue)
    faults = text_faults("name", name, needed=True, most=40) + text_faults("venue", venue, most=60)
    known = set(tx.db.scalars(select(Facilitator.id).where(Facilitator.id.in_(facilitator_ids))))
    if len(known) != len(facilitator_ids) or len(known) > 2:
        faults.append(Fault("facilitators", "not a choice"))
    if weekday is not None and weekday not in range(7):
        faults.append(Fault("weekday", "not a choice"))
    if faults:
        raise Invalid(faults)
    tx.run(update(t.Group).where(t.Group.id == group.id).values(name=name, venue=venue))
    tx.run(delete(t.Lead).where(t.Lead.group_id == group.id))
    rows = [{"id": tx.new_id(), "group_id": group.id, "facilitator_id": i} for i in facilitator_ids]
    if rows:
        tx.run(insert(t.Lead), rows)
    if weekday is not None and weekday != group.weekday:
        replan(tx, group, weekday)
    tx.say(group=name)
