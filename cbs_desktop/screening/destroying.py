"""Destroying the answers of people in a round: sheets, second entries, safety cards, reasons, half-typed sheets, and what the
journal has of them. Who was screened when, and which way they went, stays for the statistics."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from cbs_desktop.action import Transaction
from cbs_desktop.screening.tables import (
    Assessment,
    Decision,
    Draft,
    RiskCard,
    SecondEntry,
)
from cbs_desktop.store import erasing
from cbs_desktop.store.erasing import Row

_OF_ROUND = "json_extract(before, '$.round_id') = ?"
_OF_SHEET = "json_extract(before, '$.assessment_id') IN ({marks})"


@dataclass(frozen=True, slots=True)
class Destroyed:
    """How many sheets lost their answers, and the ids of everything that lost something."""

    sheets: int
    records: frozenset[int]


def destroy(tx: Transaction, people: Sequence[int], round_id: int) -> Destroyed:
    """Destroy what a round has of somebody's answers; `people` are ids, the person's first, then those of records that
    became part of it. Inside `tx.erasing()`."""
    person_id = people[0]
    a = Assessment
    d = Decision
    mine = (a.person_id == person_id, a.round_id == round_id)
    there = tx.column(select(a.id).where(*mine))
    count = len(tx.column(select(a.id).where(*mine, a.sealed != b"")))
    sheets = {*there, *_gone(tx, "assessment", people, round_id)}
    decided = (d.person_id == person_id, d.round_id == round_id)
    decisions = {
        *tx.column(select(d.id).where(*decided)),
        *_gone(tx, "decision", people, round_id),
    }
    seconds = {
        *tx.column(select(SecondEntry.id).where(SecondEntry.assessment_id.in_(sheets))),
        *_gone_of(tx, "second_entry", sheets),
    }
    cards = {
        *tx.column(select(RiskCard.id).where(RiskCard.assessment_id.in_(sheets))),
        *_gone_of(tx, "risk_card", sheets),
    }
    tx.run(delete(SecondEntry).where(SecondEntry.id.in_(seconds)))
    tx.run(delete(RiskCard).where(RiskCard.id.in_(cards)))
    typed = (Draft.person_id == person_id, Draft.round_id == round_id)
    tx.run(delete(Draft).where(*typed))
    tx.run(update(a).where(*mine).values(sealed=b"", second=""))
    tx.run(update(d).where(*decided).values(reason=b"", sealed=b"", support=""))
    rows = {
        *_rows("assessment", sheets),
        *_rows("decision", decisions),
        *_rows("second_entry", seconds),
        *_rows("risk_card", cards),
    }
    erasing.blank(tx.db, tx.vault.keys.chain, rows, (), {})
    return Destroyed(count, frozenset(sheets | decisions | seconds | cards))


def _rows(table: str, ids: Iterable[int]) -> Iterable[Row]:
    for each in ids:
        yield table, str(each)


def _gone(
    tx: Transaction, table: str, people: Iterable[int], round_id: int
) -> list[int]:
    """Rows that only the journal still has: whatever is there no more has an entry that took it out, with all its values."""
    found: list[int] = []
    for person_id in people:
        of_person = "json_extract(before, '$.person_id') = ?"
        entries = tx.db.exec_driver_sql(
            f"{_TAKEN_OUT} AND {_OF_ROUND} AND {of_person}",
            (table, round_id, person_id),
        )
        found += [int(key) for (key,) in entries]
    return found


def _gone_of(tx: Transaction, table: str, sheets: set[int]) -> list[int]:
    if not sheets:
        return []
    marks = ", ".join("?" * len(sheets))
    entries = tx.db.exec_driver_sql(
        f"{_TAKEN_OUT} AND {_OF_SHEET.format(marks=marks)}", (table, *sheets)
    )
    return [int(key) for (key,) in entries]


_TAKEN_OUT = (
    "SELECT DISTINCT key FROM entry WHERE tbl = ? AND NOT (tbl = 'mark' AND op = '+')"
    " AND op = '-' AND before IS NOT NULL"
)
