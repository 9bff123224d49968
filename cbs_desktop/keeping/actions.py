"""Backing up the office, and what is decided about findings of the check. None of it is taken back by Undo."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from cbs_desktop import settings
from cbs_desktop.action import Transaction, action
from cbs_desktop.errors import Missing
from cbs_desktop.exports import actions as exports
from cbs_desktop.exports.rules import Outgoing
from cbs_desktop.keeping.tables import Anchor
from cbs_desktop.participants.tables import Person
from cbs_desktop.rights import actions as rights
from cbs_desktop.safe import copies
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening.tables import Assessment
from cbs_desktop.store import backup, journal, replay, schema, search
from cbs_desktop.text import write_day

if TYPE_CHECKING:
    from cbs_desktop.office import Office


@action(Permission.BACK_UP, "Backed up the office: {where}")
def back_up(tx: Transaction, into: Path) -> dict[str, object]:
    """A verified copy in a new folder inside `into`. Facts: folder, acts, bytes. Problems: DamagedFile, NoKeys, and those
    of disks.

    The copy holds everything up to this action, and not the note that it was made. `into` is marked, so that a stick is
    recognised when it is put in again.
    """
    settings.write(tx, "last backup", tx.now.isoformat())
    fingerprint = copies.fingerprint(settings.read(tx, "signing public"))
    stick = _note_backup(tx, into)
    office = tx.vault.folder
    name = copies.name_of(office, tx.now)
    held = tx.vault.keys
    facts = backup.make(office, into, name, held, copies.Why.BY_HAND, tx.now)
    with suppress(OSError):  # without it the stick is not recognised, and no less good
        copies.mark(into, fingerprint, stick)
    return facts


def _note_backup(tx: Transaction, into: Path) -> int:
    """Note what leaves with a backup; the number of the stick it goes to, 0 for no stick."""
    place = copies.place_of(into)
    stick = 0
    if place == "stick":
        stick = exports.stick_of(tx, into / "backup") or exports.next_stick(tx)
    people = tx.count(select(func.count()).select_from(Person))
    sheets = tx.count(select(func.count()).select_from(Assessment))
    exports.note(tx, Outgoing("backup", people), place, stick, sheets)
    return stick


@action(Permission.OWN_ACCOUNT, "Restored the office from the copy of {made}")
def note_restored(tx: Transaction, copy: str, made: str, acts: int) -> None:
    """Note in the journal of an office from which copy it comes: the copy's folder name, its moment, its last act."""
    known = settings.read(tx, "restored from")
    settings.write(
        tx, "restored from", [*known, {"copy": copy, "made": made, "acts": acts}]
    )
    tx.say(made=made[:16].replace("T", " "))


@action(Permission.ACCOUNTS, "Accepted the journal as it is")
def accept_end(tx: Transaction, found: Sequence[Mapping[str, object]]) -> None:
    """The journal goes on from here, though it was known to go further, or otherwise; what was known is kept."""
    known = [{key: str(value) for key, value in facts.items()} for facts in found]
    accepted = settings.read(tx, "accepted ends")
    settings.write(tx, "accepted ends", [*accepted, *known])


@action(Permission.CERTIFY, "Signed the journal")
def anchor(tx: Transaction) -> None:
    """The coordinator's signature under the last act, where something was done since the last one."""
    act, _seq, _counter, link = journal.last(tx.db)
    signed = tx.value(select(func.coalesce(func.max(Anchor.act), 0))) or 0
    if act <= signed + 1:  # nothing since but the signing itself
        return
    message = journal.signed_words(act, link.hex(), write_day(tx.today))
    row = {
        "act": act,
        "link": link.hex(),
        "day": tx.today,
        "account": tx.account.name,
        "signature": tx.sign(message).hex(),
    }
    tx.run(insert(Anchor), row)


def go_on_from_here(office: "Office") -> None:
    """A coordinator's decision about what was found of the journal's end: noted, and known outside the database."""
    office.do(accept_end, [one.facts for one in office.found_at_start])
    office.do(rights.erase_again)  # an older database may have brought somebody back
    office.begin_end()


@action(Permission.SET_UP, "Accepted a record as it is: {table}")
def accept_row(tx: Transaction, table: str, key: str) -> None:
    """A row that is not as the journal tells stays as it is; the check knows it from now on. Missing."""
    tx.say(table=table)
    replay.restate(tx.db, [_differing(tx, table, key)])


@action(Permission.SET_UP, "Put a record back as the journal has it: {table}")
def put_row_back(tx: Transaction, table: str, key: str) -> None:
    """A row becomes what its journal tells. Missing, or Stale where other records stand in the way."""
    tx.say(table=table)
    then = replay.put_back(tx.db, _differing(tx, table, key))
    replay.restate(tx.db, [then])


def _differing(tx: Transaction, table: str, key: str) -> replay.RowDifference:
    """Missing where the row is as the journal tells."""
    known = {each.name: each for each in schema.tables()}
    found = replay.differences(tx.db, [known[table]] if table in known else [])
    for each in found:
        if each.key == key:
            return each
    raise Missing(what="record", id=key)


@action(Permission.SET_UP, "Rebuilt the search index")
def rebuild_index(tx: Transaction, name: str) -> None:
    """An index of words made anew from its table; Missing for none. It is no part of the journal."""
    if not search.rebuild(tx.db, name):
        raise Missing(what="index", id=name)
