"""Backing up the office, and who can sign in. None of it is taken back by Undo: a copy and a key file stay as they are."""

from pathlib import Path

from cbs_desktop import settings
from cbs_desktop.action import Transaction, action
from cbs_desktop.safe import accounts
from cbs_desktop.safe.permissions import Permission, Role
from cbs_desktop.store import backup


@action(Permission.BACK_UP, "Backed up the office")
def back_up(tx: Transaction, into: Path) -> dict[str, object]:
    """A verified copy in a new folder inside `into`. Facts: folder, acts, bytes. Problems: DiskFull, ReadOnly, DamagedFile.

    The copy holds everything up to this action, and not the note that it was made.
    """
    settings.write(tx, "last backup", tx.now.isoformat())
    office = tx.vault.folder
    name = f"{office.name}-{tx.now:%Y-%m-%d-%H%M%S}"
    return backup.make(office, into, name, tx.vault.keys.data)


@action(Permission.ACCOUNTS, "Added the account {name}")
def add_account(
    tx: Transaction, name: str, roles: frozenset[Role], password: str
) -> None:
    """A new person who can sign in; nobody can give a key they do not hold.

    Problems: NameTaken, WeakPassword, Refused.
    """
    _note_change(tx)
    tx.say(name=name)
    accounts.add(tx.vault.folder, tx.vault.keys, name, roles, password)


@action(Permission.OWN_ACCOUNT, "Changed the password of {name}")
def change_password(tx: Transaction, old: str, new: str) -> None:
    """This person's own password. Problems: WrongPassword, WaitFirst, WeakPassword."""
    name = tx.account.name
    _note_change(tx)
    tx.say(name=name)
    accounts.change_password(tx.vault.folder, name, old, new)


def _note_change(tx: Transaction) -> None:
    """Put the action into the journal; the key file comes after, so that a problem with it leaves no trace."""
    changes = settings.read(tx, "account changes")
    settings.write(tx, "account changes", changes + 1)
