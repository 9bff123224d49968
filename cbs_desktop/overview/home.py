"""Home: what needs doing today, from the data, and how far the season is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select

from cbs_desktop import settings
from cbs_desktop.action import Reading, query
from cbs_desktop.attendance.queries import Progress, season
from cbs_desktop.certificates.mismatches import PaperMismatch, mismatches_in
from cbs_desktop.certificates.queries import Candidate, candidates_in
from cbs_desktop.certificates.tables import Certificate, Print
from cbs_desktop.errors import NoRound
from cbs_desktop.groups.tables import Group
from cbs_desktop.needs.queries import NeedLine, every_list, open_runs
from cbs_desktop.overview.consents import NO_CONSENT, without_consent
from cbs_desktop.overview.first_steps import first_steps
from cbs_desktop.overview.roster import by_state
from cbs_desktop.participants.tables import Person
from cbs_desktop.programmes.queries import RoundFacts, round_of
from cbs_desktop.protection.queries import open_losses
from cbs_desktop.rights.queries import due
from cbs_desktop.rights.retention import due_count
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening.queries import second_count
from cbs_desktop.screening.safety import open_count
from cbs_desktop.screening.tables import Assessment, Decision
from cbs_desktop.text import read_day

BACKUP_DAYS = 7


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: a code, how many, an example to name, and the oldest day. Most urgent first."""

    code: str
    count: int
    example: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Today:
    """All that Home shows. `round` is None until one is opened."""

    todos: tuple[Todo, ...]
    states: dict[str, int]
    round: RoundFacts | None
    week: int
    groups: int
    progress: Progress | None
    ready: int
    certificates: int
    over: bool = False  # the last session of the round lies behind
    steps: dict[str, bool] = field(default_factory=dict)  # first_steps.py


@query(Permission.LOOK)
def today(reading: Reading) -> Today:
    """What needs doing, and how far the season is."""
    states = by_state(reading)
    steps = first_steps(reading)
    try:
        found = round_of(reading)
    except NoRound:
        every = (*_breaches(reading), *_rights(reading), *_backup(reading))
        todos = tuple(todo for todo in every if todo.count)
        return Today(todos, states, None, 0, 0, None, 0, 0, steps=steps)
    runs = open_runs(reading)
    every = next(run.grids for run in runs if run.facts.id == found.id)
    people = candidates_in(reading, found, every)
    groups = select(func.count()).select_from(Group).where(Group.round_id == found.id)
    issued = select(func.count()).select_from(Certificate)
    weeks = (reading.today - found.plan.starts).days // 7 + 1
    return Today(
        todos=tuple(
            todo
            for todo in _todos(
                reading,
                found,
                states,
                people,
                every_list(reading, runs),
                mismatches_in(reading, found, people),
            )
            if todo.count
        ),
        states=states,
        round=found,
        week=weeks,
        groups=reading.count(groups),
        progress=season(reading, found.id),
        ready=sum(one.ready for one in people),
        certificates=reading.count(
            issued.where(
                Certificate.round_id == found.id, Certificate.withdrawn_on.is_(None)
            )
        ),
        over=_is_over(reading, found),
        steps=steps,
    )


def _is_over(reading: Reading, found: RoundFacts) -> bool:
    return reading.today > found.plan.ends


def _rights(reading: Reading) -> Iterator[Todo]:
    """Requests of people that are to be answered within days."""
    if not reading.account.may(Permission.RIGHTS):
        return
    if reading.account.may(Permission.ERASE):
        yield Todo("retention", due_count(reading))
    found = due(reading)
    if found:
        first = found[0]
        until = first.clock.until if first.clock else None
        yield Todo("requests", len(found), first.number, until)


def _todos(
    reading: Reading,
    found: RoundFacts,
    states: dict[str, int],
    people: list[Candidate],
    needs: dict[str, list[NeedLine]],
    differing: list[PaperMismatch],
) -> Iterator[Todo]:
    yield from _breaches(reading)
    cards, oldest = open_count(reading)
    yield Todo("safety cards", cards, since=oldest)
    yield from _rights(reading)
    yield Todo(NO_CONSENT, without_consent(reading, found.id))
    for kind, lines in needs.items():
        if kind == "todays-registers":
            lines = [line for line in lines if line.day == reading.today]
        yield _need(kind, lines)
    yield Todo("to decide", states["to decide"])
    yield Todo("second entries", second_count(reading, "due"))
    yield Todo("to compare", second_count(reading, "typed"))
    yield Todo("to screen", states["new"], since=_oldest_new(reading, found.id))
    yield Todo("without a group", states["sociotherapy"])
    yield Todo(
        "papers differ", len(differing), differing[0].number if differing else ""
    )
    yield Todo("ready to graduate", sum(one.ready for one in people))
    yield Todo("to print", _unprinted(reading, found.id))
    if _is_over(reading, found):
        yield Todo("next round", 1, found.name, found.plan.ends)
    yield from _backup(reading)


# kind of a list → code of its Todo, where that is another word
_CODES = {
    "todays-registers": "registers of today",
    "no-register": "registers missing",
    "visits": "absent twice",
    "must-attend": "must not miss",
    "cannot-graduate": "cannot graduate",
    "never-came": "never came",
    "no-facilitator": "no facilitator",
    "meeting-day": "meeting day",
}


def _need(kind: str, lines: list[NeedLine]) -> Todo:
    """A list of what needs a person: how many stand on it, the first of them, and for registers the oldest day."""
    code = _CODES[kind]
    if not lines:
        return Todo(code, 0)
    first = lines[0]
    if kind == "no-register":
        first = min(lines, key=_planned_on)
        return Todo(code, len(lines), first.group, first.day)
    return Todo(code, len(lines), first.name or first.group)


def _planned_on(line: NeedLine) -> date:
    return line.day or date.max


def _oldest_new(reading: Reading, round_id: int) -> date | None:
    """When the first of those who are not screened in this round was registered."""
    screened = select(Assessment.person_id).where(Assessment.round_id == round_id)
    decided = select(Decision.person_id).where(Decision.round_id == round_id)
    oldest = select(func.min(Person.registered_on)).where(
        Person.left_on.is_(None),
        Person.id.not_in(screened),
        Person.id.not_in(decided),
    )
    return reading.value(oldest)


def _unprinted(reading: Reading, round_id: int) -> int:
    printed = select(Print.certificate_id).where(
        Print.came_out.is_not(False)
    )  # what jammed is still to be printed
    waiting = (
        select(func.count())
        .select_from(Certificate)
        .where(Certificate.id.not_in(printed))
    )
    return reading.count(
        waiting.where(
            Certificate.round_id == round_id, Certificate.withdrawn_on.is_(None)
        )
    )


def _breaches(reading: Reading) -> Iterator[Todo]:
    """Losses that are open; the example has the moments from which its two clocks run (`open_losses`)."""
    count, untold, unreported = open_losses(reading)
    if count and reading.account.may(Permission.READ_JOURNAL):
        yield Todo("breach", count, f"{untold}|{unreported}")


def _backup(reading: Reading) -> Iterator[Todo]:
    last = settings.read(reading, "last backup")
    day = read_day(last[:10]) if last else None
    if not reading.practice and (
        day is None or (reading.today - day).days >= BACKUP_DAYS
    ):
        yield Todo("backup", 1, since=day)
