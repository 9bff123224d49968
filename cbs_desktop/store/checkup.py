"""The check: key file, file, whole schema, then content. It never raises; what it finds has a place and a next step.

Content is the journal's chain, where the journal ends, every row against the journal, and the index of names. Only the
checking of pages holds up the writer, for the fraction of a second that it takes: a log that is not folded in looks like
damage.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError

from cbs_desktop.errors import (
    DiskFault,
    DiskFull,
    FileInUse,
    NoKeys,
    ReadOnly,
    Unplugged,
)
from cbs_desktop.findings import Checked, Finding
from cbs_desktop.safe import accounts, disk, key_file, sign
from cbs_desktop.safe.keys import Keys
from cbs_desktop.store import (
    engine,
    journal,
    known_accounts,
    known_schema,
    migrate,
    replay,
    row_sql,
    schema,
    search,
    trouble,
)
from cbs_desktop.store.replay import RowDifference

_NAMED_MOST = 200  # of rows that are not as the journal tells; the rest is counted
_OF_DISK = (DiskFull, ReadOnly, DiskFault, FileInUse, Unplugged)
_ROW_FINDINGS = {
    "changed": "row changed",
    "missing": "row missing",
    "beside": "row beside",
}


@dataclass
class Checking:
    """What is checked: the file with its key, a reader, and what keeps the writer away for a moment."""

    file: Path
    held: Keys
    reader: Engine
    alone: AbstractContextManager[object]
    mode: str = "rw"


@dataclass
class _Counts:
    """What was looked at so far."""

    schema: str = ""
    acts: int = 0
    rows: int = 0


Progress = Callable[[int, int], None]  # of action.py, which is above
_Stage = Callable[[Checking, _Counts], Iterator[Finding]]


OF_ANY_VERSION = frozenset({"keys", "file"})  # stages that know no tables


def run(
    place: Checking,
    known: tuple[Finding, ...] = (),
    progress: Progress | None = None,
    only: frozenset[str] = frozenset(),
) -> Checked:
    """Every stage, or some; `known` are findings of the opening. Cancelled where `progress` raises it."""
    findings = [*known]
    facts = _Counts()
    for number, (name, stage) in enumerate(_STAGES.items()):
        if only and name not in only:
            continue
        if progress:
            progress(number, len(_STAGES))
        try:
            findings += stage(place, facts)
        except (DatabaseError, engine.driver.Error, OSError, *_OF_DISK) as problem:
            findings.append(_not_looked_at(name, problem, place.file.parent))
    return Checked(facts.schema, facts.acts, facts.rows, tuple(findings))


def _not_looked_at(stage: str, problem: Exception, folder: Path) -> Finding:
    """A stage that could not go on: because of the disk, which is no damage, or of the file."""
    found = problem if isinstance(problem, _OF_DISK) else None
    if isinstance(problem, OSError):
        found = disk.told(problem, folder)
    found = found or trouble.of_disk(problem, folder)
    if found is not None:
        return Finding("not checked", {"stage": stage, "words": type(found).__name__})
    words = str(getattr(problem, "orig", problem))
    return Finding("unreadable", {"stage": stage, "words": words})


def _keys(place: Checking, _facts: _Counts) -> Iterator[Finding]:
    with place.reader.connect() as link, link.begin():
        known = known_accounts.read(link)
    try:
        file = key_file.read(place.file.parent)
    except NoKeys:
        yield Finding("no key file", {"file": key_file.FILE})
        return
    yield from accounts.wrong_with(file, known)


def _file(place: Checking, _facts: _Counts) -> Iterator[Finding]:
    with place.alone:
        wrong = engine.quick_check(place.file, place.held.data, place.mode)
    if wrong:
        yield Finding("file damaged", {"count": len(wrong), "words": wrong[0]})


def _schema(place: Checking, facts: _Counts) -> Iterator[Finding]:
    with place.reader.connect() as link:
        facts.schema = migrate.version(link)
        for name in known_schema.differing(link):
            yield Finding("schema", {"name": name})


def _chain(place: Checking, facts: _Counts) -> Iterator[Finding]:
    with place.reader.connect() as link, link.begin():
        facts.acts, broken = journal.verify(link, place.held.chain)
    if broken:
        yield Finding("journal changed", {"act": broken})


def _anchors(place: Checking, _facts: _Counts) -> Iterator[Finding]:
    with place.reader.connect() as link, link.begin():
        signed = link.exec_driver_sql(
            "SELECT a.act, a.link, a.day, a.signature, hex(act.link)"
            " FROM anchor AS a LEFT JOIN act ON act.id = a.act ORDER BY a.act"
        ).all()
        public = known_accounts.read(link).signing
    for act, kept, day, signature, there in signed:
        if kept.upper() != there or not _is_signed(public, act, kept, day, signature):
            yield Finding("anchor", {"act": act, "day": day})


def _is_signed(public: bytes, act: int, link: str, day: str, signature: str) -> bool:
    try:
        raw = bytes.fromhex(signature)
    except ValueError:
        return False
    return sign.genuine(public, journal.signed_words(act, link, day), raw)


def _rows(place: Checking, facts: _Counts) -> Iterator[Finding]:
    with place.reader.connect() as link, link.begin():
        tables = schema.tables()
        facts.rows = sum(
            link.exec_driver_sql(f'SELECT count(*) FROM "{table.name}"').scalar_one()
            for table in tables
        )
        found = replay.differences(link, tables)
        for each in islice(found, _NAMED_MOST):
            yield _of_row(link, each)
        if rest := sum(1 for _each in found):
            yield Finding("more rows", {"count": rest})


def _of_row(link: Connection, found: RowDifference) -> Finding:
    facts: dict[str, object] = {
        "table": found.table,
        "key": found.key,
        "fields": found.fields,
        "person": _person(link, found),
    }
    return Finding(_ROW_FINDINGS[found.kind], facts)


def _person(link: Connection, found: RowDifference) -> str:
    """The number of the person whom a row is about; empty where it is about none, or the row is gone."""
    table = schema.Base.metadata.tables[found.table]
    own = "id" if found.table == "person" else "person_id"
    if own not in table.columns:
        return ""
    owner = f'SELECT "{own}" FROM "{found.table}" WHERE {row_sql.has_key(table)}'
    number = link.exec_driver_sql(
        f"SELECT number FROM person WHERE id = ({owner})", (found.key,)
    ).scalar()
    return str(number or "")


def _pictures(place: Checking, _facts: _Counts) -> Iterator[Finding]:
    """The pictures of pages are outside the journal: each is held against its digest, which is in it."""
    with place.reader.connect() as link, link.begin():
        driver: engine.Driver = link.connection.driver_connection
        kept = driver.execute(
            "SELECT p.code, s.picture, i.content FROM scanned_page AS s"
            " JOIN printed_page AS p ON p.id = s.page_id"
            " LEFT JOIN page_picture AS i ON i.digest = s.picture WHERE s.picture <> ''"
        )
        for code, digest, content in kept:
            if hashlib.sha256(content or b"").hexdigest() != digest:
                yield Finding("picture", {"code": code})


def _words(place: Checking, _facts: _Counts) -> Iterator[Finding]:
    for name in search.wrong_indexes(place.file, place.held.data, place.mode):
        yield Finding("search index", {"name": name})


_STAGES: dict[str, _Stage] = {
    "keys": _keys,
    "file": _file,
    "schema": _schema,
    "journal": _chain,
    "signatures": _anchors,
    "rows": _rows,
    "pictures": _pictures,
    "search": _words,
}
