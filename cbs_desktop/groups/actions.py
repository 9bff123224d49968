"""Keeping apart and together; and the life of a group: transfer, late joining, leaving, changes."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import delete, func, insert, select, update

from cbs_desktop.action import Transaction, action
from cbs_desktop.errors import Fault, Invalid, Missing, RuleBroken
from cbs_desktop.facilitators import actions as facilitators
from cbs_desktop.facilitators.rules import FacilitatorDetails
from cbs_desktop.facilitators.tables import Facilitator
from cbs_desktop.groups import eligible, rules
from cbs_desktop.groups import tables as t
from cbs_desktop.groups.allocation.late_joiners import refusal
from cbs_desktop.groups.eligible import PairTable
from cbs_desktop.groups.forming import (
    facilitator_rows,
    group_of,
    need_consent,
    replan,
)
from cbs_desktop.groups.queries import leads_own_group
from cbs_desktop.groups.rules import Preferences
from cbs_desktop.groups.running import running_of
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import choices, consents
from cbs_desktop.participants.rules import age, shown
from cbs_desktop.participants.tables import Person
from cbs_desktop.programmes.queries import RoundFacts, round_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store.values import NamedRow
from cbs_desktop.text import clean, day_faults, text_faults


def name_of(tx: Transaction, person_id: int) -> str:
    """A person's name, for the bar; Missing when there is none."""
    names = select(Person.own_name, Person.other_names)
    row = tx.first(names.where(Person.id == person_id))
    if row is None:
        raise Missing(what="person", id=person_id)
    return shown(row.own_name, row.other_names)


def names_of(tx: Transaction, person_ids: Sequence[int]) -> str:
    """The names of several people, for the bar."""
    return ", ".join(name_of(tx, person_id) for person_id in person_ids)


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
    """Two people always in one group; the reason is a code of
    rules.KEEP_TOGETHER_REASONS."""
    if reason not in rules.KEEP_TOGETHER_REASONS:
        raise Invalid([Fault("reason", "not a choice")])
    tx.say(who=names_of(tx, (one_id, other_id)))
    return _pair(tx, t.KeepTogether, one_id, other_id, reason)


@action(Permission.ALLOCATE, "Removed a keep-together")
def release_keep_together(tx: Transaction, keep_together_id: int) -> None:
    """The two may be in different groups again."""
    if not tx.run(delete(t.KeepTogether).where(t.KeepTogether.id == keep_together_id)):
        raise Missing(what="keep-together", id=keep_together_id)


def _pair(
    tx: Transaction, table: PairTable, one_id: int, other_id: int, reason: str
) -> int:
    """The row of a pair, made if there is none yet."""
    if one_id == other_id:
        raise Invalid([Fault("other", "same person")])
    first = min(one_id, other_id)
    second = max(one_id, other_id)
    same = (table.one_id == first) & (table.other_id == second)
    there = tx.value(select(table.id).where(same))
    if there:
        return there
    pair_id = tx.new_id()
    values = {"one_id": first, "other_id": second, "reason": reason}
    tx.run(insert(table).values(id=pair_id, **values))
    return pair_id


@action(Permission.ALLOCATE, "Recorded whose groups {who} does not lead")
def set_ties(tx: Transaction, facilitator_id: int, person_ids: Sequence[int]) -> None:
    """The people whose group a facilitator must not lead (family, or another reason, which
    is not recorded)."""
    names = select(Facilitator.own_name, Facilitator.other_names)
    row = tx.first(names.where(Facilitator.id == facilitator_id))
    if row is None:
        raise Missing(what="facilitator", id=facilitator_id)
    rows = []
    for person_id in dict.fromkeys(person_ids):
        name_of(tx, person_id)
        values = {"facilitator_id": facilitator_id, "person_id": person_id}
        rows.append({"id": tx.new_id(), **values})
    tx.run(delete(t.Tie).where(t.Tie.facilitator_id == facilitator_id))
    if rows:
        tx.run(insert(t.Tie), rows)
    tx.say(who=shown(row.own_name, row.other_names))


@action(Permission.ALLOCATE, "Changed the facilitator {who}")
def change_facilitator(
    tx: Transaction, facilitator_id: int, details: FacilitatorDetails
) -> None:
    """New details of a facilitator. RuleBroken where they would lead a group in which they sit as a participant."""
    facilitators.change_facilitator(tx, facilitator_id, details)
    if leads_own_group(tx, details.person_id):
        raise RuleBroken(rule="leads own group")


@action(Permission.SET_UP, "Changed the group preferences")
def set_preferences(
    tx: Transaction, programme_id: int, preferences: Preferences
) -> None:
    """What the office prefers of the groups of a programme. Invalid for a word that is
    none."""
    if faults := rules.preference_faults(preferences):
        raise Invalid(faults)
    stored = t.GroupPreferences
    tx.run(delete(stored).where(stored.programme_id == programme_id))
    values = asdict(preferences)
    tx.run(insert(stored).values(programme_id=programme_id, **values))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a person is in a round: the membership and its group."""

    membership: NamedRow
    group: NamedRow


def _now_in(
    tx: Transaction, person_id: int, round_id: int | None = None
) -> list[_Place]:
    """Where a person is now, in a round or in all."""
    statement = select(t.Membership.__table__).where(
        t.Membership.person_id == person_id, t.Membership.left_on.is_(None)
    )
    places = []
    for membership in tx.rows(statement):
        group = group_of(tx, membership.group_id)
        if round_id in (None, group.round_id):
            places.append(_Place(membership, group))
    return places


def _check_entry(tx: Transaction, person_ids: Sequence[int], group: NamedRow) -> None:
    """RuleBroken for the first hard rule that people's entry into a running group would
    newly break."""
    running = running_of(tx, round_of(tx, group.round_id))
    if rule := refusal(running, person_ids, running.ids.index(group.id)):
        raise RuleBroken(rule=rule)
    leads = t.GroupFacilitator
    of_group = select(leads.facilitator_id).where(leads.group_id == group.id)
    _check_ties(tx, tx.column(of_group), person_ids)


def _check_ties(
    tx: Transaction, facilitator_ids: Sequence[int], person_ids: Sequence[int]
) -> None:
    """RuleBroken when one of these facilitators must not lead one of these people."""
    tied = select(t.Tie.id).where(
        t.Tie.facilitator_id.in_(facilitator_ids), t.Tie.person_id.in_(person_ids)
    )
    if tx.value(tied):
        raise RuleBroken(rule="tie")
    themselves = select(Facilitator.id).where(
        Facilitator.id.in_(facilitator_ids), Facilitator.person_id.in_(person_ids)
    )
    if tx.value(themselves):
        raise RuleBroken(rule="leads own group")


@action(Permission.ALLOCATE, "Moved {who} to {group}")
def transfer(
    tx: Transaction,
    person_id: int,
    group_id: int,
    on: date,
    reason: str = "transfer",
) -> None:
    """Move somebody to another group of the round from a day on; what was attended before
    stays and counts, and so does the age band of the group that they began in.

    Before the first session there is nothing to keep: the person then simply belongs to
    the other group.
    """
    group = group_of(tx, group_id)
    places = _now_in(tx, person_id, group.round_id)
    if not places or places[0].group.id == group_id:
        raise Missing(what="member", id=person_id)
    membership = places[0].membership
    begun = membership.joined_on <= tx.today
    if faults := _transfer_faults(tx, membership, on):
        raise Invalid(faults)
    consents.need(tx, person_id, "programme")
    _check_entry(tx, (person_id,), group)
    if begun:
        _end(tx, membership, on, reason)
        _join(tx, person_id, group, on, membership.band)
    else:
        tx.run(delete(t.Membership).where(t.Membership.id == membership.id))
        first = max(tx.today, group.starts)
        band = _band(tx, person_id, group, round_of(tx, group.round_id))
        _join(tx, person_id, group, first, band)


def _transfer_faults(tx: Transaction, membership: NamedRow, on: date) -> list[Fault]:
    begun = membership.joined_on <= tx.today
    faults = day_faults("on", on, tx.today if begun else None)
    if not faults and begun and on <= membership.joined_on:
        return [Fault("on", "before start")]
    return faults


@action(Permission.ALLOCATE, "{who} left {group}")
def remove(
    tx: Transaction, person_id: int, group_id: int, on: date, reason: str
) -> None:
    """Somebody leaves a group on a day but stays in the programme, and waits for another
    group."""
    group = group_of(tx, group_id)
    for place in _now_in(tx, person_id, group.round_id):
        if place.group.id == group_id:
            _end(tx, place.membership, on, reason)
            tx.say(who=name_of(tx, person_id), group=group.name)
            return
    raise Missing(what="member", id=person_id)


def _end(tx: Transaction, membership: NamedRow, on: date, reason: str) -> None:
    if faults := day_faults("left_on", on, tx.today):
        raise Invalid(faults)
    reasons = (*rules.LEAVING_GROUP, *choices.LEAVING)
    if reason not in reasons:
        raise Invalid([Fault("reason", "not a choice")])
    this = t.Membership.id == membership.id
    if on < membership.joined_on:
        # never came: a membership that ends before it begins would count nowhere
        tx.run(delete(t.Membership).where(this))
        return
    ended = update(t.Membership).where(this)
    tx.run(ended.values(left_on=on, reason=reason))


def _join(
    tx: Transaction, person_id: int, group: NamedRow, on: date, band: str
) -> None:
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
    """Somebody eligible joins a group that has begun, with whoever is kept together with
    them and waits as well.

    RuleBroken after the last session at which the programme allows it, or when a hard rule
    forbids it.
    """
    group = group_of(tx, group_id)
    found = round_of(tx, group.round_id)
    if faults := day_faults("on", on):
        raise Invalid(faults)
    if _now_in(tx, person_id, found.id):
        raise RuleBroken(rule="already in a group")
    fresh = eligible.instance(tx, found.id)
    need_consent(tx, fresh, (person_id,))
    if person_id not in fresh.pool_of:
        raise RuleBroken(rule="not eligible")
    if on > _last_day_to_join(tx, group_id, found, on):
        raise RuleBroken(rule="too late to join")
    block = fresh.block_of(person_id)
    _check_entry(tx, block, group)
    for member in block:
        band = _band(tx, member, group, found)
        _join(tx, member, group, max(on, group.starts), band)
    tx.say(who=names_of(tx, block))


def _last_day_to_join(
    tx: Transaction, group_id: int, found: RoundFacts, otherwise: date
) -> date:
    planned = t.Session
    last = select(planned.planned_on).where(
        planned.group_id == group_id,
        planned.number == found.rules.join_until,
    )
    return tx.value(last) or otherwise


def _band(tx: Transaction, person_id: int, group: NamedRow, found: RoundFacts) -> str:
    """The age band somebody is in when a group starts."""
    births = select(Person.born_on, Person.born_year)
    born_on, born_year = tx.one(births.where(Person.id == person_id))
    return found.rules.band(age(born_on, born_year, group.starts))


@action(Permission.ALLOCATE, "{count} people joined running groups")
def add_many(tx: Transaction, places: Sequence[tuple[int, int]], on: date) -> int:
    """Late joiners, as (person, group), all or none; how many."""
    for person_id, group_id in places:
        round_id = group_of(tx, group_id).round_id
        if not _now_in(tx, person_id, round_id):  # else they came with somebody before
            add_late(tx, person_id, group_id, on)
    tx.say(count=len(places))
    return len(places)


@action(Permission.ALLOCATE, "{who} left the programme: {why}")
def leave_programme(tx: Transaction, person_id: int, on: date, reason: str) -> None:
    """Somebody leaves programme and group on a day; attendance until then stays."""
    for place in _now_in(tx, person_id):
        _end(tx, place.membership, on, reason)
    participants.leave(tx, person_id, on, reason)


@action(Permission.REGISTER, "{who} withdrew consent: {what}")
def withdraw_consent(
    tx: Transaction,
    person_id: int,
    purposes: Sequence[str],
    on: date,
    reason: str = "",
) -> None:
    """A person no longer consents to these purposes from a day on. Whoever withdraws
    consent for the programme leaves programme and group on that day; attendance until then
    stays, and so does the place in a group that has had its last session.

    Invalid for a purpose that was not consented to, or a day before the consent.
    """
    participants.withdraw(tx, person_id, purposes, on, reason)
    if "programme" in purposes:
        for place in _now_in(tx, person_id):
            if _still_meets(tx, place.group.id):
                _end(tx, place.membership, on, choices.WITHDRAWN)


def _still_meets(tx: Transaction, group_id: int) -> bool:
    """Whether a session of a group is planned for today or later."""
    last = select(func.max(t.Session.planned_on)).where(t.Session.group_id == group_id)
    planned_on = tx.value(last)
    return planned_on is None or planned_on >= tx.today


@action(Permission.ALLOCATE, "Changed {group}")
def change_group(
    tx: Transaction,
    group_id: int,
    name: str,
    venue: str,
    facilitator_ids: Sequence[int],
    weekday: int | None = None,
) -> None:
    """A group's name, venue and two facilitators; a new weekday moves the sessions that
    are still to come."""
    group = group_of(tx, group_id)
    name = clean(name)
    venue = clean(venue)
    faults = text_faults("name", name, needed=True, most=40)
    faults += text_faults("venue", venue, most=60)
    faults += _facilitator_faults(tx, facilitator_ids)
    if weekday is not None and weekday not in range(7):
        faults.append(Fault("weekday", "not a choice"))
    if faults:
        raise Invalid(faults)
    _check_ties(tx, facilitator_ids, _members(tx, group.id))
    this = t.Group.id == group.id
    tx.run(update(t.Group).where(this).values(name=name, venue=venue))
    _set_facilitators(tx, group.id, facilitator_ids)
    if weekday is not None and weekday != group.weekday:
        replan(tx, group, weekday)
    tx.say(group=name)


def _facilitator_faults(tx: Transaction, facilitator_ids: Sequence[int]) -> list[Fault]:
    """Nobody unknown, nobody twice, no more than a group has."""
    named = select(Facilitator.id).where(Facilitator.id.in_(facilitator_ids))
    known = set(tx.column(named))
    if len(known) != len(facilitator_ids) or len(known) > rules.FACILITATORS:
        return [Fault("facilitators", "not a choice")]
    return []


def _members(tx: Transaction, group_id: int) -> list[int]:
    """Who is in a group now."""
    now = select(t.Membership.person_id).where(
        t.Membership.group_id == group_id, t.Membership.left_on.is_(None)
    )
    return tx.column(now)


def _set_facilitators(
    tx: Transaction, group_id: int, facilitator_ids: Sequence[int]
) -> None:
    leads = t.GroupFacilitator
    tx.run(delete(leads).where(leads.group_id == group_id))
    rows = facilitator_rows(tx, group_id, facilitator_ids)
    if rows:
        tx.run(insert(leads), rows)
