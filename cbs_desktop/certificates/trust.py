"""Checking certificates, and what that needs: the root key on paper, the lists that go out and come in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import delete, insert, select

from cbs_desktop import settings
from cbs_desktop.action import Reading, Transaction, action, query
from cbs_desktop.certificates import trust_list
from cbs_desktop.certificates.tables import Certificate, ImportedList
from cbs_desktop.certificates.trust_list import Key, TrustList, Withdrawn
from cbs_desktop.certificates.verification import Verdict, judge
from cbs_desktop.errors import RuleBroken, WrongCode
from cbs_desktop.safe import roots, sign
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store.values import value_of

SERIES = "check list"


@action(Permission.SET_UP, "Made the root key, fingerprint {fingerprint}")
def make_root(tx: Transaction, code: str = "") -> str:
    """Make the root key and let it sign the office's key; its code, to be shown once and kept on paper only.

    With `code` a root that exists already signs: of this office, or one root for many offices. WrongCode when it does
    not fit. A root that is there is never replaced by a new one.
    """
    there = settings.read(tx, "root public")
    if there and not code:
        raise RuleBroken(rule="root there", fingerprint=roots.fingerprint(there))
    given = code or roots.new_code()
    private = roots.private(given)
    public = sign.public_of(private).hex()
    if there not in ("", public):
        raise WrongCode()
    settings.write(tx, "root public", public)
    _state(tx, private, None)
    tx.say(fingerprint=roots.fingerprint(public))
    return given


@action(Permission.SET_UP, "Revoked the office’s signing key")
def revoke_key(tx: Transaction, code: str) -> None:
    """The signing key was stolen: the root says so, and from the next list on nothing it signed passes elsewhere."""
    private = roots.private(code)
    if sign.public_of(private).hex() != settings.read(tx, "root public"):
        raise WrongCode()
    _state(tx, private, tx.today)


def _state(tx: Transaction, root: bytes, revoked_on: date | None) -> None:
    if kept := settings.read(tx, "key statement"):
        since = trust_list.as_key(kept).since
    else:
        since = tx.today
    key = replace(_own_key(tx), since=since, revoked_on=revoked_on, signature="")
    settings.write(
        tx,
        "key statement",
        trust_list.as_values(key.signed(lambda message: sign.sign(root, message))),
    )


def _own_key(reading: Reading) -> Key:
    """What the root signed; before there is one, the same unsigned."""
    if kept := settings.read(reading, "key statement"):
        return trust_list.as_key(kept)
    public = settings.read(reading, "signing public")
    return Key(
        settings.read(reading, "office"),
        settings.read(reading, "code") or "CBS",
        public,
        reading.today,
    )


def _own_list(reading: Reading, number: int = 0) -> TrustList:
    """This office as it stands now."""
    key = _own_key(reading)
    c = Certificate
    rows = reading.rows(
        select(c.number, c.withdrawn_on.label("on"), c.replaced_by)
        .where(c.withdrawn_on.is_not(None))
        .order_by(c.number)
    )
    root = settings.read(reading, "root public")
    return TrustList(
        key.office,
        key.code,
        root,
        number,
        reading.today,
        (key,),
        tuple(value_of(Withdrawn, row) for row in rows),
    )


@action(Permission.CERTIFY, "Exported verification list {number}")
def give_list(tx: Transaction, code: str = "") -> str:
    """The content of a new list of this office, to be carried to others. RuleBroken without a root key. `code` is the
    root's, needed only after the signing key was revoked."""
    if not settings.read(tx, "root public"):
        raise RuleBroken(rule="no root")
    if _own_key(tx).revoked_on and not code:
        raise RuleBroken(rule="key revoked")
    (number,) = settings.take_numbers(tx, SERIES, 1, above=tx.number_log.last(SERIES))
    tx.number_log.note(SERIES, number)
    tx.say(number=number)
    private = roots.private(code) if code else b""
    return _own_list(tx, number).write(
        lambda message: sign.sign(private, message) if private else tx.sign(message)
    )


@dataclass(frozen=True, slots=True)
class ListedOffice:
    """A list that is here: whose, its number and day, and the fingerprint of its root. `age` in days."""

    office: str
    code: str
    number: int
    made_on: date
    age: int
    fingerprint: str
    withdrawn: int


def _listed(found: TrustList, today: date) -> ListedOffice:
    age = max(0, (today - found.made_on).days)
    fingerprint = roots.fingerprint(found.root) if found.root else ""
    return ListedOffice(
        found.office,
        found.code,
        found.number,
        found.made_on,
        age,
        fingerprint,
        len(found.withdrawn),
    )


@action(Permission.SET_UP, "Imported list {number} of {office}")
def take_list(
    tx: Transaction, content: str, name: str = "", trust: str = ""
) -> ListedOffice:
    """Take another office's list. Problems: Unreadable (no list, changed, newer format); RuleBroken for one that is older
    than what is here, for our own, and for a root nobody has vouched for yet: give its fingerprint as `trust`."""
    found = trust_list.read(content, name)
    if settings.read(tx, "signing public") in {key.public for key in found.keys}:
        raise RuleBroken(rule="own list")
    print_ = roots.fingerprint(found.root)
    roots_here = {one.root for one in _taken(tx)} | {settings.read(tx, "root public")}
    if found.root not in roots_here and _plain(trust) != _plain(print_):
        raise RuleBroken(rule="root unknown", office=found.office, fingerprint=print_)
    here = next(
        (one for one in _taken(tx) if (one.root, one.code) == (found.root, found.code)),
        None,
    )
    if here and found.number <= here.number:
        raise RuleBroken(
            rule="older list",
            office=found.office,
            number=found.number,
            here=here.number,
        )
    tx.run(
        delete(ImportedList).where(
            ImportedList.root == found.root, ImportedList.code == found.code
        )
    )
    row = {"id": tx.new_id(), "taken_on": tx.today, "content": content}
    row |= {
        key: getattr(found, key)
        for key in ("root", "code", "office", "number", "made_on")
    }
    tx.run(insert(ImportedList), [row])
    tx.say(number=found.number, office=found.office)
    return _listed(found, tx.today)


def _plain(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalnum())


def _taken(reading: Reading) -> list[TrustList]:
    return [
        trust_list.read(row.content, row.office)
        for row in reading.rows(
            select(ImportedList.content, ImportedList.office).order_by(
                ImportedList.code
            )
        )
    ]


@query(Permission.LOOK)
def lists_here(reading: Reading) -> list[ListedOffice]:
    """This office first, as it stands now, then the lists of others."""
    return [_listed(one, reading.today) for one in known(reading)]


@query(Permission.LOOK)
def known(reading: Reading) -> list[TrustList]:
    """All that certificates can be checked with here; the office's own register first."""
    return [_own_list(reading), *_taken(reading)]


@query(Permission.LOOK)
def verdicts(reading: Reading, texts: Sequence[str]) -> list[Verdict]:
    """What checking these texts finds; see checking.Verdict."""
    here = known(reading)
    codes = dict(reading.rows(select(Certificate.number, Certificate.code)))
    return [judge(text, here, reading.today, codes.get) for text in texts]


@query(Permission.LOOK)
def verdict(reading: Reading, text: str) -> Verdict:
    """What checking one text finds."""
    return verdicts(reading, [text])[0]
