"""What an attendance sheet would change in this office, before anything is written."""

from collections.abc import Sequence
from datetime import timedelta

from cbs_desktop.action import Reading, query
from cbs_desktop.attendance.queries import Grid, grids
from cbs_desktop.attendance.sheets.cells import SheetReader, year_of
from cbs_desktop.attendance.sheets.mark_words import sheet_words
from cbs_desktop.attendance.sheets.matching import MarkPlan, Matching
from cbs_desktop.participants.queries import numbers
from cbs_desktop.programmes.queries import round_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.sheets.raw import RawSheet
from cbs_desktop.store.search import key
from cbs_desktop.text import fold

_AROUND = timedelta(days=60)  # sessions slip beyond the round's last day


@query(Permission.MARK_ATTENDANCE)
def sheet_plan(
    reading: Reading,
    sheets: Sequence[RawSheet],
    round_id: int | None = None,
    group: str = "",
) -> MarkPlan:
    """What the sheets of a file would change in a round. `group` is the one that a file is of which names none."""
    found = round_of(reading, round_id)
    every = grids(reading, round_id=found.id)
    known = numbers(reading)
    plan = found.plan
    reader = SheetReader(
        words=sheet_words(found.rules.marks),
        numbers=known,
        group=GroupTitles(every).named_in,
        year=year_of(plan.starts, plan.ends + _AROUND),
    )
    matching = Matching(
        grids=every,
        numbers=known,
        words=reader.words,
        sound=key,
        today=reading.today,
        group=group,
    )
    return matching.plan(reader.read(sheets))


class GroupTitles:
    """The names of groups, found within titles."""

    def __init__(self, every: Sequence[Grid]) -> None:
        names = {grid.name for grid in every}
        self._names = sorted(names, key=len, reverse=True)

    def named_in(self, text: str) -> str:
        """The group that a text names, the longest where it is part of another; "" for none."""
        words = f" {_words(text)} "
        for name in self._names:
            if f" {_words(name)} " in words:
                return name
        return ""


def _words(text: str) -> str:
    """Folded words with nothing but a blank between them."""
    kept = [sign if sign.isalnum() else " " for sign in fold(text)]
    return " ".join("".join(kept).split())
