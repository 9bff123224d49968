"""The only calls to the clock. Moments are UTC; the day is the day of this laptop."""

from collections.abc import Callable
from datetime import UTC, date, datetime

RELEASED = date(2026, 11, 26)  # no earlier day can be today: this version was not there
Clock = Callable[[], datetime]


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
