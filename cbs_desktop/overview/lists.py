"""The everyday lists as values: who stands on one, in which order, with what; and the list that an account chose last."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from cbs_desktop import settings
from cbs_desktop.action import Reading, Transaction, action, batches, query
from cbs_desktop.errors import Fault, Invalid, Missing
from cbs_desktop.overview.list_kinds import (
    CHOOSABLE,
    DIVIDED,
    KINDS,
    LEVELS,
    NAMELESS,
    ListKind,
)
from cbs_desktop.overview.roster import group_now, latest_round, matching, state_now
from cbs_desktop.participants import phones
from cbs_desktop.participants.consents import agrees, restricted
from cbs_desktop.participants.queries import country_of
from cbs_desktop.participants.rules import age, shown
from cbs_desktop.participants.tables import Person
from cbs_desktop.places.rules import SEPARATOR
from cbs_desktop.places.tables import Place
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening.queries import reason_of
from cbs_desktop.screening.tables import Decision
from cbs_desktop.store.values import NamedRow, NamedSelect
from cbs_desktop.text import fold

_AT_ONCE = 5_000  # people of one statement
_SECTOR = 3
_CELL = 4


@query(Permission.LOOK)
def roster_ids(
    reading: Reading,
    words: str = "",
    state: str = "",
    district_id: int | None = None,
) -> list[int]:
    """Everybody whom `roster` would show, also beyond the page that was asked for."""
    wanted = select(Person.id).where(*matching(reading, words, state, district_id))
    return reading.column(wanted)


@dataclass(frozen=True, slots=True)
class ListChoice:
    """How an own list is made: its columns in the order of COLUMNS, what it is divided by, and the level of place."""

    columns: tuple[str, ...]
    divided: str = ""
    level: int = 5


@dataclass(frozen=True, slots=True)
class ListRequest:
    """A list that is asked for: a kind, the filter of the list of people, or those who were ticked. `choice` stands in
    the place of what the kind says."""

    kind: str
    words: str = ""
    state: str = ""
    district_id: int | None = None
    person_ids: tuple[int, ...] | None = None
    choice: ListChoice | None = None


@dataclass(frozen=True, slots=True)
class ListLine:
    """A person of a list. `shared`: agrees to be named to others. `part` is the head that they stand under;
    no phone stands here of somebody whom a call may put in danger."""

    id: int
    number: str
    name: str
    shared: bool
    sex: str
    age: int | None
    born: int | None
    place: str
    phone: str
    phone_of: str
    state: str
    group: str
    consent: bool
    registered: date
    part: str
    reason: str = ""
    since: date | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class PeopleList:
    """A list with its lines in their order. `missing` is how many of those ticked do not belong on it."""

    request: ListRequest
    choice: ListChoice
    district: str
    made_on: date
    lines: tuple[ListLine, ...]
    missing: int = 0


@query(Permission.PRINT)
def people_list(reading: Reading, request: ListRequest) -> PeopleList:
    """The list that is asked for. Invalid for a kind or a column that is none; the waiting list is for those who record
    screening, and why somebody waits for those who decide."""
    kind = _kind(request)
    if kind.state == "waiting":
        reading.need(Permission.RECORD_SCREENING)
    choice = _choice(kind, request)
    if not reading.account.may(Permission.DECIDE):
        told = tuple(column for column in choice.columns if column != "reason")
        choice = replace(choice, columns=told)
    country = country_of(reading)
    lines: list[ListLine] = []
    for row in _rows(reading, request, kind):
        line = _line(row, choice, country, reading.today)
        if kind.state == "waiting":
            line = _waiting(reading, line, row)
        lines.append(line)
    lines.sort(key=_order(request.kind))
    missing = 0
    if request.person_ids is not None:
        missing = len(set(request.person_ids)) - len(lines)
    district = _district(reading, request.district_id)
    return PeopleList(request, choice, district, reading.today, tuple(lines), missing)


def _kind(request: ListRequest) -> ListKind:
    kind = KINDS.get(request.kind)
    if kind is None:
        raise Invalid([Fault("kind", "not a choice")])
    return kind


def _choice(kind: ListKind, request: ListRequest) -> ListChoice:
    choice = request.choice or ListChoice(kind.columns, kind.divided, kind.level)
    allowed = {*kind.columns, *CHOOSABLE}
    if not kind.named:
        allowed = set(NAMELESS)
    if faults := choice_faults(choice, allowed):
        raise Invalid(faults)
    return choice


def choice_faults(choice: ListChoice, allowed: Iterable[str]) -> list[Fault]:
    """No column, one that a list never shows, or a division or a level that is none."""
    faults: list[Fault] = []
    if not choice.columns:
        faults.append(Fault("columns", "needed"))
    if not set(choice.columns) <= set(allowed):
        faults.append(Fault("columns", "not a choice"))
    if choice.divided not in DIVIDED:
        faults.append(Fault("divided", "not a choice"))
    if choice.level not in LEVELS:
        faults.append(Fault("level", "not a choice"))
    return faults


def _rows(reading: Reading, request: ListRequest, kind: ListKind) -> Iterable[NamedRow]:
    statement = _statement(reading)
    if kind.state:
        statement = statement.where(state_now(reading) == kind.state)
    if request.person_ids is not None:
        for part in batches(dict.fromkeys(request.person_ids), _AT_ONCE):
            yield from reading.rows(statement.where(Person.id.in_(part)))
        return
    words, state = request.words, request.state
    if not state and not kind.state:
        statement = statement.where(Person.left_on.is_(None))
    yield from reading.rows(
        statement.where(*matching(reading, words, state, request.district_id))
    )


def _statement(reading: Reading) -> NamedSelect:
    d = aliased(Decision)  # the state asks for decisions in a statement of its own
    of_round = d.round_id == latest_round(reading)
    decided = and_(d.person_id == Person.id, of_round)
    p = Person
    return (
        select(
            p.id,
            p.number,
            p.own_name,
            p.other_names,
            p.sex,
            p.born_on,
            p.born_year,
            p.phone,
            p.phone_of,
            p.safe_to_call,
            p.registered_on,
            Place.path,
            d.id.label("decision_id"),
            d.reason,
            d.decided_on,
            group_now(),
            state_now(reading).label("state"),
            agrees("programme", reading.today).label("consent"),
            agrees("sharing", reading.today).label("shared"),
        )
        .join(Place, Place.id == p.place_id)
        .outerjoin(d, decided)
        .where(~restricted(reading.today))
    )


def _line(row: NamedRow, choice: ListChoice, country: str, today: date) -> ListLine:
    born = row.born_on.year if row.born_on else row.born_year
    phone = phones.to_call(row.phone, row.safe_to_call, country)
    return ListLine(
        id=row.id,
        number=row.number,
        name=shown(row.own_name, row.other_names),
        shared=bool(row.shared),
        sex=row.sex,
        age=age(row.born_on, row.born_year, today),
        born=born,
        place=_place(row.path, choice),
        phone=phone,
        phone_of=row.phone_of if phone else "",
        state=row.state,
        group=row.group,
        consent=bool(row.consent),
        registered=row.registered_on,
        part=_part(row, choice),
    )


def _waiting(reading: Reading, line: ListLine, row: NamedRow) -> ListLine:
    """With since when somebody waits, and why for those who decide: for the waiting list alone."""
    since = row.decided_on
    if since is None:
        return line
    reason = reason_of(reading, row.decision_id, row.reason)
    days = (reading.today - since).days
    return replace(line, reason=reason, since=since, days=days)


def _place(path: str, choice: ListChoice) -> str:
    """The place down to the level wanted, without what the head of the part says already."""
    names = path.split(SEPARATOR)[: choice.level - 1]
    above = {"sector": _SECTOR - 1, "cell": _CELL - 1}.get(choice.divided, 0)
    return SEPARATOR.join(names[above:])


def _part(row: NamedRow, choice: ListChoice) -> str:
    names = row.path.split(SEPARATOR)
    if choice.divided == "sector":
        return SEPARATOR.join(names[: _SECTOR - 1])
    if choice.divided == "cell":
        return SEPARATOR.join(names[: _CELL - 1])
    if choice.divided == "group":
        return row.group
    return ""


def _order(kind: str) -> Callable[[ListLine], tuple[object, ...]]:
    """How a list is sorted: the waiting list by turn, ages by age so that nobody is told by their place in it, all else
    by part and name."""
    if kind == "waiting":
        return _by_turn
    if kind == "ages":
        return _by_age
    return _by_name


def _by_part(line: ListLine) -> tuple[object, ...]:
    """Parts by name; who is in none comes last."""
    return not line.part, fold(line.part), line.part


def _by_name(line: ListLine) -> tuple[object, ...]:
    return *_by_part(line), fold(line.name), line.number


def _by_turn(line: ListLine) -> tuple[object, ...]:
    return *_by_part(line), line.since or date.max, line.registered, line.number


def _by_age(line: ListLine) -> tuple[object, ...]:
    return *_by_part(line), line.born is None, -(line.born or 0), line.sex, line.place


def _district(reading: Reading, district_id: int | None) -> str:
    if district_id is None:
        return ""
    name = reading.value(select(Place.name).where(Place.id == district_id))
    if name is None:
        raise Missing(what="place", id=district_id)
    return name


@query(Permission.PRINT)
def list_choice(reading: Reading) -> ListChoice:
    """The own list that this account chose last, or the usual columns."""
    kept = settings.read(reading, "list columns").get(reading.account.name)
    if kept:
        choice = ListChoice(tuple(kept["columns"]), kept["divided"], kept["level"])
        if not choice_faults(choice, CHOOSABLE):
            return choice
    usual = KINDS["own"]
    return ListChoice(usual.columns, usual.divided, usual.level)


@action(Permission.PRINT, "Remembered the columns of a list")
def remember_list(tx: Transaction, choice: ListChoice) -> None:
    """Keep how this account likes its own list. Nothing is written when it is as it was."""
    if faults := choice_faults(choice, CHOOSABLE):
        raise Invalid(faults)
    if list_choice(tx) == choice:
        return
    known: dict[str, object] = dict(settings.read(tx, "list columns"))
    known[tx.account.name] = _kept(choice)
    settings.write(tx, "list columns", known)


def _kept(choice: ListChoice) -> dict[str, object]:
    columns: Sequence[str] = list(choice.columns)
    return {"columns": columns, "divided": choice.divided, "level": choice.level}
