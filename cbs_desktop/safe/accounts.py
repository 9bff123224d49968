"""Signing in: from a name and a password to keys and roles; and the changes of accounts, each a new signed list.

Roles are what the newest list says that the office's key signed, of the key file and of the database, which has a copy.
An office of before 0.4 has no list until a coordinator signs in: then a role counts only where its slot holds the key that
goes with it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from cbs_desktop import clock
from cbs_desktop.errors import (
    AccountsChanged,
    OldPassword,
    Refused,
    SealBroken,
    WrongPassword,
)
from cbs_desktop.findings import Finding
from cbs_desktop.safe import key_file, keys, passwords, seal, sign, tries
from cbs_desktop.safe.account_list import AccountList, Entry
from cbs_desktop.safe.key_file import KeyFile
from cbs_desktop.safe.keys import RECOVERY, Keys, Slot
from cbs_desktop.safe.passwords import LEAST
from cbs_desktop.safe.permissions import Permission, Role, allowed

__all__ = ["LEAST", "lies_in", "names", "open_slot", "recover", "roles", "unlock"]
_AHEAD = (
    1_000  # a list by the recovery code counts more than any that the database may know
)
_DUMMY = Slot(
    "",
    (),
    keys.MEMORY_KIB,
    keys.PASSES,
    keys.LANES,
    "AAAAAAAAAAAAAAAAAAAAAA==",
    "AAAAAAAAAAAAAAAA",
    "AAAA",
)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a password opened: the slot, the key file it stood in, and the keys that the file has for it.

    `wrong` is how many wrong tries there were before.
    """

    name: str
    slot: Slot
    file: KeyFile
    keys: Keys = field(repr=False)
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows of the accounts: the signed list, the office's public keys, the slots that were replaced."""

    accounts: AccountList | None
    signing: bytes
    clinical: bytes
    replaced: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Admitted:
    """Who was let in: keys and roles by the list that counts; None in an office of before 0.4."""

    keys: Keys = field(repr=False)
    roles: frozenset[Role]
    accounts: AccountList | None


def lies_in(folder: Path) -> bool:
    """Whether an office lies in a folder, whole or not: then nothing may be made or put there."""
    return (folder / key_file.FILE).exists() or (folder / "office.db").exists()


def names(folder: Path) -> list[str]:
    """Who can sign in, in order. Reads the key file only."""
    return sorted(name for name, _roles, _since in key_file.read(folder).people())


def roles(folder: Path) -> dict[str, frozenset[Role]]:
    """The roles of each account, the first one first, as the key file says."""
    found = {}
    for name, held, _since in key_file.read(folder).people():
        found[name] = Entry(name, held, "").role_set()
    return found


def open_slot(
    folder: Path,
    name: str,
    password: str,
    now: Callable[[], datetime] = clock.now,
) -> Opened:
    """What this person's password opens. WrongPassword: a try costs a growing wait (`tries`); WaitFirst meanwhile.
    AccountsChanged where the file has no keys for the account."""
    tries.wait_over(folder, name, now())
    try:
        opened = opened_of(key_file.read(folder), name, password)
    except WrongPassword:
        raise WrongPassword(wait=tries.failed(folder, name, now())) from None
    return replace(opened, wrong=tries.forget(folder, name))


def opened_of(file: KeyFile, name: str, password: str) -> Opened:
    """As `open_slot`, of a key file of which nothing is noted, such as a copy's."""
    slot = file.slot(name) if name != RECOVERY else None
    opened = keys.unwrap(slot or _DUMMY, password)
    return Opened(name, slot or _DUMMY, file, _granted(file, name, opened))


def _granted(file: KeyFile, name: str, opened: Keys) -> Keys:
    """The keys that the file has for an account, whoever signed it: `admit` looks at that."""
    if not opened.account:
        return opened
    entry = file.accounts.entry(name) if file.accounts else None
    try:
        if entry is not None:
            return entry.open(opened)
    except (SealBroken, ValueError, TypeError) as problem:
        raise AccountsChanged(name=name) from problem
    raise AccountsChanged(name=name)


def admit(opened: Opened, known: Known) -> Admitted:
    """Whether somebody is let in, with which keys and roles. AccountsChanged where the list that counts does not have the
    account as it is in the file; OldPassword for a password of before, unless a coordinator gave it."""
    pinned = opened.keys.office or known.signing
    if pinned != known.signing:
        raise AccountsChanged(name=opened.name)
    counts = newest(opened.file.accounts, known)
    if counts is None:
        return _unlisted(opened, known)
    entry = counts.entry(opened.name)
    if entry is None or not entry.belongs_to(opened.keys, opened.slot):
        raise AccountsChanged(name=opened.name)
    held = entry.open(opened.keys)
    may = _provable(entry.role_set(), held, known)
    if opened.slot.fingerprint() in known.replaced and not _decides(may):
        raise OldPassword(name=opened.name)
    return Admitted(held, may, counts)


def newest(of_file: AccountList | None, known: Known) -> AccountList | None:
    """The newest list that the office signed; None for none."""
    signed = []
    for each in (of_file, known.accounts):
        if each is not None and each.is_signed_by(known.signing):
            signed.append(each)
    return max(signed, key=lambda each: each.number, default=None)


def _unlisted(opened: Opened, known: Known) -> Admitted:
    """No list counts. In an office of before 0.4 there is none yet; else only who holds the office's own key comes in."""
    entry = opened.file.accounts.entry(opened.name) if opened.file.accounts else None
    told = entry.role_set() if entry else _roles_of(opened.slot)
    may = _provable(told, opened.keys, known)
    there_is_one = opened.file.accounts or known.accounts
    if there_is_one and not _decides(may):
        raise AccountsChanged(name=opened.name)
    return Admitted(opened.keys, may, None)


def _roles_of(slot: Slot) -> frozenset[Role]:
    return Entry(slot.name, slot.roles, "").role_set()


def _provable(told: frozenset[Role], held: Keys, known: Known) -> frozenset[Role]:
    """The roles without those whose key is not there: nobody is what he cannot prove."""
    proved = set(told)
    if not (held.signing and sign.public_of(held.signing) == known.signing):
        proved -= {
            role for role in told if Permission.CERTIFY in allowed(frozenset({role}))
        }
    if not (held.clinical and seal.public_of(held.clinical) == known.clinical):
        proved -= {
            role for role in told if Permission.SEE_SCORES in allowed(frozenset({role}))
        }
    return frozenset(proved)


def _decides(held: frozenset[Role]) -> bool:
    return Permission.ACCOUNTS in allowed(held)


def wrong_with(file: KeyFile, known: Known) -> Iterable[Finding]:
    """What is to be said about a key file: torn, another list than the office's, passwords of before."""
    if file.torn:
        yield Finding("key file torn", {"file": key_file.FILE})
    counts = newest(file.accounts, known)
    if (file.accounts or known.accounts) and counts != file.accounts:
        yield Finding("accounts changed", {"names": _differing(file, counts)})
    old = [slot.name for slot in file.slots if slot.fingerprint() in known.replaced]
    if old:
        yield Finding("old passwords", {"names": tuple(sorted(old))})


def _differing(file: KeyFile, counts: AccountList | None) -> tuple[str, ...]:
    """Names of the accounts that stand otherwise in the file than in the list that counts."""
    names = {name for name, _what in _standing(file.accounts) ^ _standing(counts)}
    return tuple(sorted(names))


def _standing(listed: AccountList | None) -> set[tuple[str, tuple[str, ...]]]:
    entries = listed.entries if listed else ()
    return {(one.name, (*one.roles, one.public)) for one in entries}


def unlock(
    folder: Path,
    name: str,
    password: str,
    now: Callable[[], datetime] = clock.now,
) -> tuple[Keys, frozenset[Role]]:
    """The keys and roles of a person as the key file alone has them, its signature looked at."""
    opened = open_slot(folder, name, password, now)
    listed = opened.file.accounts
    if listed is None:
        return opened.keys, _roles_of(opened.slot)
    public = opened.keys.office or sign.public_of(opened.keys.signing)
    entry = listed.entry(name)
    if entry is None or not listed.is_signed_by(public):
        raise AccountsChanged(name=name)
    return opened.keys, entry.role_set()


# --- changes; each gives the key file as it is then, signed with the keys of the person who makes it


def first(
    name: str, held: Iterable[Role], password: str, day: str
) -> tuple[KeyFile, Keys, str]:
    """The key file of a new office, its keys as the first account holds them, and the recovery code, shown once."""
    passwords.need_strong(password, name)
    fresh = keys.new_keys()
    code = keys.new_code()
    who = Entry(name, tuple(sorted(held)), day)
    file = KeyFile((), AccountList(0, ()))
    file, account = _with_account(file, fresh, who, password)
    file = with_code(file, fresh, code, day)
    return file, replace(fresh, account=account), code


def _with_account(
    file: KeyFile, held: Keys, entry: Entry, secret: str
) -> tuple[KeyFile, bytes]:
    """A new key pair and slot for an account, and the next list, signed; and the private half."""
    private, public = seal.new_pair()
    slot = keys.wrap(private, held.office, entry.name, secret)
    paired = replace(entry, public=public.hex(), slot="")
    accounts = _list_of(file).with_entry(paired.given(held))
    with_slot = file.with_slot(slot)
    return with_slot.listing(accounts.signed(held.signing)), private


def _list_of(file: KeyFile) -> AccountList:
    if file.accounts is None:
        raise AccountsChanged(name="")
    return file.accounts


def added(file: KeyFile, held: Keys, entry: Entry, password: str) -> KeyFile:
    """A new account. Refused where its roles need a key that the person who adds it does not hold."""
    passwords.need_strong(password, entry.name)
    _need_keys(held, entry)
    return _with_account(file, held, entry, password)[0]


def with_code(file: KeyFile, held: Keys, code: str, day: str) -> KeyFile:
    """Another recovery code; the one before opens nothing any more. Refused without every key of the office."""
    entry = Entry(RECOVERY, (), day)
    for key, permission in _kept_keys(held):
        if not key:
            raise Refused(permission=permission)
    return _with_account(file, held, entry, keys.plain_code(code))[0]


def with_password(file: KeyFile, held: Keys, entry: Entry, password: str) -> KeyFile:
    """Another password for somebody else's account."""
    passwords.need_strong(password, entry.name)
    _need_keys(held, entry)
    return _with_account(file, held, entry, password)[0]


def with_own_password(file: KeyFile, held: Keys, name: str, password: str) -> KeyFile:
    """Another password for one's own account: the slot alone changes, so that it needs no coordinator."""
    passwords.need_strong(password, name)
    return file.with_slot(keys.wrap(held.account, held.office, name, password))


def with_roles(file: KeyFile, held: Keys, entry: Entry) -> KeyFile:
    """Other roles for an account, with the keys that they need and no others."""
    _need_keys(held, entry)
    listed = _list_of(file).with_entry(entry.given(held)).signed(held.signing)
    return file.listing(listed)


def without(file: KeyFile, held: Keys, name: str) -> KeyFile:
    """An account less. Everybody who stays is given the key that follows (`held.next`) beside the one of now."""
    entries = [
        entry.with_file_keys(held.data, held.next)
        for entry in _list_of(file).entries
        if entry.name != name
    ]
    return file.listing(_list_of(file).followed_by(entries).signed(held.signing))


def with_one_key(file: KeyFile, held: Keys) -> KeyFile:
    """The change of the file's key is confirmed: nobody is given the one of before."""
    entries = [each.with_file_keys(held.data, b"") for each in _list_of(file).entries]
    return file.listing(_list_of(file).followed_by(entries).signed(held.signing))


def taken_up(opened: Opened, password: str, day: str) -> tuple[KeyFile, Keys]:
    """The first list of an office of before 0.4, signed by a coordinator, and the coordinator's keys.

    The coordinator gets a key pair; every other slot stays as it is and is known by its fingerprint.
    """
    entries = []
    for slot in opened.file.slots:
        entries.append(Entry(slot.name, slot.roles, "", slot=slot.fingerprint()))
    held = replace(opened.keys, office=sign.public_of(opened.keys.signing))
    file = replace(opened.file, accounts=AccountList(0, tuple(entries)))
    if opened.name == RECOVERY:
        return file, held
    own = Entry(opened.name, opened.slot.roles, day)
    file, account = _with_account(file, held, own, password)
    return file, replace(held, account=account)


def _need_keys(held: Keys, entry: Entry) -> None:
    for key, permission in _kept_keys(held):
        if permission in allowed(entry.role_set()) and not key:
            raise Refused(permission=permission)


def _kept_keys(held: Keys) -> tuple[tuple[bytes, Permission], ...]:
    """The keys that not everybody holds, each with the permission that it goes with."""
    return (
        (held.clinical, Permission.SEE_SCORES),
        (held.signing, Permission.CERTIFY),
    )


def recover(folder: Path, code: str, name: str, new_password: str) -> None:
    """Give an account a new password with the recovery code. WrongCode, WrongPassword (nobody of this name),
    AccountsChanged."""
    passwords.need_strong(new_password, name)
    file = key_file.read(folder)
    slot = file.slot(RECOVERY) or replace(_DUMMY, name=RECOVERY)
    secret = keys.plain_code(code)
    opened = keys.unwrap(slot, secret)
    held = _granted(file, RECOVERY, opened)
    if file.accounts is None:
        file, held = taken_up(Opened(RECOVERY, slot, file, held), secret, "")
    elif not file.accounts.is_signed_by(held.office or sign.public_of(held.signing)):
        raise AccountsChanged(name=name)
    held = replace(held, office=held.office or sign.public_of(held.signing))
    listed = _list_of(file)
    entry = listed.entry(name)
    if entry is None or name == RECOVERY:
        raise WrongPassword(wait=0)
    file = file.listing(replace(listed, number=listed.number + _AHEAD))
    key_file.write(folder, _with_account(file, held, entry, new_password)[0])
    tries.forget(folder, name)
