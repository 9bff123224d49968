"""The list of erased people beside the office, as the database has it and as it was found there."""

from sqlalchemy import select

from cbs_desktop.action import Transaction
from cbs_desktop.participants.tables import Erased
from cbs_desktop.safe import disk, erased_file


def read(tx: Transaction) -> frozenset[int]:
    """The ids that the list beside the office has."""
    return erased_file.read(tx.vault.folder, tx.vault.keys.chain)


def keep(tx: Transaction) -> None:
    """Everybody who was erased, by id; nobody goes from the list. Problems of disks."""
    known = read(tx) | set(tx.column(select(Erased.person_id)))
    try:
        erased_file.write(tx.vault.folder, tx.vault.keys.chain, known)
    except OSError as problem:
        raise disk.told(problem, tx.vault.folder) from problem
