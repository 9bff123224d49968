"""The only calls to the clock, and which clock is doubted. Moments are UTC; the day is the day of this laptop."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

RELEASED = date(2026, 11, 26)  # no earlier day can be today: this version was not there
Clock = Callable[[], datetime]
_BACK = timedelta(days=1)  # a clock may be set right by so much without a question
_AHEAD = timedelta(days=730)


class Doubt(StrEnum):
    """What is strange about the clock of a laptop."""

    BEHIND = "behind"  # before the last act of the journal
    AHEAD = "ahead"  # years after it
    BEFORE_RELEASE = "before release"  # this version of the program did not exist then


def doubt(now: datetime, last_act: datetime | None, released: date = RELEASED) -> str:
    """What is strange about the clock; empty when nothing is."""
    if last_act is not None and now < last_act - _BACK:
        return Doubt.BEHIND
    if now.date() < released:
        return Doubt.BEFORE_RELEASE
    if last_act is not None and now > last_act + _AHEAD:
        return Doubt.AHEAD
    return ""


def now() -> datetime:
    """This moment in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def day_of(moment: datetime) -> date:
    """The local day of a moment."""
    return moment.astimezone().date()


class Calendar:
    """A clock that stands on a chosen day: practice seasons are built week by week with it."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __call__(self) -> datetime:
        """Noon of the day the calendar stands on."""
        return datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=UTC)
