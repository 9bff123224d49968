"""The list of erased people, as the database has it and as it was found beside the office and in this person's data folder."""

from contextlib import suppress

from sqlalchemy import select

from cbs_desktop.action import Transaction
from cbs_desktop.errors import OfficeProblem
from cbs_desktop.participants.tables import Erased
from cbs_desktop.safe import disk, erased_file


def read(tx: Transaction) -> frozenset[int]:
    """The ids that one of the two lists has: beside the office, or kept by this person on this laptop."""
    key = tx.vault.keys.chain
    mine = erased_file.checked(tx.number_log.erased(), key)
    return mine | erased_file.read(tx.vault.folder, key)


def keep(tx: Transaction) -> None:
    """Everybody who was erased, by id; nobody goes from the lists. Problems of the disk on which the office lies; where the
    data folder takes nothing, the list beside the office is enough."""
    key = tx.vault.keys.chain
    known = read(tx) | set(tx.column(select(Erased.person_id)))
    try:
        erased_file.write(tx.vault.folder, key, known)
    except OSError as problem:
        raise disk.told(problem, tx.vault.folder) from problem
    with suppress(OfficeProblem):
        tx.number_log.keep_erased(erased_file.signed(known, key))
