"""Facilitators and weekdays for proposed groups: districts by themselves, what is fixed already taken into account."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from statistics import fmean
from typing import TYPE_CHECKING

from cbs_desktop.groups.allocation.distance import km
from cbs_desktop.groups.allocation.instance import Guide, Placed, Problem

if TYPE_CHECKING:
    from cbs_desktop.groups.allocation.facilitator_model import Leader, Led
    from cbs_desktop.groups.allocation.linear_model import Progress

MOST = 2  # groups that one facilitator leads in a round


def lead(
    problem: Problem,
    groups: Sequence[Placed],
    keep: Collection[int] = (),
    progress: "Progress | None" = None,
) -> tuple[Placed, ...]:
    """The groups with two facilitators and a weekday each, as far as there are any; those of `keep` (by number) stay as
    they are. A weekday that is given stays too."""
    made = list(groups)
    for district in sorted({problem.pools[group.pool].district_id for group in groups}):
        mine = [
            n
            for n, group in enumerate(groups)
            if problem.pools[group.pool].district_id == district
        ]
        fresh = [n for n in mine if n not in keep and groups[n].people]
        guides = [one for one in problem.guides if one.district_id == district]
        if fresh and guides:
            for n, group in zip(
                fresh,
                _lead(problem, groups, mine, fresh, guides, progress),
                strict=True,
            ):
                made[n] = group
    return tuple(made)


def _lead(
    problem: Problem, groups: Sequence[Placed], mine: Sequence[int], fresh: Sequence[int], guides: Sequence[Guide],
    progress: "Progress | None",
) -> list[Placed]:  # fmt: skip
    from cbs_desktop.groups.allocation import facilitator_model

    leaders = [
        _leader(one, (groups[n] for n in mine if n not in fresh)) for one in guides
    ]
    led = [_led(problem, groups[n]) for n in fresh]
    ways = [[_way(problem, one, groups[n]) for n in fresh] for one in guides]
    found = facilitator_model.lead(leaders, led, ways, MOST, progress)
    return [
        replace(groups[n], leaders=one.leaders, weekday=one.day)
        for n, one in zip(fresh, found, strict=True)
    ]


def _leader(one: Guide, kept: Iterable[Placed]) -> "Leader":
    from cbs_desktop.groups.allocation.facilitator_model import Leader

    leads = [group for group in kept if one.id in group.leaders]
    days = frozenset(group.weekday for group in leads if group.weekday is not None)
    return Leader(
        one.id, one.sex, one.level, frozenset(one.languages), frozenset(one.days), one.load + len(leads),
        frozenset(one.busy) | days, frozenset(one.ties),
    )  # fmt: skip


def _led(problem: Problem, group: Placed) -> "Led":
    from cbs_desktop.groups.allocation.facilitator_model import Led
    from cbs_desktop.groups.allocation.grouping import shared

    members = set(group.people)
    inside = [one for one in problem.pools[group.pool].people if one.id in members]
    days = shared(frozenset(one.days) for one in inside) or frozenset()
    spoken = [frozenset(one.languages) for one in inside if one.languages]
    languages = frozenset.intersection(*spoken) if spoken else frozenset()
    return Led(
        frozenset(members),
        languages,
        frozenset({group.weekday}) if group.weekday is not None else days,
    )


def _way(problem: Problem, one: Guide, group: Placed) -> float:
    members = set(group.people)
    return fmean(
        km(one, person)
        for person in problem.pools[group.pool].people
        if person.id in members
    )


def settled(problem: Problem, groups: Sequence[Placed]) -> tuple[Placed, ...]:
    """The groups with other facilitators where those they have may not lead them: after a change by hand, or of the rules.
    Who has none stays so: that was looked for when the groups were, and takes too long for every move."""
    from cbs_desktop.groups.allocation import facilitator_model

    guides = {one.id: one for one in problem.guides}
    well = set()
    for n, group in enumerate(groups):
        led = _led(problem, group)
        wrong = [
            i
            for i in group.leaders
            if i not in guides
            or facilitator_model.why_not(
                replace(_leader(guides[i], ()), load=0, busy=frozenset()), led
            )
        ]
        if not wrong:
            well.add(n)
    changed = [
        group if n in well else replace(group, leaders=())
        for n, group in enumerate(groups)
    ]
    return lead(problem, changed, well)
