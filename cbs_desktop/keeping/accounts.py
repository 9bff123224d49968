"""Who can sign in, changed: each change is a new signed list, a line of the journal, and nothing for Undo.

Two people who hold accounts can replace each other's password; the recovery code replaces anybody's, before signing in.
"""

import os
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from cbs_desktop import entrance, settings
from cbs_desktop.action import Reading, Transaction, action, query
from cbs_desktop.errors import Fault, Invalid, Missing, RuleBroken, WrongPassword
from cbs_desktop.safe import account_names, accounts, key_file, keys
from cbs_desktop.safe.account_list import Entry
from cbs_desktop.safe.key_file import KeyFile
from cbs_desktop.safe.keys import RECOVERY
from cbs_desktop.safe.permissions import Permission, Role, allowed
from cbs_desktop.store import known_accounts
from cbs_desktop.text import read_day, write_day

if TYPE_CHECKING:
    from cbs_desktop.office import Office

_HOLDERS = 2  # people who can help each other, that an office is asked to have


@dataclass(frozen=True, slots=True)
class ListedAccount:
    """An account as the list has it. `old` when it is of a version before 0.4 and needs a new password from a coordinator
    before anything else about it can be changed; `since` None where that is not known."""

    name: str
    roles: frozenset[Role]
    since: date | None
    holds_accounts: bool
    mine: bool
    old: bool


@query(Permission.ACCOUNTS)
def listed(reading: Reading) -> list[ListedAccount]:
    """Every account in order of name, the recovery code left out."""
    found = []
    for entry in _entries(reading):
        held = entry.role_set()
        account = ListedAccount(
            name=entry.name,
            roles=held,
            since=read_day(entry.since) if entry.since else None,
            holds_accounts=Permission.ACCOUNTS in allowed(held),
            mine=entry.name == reading.account.name,
            old=not entry.public,
        )
        found.append(account)
    return sorted(found, key=lambda account: account.name)


def _entries(reading: Reading) -> list[Entry]:
    known = known_accounts.read(reading.db).accounts
    if known is None:
        return []
    return [entry for entry in known.entries if entry.name != RECOVERY]


@query(Permission.ACCOUNTS)
def advice(reading: Reading) -> frozenset[str]:
    """What an office is asked for and has not: "second holder" where nobody could replace the password of the only one
    who holds accounts, "code" where nobody has typed the recovery code back."""
    found = set()
    holders = [e for e in _entries(reading) if _holds(e.role_set())]
    if len(holders) < _HOLDERS:
        found.add("second holder")
    if not settings.read(reading, "code proved"):
        found.add("code")
    return frozenset(found)


def _holds(held: frozenset[Role]) -> bool:
    return Permission.ACCOUNTS in allowed(held)


@action(Permission.ACCOUNTS, "Added the account {name}")
def add_account(
    tx: Transaction, name: str, roles: frozenset[Role], password: str
) -> None:
    """A new person who can sign in; nobody can give a key they do not hold.

    Problems: NameTaken, Invalid (name), WeakPassword, CommonPassword, Refused, AccountsChanged.
    """
    file = entrance.current(tx)
    name = account_names.checked(name, [one.name for one in _all(file)])
    tx.say(name=name)
    _need_roles(roles)
    entry = Entry(name, tuple(sorted(roles)), write_day(tx.today))
    changed = accounts.added(file, tx.vault.keys, entry, password)
    entrance.note_change(tx, changed)


@action(Permission.OWN_ACCOUNT, "Changed the password of {name}")
def change_password(tx: Transaction, old: str, new: str) -> None:
    """This person's own password. Problems: WrongPassword, WaitFirst, WeakPassword, CommonPassword; RuleBroken for an
    account of before 0.4, which a coordinator has to give a new one."""
    name = tx.account.name
    tx.say(name=name)
    opened = accounts.open_slot(tx.vault.folder, name, old)
    if not tx.vault.keys.account:
        raise RuleBroken(rule="old account", names=(name,))
    if opened.keys.account != tx.vault.keys.account:
        raise WrongPassword(wait=0)
    changed = accounts.with_own_password(entrance.current(tx), tx.vault.keys, name, new)
    entrance.note_change(tx, changed)


@action(Permission.ACCOUNTS, "Gave the account {name} a new password")
def replace_password(tx: Transaction, name: str, password: str) -> None:
    """A new password for somebody else, who forgot it or whose account is of a version before 0.4.

    Problems: Missing, WeakPassword, CommonPassword, Refused, RuleBroken (one's own: `change_password`).
    """
    tx.say(name=name)
    file = entrance.current(tx)
    if name == tx.account.name:
        raise RuleBroken(rule="own account")
    changed = accounts.with_password(file, tx.vault.keys, _entry(file, name), password)
    entrance.note_change(tx, changed)


@action(Permission.ACCOUNTS, "Changed the roles of {name}: {roles}")
def change_roles(tx: Transaction, name: str, roles: frozenset[Role]) -> None:
    """Other roles, from the next sign-in on. Problems: Missing, Refused, RuleBroken (the last who holds accounts; an
    account of before 0.4)."""
    tx.say(name=name, roles=", ".join(sorted(roles)))
    _need_roles(roles)
    file = entrance.current(tx)
    entry = _entry(file, name)
    _need_new_kind([entry])
    changed = replace(entry, roles=tuple(sorted(roles)))
    _need_holder([changed if one.name == name else one for one in _all(file)])
    entrance.note_change(tx, accounts.with_roles(file, tx.vault.keys, changed))


@action(Permission.ACCOUNTS, "Removed the account {name}")
def take_away(tx: Transaction, name: str) -> None:
    """The account is gone from the list, and all who stay are given another key of the file; `remove` goes on to use it.

    Problems: Missing, RuleBroken (one's own; the last who holds accounts; somebody of before 0.4 stays).
    """
    tx.say(name=name)
    file = entrance.current(tx)
    if name == tx.account.name:
        raise RuleBroken(rule="own account")
    gone = _entry(file, name)
    stay = [entry for entry in _all(file) if entry != gone]
    _need_new_kind(stay)
    _need_holder(stay)
    held = replace(tx.vault.keys, next=os.urandom(32))
    entrance.note_change(tx, accounts.without(file, held, name))
    tx.vault.hold(held)


def remove(office: "Office", name: str) -> None:
    """Remove an account and encrypt the file with another key: who left cannot open it any more, whatever was kept.

    Copies made before stay readable with the old password.
    """
    office.do(take_away, name)
    office.change_key()


@action(Permission.ACCOUNTS, "Renewed the recovery code")
def renew_code(tx: Transaction, code: str) -> None:
    """This code instead of the one before, which opens nothing any more. Make it with `new_code`, and show it until two of
    its groups were typed back: only then call this. Refused without every key of the office."""
    changed = accounts.with_code(
        entrance.current(tx), tx.vault.keys, code, write_day(tx.today)
    )
    entrance.note_change(tx, changed)
    settings.write(tx, "code proved", True)


@action(Permission.ACCOUNTS, "Confirmed the recovery code")
def confirm_code(tx: Transaction) -> None:
    """Somebody typed groups of the code of a new office back from paper."""
    settings.write(tx, "code proved", True)


def new_code() -> str:
    """A recovery code that is nobody's yet."""
    return keys.new_code()


@action(Permission.ACCOUNTS, "Accepted the key file as it is")
def accept_passwords(tx: Transaction) -> None:
    """The passwords of before that an older key file brought back count again; its list is the one that counts."""
    file = key_file.read(tx.vault.folder)
    here = {slot.fingerprint() for slot in file.slots}
    known = settings.read(tx, "replaced slots")
    settings.write(tx, "replaced slots", [one for one in known if one not in here])
    entrance.note_change(tx, entrance.current(tx))


@action(Permission.ACCOUNTS, "Wrote the list of accounts anew")
def put_list_back(tx: Transaction) -> None:
    """The list that counts is put into the key file again. Accounts without a slot there need a new password."""
    entrance.note_change(tx, entrance.current(tx))


def _need_roles(roles: frozenset[Role]) -> None:
    if not roles:
        raise Invalid([Fault("roles", "needed")])


def _all(file: KeyFile) -> list[Entry]:
    return list(file.accounts.entries) if file.accounts else []


def _entry(file: KeyFile, name: str) -> Entry:
    for entry in _all(file):
        if entry.name == name != RECOVERY:
            return entry
    raise Missing(what="account", id=name)


def _need_new_kind(entries: list[Entry]) -> None:
    """RuleBroken where there are accounts of before 0.4: without a key pair nothing can be given to them."""
    old = [entry.name for entry in entries if not entry.public]
    if old:
        raise RuleBroken(rule="old account", names=tuple(sorted(old)))


def _need_holder(entries: list[Entry]) -> None:
    """RuleBroken where nobody would be left who holds accounts."""
    if not any(_holds(entry.role_set()) for entry in entries):
        raise RuleBroken(rule="last holder")
