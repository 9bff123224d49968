"""Recording questionnaires, typing them a second time, deciding which way a person goes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, insert, select, update

from cbs_desktop import resource, settings
from cbs_desktop.action import Transaction, action
from cbs_desktop.errors import Fault, Invalid, Missing, RuleBroken
from cbs_desktop.participants import consents
from cbs_desktop.participants.rules import shown
from cbs_desktop.participants.tables import Person
from cbs_desktop.programmes.queries import RoundFacts, programmes, round_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening import (
    half_typed,
    instrument_parser,
    instrument_store,
    results,
    rules,
    safety,
    scoring,
)
from cbs_desktop.screening import tables as t
from cbs_desktop.screening.instrument import Instrument, pick
from cbs_desktop.screening.rules import SafetyCard
from cbs_desktop.store.values import NamedRow
from cbs_desktop.text import clean, day_faults, text_faults


@dataclass(frozen=True, slots=True)
class Answers:
    """A filled-in questionnaire: question → value, None where the paper was left blank; with the safety card if a risk
    item asks for it. `instrument` is the programme's own unless named."""

    person_id: int
    taken_on: date
    values: scoring.Answers
    card: SafetyCard | None = None
    instrument: str = ""
    occasion: str = "screening"


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision: which way; youth or adult where somebody wants another group than that of their age; why; and how much
    support the person needs in the group (rules.SUPPORT)."""

    person_id: int
    pathway: str
    track: str = ""
    reason: str = ""
    support: str = ""


@action(Permission.RECORD_SCREENING, "Recorded the questionnaire of {who}")
def record(tx: Transaction, round_id: int, sheet: Answers) -> int:
    """Seal a finished questionnaire; its id. Invalid when questions are open; RuleBroken without consent, or when a risk
    question was answered or left blank and no safety card comes with it."""
    return _record(tx, _recording(tx, round_id), sheet)


@dataclass(frozen=True, slots=True)
class _Recording:
    """What all sheets of one action share, read once."""

    round_id: int
    usual: str
    forms: dict[str, Instrument]
    country: str
    every: int

    def form(self, tx: Transaction, key: str) -> Instrument:
        """A questionnaire that may be filled in; its definition is kept with the first sheet."""
        key = key or self.usual
        if key not in self.forms:
            self.forms[key] = instrument_store.in_use(tx, key)
            instrument_store.keep(tx, self.forms[key])
        return self.forms[key]


def _recording(tx: Transaction, round_id: int) -> _Recording:
    usual = round_of(tx, round_id).rules.instrument
    every = settings.read(tx, "second entry every")
    return _Recording(round_id, usual, {}, settings.read(tx, "country"), every)


def _record(tx: Transaction, now: _Recording, sheet: Answers) -> int:
    form = now.form(tx, sheet.instrument)
    person = _checked(tx, form, sheet)
    if sheet.occasion not in rules.OCCASIONS:
        raise Invalid([Fault("occasion", "not a choice")])
    assessment_id = tx.new_id()
    found = scoring.outcome(form, sheet.values, person.sex, now.country)
    held = found.first.held if found.first else ()
    tx.run(
        insert(t.Assessment).values(
            id=assessment_id,
            person_id=sheet.person_id,
            round_id=now.round_id,
            instrument=form.key,
            version=form.version,
            cutoff_set=held[0].cutoff.basis.set if held else "",
            taken_on=sheet.taken_on,
            typed_by=tx.account.name,
            sealed=tx.seal(
                sealed_text(sheet.values, found, person.sex, now.country),
                t.sealed_of_assessment(assessment_id),
            ),
            occasion=sheet.occasion,
            second="due" if _second_due(tx, now.every) else "",
        )
    )
    cause = _cause(form, sheet.values)
    if sheet.card and cause:
        _open_card(tx, sheet.person_id, assessment_id, sheet.card, cause)
    half_typed.drop(tx, sheet.person_id, form.key)
    return assessment_id


def sealed_text(
    values: scoring.Answers, found: scoring.Outcome, sex: str, country: str
) -> bytes:
    """What is sealed of a sheet: the answers, and what they gave on the day, for whom."""
    kept = {
        "answers": dict(sorted(values.items())),
        "scores": {
            one.score.key: str(one.value)
            for one in found.scores
            if one.value is not None
        },
        "reached": found.reached,
        "sex": sex,
        "country": country,
    }
    return json.dumps(kept).encode()


def _checked(tx: Transaction, form: Instrument, sheet: Answers) -> NamedRow:
    """The person of a sheet that may be recorded."""
    faults = scoring.answer_faults(form, sheet.values) + day_faults(
        "taken_on", sheet.taken_on, tx.today
    )
    if faults:
        raise Invalid(faults)
    person = _person(tx, sheet.person_id)
    consents.need(tx, sheet.person_id, "screening")
    if sheet.occasion == "follow-up":
        consents.need(tx, sheet.person_id, "follow-up")
    _check_card(form, sheet)
    return person


def _cause(form: Instrument, values: scoring.Answers) -> str:
    """Why a sheet needs a safety card; empty when it needs none."""
    if scoring.risk_items(form, values):
        return rules.ANSWERED
    if scoring.risk_blanks(form, values):
        return rules.NOT_ANSWERED
    return ""


def _check_card(form: Instrument, sheet: Answers) -> None:
    """RuleBroken when a sheet needs a safety card and none comes with it."""
    if sheet.card is not None:
        return
    if answered := scoring.risk_items(form, sheet.values):
        raise RuleBroken(rule="safety card", questions=answered)
    if blank := scoring.risk_blanks(form, sheet.values):
        raise RuleBroken(rule="risk question not answered", questions=blank)


def _second_due(tx: Transaction, every: int) -> bool:
    """Whether this sheet is one of those that a second person types again: every so many, by the office's setting."""
    return (
        every > 0
        and tx.count(select(func.count()).select_from(t.Assessment)) % every == 0
    )


def _open_card(
    tx: Transaction,
    person_id: int,
    assessment_id: int,
    card: SafetyCard,
    cause: str,
) -> None:
    if faults := rules.card_faults(card, tx.today):
        raise Invalid(faults)
    card_id = tx.new_id()
    tx.run(
        insert(t.RiskCard).values(
            id=card_id,
            person_id=person_id,
            assessment_id=assessment_id,
            opened_on=tx.today,
            closed_on=None,
            closed_by="",
            outcome=b"",
            **safety.sealed_columns(tx, card_id, cause, card),
        )
    )


def _person(tx: Transaction, person_id: int) -> NamedRow:
    person = tx.first(select(Person.__table__).where(Person.id == person_id))
    if person is None:
        raise Missing(what="person", id=person_id)
    tx.say(who=shown(person.own_name, person.other_names))
    return person


@action(Permission.RECORD_SCREENING, "Recorded {count} questionnaires")
def record_many(tx: Transaction, round_id: int, sheets: Sequence[Answers]) -> list[int]:
    """All questionnaires of a list, or none; their ids in the same order."""
    now = _recording(tx, round_id)
    made = [_record(tx, now, sheet) for sheet in sheets]
    tx.say(count=len(made))
    return made


@action(Permission.RECORD_SCREENING, "Entered the questionnaire of {who} a second time")
def record_second(tx: Transaction, assessment_id: int, sheet: Answers) -> None:
    """The same paper by a second person. RuleBroken for whoever typed it first; a risk question that only the second saw
    answered or left blank asks for a safety card as well."""
    row = _assessment(tx, assessment_id)
    if row.typed_by == tx.account.name:
        raise RuleBroken(rule="second person")
    if row.second not in ("due", ""):
        raise RuleBroken(rule="typed twice already")
    form = instrument_store.stored(tx, row.instrument, row.version)
    carded = (
        tx.value(select(t.RiskCard.id).where(t.RiskCard.assessment_id == assessment_id))
        is not None
    )
    faults = scoring.answer_faults(form, sheet.values)
    if faults:
        raise Invalid(faults)
    _person(tx, row.person_id)
    consents.need(tx, row.person_id, "screening")
    cause = _cause(form, sheet.values)
    if cause and not carded:
        _check_card(form, sheet)
        if sheet.card:
            _open_card(tx, row.person_id, assessment_id, sheet.card, cause)
    answers = json.dumps({"answers": dict(sorted(sheet.values.items()))})
    sealed = tx.seal(answers.encode(), t.sealed_of_second_entry(assessment_id))
    made = {"typed_by": tx.account.name, "typed_on": tx.today, "sealed": sealed}
    tx.run(
        insert(t.SecondEntry).values(
            id=tx.new_id(), assessment_id=assessment_id, **made
        )
    )
    tx.run(
        update(t.Assessment)
        .where(t.Assessment.id == assessment_id)
        .values(second="typed")
    )
    half_typed.drop(tx, row.person_id, form.key, assessment_id)


@action(Permission.SEE_SCORES, "Compared the two entries of {who}")
def settle(
    tx: Transaction, assessment_id: int, chosen: Mapping[int, int | None]
) -> None:
    """End a comparison: for each question where the two differ, what the paper says. RuleBroken when one is left open."""
    found = results.comparison(tx, assessment_id)
    person = _person(tx, found.person_id)
    open_ones = tuple(
        one.number for one in found.differences if one.number not in chosen
    )
    if open_ones:
        raise RuleBroken(rule="differences open", questions=open_ones)
    both = {
        **found.first,
        **{one.number: chosen[one.number] for one in found.differences},
    }
    values = {
        number: value for number, value in both.items() if value != results.NOT_ASKED
    }
    if faults := scoring.answer_faults(found.instrument, values):
        raise Invalid(faults)
    country = settings.read(tx, "country")
    outcome = scoring.outcome(found.instrument, values, person.sex, country)
    sealed = tx.seal(
        sealed_text(values, outcome, person.sex, country),
        t.sealed_of_assessment(assessment_id),
    )
    tx.run(
        update(t.Assessment)
        .where(t.Assessment.id == assessment_id)
        .values(sealed=sealed, second="agreed")
    )


def _assessment(tx: Transaction, assessment_id: int) -> NamedRow:
    row = tx.first(
        select(t.Assessment.__table__).where(t.Assessment.id == assessment_id)
    )
    if row is None:
        raise Missing(what="assessment", id=assessment_id)
    return row


@action(Permission.DECIDE, "Decision for {who}: {pathway}")
def decide(tx: Transaction, round_id: int, decided: Decided) -> None:
    """Which way a person goes in a round; a later decision takes the place of the earlier one, the journal keeps both.

    A way that was not proposed, and waiting, ask for a reason. What was proposed, and why, is sealed with the decision.
    """
    _decide(tx, round_of(tx, round_id), decided)


def _decide(tx: Transaction, found: RoundFacts, decided: Decided) -> None:
    reason = clean(decided.reason)
    faults = text_faults("reason", reason, most=rules.OUTCOME_MOST)
    if decided.pathway not in rules.PATHWAYS:
        faults.append(Fault("pathway", "not a choice"))
    if decided.track not in rules.TRACKS:
        faults.append(Fault("track", "not a choice"))
    if decided.support not in rules.SUPPORT:
        faults.append(Fault("support", "not a choice"))
    if faults:
        raise Invalid(faults)
    _person(tx, decided.person_id)
    a = t.Assessment
    latest = (
        select(a.id)
        .where(a.person_id == decided.person_id, a.round_id == found.id)
        .order_by(a.id.desc())
    )
    assessment_id = tx.value(latest.limit(1))
    if assessment_id is None:
        raise RuleBroken(rule="not yet screened")
    consents.need(tx, decided.person_id, "screening")
    proposal = results.proposal_of(tx, decided.person_id, found)
    if not reason and (
        decided.pathway != proposal.pathway or decided.pathway == "waiting"
    ):
        raise Invalid([Fault("reason", "reason needed")])
    basis = {
        "proposed": proposal.pathway,
        "reasons": [[r.pathway, r.code, r.holds] for r in proposal.reasons],
    }
    tx.run(
        delete(t.Decision).where(
            t.Decision.person_id == decided.person_id, t.Decision.round_id == found.id
        )
    )
    made = tx.new_id()
    tx.run(
        insert(t.Decision).values(
            id=made,
            person_id=decided.person_id,
            round_id=found.id,
            assessment_id=assessment_id,
            pathway=decided.pathway,
            track=decided.track,
            decided_on=tx.today,
            decided_by=tx.account.name,
            reason=tx.seal(reason.encode(), t.sealed_of_reason(made)),
            support=decided.support,
            sealed=tx.seal(json.dumps(basis).encode(), t.sealed_of_decision(made)),
        )
    )
    tx.say(pathway=decided.pathway)


@action(Permission.DECIDE, "Recorded decisions for {count} people")
def decide_many(tx: Transaction, round_id: int, decisions: Sequence[Decided]) -> int:
    """Decisions for many, or none; the number taken."""
    found = round_of(tx, round_id)
    for decided in decisions:
        _decide(tx, found, decided)
    tx.say(count=len(decisions))
    return len(decisions)


@action(Permission.SET_UP, "Added the questionnaire {title}")
def add_instrument(
    tx: Transaction, content: Mapping[str, object], file: str = ""
) -> int:
    """A questionnaire of the office's own, from the content of a file; its id. Invalid names what is wrong, and when the
    name is one of the program's or the version is not new."""
    made = instrument_parser.instrument(content, file)
    text = instrument_store.canonical(content)
    last = tx.value(
        select(func.max(t.Definition.version)).where(t.Definition.key == made.key)
    )
    if made.key in resource.names("instruments", ".toml"):
        faults = [Fault(f"{file} key", "taken")]
    else:
        faults = []
    if last is not None and made.version <= last:
        faults.append(Fault(f"{file} version", "version not new", {"version": last}))
    if faults:
        raise Invalid(faults)
    tx.say(title=pick(made.title, "en"))
    return instrument_store.add(tx, made, text, own=True)


@action(Permission.SET_UP, "Changed the questionnaires in use: {key}")
def use_instrument(tx: Transaction, key: str, used: bool) -> None:
    """Use a questionnaire or not; Missing when there is none, its own problem when its file is wrong, RuleBroken for the
    one that a programme of the office asks for."""
    one = next((one for one in instrument_store.listed(tx) if one.key == key), None)
    if one is None:
        raise Missing(what="instrument", id=key)
    if used and one.problem is not None:
        raise one.problem
    if not used and key in {found.instrument for _id, found in programmes(tx)}:
        raise RuleBroken(rule="programme asks for it")
    off = set(settings.read(tx, "instruments off")) - {key}
    settings.write(tx, "instruments off", sorted(off if used else off | {key}))
    tx.say(key=key)
