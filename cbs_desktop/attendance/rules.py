"""Who came, and who completes. No source publishes an attendance threshold: every figure is a setting of the programme."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_N = str  # marks words for the catalogues; they are translated when they are shown


@dataclass(frozen=True, slots=True)
class AttendanceMark:
    """A letter of the register, its word, and what it counts as: present, late (both came), excused or absent."""

    letter: str
    word: str
    counts: str


MARKS = (
    AttendanceMark("P", _N("present"), "present"),
    AttendanceMark("L", _N("late"), "late"),
    AttendanceMark("E", _N("excused"), "excused"),
    AttendanceMark("A", _N("absent"), "absent"),
)
LETTERS = tuple(mark.letter for mark in MARKS)
PRESENT = next(mark.letter for mark in MARKS if mark.counts == "present")
CAME = frozenset(mark.letter for mark in MARKS if mark.counts in ("present", "late"))
ABSENT = frozenset(mark.letter for mark in MARKS if mark.counts == "absent")
HELD, POSTPONED, CANCELLED = STATUSES = ("held", "postponed", "cancelled")
IN_A_ROW = 2  # unexcused absences that call for a visit


@dataclass(frozen=True, slots=True)
class Completion:
    """Where a person stands. `attended` of `held` sessions, `needed` to complete, `remaining` still to come.

    `state`: complete; on the way; must not miss (every remaining session is needed); nearly (cannot complete any more,
    short by no more than the programme's near_miss); not complete.
    """

    attended: int
    held: int
    needed: int
    remaining: int
    state: str

    @property
    def short(self) -> int:
        """Sessions missing for completion if the person comes to all that remain; 0 when it can still be reached."""
        return max(0, self.needed - self.attended - self.remaining)


def needed(complete_at: int, sessions: int, cancelled: int) -> int:
    """Sessions needed to complete. When sessions were cancelled, the same share of those that count, rounded up."""
    countable = max(0, sessions - cancelled)
    return -(-complete_at * countable // sessions)


def completion(
    marks: Sequence[str], statuses: Sequence[str], complete_at: int, near_miss: int
) -> Completion:
    """Where a person stands, from the marks ("" for none) and the status of each planned session ("" while to come).

    Only what is marked present or late at a held session counts as attended; a held session without a mark does not.
    Sessions before somebody joined were held without them and count like an absence.
    """
    held = sum(status == HELD for status in statuses)
    attended = sum(
        mark in CAME
        for mark, status in zip(marks, statuses, strict=True)
        if status == HELD
    )
    least = needed(
        complete_at, len(statuses), sum(status == CANCELLED for status in statuses)
    )
    remaining = sum(status in ("", POSTPONED) for status in statuses)
    return Completion(
        attended, held, least, remaining, _state(least - attended, remaining, near_miss)
    )


def _state(missing: int, remaining: int, near_miss: int) -> str:
    if missing <= 0:
        return "complete"
    if missing <= remaining:
        if missing == remaining:
            return "must not miss"
        return "on the way"
    if missing - remaining <= near_miss:
        return "nearly"
    return "not complete"


def absent_in_a_row(marks: Sequence[str], statuses: Sequence[str]) -> int:
    """Unexcused absences at the end of the sessions held so far."""
    count = 0
    for mark, status in zip(reversed(marks), reversed(statuses), strict=True):
        if status == HELD and mark:
            if mark not in ABSENT:
                break
            count += 1
    return count


def expected(joined_on: date, left_on: date | None, day: date) -> bool:
    """Whether a member was to come on a day."""
    return joined_on <= day and (left_on is None or day < left_on)
