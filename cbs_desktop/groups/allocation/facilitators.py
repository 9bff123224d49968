"""Facilitators and weekdays for proposed groups: districts by themselves, what is fixed already taken into account."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from statistics import fmean

from cbs_desktop.groups.allocation.assignment import PlacedGroup
from cbs_desktop.groups.allocation.distance import km
from cbs_desktop.groups.allocation.facilitator_model import (
    GroupNeeds,
    facilitate,
    why_not,
)
from cbs_desktop.groups.allocation.grouping import shared
from cbs_desktop.groups.allocation.instance import Instance
from cbs_desktop.groups.allocation.linear_model import Progress
from cbs_desktop.groups.allocation.people import (
    SUNDAY,
    WEEK,
    FacilitatorFacts,
    PersonFacts,
)

MOST = 2  # groups that one facilitator leads in a round


def with_facilitators(
    instance: Instance,
    groups: Sequence[PlacedGroup],
    keep: Collection[int] = (),
    progress: Progress | None = None,
) -> tuple[PlacedGroup, ...]:
    """The groups with two facilitators and a weekday each, as far as there are any; those
    of `keep` (by number) stay as they are. A weekday that is given stays too."""
    found = list(groups)
    for district in sorted({_district(instance, group) for group in groups}):
        settled = []
        open_ones = []
        for number, group in enumerate(groups):
            if _district(instance, group) == district:
                stays = number in keep or not group.people
                (settled if stays else open_ones).append(number)
        available = _available(instance, district, [groups[n] for n in settled])
        if open_ones and available:
            needy = [groups[number] for number in open_ones]
            served = _facilitated(instance, needy, available, progress)
            for number, group in zip(open_ones, served, strict=True):
                found[number] = group
    return tuple(found)


def _district(instance: Instance, group: PlacedGroup) -> int:
    return instance.pools[group.pool].district_id


def _available(
    instance: Instance, district: int, settled: Iterable[PlacedGroup]
) -> list[FacilitatorFacts]:
    """The facilitators of a district, busy with the groups that they keep."""
    found = []
    for facilitator in instance.facilitators:
        if facilitator.district_id != district:
            continue
        load = facilitator.load
        busy = list(facilitator.busy)
        for group in settled:
            if facilitator.id in group.facilitators:
                load += 1
                if group.weekday is not None:
                    busy.append(group.weekday)
        found.append(replace(facilitator, load=load, busy=tuple(busy)))
    return found


def _facilitated(
    instance: Instance,
    groups: Sequence[PlacedGroup],
    available: Sequence[FacilitatorFacts],
    progress: Progress | None,
) -> list[PlacedGroup]:
    needs = [_needs(instance, group) for group in groups]
    members = [_members(instance, group) for group in groups]
    ways = []
    for one in available:
        ways.append([_way(one, people) for people in members])
    found = []
    chosen = facilitate(available, needs, ways, MOST, progress)
    for group, choice in zip(groups, chosen, strict=True):
        ids = choice.facilitators
        found.append(replace(group, facilitators=ids, weekday=choice.day))
    return found


def _members(instance: Instance, group: PlacedGroup) -> list[PersonFacts]:
    people = instance.pools[group.pool].people
    members = set(group.people)
    return [person for person in people if person.id in members]


def _needs(instance: Instance, group: PlacedGroup) -> GroupNeeds:
    days = []
    languages = []
    for person in _members(instance, group):
        days.append(frozenset(person.days))
        languages.append(frozenset(person.languages))
    meets = _meeting_days(shared(days))
    if group.weekday is not None:
        meets = frozenset({group.weekday})
    return GroupNeeds(
        people=frozenset(group.people),
        languages=shared(languages) or frozenset(),
        days=meets,
    )


def _meeting_days(common: frozenset[int] | None) -> frozenset[int]:
    """The days on which a group may meet by itself: those that all of its people gave, and never Sunday unless it is the
    only one: somebody chooses Sunday."""
    days = common or WEEK
    return (days - {SUNDAY}) or days


def _way(facilitator: FacilitatorFacts, people: Iterable[PersonFacts]) -> float:
    return fmean(km(facilitator, person) for person in people)


def settled(
    instance: Instance, groups: Sequence[PlacedGroup]
) -> tuple[PlacedGroup, ...]:
    """The groups with other facilitators where those they have may not lead them: after a
    change by hand, or of the rules. Who has none stays so: that was looked for when the
    groups were, and takes too long for every move."""
    known = {}
    for facilitator in instance.facilitators:
        known[facilitator.id] = facilitator
    keep = set()
    found = list(groups)
    for number, group in enumerate(groups):
        needs = _needs(instance, group)
        keep.add(number)
        for facilitator_id in group.facilitators:
            if not _may_lead(known.get(facilitator_id), needs):
                keep.discard(number)
                found[number] = replace(group, facilitators=())
    return with_facilitators(instance, found, keep)


def _may_lead(facilitator: FacilitatorFacts | None, needs: GroupNeeds) -> bool:
    """Whether somebody may lead a group, whatever else they lead already."""
    if facilitator is None:
        return False
    return not why_not(replace(facilitator, load=0, busy=()), needs)
