"""Who leads which group, and on which weekday: two facilitators for each, by a linear model with whole numbers (HiGHS).

Hard: trained, no tie to a member, a language of the members, a day that suits members and both leaders, no more groups than
agreed, never two groups on one day. Soft, in kilometres of way that each is worth: a woman and a man, somebody experienced,
an even load. Of a large office each group looks at the leaders who live nearest first. The same question gives the same answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from cbs_desktop.facilitators.rules import TRAINED
from cbs_desktop.groups.allocation.linear_model import FREE, Model, Progress, Stop

WEEK, WORKING = frozenset(range(7)), frozenset(range(5))  # Monday is 0
MISSING, MIXED, EXPERIENCED, BURDEN = (
    1_000.0,
    20.0,
    30.0,
    8.0,
)  # kilometres that a leader, a trait, a second group are worth
_MANY, _NEAREST = (
    10_000,
    6,
)  # leaders x groups from which on each group looks at so many of each kind first
_AT_ONCE, _PART = (
    25,
    5,
)  # groups whose days are all open at once; of more so many at a time
_NODES, _SECONDS = (
    20,
    60.0,
)  # of each solution; the nodes end it long before the seconds
_REST = 2.0  # what a group on a day of rest counts beside evenly filled days


@dataclass(frozen=True, slots=True)
class Leader:
    """A facilitator: trained up to `level`; no languages or days stand for any. `load` groups are led already, on the days
    `busy`. `ties` are people whom they are kin to or to be kept apart from."""

    id: int
    sex: str
    level: str
    languages: frozenset[str] = frozenset()
    days: frozenset[int] = frozenset()
    load: int = 0
    busy: frozenset[int] = frozenset()
    ties: frozenset[int] = frozenset()

    @property
    def free(self) -> frozenset[int]:
        """The weekdays on which they could lead one more group."""
        return (self.days or WEEK) - self.busy


@dataclass(frozen=True, slots=True)
class Led:
    """A group to be led: its people, the languages and the weekdays that all of them share; none stand for any."""

    people: frozenset[int]
    languages: frozenset[str] = frozenset()
    days: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Lead:
    """Who leads a group (ids) and on which weekday; `missing` says why there are fewer than two:
    not trained, tie, language, day, enough groups, or "taken" by other groups."""

    leaders: tuple[int, ...]
    day: int
    missing: str = ""


def why_not(leader: Leader, group: Led, most: int = 2) -> str:
    """Why somebody cannot lead a group: not trained, tie, language, day, enough groups; nothing when they can."""
    if leader.level not in TRAINED:
        return "not trained"
    if leader.ties & group.people:
        return "tie"
    if leader.languages and group.languages and not leader.languages & group.languages:
        return "language"
    if not leader.free & (group.days or WEEK):
        return "day"
    return "enough groups" if leader.load >= most else ""


@dataclass(frozen=True, slots=True)
class _Asked:
    leaders: Sequence[Leader]
    groups: Sequence[Led]
    far: Sequence[Sequence[float]]
    most: int
    stop: Stop

    def solve(self, model: Model) -> Sequence[float]:
        values = model.solve(_SECONDS, self.stop, _NODES).getSolution().col_value
        self.stop.tell()
        return values


def lead(
    leaders: Sequence[Leader],
    groups: Sequence[Led],
    km: Sequence[Sequence[float]] = (),
    most: int = 2,
    progress: Progress | None = None,
) -> list[Lead]:
    """Two leaders and a weekday for each group, as far as there are any. `km` is how far each leader (row) has to each
    group (column). `progress` is told often and may raise Cancelled."""
    asked = _Asked(
        leaders,
        groups,
        km or [[0.0] * len(groups) for _ in leaders],
        most,
        Stop(progress),
    )
    barred = [[why_not(leader, group, most) for leader in leaders] for group in groups]
    may = [
        sorted(
            (i for i, why in enumerate(reasons) if not why),
            key=lambda i: (asked.far[i][g], leaders[i].id),
        )
        for g, reasons in enumerate(barred)
    ]
    near = (
        [_nearest(leaders, mine) for mine in may]
        if len(leaders) * len(groups) > _MANY
        else may
    )
    pairs, days = _led(asked, near)
    if any(len(pair) < 2 for pair in pairs) and near != may:
        pairs, days = _led(asked, may)
    return [
        Lead(
            tuple(leaders[i].id for i in pair),
            day,
            "" if len(pair) == 2 else _missing(reasons),
        )
        for pair, day, reasons in zip(pairs, days, barred, strict=True)
    ]


def _led(
    asked: _Asked, may: Sequence[Sequence[int]]
) -> tuple[list[tuple[int, ...]], list[int]]:
    """Leaders and days; who would be in two places at once is looked at more closely until nobody is."""
    if len(asked.groups) > _AT_ONCE:
        return _in_parts(asked, may)
    days, split = [group.days or WEEK for group in asked.groups], set[int]()
    while True:
        pairs = _pairs(asked, may, days, split)
        found, twice = _days(asked, pairs, days)
        if not twice or len(split) == len(asked.leaders):
            return pairs, found
        split |= (
            twice if twice - split else set(range(len(asked.leaders)))
        )  # others are in their way


def _in_parts(
    asked: _Asked, may: Sequence[Sequence[int]]
) -> tuple[list[tuple[int, ...]], list[int]]:
    """For many groups: days first, leaders for them, and then the days of some groups at a time anew, those who lack
    leaders before the others."""
    open_days = [group.days or WEEK for group in asked.groups]
    everybody = set(range(len(asked.leaders)))
    days, _twice = _days(asked, [()] * len(asked.groups), open_days)
    pairs = _pairs(asked, may, [frozenset({day}) for day in days], set())
    order = sorted(range(len(asked.groups)), key=lambda g: len(pairs[g]))
    for start in range(0, len(order), _PART):
        part = order[start : start + _PART]
        some = [
            open_days[g] if g in part else frozenset({days[g]})
            for g in range(len(order))
        ]
        pairs = _pairs(asked, may, some, everybody)
        days, _twice = _days(asked, pairs, some)
    return pairs, days


def _nearest(leaders: Sequence[Leader], may: Sequence[int]) -> list[int]:
    """The nearest of each kind: of women and men, experienced and not."""
    kinds: dict[tuple[str, bool], list[int]] = {}
    for i in may:
        kinds.setdefault((leaders[i].sex, _experienced(leaders[i])), []).append(i)
    kept = {i for kind in kinds.values() for i in kind[:_NEAREST]}
    return [i for i in may if i in kept]


def _experienced(leader: Leader) -> bool:
    return leader.level in TRAINED[1:]


def _missing(reasons: Sequence[str]) -> str:
    """What leaves fewer than two, asked in the order of `why_not`."""
    left = len(reasons)
    for why in ("not trained", "tie", "language", "day", "enough groups"):
        left -= reasons.count(why)
        if left < 2:
            return why
    return "taken"


def _pairs(
    asked: _Asked,
    may: Sequence[Sequence[int]],
    open_days: Sequence[frozenset[int]],
    split: set[int],
) -> list[tuple[int, ...]]:
    """The leaders of each group, by number, with one of its `open_days`. For those of `split` the model sees that their
    groups meet on different days; hardly anybody needs it, and it makes the model large."""
    model, leads, on_day = (
        Model(),
        dict[tuple[int, int], int](),
        dict[tuple[int, int], list[int]](),
    )
    for g, open_ in enumerate(open_days):
        days = {day: model.column(0, 1, whole=True) for day in sorted(open_)}
        model.row(1, 1, [(column, 1) for column in days.values()])
        for i in may[g]:
            leads[i, g] = model.column(0, 1, asked.far[i][g], whole=True)
            fit = sorted(asked.leaders[i].free & days.keys())
            if len(days) == len(fit) == 1:
                on_day.setdefault((i, fit[0]), []).append(leads[i, g])
            elif i in split:
                there = {day: model.column(0, 1) for day in fit}
                model.row(
                    0,
                    0,
                    [(leads[i, g], -1), *((column, 1) for column in there.values())],
                )
                for day, column in there.items():
                    model.row(-FREE, 0, [(column, 1), (days[day], -1)])
                    on_day.setdefault((i, day), []).append(column)
            elif len(fit) < len(days):
                model.row(
                    -FREE, 0, [(leads[i, g], 1), *((days[day], -1) for day in fit)]
                )
        short = model.column(0, 2, MISSING)
        model.row(2, 2, [(short, 1), *((leads[i, g], 1) for i in may[g])])
        for kind, worth in _kinds(asked.leaders, may[g]):
            model.row(
                1,
                FREE,
                [(model.column(0, 1, worth), 1), *((leads[i, g], 1) for i in kind)],
            )
    for columns in on_day.values():
        model.row(0, 1, [(column, 1) for column in columns])
    _burden(model, asked, leads)
    values = asked.solve(model)
    pairs: list[list[int]] = [[] for _ in asked.groups]
    for (i, g), column in leads.items():
        if values[column] > 0.5:
            pairs[g].append(i)
    return [tuple(pair) for pair in pairs]


def _kinds(
    leaders: Sequence[Leader], may: Sequence[int]
) -> list[tuple[list[int], float]]:
    """Of whom every group should have one, and what it is worth: women, men, the experienced."""
    sexes = [[i for i in may if leaders[i].sex == sex] for sex in ("F", "M")]
    return [
        *((some, MIXED) for some in sexes),
        ([i for i in may if _experienced(leaders[i])], EXPERIENCED),
    ]


def _burden(model: Model, asked: _Asked, leads: dict[tuple[int, int], int]) -> None:
    """Never more than `most` groups; each after the first counts one more burden."""
    of: dict[int, list[tuple[int, float]]] = {}
    for (i, _g), column in leads.items():
        of.setdefault(i, []).append((column, 1.0))
    for i, mine in of.items():
        load = asked.leaders[i].load
        room = [
            model.column(0, 1, BURDEN * (load + n)) for n in range(asked.most - load)
        ]
        model.row(-FREE, 0, [*mine, *((column, -1) for column in room)])


def _days(
    asked: _Asked, pairs: Sequence[Sequence[int]], open_days: Sequence[frozenset[int]]
) -> tuple[list[int], set[int]]:
    """A weekday for each group: working days before days of rest, all as evenly filled as can be. And the leaders who
    would have to be in two places at once."""
    model, chosen, led = Model(), list[dict[int, int]](), dict[int, list[int]]()
    for g, pair in enumerate(pairs):
        days = open_days[g].intersection(*(asked.leaders[i].free for i in pair))
        chosen.append(
            {
                day: model.column(0, 1, 0.0 if day in WORKING else _REST, True)
                for day in sorted(days)
            }
        )
        model.row(1, 1, [(column, 1) for column in chosen[-1].values()])
        for i in pair:
            led.setdefault(i, []).append(g)
    twice = {i: model.column(0, FREE, MISSING) for i in sorted(led)}
    for i, mine in led.items():
        for one, other in combinations(mine, 2):
            for day in sorted(chosen[one].keys() & chosen[other].keys()):
                model.row(
                    -FREE,
                    1,
                    [(chosen[one][day], 1), (chosen[other][day], 1), (twice[i], -1)],
                )
    for day in sorted(WEEK):
        there = [(days[day], 1.0) for days in chosen if day in days]
        steps = [model.column(0, 1, n + 0.5) for n in range(len(there))]
        model.row(-FREE, 0, [*there, *((column, -1) for column in steps)])
    values = asked.solve(model)
    days = [max(mine, key=lambda day: values[mine[day]]) for mine in chosen]
    return days, {i for i, column in twice.items() if values[column] > 0.5}
