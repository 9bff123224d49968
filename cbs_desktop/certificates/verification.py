"""Whether a certificate is what it says: judged from its text, the lists that are here, and the day. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from cbs_desktop.certificates import code
from cbs_desktop.certificates.code import CodeFacts
from cbs_desktop.certificates.rules import is_code, is_of_erased
from cbs_desktop.certificates.trust_list import Key, TrustList
from cbs_desktop.errors import NotACertificate

GENUINE, ALTERED, REVOKED, NO_KEY, NOT_LISTED, NONE = STATES = (
    "genuine", "altered", "revoked", "unknown key", "not in the register", "not a certificate",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking found. `facts` are what the paper says: to be believed only where the state is genuine or revoked.

    `issuer` is the office whose key signed; `listed_on` and `age` (days) tell how old its list is, None for the office's
    own register. `withdrawn_on` and `replaced_by` belong to revoked; `by_key`: the key itself was revoked that day. `erased`:
    the register has the number alone, for the holder was erased.
    """

    state: str
    facts: CodeFacts | None = None
    issuer: str = ""
    listed_on: date | None = None
    age: int | None = None
    withdrawn_on: date | None = None
    replaced_by: str = ""
    by_key: bool = False
    erased: bool = False


Register = Callable[
    [str], str | None
]  # certificate number → its stored text, None when the register has no such number


def judge(
    text: str, lists: Sequence[TrustList], today: date, register: Register | None = None
) -> Verdict:
    """The verdict on a text. With `register` the first of the lists is the office's own, made now from its register."""
    try:
        signed = code.read(text)
    except NotACertificate:
        return Verdict(ALTERED if code.is_code(text) else NONE)
    named = [
        (one, key) for one in lists for key in one.keys if signed.key in (b"", _id(key))
    ]
    for one, key in named:
        if signed.by(bytes.fromhex(key.public)):
            own = register if register and one is lists[0] else None
            return _standing(text.strip(), signed.facts, one, key, today, own)
    ours = signed.key or any(
        signed.facts.number.startswith(f"{one.code}-") for one, _key in named
    )
    return Verdict(ALTERED if named and ours else NO_KEY, signed.facts)


def _standing(
    text: str,
    facts: CodeFacts,
    found: TrustList,
    key: Key,
    today: date,
    register: Register | None,
) -> Verdict:
    """Signed by a key that is known: does it still stand?"""
    listed = None if register else found.made_on
    age = None if register else max(0, (today - found.made_on).days)
    gone = next((one for one in found.withdrawn if one.number == facts.number), None)
    if gone:
        return Verdict(
            REVOKED, facts, found.office, listed, age, gone.on, gone.replaced_by
        )
    kept = register(facts.number) if register else None
    if register and not is_code(kept or "", text):
        return Verdict(NOT_LISTED, facts, found.office)
    if kept and is_of_erased(kept):
        return Verdict(GENUINE, facts, found.office, listed, age, erased=True)
    if (
        key.revoked_on and not register
    ):  # whoever has the key can write any day: only the register could tell
        return Verdict(
            REVOKED, facts, found.office, listed, age, key.revoked_on, by_key=True
        )
    return Verdict(GENUINE, facts, found.office, listed, age)


def _id(key: Key) -> bytes:
    return code.key_id(bytes.fromhex(key.public))
