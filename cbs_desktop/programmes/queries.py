"""Programmes and rounds as screens and other rooms read them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import select

from cbs_desktop.action import Reading, query
from cbs_desktop.errors import Missing, NoRound
from cbs_desktop.programmes.rules import RoundPlan, Rules
from cbs_desktop.programmes.tables import Programme, Round
from cbs_desktop.safe.permissions import Permission


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


def _rules(row: object) -> Rules:
    values = {f.name: getattr(row, f.name) for f in fields(Rules)}
    return Rules(
        **{
            **values,
            "phases": tuple((name, n) for name, n in json.loads(values["phases"])),
        }
    )


def rounds_of(reading: Reading) -> list[RoundFacts]:
    """All rounds, the latest first; for queries and actions of higher rooms."""
    joined = select(Round.__table__, Programme.__table__).join_from(Round, Programme)
    latest = joined.order_by(Round.starts.desc(), Round.id.desc())
    return [_round_facts(row._mapping) for row in reading.rows(latest)]


def _round_facts(values: Mapping[Any, Any]) -> RoundFacts:
    """A round and the rules of its programme, from a row with the columns of both tables."""
    round_columns = Round.__table__.c
    plan = {f.name: values[round_columns[f.name]] for f in fields(RoundPlan)}
    programme_columns = Programme.__table__.c
    rules = {f.name: values[programme_columns[f.name]] for f in fields(Rules)}
    phases = json.loads(rules["phases"])
    rules["phases"] = tuple((name, sessions) for name, sessions in phases)
    return RoundFacts(
        values[round_columns.id],
        values[programme_columns.id],
        RoundPlan(**plan),
        Rules(**rules),
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
    return [
        (row.id, _rules(row))
        for row in reading.rows(select(Programme.__table__).order_by(Programme.id))
    ]


def programme_key(reading: Reading, programme_id: int) -> str:
    """The short name of a programme, for actions of higher rooms."""
    return (
        reading.value(select(Programme.key).where(Programme.id == programme_id)) or ""
    )
