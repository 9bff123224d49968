"""An opened office as a file: which one it is, how far its journal goes, its check, and copies of it. Base of `Office`."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cbs_desktop.safe import copies
from cbs_desktop.safe.copies import Why
from cbs_desktop.store import lock
from cbs_desktop.unlocked import Unlocked

if TYPE_CHECKING:
    from cbs_desktop.action import Progress
    from cbs_desktop.findings import Checked


class OfficeFile(Unlocked):
    """What is asked of an opened office beside its data."""

    practice: bool
    last_at: datetime | None  # when the last act was done before this opening
    _title: str

    @property
    def title(self) -> str:
        """The name of the office, or of its folder until it has one."""
        return self._title or self.folder.name

    @property
    def fingerprint(self) -> str:
        """Which office this is, as its copies know it."""
        return copies.fingerprint(self._signing)

    @property
    def is_only_looked_at(self) -> bool:
        """Whether the disk took nothing when the office was opened: everything can be read, nothing be done."""
        return self.why_look_only is not None

    def is_last(self, act: int, link: str) -> bool:
        """Whether the journal ends at this act."""
        return self._act == act and self._chain.hex() == link

    def _last_act_at(self) -> datetime | None:
        """When the last act was done, as the clock said then; None before the first."""
        with self._reads() as link:
            at = link.exec_driver_sql(
                "SELECT at FROM act ORDER BY id DESC LIMIT 1"
            ).scalar()
        return datetime.fromisoformat(at) if at else None

    def copy(self, into: Path, why: Why) -> dict[str, object]:
        """A verified copy in a new folder inside `into`, while people go on working: `backup.make`."""
        from cbs_desktop.store import backup

        now = self.now()
        name = copies.name_of(self.folder, now)
        held = self._vault.keys
        return backup.make(self.folder, into, name, held, why, now, self._links.mode)

    def check(self, progress: "Progress | None" = None) -> "Checked":
        """The whole start-up check; it never raises, but for Cancelled of `progress`."""
        from cbs_desktop.store import checkup

        with self._links.reading.shared():
            what = checkup.Checking(
                self._file,
                self._keys,
                self._reader,
                self._links.writing,
                self._links.mode,
            )
            return checkup.run(what, self.found_at_start, progress)

    @property
    def journal_code(self) -> str:
        """The last act as papers show it (`journal.code`)."""
        from cbs_desktop.store import journal

        return journal.code(self._act, self._chain)


def lock_if_possible(folder: Path) -> int:
    """The lock of an office that is only looked at; -1 where none can be made. AlreadyOpen."""
    try:
        return lock.take(folder)
    except OSError:
        return -1
