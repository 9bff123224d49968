"""What sheets say, for those who hold the screener's key: results, what they suggest, and two entries compared."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import exists, func, select

from cbs_desktop.action import Reading, query
from cbs_desktop.errors import Missing, RuleBroken
from cbs_desktop.participants import consents
from cbs_desktop.participants.rules import age, shown
from cbs_desktop.participants.tables import Person
from cbs_desktop.places.rules import PRISON
from cbs_desktop.places.tables import Coverage, Facility, Place
from cbs_desktop.programmes.queries import RoundFacts, round_of
from cbs_desktop.programmes.tables import Round
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening import instrument_store, pathway, scoring, tables
from cbs_desktop.screening.instrument import Instrument
from cbs_desktop.screening.pathway import Applicant, PathwayProposal
from cbs_desktop.screening.scoring import Outcome
from cbs_desktop.store.values import NamedRow

_a = tables.Assessment
_d = tables.Decision


@dataclass(frozen=True, slots=True)
class Result:
    """A questionnaire as the screener sees it, scored with the definition and the sex and country of its day."""

    assessment_id: int
    person_id: int
    taken_on: date
    occasion: str
    typed_by: str
    second: str
    instrument: Instrument
    answers: dict[int, int | None]
    outcome: Outcome


def _unsealed(reading: Reading, sealed: bytes, of: str) -> dict[str, Any]:
    kept = json.loads(reading.unseal(sealed, of))
    kept["answers"] = {int(number): value for number, value in kept["answers"].items()}
    return kept


def _result(reading: Reading, row: NamedRow) -> Result:
    kept = _unsealed(reading, row.sealed, tables.sealed_of_assessment(row.id))
    form = instrument_store.stored(reading, row.instrument, row.version)
    # sheets of version 0.1 were sealed without sex and country
    sex = kept.get("sex") or row.sex
    country = kept.get("country", "RW")
    return Result(
        row.id,
        row.person_id,
        row.taken_on,
        row.occasion,
        row.typed_by,
        row.second,
        form,
        kept["answers"],
        scoring.outcome(form, kept["answers"], sex, country),
    )


@query(Permission.SEE_SCORES)
def result(reading: Reading, assessment_id: int) -> Result:
    """One sheet, unsealed; Missing when there is no such sheet, RuleBroken when it stays sealed for want of consent."""
    statement = select(*_a.__table__.c, Person.sex).join(
        Person, Person.id == _a.person_id
    )
    row = reading.first(statement.where(_a.id == assessment_id))
    if row is None:
        raise Missing(what="assessment", id=assessment_id)
    consents.need(reading, row.person_id, "screening")
    if not row.sealed:
        raise RuleBroken(rule="answers destroyed")
    return _result(reading, row)


def sheet_of(reading: Reading, assessment_id: int) -> Result | None:
    """One sheet for the person whose it is, who may read it though they no longer consent to screening; None where its
    answers were destroyed. Missing. The caller has checked the permission."""
    statement = select(*_a.__table__.c, Person.sex).join(
        Person, Person.id == _a.person_id
    )
    row = reading.first(statement.where(_a.id == assessment_id))
    if row is None:
        raise Missing(what="assessment", id=assessment_id)
    return _result(reading, row) if row.sealed else None


def results_of(reading: Reading, person_id: int, round_id: int) -> list[Result]:
    """All sheets of a person in a round, unsealed, the latest first."""
    statement = select(*_a.__table__.c, Person.sex).join(
        Person, Person.id == _a.person_id
    )
    mine = (_a.person_id == person_id, _a.round_id == round_id, _a.sealed != b"")
    return [
        _result(reading, row)
        for row in reading.rows(statement.where(*mine).order_by(_a.id.desc()))
    ]


@dataclass(frozen=True, slots=True)
class Found:
    """All that a screener sees of a person in a round: every sheet, the latest first, and what they suggest. Without
    consent for screening the sheets stay sealed; `no_consent` says why (participants.rules.why_not)."""

    person_id: int
    results: tuple[Result, ...]
    proposal: PathwayProposal
    no_consent: str = ""


@query(Permission.SEE_SCORES)
def found(reading: Reading, person_id: int, round_id: int | None = None) -> Found:
    """The sheets of a person and the proposal; Missing when there is no such person."""
    this = round_of(reading, round_id)
    why = consents.why_not(reading, person_id, "screening")
    sheets = [] if why else results_of(reading, person_id, this.id)
    proposal = _proposal(reading, person_id, this, sheets)
    return Found(person_id, tuple(sheets), proposal, why)


def proposal_of(reading: Reading, person_id: int, this: RoundFacts) -> PathwayProposal:
    """What a person's screening sheets of a round suggest."""
    return _proposal(reading, person_id, this, results_of(reading, person_id, this.id))


def _proposal(
    reading: Reading, person_id: int, this: RoundFacts, sheets: list[Result]
) -> PathwayProposal:
    p = Person
    prison = (Facility.kind == PRISON).label("in_prison")
    inside = exists().where(Coverage.district_id == Place.district_id)
    statement = (
        select(p.born_on, p.born_year, p.release_on, inside.label("covered"), prison)
        .join(Place, Place.id == p.place_id)
        .outerjoin(Facility, Facility.id == p.facility_id)
        .where(p.id == person_id)
    )
    row = reading.first(statement)
    if row is None:
        raise Missing(what="person", id=person_id)
    earlier = (
        select(Round.name)
        .join(_d, _d.round_id == Round.id)
        .where(
            _d.person_id == person_id,
            _d.pathway == "sociotherapy",
            Round.starts < this.plan.starts,
        )
        .order_by(Round.starts)
    )
    latest: dict[str, tuple[Instrument, Outcome]] = {}
    for sheet in sheets:
        if sheet.occasion == "screening":
            latest.setdefault(sheet.instrument.key, (sheet.instrument, sheet.outcome))
    applicant = Applicant(
        age=age(row.born_on, row.born_year, this.plan.starts),
        in_district=row.covered,
        earlier=tuple(reading.column(earlier)),
        inside=bool(row.in_prison),
        release_on=row.release_on,
        last_session=this.plan.starts
        + timedelta(days=this.rules.every_days * (this.rules.sessions - 1)),
        sheets=latest,
    )
    return pathway.propose(instrument_store.pathways(), applicant)


@dataclass(frozen=True, slots=True)
class Measured:
    """One score of one sheet: the bulk of an outcome report."""

    person_id: int
    occasion: str
    taken_on: date
    sex: str
    value: Decimal | None
    reached: bool | None


def measured(reading: Reading, round_id: int, key: str) -> Iterator[Measured]:
    """The first score of every sheet of an instrument in a round, in the order they were recorded, scored anew from the
    answers with its own definition; of people who consent to screening. The caller has checked the permission."""
    forms: dict[int, Instrument] = {}
    columns = (
        _a.id,
        _a.person_id,
        _a.occasion,
        _a.taken_on,
        _a.version,
        _a.sealed,
        Person.sex,
    )
    statement = select(*columns).join(Person, Person.id == _a.person_id)
    for row in reading.rows(
        statement.where(
            _a.round_id == round_id,
            _a.instrument == key,
            _a.sealed != b"",  # destroyed after its time
            consents.agrees("screening", reading.today),
        ).order_by(_a.id)
    ):
        if row.version not in forms:
            forms[row.version] = instrument_store.stored(reading, key, row.version)
        form = forms[row.version]
        of = tables.sealed_of_assessment(row.id)
        kept = _unsealed(reading, row.sealed, of)
        sex = kept.get("sex") or row.sex
        country = kept.get("country", "RW")
        score = form.scores[0]
        value = scoring.value_of(form, score, kept["answers"])
        cutoff = scoring.first_cutoff(form, score, sex, country)
        reached = None if value is None or cutoff is None else cutoff.reached(value)
        yield Measured(row.person_id, row.occasion, row.taken_on, sex, value, reached)


def sealed_people(reading: Reading, round_id: int, key: str) -> int:
    """How many people have sheets of an instrument in a round that stay sealed for want of consent."""
    people = select(func.count(func.distinct(_a.person_id)))
    of_round = people.join(Person, Person.id == _a.person_id).where(
        _a.round_id == round_id, _a.instrument == key
    )
    return reading.count(of_round.where(~consents.agrees("screening", reading.today)))


def people_without_answers(reading: Reading, round_id: int, key: str) -> int:
    """How many people consent to screening and have sheets of an instrument in a round whose answers were destroyed."""
    people = select(func.count(func.distinct(_a.person_id)))
    of_round = people.join(Person, Person.id == _a.person_id).where(
        _a.round_id == round_id, _a.instrument == key, _a.sealed == b""
    )
    return reading.count(of_round.where(consents.agrees("screening", reading.today)))


@dataclass(frozen=True, slots=True)
class Difference:
    """A question where two entries of the same paper differ; None was left blank, -1 was not asked."""

    number: int
    first: int | None
    second: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two entries of one paper: who typed them, and where they differ."""

    assessment_id: int
    person_id: int
    name: str
    instrument: Instrument
    first_by: str
    second_by: str
    first: dict[int, int | None]
    differences: tuple[Difference, ...]


NOT_ASKED = -1


@query(Permission.SEE_SCORES)
def comparison(reading: Reading, assessment_id: int) -> Comparison:
    """The two entries of a sheet side by side; Missing when it was not typed twice, RuleBroken without consent."""
    s = tables.SecondEntry
    p = Person
    statement = (
        select(
            *_a.__table__.c,
            s.sealed.label("again"),
            s.typed_by.label("second_by"),
            p.own_name,
            p.other_names,
        )
        .join(s, s.assessment_id == _a.id)
        .join(p, p.id == _a.person_id)
        .where(_a.id == assessment_id)
    )
    row = reading.first(statement)
    if row is None:
        raise Missing(what="second entry", id=assessment_id)
    consents.need(reading, row.person_id, "screening")
    of_first = tables.sealed_of_assessment(row.id)
    first = _unsealed(reading, row.sealed, of_first)["answers"]
    of_second = tables.sealed_of_second_entry(row.id)
    second = _unsealed(reading, row.again, of_second)["answers"]
    form = instrument_store.stored(reading, row.instrument, row.version)
    pairs = [
        (i.number, first.get(i.number, NOT_ASKED), second.get(i.number, NOT_ASKED))
        for i in form.items
    ]
    return Comparison(
        row.id,
        row.person_id,
        shown(row.own_name, row.other_names),
        form,
        row.typed_by,
        row.second_by,
        first,
        tuple(Difference(*pair) for pair in pairs if pair[1] != pair[2]),
    )
