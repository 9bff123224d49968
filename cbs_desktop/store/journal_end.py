"""Where the journal ends, kept outside the database: only so is a tail that was cut off found, or an older file.

Beside the office, in a file of two lines that are written in turn after each act (a power cut can spoil one of them); and
in this person's data folder, when the office is opened and closed. An end bears a MAC under the office's key, and none is
ever replaced by an earlier one: until a coordinator decides, an older database is told of at every start.
"""

import hmac
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from sqlalchemy import Connection

from cbs_desktop.errors import OfficeProblem
from cbs_desktop.findings import Finding
from cbs_desktop.safe import keys
from cbs_desktop.safe.number_log import NumberLog
from cbs_desktop.store import journal

FILE = "office.head"
_LINE = 256  # bytes of each of the two lines
Kept: TypeAlias = dict[str, Any]  # act, link, mac, as JSON has them


@dataclass(frozen=True, slots=True)
class End:
    """The last act and its link, in hexadecimal."""

    act: int
    link: str


class JournalEnd:
    """The ends that are known of one office."""

    def __init__(self, file: Path, key: Callable[[], bytes]) -> None:
        self.file = file
        self._key = key
        self._open: BinaryIO | None = None

    def beside(self) -> End | None:
        """The end beside the office; None where none can be read that this office wrote."""
        try:
            content = self.file.read_bytes()
        except OSError:
            return None
        lines = (content[:_LINE], content[_LINE:])
        ends = [end for line in lines if (end := self._read(line))]
        return max(ends, key=lambda end: end.act, default=None)

    def without_mac(self) -> End | None:
        """The end as versions before 0.4 wrote it."""
        try:
            kept = json.loads(self.file.read_text("utf-8"))
            return End(int(kept["act"]), str(kept["link"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def outside(self, log: NumberLog) -> End | None:
        """The end in this person's data folder."""
        kept = log.end()
        return self._checked(kept) if kept else None

    def _read(self, line: bytes) -> End | None:
        try:
            return self._checked(json.loads(line))
        except ValueError:
            return None

    def _checked(self, kept: Kept) -> End | None:
        """An end that bears the office's MAC."""
        try:
            end = End(int(kept["act"]), str(kept["link"]))
            is_ours = hmac.compare_digest(self._mac(end), str(kept["mac"]))
        except (KeyError, TypeError, ValueError):
            return None
        return end if is_ours else None

    def note(self, act: int, link: bytes) -> None:
        """An act was written. Not flushed to the disk: after a power cut an earlier end is no less true."""
        if self._open is None:
            return
        end = End(act, link.hex())
        try:
            self._open.seek(_LINE * (act % 2))
            self._open.write(self._line(end))
        except (
            OSError
        ):  # a full or a read-only disk: the check then knows less, the data are safe
            return

    def begin(self, act: int, link: bytes, log: NumberLog) -> None:
        """From here on acts are noted: both places know where the journal ends now."""
        self.stop()
        end = End(act, link.hex())
        with suppress(OSError, OfficeProblem):
            if self.beside() != end:
                keys.save(self.file, self._line(end) * 2)
            self._tell_outside(end, log)
            self._open = self.file.open("r+b", buffering=0)

    def settle(self, act: int, link: bytes, log: NumberLog) -> None:
        """The office is closed: both places hold its end, whatever the disk had kept back."""
        if self._open is None:
            return
        self.stop()
        end = End(act, link.hex())
        with suppress(OSError, OfficeProblem):
            keys.save(self.file, self._line(end) * 2)
            self._tell_outside(end, log)

    def _tell_outside(self, end: End, log: NumberLog) -> None:
        if self.outside(log) != end:
            log.keep_end(self._kept(end))

    def stop(self) -> None:
        """Note nothing more."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _kept(self, end: End) -> Kept:
        return {"act": end.act, "link": end.link, "mac": self._mac(end)}

    def _line(self, end: End) -> bytes:
        return json.dumps(self._kept(end)).encode().ljust(_LINE - 1) + b"\n"

    def _mac(self, end: End) -> str:
        message = f"journal end\n{end.act}\n{end.link}".encode()
        return hmac.new(self._key(), message, sha256).hexdigest()


def compare(
    link: Connection, ends: JournalEnd, log: NumberLog, upgraded: bool
) -> tuple[Finding, ...]:
    """What is wrong with the end of a journal: it is shorter than was known, another one, or the file beside is gone.

    The file of an office that was just `upgraded` bears no MAC yet.
    """
    last = journal.last(link)[0]
    beside = ends.beside() or (ends.without_mac() if upgraded else None)
    if beside is None and last and not upgraded:
        return (Finding("end unknown", {"file": ends.file}),)
    for end in (beside, ends.outside(log)):
        if end is None or is_in(link, end):
            continue
        if end.act > last:
            return (Finding("older", {"known": end.act, "acts": last}),)
        return (Finding("another past", {"known": end.act, "acts": last}),)
    return ()


def compare_own(link: Connection, copy: Path, key: bytes) -> tuple[Finding, ...]:
    """What is wrong with a copy's journal, held against the end that lies beside it; nothing where none does."""
    ends = JournalEnd(copy / FILE, lambda: key)
    if not ends.file.exists():
        return ()
    end = ends.beside()
    if end is None:
        return (Finding("end unknown", {"file": ends.file}),)
    if is_in(link, end):
        return ()
    last = journal.last(link)[0]
    kind = "older" if end.act > last else "another past"
    return (Finding(kind, {"known": end.act, "acts": last}),)


def is_in(link: Connection, end: End) -> bool:
    """Whether the journal has this act as it was then."""
    if not end.act:
        return True
    there = link.exec_driver_sql(
        "SELECT link FROM act WHERE id = ?", (end.act,)
    ).scalar()
    return isinstance(there, bytes) and there.hex() == end.link


def write_beside(folder: Path, key: bytes, act: int, link: bytes) -> None:
    """The end of a copy, beside it."""
    end = JournalEnd(folder / FILE, lambda: key)
    keys.save(end.file, end._line(End(act, link.hex())) * 2)
