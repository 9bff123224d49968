"""Kinds of requests, their clock, and what is kept for how long. Rwanda, Law 058/2021, art. 18-23 and 52."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from cbs_desktop.errors import Fault

WARN_DAYS = 7  # Home tells of a request with so many days left

ACCESS, CORRECT, RESTRICT, ERASE, OBJECT, PORTABILITY = KINDS = (
    "access", "correct", "restrict", "erase", "object", "portability",
)  # fmt: skip
MODES = ("in person", "letter", "phone", "other")
DONE, PARTLY, REFUSED, WITHDRAWN = ANSWERS = ("done", "partly", "refused", "withdrawn")
WITH_REASON = (PARTLY, REFUSED)  # answers that a person may appeal against
REFUSALS = (
    "not this person",
    "law requires keeping",
    "legal claim",
    "rights of others",
    "already answered",
)
RAW, IDENTITY = CLASSES = ("answers", "identity")  # of data that are kept for a time
BOUNDS = {RAW: (6, 60), IDENTITY: (24, 120)}  # months that an office may choose


@dataclass(frozen=True, slots=True)
class Periods:
    """For how many months each class of data is kept."""

    answers: int
    identity: int


def period_faults(periods: Periods) -> list[Fault]:
    """What is wrong with the periods that an office chooses."""
    faults: list[Fault] = []
    for field, months in ((RAW, periods.answers), (IDENTITY, periods.identity)):
        least, most = BOUNDS[field]
        if not least <= months <= most:
            facts: dict[str, object] = {"least": least, "most": most}
            faults.append(Fault(f"keep {field}", "out of range", facts))
    return faults


def kept_until(last: date, months: int) -> date:
    """The last day on which data may be kept that were used last on a day: the same day of a later month, or the end of a
    month that has no such day."""
    whole = last.month - 1 + months
    year = last.year + whole // 12
    month = whole % 12 + 1
    return date(year, month, min(last.day, monthrange(year, month)[1]))


def is_due(last: date, months: int, today: date) -> bool:
    """Whether data that were used last on a day are to be destroyed."""
    return today > kept_until(last, months)


@dataclass(frozen=True, slots=True)
class AnswerClock:
    """The last day on which a request is answered in time, and how many days are left: less than 0 when it is overdue."""

    until: date
    left: int

    @property
    def is_due(self) -> bool:
        """Whether Home tells of it."""
        return self.left <= WARN_DAYS


def clock(received_on: date, today: date, days: int) -> AnswerClock:
    """The clock of an open request that is to be answered within `days`."""
    until = received_on + timedelta(days=days)
    return AnswerClock(until, (until - today).days)


def needs_another(coordinators: int, taken_by: str, account: str) -> bool:
    """Whether somebody else has to carry out an erasure: whoever took the request in does not, where there are two."""
    return coordinators > 1 and taken_by == account
