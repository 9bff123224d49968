"""Safety cards: the open ones, following one up, closing it; and the referral directory."""

import json
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import func, insert, select, update

from cbs_desktop import resource, settings
from cbs_desktop.action import Reading, Transaction, action, query
from cbs_desktop.errors import Fault, Invalid, Missing
from cbs_desktop.participants.rules import shown
from cbs_desktop.participants.tables import Person
from cbs_desktop.places.tables import Place
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening import rules, tables
from cbs_desktop.screening.rules import SafetyCard, ServiceDetails
from cbs_desktop.store.values import NamedRow
from cbs_desktop.text import clean, read_day, text_faults, write_day

_k = tables.RiskCard
_s = tables.Service


@dataclass(frozen=True, slots=True)
class SafetyCardFacts:
    """An open safety card, for those who may know."""

    id: int
    person_id: int
    name: str
    number: str
    place: str
    days_open: int
    opened_on: date
    cause: str  # rules.CAUSES
    card: SafetyCard


@dataclass(frozen=True, slots=True)
class ListedService:
    """An entry of the referral directory with its id."""

    id: int
    service: ServiceDetails


@query(Permission.SAFETY)
def open_cards(reading: Reading) -> list[SafetyCardFacts]:
    """Safety cards that nobody has closed, the next day to see the person first."""
    p = Person
    statement = (
        select(
            _k.id,
            p.id.label("person_id"),
            p.own_name,
            p.other_names,
            p.number,
            Place.path,
            _k.opened_on,
            _k.see_again_on,
            _k.sealed,
        )
        .join(p, p.id == _k.person_id)
        .join(Place, Place.id == p.place_id)
        .where(_k.closed_on.is_(None))
        .order_by(_k.see_again_on, _k.id)
    )
    return [_open_card(reading, row) for row in reading.rows(statement)]


def _open_card(reading: Reading, row: NamedRow) -> SafetyCardFacts:
    cause, card = _unsealed(reading, row)
    return SafetyCardFacts(
        id=row.id,
        person_id=row.person_id,
        name=shown(row.own_name, row.other_names),
        number=row.number,
        place=row.path,
        days_open=(reading.today - row.opened_on).days,
        opened_on=row.opened_on,
        cause=cause,
        card=card,
    )


def _unsealed(reading: Reading, row: NamedRow) -> tuple[str, SafetyCard]:
    """Why a card was opened, and the card."""
    held = json.loads(reading.unseal(row.sealed, tables.sealed_of_card(row.id)))
    card = SafetyCard(
        told=held["told"],
        told_on=read_day(held["told_on"]),
        safe_now=held["safe_now"],
        referred_to=held["referred_to"],
        see_again_on=row.see_again_on,
    )
    return held["cause"], card


def sealed_columns(
    tx: Transaction, card_id: int, cause: str, card: SafetyCard
) -> dict[str, object]:
    """The columns of a card that change when it is followed up."""
    held = {
        "cause": cause,
        "told": card.told,
        "told_on": write_day(card.told_on),
        "safe_now": card.safe_now,
        "referred_to": card.referred_to,
    }
    sealed = tx.seal(json.dumps(held).encode(), tables.sealed_of_card(card_id))
    return {"see_again_on": card.see_again_on, "sealed": sealed}


@dataclass(frozen=True, slots=True)
class PastCard:
    """A safety card of a person, open or closed; `outcome` is empty while it is open."""

    opened_on: date
    closed_on: date | None
    card: SafetyCard
    outcome: str


def cards_of(reading: Reading, person_id: int) -> list[PastCard]:
    """All safety cards of a person, the first one first. Refused without the screeners' key."""
    found: list[PastCard] = []
    mine = select(_k.__table__).where(_k.person_id == person_id)
    for row in reading.rows(mine.order_by(_k.opened_on, _k.id)):
        _cause, card = _unsealed(reading, row)
        outcome = ""
        if row.outcome:
            of = tables.sealed_of_outcome(row.id)
            outcome = reading.unseal(row.outcome, of).decode()
        found.append(PastCard(row.opened_on, row.closed_on, card, outcome))
    return found


def open_count(reading: Reading) -> tuple[int, date | None]:
    """How many safety cards are open and the oldest day: the number alone is for everybody, the names are not."""
    statement = select(func.count(), func.min(_k.opened_on)).where(
        _k.closed_on.is_(None)
    )
    count, oldest = reading.one(statement)
    return count, oldest


@action(Permission.SAFETY, "Followed up a safety card")
def follow_up(tx: Transaction, card_id: int, card: SafetyCard) -> None:
    """The person was seen again, the card stays open: who was told, safe now, referred, seen again when. The history
    keeps what stood there before."""
    if faults := rules.card_faults(card, tx.today):
        raise Invalid(faults)
    row = tx.first(select(_k.__table__).where(_k.id == card_id, _k.closed_on.is_(None)))
    if row is None:
        raise Missing(what="safety card", id=card_id)
    cause, _before = _unsealed(tx, row)
    _change_open(tx, card_id, sealed_columns(tx, card_id, cause, card))


@action(Permission.SAFETY, "Closed a safety card")
def close_card(tx: Transaction, card_id: int, outcome: str) -> None:
    """Close a safety card with its outcome, in a few words and without the story."""
    outcome = clean(outcome)
    if faults := text_faults("outcome", outcome, needed=True, most=rules.OUTCOME_MOST):
        raise Invalid(faults)
    sealed = tx.seal(outcome.encode(), tables.sealed_of_outcome(card_id))
    closed = {"closed_on": tx.today, "closed_by": tx.account.name, "outcome": sealed}
    _change_open(tx, card_id, closed)


def _change_open(tx: Transaction, card_id: int, values: dict[str, object]) -> None:
    if not tx.run(
        update(_k).where(_k.id == card_id, _k.closed_on.is_(None)).values(**values)
    ):
        raise Missing(what="safety card", id=card_id)


@query(Permission.RECORD_SCREENING)
def services(reading: Reading) -> list[ListedService]:
    """The referral directory, in order of name."""
    statement = select(_s.__table__).where(_s.left_on.is_(None)).order_by(_s.name)
    return [
        ListedService(
            row.id, ServiceDetails(row.name, row.helps_with, row.phone, row.place)
        )
        for row in reading.rows(statement)
    ]


@action(Permission.SET_UP, "Changed the referral directory: {service}")
def put_service(
    tx: Transaction, service: ServiceDetails, service_id: int | None = None
) -> int:
    """A new entry of the directory, or an entry changed; its id."""
    service = ServiceDetails(*(clean(text) for text in asdict(service).values()))
    if faults := rules.service_faults(service):
        raise Invalid(faults)
    tx.say(service=service.name)
    if service_id is None:
        service_id = tx.new_id()
        tx.run(insert(_s).values(id=service_id, left_on=None, **asdict(service)))
    elif not tx.run(update(_s).where(_s.id == service_id).values(**asdict(service))):
        raise Missing(what="service", id=service_id)
    return service_id


@action(Permission.SET_UP, "Removed {service} from the referral directory")
def drop_service(tx: Transaction, service_id: int) -> None:
    """An entry that is not to be used any more; what was referred there stays as it was noted."""
    name = tx.value(select(_s.name).where(_s.id == service_id, _s.left_on.is_(None)))
    if name is None:
        raise Missing(what="service", id=service_id)
    tx.run(update(_s).where(_s.id == service_id).values(left_on=tx.today))
    tx.say(service=name)


@action(Permission.SET_UP, "Added {count} entries from the national list")
def take_country_list(tx: Transaction) -> int:
    """Put the entries of the country's file into the directory that are not in it; how many."""
    country = settings.read(tx, "country")
    there = {one.service.name for one in services(tx)}
    if country not in resource.names("referrals", ".toml"):
        raise Invalid([Fault("country", "no country list")])
    lines = resource.toml("referrals", f"{country}.toml")["service"]
    new = [ServiceDetails(**line) for line in lines if line["name"] not in there]
    for service in new:
        put_service(tx, service)
    tx.say(count=len(new))
    return len(new)
