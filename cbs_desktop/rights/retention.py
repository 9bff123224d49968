"""What is kept for too long (Rwanda, Law 058/2021, art. 52): answers of rounds long over, and people not seen for years."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Executable, func, or_, select, union_all

from cbs_desktop import settings
from cbs_desktop.action import Reading, query
from cbs_desktop.certificates.tables import Certificate
from cbs_desktop.groups.tables import Group, Membership
from cbs_desktop.needs.tables import Visit
from cbs_desktop.participants.consents import restricted
from cbs_desktop.participants.tables import Consent, Erased, Person
from cbs_desktop.programmes.tables import Round
from cbs_desktop.rights import rules
from cbs_desktop.rights.queries import coordinators, law_of
from cbs_desktop.rights.rules import IDENTITY, RAW, Periods
from cbs_desktop.rights.tables import Destruction, SubjectRequest
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening.tables import Assessment, Decision, Draft, RiskCard

_SHORT_MONTH = 28  # days: nothing is due before
_a = Assessment
_d = Decision
_Pair = tuple[int, int]  # ids of a person and a round


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be destroyed: the answers of a person in a round, or who a person is. `last` is the end of the round or
    the last that is known of the person; `request` the open request to be erased of the second kind, with who took it in."""

    kind: str
    person_id: int
    number: str
    last: date
    until: date
    round_id: int = 0
    round: str = ""
    request: int = 0
    taken_by: str = ""


@dataclass(frozen=True, slots=True)
class Retention:
    """What is due, the oldest first; how many entries are held back, for they are restricted, asked about or still to be
    followed up; the periods, and where those of the law stand."""

    due: tuple[Due, ...]
    held: int
    periods: Periods
    sources: dict[str, str]
    alone: bool


def periods_of(reading: Reading) -> Periods:
    """The months that the office chose, else those of the country."""
    chosen = settings.read(reading, "keep periods")
    figures = law_of(reading).figures
    return Periods(
        chosen.get(RAW) or figures["keep_answers_months"].value,
        chosen.get(IDENTITY) or figures["keep_identity_months"].value,
    )


@query(Permission.ERASE)
def retention(reading: Reading) -> Retention:
    """What is kept for too long."""
    periods = periods_of(reading)
    every = [*_answers(reading, periods), *_people(reading, periods)]
    every.sort(key=lambda one: (one.until, one.number))
    held = _held(reading) if every else frozenset[int]()
    due = tuple(one for one in every if one.person_id not in held)
    return Retention(
        due=due,
        held=len(every) - len(due),
        periods=periods,
        sources=_sources(reading),
        alone=coordinators(reading) < 2,
    )


def _sources(reading: Reading) -> dict[str, str]:
    """Where the period of each class stands in the country's law."""
    figures = law_of(reading).figures
    found: dict[str, str] = {}
    for name in rules.CLASSES:
        found[name] = figures[f"keep_{name}_months"].source
    return found


def due_count(reading: Reading) -> int:
    """How much is due, for Home."""
    return len(retention(reading).due)


def _answers(reading: Reading, periods: Periods) -> list[Due]:
    found: list[Due] = []
    for round_ in reading.rows(select(Round.id, Round.name, Round.ends)):
        if not rules.is_due(round_.ends, periods.answers, reading.today):
            continue
        until = rules.kept_until(round_.ends, periods.answers)
        for person_id, number in _with_answers(reading, round_.id):
            one = Due(
                RAW, person_id, number, round_.ends, until, round_.id, round_.name
            )
            found.append(one)
    return found


def _with_answers(reading: Reading, round_id: int) -> Iterable[tuple[int, str]]:
    """People of whom a round still has answers, reasons of a decision, half-typed sheets or safety cards."""
    k = RiskCard
    p = Person
    of_round = _a.round_id == round_id
    has_answers = _a.sealed != b""
    sheets = select(_a.person_id).where(of_round, has_answers)
    has_reason = _d.reason != b""
    has_basis = _d.sealed != b""
    has_support = _d.support != ""
    has_text = or_(has_reason, has_basis, has_support)
    decisions = select(_d.person_id).where(has_text)
    decided = decisions.where(_d.round_id == round_id)
    drafts = select(Draft.person_id)
    typed = drafts.where(Draft.round_id == round_id)
    cards = select(k.person_id)
    of_sheet = cards.join(_a, _a.id == k.assessment_id)
    carded = of_sheet.where(of_round)
    people = union_all(sheets, decided, typed, carded)
    found = people.subquery()
    ids = select(found.c.person_id)
    numbers = select(p.id, p.number)
    wanted = numbers.where(p.id.in_(ids))
    for row in reading.rows(wanted):
        yield row.id, row.number


def _people(reading: Reading, periods: Periods) -> list[Due]:
    early = reading.today - timedelta(days=_SHORT_MONTH * periods.identity)
    erased = select(Erased.person_id)
    p = Person
    old = select(p.id, p.number, p.registered_on, p.left_on).where(
        p.registered_on <= early, p.id.not_in(erased)
    )
    rows = reading.rows(old)
    if not rows:
        return []
    seen = _last_seen(reading)
    asked = asked_of(reading)
    found: list[Due] = []
    for row in rows:
        known = (row.registered_on, row.left_on, seen.get(row.id))
        last = max(day for day in known if day is not None)
        if not rules.is_due(last, periods.identity, reading.today):
            continue
        until = rules.kept_until(last, periods.identity)
        request, taken_by = asked.get(row.id, (0, ""))
        one = Due(
            IDENTITY,
            row.id,
            row.number,
            last,
            until,
            request=request,
            taken_by=taken_by,
        )
        found.append(one)
    return found


def _last_seen(reading: Reading) -> dict[int, date]:
    """The last day on which anything was noted about a person; a place in a group counts until the end of its round."""
    c = Consent
    m = Membership
    r = SubjectRequest
    x = Certificate
    given = select(c.person_id, func.max(c.given_on))
    withdrawn = select(c.person_id, func.max(c.withdrawn_on))
    screened = select(_a.person_id, func.max(_a.taken_on))
    decided = select(_d.person_id, func.max(_d.decided_on))
    ends = select(m.person_id, func.max(Round.ends))
    in_groups = ends.join(Group, Group.id == m.group_id)
    in_rounds = in_groups.join(Round, Round.id == Group.round_id)
    left = select(m.person_id, func.max(m.left_on))
    issued = select(x.person_id, func.max(x.issued_on))
    visited = select(Visit.person_id, func.max(Visit.visited_on))
    asked = select(r.person_id, func.max(r.received_on))
    of_person = asked.where(r.kind != rules.ERASE)
    statements: tuple[Executable, ...] = (
        given.group_by(c.person_id),
        withdrawn.group_by(c.person_id),
        screened.group_by(_a.person_id),
        decided.group_by(_d.person_id),
        in_rounds.group_by(m.person_id),
        left.group_by(m.person_id),
        issued.group_by(x.person_id),
        visited.group_by(Visit.person_id),
        of_person.group_by(r.person_id),
    )
    seen: dict[int, date] = {}
    for statement in statements:
        for person_id, day in reading.rows(statement):
            if day is not None:
                seen[person_id] = max(day, seen.get(person_id, day))
    return seen


def asked_of(reading: Reading) -> dict[int, tuple[int, str]]:
    """Open requests to be erased: person → the request, and who took it in."""
    r = SubjectRequest
    open_ones = select(r.person_id, r.id, r.taken_by).where(
        r.kind == rules.ERASE, r.answered_on.is_(None)
    )
    found: dict[int, tuple[int, str]] = {}
    for row in reading.rows(open_ones):
        found[row.person_id] = (row.id, row.taken_by)
    return found


def _held(reading: Reading) -> frozenset[int]:
    """People of whom nothing is destroyed now: restricted, with an open request, or a safety card that is open."""
    r = SubjectRequest
    statements = (
        select(Person.id).where(restricted(reading.today)),
        select(r.person_id).where(r.answered_on.is_(None), r.kind != rules.ERASE),
        select(RiskCard.person_id).where(RiskCard.closed_on.is_(None)),
    )
    found: set[int] = set()
    for statement in statements:
        found.update(reading.column(statement))
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class DestructionPreview:
    """What destroying the answers of these people would come to. What a report can no longer show comes of it: the rounds
    are named."""

    people: int
    sheets: int
    second_entries: int
    half_typed: int
    rounds: tuple[str, ...]


@query(Permission.ERASE)
def destruction_preview(
    reading: Reading, pairs: frozenset[_Pair]
) -> DestructionPreview:
    """Count what would go; `pairs` are ids of a person and a round."""
    sheets = select(_a.person_id, _a.round_id, _a.second, _a.sealed)
    counted = 0
    twice = 0
    for row in reading.rows(sheets):
        pair = (row.person_id, row.round_id)
        if pair not in pairs or not row.sealed:
            continue
        counted += 1
        if row.second in ("typed", "agreed"):
            twice += 1
    typed = 0
    drafts = select(Draft.person_id, Draft.round_id)
    for row in reading.rows(drafts):
        pair = (row.person_id, row.round_id)
        if pair in pairs:
            typed += 1
    people: set[int] = set()
    rounds: set[int] = set()
    for person_id, round_id in pairs:
        people.add(person_id)
        rounds.add(round_id)
    names = select(Round.name)
    of_rounds = names.where(Round.id.in_(rounds))
    in_order = of_rounds.order_by(Round.starts)
    return DestructionPreview(
        people=len(people),
        sheets=counted,
        second_entries=twice,
        half_typed=typed,
        rounds=tuple(reading.column(in_order)),
    )


@dataclass(frozen=True, slots=True)
class DestructionRecord:
    """What was destroyed at one time: `content` as `actions` noted it, in JSON."""

    id: int
    done_on: date
    done_by: str
    kind: str
    content: str


@query(Permission.ERASE)
def destructions(reading: Reading) -> list[DestructionRecord]:
    """Every record of a destruction, the latest first."""
    x = Destruction
    found: list[DestructionRecord] = []
    latest = select(x.__table__).order_by(x.done_on.desc(), x.id.desc())
    for row in reading.rows(latest):
        made = DestructionRecord(
            row.id, row.done_on, row.done_by, row.kind, row.content
        )
        found.append(made)
    return found
