"""Proposing, moving, accepting, keeping apart; and the life of a group afterwards: transfer, late joining, leaving."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from cbs_desktop import resource
from cbs_desktop.action import Transaction, action
from cbs_desktop.errors import Fault, Invalid, Missing, RuleBroken, Stale
from cbs_desktop.facilitators.tables import Facilitator
from cbs_desktop.groups import queries, rules, solver
from cbs_desktop.groups import tables as t
from cbs_desktop.groups.problem import Placed, Problem, Result
from cbs_desktop.groups.rules import Leader
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants.rules import age, shown
from cbs_desktop.participants.tables import Person
from cbs_desktop.places.tables import Facility, Place
from cbs_desktop.programmes.queries import RoundFacts, round_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.text import clean, day_faults, text_faults


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

    Stale when the proposal changed since `version`; RuleBroken when a hard rule forbids it (never saying who is kept apart).
    """
    _row, problem, result = _open_proposal(tx, proposal_id, version)
    groups = [replace(g, people=tuple(i for i in g.people if i != person_id)) for g in result.groups]
    waiting = tuple((i, why) for i, why in result.waiting if i != person_id)
    if to is None:
        waiting += ((person_id, "by hand"),)
    else:
        groups[to] = replace(groups[to], people=tuple(sorted((*groups[to].people, person_id))))
        now = queries.problem(tx, _row.round_id)
        _refuse(Problem(problem.sizes, problem.pools, now.apart), [groups[to]])
    tx.run(
        update(t.Proposal)
        .where(t.Proposal.id == proposal_id)
        .values(version=version + 1, result=replace(result, groups=tuple(groups), waiting=waiting).to_json())
    )
    tx.say(who=_name(tx, person_id))


def _refuse(problem: Problem, groups: Iterable[Placed]) -> None:
    for rule, _person in solver.broken(problem, groups):
        raise RuleBroken(rule=rule)


def _name(tx: Transaction, person_id: int) -> str:
    row = tx.first(select(Person.own_name, Person.other_names).where(Person.id == person_id))
    if row is None:
        raise Missing(what="person", id=person_id)
    return shown(*row)


@action(Permission.ALLOCATE, "Accepted {groups} groups with {count} people")
def accept(tx: Transaction, proposal_id: int, version: int, starts: date) -> list[int]:
    """Make the groups of a proposal: members, two facilitators each, planned sessions. The ids of the groups.

    Stale when somebody in it is no longer eligible; RuleBroken when a hard rule is broken by now.
    """
    if faults := day_faults("starts", starts):
        raise Invalid(faults)
    row, problem, result = _open_proposal(tx, proposal_id, version)
    found = round_of(tx, row.round_id)
    fresh = queries.problem(tx, found.id)
    eligible = {one.id for pool in fresh.pools for one in pool.people}
    if not eligible.issuperset(i for group in result.groups for i in group.people):
        raise Stale(what="proposal")
    _refuse(Problem(problem.sizes, problem.pools, fresh.apart), result.groups)
    made = _form(tx, found, problem, [group for group in result.groups if group.people], starts)
    tx.run(update(t.Proposal).where(t.Proposal.id == proposal_id).values(accepted_on=tx.today))
    tx.say(groups=len(made), count=sum(len(group.people) for group in result.groups))
    return made


def _form(tx: Transaction, found: RoundFacts, problem: Problem, groups: Sequence[Placed], starts: date) -> list[int]:
    last = tx.value(select(func.max(t.Group.number)).where(t.Group.round_id == found.id)) or 0
    names = resource.toml("groups", "names.toml")["names"].split()
    birth = {
        r.id: age(r.born_on, r.born_year, starts) for r in tx.rows(select(Person.id, Person.born_on, Person.born_year))
    }
    rows, members, sessions = [], [], []
    for number, group in enumerate(groups, last + 1):
        pool, group_id, weekday = problem.pools[group.pool], tx.new_id(), (number - 1) % 5
        days = rules.session_dates(starts, weekday, found.rules.every_days, found.rules.sessions)
        rows.append({
            "id": group_id, "round_id": found.id, "number": number, "name": rules.group_name(names, number),
            "track": pool.track, "sector_id": pool.sector_id, "facility_id": pool.facility_id, "venue": "",
            "weekday": weekday, "starts": days[0], "accepted_on": tx.today,
        })  # fmt: skip
        members += [
            {
                "id": tx.new_id(), "group_id": group_id, "person_id": i, "joined_on": days[0], "left_on": None,
                "reason": "", "band": found.rules.band(birth[i]),
            }
            for i in group.people
        ]  # fmt: skip
        sessions += [
            {"id": tx.new_id(), "group_id": group_id, "number": n, "planned_on": day, "phase": found.rules.phase_of(n)}
            for n, day in enumerate(days, 1)
        ]
    if rows:
        tx.run(insert(t.Group), rows)
        tx.run(insert(t.Membership), members)
        tx.run(insert(t.Session), sessions)
        _lead(tx, found.id, rows)
    return [int(str(row["id"])) for row in rows]


def _lead(tx: Transaction, round_id: int, groups: Sequence[dict[str, Any]]) -> None:
    """Two facilitators for each new group."""
    load = queries.workload(tx, round_id)
    f = Facilitator
    leaders = [
        Leader(row.id, row.sex, row.sector_id, row.district_id, load.get(row.id, 0))
        for row in tx.rows(
            select(f.id, f.sex, Place.sector_id, Place.district_id).join(Place, Place.id == f.place_id).where(f.active)
        )
    ]
    districts = dict(tx.db.execute(select(Place.id, Place.district_id)).all())
    districts_of_facilities = dict(tx.db.execute(select(Facility.id, Facility.district_id)).all())
    chosen = []
    for group in groups:
        district = districts_of_facilities.get(group["facility_id"]) or districts[group["sector_id"]]
        for leader in rules.choose_leaders(leaders, group["sector_id"], district, load):
            load[leader] = load.get(leader, 0) + 1
            chosen.append({"id": tx.new_id(), "group_id": group["id"], "facilitator_id": leader})
    if chosen:
        tx.run(insert(t.Lead), chosen)


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
    """Move somebody to another group of the round from a day on; what was attended before stays and counts."""
    group = _group(tx, group_id)
    current = _now_in(tx, person_id, group.round_id)
    if not current or current[0].group.id == group_id:
        raise Missing(what="member", id=person_id)
    faults = day_faults("on", on, tx.today)
    if not faults and on <= current[0].membership.joined_on:
        faults.append(Fault("on", "before start"))
    if faults:
        raise Invalid(faults)
    _check_entry(tx, person_id, group)
    _end(tx, current[0].membership, on, reason)
    _join(tx, person_id, group, on, current[0].membership.band)


def _end(tx: Transaction, membership: Any, on: date, reason: str) -> None:
    if faults := day_faults("left_on", on, tx.today):
        raise Invalid(faults)
    if reason not in (*rules.LEAVING_GROUP, *participants.rules.LEAVING):
        raise Invalid([Fault("reason", "not a choice")])
    tx.run(update(t.Membership).where(t.Membership.id == membership.id).values(left_on=on, reason=reason))


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
def change_group(tx: Transaction, group_id: int, name: str, venue: str, facilitator_ids: Sequence[int]) -> None:
    """A group's name, venue and two facilitators."""
    group, name, venue = _group(tx, group_id), clean(name), clean(venue)
    faults = text_faults("name", name, needed=True, most=40) + text_faults("venue", venue, most=60)
    known = set(tx.db.scalars(select(Facilitator.id).where(Facilitator.id.in_(facilitator_ids))))
    if len(known) != len(facilitator_ids) or len(known) > 2:
        faults.append(Fault("facilitators", "not a choice"))
    if faults:
        raise Invalid(faults)
    tx.run(update(t.Group).where(t.Group.id == group.id).values(name=name, venue=venue))
    tx.run(delete(t.Lead).where(t.Lead.group_id == group.id))
    rows = [{"id": tx.new_id(), "group_id": group.id, "facilitator_id": i} for i in facilitator_ids]
    if rows:
        tx.run(insert(t.Lead), rows)
    tx.say(group=name)
