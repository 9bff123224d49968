"""Kinds of requests, their clock, and what is kept for how long. Rwanda, Law 058/2021, art. 18-23 and 52."""

from dataclasses import dataclass
from datetime import date, timedelta

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
