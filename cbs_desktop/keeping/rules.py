"""Which automatic copies are kept, and which clock is doubted: pure rules."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

_Bucket = Callable[[datetime], object]

# how far back, and of what the last copy is kept; the first line keeps every copy
_KEPT: tuple[tuple[timedelta, _Bucket], ...] = (
    (timedelta(hours=3), lambda made: made),
    (timedelta(days=2), lambda made: (made.date(), made.hour)),
    (timedelta(days=14), lambda made: made.date()),
    (timedelta(days=70), lambda made: made.isocalendar()[:2]),
    (timedelta(days=730), lambda made: (made.year, made.month)),
)
KEPT_LONGEST = max(back for back, _bucket in _KEPT)
_BACK = timedelta(days=1)  # a clock may be set right by so much without a question
_AHEAD = timedelta(days=730)


def kept(made: Iterable[datetime], now: datetime) -> set[datetime]:
    """The copies to keep: all of three hours, then the last of each hour, day, week and month; of two years at most.

    The newest stays in any case, and so does one of the future: the clock was wrong then or is wrong now.
    """
    moments = sorted(set(made))
    stay = set(moments[-1:])
    stay.update(moment for moment in moments if moment > now)
    for back, bucket in _KEPT:
        last: dict[object, datetime] = {}
        for moment in moments:
            if now - back <= moment <= now:
                last[bucket(moment)] = moment
        stay.update(last.values())
    return stay


class Clock(StrEnum):
    """What is strange about the clock of a laptop."""

    BEHIND = "behind"  # before the last act of the journal
    AHEAD = "ahead"  # years after it
    BEFORE_RELEASE = "before release"  # this version of the program did not exist then


def clock_doubt(now: datetime, last_act: datetime | None, released: date) -> str:
    """What is strange about the clock; empty when nothing is."""
    if last_act is not None and now < last_act - _BACK:
        return Clock.BEHIND
    if now.date() < released:
        return Clock.BEFORE_RELEASE
    if last_act is not None and now > last_act + _AHEAD:
        return Clock.AHEAD
    return ""
