"""The part of an office that holds its keys: letting somebody in, locking and unlocking, changing the key of the file."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from cbs_desktop import clock
from cbs_desktop.action import Account, Change
from cbs_desktop.errors import (
    AccountsChanged,
    DiskFull,
    LookOnly,
    OfficeProblem,
    ReadOnly,
)
from cbs_desktop.safe import accounts, key_file, number_log
from cbs_desktop.safe.accounts import Admitted, Opened
from cbs_desktop.safe.keys import Keys
from cbs_desktop.safe.vault import Vault
from cbs_desktop.store.trouble import file_problems

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from cbs_desktop.findings import Finding

R = TypeVar("R")
_KEY_CHANGED = "Changed the key of the file"
_SIGNED_IN = "Signed in"
_AFTER_WRONG = "Signed in after wrong passwords: {wrong}"


class Unlocked:
    """Folder, keys and connections of an opened office. `Office` adds its doors and `_run`, by which all is written."""

    laptop: str
    _act: int
    _chain: bytes

    def __init__(
        self,
        folder: Path,
        account: Account,
        keys: Keys,
        lock: int,
        now: clock.Clock,
        why_look_only: OfficeProblem | None = None,
    ) -> None:
        from cbs_desktop.store import connections, engine, journal_end

        self.folder = folder
        self.account = account
        self.now = now
        self.last_change: Change | None = None
        self.closed = False
        self._vault = Vault(folder, keys)
        self._lock = lock
        self.why_look_only = why_look_only  # why nothing can be written; None: it can
        self._act = 0
        self._signing = ""
        self._to_note: tuple[Opened, Admitted, str] | None = None
        self._guarded = False
        self._erases = False
        self._has_erased = False
        self._file = folder / engine.FILE
        self._end = journal_end.JournalEnd(
            folder / journal_end.FILE, lambda: self._keys.chain
        )
        self.found_at_start: tuple[
            Finding, ...
        ] = ()  # about journal's end and accounts
        self._links = connections.Connections(
            self._file,
            lambda: self._keys.data,
            self._bind,
            engine.LOOK if why_look_only else "rw",
        )
        self._writer = self._links.writer
        self._reader = self._links.reader

    def _bind(self, link: "Connection") -> None:
        from cbs_desktop.store import guard, journal

        journal.bind(link, lambda: self._act + 1, lambda: self._erases)
        if self._guarded:
            guard.set_on(link, lambda: self._erases)

    @contextmanager
    def _erasing(self) -> Iterator[None]:
        """Inside, the action that writes may blank entries of the journal."""
        self._erases = True
        self._has_erased = True
        try:
            yield
        finally:
            self._erases = False

    def _guard(self) -> None:
        """From here on no statement changes schema or journal: the connection that could is let go."""
        self._guarded = True
        self._writer.dispose()

    @property
    def _keys(self) -> Keys:
        return self._vault.keys

    def _number_log_of(self, laptop: str) -> number_log.NumberLog:
        return number_log.NumberLog(self.folder, getattr(self, "_signing", ""), laptop)

    @contextmanager
    def _reads(self) -> "Iterator[Connection]":
        """A reading connection. Locked."""
        with self._links.reading.shared():
            _ = self._vault.keys
            with self._reader.connect() as link, link.begin():
                yield link

    def _run(
        self,
        name: str,
        function: Callable[..., R],
        args: tuple[object, ...],
        kw: dict[str, object],
        done: str = "",
        undoes: bool = False,
    ) -> R:
        """One transaction, one act of the journal."""
        raise NotImplementedError

    def _admit(self, opened: Opened) -> Admitted:
        """Roles and keys by the list that counts. AccountsChanged, OldPassword."""
        from cbs_desktop.store import known_accounts

        with self._reader.begin() as link:
            known = known_accounts.read(link)
        admitted = accounts.admit(opened, known)
        self.account = Account(opened.name, admitted.roles)
        self._vault.hold(replace(admitted.keys, data=self._keys.data, next=b""))
        return admitted

    def note_sign_in(self) -> None:
        """Note who signed in, once; where the clock is doubted, when somebody has said that it is right."""
        to_note, self._to_note = self._to_note, None
        if to_note is not None:
            self._note_sign_in(*to_note)

    def _note_sign_in(self, opened: Opened, admitted: Admitted, password: str) -> None:
        """In a folder that is read-only, or on a full disk, an office is opened all the same."""
        from cbs_desktop import entrance

        key_file.shut(self.folder)
        key_file.mend_second(self.folder)
        with suppress(ReadOnly, DiskFull, LookOnly):
            held = self._run(
                "office.sign_in",
                entrance.note_sign_in,
                (opened, admitted, password),
                {},
                _AFTER_WRONG if opened.wrong else _SIGNED_IN,
            )
            self._vault.hold(replace(held, data=self._keys.data))
            if admitted.keys.next and self._keys.signing:
                self.change_key()
        self.last_change = None

    def change_key(self) -> None:
        """Encrypt the file with the key that everybody was given to follow, and then let nobody have the one of before.

        Interrupted at any point, the next sign-in of a coordinator ends it. Copies of before an upgrade, which nobody
        could open any more but who has left, go.
        """
        from cbs_desktop import entrance
        from cbs_desktop.store import engine

        with file_problems(self.folder), self._links.alone():
            held = self._vault.keys
            if held.next and engine.fits(self._file, held.data):
                engine.change_key(self._file, held.data, held.next)
            if held.next:
                self._vault.hold(entrance.with_next(held))
        self._run("office.change_key", entrance.confirm_key, (), {}, _KEY_CHANGED)
        for copy in self.folder.glob("before-upgrade-*.db"):
            copy.unlink(missing_ok=True)

    def fold_in(self) -> None:
        """Fold the log into the file and make it empty: of what was erased nothing is left there either."""
        from cbs_desktop.store import engine

        with file_problems(self.folder), self._links.alone():
            engine.fold_in(self._file, self._keys.data)

    def lock(self) -> None:
        """Let go of every key; nothing is read or written until `unlock`."""
        with self._links.alone():
            self._end.settle(self._act, self._chain, self._number_log_of(self.laptop))
            self._vault.forget()
        self.last_change = None

    @property
    def locked(self) -> bool:
        """Whether the keys are not in memory."""
        return self._vault.is_locked

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

    def begin_end(self) -> None:
        """The journal as it is now is the office's, whatever was known of its end outside the database."""
        self.found_at_start = ()
        self._end.begin(self._act, self._chain, self._number_log_of(self.laptop))

    def unlock(self, password: str) -> None:
        """Take up the keys again. The problems of `open`; also AccountsChanged where the roles are others by now."""
        from cbs_desktop import entrance

        opened = accounts.open_slot(self.folder, self.account.name, password)
        before = self.account
        with file_problems(self.folder), self._links.alone():
            self._vault.hold(entrance.fitting(self._file, opened))
            try:
                admitted = self._admit(opened)
                if self.account != before:
                    raise AccountsChanged(name=before.name)
            except BaseException:
                self.account = before
                self._vault.forget()
                self._links.let_go()
                raise
            self._look_at_end(False)
        if opened.wrong:
            self._note_sign_in(opened, admitted, password)

    def close(self, tidy: bool = True) -> None:
        """Fold the log into the file, note the journal's head outside it, and let others open the office."""
        if self.closed:
            return
        if tidy:
            self._end.settle(self._act, self._chain, self._number_log_of(self.laptop))
        self._end.stop()
        self.closed = True
        self._links.let_go()
        self._vault.forget()
        if self._lock >= 0:
            os.close(self._lock)
