"""A proposal as the board shows it, with everybody who waits."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select

from cbs_desktop.action import Reading, query
from cbs_desktop.facilitators.tables import Facilitator
from cbs_desktop.groups import eligible
from cbs_desktop.groups.allocation.assignment import PlacedGroup
from cbs_desktop.groups.allocation.balance import Explained, cost, explain
from cbs_desktop.groups.allocation.blocks import joined
from cbs_desktop.groups.allocation.instance import Instance
from cbs_desktop.groups.allocation.people import Home, Sizes
from cbs_desktop.groups.allocation.violations import violations
from cbs_desktop.groups.proposals.stored import (
    StoredProposal,
    count_others,
    stored_on_board,
)
from cbs_desktop.participants.rules import age, shown
from cbs_desktop.places.tables import Place
from cbs_desktop.programmes.queries import RoundFacts, round_of
from cbs_desktop.safe.permissions import Permission


@dataclass(frozen=True, slots=True)
class Card:
    """A person on the board. `friends` are the names of those they are kept together
    with."""

    id: int
    number: str
    name: str
    sex: str
    age: int | None
    place: str
    why: str = ""  # of those who wait: a code of assignment.WHY_WAITING
    pool: int = -1  # of those who wait: which pool of the board is theirs
    pinned: bool = False
    friends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposedGroup:
    """A proposed group: its place in the proposal, where it is, who is in it, and its
    warnings as codes."""

    place: str
    track: str
    cards: tuple[Card, ...]
    women: int
    men: int
    warnings: tuple[str, ...]  # small, large
    pool: int
    made_of: Explained
    facilitators: tuple[str, ...] = ()
    weekday: int | None = None
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """A proposal as the board shows it; without one (id 0), only those who wait.

    `pools` are place and track, as numbered in `ProposedGroup.pool`. `lower_bound`: no
    allocation of these people costs less, as far as it was proved. `changed`: people of the
    proposal who have left, moved or been placed since: propose again. `others`: proposals
    it can be compared with.
    """

    id: int
    version: int
    round: RoundFacts
    groups: tuple[ProposedGroup, ...]
    waiting: tuple[Card, ...]
    cost: float = 0.0
    first_cost: float = 0.0
    broken: int = 0
    pools: tuple[tuple[str, str], ...] = ()
    lower_bound: float | None = None
    changed: int = 0
    others: int = 0


@query(Permission.ALLOCATE)
def board(reading: Reading, round_id: int | None = None) -> Board:
    """The proposal of a round that is on the board, with everybody eligible in it or
    waiting."""
    found = round_of(reading, round_id)
    fresh = eligible.instance(reading, found.id)
    cards = _Cards(reading, found, fresh)
    proposal = stored_on_board(reading, found.id)
    if proposal is None:
        waiting = tuple(_nothing_proposed(fresh, cards))
        return Board(0, 0, found, groups=(), waiting=waiting)
    instance = proposal.instance
    assignment = proposal.assignment
    now = instance.as_now(fresh)
    return Board(
        id=proposal.id,
        version=proposal.version,
        round=found,
        groups=tuple(_groups(proposal, cards)),
        waiting=tuple(_waiting(proposal, fresh, cards)),
        cost=cost(instance, assignment.groups),
        first_cost=assignment.cost,
        broken=len(violations(now, assignment.groups)),
        pools=tuple((pool.place, pool.track) for pool in instance.pools),
        lower_bound=assignment.lower_bound,
        changed=_changed(proposal, fresh),
        others=count_others(reading, found.id),
    )


def _changed(proposal: StoredProposal, fresh: Instance) -> int:
    """How many placed people belong elsewhere by now, or nowhere."""
    homes = placed_homes(proposal.instance, proposal.assignment.groups)
    total = 0
    for person, home in homes.items():
        total += fresh.homes.get(person) != home
    return total


def placed_homes(instance: Instance, groups: Iterable[PlacedGroup]) -> dict[int, Home]:
    """Where everybody in a proposed group belonged when it was proposed."""
    homes = {}
    for group in groups:
        here = instance.positions(group.pool)
        for person in group.people:
            if person in here:
                homes[person] = instance.homes[person]
    return homes


class _Cards:
    """Draws people as cards; what it needs of the file is read once."""

    def __init__(self, reading: Reading, found: RoundFacts, fresh: Instance) -> None:
        self._today = reading.today
        self.people = {row.id: row for row in eligible.rows(reading, found)}
        paths = reading.rows(select(Place.id, Place.path))
        self.paths = dict(paths)
        self.facilitators = _facilitator_names(reading)
        self._friends = {}
        for block in joined(sorted(fresh.together)):
            for person in block:
                self._friends[person] = block

    def name(self, person_id: int) -> str:
        """A person's name."""
        row = self.people[person_id]
        return shown(row.own_name, row.other_names)

    def card(
        self, person_id: int, why: str = "", pool: int = -1, pinned: bool = False
    ) -> Card:
        """A person's card."""
        row = self.people[person_id]
        return Card(
            id=row.id,
            number=row.number,
            name=self.name(person_id),
            sex=row.sex,
            age=age(row.born_on, row.born_year, self._today),
            place=self.paths[row.place_id],
            why=why,
            pool=pool,
            pinned=pinned,
            friends=tuple(self._names_of_friends(person_id)),
        )

    def _names_of_friends(self, person_id: int) -> Iterator[str]:
        for friend in self._friends.get(person_id, ()):
            if friend != person_id and friend in self.people:
                yield self.name(friend)


def _facilitator_names(reading: Reading) -> dict[int, str]:
    columns = (Facilitator.id, Facilitator.own_name, Facilitator.other_names)
    names = {}
    for row in reading.rows(select(*columns)):
        names[row.id] = shown(row.own_name, row.other_names)
    return names


def _nothing_proposed(fresh: Instance, cards: _Cards) -> Iterator[Card]:
    for person in cards.people:
        yield cards.card(person, fresh.set_aside.get(person, "new"))


def _groups(proposal: StoredProposal, drawn: _Cards) -> Iterator[ProposedGroup]:
    instance = proposal.instance
    groups = proposal.assignment.groups
    explained = explain(instance, groups)
    for number, group in enumerate(groups):
        cards = []
        for person in group.people:
            if person in drawn.people:
                pinned = person in proposal.pins.people
                cards.append(drawn.card(person, pinned=pinned))
        pool = instance.pools[group.pool]
        yield ProposedGroup(
            place=pool.place,
            track=pool.track,
            cards=tuple(cards),
            women=sum(card.sex == "F" for card in cards),
            men=sum(card.sex == "M" for card in cards),
            warnings=_warnings(len(cards), instance.sizes),
            pool=group.pool,
            made_of=explained[number],
            facilitators=tuple(_known(group.facilitators, drawn.facilitators)),
            weekday=group.weekday,
            pinned=number in proposal.pins.groups,
        )


def _known(ids: Iterable[int], names: dict[int, str]) -> Iterator[str]:
    for facilitator_id in ids:
        if facilitator_id in names:
            yield names[facilitator_id]


def _waiting(
    proposal: StoredProposal, fresh: Instance, cards: _Cards
) -> Iterator[Card]:
    """Everybody eligible who is in no proposed group, with the reason and their pool."""
    reasons = dict(proposal.assignment.waiting)
    for person, why in proposal.instance.set_aside.items():
        if reasons.get(person) == why:
            del reasons[person]  # what held then may be over
    reasons.update(fresh.set_aside)
    pools = _pools_by_home(proposal.instance)
    placed = proposal.assignment.placed
    for person in cards.people:
        if person not in placed:
            why = reasons.get(person, "new")
            home = fresh.homes.get(person)
            pool = pools.get(home, -1) if home else -1
            yield cards.card(person, why, pool, person in proposal.pins.people)


def _pools_by_home(instance: Instance) -> dict[Home, int]:
    pools = {}
    for person, home in instance.homes.items():
        pools[home] = instance.pool_of[person]
    return pools


def _warnings(size: int, sizes: Sizes) -> tuple[str, ...]:
    if size < sizes.least:
        return ("small",)
    if size > sizes.most:
        return ("large",)
    return ()
