"""Who facilitates which group, and on which weekday: two for each, by a linear model with whole numbers (HiGHS).

Hard: trained, no tie to a member, a language of the members, a day that suits members and
both facilitators, no more groups than agreed, never two groups on one day. Soft, in
kilometres of way that each is worth: a woman and a man, somebody experienced, an even load.
Of a large office each group looks at the facilitators who live nearest first. The same
question gives the same answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from cbs_desktop.groups.allocation.linear_model import (
    FREE,
    LinearModel,
    Progress,
    Solution,
    Stop,
)
from cbs_desktop.groups.allocation.people import WEEK, FacilitatorFacts

WORKING = frozenset(range(5))  # Monday is 0
# Kilometres that each is worth:
MISSING = 1_000.0  # a facilitator
MIXED = 20.0  # a woman, a man
EXPERIENCED = 30.0  # somebody experienced
BURDEN = 8.0  # a second group
_REST = 2.0  # what a group on a day of rest counts beside evenly filled days
_OUT_OF_TURN = 0.001  # of days that are as good, the working days in turn

_MANY = 10_000  # facilitators x groups from which on each group looks
_NEAREST = 6  # at so many of each kind first
_AT_ONCE = 25  # groups whose days are all open at once;
_PART = 5  # of more so many at a time
_NODES = 20  # of each solution; the nodes end it long before the seconds
_SECONDS = 60.0

REASONS = ("not trained", "tie", "language", "day", "enough groups")
OpenDays = Sequence[frozenset[int]]
Choices = Sequence[Sequence[int]]  # per group the numbers of facilitators
Pair = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GroupNeeds:
    """A group that needs facilitators: its people, the languages and the weekdays that all
    of them share; none stand for any."""

    people: frozenset[int]
    languages: frozenset[str] = frozenset()
    days: frozenset[int] = frozenset()

    @property
    def open_days(self) -> frozenset[int]:
        """The weekdays on which it can meet."""
        return self.days or WEEK


@dataclass(frozen=True, slots=True)
class Facilitation:
    """Who facilitates a group (ids) and on which weekday; `missing` says why there are
    fewer than two: one of REASONS, or "taken" by other groups."""

    facilitators: tuple[int, ...]
    day: int
    missing: str = ""


def why_not(facilitator: FacilitatorFacts, group: GroupNeeds, most: int = 2) -> str:
    """Why somebody cannot facilitate a group: one of REASONS; nothing when they can."""
    if not facilitator.is_trained:
        return "not trained"
    if not group.people.isdisjoint(facilitator.ties):
        return "tie"
    named = facilitator.languages and group.languages
    if named and group.languages.isdisjoint(facilitator.languages):
        return "language"
    if facilitator.free_days.isdisjoint(group.open_days):
        return "day"
    if facilitator.load >= most:
        return "enough groups"
    return ""


def facilitate(
    facilitators: Sequence[FacilitatorFacts],
    groups: Sequence[GroupNeeds],
    km: Sequence[Sequence[float]] = (),
    most: int = 2,
    progress: Progress | None = None,
) -> list[Facilitation]:
    """Two facilitators and a weekday for each group, as far as there are any. `km` is how
    far each facilitator (row) has to each group (column). `progress` is told often and may
    raise Cancelled."""
    nowhere = [0.0] * len(groups)
    ways = km or [nowhere] * len(facilitators)
    office = _Office(facilitators, groups, ways, most, Stop(progress))
    reasons = office.reasons()
    pairs, days = office.best_pairs(reasons)
    found = []
    for pair, day, why in zip(pairs, days, reasons, strict=True):
        missing = ""
        if len(pair) < 2:
            missing = _missing(why)
        ids = []
        for number in pair:
            ids.append(facilitators[number].id)
        found.append(Facilitation(tuple(ids), day, missing))
    return found


def _missing(reasons: Sequence[str]) -> str:
    """What leaves fewer than two, asked in the order of `why_not`."""
    left = len(reasons)
    for why in REASONS:
        left -= reasons.count(why)
        if left < 2:
            return why
    return "taken"


@dataclass(frozen=True, slots=True)
class _Office:
    """Facilitators and groups by number, how far each has to each, and how many groups at
    most."""

    facilitators: Sequence[FacilitatorFacts]
    groups: Sequence[GroupNeeds]
    km: Sequence[Sequence[float]]
    most: int
    stop: Stop

    def reasons(self) -> list[list[str]]:
        """Per group why each facilitator cannot lead it; empty where they can."""
        found = []
        for group in self.groups:
            why = []
            for one in self.facilitators:
                why.append(why_not(one, group, self.most))
            found.append(why)
        return found

    def best_pairs(
        self, reasons: Sequence[Sequence[str]]
    ) -> tuple[list[Pair], list[int]]:
        """Facilitators and days; in a large office of those who live near, if they are
        enough."""
        may = self.choices(reasons)
        if len(self.facilitators) * len(self.groups) <= _MANY:
            return self.choose(may)
        near = list(map(self.nearest, may))
        pairs, days = self.choose(near)
        alone = min(map(len, pairs)) < 2
        if alone and near != may:
            return self.choose(may)
        return pairs, days

    def choices(self, reasons: Sequence[Sequence[str]]) -> list[list[int]]:
        """Per group who can lead it, the nearest first."""
        found = []
        for group, reasons_of_group in enumerate(reasons):
            can = []
            for number, why in enumerate(reasons_of_group):
                if not why:
                    way = self.km[number][group]
                    can.append((way, self.facilitators[number].id, number))
            found.append([number for _way, _id, number in sorted(can)])
        return found

    def nearest(self, choice: Sequence[int]) -> list[int]:
        """The nearest of each kind: of women and men, experienced and not."""
        kinds: dict[tuple[str, bool], int] = {}
        near = []
        for number in choice:
            one = self.facilitators[number]
            kind = one.sex, one.is_experienced
            kinds[kind] = kinds.get(kind, 0) + 1
            if kinds[kind] <= _NEAREST:
                near.append(number)
        return near

    def solve(self, model: LinearModel) -> Solution:
        solution = model.solve(_SECONDS, self.stop, _NODES)
        self.stop.tell()
        return solution

    def choose(self, may: Choices) -> tuple[list[Pair], list[int]]:
        """Facilitators and days; who would be in two places at once is looked at more
        closely until nobody is."""
        if len(self.groups) > _AT_ONCE:
            return self._choose_in_parts(may)
        days = [group.open_days for group in self.groups]
        everybody = set(range(len(self.facilitators)))
        split: set[int] = set()
        while True:
            pairs = self._pairs(may, days, split)
            found, twice = self._days(pairs, days)
            if not twice or split == everybody:
                return pairs, found
            if twice <= split:  # others are in their way
                split = everybody
            split = split | twice

    def _choose_in_parts(self, may: Choices) -> tuple[list[Pair], list[int]]:
        """For many groups: days first, facilitators for them, and then the days of some
        groups at a time anew, those who lack facilitators before the others."""
        count = len(self.groups)
        open_days = [group.open_days for group in self.groups]
        everybody = set(range(len(self.facilitators)))
        nobody: list[Pair] = [()] * count
        days, _twice = self._days(nobody, open_days)
        pairs = self._pairs(may, _only(days), set())
        served = list(map(len, pairs))
        order = sorted(range(count), key=served.__getitem__)
        for start in range(0, count, _PART):
            some = _only(days)
            for group in order[start : start + _PART]:
                some[group] = open_days[group]
            pairs = self._pairs(may, some, everybody)
            days, _twice = self._days(pairs, some)
        return pairs, days

    def _pairs(self, may: Choices, open_days: OpenDays, split: set[int]) -> list[Pair]:
        """The facilitators of each group, by number, with one of its `open_days`."""
        model = _PairModel(self, split)
        for group, days in enumerate(open_days):
            model.add_group(group, days, may[group])
        return model.solve()

    def _days(
        self, pairs: Sequence[Pair], open_days: OpenDays
    ) -> tuple[list[int], set[int]]:
        """A weekday for each group: working days before days of rest, all as evenly filled
        as can be. And the facilitators who would have to be in two places at once."""
        model = _DayModel(self)
        for group, pair in enumerate(pairs):
            model.add_group(open_days[group], pair)
        return model.solve()


def _only(days: Iterable[int]) -> list[frozenset[int]]:
    return [frozenset({day}) for day in days]


class _PairModel:
    """Who leads which group. For those of `split` the model sees that their groups meet on
    different days; hardly anybody needs it, and it makes the model large."""

    def __init__(self, office: _Office, split: set[int]) -> None:
        self.office = office
        self.split = split
        self.model = LinearModel()
        self.columns: dict[tuple[int, int], int] = {}  # facilitator, group
        self.on_day: dict[tuple[int, int], list[int]] = {}  # facilitator, day

    def add_group(self, group: int, days: Iterable[int], may: Sequence[int]) -> None:
        """A group that meets on one of these days, led by two of those who may."""
        days_of = {}
        for day in sorted(days):
            days_of[day] = self.model.choice()
        self.model.total(1, 1, days_of.values())
        columns = {}
        for number in may:
            way = self.office.km[number][group]
            column = self.model.choice(way)
            columns[number] = column
            self.columns[number, group] = column
            self._on_a_day(number, column, days_of)
        short = self.model.column(0, 2, MISSING)
        self.model.total(2, 2, (short, *columns.values()))
        for kind, worth in self._kinds(may):
            lacking = self.model.column(0, 1, worth)
            some = [columns[number] for number in kind]
            self.model.total(1, FREE, (lacking, *some))

    def _on_a_day(self, number: int, chosen: int, days: dict[int, int]) -> None:
        """Somebody leads a group only on a day that suits them."""
        free = self.office.facilitators[number].free_days
        fit = sorted(free & days.keys())
        if len(days) == len(fit) == 1:
            self._leads_on(number, fit[0], chosen)
        elif number in self.split:
            self._seen_on_days(number, chosen, days, fit)
        elif len(fit) < len(days):
            entries = [(chosen, 1)]
            for day in fit:
                entries.append((days[day], -1))
            self.model.row(-FREE, 0, entries)

    def _leads_on(self, number: int, day: int, column: int) -> None:
        there = self.on_day.setdefault((number, day), [])
        there.append(column)

    def _seen_on_days(
        self, number: int, chosen: int, days: dict[int, int], fit: Sequence[int]
    ) -> None:
        """A column for each day on which somebody would lead the group."""
        there = []
        for _day in fit:
            there.append(self.model.column(0, 1))
        each = [(column, 1) for column in there]
        self.model.row(0, 0, [(chosen, -1), *each])
        for day, column in zip(fit, there, strict=True):
            only_then = [(column, 1), (days[day], -1)]
            self.model.row(-FREE, 0, only_then)
            self._leads_on(number, day, column)

    def _kinds(self, may: Sequence[int]) -> Iterable[tuple[list[int], float]]:
        """Of whom every group should have one, and what it is worth: women, men, the
        experienced."""
        women = []
        men = []
        experienced = []
        for number in may:
            facilitator = self.office.facilitators[number]
            if facilitator.sex == "F":
                women.append(number)
            if facilitator.sex == "M":
                men.append(number)
            if facilitator.is_experienced:
                experienced.append(number)
        return (women, MIXED), (men, MIXED), (experienced, EXPERIENCED)

    def _burden(self) -> None:
        """Never more than the most groups; each after the first counts one more burden."""
        groups_of: dict[int, list[tuple[int, float]]] = {}
        for (number, _group), column in self.columns.items():
            entries = groups_of.setdefault(number, [])
            entries.append((column, 1.0))
        for number, entries in groups_of.items():
            facilitator = self.office.facilitators[number]
            loads = range(facilitator.load, self.office.most)
            for load in loads:
                cost = BURDEN * load
                further = self.model.column(0, 1, cost)
                entries.append((further, -1))
            self.model.row(-FREE, 0, entries)

    def solve(self) -> list[Pair]:
        """The facilitators of each group."""
        for columns in self.on_day.values():
            self.model.total(0, 1, columns)
        self._burden()
        solution = self.office.solve(self.model)
        pairs: list[list[int]] = [[] for _group in self.office.groups]
        for (number, group), column in self.columns.items():
            if solution.chosen(column):
                pairs[group].append(number)
        return [tuple(pair) for pair in pairs]


class _DayModel:
    """Which group meets on which day, its facilitators given."""

    def __init__(self, office: _Office) -> None:
        self.office = office
        self.model = LinearModel()
        self.days: list[dict[int, int]] = []  # per group a column per day
        self.groups_of: dict[int, list[int]] = {}  # per facilitator the groups

    def add_group(self, open_days: frozenset[int], pair: Pair) -> None:
        """A group that meets on one of these days that suits its facilitators."""
        days = set(open_days)
        for number in pair:
            days &= self.office.facilitators[number].free_days
            self.groups_of.setdefault(number, []).append(len(self.days))
        in_turn = len(self.days) % len(WORKING)
        columns = {}
        for day in sorted(days):
            cost = 0.0 if day in WORKING else _REST
            if day != in_turn:
                cost += _OUT_OF_TURN
            columns[day] = self.model.choice(cost)
        self.model.total(1, 1, columns.values())
        self.days.append(columns)

    def _never_twice(self) -> dict[int, int]:
        """Nobody leads two groups on one day; a column for who would have to."""
        twice = {}
        for number in sorted(self.groups_of):
            twice[number] = self.model.column(0, FREE, MISSING)
        for number, groups in self.groups_of.items():
            for one, other in combinations(groups, 2):
                here = self.days[one]
                there = self.days[other]
                for day in sorted(here.keys() & there.keys()):
                    entries = [(here[day], 1), (there[day], 1)]
                    entries.append((twice[number], -1))
                    self.model.row(-FREE, 1, entries)
        return twice

    def _evenly(self) -> None:
        """Each further group on a day costs more than the one before."""
        for day in sorted(WEEK):
            there = []
            for days in self.days:
                if day in days:
                    there.append((days[day], 1.0))
            steps = []
            for place in range(len(there)):
                step = self.model.column(0, 1, place + 0.5)
                steps.append((step, -1.0))
            self.model.row(-FREE, 0, there + steps)

    def solve(self) -> tuple[list[int], set[int]]:
        """The day of each group, and who would have to be in two places at once."""
        twice = self._never_twice()
        self._evenly()
        solution = self.office.solve(self.model)
        days = []
        for columns in self.days:
            days.append(max(columns, key=lambda day: solution.values[columns[day]]))
        torn = set()
        for number, column in twice.items():
            if solution.chosen(column):
                torn.add(number)
        return days, torn
