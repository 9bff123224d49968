"""An opened office: the only doors to its data. `do` changes, `ask` reads, `undo` takes back."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from cbs_desktop import clock, words
from cbs_desktop.action import Account, Change, Door, Reading, Transaction
from cbs_desktop.errors import (
    DiskFull,
    LookOnly,
    NoOffice,
    NothingToUndo,
    OfficeExists,
    OfficeProblem,
    ReadOnly,
    Refused,
)
from cbs_desktop.office_file import OfficeFile, lock_if_possible
from cbs_desktop.safe import accounts, key_file, switching
from cbs_desktop.safe.accounts import Admitted, Opened
from cbs_desktop.safe.keys import Keys
from cbs_desktop.safe.permissions import Permission, Role
from cbs_desktop.store import lock
from cbs_desktop.store.trouble import file_problems

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from cbs_desktop.safe.key_file import KeyFile
    from cbs_desktop.safe.readers import Readers
    from cbs_desktop.store.journal import Act

P = ParamSpec("P")
R = TypeVar("R")


class Office(OfficeFile):
    """Open with `Office.open`; close when done. Safe to use from one writing and several reading threads."""

    @classmethod
    def open(
        cls,
        folder: Path,
        name: str,
        password: str,
        now: clock.Clock = clock.now,
        noted: bool = True,
    ) -> "Office":
        """Sign in and open; where the disk takes nothing, to look at only. `note_sign_in` is left to the caller unless
        it is `noted`. Problems: NoOffice, NoKeys, WrongPassword,
        WaitFirst, AccountsChanged, OldPassword, AlreadyOpen, EmptyFile, ForeignFile, DamagedFile, NewerFile, and those
        of disks."""
        switching.settle(folder)
        if not folder.is_dir():
            raise NoOffice(folder=folder)
        from cbs_desktop import entrance
        from cbs_desktop.store import engine

        opened = accounts.open_slot(folder, name, password)
        file = folder / engine.FILE
        try:
            with file_problems(folder):
                keys = entrance.fitting(file, opened)
        except (ReadOnly, DiskFull):
            with file_problems(folder):
                keys = entrance.fitting(file, opened, engine.LOOK)
        office, admitted = cls._opened(folder, name, keys, now, opened)
        office._to_note = (opened, admitted, password)
        if noted:
            office.note_sign_in()
        return office

    @classmethod
    def create(
        cls,
        folder: Path,
        name: str,
        password: str,
        roles: frozenset[Role] = frozenset(
            {Role.COORDINATOR, Role.SCREENER, Role.CLERK}
        ),
        now: clock.Clock = clock.now,
    ) -> tuple["Office", str]:
        """A new, empty office in a folder that holds none, and its recovery code."""
        from cbs_desktop.store import engine

        if accounts.lies_in(folder):
            raise OfficeExists(folder=folder)
        with file_problems(folder):
            folder.mkdir(parents=True, exist_ok=True)
            day = clock.day_of(now()).isoformat()
            file, keys, code = accounts.first(name, roles, password, day)
            key_file.write(folder, file)
            engine.create(folder / engine.FILE, keys.data)
        office = cls._made(folder, Account(name, roles), keys, now)
        office._begin()
        engine.note_salt(folder / engine.FILE)
        office._first_settings(file)
        office._number_log_of(office.laptop).claim()
        return office, code

    @classmethod
    def _opened(
        cls, folder: Path, name: str, keys: Keys, now: clock.Clock, opened: Opened
    ) -> tuple["Office", Admitted]:
        account = Account(name, frozenset())
        try:
            office = cls._made(folder, account, keys, now)
            admitted = office._let_in(opened)
            office._begin()
        except (ReadOnly, DiskFull) as problem:
            office = cls._looked_at(folder, account, keys, now, problem)
            admitted = office._let_in(opened)
            office._begin_looking()
        return office, admitted

    @classmethod
    def _made(
        cls, folder: Path, account: Account, keys: Keys, now: clock.Clock
    ) -> "Office":
        from cbs_desktop import rooms

        rooms.open_all()
        with file_problems(folder):
            return cls(folder, account, keys, lock.take(folder), now)

    @classmethod
    def _looked_at(
        cls,
        folder: Path,
        account: Account,
        keys: Keys,
        now: clock.Clock,
        why: OfficeProblem,
    ) -> "Office":
        """Everything can be read, nothing be done."""
        from cbs_desktop.store import engine

        with file_problems(folder):
            engine.inspect(folder / engine.FILE, keys.data, engine.LOOK)
            return cls(folder, account, keys, lock_if_possible(folder), now, why)

    def _let_in(self, opened: Opened) -> Admitted:
        try:
            with file_problems(self.folder):
                return self._admit(opened)
        except BaseException:
            self.close(tidy=False)
            raise

    def _begin_looking(self) -> None:
        """Read what every question needs. The disk's own problem where the file has to be brought up to this version."""
        from cbs_desktop.store import migrate

        assert self.why_look_only is not None
        try:
            with file_problems(self.folder):
                with self._reader.begin() as link:
                    if migrate.version(link) != migrate.HEAD:
                        raise self.why_look_only
                self._load(upgraded=False)
        except BaseException:
            self.close(tidy=False)
            raise

    def _begin(self) -> None:
        """Bring the file up to this version, and read what every action needs."""
        from cbs_desktop.store import migrate

        try:
            with file_problems(self.folder):
                self._load_end()
                upgraded = migrate.bring_up(
                    self._file,
                    self._keys,
                    self._writer,
                    self.account.name,
                    self.now(),
                )
                self._guard()
                self._load(upgraded)
        except BaseException:
            self.close(tidy=False)
            raise

    def _first_settings(self, file: "KeyFile") -> None:
        from cbs_desktop import entrance, settings
        from cbs_desktop.safe import seal

        def found(tx: Transaction) -> None:
            clinical = seal.public_of(self._keys.clinical).hex()
            settings.write(tx, "clinical public", clinical)
            settings.write(tx, "signing public", self._keys.office.hex())
            entrance.note(tx, file)

        self._run("office.found", found, (), {})

    def _load(self, upgraded: bool) -> None:
        """What every action needs of the file, read once."""
        self._load_end()
        self._load_settings()
        self.last_at = self._last_act_at()
        self._laptop, self.laptop = self._this_laptop()
        self._look_at_end(upgraded)

    def _load_end(self) -> None:
        """Where the journal ends."""
        from cbs_desktop.store import journal

        with self._reader.begin() as link:
            self._act, self._seq, self._counter, self._chain = journal.last(link)

    def _load_settings(self) -> None:
        from cbs_desktop import settings

        with self._reader.begin() as link:
            reading = self._reading(link)
            self.practice: bool = settings.read(reading, "practice")
            self._title: str = settings.read(reading, "office")
            words.use_country(settings.read(reading, "country"))
            self._clinical = bytes.fromhex(settings.read(reading, "clinical public"))
            self._signing: str = settings.read(reading, "signing public")

    def _this_laptop(self) -> tuple[int, str]:
        from cbs_desktop.store import laptop

        try:
            return laptop.identify(
                self.folder,
                lambda register: self._run("office.add_laptop", register, (), {}),
            )
        except LookOnly:
            return 0, ""  # nothing is numbered here now

    def _reading(self, link: "Connection") -> Reading:
        practice = getattr(self, "practice", False)
        laptop = getattr(self, "laptop", "")
        return Reading(
            link,
            self.account,
            clock.day_of(self.now()),
            self._unseal,
            practice,
            laptop,
            self._number_log_of(laptop),
            self._readers(link),
        )

    def _readers(self, link: "Connection") -> "Readers":
        from cbs_desktop.safe.readers import Readers
        from cbs_desktop.store import known_accounts

        return Readers(
            lambda: self._keys,
            getattr(self, "_clinical", b""),
            bytes.fromhex(self._signing),
            lambda: known_accounts.read(link).accounts,
        )

    def _unseal(self, sealed: bytes, of: str) -> bytes:
        from cbs_desktop.safe import seal

        return seal.unseal(self._keys.clinical, sealed, of)

    def _seal(self, value: bytes, of: str) -> bytes:
        from cbs_desktop.safe import seal

        return seal.seal(self._clinical, value, of)

    def _sign(self, message: bytes) -> bytes:
        from cbs_desktop.safe import sign

        return sign.sign(self._keys.signing, message)

    def may(self, function: Door | None) -> bool:
        """Whether this account may call an action or query; None is open to all."""
        return function is None or self.account.may(_permission(function))

    def ask(
        self,
        query: Callable[Concatenate[Reading, P], R],
        /,
        *args: P.args,
        **kw: P.kwargs,
    ) -> R:
        """The answer of a query. Refused before the arguments are looked at."""
        if not self.may(query):
            raise Refused(permission=_permission(query))
        with file_problems(self.folder), self._reads() as link:
            return query(self._reading(link), *args, **kw)

    def do(
        self,
        action: Callable[Concatenate[Transaction, P], R],
        /,
        *args: P.args,
        **kw: P.kwargs,
    ) -> R:
        """Run an action: one transaction, one journal act, one Undo. An exception leaves everything as it was."""
        if not self.may(action):
            raise Refused(permission=_permission(action))
        return self._run(vars(action)["name"], action, args, kw, vars(action)["done"])

    def undo(self) -> Change:
        """Take back the last action of this person; NothingToUndo, or Stale when others built on it since."""
        return self._take_back(0, "office.undo")

    def redo(self) -> Change:
        """Do again what this person took back last."""
        return self._take_back(1, "office.redo")

    def undoable(self) -> tuple[str, str]:
        """The sentences of what Undo and Redo would take back; empty when there is nothing."""
        from cbs_desktop.store import undo

        with self._reads() as link:
            done, undone = undo.undoable(link, self.account.name)
        return _sentence(done), _sentence(undone)

    def _take_back(self, which: int, name: str) -> Change:
        from cbs_desktop.store import undo

        def take_back(tx: Transaction) -> int:
            act = undo.undoable(tx.db, self.account.name)[which]
            if act is None:
                raise NothingToUndo()
            undo.inverse(tx.db, act)
            tx.said.update(act.facts)
            return act.id

        self._run(name, take_back, (), {}, undoes=True)
        assert self.last_change
        return self.last_change

    def _run(
        self,
        name: str,
        function: Callable[..., R],
        args: tuple[object, ...],
        kw: dict[str, object],
        done: str = "",
        undoes: bool = False,
    ) -> R:
        if self.why_look_only:
            raise LookOnly(folder=self.folder)
        with self._links.writing, file_problems(self.folder):
            with self._writer.connect() as link, link.begin():
                tx = self._transaction(link)
                value = function(tx, *args, **kw)
                undone = None
                if undoes and isinstance(value, int):
                    undone = value
                closed = self._close_act(tx, name, done, undone)
            self._remember(*closed)
        if self._has_erased:
            self._has_erased = False
            self.fold_in()
        return value

    def _transaction(self, link: "Connection") -> Transaction:
        from cbs_desktop.store import ids

        moment = self.now()
        numbers = ids.run(getattr(self, "_laptop", 0), self._counter)
        return Transaction(
            db=link,
            account=self.account,
            today=clock.day_of(moment),
            unseal=self._unseal,
            practice=self.practice,
            now=moment,
            laptop=getattr(self, "laptop", ""),
            number_log=self._number_log_of(getattr(self, "laptop", "")),
            readers=self._readers(link),
            new_id=numbers.__next__,
            seal=self._seal,
            sign=self._sign,
            vault=self._vault,
            said={},
            erasing=self._erasing,
        )

    def _close_act(
        self, tx: Transaction, name: str, done: str, undoes: int | None
    ) -> tuple[Any, ...]:
        """Write the journal's act beneath its entries; nothing changed leaves no act."""
        from cbs_desktop.store import ids, journal, schema

        first = self._seq + 1
        counter = ids.counter_of(tx.new_id()) - 1
        act = journal.Act(
            self._act + 1,
            tx.now.isoformat(),
            tx.account.name,
            getattr(self, "_laptop", 0),
            name,
            {**tx.said, "done": done} if done else dict(tx.said),
            undoes,
            counter,
            first,
            0,
        )
        chain, count, touched = journal.close_act(
            tx.db, self._keys.chain, self._chain, act
        )
        if not count:
            return (
                self._act,
                self._seq,
                self._counter,
                self._chain,
                Change(name, frozenset(), 0, ""),
            )
        rooms = frozenset(
            schema.room_of(schema.Base.metadata.tables[table]) for table in touched
        )
        lasts = name.startswith(journal.NOT_UNDONE)
        said = _sentence(act)
        change = Change(name, rooms, act.id, said, undoes is not None, lasts)
        return act.id, first + count - 1, counter, chain, change

    def _remember(
        self, act: int, seq: int, counter: int, chain: bytes, change: Change
    ) -> None:
        self._act = act
        self._seq = seq
        self._counter = counter
        self._chain = chain
        self.last_change = change
        if change.act:
            self._end.note(act, chain)
        if "settings" in change.rooms:
            self._load_settings()


def _permission(function: Door) -> Permission:
    return vars(function)["permission"]


def _sentence(act: "Act | None") -> str:
    """What was done, in words, with the names it was done to; empty for no act."""
    from cbs_desktop.store import journal

    return journal.sentence(act) if act else ""
