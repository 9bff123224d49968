"""A proposal as the board shows it, with everybody who waits."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from cbs_desktop.action import Reading, query
from cbs_desktop.facilitators.tables import Facilitator
from cbs_desktop.groups import eligible
from cbs_desktop.groups.allocation.blocks import joined
from cbs_desktop.groups.allocation.instance import Placed, Problem, Sizes
from cbs_desktop.groups.allocation.objective import Explained, cost, explain
from cbs_desktop.groups.allocation.violations import broken
from cbs_desktop.groups.proposals import stored
from cbs_desktop.groups.proposals.stored import Kept
from cbs_desktop.participants.rules import age, shown
from cbs_desktop.places.tables import Place
from cbs_desktop.programmes.queries import RoundFacts, round_of
from cbs_desktop.safe.permissions import Permission


@dataclass(frozen=True, slots=True)
class Card:
    """A person on the board. `friends` are the names of those they are kept together with."""

    id: int
    number: str
    name: str
    sex: str
    age: int | None
    place: str
    why: str = ""  # of those who wait: a code of violations.WAITING
    pool: int = (
        -1
    )  # of those who wait: which pool of the board is theirs, if it is there
    pinned: bool = False
    friends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposed group: its place in the proposal, where it is, who is in it, and its warnings as codes."""

    place: str
    track: str
    cards: tuple[Card, ...]
    women: int
    men: int
    warnings: tuple[str, ...]  # small, large
    pool: int
    made_of: Explained
    leaders: tuple[str, ...] = ()
    weekday: int | None = None
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """A proposal as the board shows it; without one (id 0), only those who wait."""

    id: int
    version: int
    round: RoundFacts
    groups: tuple[Proposed, ...]
    waiting: tuple[Card, ...]
    cost: float
    first_cost: float
    broken: int
    pools: tuple[
        tuple[str, str], ...
    ] = ()  # place and track, as numbered in `Proposed.pool`
    least: float | None = (
        None  # no allocation of these people costs less, as far as it was proved
    )
    changed: int = 0  # people of the proposal who have left, moved or been placed since: propose again
    others: int = 0  # proposals it can be compared with


@query(Permission.ALLOCATE)
def board(reading: Reading, round_id: int | None = None) -> Board:
    """The proposal of a round that is on the board, with everybody eligible in it or waiting."""
    found = round_of(reading, round_id)
    fresh = eligible.problem(reading, found.id)
    drawn = _Cards(reading, found, fresh)
    one = stored.kept(reading, found.id)
    if one is None:
        why = dict.fromkeys(fresh.released, "released before the end")
        cards = tuple(drawn.card(i, why.get(i, "new")) for i in drawn.people)
        return Board(0, 0, found, (), cards, 0.0, 0.0, 0)
    homes = {
        person.id: pool.home(person) for pool in fresh.pools for person in pool.people
    }
    now = one.problem.as_now(fresh)
    return Board(
        one.id, one.version, found, tuple(_groups(one, drawn)), tuple(_waiting(one, fresh, drawn)),
        cost(one.problem, one.result.groups), one.result.cost, len(broken(now, one.result.groups)),
        tuple((pool.place, pool.track) for pool in one.problem.pools), one.result.least,
        sum(homes.get(i) != home for i, home in placed_homes(one.problem, one.result.groups).items()),
        stored.others(reading, found.id),
    )  # fmt: skip


def placed_homes(
    problem: Problem, groups: tuple[Placed, ...]
) -> dict[int, tuple[str, int, int | None]]:
    """Where everybody in a proposed group belonged when it was proposed."""
    everybody = [
        {one.id: pool.home(one) for one in pool.people} for pool in problem.pools
    ]
    return {
        i: everybody[group.pool][i]
        for group in groups
        for i in group.people
        if i in everybody[group.pool]
    }


class _Cards:
    """Draws people as cards; what it needs of the file is read once."""

    def __init__(self, reading: Reading, found: RoundFacts, fresh: Problem) -> None:
        self.people = {row.id: row for row in eligible.rows(reading, found)}
        self.paths = dict(reading.db.execute(select(Place.id, Place.path)).all())
        self.leaders = {
            i: shown(own, other)
            for i, own, other in reading.rows(
                select(Facilitator.id, Facilitator.own_name, Facilitator.other_names)
            )
        }
        self._today = reading.today
        self._friends = {
            i: block for block in joined(sorted(fresh.together)) for i in block
        }

    def name(self, person_id: int) -> str:
        """A person's name."""
        row = self.people[person_id]
        return shown(row.own_name, row.other_names)

    def card(
        self, person_id: int, why: str = "", pool: int = -1, pinned: bool = False
    ) -> Card:
        """A person's card."""
        row = self.people[person_id]
        years, place = (
            age(row.born_on, row.born_year, self._today),
            self.paths[row.place_id],
        )
        friends = tuple(
            self.name(i)
            for i in self._friends.get(person_id, ())
            if i != person_id and i in self.people
        )
        return Card(
            row.id,
            row.number,
            self.name(person_id),
            row.sex,
            years,
            place,
            why,
            pool,
            pinned,
            friends,
        )


def _groups(one: Kept, drawn: _Cards) -> list[Proposed]:
    found = []
    for number, (placed, made_of) in enumerate(
        zip(one.result.groups, explain(one.problem, one.result.groups), strict=True)
    ):
        cards = tuple(
            drawn.card(i, pinned=i in one.pinned.people)
            for i in placed.people
            if i in drawn.people
        )
        count, pool = (
            Counter(card.sex for card in cards),
            one.problem.pools[placed.pool],
        )
        found.append(
            Proposed(
                pool.place, pool.track, cards, count["F"], count["M"], _warnings(len(cards), one.problem.sizes),
                placed.pool, made_of, tuple(drawn.leaders[i] for i in placed.leaders if i in drawn.leaders),
                placed.weekday, number in one.pinned.groups,
            )
        )  # fmt: skip
    return found


def _waiting(one: Kept, fresh: Problem, drawn: _Cards) -> list[Card]:
    reasons = {
        **dict.fromkeys(fresh.released, "released before the end"),
        **dict(one.result.waiting),
    }
    placed = {i for group in one.result.groups for i in group.people}
    homes = {
        person.id: pool.home(person) for pool in fresh.pools for person in pool.people
    }
    numbers = {
        pool.home(person): number
        for number, pool in enumerate(one.problem.pools)
        for person in pool.people
    }
    return [
        drawn.card(
            i,
            reasons.get(i, "new"),
            numbers.get(homes.get(i, ("", 0, None)), -1),
            i in one.pinned.people,
        )
        for i in drawn.people
        if i not in placed
    ]


def _warnings(size: int, sizes: Sizes) -> tuple[str, ...]:
    return ("small",) if size < sizes.least else ("large",) if size > sizes.most else ()
