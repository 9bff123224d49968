"""An office from a copy: rehearsed without touching anything, with what would be lost; then put in the place of the present
one, which stays beside it."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from cbs_desktop import clock, entrance
from cbs_desktop.action import Progress
from cbs_desktop.errors import (
    DamagedFile,
    NewerFile,
    NoOffice,
    OfficeProblem,
    Refused,
)
from cbs_desktop.findings import Checked
from cbs_desktop.keeping import actions
from cbs_desktop.office import Office
from cbs_desktop.rights import actions as rights
from cbs_desktop.safe import accounts, copies, erased_file, key_file, switching
from cbs_desktop.safe.copies import State
from cbs_desktop.safe.keys import Keys
from cbs_desktop.safe.permissions import Permission, Role, allowed
from cbs_desktop.safe.switching import Switch
from cbs_desktop.store import (
    backup,
    checkup,
    engine,
    journal_end,
    known_accounts,
    migrate,
    trouble,
)


@dataclass(frozen=True, slots=True)
class Lost:
    """What the present office has and a copy has not: acts, the days they were done on, the first and the last moment.

    `shared` acts are in both; with none they are two offices.
    """

    acts: int
    days: int
    first: str
    last: str
    shared: int


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What opening a copy comes to. `lost` is None where there is no present office that the copy's keys open.

    `is_older` copies are brought up to this version when they are restored.
    """

    folder: Path
    made: datetime
    acts: int
    is_older: bool
    checked: Checked
    lost: Lost | None


def rehearse(
    copy: Path,
    present: Path,
    name: str,
    password: str,
    progress: Progress | None = None,
) -> Rehearsal:
    """Open a copy with its own key file and check all of it, reading only. `present` is the folder of the present office.

    Problems: NoOffice, WrongPassword, NewerFile, ForeignFile, DamagedFile, EmptyFile.
    """
    there = _whole(copy)
    held, _roles = _unlocked(copy, name, password)
    with _reader(copy, held.data, engine.LOOK) as reader:
        with reader.begin() as link:
            version = _known_version(copy, link)
            acts = _last(link)
            lost = _lost(present, held.data, link)
            ends = journal_end.compare_own(link, copy, held.chain)
        what = checkup.Checking(
            copy / engine.FILE, held, reader, nullcontext(), engine.LOOK
        )
        is_older = version < migrate.HEAD
        only = checkup.OF_ANY_VERSION if is_older else frozenset[str]()
        checked = checkup.run(what, ends, progress, only)
    return Rehearsal(copy, there.made, acts, is_older, checked, lost)


def restore(
    copy: Path, folder: Path, name: str, password: str, now: clock.Clock = clock.now
) -> Checked:
    """Put a copy into a folder, checked; an office that lies there is renamed and stays.

    Problems: as `rehearse`; Refused where an office would be put aside by somebody who may not back up; AlreadyOpen; and
    those of disks. Then everything is as it was.
    """
    with _of_disk(folder), switching.at_work(folder):
        checked = _prepared(copy, folder, name, password, now)
        switching.settle_mine(folder)
    return checked


def prepare(
    copy: Path, folder: Path, name: str, password: str, now: clock.Clock = clock.now
) -> Checked:
    """As `restore`, but for the last step: `switching.settle` does it once the present office is closed."""
    with _of_disk(folder), switching.at_work(folder):
        return _prepared(copy, folder, name, password, now)


@contextmanager
def _of_disk(folder: Path) -> Iterator[None]:
    with trouble.file_problems(folder.parent):
        yield


def _prepared(
    copy: Path, folder: Path, name: str, password: str, now: clock.Clock
) -> Checked:
    there = _whole(copy)
    held, roles = _unlocked(copy, name, password)
    holds_office = accounts.lies_in(folder)
    if holds_office and Permission.BACK_UP not in allowed(roles):
        raise Refused(permission=Permission.BACK_UP)
    made = there.made.isoformat()
    switch = switching.begin(folder, copy.name, made, holds_office, now())
    try:
        backup.restore(copy, switching.part_of(folder))
        _carry_over(folder, copy, switching.part_of(folder), held)
        checked = _made_well(switching.part_of(folder), held, name, password, switch)
        switching.make_ready(folder, switch)
    except BaseException:
        switching.give_up(folder)
        raise
    return checked


def _made_well(
    part: Path, held: Keys, name: str, password: str, switch: Switch
) -> Checked:
    """The new office, checked, with the note of where it comes from. DamagedFile."""
    _decide_end(part, held)
    with _reader(part, held.data, "rw") as reader, reader.begin() as link:
        if journal_end.compare_own(link, part, held.chain):
            raise DamagedFile(file=part / engine.FILE)
    office = Office.open(part, name, password)
    try:
        office.begin_end()  # whatever this laptop knows of another one: it was decided
        checked = office.check()
        if not checked.well:
            raise DamagedFile(file=part / engine.FILE, found=checked.kinds())
        office.do(actions.note_restored, switch.source, switch.made, checked.acts)
        office.do(rights.erase_again)
    finally:
        office.close()
    return checked


def _carry_over(present: Path, copy: Path, part: Path, held: Keys) -> None:
    """Who was erased since the copy was made, as the present office and the copy know it: it is done again there."""
    erased: set[int] = set()
    for place in (present, copy):
        erased |= erased_file.read(place, held.chain)
    if erased:
        erased_file.write(part, held.chain, erased)


def _decide_end(part: Path, held: Keys) -> None:
    """Copies of before have no end of the journal beside them: the copy's own is decided on."""
    if (part / journal_end.FILE).exists():
        return
    link = engine.connect(part / engine.FILE, held.data)
    try:
        last = link.execute("SELECT id, link FROM act ORDER BY id DESC LIMIT 1")
        if end := last.fetchone():
            journal_end.write_beside(part, held.chain, *end)
    finally:
        link.close()


def _whole(copy: Path) -> copies.Copy:
    """NoOffice, NewerFile; DamagedFile for one that is half made."""
    there = copies.look_at(copy, copies.ANY, migrate.HEAD)
    if there is None:
        raise NoOffice(folder=copy)
    if there.state == State.NEWER:
        raise NewerFile(file=copy)
    if there.state == State.HALF_MADE:
        raise DamagedFile(file=copy)
    return there


def _unlocked(copy: Path, name: str, password: str) -> tuple[Keys, frozenset[Role]]:
    """The keys and roles of somebody in a copy, of which nothing is changed: no wait after a wrong try is noted there.
    WrongPassword, NoKeys, AccountsChanged."""
    file = key_file.read(copy)
    opened = accounts.opened_of(file, name, password)
    fitting = entrance.fitting(copy / engine.FILE, opened, engine.LOOK)
    with _reader(copy, fitting.data, engine.LOOK) as reader, reader.begin() as link:
        known = known_accounts.read(link)
    admitted = accounts.admit(opened, known)
    held = replace(admitted.keys, data=fitting.data, next=b"")
    return held, admitted.roles


@contextmanager
def _reader(folder: Path, key: bytes, mode: str) -> Iterator[Engine]:
    from cbs_desktop import rooms

    rooms.open_all()
    file = folder / engine.FILE
    with trouble.file_problems(folder):
        engine.inspect(file, key, mode)
        made = engine.engine(file, lambda: key, "BEGIN", 1, engine.only_reads, mode)
        try:
            yield made
        finally:
            made.dispose()


def _known_version(copy: Path, link: Connection) -> str:
    version = migrate.version(link)
    if version > migrate.HEAD:
        raise NewerFile(file=copy, version=version)
    return version


def _last(link: Connection) -> int:
    return link.exec_driver_sql("SELECT coalesce(max(id), 0) FROM act").scalar_one()


def _lost(present: Path, key: bytes, copy: Connection) -> Lost | None:
    """What would be lost, where the present office can be read."""
    for mode in ("rw", engine.LOOK):
        try:
            with _reader(present, key, mode) as reader, reader.begin() as link:
                return _difference(link, copy)
        except OfficeProblem:
            continue
    return None


def _difference(present: Connection, copy: Connection) -> Lost:
    shared = _shared(present, copy)
    count, days, first, last = present.exec_driver_sql(
        "SELECT count(*), count(DISTINCT substr(at, 1, 10)), min(at), max(at)"
        " FROM act WHERE id > ?",
        (shared,),
    ).one()
    return Lost(count, days, first or "", last or "", shared)


def _shared(one: Connection, other: Connection) -> int:
    """The last act that two journals have in common: links are chained, so before it all are the same."""
    low = 0
    high = min(_last(one), _last(other))
    while low < high:
        middle = (low + high + 1) // 2
        if _link(one, middle) == _link(other, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _link(link: Connection, act: int) -> bytes | None:
    sql = "SELECT link FROM act WHERE id = ?"
    return link.exec_driver_sql(sql, (act,)).scalar()
