"""Who came, and who completes. No source publishes an attendance threshold: every figure is a setting of the programme."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cbs_desktop.attendance.session_record import CANCELLED, HELD, POSTPONED
from cbs_desktop.programmes.marks import MarkSet
from cbs_desktop.programmes.rules import Rules

IN_A_ROW = 2  # unexcused absences that call for a visit


@dataclass(frozen=True, slots=True)
class Completion:
    """Where a person stands. `attended` of `held` sessions, `needed` to complete, `remaining` still to come; `rule` is the
    share of sessions that the programme asks for, in per cent.

    `state`: complete; on the way; must not miss (every remaining session is needed); nearly (cannot complete any more,
    short by no more than the programme's near_miss); not complete.
    """

    attended: int
    held: int
    needed: int
    remaining: int
    state: str
    rule: int = 0

    @property
    def share(self) -> int:
        """The share attended of the sessions held, in per cent; never rounded up to a rule that is not reached."""
        if not self.held:
            return 0
        share = round(100 * self.attended / self.held)
        if self.attended < self.needed and share >= self.rule:
            return 100 * self.attended // self.held
        return share

    @property
    def short(self) -> int:
        """Sessions missing for completion if the person comes to all that remain; 0 when it can still be reached."""
        return max(0, self.needed - self.attended - self.remaining)


def needed(complete_at: int, sessions: int, cancelled: int) -> int:
    """Sessions needed to complete. When sessions were cancelled, the same share of those that count, rounded up."""
    countable = max(0, sessions - cancelled)
    return -(-complete_at * countable // sessions)


def completion(
    marks: Sequence[str], statuses: Sequence[str], programme: Rules
) -> Completion:
    """Where a person stands, from the marks ("" for none) and the status of each planned session ("" while to come).

    Only a mark that counts as having come counts as attended, at a held session; a held session without a mark does not.
    Sessions before somebody joined were held without them and count like an absence.
    """
    held = sum(status == HELD for status in statuses)
    came = programme.marks.came
    attended = sum(
        mark in came
        for mark, status in zip(marks, statuses, strict=True)
        if status == HELD
    )
    least = needed(
        programme.complete_at,
        len(statuses),
        sum(status == CANCELLED for status in statuses),
    )
    remaining = sum(status in ("", POSTPONED) for status in statuses)
    state = _state(least - attended, remaining, programme.near_miss)
    rule = round(100 * programme.complete_at / programme.sessions)
    return Completion(attended, held, least, remaining, state, rule)


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


def absent_in_a_row(
    marks: Sequence[str], statuses: Sequence[str], known: MarkSet
) -> int:
    """Unexcused absences at the end of the sessions held so far."""
    count = 0
    for mark, status in zip(reversed(marks), reversed(statuses), strict=True):
        if status == HELD and mark:
            if mark not in known.absent:
                break
            count += 1
    return count


def expected(joined_on: date, left_on: date | None, day: date) -> bool:
    """Whether a member was to come on a day."""
    return joined_on <= day and (left_on is None or day < left_on)
