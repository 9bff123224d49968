"""Who needs a visit, who never came, and which day suits a group. Pure; the figures are settings of the method, not of law."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cbs_desktop.attendance.rules import IN_A_ROW

_N = str  # marks words for the catalogues; they are translated when they are shown

NEVER_CAME_AFTER = 2  # sessions held since somebody joined
_HELD_LEAST = 2  # sessions on a weekday before its attendance says anything
_MOST = 0.5  # of a group


@dataclass(frozen=True, slots=True)
class VisitOutcome:
    """What came of a visit, as a code: never what was said. `met`: only then it answers for the absences before it."""

    word: str
    met: bool = True


OUTCOMES: dict[str, VisitOutcome] = {
    "comes again": VisitOutcome(_N("Will come again")),
    "not for now": VisitOutcome(_N("Cannot come for now")),
    "stops": VisitOutcome(_N("Does not want to go on")),
    "moved away": VisitOutcome(_N("Has moved away")),
    "not met": VisitOutcome(_N("Was not met"), met=False),
}


@dataclass(frozen=True, slots=True)
class Attended:
    """A session that was held while somebody belonged to the group: the day, what their mark counts as ("" for none), and
    whether its register is there."""

    day: date
    counts: str
    marked: bool = True


def needs_visit(
    held: Sequence[Attended], in_a_row: int, visited_on: date | None
) -> bool:
    """Whether somebody who was absent so often in a row is to be visited: not once a visit has answered for the last of
    these absences. `held` is in the order of the sessions."""
    if in_a_row < IN_A_ROW:
        return False
    if visited_on is None:
        return True
    last = max((one.day for one in held if one.counts == "absent"), default=visited_on)
    return last > visited_on


def last_came(held: Iterable[Attended]) -> date | None:
    """The day on which somebody came for the last time."""
    return max((one.day for one in held if one.counts == "came"), default=None)


def never_came(held: Iterable[Attended]) -> int:
    """How many sessions were held for somebody who came to none of them; 0 for who came, or joined just now."""
    since = 0
    for one in held:
        if one.counts == "came":
            return 0
        since += one.marked
    return since if since >= NEVER_CAME_AFTER else 0


@dataclass(frozen=True, slots=True)
class DayDoubt:
    """A group that meets on a day when most do not come: how many of how many, and a day (0 Monday) that suits more, if
    there is one. `seen`: told by attendance, and then counted in percent; else by the days that people gave."""

    cannot: int
    of: int
    better: int | None
    seen: bool = False


def said_day(weekday: int, days: Collection[frozenset[int]]) -> DayDoubt | None:
    """By the days that the members gave, each an empty set where nobody asked: that person can come on any day."""
    cannot = _without(weekday, days)
    if not days or cannot <= _MOST * len(days):
        return None
    better = min(range(7), key=lambda day: (_without(day, days), day))
    if _without(better, days) >= cannot:
        return DayDoubt(cannot, len(days), None)
    return DayDoubt(cannot, len(days), better)


def _without(weekday: int, days: Iterable[frozenset[int]]) -> int:
    """How many cannot come on a weekday."""
    return sum(bool(each) and weekday not in each for each in days)


def seen_day(weekday: int, held: Iterable[tuple[date, int, int]]) -> DayDoubt | None:
    """By who came (day, came, expected), where a group met on different weekdays: on the planned one most stayed away,
    and on another one more came."""
    came: Counter[int] = Counter()
    expected: Counter[int] = Counter()
    times: Counter[int] = Counter()
    for day, some, of in held:
        came[day.weekday()] += some
        expected[day.weekday()] += of
        times[day.weekday()] += 1
    shares: dict[int, float] = {}
    for day, count in times.items():
        if count >= _HELD_LEAST and expected[day]:
            shares[day] = came[day] / expected[day]
    planned = shares.get(weekday)
    if planned is None or planned >= _MOST:
        return None
    better = _best(shares)
    if shares[better] <= planned:
        return None
    return DayDoubt(round(100 * (1 - planned)), 100, better, seen=True)


def _best(shares: Mapping[int, float]) -> int:
    return max(shares, key=lambda day: (shares[day], -day))
