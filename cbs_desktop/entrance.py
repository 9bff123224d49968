"""Letting somebody in: which key opens the file, whether the account is the office's, and what is noted of a sign-in."""

from dataclasses import replace
from pathlib import Path

from cbs_desktop import settings
from cbs_desktop.action import Transaction
from cbs_desktop.errors import (
    AccountsChanged,
    DamagedFile,
    ForeignFile,
    KeysDoNotFit,
)
from cbs_desktop.safe import accounts, key_file
from cbs_desktop.safe.accounts import Admitted, Opened
from cbs_desktop.safe.key_file import KeyFile
from cbs_desktop.safe.keys import Keys
from cbs_desktop.safe.permissions import Role
from cbs_desktop.store import engine, journal_end, known_accounts
from cbs_desktop.text import write_day

_REPLACED_MOST = 2_000  # fingerprints that are remembered


def fitting(file: Path, opened: Opened, mode: str = "rw") -> Keys:
    """The keys with the one that opens the file as `data`: of two while it is being changed. NoOffice, EmptyFile,
    ForeignFile, DamagedFile; AccountsChanged where the keys were put there by nobody who might. `mode` is how the file is
    looked at: engine.LOOK on a disk that takes nothing."""
    held = opened.keys
    if held.next and not engine.fits(file, held.data, mode):
        held = with_next(held)
    try:
        engine.inspect(file, held.data, mode)
    except (ForeignFile, DamagedFile) as problem:
        listed = opened.file.accounts
        if listed and held.office and not listed.is_signed_by(held.office):
            raise AccountsChanged(name=opened.name) from problem
        is_damaged = isinstance(problem, DamagedFile)
        if is_damaged and held.chain and _is_of_this_office(file, held):
            raise KeysDoNotFit(file=file) from problem
        raise
    return held


def _is_of_this_office(file: Path, held: Keys) -> bool:
    """Whether what lies beside the file was written with these keys: the chain's stays when the file's is changed."""
    end = journal_end.JournalEnd(file.parent / journal_end.FILE, lambda: held.chain)
    return end.beside() is not None


def with_next(held: Keys) -> Keys:
    """The keys once the file has the key that follows."""
    return replace(held, data=held.next, next=b"")


def note_sign_in(
    tx: Transaction, opened: Opened, admitted: Admitted, password: str
) -> Keys:
    """One act for the sign-in and the wrong tries before it; the database takes over what the key file has that is new.

    A coordinator who comes into an office of before 0.4 signs its first list. Gives the keys that are held from now on.
    """
    held = admitted.keys
    file = opened.file
    unlisted = admitted.accounts is None and file.accounts is None
    if unlisted and Role.COORDINATOR in admitted.roles:
        file, held = accounts.taken_up(opened, password, write_day(tx.today))
        key_file.write(tx.vault.folder, file)
    settings.write(tx, "sign-ins", settings.read(tx, "sign-ins") + 1)
    tx.say(wrong=opened.wrong)
    note(tx, file)
    return held


def note(tx: Transaction, file: KeyFile) -> None:
    """What the key file has that is the office's and new: the list, and which passwords were replaced."""
    known = known_accounts.read(tx.db)
    counts = accounts.newest(file.accounts, known)
    if counts is not None and counts == file.accounts and counts != known.accounts:
        settings.write(tx, "accounts", counts.as_json())
    _note_slots(tx, file, known.replaced)


def _note_slots(tx: Transaction, file: KeyFile, replaced: frozenset[str]) -> None:
    """Remember each slot, and those before it. One that was replaced before is not the account's, whoever put it back."""
    seen: dict[str, str] = settings.read(tx, "slots")
    here = {slot.name: slot.fingerprint() for slot in file.slots}
    if replaced.intersection(here.values()) or here == seen:
        return
    gone = list(settings.read(tx, "replaced slots"))
    for name, fingerprint in seen.items():
        if here.get(name) != fingerprint:
            gone.append(fingerprint)
    settings.write(tx, "replaced slots", gone[-_REPLACED_MOST:])
    settings.write(tx, "slots", here)


def confirm_key(tx: Transaction) -> None:
    """The file has its new key: the key file gives nobody the one of before."""
    file = accounts.with_one_key(current(tx), tx.vault.keys)
    note_change(tx, file)


def current(tx: Transaction) -> KeyFile:
    """The key file with the list that counts. AccountsChanged where none does."""
    file = key_file.read(tx.vault.folder)
    counts = accounts.newest(file.accounts, known_accounts.read(tx.db))
    if counts is None:
        raise AccountsChanged(name=tx.account.name)
    return file.listing(counts)


def note_change(tx: Transaction, file: KeyFile) -> None:
    """Write a changed key file, and what the database is to know of it. A problem with it leaves no trace."""
    settings.write(tx, "account changes", settings.read(tx, "account changes") + 1)
    note(tx, file)
    key_file.write(tx.vault.folder, file)
