"""Forming groups as planned: members, two facilitators each, and the days of their sessions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, insert, select, update

from cbs_desktop import resource
from cbs_desktop.action import Transaction, action
from cbs_desktop.errors import Fault, Invalid, Missing, RuleBroken
from cbs_desktop.groups import eligible, rules
from cbs_desktop.groups import tables as t
from cbs_desktop.groups.allocation.assignment import PlacedGroup
from cbs_desktop.groups.allocation.facilitators import settled, with_facilitators
from cbs_desktop.groups.allocation.instance import Instance
from cbs_desktop.groups.allocation.people import Pool
from cbs_desktop.groups.allocation.violations import violations
from cbs_desktop.groups.calendar.queries import calendar_of
from cbs_desktop.groups.calendar.rules import WEEKDAYS, kept_free
from cbs_desktop.groups.rules import GroupPlan
from cbs_desktop.participants import consents
from cbs_desktop.participants.rules import age
from cbs_desktop.participants.tables import Person
from cbs_desktop.programmes.queries import RoundFacts, round_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store.values import NamedRow, RowValues
from cbs_desktop.text import clean, day_faults, text_faults


def refuse(instance: Instance, groups: Iterable[PlacedGroup]) -> None:
    """RuleBroken for the first hard rule that these groups break; it never says for
    whom."""
    for rule, _person in violations(instance, groups):
        raise RuleBroken(rule=rule)


def need_consent(tx: Transaction, fresh: Instance, people: Iterable[int]) -> None:
    """RuleBroken for the first of these people who was set aside for want of consent."""
    for person in people:
        if person in fresh.unconsented:
            consents.need(tx, person, "programme")


def next_number(tx: Transaction, round_id: int) -> int:
    """The number of the next group of a round."""
    last = select(func.max(t.Group.number)).where(t.Group.round_id == round_id)
    return (tx.value(last) or 0) + 1


@action(Permission.ALLOCATE, "Formed {groups} groups with {count} people")
def form(
    tx: Transaction,
    round_id: int,
    plans: Sequence[GroupPlan],
    pools: Sequence[Pool] = (),
) -> list[int]:
    """Make groups of people who are eligible and in none, as planned; their ids in the
    same order. `pools` are those that they were planned in, if they are not those of today.

    Invalid for an impossible day, weekday or venue; RuleBroken when a hard rule of the
    programme forbids it.
    """
    faults = []
    for plan in plans:
        faults += _plan_faults(plan)
    if faults:
        raise Invalid(faults)
    fresh = eligible.instance(tx, round_id)
    planned = replace(fresh, pools=tuple(pools) or fresh.pools)
    for plan in plans:
        need_consent(tx, fresh, plan.people)
    placed = _checked(fresh, planned, plans)
    found = round_of(tx, round_id)
    groups = list(_groups(tx, found, plans))
    if groups:
        tx.run(insert(t.Group), groups)
        tx.run(insert(t.Membership), list(_members(tx, found, groups, plans)))
        tx.run(insert(t.Session), list(_sessions(tx, found, groups)))
        _set_facilitators(tx, planned, groups, placed)
    tx.say(groups=len(groups), count=sum(len(plan.people) for plan in plans))
    return [int(group["id"]) for group in groups]


def _plan_faults(plan: GroupPlan) -> list[Fault]:
    faults = day_faults("starts", plan.starts)
    faults += text_faults("venue", clean(plan.venue), most=60)
    if plan.weekday not in range(7):
        faults.append(Fault("weekday", "not a choice"))
    if not plan.people:
        faults.append(Fault("people", "needed"))
    return faults


def _checked(
    fresh: Instance, planned: Instance, plans: Sequence[GroupPlan]
) -> list[PlacedGroup]:
    """The planned groups in their pools. RuleBroken unless everybody is eligible now and
    the hard rules are kept."""
    for plan in plans:
        if not fresh.pool_of.keys() >= set(plan.people):
            raise RuleBroken(rule="not eligible")
    placed = []
    for plan in plans:
        pool = planned.pool_with((plan.track, plan.sector_id, plan.facility_id))
        if pool is None:
            raise RuleBroken(rule="other pool")
        placed.append(PlacedGroup(pool, plan.people, plan.facilitators, plan.weekday))
    refuse(planned, placed)
    return placed


def _groups(
    tx: Transaction, found: RoundFacts, plans: Sequence[GroupPlan]
) -> Iterator[RowValues]:
    names = resource.toml("groups", "names.toml")["names"].split()
    calendar = calendar_of(tx)
    for number, plan in enumerate(plans, next_number(tx, found.id)):
        days = rules.session_dates(
            plan.starts,
            plan.weekday,
            found.rules.every_days,
            found.rules.sessions,
            calendar,
            _same_week(tx, found),
        )
        yield {
            "id": tx.new_id(),
            "round_id": found.id,
            "number": number,
            "name": rules.group_name(names, number),
            "track": plan.track,
            "sector_id": plan.sector_id,
            "facility_id": plan.facility_id,
            "venue": clean(plan.venue),
            "weekday": plan.weekday,
            "starts": days[0],
            "accepted_on": tx.today,
        }


def _members(
    tx: Transaction,
    found: RoundFacts,
    groups: Sequence[RowValues],
    plans: Sequence[GroupPlan],
) -> Iterator[RowValues]:
    """Memberships from the first session on, with the age band of that day."""
    births = {}
    for row in tx.rows(select(Person.id, Person.born_on, Person.born_year)):
        births[row.id] = (row.born_on, row.born_year)
    for group, plan in zip(groups, plans, strict=True):
        for person_id in plan.people:
            born_on, born_year = births[person_id]
            years = age(born_on, born_year, group["starts"])
            yield {
                "id": tx.new_id(),
                "group_id": group["id"],
                "person_id": person_id,
                "joined_on": group["starts"],
                "left_on": None,
                "reason": "",
                "band": found.rules.band(years),
            }


def _sessions(
    tx: Transaction, found: RoundFacts, groups: Sequence[RowValues]
) -> Iterator[RowValues]:
    calendar = calendar_of(tx)
    for group in groups:
        days = rules.session_dates(
            group["starts"],
            group["weekday"],
            found.rules.every_days,
            found.rules.sessions,
            calendar,
            _same_week(tx, found),
        )
        for number, day in enumerate(days, 1):
            yield {
                "id": tx.new_id(),
                "group_id": group["id"],
                "number": number,
                "planned_on": day,
                "phase": found.rules.phase_of(number),
            }


def _same_week(tx: Transaction, found: RoundFacts) -> bool:
    """Whether the programme has a session that would fall on a free day in its week rather than later."""
    preferences = eligible.preferences_of(tx, found.programme_id)
    return preferences.free_days == rules.SAME_WEEK


def _set_facilitators(
    tx: Transaction,
    instance: Instance,
    groups: Sequence[RowValues],
    placed: Sequence[PlacedGroup],
) -> None:
    """The facilitators of each new group: those planned, where none are planned two who
    may lead it."""
    kept = settled(instance, placed)
    have = []
    for number, group in enumerate(kept):
        if group.facilitators:
            have.append(number)
    served = with_facilitators(instance, kept, have)
    chosen = []
    for row, group in zip(groups, served, strict=True):
        chosen += facilitator_rows(tx, row["id"], group.facilitators)
    if chosen:
        tx.run(insert(t.GroupFacilitator), chosen)


def facilitator_rows(
    tx: Transaction, group_id: int, facilitators: Iterable[int]
) -> list[RowValues]:
    """Who facilitates a group, as rows to be written."""
    rows = []
    for facilitator_id in facilitators:
        values = {"group_id": group_id, "facilitator_id": facilitator_id}
        rows.append({"id": tx.new_id(), **values})
    return rows


def replan(tx: Transaction, group: NamedRow, weekday: int) -> None:
    """Move the sessions that are still to come to another weekday; a group that has not
    begun begins on the new day."""
    sessions = _planned(tx, group.id, t.Session.planned_on > tx.today)
    this = t.Group.id == group.id
    tx.run(update(t.Group).where(this).values(weekday=weekday))
    if not sessions:
        return
    found = round_of(tx, group.round_id)
    days = rules.days_after(
        [row.planned_on for row in sessions],
        tx.today,
        weekday,
        found.rules.every_days,
        calendar_of(tx),
        _same_week(tx, found),
    )
    _move(tx, group, sessions, days)


def _planned(
    tx: Transaction, group_id: int, *which: ColumnElement[bool]
) -> list[NamedRow]:
    planned = t.Session
    columns = select(planned.id, planned.number, planned.planned_on)
    of_group = columns.where(planned.group_id == group_id, *which)
    return list(tx.rows(of_group.order_by(planned.number)))


def _move(
    tx: Transaction, group: NamedRow, sessions: Sequence[NamedRow], days: Sequence[date]
) -> None:
    """Sessions to their new days; with the first one the group begins on another day."""
    for row, day in zip(sessions, days, strict=True):
        this = update(t.Session).where(t.Session.id == row.id)
        tx.run(this.values(planned_on=day))
    first = sessions[0]
    if first.number == 1:
        _begin_on(tx, group, days[0])


@action(Permission.ALLOCATE, "Rescheduled session {number} of {group}")
def shift(tx: Transaction, group_id: int, number: int, to: date, rest: bool) -> None:
    """Plan a session that is still to come for another day; with `rest` those after it
    follow in their rhythm.

    Invalid for a day that is past, kept free, or not after the session before; Missing for
    a session that is not to come.
    """
    group = group_of(tx, group_id)
    sessions = _planned(tx, group_id)
    place = _place_of(sessions, number, tx.today)
    if faults := _shift_faults(tx, sessions, place, to):
        raise Invalid(faults)
    to_come = sessions[place:]
    found = round_of(tx, group.round_id)
    days = rules.shifted(
        [row.planned_on for row in to_come],
        to,
        rest,
        found.rules.every_days,
        calendar_of(tx),
        _same_week(tx, found),
    )
    _move(tx, group, to_come, days)
    tx.say(number=number, group=group.name)


@action(Permission.ALLOCATE, "Rescheduled {group} from session {number}: {weekday}")
def reschedule(tx: Transaction, group_id: int, number: int, weekday: int) -> None:
    """Plan a session that is still to come and all after it for another weekday (0 Monday), from the week of that session
    on, after the session before it; days that are kept free are left out.

    Invalid for a weekday that is none; Missing for a session that is not to come.
    """
    if weekday not in range(7):
        raise Invalid([Fault("weekday", "not a choice")])
    group = group_of(tx, group_id)
    sessions = _planned(tx, group_id)
    place = _place_of(sessions, number, tx.today)
    after = tx.today - timedelta(days=1)
    if place:
        after = max(after, sessions[place - 1].planned_on)
    to_come = sessions[place:]
    found = round_of(tx, group.round_id)
    days = rules.days_after(
        [row.planned_on for row in to_come],
        after,
        weekday,
        found.rules.every_days,
        calendar_of(tx),
        _same_week(tx, found),
    )
    this = t.Group.id == group_id
    tx.run(update(t.Group).where(this).values(weekday=weekday))
    _move(tx, group, to_come, days)
    tx.say(group=group.name, number=number, weekday=WEEKDAYS[weekday])


def group_of(tx: Transaction, group_id: int) -> NamedRow:
    """A group; Missing when there is none."""
    group = tx.first(select(t.Group.__table__).where(t.Group.id == group_id))
    if group is None:
        raise Missing(what="group", id=group_id)
    return group


def _place_of(sessions: Sequence[NamedRow], number: int, today: date) -> int:
    """Where a session that is still to come stands; Missing where there is none."""
    for place, row in enumerate(sessions):
        if row.number == number and row.planned_on >= today:
            return place
    raise Missing(what="session", id=number)


def _shift_faults(
    tx: Transaction, sessions: Sequence[NamedRow], place: int, to: date
) -> list[Fault]:
    if faults := day_faults("to", to):
        return faults
    too_early = to < tx.today
    if place and to <= sessions[place - 1].planned_on:
        too_early = True
    if too_early:
        return [Fault("to", "before start")]
    if why := kept_free(to, calendar_of(tx)):
        return [Fault("to", "kept free", {"why": why})]
    return []


def _freeze_bands(tx: Transaction, group: NamedRow, day: date) -> None:
    """The age band of those who begin with the group, on its new day; whoever came from another group keeps theirs."""
    m = t.Membership
    programme = round_of(tx, group.round_id).rules
    births = select(m.id, Person.born_on, Person.born_year)
    members = births.join(Person, Person.id == m.person_id)
    beginning = members.where(m.group_id == group.id, m.joined_on == group.starts)
    for row in tx.rows(beginning):
        years = age(row.born_on, row.born_year, day)
        band = programme.band(years)
        this = update(m).where(m.id == row.id)
        tx.run(this.values(band=band))


def _begin_on(tx: Transaction, group: NamedRow, day: date) -> None:
    """A group that has not begun begins on another day, and its members with it: their age band is that of the new
    day."""
    this = update(t.Group).where(t.Group.id == group.id)
    tx.run(this.values(starts=day))
    _freeze_bands(tx, group, day)
    joined = update(t.Membership).where(
        t.Membership.group_id == group.id,
        t.Membership.joined_on == group.starts,
    )
    tx.run(joined.values(joined_on=day))
