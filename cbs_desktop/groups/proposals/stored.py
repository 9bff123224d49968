"""Proposals of a round as they are kept: the one on the board, and those it can be compared with."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from cbs_desktop.action import Reading, query
from cbs_desktop.groups import eligible
from cbs_desktop.groups import tables as t
from cbs_desktop.groups.allocation.instance import Pinned, Problem, Result
from cbs_desktop.groups.allocation.objective import PARTS, parts
from cbs_desktop.groups.allocation.violations import broken
from cbs_desktop.participants.rules import shown
from cbs_desktop.participants.tables import Person
from cbs_desktop.programmes.queries import round_of
from cbs_desktop.safe.permissions import Permission


@dataclass(frozen=True, slots=True)
class Kept:
    """A proposal that was not accepted, with what went in and what came out."""

    id: int
    round_id: int
    version: int
    seed: int
    made_on: date
    solver: str
    problem: Problem
    result: Result
    pinned: Pinned


def kept(
    reading: Reading, round_id: int, proposal_id: int | None = None
) -> Kept | None:
    """The proposal on the board of a round, or one of its others by id; None when there is none."""
    of_round = _open(reading, round_id)
    row = next((row for row in of_round if proposal_id in (None, row.id)), None)
    return _kept(row) if row else None


@query(Permission.ALLOCATE)
def on_board(
    reading: Reading, round_id: int | None = None
) -> tuple[Kept, Problem] | None:
    """The proposal on the board as far as it still holds, and the problem as it is today; None when there is none."""
    one = kept(reading, round_of(reading, round_id).id)
    if one is None:
        return None
    fresh = eligible.problem(reading, one.round_id)
    return _as_it_holds(one, fresh), fresh


def _as_it_holds(one: Kept, fresh: Problem) -> Kept:
    """A proposal over the pools of today: groups of pools that are gone, and people who are gone from them, left out."""
    pools = {
        pool.key: (number, {each.id for each in pool.people})
        for number, pool in enumerate(fresh.pools)
    }
    groups, numbers = [], {}
    for number, group in enumerate(one.result.groups):
        if found := pools.get(one.problem.pools[group.pool].key):
            numbers[number] = len(groups)
            groups.append(
                replace(
                    group,
                    pool=found[0],
                    people=tuple(i for i in group.people if i in found[1]),
                )
            )
    pinned = Pinned(
        one.pinned.people,
        frozenset(numbers[n] for n in one.pinned.groups if n in numbers),
    )
    return replace(one, result=replace(one.result, groups=tuple(groups)), pinned=pinned)


def kept_by_id(reading: Reading, proposal_id: int) -> Kept | None:
    """A proposal by its id, if it was not accepted."""
    row = reading.first(
        select(t.Proposal.__table__).where(
            t.Proposal.id == proposal_id, t.Proposal.accepted_on.is_(None)
        )
    )
    return _kept(row) if row else None


def others(reading: Reading, round_id: int) -> int:
    """How many proposals of a round the one on the board can be compared with."""
    return max(0, len(_open(reading, round_id)) - 1)


def _open(reading: Reading, round_id: int) -> list[Any]:
    statement = select(t.Proposal.__table__).where(
        t.Proposal.round_id == round_id, t.Proposal.accepted_on.is_(None)
    )
    return reading.rows(
        statement.order_by(t.Proposal.used.desc(), t.Proposal.id.desc())
    )


def _kept(row: Any) -> Kept:
    problem, result = Problem.from_json(row.problem), Result.from_json(row.result)
    pinned = Pinned.from_json(row.pinned)
    return Kept(
        row.id,
        row.round_id,
        row.version,
        row.seed,
        row.made_on,
        row.solver,
        problem,
        result,
        pinned,
    )


@query(Permission.KEEP_APART)
def kept_apart(
    reading: Reading, proposal_id: int, person_id: int
) -> dict[int, tuple[tuple[str, str], ...]]:
    """For who may know: from whom (name, code of the reason) somebody is kept apart in each group of a proposal."""
    one, k = kept_by_id(reading, proposal_id), t.KeepApart
    pairs = select(k.one_id, k.other_id, k.reason).where(
        (k.one_id == person_id) | (k.other_id == person_id)
    )
    reasons = {
        row.one_id + row.other_id - person_id: row.reason for row in reading.rows(pairs)
    }
    people = select(Person.id, Person.own_name, Person.other_names).where(
        Person.id.in_(reasons)
    )
    names = {
        row.id: shown(row.own_name, row.other_names) for row in reading.rows(people)
    }
    return {
        number: tuple((names[i], reasons[i]) for i in group.people if i in names)
        for number, group in enumerate(one.result.groups if one else ())
        if names.keys() & set(group.people)
    }


@dataclass(frozen=True, slots=True)
class Compared:
    """A proposal beside the others: who is placed and who waits, what each part costs (less is better), hard rules broken
    by now, and how many people are not with the same people as on the board."""

    id: int
    number: int  # 1 for the oldest
    on_board: bool
    groups: int
    placed: int
    waiting: int
    pinned: int
    costs: dict[str, float]
    broken: int
    elsewhere: int

    @property
    def cost(self) -> float:
        """All parts together."""
        return sum(self.costs.values())


@query(Permission.ALLOCATE)
def proposals(reading: Reading, round_id: int | None = None) -> list[Compared]:
    """The proposals of a round that were not accepted, the one on the board first."""
    found = round_of(reading, round_id)
    every = [_kept(row) for row in _open(reading, found.id)]
    fresh, ages = eligible.problem(reading, found.id), sorted(one.id for one in every)
    return [
        Compared(
            one.id, ages.index(one.id) + 1, one is every[0], len(one.result.groups),
            sum(len(group.people) for group in one.result.groups), len(one.result.waiting), len(one.pinned.people),
            {part: round(parts(one.problem.as_now(fresh), one.result.groups)[part], 3) for part in PARTS},
            len(broken(one.problem.as_now(fresh), one.result.groups)), elsewhere(every[0].result, one.result),
        )
        for one in every
    ]  # fmt: skip


def elsewhere(one: Result, other: Result) -> int:
    """How many people of `other` are in another group than in `one`, groups paired by most people in common; or placed in
    one of them only."""
    seats = {i: number for number, group in enumerate(one.groups) for i in group.people}
    same, taken = 0, set[int]()
    for group in sorted(other.groups, key=lambda each: -len(each.people)):
        counts: dict[int, int] = {}
        for i in group.people:
            if i in seats and seats[i] not in taken:
                counts[seats[i]] = counts.get(seats[i], 0) + 1
        if counts:
            most = max(counts, key=lambda number: (counts[number], -number))
            taken.add(most)
            same += counts[most]
    people = {
        i for result in (one, other) for group in result.groups for i in group.people
    }
    return len(people) - same
