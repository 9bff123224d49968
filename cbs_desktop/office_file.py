"""An opened office as a file: which one it is, how far its journal goes, its check, and copies of it. Base of `Office`."""

import os
import threading
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cbs_desktop.clock import Clock
from cbs_desktop.errors import OfficeProblem
from cbs_desktop.safe import copies, number_log
from cbs_desktop.safe.copies import Why
from cbs_desktop.safe.keys import Keys
from cbs_desktop.safe.vault import Vault
from cbs_desktop.store import lock

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from cbs_desktop.action import Progress
    from cbs_desktop.findings import Checked, Finding
    from cbs_desktop.store.journal_end import JournalEnd


class OfficeFile:
    """What `Office` sets is declared here; `why_look_only` is why nothing can be written, None where it can."""

    folder: Path
    now: Clock
    practice: bool
    why_look_only: OfficeProblem | None
    found_at_start: "tuple[Finding, ...]"  # about the journal's end
    laptop: str
    _file: Path
    _mode: str
    _keys: Keys
    _end: "JournalEnd"
    _writing: threading.Lock
    _signing: str
    _title: str
    _act: int
    _chain: bytes
    _vault: Vault
    _reader: "Engine"

    def _look_at_end(self, upgraded: bool) -> None:
        """Whether the journal reaches as far as is known outside the database; only then is its end noted anew."""
        from cbs_desktop.store import journal_end

        with self._reader.begin() as link:
            found = journal_end.compare(
                link, self._end, self._number_log_of(self.laptop), upgraded
            )
        self.found_at_start = found
        if not found and not self.why_look_only:
            self.begin_end()

    def _number_log_of(self, laptop: str) -> number_log.NumberLog:
        return number_log.NumberLog(self.folder, getattr(self, "_signing", ""), laptop)

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

    def last_act_at(self) -> datetime | None:
        """When the last act was done, as the clock said then; None before the first."""
        with self._reader.begin() as link:
            at = link.exec_driver_sql(
                "SELECT at FROM act ORDER BY id DESC LIMIT 1"
            ).scalar()
        return datetime.fromisoformat(at) if at else None

    def copy(self, into: Path, why: Why) -> dict[str, object]:
        """A verified copy in a new folder inside `into`, while people go on working: `backup.make`."""
        from cbs_desktop.store import backup

        now = self.now()
        name = copies.name_of(self.folder, now)
        key = self._vault.keys.data
        return backup.make(self.folder, into, name, key, why, now, self._mode)

    def check(self, progress: "Progress | None" = None) -> "Checked":
        """The whole start-up check; it never raises, but for Cancelled of `progress`."""
        from cbs_desktop.store import checkup

        what = checkup.Checking(
            self._file, self._keys.data, self._reader, self._writing, self._mode
        )
        return checkup.run(what, self.found_at_start, progress)

    @property
    def journal_code(self) -> str:
        """The last act as papers show it (`journal.code`)."""
        from cbs_desktop.store import journal

        return journal.code(self._act, self._chain)

    def begin_end(self) -> None:
        """The journal as it is now is the office's, whatever was known of its end outside the database."""
        self.found_at_start = ()
        self._end.begin(self._act, self._chain, self._number_log_of(self.laptop))


def lock_if_possible(folder: Path) -> int:
    """The lock of an office that is only looked at; -1 where none can be made. AlreadyOpen."""
    try:
        return lock.take(folder)
    except OSError:
        return -1


def let_go(handle: int) -> None:
    """Let others open the office."""
    if handle >= 0:
        os.close(handle)
