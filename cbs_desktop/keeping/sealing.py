"""Values that versions before 0.4 sealed, sealed as they are now: padded, and bound to their record."""

from collections.abc import Callable

from sqlalchemy import LargeBinary, func, literal, select, update
from sqlalchemy.orm import InstrumentedAttribute

from cbs_desktop.action import Transaction, action
from cbs_desktop.safe import seal
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening.tables import (
    Assessment,
    Decision,
    SecondEntry,
    sealed_of_assessment,
    sealed_of_decision,
    sealed_of_second_entry,
)

_AT_ONCE = 500  # values: no other action waits for longer than a moment
_Record = type[Assessment] | type[SecondEntry] | type[Decision]
_KINDS: tuple[tuple[_Record, InstrumentedAttribute[int], Callable[[int], str]], ...] = (
    (Assessment, Assessment.id, sealed_of_assessment),
    (SecondEntry, SecondEntry.assessment_id, sealed_of_second_entry),
    (Decision, Decision.id, sealed_of_decision),
)


@action(Permission.SEE_SCORES, "Sealed {count} older values anew")
def seal_anew(tx: Transaction) -> int:
    """Some of the values that are sealed as before, sealed as now; how many. None are left when it gives 0."""
    done = 0
    for record, key, of in _KINDS:
        done += _some(tx, record, key, of, _AT_ONCE - done)
    if done:
        tx.say(count=done)
    return done


def _some(
    tx: Transaction,
    record: _Record,
    key: InstrumentedAttribute[int],
    of: Callable[[int], str],
    most: int,
) -> int:
    begins = func.substr(record.sealed, 1, len(seal.MARK))
    older = begins != literal(seal.MARK, LargeBinary)
    there = func.length(record.sealed) > 0  # decisions of version 0.1 have none
    wanted = select(key, record.sealed).where(older, there)
    rows = tx.rows(wanted.limit(most))
    for whose, sealed in rows:
        value = tx.unseal(sealed, of(whose))
        again = tx.seal(value, of(whose))
        mine = update(record).where(key == whose)
        tx.run(mine.values(sealed=again))
    return len(rows)
