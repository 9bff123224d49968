"""Issuing, printing, replacing and withdrawing certificates; who signs them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from cbs_desktop import settings
from cbs_desktop.action import Transaction, action
from cbs_desktop.certificates import code, looks, numbers, rules  # noqa: F401 – the look's action is known with the room
from cbs_desktop.certificates import tables as t
from cbs_desktop.certificates.mismatches import by_certificate, mismatches_in
from cbs_desktop.certificates.queries import (
    Candidate,
    candidates,
    certificate_places,
    undrawn,
)
from cbs_desktop.errors import Fault, Invalid, Missing, RuleBroken, Stale
from cbs_desktop.participants.queries import paper_names
from cbs_desktop.programmes.queries import RoundFacts, programme_key, round_of
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store.values import NamedRow, RowValues
from cbs_desktop.text import clean, text_faults


@action(Permission.SET_UP, "Changed the signatories")
def set_signatories(tx: Transaction, people: Sequence[tuple[str, str]]) -> None:
    """Who signs, as (name, title) in the order on the paper."""
    tidy = tuple((clean(name), clean(title)) for name, title in people)
    if faults := rules.signatory_faults(tidy):
        raise Invalid(faults)
    tx.run(delete(t.Signatory))
    rows = [
        {"id": tx.new_id(), "position": i, "name": n, "title": d}
        for i, (n, d) in enumerate(tidy, 1)
    ]
    tx.run(insert(t.Signatory), rows)


@dataclass(frozen=True, slots=True)
class Override:
    """Why somebody gets a certificate though the rule was not met: a word of rules.OVERRIDE_REASONS, and words."""

    reason: str
    words: str


@action(Permission.CERTIFY, "Issued {count} certificates")
def issue(
    tx: Transaction,
    round_id: int,
    person_ids: Sequence[int],
    overrides: Mapping[int, Override] | None = None,
) -> list[str]:
    """Issue certificates in one batch, numbered in the order of group and name; their numbers.

    RuleBroken names the first person who does not qualify, or was given one already; then none is issued. `overrides`, by
    person, let somebody through who did not meet the rule: they ask for their own permission, and say who decided.
    """
    found = round_of(tx, round_id)
    special = overrides or {}
    if special:
        tx.need(Permission.OVERRIDE)
    wanted = set(person_ids)
    chosen = [one for one in candidates(tx, round_id) if one.person_id in wanted]
    if not wanted or len(chosen) != len(wanted):
        raise Missing(
            what="participant of the round",
            id=next(iter(wanted - {one.person_id for one in chosen}), 0),
        )
    places = certificate_places(tx, round_id)
    rows = [
        {
            **_content(found, one),
            "place": places[one.group_id],
            **_decided(tx, one, special.get(one.person_id)),
        }
        for one in chosen
    ]
    tx.say(count=len(rows))
    return _enter(tx, found, rows)


def _decided(
    tx: Transaction, one: Candidate, override: Override | None
) -> dict[str, str]:
    """What is noted about the decision; RuleBroken when nothing lets this person through."""
    _refuse_undrawn(one.printed_name)
    if one.ready:
        return {"override": "", "override_words": "", "override_by": ""}
    if override is None or not one.open_to_override:
        raise RuleBroken(
            rule="not ready for a certificate", who=one.name, state=one.completion.state
        )
    words = clean(override.words)
    if faults := rules.override_faults(override.reason, words):
        raise Invalid(faults)
    return {
        "override": override.reason,
        "override_words": words,
        "override_by": tx.account.name,
    }


def _refuse_undrawn(name: str) -> None:
    """No number is given to a name that no font can print."""
    if signs := undrawn(name):
        raise RuleBroken(rule="no glyph", who=name, signs=signs)


def _content(found: RoundFacts, one: Candidate) -> RowValues:
    """What a certificate says of a person."""
    if faults := text_faults(
        "name", one.printed_name, needed=True, most=rules.NAME_MOST
    ):
        raise Invalid(faults)
    return {
        "person_id": one.person_id,
        "group_id": one.group_id,
        "round_id": found.id,
        "name": one.printed_name,
        "attended": one.completion.attended,
        "held": one.completion.held,
        "began_on": one.began_on,
        "completed_on": one.ended_on,
        "programme": found.rules.title,
    }


def _enter(
    tx: Transaction, found: RoundFacts, contents: Sequence[RowValues]
) -> list[str]:
    """Number, sign and write certificates; their numbers."""
    series, serials = numbers.take(tx, len(contents))
    office = settings.read(tx, "office")
    short = settings.read(tx, "code") or "CBS"
    public = bytes.fromhex(settings.read(tx, "signing public"))
    key = programme_key(tx, found.programme_id)
    rows = []
    for serial, content in zip(serials, contents, strict=True):
        number = rules.number(series, serial)
        said = {
            name: content[name]
            for name in (
                "name",
                "attended",
                "held",
                "completed_on",
                "programme",
                "place",
            )
        }
        facts = code.fitted(
            code.CodeFacts(number=number, issued_on=tx.today, office=office, **said),
            key,
            short,
        )
        rows.append(
            {
                **content,
                "id": tx.new_id(),
                "number": number,
                "series": series,
                "serial": serial,
                "issued_on": tx.today,
                "office": office,
                "code": code.make(facts, tx.sign, public),
                "withdrawn_on": None,
                "withdrawn_reason": "",
                "replaced_by": "",
            }
        )
    tx.run(insert(t.Certificate), rows)
    return [str(row["number"]) for row in rows]


@action(Permission.PRINT, "Recorded {count} prints")
def printed(tx: Transaction, certificate_ids: Sequence[int], reason: str = "") -> None:
    """Note that certificates were printed; from the second time on a reason is needed (rules.REPRINT_REASONS)."""
    _note(tx, certificate_ids, reason, came_out=True)


@action(Permission.PRINT, "Sent {count} certificates to the printer")
def sent(
    tx: Transaction, certificate_ids: Sequence[int], reason: str = ""
) -> list[int]:
    """Note, before it happens, that certificates go to the printer; the ids of the prints, to be confirmed later."""
    return _note(tx, certificate_ids, reason, came_out=None)


def _note(
    tx: Transaction, certificate_ids: Sequence[int], reason: str, came_out: bool | None
) -> list[int]:
    noted = select(t.Print.certificate_id).where(t.Print.came_out.is_not(False))
    again = set(tx.column(noted)) & set(certificate_ids)
    if again and reason not in rules.REPRINT_REASONS:
        raise Invalid([Fault("reason", "needed" if not reason else "not a choice")])
    common = {
        "printed_on": tx.today,
        "printed_by": tx.account.name,
        "came_out": came_out,
    }
    rows = [
        {
            "id": tx.new_id(),
            "certificate_id": i,
            "reason": reason if i in again else "",
            **common,
        }
        for i in certificate_ids
    ]
    if rows:
        tx.run(insert(t.Print), rows)
    tx.say(count=len(rows))
    return [int(row["id"]) for row in rows]


@action(Permission.PRINT, "{count} certificates printed correctly")
def confirm(tx: Transaction, print_ids: Sequence[int], well: Sequence[int]) -> None:
    """Which of the papers sent to the printer came out well. The others were no prints: printing them is no duplicate.

    Stale when somebody has answered in the meantime.
    """
    asked = set(print_ids)
    good = set(well) & asked
    _note_outcome(tx, good, True)
    _note_outcome(tx, asked - good, False)
    tx.say(count=len(good))


def _note_outcome(tx: Transaction, print_ids: set[int], came_out: bool) -> None:
    if not print_ids:
        return
    waiting = update(t.Print).where(
        t.Print.id.in_(print_ids), t.Print.came_out.is_(None)
    )
    if tx.run(waiting.values(came_out=came_out)) != len(print_ids):
        raise Stale(what="print")


@action(Permission.CERTIFY, "Withdrew certificate {number}")
def withdraw(tx: Transaction, certificate_id: int, reason: str) -> None:
    """Withdraw a certificate: checking it shows it as withdrawn. Its number is never given again."""
    reason = clean(reason)
    if faults := text_faults("reason", reason, needed=True):
        raise Invalid(faults)
    row = _standing(tx, certificate_id)
    _end(tx, certificate_id, reason)
    tx.say(number=row.number)


@action(Permission.CERTIFY, "Replaced certificate {old} with {number}")
def replace(tx: Transaction, certificate_id: int) -> str:
    """A new certificate that says what the records say now, under a new number; the old one is withdrawn. The number.

    RuleBroken when they say the same (for a lost paper a duplicate is printed), or when the person is not complete by
    them: such a paper is kept with a reason, or withdrawn.
    """
    row = _standing(tx, certificate_id)
    found = round_of(tx, row.round_id)
    old = {key: row._mapping[key] for key in _KEPT}
    content = {**old, **_as_recorded(tx, row)}
    if content == old:
        raise RuleBroken(rule="paper not changed", who=row.name)
    _refuse_undrawn(str(content["name"]))
    _end(tx, certificate_id, _why_replaced(row, content))
    (number,) = _enter(tx, found, [content])
    tx.run(
        update(t.Certificate)
        .where(t.Certificate.id == certificate_id)
        .values(replaced_by=number)
    )
    tx.say(old=row.number, number=number)
    return number


def _as_recorded(tx: Transaction, row: NamedRow) -> RowValues:
    """What the records say of the holder. Sessions stay as on the paper where the office has decided that they do."""
    name = paper_names(tx, [row.person_id])[row.person_id]
    kept = tx.value(
        select(t.KeptPaper.state).where(t.KeptPaper.certificate_id == row.id)
    )
    if kept is not None:
        return {"name": name}
    people = {one.person_id: one for one in candidates(tx, row.round_id)}
    one = people.get(row.person_id)
    if one is None:
        return {"name": name}
    stands = one.completion
    if not (row.override or rules.ready(stands.state, stands.remaining)):
        raise RuleBroken(rule="records not complete", who=row.name)
    return {
        "name": name,
        "group_id": one.group_id,
        "attended": stands.attended,
        "held": stands.held,
        "began_on": one.began_on,
        "completed_on": one.ended_on,
    }


def _why_replaced(row: NamedRow, content: RowValues) -> str:
    if content["name"] != row.name:
        return "name corrected"
    return "wrong dates or sessions"


_KEPT = (
    "person_id", "group_id", "round_id", "name", "attended", "held", "began_on", "completed_on", "place", "programme",
    "override", "override_words", "override_by",
)  # fmt: skip


@action(Permission.CERTIFY, "Kept certificate {number} as it is: {reason}")
def keep(tx: Transaction, certificate_id: int, reason: str, words: str) -> None:
    """Let a certificate stand though the records differ from it, for one of rules.KEEP_REASONS and in words.

    Missing when it agrees with the records by now.
    """
    row = _standing(tx, certificate_id)
    words = clean(words)
    if faults := rules.keep_faults(reason, words):
        raise Invalid(faults)
    found = by_certificate(mismatches_in(tx, round_of(tx, row.round_id)))
    if certificate_id not in found:
        raise Missing(what="mismatch", id=certificate_id)
    values = {
        "state": found[certificate_id].state,
        "reason": reason,
        "words": words,
        "kept_on": tx.today,
        "kept_by": tx.account.name,
    }
    k = t.KeptPaper
    tx.run(delete(k).where(k.certificate_id == certificate_id))
    tx.run(insert(k).values(certificate_id=certificate_id, **values))
    tx.say(number=row.number, reason=reason)


def _standing(tx: Transaction, certificate_id: int) -> NamedRow:
    row = tx.first(
        select(t.Certificate.__table__).where(t.Certificate.id == certificate_id)
    )
    if row is None or row.withdrawn_on:
        raise Missing(what="certificate", id=certificate_id)
    return row


def _end(tx: Transaction, certificate_id: int, reason: str) -> None:
    changed = {"withdrawn_on": tx.today, "withdrawn_reason": reason}
    tx.run(
        update(t.Certificate)
        .where(t.Certificate.id == certificate_id)
        .values(**changed)
    )
