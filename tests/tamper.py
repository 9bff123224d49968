"""An office changed beside the program in every way known to us: python -m tests.tamper [--only WORD]

Each way is tried on a copy of the practice office by somebody who holds its key. Every one has to be named: by a refusal
to open, or by a finding of the check. Prints each that is not, and fails when there is one.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cbs_desktop import rooms
from cbs_desktop.errors import OfficeProblem
from cbs_desktop.keeping.actions import anchor
from cbs_desktop.office import Office
from cbs_desktop.safe import accounts
from cbs_desktop.settings import set_value
from cbs_desktop.store import engine, journal, schema

PERSON = "coordinator"
Way = Callable[[Path, bytes], object]


def ways() -> dict[str, Way]:
    """Every way by its name."""
    beside = {**OF_ENDS, **OF_ACCOUNTS, **OF_FILES}
    return {**of_rows(), **OF_VALUES, **OF_JOURNAL, **OF_SCHEMA, **beside}


@contextmanager
def opened(folder: Path, key: bytes) -> Iterator[engine.Driver]:
    """A connection of somebody who holds the key, knows the program's functions, and may do everything."""
    link = engine.connect(folder / engine.FILE, key)
    link.create_function("cbs_act", 0, lambda: 1)
    link.create_function("cbs_erasing", 0, lambda: 1)
    link.execute("PRAGMA foreign_keys=OFF")
    try:
        yield link
    finally:
        link.close()


def sql(*statements: str) -> Way:
    """Statements that the journal does not see: the triggers are taken away and put back as they were."""

    def change(folder: Path, key: bytes) -> None:
        with opened(folder, key) as link:
            triggers = link.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
                " AND (name LIKE 'journal_%' OR name LIKE 'keep_%')"
            ).fetchall()
            for name, _sql in triggers:
                link.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                done = link.execute(statement)
                assert done.rowcount != 0, f"nothing to change: {statement}"
            for _name, text in triggers:
                link.execute(text)

    return change


def plain(*statements: str) -> Way:
    """Statements as they are."""

    def change(folder: Path, key: bytes) -> None:
        with opened(folder, key) as link:
            for statement in statements:
                link.execute(statement)

    return change


def of_rows() -> dict[str, Way]:
    """A row of every table changed, taken away, and put in."""
    found = {}
    for table in schema.tables():
        name = table.name
        first = f'(SELECT {journal.key_of(table, "f")} FROM "{name}" AS f LIMIT 1)'
        is_first = f"{journal.key_of(table, 't')} = {first}"
        others = [c for c in table.columns if not c.primary_key]
        if others:
            column = others[-1].name
            found[f"changed {name}"] = sql(
                f'UPDATE "{name}" AS t SET "{column}" = coalesce("{column}", \'\') || \'7\' WHERE {is_first}'
            )
        found[f"gone {name}"] = sql(f'DELETE FROM "{name}" AS t WHERE {is_first}')
    return found


def exchanged(table: str, column: str, where: str = "1") -> str:
    """SQL that exchanges the values of the first two rows of a table."""
    pair = f"SELECT rowid, {column} FROM {table} WHERE {where} ORDER BY rowid LIMIT 2"
    return (
        f"UPDATE {table} SET {column} = (SELECT p.{column} FROM ({pair}) AS p WHERE p.rowid != {table}.rowid)"
        f" WHERE rowid IN (SELECT rowid FROM ({pair}))"
    )


OF_VALUES: dict[str, Way] = {
    "a name changed": sql(
        "UPDATE person SET own_name = own_name || 'A' WHERE id = (SELECT min(id) FROM person)"
    ),
    "sealed answers exchanged": sql(exchanged("assessment", "sealed")),
    "two marks exchanged": sql(
        "UPDATE mark SET value = CASE value WHEN 'P' THEN 'A' ELSE 'P' END"
        " WHERE (session_id, person_id) IN (SELECT session_id, person_id FROM mark LIMIT 2)"
    ),
    "a withdrawal taken away": sql("DELETE FROM consent WHERE id = (SELECT max(id) FROM consent)"),
    "a certificate's day": sql(
        "UPDATE certificate SET issued_on = '2020-01-01' WHERE id = (SELECT min(id) FROM certificate)"
    ),
    "a series put back": sql("UPDATE series SET last = 1"),
    "the country": sql("UPDATE setting SET value = '\"BI\"' WHERE key = 'country'"),
    "a mark of somebody else put in": sql(
        "INSERT INTO mark SELECT session_id, (SELECT max(id) FROM person), 'P' FROM mark LIMIT 1"
    ),
    "a person put in": sql(
        "CREATE TEMP TABLE copied AS SELECT * FROM person LIMIT 1",
        "UPDATE copied SET id = 77, number = 'XX-1'",
        "INSERT INTO person SELECT * FROM copied",
    ),
    "words of the search taken away": plain(
        "DELETE FROM person_search WHERE rowid = (SELECT min(id) FROM person)"
    ),
    "words of the search changed": plain(
        "DELETE FROM person_search WHERE rowid = (SELECT min(id) FROM person)",
        "INSERT INTO person_search (rowid, words) SELECT min(id), 'nobody' FROM person",
    ),
    "words of a place taken away": plain(
        "DELETE FROM place_search WHERE rowid = (SELECT min(id) FROM place)"
    ),
    "an index of a table taken away": plain("DROP INDEX ix_person_place_id"),
    "a row known by a false digest": sql(
        "INSERT INTO restated SELECT 'person', CAST(min(id) AS TEXT), 1, 'x' FROM person"
    ),
}  # fmt: skip

MIDDLE = "(SELECT max(id) / 2 FROM act)"
OF_JOURNAL: dict[str, Way] = {
    "another actor": plain(f"UPDATE act SET account = 'somebody' WHERE id = {MIDDLE}"),
    "another moment": plain(f"UPDATE act SET at = '2020-01-01T00:00:00' WHERE id = {MIDDLE}"),
    "another action": plain(f"UPDATE act SET action = 'office.found' WHERE id = {MIDDLE}"),
    "other facts": plain(f"UPDATE act SET facts = '{{}}' WHERE id = {MIDDLE}"),
    "facts that are none": plain(f"UPDATE act SET facts = '[' WHERE id = {MIDDLE}"),
    "facts that are nothing": plain(f"UPDATE act SET facts = 'null' WHERE id = {MIDDLE}"),
    "another counter": plain(f"UPDATE act SET counter = counter + 1 WHERE id = {MIDDLE}"),
    "another laptop": plain(f"UPDATE act SET laptop = laptop + 1 WHERE id = {MIDDLE}"),
    "taken back, it says": plain(f"UPDATE act SET undoes = 1 WHERE id = {MIDDLE}"),
    "an act taken away": plain(f"DELETE FROM act WHERE id = {MIDDLE}"),
    "the last act taken away": plain("DELETE FROM act WHERE id = (SELECT max(id) FROM act)"),
    "the first act taken away": plain("DELETE FROM act WHERE id = 1"),
    "an act put in": plain(
        "INSERT INTO act SELECT id + 1, at, account, laptop, action, facts, undoes, counter, first + entries, 0, link"
        " FROM act ORDER BY id DESC LIMIT 1"
    ),
    "links exchanged": plain(
        "CREATE TEMP TABLE two AS SELECT id, link FROM act WHERE id IN (2, 3)",
        "UPDATE act SET link = (SELECT link FROM two WHERE two.id = 5 - act.id) WHERE id IN (2, 3)",
    ),
    "an empty link": plain(f"UPDATE act SET link = x'' WHERE id = {MIDDLE}"),
    "an entry changed": plain(
        "UPDATE entry SET after = replace(after, 'a', 'e')"
        " WHERE seq = (SELECT max(seq) FROM entry WHERE after LIKE '%a%')"
    ),
    "an entry's key changed": plain("UPDATE entry SET key = '1' WHERE seq = (SELECT max(seq) FROM entry)"),
    "an entry's table changed": plain(
        "UPDATE entry SET tbl = 'place' WHERE seq = (SELECT max(seq) FROM entry WHERE tbl != 'place')"
    ),
    "an entry moved to another act": plain("UPDATE entry SET act = act - 1 WHERE seq = (SELECT max(seq) FROM entry)"),
    "an entry taken away": plain("DELETE FROM entry WHERE seq = (SELECT max(seq) / 2 FROM entry)"),
    "the last entry taken away": plain("DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)"),
    "an entry put in": plain("INSERT INTO entry SELECT max(seq) + 1, act, tbl, key, op, before, after, NULL FROM entry"),
    "an entry before the first": plain("INSERT INTO entry SELECT -1, 1, tbl, key, op, before, after, NULL FROM entry LIMIT 1"),
    "an entry blanked": plain("UPDATE entry SET before = NULL, after = NULL WHERE seq = (SELECT max(seq) FROM entry)"),
    "a digest beside other values": plain(
        "UPDATE entry SET digest = randomblob(32) WHERE seq = (SELECT max(seq) FROM entry)"
    ),
}  # fmt: skip


def chained_anew(folder: Path, key: bytes) -> None:
    """Somebody who holds the key takes away the last acts and makes one of his own with a right link."""
    with opened(folder, key) as link:
        last = link.execute("SELECT max(id) FROM act").fetchone()[0]
        first, account = link.execute(
            "SELECT first, account FROM act WHERE id = ?", (last,)
        ).fetchone()
        link.execute("UPDATE act SET account = 'somebody' WHERE id = ?", (last,))
        before = link.execute(
            "SELECT link FROM act WHERE id = ?", (last - 1,)
        ).fetchone()[0]
        row = link.execute(
            "SELECT id, at, account, laptop, action, facts, undoes, counter, first FROM act WHERE id = ?",
            (last,),
        ).fetchone()
        import hashlib
        import hmac

        chain = hmac.new(key, before + json.dumps(list(row)).encode(), hashlib.sha256)
        for (line,) in link.execute(
            f"SELECT {journal.LINE} FROM entry WHERE seq >= ? ORDER BY seq", (first,)
        ):
            chain.update(hashlib.sha256(line.encode()).digest())
        link.execute("UPDATE act SET link = ? WHERE id = ?", (chain.digest(), last))
        assert account != "somebody"


OF_JOURNAL["an act made anew with the key"] = chained_anew
OF_JOURNAL["a signature of somebody else"] = sql(
    "UPDATE anchor SET signature = hex(randomblob(64))"
)
OF_JOURNAL["a signature taken away"] = sql("DELETE FROM anchor")

OF_SCHEMA: dict[str, Way] = {
    "a trigger of the journal dropped": plain("DROP TRIGGER journal_person_update"),
    "a trigger of the journal made weak": plain(
        "DROP TRIGGER journal_mark_update",
        "CREATE TRIGGER journal_mark_update AFTER UPDATE ON mark BEGIN SELECT 1; END",
    ),
    "the keeper of entries dropped": plain("DROP TRIGGER keep_entry_UPDATE"),
    "the keeper of acts dropped": plain("DROP TRIGGER keep_act_DELETE"),
    "the trigger of the search dropped": plain("DROP TRIGGER search_person_insert"),
    "a trigger put in": plain(
        "CREATE TRIGGER quiet AFTER INSERT ON mark BEGIN UPDATE person SET phone = ''; END"
    ),
    "a view put in": plain("CREATE VIEW people AS SELECT * FROM person"),
    "a table put in": plain("CREATE TABLE copied AS SELECT * FROM person"),
    "an index put in": plain("CREATE INDEX ix_more ON person (phone)"),
    "a column put in": plain("ALTER TABLE person ADD COLUMN tribe TEXT"),
    "a table dropped": plain("DROP TABLE keep_together"),
    "an older version, it says": plain("UPDATE alembic_version SET version_num = '0001'"),
    "a newer version, it says": plain("UPDATE alembic_version SET version_num = '9999'"),
    "another program's file, it says": plain("PRAGMA application_id = 1"),
}  # fmt: skip


def beside(name: str, change: Callable[[Path], object]) -> Way:
    """A change of a file in the folder."""
    return lambda folder, _key: change(folder / name)


def older_put_back(*names: str) -> Way:
    """The files as they were before the last work."""

    def change(folder: Path, _key: bytes) -> None:
        for name in names:
            shutil.copy2(folder.parent / "older" / name, folder / name)
        for name in ("office.db-wal", "office.db-shm"):
            (folder / name).unlink(missing_ok=True)

    return change


OF_ENDS: dict[str, Way] = {
    "an older database": older_put_back("office.db"),
    "an older database and head": older_put_back("office.db", "office.head"),
    "the head gone": beside("office.head", Path.unlink),
    "the head emptied": beside("office.head", lambda file: file.write_bytes(b"")),
    "the head of nobody": beside(
        "office.head",
        lambda file: file.write_text(json.dumps({"act": 1, "link": "", "mac": ""})),
    ),
    "the head of zeros": beside("office.head", lambda file: file.write_bytes(bytes(512))),
    "the tail of the journal and the head": lambda folder, key: [
        plain(
            "DELETE FROM entry WHERE act = (SELECT max(id) FROM act)",
            "DELETE FROM act WHERE id = (SELECT max(id) FROM act)",
        )(folder, key),
        (folder / "office.head").unlink(),
    ],
}  # fmt: skip


def flipped(at: Callable[[int], int]) -> Callable[[Path], object]:
    """One bit of a file turned over."""

    def change(file: Path) -> None:
        content = bytearray(file.read_bytes())
        content[at(len(content))] ^= 1
        file.write_bytes(bytes(content))

    return change


def older_page(folder: Path, _key: bytes) -> None:
    """The last page that differs, as it was before: a dying disk gives back what it had."""
    old = (folder.parent / "older" / "office.db").read_bytes()
    new = bytearray((folder / "office.db").read_bytes())
    pages = [
        n
        for n in range(1, min(len(old), len(new)) // 4096)
        if old[n * 4096 : n * 4096 + 4096] != new[n * 4096 : n * 4096 + 4096]
    ]
    place = pages[len(pages) // 2] * 4096
    new[place : place + 4096] = old[place : place + 4096]
    (folder / "office.db").write_bytes(bytes(new))


def of_accounts(change: Callable[[dict], object]) -> Way:
    """The key file changed in both of its copies by somebody who can write it."""

    def do(folder: Path, _key: bytes) -> None:
        content = json.loads((folder / "keys.json").read_text())
        change(content)
        for name in ("keys.json", "keys.previous.json"):
            (folder / name).write_text(json.dumps(content))

    return do


def entry(content: dict, name: str) -> dict:
    """An account in the list of a key file."""
    entries = content["accounts"]["entries"]
    return next(each for each in entries if each["name"] == name)


OF_ACCOUNTS: dict[str, Way] = {
    "other roles": of_accounts(lambda c: entry(c, "clerk").update(roles=["coordinator"])),
    "an account taken out of the list": of_accounts(
        lambda c: c["accounts"]["entries"].remove(entry(c, "clerk"))
    ),
    "an account put into the list": of_accounts(
        lambda c: c["accounts"]["entries"].append({**entry(c, "clerk"), "name": "somebody"})
    ),
    "keys of one account given to another": of_accounts(
        lambda c: entry(c, "clerk").update(grants=entry(c, "coordinator")["grants"])
    ),
    "another signature": of_accounts(lambda c: c["accounts"].update(signature="00" * 64)),
    "no list": of_accounts(lambda c: c.pop("accounts")),
    "an older number": of_accounts(lambda c: c["accounts"].update(number=1)),
}  # fmt: skip


OF_FILES: dict[str, Way] = {
    "a bit of the first page": beside("office.db", flipped(lambda size: 100)),
    "a bit in the middle": beside("office.db", flipped(lambda size: size // 2)),
    "a bit of the last page": beside("office.db", flipped(lambda size: size - 50)),
    "the last page cut off": beside("office.db", lambda f: os.truncate(f, f.stat().st_size - 4096)),
    "half of the file": beside("office.db", lambda f: os.truncate(f, f.stat().st_size // 8192 * 4096)),
    "an empty file": beside("office.db", lambda f: f.write_bytes(b"")),
    "no file": beside("office.db", Path.unlink),
    "a file of noise": beside("office.db", lambda f: f.write_bytes(os.urandom(40_960))),
    "a plain database": beside("office.db", lambda f: f.write_bytes(b"SQLite format 3\0" + bytes(4096))),
    "an older page": older_page,
    "the key file torn": beside("keys.json", lambda f: f.write_bytes(f.read_bytes()[:300])),
    "the key file emptied": beside("keys.json", lambda f: f.write_bytes(b"")),
}  # fmt: skip


def named(folder: Path, password: str) -> str:
    """What the program says of an office: the refusal, or the kinds that the check found; empty where all is well."""
    try:
        office = Office.open(folder, PERSON, password)
    except OfficeProblem as problem:
        return type(problem).__name__
    try:
        return ", ".join(sorted(office.check().kinds()))
    finally:
        office.close(tidy=False)


class Bench:
    """A practice office, an older copy of it, and a fresh copy for each way."""

    def __init__(self, folder: Path, template: Path, password: str) -> None:
        self._template = template
        self._password = password
        self._work = folder / "work"
        self._older = self._work / "older"
        self._newest = folder / "newest"
        shutil.copytree(template, self._newest)
        self._key = accounts.unlock(self._newest, PERSON, password)[0].data
        shutil.copytree(self._newest, self._older)
        office = Office.open(self._newest, PERSON, password)
        for n in range(3):
            office.do(set_value, "office", f"Later {n}")
        office.do(anchor)
        office.close()
        rooms.open_all()

    def tried(self, way: Way) -> str:
        """What is said after a way was tried."""
        place = self._work / "office"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self._newest, place)
        way(place, self._key)
        return named(place, self._password)


def main() -> int:
    """Try every way; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    from cbs_desktop.practice import build

    with tempfile.TemporaryDirectory() as made:
        for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
            os.environ[name] = str(Path(made) / "home")
        build.build(Path(made) / "practice", "practice")
        bench = Bench(Path(made), Path(made) / "practice", "practice")
        assert bench.tried(lambda *_nothing: None) == "", (
            "an office that nobody touched"
        )
        silent = 0
        chosen = {name: way for name, way in ways().items() if asked.only in name}
        for name, way in chosen.items():
            said = ""
            try:
                said = bench.tried(way)
            except AssertionError as nothing:
                print(f"not tried: {name} ({nothing})", flush=True)
                continue
            except Exception as problem:
                print(f"{name} ended the program: {problem}", flush=True)
            if not said:
                silent += 1
                print(f"NOT NAMED: {name}", flush=True)
            elif asked.only:
                print(f"{name}: {said}")
    print(f"{len(chosen)} ways, {silent} not named")
    return int(silent > 0)


if __name__ == "__main__":
    sys.exit(main())
