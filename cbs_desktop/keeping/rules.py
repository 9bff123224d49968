"""Which automatic copies are kept: a pure rule."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

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
