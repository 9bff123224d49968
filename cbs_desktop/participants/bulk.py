"""The same for many people: first told what would be done and for whom not, then done as one action with one Undo."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select, update

from cbs_desktop.action import Progress, Reading, Transaction, action, batches, query
from cbs_desktop.errors import Invalid, Missing, Stale
from cbs_desktop.participants import rules
from cbs_desktop.participants import tables as t
from cbs_desktop.participants.actions import put_consent
from cbs_desktop.participants.choices import WITHDRAWN
from cbs_desktop.participants.rules import Birth, ConsentDetails, RecordedConsent
from cbs_desktop.places.actions import add_path
from cbs_desktop.places.tables import Place
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store.values import NamedRow

_AT_ONCE = 1_000  # people of one statement


@dataclass(frozen=True, slots=True)
class BulkLine:
    """What would be done for one person. `why_not` is a code, empty when it will be done: has it already, guardian needed,
    before withdrawal, lives there, left already. `then` are codes of what follows, `about` the group or place meant."""

    id: int
    number: str
    name: str
    why_not: str = ""
    then: tuple[str, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """Everybody who was chosen, in the order of names."""

    lines: tuple[BulkLine, ...]

    def will(self) -> list[BulkLine]:
        """For whom it will be done."""
        return [line for line in self.lines if not line.why_not]

    def left_out(self) -> list[BulkLine]:
        """For whom it will not be done."""
        return [line for line in self.lines if line.why_not]


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place that is entered first: names below a district, as `places.add_path` takes them."""

    district_id: int
    names: tuple[str, ...]


def people_of(reading: Reading, person_ids: Sequence[int]) -> list[NamedRow]:
    """These people by name, for plans; Missing when one of them is gone."""
    p = t.Person
    columns = select(
        p.id,
        p.number,
        p.own_name,
        p.other_names,
        p.born_on,
        p.born_year,
        p.facility_id,
        p.left_on,
        p.left_reason,
        p.place_id,
        Place.path,
    ).join(Place, Place.id == p.place_id)
    found: list[NamedRow] = []
    for part in batches(dict.fromkeys(person_ids), _AT_ONCE):
        found += reading.rows(columns.where(p.id.in_(part)))
    gone = set(person_ids) - {row.id for row in found}
    if gone:
        raise Missing(what="person", id=min(gone))
    return sorted(found, key=_by_name)


def _by_name(row: NamedRow) -> tuple[str, ...]:
    return row.own_name, row.other_names, row.number


def line_of(
    row: NamedRow, why_not: str = "", then: tuple[str, ...] = (), about: str = ""
) -> BulkLine:
    """The line of a person of `people_of`."""
    name = rules.shown(row.own_name, row.other_names)
    return BulkLine(row.id, row.number, name, why_not, then, about)


def need_all(plan: BulkPlan) -> None:
    """Stale when somebody is to be left out by now: what was told before would not be what is done."""
    if plan.left_out():
        raise Stale(what="people")


@action(Permission.REGISTER, "Moved {count} people to {place}")
def move_many(
    tx: Transaction,
    person_ids: Sequence[int],
    place: int | NewPlace,
    progress: Progress | None = None,
) -> int:
    """People live somewhere else; how many. A place that is new is entered with it. Groups stay as they are."""
    people_of(tx, person_ids)
    if isinstance(place, NewPlace):
        place = add_path(tx, place.district_id, place.names)
    path = tx.value(select(Place.path).where(Place.id == place))
    if path is None:
        raise Missing(what="place", id=place)
    done = 0
    for part in batches(person_ids, _AT_ONCE):
        moved = update(t.Person).where(t.Person.id.in_(part))
        tx.run(moved.values(place_id=place))
        done += len(part)
        if progress:
            progress(done, len(person_ids))
    tx.say(count=len(person_ids), place=path)
    return len(person_ids)


@query(Permission.REGISTER)
def consenting(
    reading: Reading, person_ids: Sequence[int], consent: ConsentDetails
) -> BulkPlan:
    """Whose consent `consent_many` would record. Invalid for a consent that nobody could give."""
    _need_sound(reading, consent)
    known = _consents(reading, person_ids)
    lines: list[BulkLine] = []
    for row in people_of(reading, person_ids):
        why = _why_not(row, consent, known[row.id], reading)
        comes_back = row.left_reason == WITHDRAWN and "programme" in consent.purposes
        then = ("comes back",) if comes_back and not why else ()
        lines.append(line_of(row, why, then))
    return BulkPlan(tuple(lines))


def _need_sound(reading: Reading, consent: ConsentDetails) -> None:
    if faults := rules.consent_faults(consent, None, reading.today):
        raise Invalid(faults)


def _why_not(
    row: NamedRow,
    consent: ConsentDetails,
    known: Sequence[RecordedConsent],
    reading: Reading,
) -> str:
    birth = Birth(row.born_on, row.born_year)
    years = rules.age_at_consent(consent.given_on, birth, reading.today)
    if rules.consent_faults(consent, years, reading.today):
        return "guardian needed"
    if rules.older_than_withdrawal(consent, known):
        return "before withdrawal"
    if not _missing(row, consent, known, reading):
        return "has it already"
    return ""


def _missing(
    row: NamedRow,
    consent: ConsentDetails,
    known: Sequence[RecordedConsent],
    reading: Reading,
) -> tuple[str, ...]:
    """The purposes of a consent that do not hold for a person yet."""
    birth = Birth(row.born_on, row.born_year)
    missing: list[str] = []
    for purpose in consent.purposes:
        if rules.why_not(purpose, known, birth, reading.today):
            missing.append(purpose)
    return tuple(missing)


def _consents(
    reading: Reading, person_ids: Sequence[int]
) -> dict[int, list[RecordedConsent]]:
    """All consents of people, the oldest first."""
    c = t.Consent
    columns = [getattr(c, key) for key in RecordedConsent.__slots__]
    found: dict[int, list[RecordedConsent]] = defaultdict(list)
    for part in batches(person_ids, _AT_ONCE):
        theirs = select(c.person_id, *columns).where(c.person_id.in_(part))
        for row in reading.rows(theirs.order_by(c.given_on, c.id)):
            values = dict(row._mapping)
            person_id = values.pop("person_id")
            found[person_id].append(RecordedConsent(**values))
    return found


@action(Permission.REGISTER, "Recorded the consent of {count} people: {what}")
def consent_many(
    tx: Transaction,
    person_ids: Sequence[int],
    consent: ConsentDetails,
    progress: Progress | None = None,
) -> int:
    """The consents of one meeting; how many people. What somebody consents to already is not entered twice.

    Nobody is left out here: Stale when `consenting` would leave out somebody by now.
    """
    need_all(consenting(tx, person_ids, consent))
    given = list(_given(tx, person_ids, consent))
    for done, (row, theirs) in enumerate(given, 1):
        put_consent(tx, row.id, theirs, row.left_reason)
        if progress:
            progress(done, len(given))
    tx.say(count=len(given), what=", ".join(consent.purposes))
    return len(given)


def _given(
    tx: Transaction, person_ids: Sequence[int], consent: ConsentDetails
) -> Iterator[tuple[NamedRow, ConsentDetails]]:
    known = _consents(tx, person_ids)
    for row in people_of(tx, person_ids):
        missing = _missing(row, consent, known[row.id], tx)
        yield row, replace(consent, purposes=missing)
