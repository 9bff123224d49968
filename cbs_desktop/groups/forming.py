"""Forming groups as planned: members, two facilitators each, and the days of their sessions."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import func, insert, select, update

from cbs_desktop import resource
from cbs_desktop.action import Transaction, action
from cbs_desktop.errors import Fault, Invalid, Missing, RuleBroken
from cbs_desktop.groups import calendar, eligible, guiding, rules
from cbs_desktop.groups import tables as t
from cbs_desktop.groups.calendars import calendar_of
from cbs_desktop.groups.hard import broken
from cbs_desktop.groups.problem import Placed, Pool, Problem
from cbs_desktop.groups.rules import GroupPlan
from cbs_desktop.participants.rules import age
from cbs_desktop.participants.tables import Person
from cbs_desktop.programmes.queries import RoundFacts, round_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.text import clean, day_faults, text_faults


def refuse(problem: Problem, groups: Iterable[Placed]) -> None:
    """RuleBroken for the first hard rule that these groups break; it never says for whom."""
    for rule, _person in broken(problem, groups):
        raise RuleBroken(rule=rule)


def next_number(tx: Transaction, round_id: int) -> int:
    """The number of the next group of a round."""
    return (
        tx.value(select(func.max(t.Group.number)).where(t.Group.round_id == round_id))
        or 0
    ) + 1


@action(Permission.ALLOCATE, "Formed {groups} groups with {count} people")
def form(
    tx: Transaction,
    round_id: int,
    plans: Sequence[GroupPlan],
    pools: Sequence[Pool] = (),
) -> list[int]:
    """Make groups of people who are eligible and in none, as planned; their ids in the same order. `pools` are those that
    they were planned in, if they are not those of today.

    Invalid for an impossible day, weekday or venue; RuleBroken when a hard rule of the programme forbids it.
    """
    if faults := [fault for plan in plans for fault in _plan_faults(plan)]:
        raise Invalid(faults)
    fresh = eligible.problem(tx, round_id)
    planned = replace(fresh, pools=tuple(pools) or fresh.pools)
    _check(fresh, planned, plans)
    found = round_of(tx, round_id)
    names = resource.toml("groups", "names.toml")["names"].split()
    free = calendar_of(tx)
    rows = []
    for number, plan in enumerate(plans, next_number(tx, round_id)):
        days = rules.session_dates(
            plan.starts,
            plan.weekday,
            found.rules.every_days,
            found.rules.sessions,
            free,
        )
        rows.append({
            "id": tx.new_id(), "round_id": round_id, "number": number, "name": rules.group_name(names, number),
            "track": plan.track, "sector_id": plan.sector_id, "facility_id": plan.facility_id,
            "venue": clean(plan.venue), "weekday": plan.weekday, "starts": days[0], "accepted_on": tx.today,
        })  # fmt: skip
    if rows:
        tx.run(insert(t.Group), rows)
        tx.run(insert(t.Membership), _members(tx, found, rows, plans))
        tx.run(insert(t.Session), _sessions(tx, found, rows))
        _lead(tx, planned, rows, plans)
    tx.say(groups=len(rows), count=sum(len(plan.people) for plan in plans))
    return [int(row["id"]) for row in rows]


def _plan_faults(plan: GroupPlan) -> list[Fault]:
    faults = day_faults("starts", plan.starts) + text_faults(
        "venue", clean(plan.venue), most=60
    )
    if plan.weekday not in range(7):
        faults.append(Fault("weekday", "not a choice"))
    if not plan.people:
        faults.append(Fault("people", "needed"))
    return faults


def _check(fresh: Problem, problem: Problem, plans: Sequence[GroupPlan]) -> None:
    """Whether everybody planned is eligible now, and the plans keep the hard rules."""
    people = {one.id for pool in fresh.pools for one in pool.people}
    if not people.issuperset(i for plan in plans for i in plan.people):
        raise RuleBroken(rule="not eligible")
    keys = {pool.key: number for number, pool in enumerate(problem.pools)}
    placed = []
    for plan in plans:
        key = plan.track, plan.sector_id, plan.facility_id
        if key not in keys:
            raise RuleBroken(rule="other pool")
        placed.append(Placed(keys[key], plan.people))
    refuse(problem, placed)


def _members(
    tx: Transaction,
    found: RoundFacts,
    groups: Sequence[dict[str, Any]],
    plans: Sequence[GroupPlan],
) -> list[dict[str, Any]]:
    """Memberships from the first session on, with the age band of that day."""
    births = {
        row.id: (row.born_on, row.born_year)
        for row in tx.rows(select(Person.id, Person.born_on, Person.born_year))
    }
    return [
        {
            "id": tx.new_id(), "group_id": group["id"], "person_id": i, "joined_on": group["starts"], "left_on": None,
            "reason": "", "band": found.rules.band(age(*births[i], group["starts"])),
        }
        for group, plan in zip(groups, plans, strict=True)
        for i in plan.people
    ]  # fmt: skip


def _sessions(
    tx: Transaction, found: RoundFacts, groups: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    every = found.rules.every_days
    count = found.rules.sessions
    free = calendar_of(tx)
    return [
        {
            "id": tx.new_id(),
            "group_id": g["id"],
            "number": n,
            "planned_on": day,
            "phase": found.rules.phase_of(n),
        }
        for g in groups
        for n, day in enumerate(
            rules.session_dates(g["starts"], g["weekday"], every, count, free), 1
        )
    ]


def _lead(
    tx: Transaction,
    problem: Problem,
    groups: Sequence[dict[str, Any]],
    plans: Sequence[GroupPlan],
) -> None:
    """The facilitators of each new group: those planned, where none are planned two who may lead it."""
    keys = {pool.key: number for number, pool in enumerate(problem.pools)}
    placed = [
        Placed(
            keys[plan.track, plan.sector_id, plan.facility_id],
            plan.people,
            plan.leaders,
            plan.weekday,
        )
        for plan in plans
    ]
    settled = guiding.settled(problem, placed)
    led = guiding.lead(
        problem, settled, [n for n, group in enumerate(settled) if group.leaders]
    )
    chosen = [
        {"id": tx.new_id(), "group_id": row["id"], "facilitator_id": leader}
        for row, group in zip(groups, led, strict=True)
        for leader in group.leaders
    ]
    if chosen:
        tx.run(insert(t.Lead), chosen)


def replan(tx: Transaction, group: Any, weekday: int) -> None:
    """Move the sessions that are still to come to another weekday; a group that has not begun begins on the new day."""
    sessions = tx.rows(
        select(t.Session.id, t.Session.number, t.Session.planned_on)
        .where(t.Session.group_id == group.id, t.Session.planned_on > tx.today)
        .order_by(t.Session.number)
    )
    tx.run(update(t.Group).where(t.Group.id == group.id).values(weekday=weekday))
    if not sessions:
        return
    every = round_of(tx, group.round_id).rules.every_days
    days = rules.days_after(
        [row.planned_on for row in sessions], tx.today, weekday, every, calendar_of(tx)
    )
    for row, day in zip(sessions, days, strict=True):
        tx.run(update(t.Session).where(t.Session.id == row.id).values(planned_on=day))
    if sessions[0].number == 1:
        _begin_on(tx, group, days[0])


@action(Permission.ALLOCATE, "Rescheduled session {number} of {group}")
def shift(tx: Transaction, group_id: int, number: int, to: date, rest: bool) -> None:
    """Plan a session that is still to come for another day; with `rest` those after it follow in their rhythm.

    Invalid for a day that is past, kept free, or not after the session before; Missing for a session that is not to come.
    """
    group = tx.first(select(t.Group.__table__).where(t.Group.id == group_id))
    if group is None:
        raise Missing(what="group", id=group_id)
    columns = (t.Session.id, t.Session.number, t.Session.planned_on)
    rows = tx.rows(
        select(*columns)
        .where(t.Session.group_id == group_id)
        .order_by(t.Session.number)
    )
    place = next(
        (
            i
            for i, row in enumerate(rows)
            if row.number == number and row.planned_on >= tx.today
        ),
        None,
    )
    if place is None:
        raise Missing(what="session", id=number)
    free = calendar_of(tx)
    faults = day_faults("to", to)
    if not faults and (to < tx.today or (place and to <= rows[place - 1].planned_on)):
        faults.append(Fault("to", "before start"))
    if not faults and (why := calendar.kept_free(to, free)):
        faults.append(Fault("to", "kept free", {"why": why}))
    if faults:
        raise Invalid(faults)
    every = round_of(tx, group.round_id).rules.every_days
    days = rules.shifted(
        [row.planned_on for row in rows[place:]], to, rest, every, free
    )
    for row, day in zip(rows[place:], days, strict=True):
        tx.run(update(t.Session).where(t.Session.id == row.id).values(planned_on=day))
    if number == 1:
        _begin_on(tx, group, days[0])
    tx.say(number=number, group=group.name)


def _begin_on(tx: Transaction, group: Any, day: date) -> None:
    """A group that has not begun begins on another day, and its members with it."""
    tx.run(update(t.Group).where(t.Group.id == group.id).values(starts=day))
    first = (t.Membership.group_id == group.id) & (
        t.Membership.joined_on == group.starts
    )
    tx.run(update(t.Membership).where(first).values(joined_on=day))
