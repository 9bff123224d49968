"""Who waits to be screened, decided on, or typed again; what the entry screen needs. Office data only: nothing unsealed."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import and_, func, select

from cbs_desktop.action import Reading, query
from cbs_desktop.errors import Missing
from cbs_desktop.participants import consents
from cbs_desktop.participants.rules import age, shown
from cbs_desktop.participants.tables import Person
from cbs_desktop.places.tables import Place
from cbs_desktop.programmes.queries import round_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening import discretion, half_typed, instrument_store, tables
from cbs_desktop.screening.instrument import Instrument
from cbs_desktop.screening.instrument_store import ListedInstrument
from cbs_desktop.store.values import NamedRow, value_of

_a = tables.Assessment
_d = tables.Decision


@dataclass(frozen=True, slots=True)
class Awaiting:
    """Somebody in the line of screening. `state` is new, to decide, or the pathway decided; `since` the day it began."""

    person_id: int
    number: str
    name: str
    sex: str
    age: int | None
    place: str
    state: str
    since: date
    draft: bool = False  # half typed by whoever asks
    begun_by: str = ""  # or by somebody else


@query(Permission.RECORD_SCREENING)
def line(reading: Reading, round_id: int | None = None) -> list[Awaiting]:
    """Everybody of a round: first who is to be decided on, then who is to be screened, who was referred, who waits, all
    others; in each of these the longest waiting first."""
    found = round_of(reading, round_id)
    latest = (
        select(_a.person_id, func.max(_a.taken_on).label("taken_on"))
        .where(_a.round_id == found.id)
        .group_by(_a.person_id)
        .subquery()
    )
    decision = and_(_d.person_id == Person.id, _d.round_id == found.id)
    p = Person
    statement = (
        select(p, Place.path, latest.c.taken_on, _d.decided_on)
        .with_only_columns(
            p.id,
            p.number,
            p.own_name,
            p.other_names,
            p.sex,
            p.born_on,
            p.born_year,
            p.registered_on,
            Place.path,
            latest.c.taken_on,
            discretion.pathway(reading),
            _d.decided_on,
        )
        .join(Place, Place.id == p.place_id)
        .outerjoin(latest, latest.c.person_id == p.id)
        .outerjoin(_d, decision)
        .where(p.left_on.is_(None))
    )
    d = tables.Draft
    half = dict(reading.rows(select(d.person_id, d.typed_by).where(d.second_of == 0)))
    mine = select(d.person_id, d.typed_by).where(d.typed_by == reading.account.name)
    half |= dict(reading.rows(mine))
    people = [_awaiting(row, reading, half) for row in reading.rows(statement)]
    order = {"to decide": 0, "new": 1, "refer": 2, "waiting": 3}
    return sorted(
        people, key=lambda one: (order.get(one.state, 4), one.since, one.number)
    )


def _awaiting(row: NamedRow, reading: Reading, half: dict[int, str]) -> Awaiting:
    begun_by = half.get(row.id, "")
    mine = begun_by == reading.account.name
    state = row.pathway
    if not state:
        state = "to decide" if row.taken_on else "new"
    return Awaiting(
        person_id=row.id,
        number=row.number,
        name=shown(row.own_name, row.other_names),
        sex=row.sex,
        age=age(row.born_on, row.born_year, reading.today),
        place=row.path,
        state=state,
        since=row.decided_on or row.taken_on or row.registered_on,
        draft=mine,
        begun_by="" if mine else begun_by,
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """A sheet that was recorded: when, on which occasion, with what, and whether it is to be typed again."""

    assessment_id: int
    instrument: str
    occasion: str
    taken_on: date
    second: str
    typed_by: str


@dataclass(frozen=True, slots=True)
class Begun:
    """A sheet that somebody else has half typed, and how many answers there are. What they are is not told."""

    typed_by: str
    answers: int


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """What the entry screen needs: the person, the questionnaires in use with the one to be filled in, why there is no
    consent for it (of participants.rules.why_not; empty when there is), what was recorded before, and what this account
    has half typed, with the safety card beside it. `begun_by` are others who have it half typed. `second_of` is the sheet
    typed again."""

    person_id: int
    number: str
    name: str
    sex: str
    age: int | None
    no_consent: str
    round_id: int
    instruments: tuple[Instrument, ...]
    instrument: Instrument
    draft: dict[int, int | None]
    taken: tuple[Taken, ...]
    pathway: str
    second_of: int | None = None
    card: dict[str, object] = field(default_factory=dict[str, object])
    begun_by: tuple[Begun, ...] = ()


@query(Permission.RECORD_SCREENING)
def sheet(
    reading: Reading, person_id: int, round_id: int | None = None, instrument: str = ""
) -> AnswerSheet:
    """A questionnaire for a person, the programme's own unless named; Missing when there is no such person."""
    found = round_of(reading, round_id)
    key = instrument or found.rules.instrument
    return _sheet(reading, person_id, found.id, instrument_store.in_use(reading, key))


@query(Permission.RECORD_SCREENING)
def second_sheet(reading: Reading, assessment_id: int) -> AnswerSheet:
    """An empty sheet to type a paper a second time, as it was defined then; Missing when there is no such sheet."""
    row = reading.first(select(_a.__table__).where(_a.id == assessment_id))
    if row is None:
        raise Missing(what="assessment", id=assessment_id)
    form = instrument_store.stored(reading, row.instrument, row.version)
    return _sheet(reading, row.person_id, row.round_id, form, assessment_id)


def _sheet(
    reading: Reading,
    person_id: int,
    round_id: int,
    form: Instrument,
    second_of: int | None = None,
) -> AnswerSheet:
    person = reading.first(select(Person.__table__).where(Person.id == person_id))
    if person is None:
        raise Missing(what="person", id=person_id)
    why = consents.why_not(reading, person_id, "screening")
    of_round = (_a.person_id == person_id, _a.round_id == round_id)
    pathway = select(discretion.pathway(reading)).where(
        _d.person_id == person_id, _d.round_id == round_id
    )
    sheets = (
        select(
            _a.id.label("assessment_id"),
            _a.instrument,
            _a.occasion,
            _a.taken_on,
            _a.second,
            _a.typed_by,
        )
        .where(*of_round)
        .order_by(_a.id)
    )
    answers, card = ({}, {}) if why else _draft(reading, person_id, form, second_of)
    return AnswerSheet(
        person_id,
        person.number,
        shown(person.own_name, person.other_names),
        person.sex,
        age(person.born_on, person.born_year, reading.today),
        why,
        round_id,
        tuple(instrument_store.usable(reading).values()),
        form,
        answers,
        tuple(value_of(Taken, row) for row in reading.rows(sheets)),
        reading.value(pathway) or "",
        second_of,
        card,
        _begun(reading, person_id, form, second_of),
    )


def _draft(
    reading: Reading, person_id: int, form: Instrument, second_of: int | None
) -> tuple[dict[int, int | None], dict[str, object]]:
    """What this account has typed of a sheet and not recorded: answers, and the safety card; of another version of the
    file nothing is taken over."""
    d = tables.Draft
    mine = (
        d.person_id == person_id,
        d.instrument == form.key,
        d.typed_by == reading.account.name,
        d.second_of == (second_of or 0),
    )
    row = reading.first(select(d.__table__).where(*mine, d.version == form.version))
    typed = half_typed.typed(reading, row) if row is not None else None
    if typed is None:
        return {}, {}
    return typed.answers, typed.card


def _begun(
    reading: Reading, person_id: int, form: Instrument, second_of: int | None
) -> tuple[Begun, ...]:
    """Who else has half typed this paper. A second entry is not shown to the first, nor the first to the second."""
    d = tables.Draft
    theirs = (
        d.person_id == person_id,
        d.instrument == form.key,
        d.version == form.version,
        d.typed_by != reading.account.name,
        d.second_of == (second_of or 0),
    )
    begun: list[Begun] = []
    for row in reading.rows(select(d.__table__).where(*theirs)):
        typed = half_typed.typed(reading, row)
        if typed is not None:
            begun.append(Begun(row.typed_by, len(typed.answers)))
    return tuple(begun)


@query(Permission.RECORD_SCREENING)
def drafts(reading: Reading) -> int:
    """How many sheets this account has half typed."""
    mine = tables.Draft.typed_by == reading.account.name
    return reading.count(select(func.count()).select_from(tables.Draft).where(mine))


@dataclass(frozen=True, slots=True)
class Again:
    """A sheet of which a second entry is due, or typed and to be compared."""

    assessment_id: int
    person_id: int
    number: str
    name: str
    instrument: str
    taken_on: date
    typed_by: str
    second: str


@query(Permission.RECORD_SCREENING)
def second_entries(reading: Reading) -> list[Again]:
    """Sheets to be typed a second time, and those to be compared, the oldest first."""
    p = Person
    statement = (
        select(
            _a.id,
            _a.person_id,
            p.number,
            p.own_name,
            p.other_names,
            _a.instrument,
            _a.taken_on,
            _a.typed_by,
            _a.second,
        )
        .join(p, p.id == _a.person_id)
        .where(_a.second.in_(("due", "typed")))
        .order_by(_a.taken_on, _a.id)
    )
    entries: list[Again] = []
    for row in reading.rows(statement):
        entry = Again(
            assessment_id=row.id,
            person_id=row.person_id,
            number=row.number,
            name=shown(row.own_name, row.other_names),
            instrument=row.instrument,
            taken_on=row.taken_on,
            typed_by=row.typed_by,
            second=row.second,
        )
        entries.append(entry)
    return entries


def second_count(reading: Reading, state: str) -> int:
    """How many sheets are due to be typed again, or typed and to be compared."""
    return reading.count(select(func.count()).select_from(_a).where(_a.second == state))


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody on the waiting list: the place in the order, why (for those who decide) and since when. Days are waited
    since the decision."""

    place: int
    person_id: int
    number: str
    name: str
    sex: str
    age: int | None
    where: str
    reason: str
    since: date
    days: int
    registered_on: date


def reason_of(reading: Reading, decision_id: int, sealed: bytes) -> str:
    """Why somebody decided so, for those who decide; empty for everybody else, and where nothing was typed."""
    if not sealed or not reading.account.may(Permission.DECIDE):
        return ""
    return reading.unseal(sealed, tables.sealed_of_reason(decision_id)).decode()


@query(Permission.RECORD_SCREENING)
def waiting_list(reading: Reading, round_id: int | None = None) -> list[Waiting]:
    """Everybody whose decision is to wait, in the order in which they get a place: the longest waiting first."""
    found = round_of(reading, round_id)
    p = Person
    statement = (
        select(
            p.id,
            p.number,
            p.own_name,
            p.other_names,
            p.sex,
            p.born_on,
            p.born_year,
            Place.path,
            _d.id.label("decision_id"),
            _d.reason,
            _d.decided_on,
            p.registered_on,
        )
        .join(_d, _d.person_id == p.id)
        .join(Place, Place.id == p.place_id)
        .where(_d.round_id == found.id, _d.pathway == "waiting", p.left_on.is_(None))
        .order_by(_d.decided_on, p.registered_on, p.number)
    )
    return [
        Waiting(
            place,
            row.id,
            row.number,
            shown(row.own_name, row.other_names),
            row.sex,
            age(row.born_on, row.born_year, reading.today),
            row.path,
            reason_of(reading, row.decision_id, row.reason),
            row.decided_on,
            (reading.today - row.decided_on).days,
            row.registered_on,
        )
        for place, row in enumerate(reading.rows(statement), 1)
    ]


@query(Permission.LOOK)
def questionnaires(reading: Reading) -> list[ListedInstrument]:
    """All questionnaires with their state, for the office and for blank forms."""
    return instrument_store.listed(reading)
