"""The journal: SQLite triggers write down every change of every table, each action's changes are chained by HMAC.

An `act` is one action of one person; its `entry` rows hold the changed fields before and after. The link of an act is
HMAC-SHA256 over the link before it, the act, and a digest of each entry: blanking the values of an entry (erasure of a
person) while keeping its digest leaves the chain whole.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table

from cbs_desktop.safe.keys import CODE_LETTERS
from cbs_desktop.store import schema
from cbs_desktop.store.values import NamedRow
from cbs_desktop.words import _

DDL = (
    "CREATE TABLE act (id INTEGER PRIMARY KEY, at TEXT NOT NULL, account TEXT NOT NULL, laptop INTEGER NOT NULL,"
    " action TEXT NOT NULL, facts TEXT NOT NULL, undoes INTEGER, counter INTEGER NOT NULL, first INTEGER NOT NULL,"
    " entries INTEGER NOT NULL, link BLOB NOT NULL)",
    "CREATE TABLE entry (seq INTEGER PRIMARY KEY, act INTEGER NOT NULL, tbl TEXT NOT NULL, key TEXT NOT NULL,"
    " op TEXT NOT NULL, before TEXT, after TEXT, digest BLOB)",
    # First marks are the bulk of a season and are shown from their own table; corrections of them are in the index.
    "CREATE INDEX ix_entry_key ON entry (tbl, key) WHERE NOT (tbl = 'mark' AND op = '+')",
    *(
        f"CREATE TRIGGER keep_{table}_{verb} BEFORE {verb} ON {table} WHEN NOT cbs_erasing()"
        f" BEGIN SELECT RAISE(ABORT, 'the journal is kept'); END"
        for table in ("act", "entry")
        for verb in ("UPDATE", "DELETE")
    ),
)
_UNIT = "char(31)"  # JSON text never holds it, so the parts of a line cannot run into each other
LINE = (
    f"concat_ws({_UNIT}, seq, tbl, key, op, coalesce(before, ''), coalesce(after, ''))"
)

# founding, backups, accounts and erasing: nothing a person would take back
NOT_UNDONE = ("office.", "keeping.", "exports.", "rights.erase", "rights.destroy")

Fields = dict[str, Any]  # of a row, as JSON keeps them


@dataclass(frozen=True, slots=True)
class Act:
    """One action as the journal holds it. `at` is UTC in ISO form."""

    id: int
    at: str
    account: str
    laptop: int
    action: str
    facts: Fields
    undoes: int | None
    counter: int
    first: int
    entries: int


def triggers(table: Table) -> dict[str, str]:
    """Name and statement of the three triggers of a table."""
    name = table.name
    changed = " OR ".join(
        f'old."{c.name}" IS NOT new."{c.name}"' for c in table.columns
    )
    return {
        f"journal_{name}_insert": _trigger(
            table, "insert", "new", "'+'", "NULL", state_of(table)
        ),
        f"journal_{name}_update": _trigger(
            table,
            "update",
            "old",
            "'~'",
            _fields(table, "old"),
            _fields(table, "new"),
            f"WHEN {changed} ",
        ),
        f"journal_{name}_delete": _trigger(
            table, "delete", "old", "'-'", _all(table, "old"), "NULL"
        ),
    }


def _trigger(
    table: Table, verb: str, row: str, op: str, before: str, after: str, when: str = ""
) -> str:
    key = key_of(table, row)
    return (
        f'CREATE TRIGGER journal_{table.name}_{verb} AFTER {verb} ON "{table.name}" {when}BEGIN '
        f"INSERT INTO entry (act, tbl, key, op, before, after) "
        f"VALUES (cbs_act(), '{table.name}', {key}, {op}, {before}, {after}); END"
    )


def _value(column: Any, row: str) -> str:
    plain = f'{row}."{column.name}"'
    if isinstance(column.type, LargeBinary):
        return f"hex({plain})"
    return plain


def _all(table: Table, row: str) -> str:
    return (
        "json_object("
        + ", ".join(f"'{c.name}', {_value(c, row)}" for c in table.columns)
        + ")"
    )


def state_of(table: Table, row: str = "new") -> str:
    """SQL: a whole row as the journal keeps a new one. Of a narrow table its one text is enough, for the key has the
    rest: a season has 300,000 such rows."""
    column = _only_text(table)
    if column is None:
        return _all(table, row)
    text = f'{row}."{column}"'
    looks_like_json = f"substr({text}, 1, 1) = '{{'"
    return f"CASE WHEN {looks_like_json} THEN {_all(table, row)} ELSE {text} END"


def key_of(table: Table, row: str = "") -> str:
    """SQL: the key of a row as the journal has it."""
    of = f"{row}." if row else ""
    return " || ',' || ".join(f'{of}"{c.name}"' for c in table.primary_key.columns)


def _only_text(table: Table) -> str | None:
    """The one column beside a key of whole numbers, where it is a text that is always there."""
    keys = list(table.primary_key.columns)
    others = [column for column in table.columns if not column.primary_key]
    whole = all(column.type.python_type is int for column in keys)
    if len(others) != 1 or not whole:
        return None
    (column,) = others
    if column.nullable or column.type.python_type is not str:
        return None
    return column.name


def _fields(table: Table, row: str) -> str:
    """Only the fields that differ, so that the journal grows with the changes and not with the rows."""
    parts = " UNION ALL ".join(
        f"""SELECT '{c.name}' AS k, {_value(c, row)} AS v WHERE old."{c.name}" IS NOT new."{c.name}\""""
        for c in table.columns
    )
    return f"(SELECT json_group_object(k, v) FROM ({parts}))"


def install(link: Connection) -> None:
    """Make the triggers of all tables anew, as the tables are now."""
    for (name,) in link.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE name LIKE 'journal\\_%' ESCAPE '\\'"
    ).all():
        link.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for table in schema.tables():
        for statement in triggers(table).values():
            link.exec_driver_sql(statement)


def bind(link: Any, act: Any, erasing: Callable[[], bool] = lambda: False) -> None:
    """Give a driver connection the functions that the triggers call; without them every write is refused. While `erasing`,
    values of entries can be blanked (store/erasing.py)."""
    link.create_function("cbs_act", 0, act)
    link.create_function("cbs_erasing", 0, lambda: int(erasing()))


def last(link: Connection) -> tuple[int, int, int, bytes]:
    """The last act, the last entry, the id counter and the last link; of a new file nothing."""
    there = "SELECT count(*) FROM sqlite_master WHERE name = 'act'"
    if not link.exec_driver_sql(there).scalar():
        return (0, 0, 0, b"")
    row = link.exec_driver_sql(
        "SELECT id, counter, link FROM act ORDER BY id DESC LIMIT 1"
    ).first()
    seq = link.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM entry").scalar_one()
    if row:
        return (row[0], seq, row[1], row[2])
    return (0, seq, 0, b"")


def close_act(
    link: Connection, key: bytes, before: bytes, act: Act
) -> tuple[bytes, int, set[str]]:
    """Write the act beneath its entries; its link, the number of entries, and the tables they touched.

    An act without entries is not written.
    """
    touched: set[str] = set()
    made, count = _link(key, before, act, _digests(link, act.first, touched))
    if count:
        values = (
            act.id,
            act.at,
            act.account,
            act.laptop,
            act.action,
            _facts(act),
            act.undoes,
            act.counter,
            act.first,
        )
        link.exec_driver_sql(
            "INSERT INTO act VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*values, count, made),
        )
    return made, count, touched


def _facts(act: Act) -> str:
    return json.dumps(act.facts, ensure_ascii=False, sort_keys=True)


def _digests(link: Connection, first: int, touched: set[str]) -> Iterator[bytes]:
    """Digests of the entries from the first on, in pieces; notes the tables they are of.

    Asks the driver itself: a season typed at once has some hundred thousand entries.
    """
    driver: Any = link.connection.driver_connection
    lines = driver.execute(
        f"SELECT tbl, digest, {LINE} FROM entry WHERE seq >= {first} ORDER BY seq"
    )
    sha = hashlib.sha256
    while part := lines.fetchmany(5_000):
        touched.update({table for table, _kept, _line in part})
        yield b"".join(
            [kept or sha(line.encode()).digest() for _table, kept, line in part]
        )


def _link(
    key: bytes, before: bytes, act: Act, digests: Iterator[bytes]
) -> tuple[bytes, int]:
    head = [
        act.id,
        act.at,
        act.account,
        act.laptop,
        act.action,
        _facts(act),
        act.undoes,
        act.counter,
        act.first,
    ]
    chain = hmac.new(key, before + json.dumps(head).encode(), hashlib.sha256)
    count = 0
    for part in digests:
        chain.update(part)
        count += len(part) // 32
    return chain.digest(), count


ACT = "SELECT id, at, account, laptop, action, facts, undoes, counter, first, entries, link FROM act"


def act_of(row: NamedRow) -> Act:
    """An act from a row of `ACT`."""
    return Act(
        id=row.id,
        at=row.at,
        account=row.account,
        laptop=row.laptop,
        action=row.action,
        facts=json.loads(row.facts),
        undoes=row.undoes,
        counter=row.counter,
        first=row.first,
        entries=row.entries,
    )


def signed_words(act: int, link: str, day: str) -> bytes:
    """What a coordinator signs: an act, its link in hexadecimal, and the day in ISO form."""
    return f"cbs journal anchor 1\n{act}\n{link}\n{day}".encode()


def code(act: int, link: bytes) -> str:
    """An act as papers show it, to compare with the journal later: its number and twelve letters of its link."""
    number = int.from_bytes(link[:8], "big")
    letters = ""
    for _position in range(12):
        number, letter = divmod(number, 32)
        letters += CODE_LETTERS[letter]
    return f"{act} · " + "-".join(letters[i : i + 4] for i in range(0, 12, 4))


def verify(link: Connection, key: bytes) -> tuple[int, int | None]:
    """Walk the whole chain: the number of acts, and the first act that is not as it was written (None: all are)."""
    before = b""
    count = 0
    end = 1
    marks = _blanked(link)
    for row in link.exec_driver_sql(f"{ACT} ORDER BY id").all():
        count += 1
        try:
            act = act_of(row)
            made, entries = _link(key, before, act, _entry_digests(link, act))
        except (ValueError, TypeError):  # not even of the kind that the program writes
            return count, count
        if (act.id, act.first) != (count, end):
            return count, count
        if entries != act.entries:
            return count, count
        if made != row.link and not _is_blanked(link, key, act, row.link, marks):
            return count, count
        end = act.first + act.entries
        before = row.link
    loose = link.exec_driver_sql(
        f"SELECT count(*) FROM entry WHERE seq >= {end} OR seq < 1"
    ).scalar()
    return count, (count + 1 if loose else None)


def _blanked(link: Connection) -> dict[int, str]:
    """The marks of acts whose facts were blanked."""
    rows = link.exec_driver_sql("SELECT act, mark FROM blanked").all()
    return dict(map(tuple, rows))


def _is_blanked(
    link: Connection, key: bytes, act: Act, its_link: bytes, marks: dict[int, str]
) -> bool:
    kept = marks.get(act.id, "")
    return hmac.compare_digest(kept, mark_of_blanked(link, key, act, its_link))


def mark_of_blanked(link: Connection, key: bytes, act: Act, its_link: bytes) -> str:
    """What vouches for an act whose facts name nobody any more: a MAC over what it is now and the link that it had."""
    made, _count = _link(key, b"blanked" + its_link, act, _entry_digests(link, act))
    return made.hex()


def is_whole(link: Connection, key: bytes, act: Act, its_link: bytes) -> bool:
    """Whether an act is as it was written, or as it was blanked."""
    last = link.exec_driver_sql("SELECT link FROM act WHERE id = ?", (act.id - 1,))
    try:
        made, count = _link(key, last.scalar() or b"", act, _entry_digests(link, act))
        if count != act.entries:
            return False
        return made == its_link or _is_blanked(link, key, act, its_link, _blanked(link))
    except (ValueError, TypeError):
        return False


def _entry_digests(link: Connection, act: Act) -> Iterator[bytes]:
    """As `_digests`, taking the kept digest of entries whose values were erased. ValueError for an entry that says it is
    of another act, or that has a kept digest beside values."""
    rows = link.exec_driver_sql(
        f"SELECT act, digest, coalesce(before, after) IS NULL, {LINE} FROM entry"
        " WHERE seq >= ? AND seq < ? ORDER BY seq",
        (act.first, act.first + act.entries),
    )
    for part in rows.partitions(5_000):
        yield b"".join([_digest(act.id, *row) for row in part])


def _digest(act: int, owner: int, kept: bytes | None, blank: int, line: str) -> bytes:
    if owner != act or (kept is not None and not blank):
        raise ValueError
    if kept is not None:
        return kept
    return hashlib.sha256(line.encode()).digest()


def fields_of(table: Table, key: str, text: str | None) -> Fields:
    """The fields of an entry, as JSON keeps them; of a compact one they come from its key and its text. ValueError where
    it is no entry of this table."""
    if text is None:
        return {}
    if text.startswith("{"):
        return json.loads(text)
    column = _only_text(table)
    if column is None:
        raise ValueError
    names = [column.name for column in table.primary_key.columns]
    numbers = map(int, key.split(","))
    fields: Fields = dict(zip(names, numbers, strict=True))
    fields[column] = text
    return fields


def as_values(table: Table, fields: Fields) -> Fields:
    """Fields as JSON keeps them, as the table takes them."""
    return {
        k: bytes.fromhex(v) if _is_blob(table, k) and v is not None else v
        for k, v in fields.items()
    }


def _is_blob(table: Table, name: str) -> bool:
    return isinstance(table.columns[name].type, LargeBinary)


def sentence(act: Act, unsaid: Container[str] = ()) -> str:
    """What was done, in words; facts that are `unsaid` are an ellipsis. The action's name where it has no sentence."""
    if not act.facts.get("done"):
        return act.action
    done = _(act.facts["done"])
    facts = {key: "…" if key in unsaid else fact for key, fact in act.facts.items()}
    try:
        return done.format(**facts)
    except (KeyError, IndexError, ValueError):
        return done
