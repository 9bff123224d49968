"""Programmes and rounds as screens and other rooms read them."""

import json
from dataclasses import dataclass, fields

from sqlalchemy import select

from cbs_desktop.action import Reading, query
from cbs_desktop.errors import Missing, NoRound
from cbs_desktop.programmes.marks import AttendanceMark, MarkSet
from cbs_desktop.programmes.rules import RoundPlan, Rules
from cbs_desktop.programmes.tables import Programme, ProgrammeMark, Round
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store.values import NamedRow, RowValues, columns_of


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round with the rules that hold in it."""

    id: int
    programme_id: int
    plan: RoundPlan
    rules: Rules

    @property
    def name(self) -> str:
        """The round's name."""
        return self.plan.name


def _rules(columns: RowValues, marks: dict[int, MarkSet]) -> Rules:
    """The rules in the columns of a programme."""
    phases: list[tuple[str, int]] = []
    for name, sessions in json.loads(columns["phases"]):
        phases.append((name, sessions))
    parts: RowValues = {
        "marks": marks[columns["id"]],
        "phases": tuple(phases),
    }
    figures = [f.name for f in fields(Rules) if f.name not in parts]
    for name in figures:
        parts[name] = columns[name]
    return Rules(**parts)


def _mark_sets(reading: Reading) -> dict[int, MarkSet]:
    """The marks of every programme, by its id."""
    found: dict[int, list[AttendanceMark]] = {}
    m = ProgrammeMark
    in_order = select(m.__table__).order_by(m.position)
    for row in reading.rows(in_order):
        mark = AttendanceMark(
            letter=row.letter,
            counts=row.counts,
            en=row.en,
            fr=row.fr,
            rw=row.rw,
            rn=row.rn,
        )
        beside = found.setdefault(row.programme_id, [])
        beside.append(mark)
    sets: dict[int, MarkSet] = {}
    for programme, marks in found.items():
        sets[programme] = MarkSet(tuple(marks))
    return sets


def rounds_of(reading: Reading) -> list[RoundFacts]:
    """All rounds, the latest first; for queries and actions of higher rooms."""
    joined = select(Round.__table__, Programme.__table__).join_from(Round, Programme)
    latest = joined.order_by(Round.starts.desc(), Round.id.desc())
    marks = _mark_sets(reading)
    return [_round_facts(row, marks) for row in reading.rows(latest)]


def _round_facts(row: NamedRow, marks: dict[int, MarkSet]) -> RoundFacts:
    """A round and the rules of its programme, from a row with the columns of both tables."""
    round_columns = columns_of(row, Round)
    programme_columns = columns_of(row, Programme)
    plan = {f.name: round_columns[f.name] for f in fields(RoundPlan)}
    return RoundFacts(
        id=round_columns["id"],
        programme_id=programme_columns["id"],
        plan=RoundPlan(**plan),
        rules=_rules(programme_columns, marks),
    )


def round_of(reading: Reading, round_id: int | None = None) -> RoundFacts:
    """One round, the latest when none is named. NoRound before the first is opened; Missing for one that is not there."""
    for found in rounds_of(reading):
        if round_id in (None, found.id):
            return found
    raise NoRound() if round_id is None else Missing(what="round", id=round_id)


@query(Permission.LOOK)
def rounds(reading: Reading) -> list[RoundFacts]:
    """All rounds, the latest first."""
    return rounds_of(reading)


@query(Permission.LOOK)
def programmes(reading: Reading) -> list[tuple[int, Rules]]:
    """The programmes that the office has taken up."""
    marks = _mark_sets(reading)
    return [
        (row.id, _rules(columns_of(row, Programme), marks))
        for row in reading.rows(select(Programme.__table__).order_by(Programme.id))
    ]


def programme_key(reading: Reading, programme_id: int) -> str:
    """The short name of a programme, for actions of higher rooms."""
    return (
        reading.value(select(Programme.key).where(Programme.id == programme_id)) or ""
    )
