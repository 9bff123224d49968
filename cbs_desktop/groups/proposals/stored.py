"""Proposals of a round as they are kept: the one on the board, and the others."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from cbs_desktop.action import Reading, query
from cbs_desktop.groups import eligible
from cbs_desktop.groups import tables as t
from cbs_desktop.groups.allocation.assignment import Assignment, Pins, PlacedGroup
from cbs_desktop.groups.allocation.instance import Instance
from cbs_desktop.participants.rules import shown
from cbs_desktop.participants.tables import Person
from cbs_desktop.programmes.queries import round_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store.values import NamedRow


@dataclass(frozen=True, slots=True)
class StoredProposal:
    """A proposal that was not accepted, with what went in and what came out."""

    id: int
    round_id: int
    version: int
    seed: int
    made_on: date
    solver: str
    instance: Instance
    assignment: Assignment
    pins: Pins


def open_proposals(reading: Reading, round_id: int) -> list[StoredProposal]:
    """The proposals of a round that were not accepted, the one on the board first."""
    proposals = []
    for row in _open(reading, round_id):
        proposals.append(_stored(row))
    return proposals


def _open(reading: Reading, round_id: int) -> list[NamedRow]:
    statement = (
        select(t.Proposal.__table__)
        .where(t.Proposal.round_id == round_id, t.Proposal.accepted_on.is_(None))
        .order_by(t.Proposal.used.desc(), t.Proposal.id.desc())
    )
    return reading.rows(statement)


def stored_on_board(reading: Reading, round_id: int) -> StoredProposal | None:
    """The proposal on the board of a round; None when there is none."""
    for row in _open(reading, round_id):
        return _stored(row)
    return None


def stored_proposal(reading: Reading, proposal_id: int) -> StoredProposal | None:
    """A proposal by its id, if it was not accepted."""
    statement = select(t.Proposal.__table__).where(
        t.Proposal.id == proposal_id, t.Proposal.accepted_on.is_(None)
    )
    row = reading.first(statement)
    if row:
        return _stored(row)
    return None


def _stored(row: NamedRow) -> StoredProposal:
    return StoredProposal(
        id=row.id,
        round_id=row.round_id,
        version=row.version,
        seed=row.seed,
        made_on=row.made_on,
        solver=row.solver,
        instance=Instance.from_json(row.problem),
        assignment=Assignment.from_json(row.result),
        pins=Pins.from_json(row.pinned),
    )


def count_others(reading: Reading, round_id: int) -> int:
    """How many proposals of a round the one on the board can be compared with."""
    return max(0, len(_open(reading, round_id)) - 1)


@query(Permission.ALLOCATE)
def on_board(
    reading: Reading, round_id: int | None = None
) -> tuple[StoredProposal, Instance] | None:
    """The proposal on the board as far as it still holds, and the instance as it is today;
    None when there is none."""
    proposal = stored_on_board(reading, round_of(reading, round_id).id)
    if proposal is None:
        return None
    fresh = eligible.instance(reading, proposal.round_id)
    return _as_it_holds(proposal, fresh), fresh


def _as_it_holds(proposal: StoredProposal, fresh: Instance) -> StoredProposal:
    """A proposal over the pools of today: groups of pools that are gone, and people who are
    gone from them, left out."""
    groups: list[PlacedGroup] = []
    closed = set()
    for number, group in enumerate(proposal.assignment.groups):
        home = proposal.instance.pools[group.pool].key
        pool = fresh.pool_with(home)
        if pool is not None:
            if number in proposal.pins.groups:
                closed.add(len(groups))
            gone = set(group.people) - fresh.positions(pool).keys()
            staying = group.without(gone)
            groups.append(replace(staying, pool=pool))
    assignment = replace(proposal.assignment, groups=tuple(groups))
    pins = Pins(proposal.pins.people, frozenset(closed))
    return replace(proposal, assignment=assignment, pins=pins)


@query(Permission.KEEP_APART)
def kept_apart(
    reading: Reading, proposal_id: int, person_id: int
) -> dict[int, tuple[tuple[str, str], ...]]:
    """For who may know: from whom (name, code of the reason) somebody is kept apart in
    each group of a proposal."""
    proposal = stored_proposal(reading, proposal_id)
    if proposal is None:
        return {}
    reasons = _reasons_apart(reading, person_id)
    names = _names(reading, reasons)
    found = {}
    for number, group in enumerate(proposal.assignment.groups):
        foes = []
        for person in group.people:
            if person in names:
                foes.append(person)
        if foes:
            found[number] = tuple((names[foe], reasons[foe]) for foe in foes)
    return found


def _reasons_apart(reading: Reading, person_id: int) -> dict[int, str]:
    """From whom somebody is kept apart, with the code of the reason."""
    pairs = t.KeepApart
    concerned = (pairs.one_id == person_id) | (pairs.other_id == person_id)
    columns = select(pairs.one_id, pairs.other_id, pairs.reason)
    reasons = {}
    for row in reading.rows(columns.where(concerned)):
        foe = row.other_id if row.one_id == person_id else row.one_id
        reasons[foe] = row.reason
    return reasons


def _names(reading: Reading, ids: Iterable[int]) -> dict[int, str]:
    columns = select(Person.id, Person.own_name, Person.other_names)
    names = {}
    for row in reading.rows(columns.where(Person.id.in_(list(ids)))):
        names[row.id] = shown(row.own_name, row.other_names)
    return names
