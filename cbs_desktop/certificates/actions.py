"""Issuing, printing and withdrawing certificates; who signs them."""

from collections.abc import Sequence

from sqlalchemy import delete, insert, select, update

from cbs_desktop import settings
from cbs_desktop.action import Transaction, action
from cbs_desktop.certificates import code, looks, rules  # noqa: F401 – the look's action is known with the room
from cbs_desktop.certificates import tables as t
from cbs_desktop.certificates.queries import Candidate, candidates, certificate_places
from cbs_desktop.errors import Fault, Invalid, Missing, RuleBroken
from cbs_desktop.programmes.queries import RoundFacts, round_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.text import clean, text_faults

SERIES = "certificate"


@action(Permission.SET_UP, "Changed who signs")
def set_signatories(tx: Transaction, people: Sequence[tuple[str, str]]) -> None:
    """Who signs, as (name, title) in the order on the paper."""
    tidy = tuple((clean(name), clean(title)) for name, title in people)
    if faults := rules.signatory_faults(tidy):
        raise Invalid(faults)
    tx.run(delete(t.Signatory))
    rows = [{"id": tx.new_id(), "position": i, "name": n, "title": d} for i, (n, d) in enumerate(tidy, 1)]
    tx.run(insert(t.Signatory), rows)


@action(Permission.CERTIFY, "Issued {count} certificates")
def issue(tx: Transaction, round_id: int, person_ids: Sequence[int]) -> list[str]:
    """Issue certificates in one batch, in the order of group and name; their numbers.

    RuleBroken names the first person who does not qualify, or was given one already; then none is issued.
    """
    found = round_of(tx, round_id)
    wanted = set(person_ids)
    chosen = [one for one in candidates(tx, round_id) if one.person_id in wanted]
    if not wanted or len(chosen) != len(wanted):
        raise Missing(what="participant of the round", id=next(iter(wanted - {one.person_id for one in chosen}), 0))
    for one in chosen:
        if not one.ready:
            raise RuleBroken(rule="not ready for a certificate", who=one.name, state=one.completion.state)
    places = certificate_places(tx, round_id)
    prefix = settings.read(tx, "code") or "CBS"
    serials = settings.take_numbers(tx, SERIES, len(chosen))
    rows = [
        _certificate(tx, found, one, rules.number(prefix, tx.laptop, found.name, serial), places[one.group_id])
        for serial, one in zip(serials, chosen, strict=True)
    ]
    tx.run(insert(t.Certificate), rows)
    tx.say(count=len(rows))
    return [str(row["number"]) for row in rows]


def _certificate(tx: Transaction, found: RoundFacts, one: Candidate, number: str, place: str) -> dict[str, object]:
    stands = one.completion
    facts = code.Facts(
        number=number,
        name=one.name,
        attended=stands.attended,
        held=stands.held,
        completed_on=one.ended_on,
        issued_on=tx.today,
    )
    return {
        "id": tx.new_id(),
        "number": number,
        "person_id": one.person_id,
        "group_id": one.group_id,
        "round_id": found.id,
        "name": one.name,
        "attended": stands.attended,
        "held": stands.held,
        "began_on": one.began_on,
        "completed_on": one.ended_on,
        "issued_on": tx.today,
        "place": place,
        "code": code.make(facts, tx.sign),
        "withdrawn_on": None,
        "withdrawn_reason": "",
    }


@action(Permission.PRINT, "Noted {count} prints")
def printed(tx: Transaction, certificate_ids: Sequence[int], reason: str = "") -> None:
    """Note that certificates were printed; from the second time on a reason is needed (rules.REPRINT_REASONS)."""
    again = set(tx.db.scalars(select(t.Print.certificate_id))) & set(certificate_ids)
    if again and reason not in rules.REPRINT_REASONS:
        raise Invalid([Fault("reason", "needed" if not reason else "not a choice")])
    common = {"printed_on": tx.today, "printed_by": tx.account.name}
    rows = [
        {"id": tx.new_id(), "certificate_id": i, "reason": reason if i in again else "", **common}
        for i in certificate_ids
    ]
    if rows:
        tx.run(insert(t.Print), rows)
    tx.say(count=len(rows))


@action(Permission.CERTIFY, "Withdrew certificate {number}")
def withdraw(tx: Transaction, certificate_id: int, reason: str) -> None:
    """Withdraw a certificate: checking it shows it as withdrawn. Its number is never given again."""
    reason = clean(reason)
    if faults := text_faults("reason", reason, needed=True):
        raise Invalid(faults)
    row = tx.first(select(t.Certificate.number, t.Certificate.withdrawn_on).where(t.Certificate.id == certificate_id))
    if row is None or row.withdrawn_on:
        raise Missing(what="certificate", id=certificate_id)
    changed = {"withdrawn_on": tx.today, "withdrawn_reason": reason}
    tx.run(update(t.Certificate).where(t.Certificate.id == certificate_id).values(**changed))
    tx.say(number=row.number)
