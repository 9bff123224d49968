"""Keeping apart and together; and the life of a group: transfer, late joining, leaving, changes."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, update

from cbs_desktop.action import Transaction, action
from cbs_desktop.errors import Fault, Invalid, Missing, RuleBroken
from cbs_desktop.facilitators.tables import Facilitator
from cbs_desktop.groups import eligible, placing, rules
from cbs_desktop.groups import tables as t
from cbs_desktop.groups.alternatives import together
from cbs_desktop.groups.forming import replan
from cbs_desktop.groups.running import running_of
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants.rules import age, shown
from cbs_desktop.participants.tables import Person
from cbs_desktop.programmes.queries import round_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.text import clean, day_faults, text_faults


def name_of(tx: Transaction, person_id: int) -> str:
    """A person's name, for the bar; Missing when there is none."""
    row = tx.first(
        select(Person.own_name, Person.other_names).where(Person.id == person_id)
    )
    if row is None:
        raise Missing(what="person", id=person_id)
    return shown(*row)


@action(Permission.KEEP_APART, "Recorded two people to keep apart")
def keep_apart(tx: Transaction, one_id: int, other_id: int, reason: str) -> int:
    """Two people never in one group; the reason is a code of rules.KEEP_APART_REASONS."""
    if reason not in rules.KEEP_APART_REASONS:
        raise Invalid([Fault("reason", "not a choice")])
    return _pair(tx, t.KeepApart, one_id, other_id, reason)


@action(Permission.KEEP_APART, "Removed a keep-apart")
def release_keep_apart(tx: Transaction, keep_apart_id: int) -> None:
    """The two may be in one group again."""
    if not tx.run(delete(t.KeepApart).where(t.KeepApart.id == keep_apart_id)):
        raise Missing(what="keep-apart", id=keep_apart_id)


@action(Permission.ALLOCATE, "Recorded that {who} stay together")
def keep_together(tx: Transaction, one_id: int, other_id: int, reason: str) -> int:
    """Two people always in one group; the reason is a code of rules.KEEP_TOGETHER_REASONS."""
    if reason not in rules.KEEP_TOGETHER_REASONS:
        raise Invalid([Fault("reason", "not a choice")])
    tx.say(who=f"{name_of(tx, one_id)}, {name_of(tx, other_id)}")
    return _pair(tx, t.KeepTogether, one_id, other_id, reason)


@action(Permission.ALLOCATE, "Removed a keep-together")
def release_keep_together(tx: Transaction, keep_together_id: int) -> None:
    """The two may be in different groups again."""
    if not tx.run(delete(t.KeepTogether).where(t.KeepTogether.id == keep_together_id)):
        raise Missing(what="keep-together", id=keep_together_id)


def _pair(
    tx: Transaction,
    table: type[t.KeepApart] | type[t.KeepTogether],
    one_id: int,
    other_id: int,
    reason: str,
) -> int:
    """The row of a pair, made if there is none yet."""
    if one_id == other_id:
        raise Invalid([Fault("other", "same person")])
    pair = {"one_id": min(one_id, other_id), "other_id": max(one_id, other_id)}
    there = select(table.id).where(
        table.one_id == pair["one_id"], table.other_id == pair["other_id"]
    )
    if found := tx.value(there):
        return found
    made = tx.new_id()
    tx.run(insert(table).values(id=made, reason=reason, **pair))
    return made


@action(Permission.ALLOCATE, "Recorded whose groups {who} does not lead")
def set_ties(tx: Transaction, facilitator_id: int, person_ids: Sequence[int]) -> None:
    """The people whose group a facilitator must not lead (family, or another reason, which is not recorded)."""
    row = tx.first(
        select(Facilitator.own_name, Facilitator.other_names).where(
            Facilitator.id == facilitator_id
        )
    )
    if row is None:
        raise Missing(what="facilitator", id=facilitator_id)
    for person_id in person_ids:
        name_of(tx, person_id)
    tx.run(delete(t.Tie).where(t.Tie.facilitator_id == facilitator_id))
    rows = [
        {"id": tx.new_id(), "facilitator_id": facilitator_id, "person_id": i}
        for i in dict.fromkeys(person_ids)
    ]
    if rows:
        tx.run(insert(t.Tie), rows)
    tx.say(who=shown(*row))


@action(Permission.SET_UP, "Changed the group preferences")
def set_wishes(tx: Transaction, programme_id: int, wishes: rules.Wishes) -> None:
    """What the office wishes of the groups of a programme. Invalid for a word that is none."""
    if faults := rules.wish_faults(wishes):
        raise Invalid(faults)
    tx.run(delete(t.Wishes).where(t.Wishes.programme_id == programme_id))
    tx.run(insert(t.Wishes).values(programme_id=programme_id, **asdict(wishes)))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a person is in a round: the membership and its group."""

    membership: Any
    group: Any


def _now_in(
    tx: Transaction, person_id: int, round_id: int | None = None
) -> list[_Place]:
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


def _check_entry(tx: Transaction, person_ids: Sequence[int], group: Any) -> None:
    """RuleBroken for the first hard rule that people's entry into a running group would newly break."""
    run = running_of(tx, round_of(tx, group.round_id))
    if rule := placing.refusal(run, person_ids, run.ids.index(group.id)):
        raise RuleBroken(rule=rule)
    leads = tx.db.scalars(
        select(t.Lead.facilitator_id).where(t.Lead.group_id == group.id)
    )
    _check_ties(tx, list(leads), person_ids)


def _check_ties(
    tx: Transaction, facilitator_ids: Sequence[int], person_ids: Sequence[int]
) -> None:
    """RuleBroken when one of these facilitators must not lead one of these people."""
    tied = select(t.Tie.id).where(
        t.Tie.facilitator_id.in_(facilitator_ids), t.Tie.person_id.in_(person_ids)
    )
    if tx.value(tied):
        raise RuleBroken(rule="tie")


@action(Permission.ALLOCATE, "Moved {who} to {group}")
def transfer(
    tx: Transaction, person_id: int, group_id: int, on: date, reason: str = "transfer"
) -> None:
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
    _check_entry(tx, (person_id,), group)
    if begun:
        _end(tx, membership, on, reason)
    else:
        tx.run(delete(t.Membership).where(t.Membership.id == membership.id))
    _join(
        tx,
        person_id,
        group,
        on if begun else max(tx.today, group.starts),
        membership.band,
    )


@action(Permission.ALLOCATE, "{who} left {group}")
def remove(
    tx: Transaction, person_id: int, group_id: int, on: date, reason: str
) -> None:
    """Somebody leaves a group on a day but stays in the programme, and waits for another group."""
    group = _group(tx, group_id)
    place = next(
        (
            one
            for one in _now_in(tx, person_id, group.round_id)
            if one.group.id == group_id
        ),
        None,
    )
    if place is None:
        raise Missing(what="member", id=person_id)
    _end(tx, place.membership, on, reason)
    tx.say(who=name_of(tx, person_id), group=group.name)


def _end(tx: Transaction, membership: Any, on: date, reason: str) -> None:
    if faults := day_faults("left_on", on, tx.today):
        raise Invalid(faults)
    if reason not in (*rules.LEAVING_GROUP, *participants.rules.LEAVING):
        raise Invalid([Fault("reason", "not a choice")])
    this = t.Membership.id == membership.id
    if (
        on < membership.joined_on
    ):  # never came: a membership that ends before it begins would count nowhere
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
    tx.say(who=name_of(tx, person_id), group=group.name)


@action(Permission.ALLOCATE, "{who} joined {group}")
def add_late(tx: Transaction, person_id: int, group_id: int, on: date) -> None:
    """Somebody eligible joins a group that has begun, with whoever is kept together with them and waits as well.

    RuleBroken after the last session at which the programme allows it, or when a hard rule forbids it.
    """
    group = _group(tx, group_id)
    found = round_of(tx, group.round_id)
    if faults := day_faults("on", on):
        raise Invalid(faults)
    if _now_in(tx, person_id, found.id):
        raise RuleBroken(rule="already in a group")
    fresh = eligible.problem(tx, found.id)
    if person_id not in {one.id for pool in fresh.pools for one in pool.people}:
        raise RuleBroken(rule="not eligible")
    last = select(t.Session.planned_on).where(
        t.Session.group_id == group_id, t.Session.number == found.rules.join_until
    )
    if on > (tx.value(last) or on):
        raise RuleBroken(rule="too late to join")
    block = together(fresh, person_id)
    _check_entry(tx, block, group)
    for one in block:
        person = tx.first(
            select(Person.born_on, Person.born_year).where(Person.id == one)
        )
        band = found.rules.band(age(person.born_on, person.born_year, group.starts))
        _join(tx, one, group, max(on, group.starts), band)
    tx.say(who=", ".join(name_of(tx, one) for one in block))


@action(Permission.ALLOCATE, "{count} people joined running groups")
def add_many(tx: Transaction, places: Sequence[tuple[int, int]], on: date) -> int:
    """Late joiners, as (person, group), all or none; how many."""
    for person_id, group_id in places:
        if not _now_in(
            tx, person_id, _group(tx, group_id).round_id
        ):  # else they came with somebody before
            add_late(tx, person_id, group_id, on)
    tx.say(count=len(places))
    return len(places)


@action(Permission.ALLOCATE, "{who} left the programme: {why}")
def leave_programme(tx: Transaction, person_id: int, on: date, reason: str) -> None:
    """Somebody leaves programme and group on a day; attendance until then stays."""
    for place in _now_in(tx, person_id):
        _end(tx, place.membership, on, reason)
    participants.leave(tx, person_id, on, reason)


@action(Permission.ALLOCATE, "Changed {group}")
def change_group(
    tx: Transaction,
    group_id: int,
    name: str,
    venue: str,
    facilitator_ids: Sequence[int],
    weekday: int | None = None,
) -> None:
    """A group's name, venue and two facilitators; a new weekday moves the sessions that are still to come."""
    group = _group(tx, group_id)
    name = clean(name)
    venue = clean(venue)
    faults = text_faults("name", name, needed=True, most=40) + text_faults(
        "venue", venue, most=60
    )
    known = set(
        tx.db.scalars(select(Facilitator.id).where(Facilitator.id.in_(facilitator_ids)))
    )
    if len(known) != len(facilitator_ids) or len(known) > 2:
        faults.append(Fault("facilitators", "not a choice"))
    if weekday is not None and weekday not in range(7):
        faults.append(Fault("weekday", "not a choice"))
    if faults:
        raise Invalid(faults)
    members = select(t.Membership.person_id).where(
        t.Membership.group_id == group.id, t.Membership.left_on.is_(None)
    )
    _check_ties(tx, facilitator_ids, list(tx.db.scalars(members)))
    tx.run(update(t.Group).where(t.Group.id == group.id).values(name=name, venue=venue))
    tx.run(delete(t.Lead).where(t.Lead.group_id == group.id))
    rows = [
        {"id": tx.new_id(), "group_id": group.id, "facilitator_id": i}
        for i in facilitator_ids
    ]
    if rows:
        tx.run(insert(t.Lead), rows)
    if weekday is not None and weekday != group.weekday:
        replan(tx, group, weekday)
    tx.say(group=name)
