"""Recording questionnaires, deciding which way a person goes, closing safety cards."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import delete, insert, select, update

from cbs_desktop.action import Transaction, action
from cbs_desktop.errors import Fault, Invalid, Missing, RuleBroken
from cbs_desktop.participants.rules import shown
from cbs_desktop.participants.tables import Consent, Person
from cbs_desktop.programmes.queries import round_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening import rules
from cbs_desktop.screening import tables as t
from cbs_desktop.screening.instruments import instrument
from cbs_desktop.screening.rules import SafetyCard
from cbs_desktop.text import clean, day_faults, text_faults


@dataclass(frozen=True, slots=True)
class Answers:
    """A filled-in questionnaire: question number → value of the answer, with the safety card if a risk item asks for it."""

    person_id: int
    taken_on: date
    values: Mapping[int, int]
    card: SafetyCard | None = None


@action(Permission.RECORD_SCREENING, "Recorded the questionnaire of {who}")
def record(tx: Transaction, round_id: int, sheet: Answers) -> int:
    """Seal a complete questionnaire; its id. Invalid when incomplete; RuleBroken without consent, or when a risk item
    was answered and no safety card comes with it."""
    found = round_of(tx, round_id)
    form = instrument(found.rules.instrument)
    faults = rules.answer_faults(form, sheet.values)
    faults += day_faults("taken_on", sheet.taken_on, tx.today)
    if faults:
        raise Invalid(faults)
    person = _person(tx, sheet.person_id)
    _check_consent(tx, sheet)
    scored = rules.score(form, sheet.values, person.sex)
    if scored.risk and sheet.card is None:
        raise RuleBroken(rule="safety card", questions=scored.risk)
    assessment_id = tx.new_id()
    kept = {"answers": dict(sorted(sheet.values.items())), "total": scored.total, "reached": scored.reached}
    tx.run(
        insert(t.Assessment).values(
            id=assessment_id,
            person_id=sheet.person_id,
            round_id=round_id,
            instrument=form.key,
            version=form.version,
            cutoff_set=scored.cutoff.set if scored.cutoff else "",
            taken_on=sheet.taken_on,
            typed_by=tx.account.name,
            sealed=tx.seal(json.dumps(kept).encode()),
        )
    )
    if sheet.card and scored.risk:
        _open_card(tx, sheet.person_id, assessment_id, sheet.card)
    return assessment_id


def _check_consent(tx: Transaction, sheet: Answers) -> None:
    c = Consent
    given = select(c.id).where(c.person_id == sheet.person_id, c.withdrawn_on.is_(None), c.purpose == "programme")
    if tx.first(given) is None:
        raise RuleBroken(rule="consent needed")


def _open_card(tx: Transaction, person_id: int, assessment_id: int, card: SafetyCard) -> None:
    if faults := rules.card_faults(card, tx.today):
        raise Invalid(faults)
    opened = {"opened_on": tx.today, "closed_on": None, "closed_by": "", "outcome": ""}
    tx.run(
        insert(t.RiskCard).values(
            id=tx.new_id(), person_id=person_id, assessment_id=assessment_id, **asdict(card), **opened
        )
    )


def _person(tx: Transaction, person_id: int) -> Person:
    person = tx.first(select(Person.__table__).where(Person.id == person_id))
    if person is None:
        raise Missing(what="person", id=person_id)
    tx.say(who=shown(person.own_name, person.other_names))
    return person


@action(Permission.RECORD_SCREENING, "Recorded {count} questionnaires")
def record_many(tx: Transaction, round_id: int, sheets: Sequence[Answers]) -> int:
    """All questionnaires of a list, or none; the number recorded."""
    for sheet in sheets:
        record(tx, round_id, sheet)
    tx.say(count=len(sheets))
    return len(sheets)


@action(Permission.DECIDE, "Decided for {who}: {pathway}")
def decide(tx: Transaction, round_id: int, person_id: int, pathway: str, reason: str = "", track: str = "") -> None:
    """Which way a person goes in a round; a later decision takes the place of the earlier one, the journal keeps both.

    `track` is youth or adult when the person wants another group than that of their age (they are two facts).
    """
    reason = clean(reason)
    faults = text_faults("reason", reason, most=rules.OUTCOME_MOST)
    if pathway not in rules.PATHWAYS:
        faults.append(Fault("pathway", "not a choice"))
    if track not in rules.TRACKS:
        faults.append(Fault("track", "not a choice"))
    if faults:
        raise Invalid(faults)
    _person(tx, person_id)
    a = t.Assessment
    latest = select(a.id).where(a.person_id == person_id, a.round_id == round_id).order_by(a.id.desc())
    assessment_id = tx.value(latest.limit(1))
    if assessment_id is None:
        raise RuleBroken(rule="not yet screened")
    of_round = (t.Decision.person_id == person_id, t.Decision.round_id == round_id)
    tx.run(delete(t.Decision).where(*of_round))
    tx.run(
        insert(t.Decision).values(
            id=tx.new_id(),
            person_id=person_id,
            round_id=round_id,
            assessment_id=assessment_id,
            pathway=pathway,
            track=track,
            decided_on=tx.today,
            decided_by=tx.account.name,
            reason=reason,
        )
    )
    tx.say(pathway=pathway)


@action(Permission.DECIDE, "Decided for {count} people")
def decide_many(tx: Transaction, round_id: int, decisions: Sequence[tuple[int, str, str]]) -> int:
    """Decisions for many: (person, pathway, track or ""); the number taken."""
    for person_id, pathway, track in decisions:
        decide(tx, round_id, person_id, pathway, track=track)
    tx.say(count=len(decisions))
    return len(decisions)


@action(Permission.SAFETY, "Closed a safety card")
def close_card(tx: Transaction, card_id: int, outcome: str) -> None:
    """Close a safety card with its outcome, in a few words and without the story."""
    outcome = clean(outcome)
    if faults := text_faults("outcome", outcome, needed=True, most=rules.OUTCOME_MOST):
        raise Invalid(faults)
    open_card = (t.RiskCard.id == card_id, t.RiskCard.closed_on.is_(None))
    closed = {"closed_on": tx.today, "closed_by": tx.account.name, "outcome": outcome}
    if not tx.run(update(t.RiskCard).where(*open_card).values(**closed)):
        raise Missing(what="safety card", id=card_id)
