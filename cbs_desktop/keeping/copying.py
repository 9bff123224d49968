"""Copies that are made by themselves: on exit, while people work, before an import and a change to many; thinned as they age.

They lie beside the office, on the same disk: against mistakes and damage. Against loss of the laptop there are backups.
"""

import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from cbs_desktop.keeping import rules
from cbs_desktop.safe import copies
from cbs_desktop.safe.copies import Copy, State, Why
from cbs_desktop.store import migrate

if TYPE_CHECKING:
    from cbs_desktop.office import Office

RECENT = timedelta(
    minutes=5
)  # a copy as old as this serves before an import or a change
_LEFT_OVER = timedelta(days=1)  # a half copy of a program that was ended

# the actions of the window that change many records at once, or come from outside
BEFORE: dict[str, Why] = {
    "participants.import_people": Why.IMPORT,
    "participants.move_many": Why.MANY,
    "participants.consent_many": Why.MANY,
    "groups.leave_many": Why.MANY,
    "groups.accept": Why.MANY,
    "screening.decide_many": Why.MANY,
    "screening.record_many": Why.MANY,
    "duplicates.merge": Why.MANY,
}


@dataclass(frozen=True, slots=True)
class Automatic:
    """The copies beside an office: where, how many whole ones, and the newest."""

    folder: Path
    count: int
    newest: Copy | None


def lying_in(office: "Office", place: Path) -> list[Copy]:
    """The copies in a folder, seen from an office: newest first."""
    return copies.lying_in(place, office.fingerprint, migrate.HEAD)


def found_without_key(place: Path) -> list[Copy]:
    """The copies in a folder, whosever they are: newest first."""
    return copies.lying_in(place, copies.ANY, migrate.HEAD)


def beside(office: "Office") -> Automatic:
    """What was copied by itself so far."""
    folder = copies.automatic_folder(office.folder)
    whole = _whole(office, folder)
    return Automatic(folder, len(whole), next(iter(whole), None))


def _whole(office: "Office", folder: Path) -> list[Copy]:
    good = (State.WHOLE, State.OLDER)
    return [copy for copy in lying_in(office, folder) if copy.state in good]


def automatic(office: "Office", why: Why) -> Path | None:
    """A copy beside the office, and the older ones thinned; None where the newest has everything already.

    Problems: DamagedFile, NoKeys, and those of disks. May be called from any thread.
    """
    if office.practice or office.is_only_looked_at:
        return None
    now = office.now()
    there = beside(office)
    if there.newest and not _is_needed(office, there.newest, why, now):
        return None
    facts = office.copy(there.folder, why)
    thin(office, there.folder, now)
    return Path(str(facts["folder"]))


def _is_needed(office: "Office", newest: Copy, why: Why, now: datetime) -> bool:
    note = copies.read_note(newest.folder)
    if note and office.is_last(note.acts, note.link):
        return False
    is_recent = timedelta() <= now - newest.made < RECENT
    return not (is_recent and why in (Why.IMPORT, Why.MANY))


def thin(office: "Office", folder: Path, now: datetime) -> list[Path]:
    """Remove automatic copies of this office that are kept no longer, and what programs that were ended left half made.

    What somebody put there is left alone: another office's copies, backups made by hand, and anything unmarked.
    """
    mine: list[Copy] = []
    for copy in _whole(office, folder):
        if copy.why != Why.BY_HAND and copy.office == office.fingerprint:
            mine.append(copy)
    stay = rules.kept((copy.made for copy in mine), now)
    gone = [copy.folder for copy in mine if copy.made not in stay]
    gone += _left_over(folder, now)
    for each in gone:
        remove(each)
    return gone


def _left_over(folder: Path, now: datetime) -> list[Path]:
    found: list[Path] = []
    for part in folder.glob(f"*{copies.HALF}"):
        with suppress(OSError):
            age = now.timestamp() - part.stat().st_mtime
            if part.is_dir() and age > _LEFT_OVER.total_seconds():
                found.append(part)
    return found


def remove(copy: Path) -> bool:
    """Whether the folder of a copy is gone. Under a half copy's name first: one that could not be removed whole is no
    copy any more."""
    doomed = copy.with_name(copy.name.removesuffix(copies.HALF) + copies.HALF)
    try:
        if doomed != copy:
            copy.rename(doomed)
        shutil.rmtree(doomed)
    except OSError:
        return False
    return True
