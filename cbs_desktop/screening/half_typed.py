"""Half-typed questionnaires: kept while they are typed, by whoever types; somebody else may go on with them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from cbs_desktop.action import Reading, Transaction, action
from cbs_desktop.errors import Missing, RuleBroken
from cbs_desktop.participants import consents
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening import instrument_store, scoring
from cbs_desktop.screening import tables as t
from cbs_desktop.store.values import NamedRow


@action(Permission.RECORD_SCREENING, "Saved a partly entered questionnaire")
def keep_draft(
    tx: Transaction,
    round_id: int,
    person_id: int,
    instrument: str,
    values: scoring.Answers,
    card: Mapping[str, object] | None = None,
    second_of: int | None = None,
) -> None:
    """Keep what was typed so far for whoever types it, until the sheet is recorded; nothing typed takes the draft away.

    `card` is the safety card beside it, field by field; `second_of` the sheet that is entered a second time.
    RuleBroken without consent.
    """
    form = instrument_store.in_use(tx, instrument)
    if values:
        consents.need(tx, person_id, "screening")
    drop(tx, person_id, form.key, second_of)
    if values:
        whose = {
            "person_id": person_id,
            "instrument": form.key,
            "typed_by": tx.account.name,
            "round_id": round_id,
            "version": form.version,
            "second_of": second_of or 0,
        }
        content = json.dumps({"answers": dict(values), "card": dict(card or {})})
        sealed = tx.readers.seal_for(
            {Permission.RECORD_SCREENING},
            content.encode(),
            t.sealed_of_half_typed(person_id, form.key),
        )
        tx.run(insert(t.Draft).values(**whose, content=sealed))


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed of a paper: question → answer, and the safety card beside it field by field."""

    answers: dict[int, int | None]
    card: dict[str, object]


def typed(reading: Reading, row: NamedRow) -> Typed | None:
    """What stands in a row of drafts; None where it was sealed for others, or before this account had its password."""
    of = t.sealed_of_half_typed(row.person_id, row.instrument)
    if not reading.readers.opens(row.content):
        return None
    held = json.loads(reading.readers.unseal(row.content, of))
    answers = {int(number): value for number, value in held["answers"].items()}
    return Typed(answers, held["card"])


def mine(reading: Reading, person_id: int, key: str) -> Typed:
    """What this person has half typed of a paper as a first entry; nothing where there is none."""
    d = t.Draft
    row = reading.first(
        select(d.__table__).where(
            d.person_id == person_id,
            d.instrument == key,
            d.typed_by == reading.account.name,
            d.second_of == 0,
        )
    )
    kept = typed(reading, row) if row is not None else None
    return kept or Typed({}, {})


@action(Permission.RECORD_SCREENING, "Went on with a partly entered questionnaire")
def take_draft(
    tx: Transaction,
    person_id: int,
    instrument: str,
    typed_by: str,
    second_of: int | None = None,
) -> None:
    """Go on with what somebody else has half typed: it is this person's now.

    Missing when there is none any more. RuleBroken where it is the second entry of a sheet that this person entered first.
    """
    d = t.Draft
    theirs = (
        d.person_id == person_id,
        d.instrument == instrument,
        d.typed_by == typed_by,
        d.second_of == (second_of or 0),
    )
    if tx.first(select(d.second_of).where(*theirs)) is None:
        raise Missing(what="questionnaire", id=person_id)
    if second_of is not None and _first_typist(tx, second_of) == tx.account.name:
        raise RuleBroken(rule="second person")
    if typed_by != tx.account.name:
        drop(tx, person_id, instrument, second_of)
        tx.run(update(d).where(*theirs).values(typed_by=tx.account.name))


def drop(
    tx: Transaction, person_id: int, key: str, second_of: int | None = None
) -> None:
    """Throw away what this person has half typed of a paper."""
    d = t.Draft
    mine = (
        d.person_id == person_id,
        d.instrument == key,
        d.typed_by == tx.account.name,
        d.second_of == (second_of or 0),
    )
    tx.run(delete(d).where(*mine))


def _first_typist(tx: Transaction, assessment_id: int) -> str | None:
    a = t.Assessment
    return tx.value(select(a.typed_by).where(a.id == assessment_id))
