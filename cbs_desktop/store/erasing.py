"""Blanking what the journal has of some rows, so that its chain stays whole: values go, the digest of each entry stays.

An act whose facts name the person is blanked too; its link can then no longer be made again from what it says, so that
`schema.Blanked` vouches for it. Rows are known from then on as they are (`replay.restate`). Only inside `Transaction.erasing`.
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.sqlite import insert

from cbs_desktop.store import journal, replay, schema
from cbs_desktop.store.journal import Act
from cbs_desktop.store.values import NamedRow
from cbs_desktop.text import fold

Row = tuple[str, str]  # table and key, as the journal has them
_WORD = re.compile(r"\w+")
_SHORTEST = 2  # letters of a word that can tell a name
_INDEXED = "NOT (tbl = 'mark' AND op = '+')"  # as the index of entries has it
_GONE = "…"


@dataclass(slots=True)
class BlankedEntries:
    """What was blanked: entries, and the acts that they are of."""

    entries: int = 0
    acts: set[int] = field(default_factory=set)


def blank(
    link: Connection,
    key: bytes,
    rows: Iterable[Row],
    names: Collection[str],
    kept_keys: dict[Row, str],
) -> BlankedEntries:
    """Blank every entry of these rows, and words of `names` in the facts of their acts. `kept_keys` is what stays of a
    key that says more than whose row it is. `key` is that of the chain."""
    made = BlankedEntries()
    touched = sorted(set(rows))
    for row in touched:
        known_as = ("restated", f"{row[0]},{row[1]}")
        _blank_entries(link, known_as, _kept(known_as, row, kept_keys), made)
        _blank_entries(link, row, kept_keys.get(row, row[1]), made)
    _forget_keys(link, kept_keys)
    _restate(link, touched, kept_keys)
    for row in touched:
        known_as = ("restated", f"{row[0]},{row[1]}")
        if row in kept_keys:
            _blank_entries(link, known_as, _kept(known_as, row, kept_keys), made)
    _blank_facts(link, key, made.acts, _words(names))
    return made


def _kept(known_as: Row, row: Row, kept_keys: dict[Row, str]) -> str:
    if row not in kept_keys:
        return known_as[1]
    return f"{row[0]},{kept_keys[row]}"


def _blank_entries(
    link: Connection, row: Row, kept_key: str, made: BlankedEntries
) -> None:
    entries = link.exec_driver_sql(
        f"SELECT seq, act, digest, {journal.LINE} AS line FROM entry"
        f" WHERE tbl = ? AND key = ? AND {_INDEXED}",
        row,
    ).all()
    for each in entries:
        digest = each.digest or hashlib.sha256(each.line.encode()).digest()
        link.exec_driver_sql(
            "UPDATE entry SET before = NULL, after = NULL, digest = ?, key = ? WHERE seq = ?",
            (digest, kept_key, each.seq),
        )
        made.acts.add(each.act)
    made.entries += len(entries)


def _forget_keys(link: Connection, kept_keys: dict[Row, str]) -> None:
    for table, key in kept_keys:
        link.exec_driver_sql(
            "DELETE FROM restated WHERE tbl = ? AND key = ?", (table, key)
        )


def _restate(link: Connection, rows: Iterable[Row], kept_keys: dict[Row, str]) -> None:
    """The rows are known as they are now; those whose keys became one are known to be gone."""
    tables: dict[str, Table] = {table.name: table for table in schema.tables()}
    found: dict[Row, replay.RowDifference] = {}
    for row in rows:
        name, key = row
        state = None
        if row in kept_keys:
            key = kept_keys[row]
        else:
            state = replay.state_now(link, tables[name], key)
        found[name, key] = replay.RowDifference(name, key, "", state)
    replay.restate(link, found.values())


def _words(names: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        found.update(_WORD.findall(fold(name)))
    return frozenset(word for word in found if len(word) >= _SHORTEST)


def _blank_facts(
    link: Connection, key: bytes, acts: Iterable[int], words: frozenset[str]
) -> None:
    for number in sorted(acts):
        row = link.exec_driver_sql(f"{journal.ACT} WHERE id = ?", (number,)).first()
        if row is not None:  # the act that erases is not written yet
            _blank_act(link, key, row, words)


def _blank_act(
    link: Connection, key: bytes, row: NamedRow, words: frozenset[str]
) -> None:
    """An act that is not as it was written before gets no mark that fits: the check goes on to tell of it."""
    act = journal.act_of(row)
    facts = _without(act, words)
    if facts == act.facts:
        return
    whole = journal.is_whole(link, key, act, row.link)
    blanked = replace(act, facts=facts)
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    link.exec_driver_sql("UPDATE act SET facts = ? WHERE id = ?", (text, act.id))
    mark = journal.mark_of_blanked(link, key, blanked, row.link) if whole else ""
    statement = insert(schema.Blanked).values(act=act.id, mark=mark)
    link.execute(
        statement.on_conflict_do_update(index_elements=["act"], set_={"mark": mark})
    )


def _without(act: Act, words: frozenset[str]) -> journal.Fields:
    facts: journal.Fields = {}
    for name, fact in act.facts.items():
        named = name != "done" and not words.isdisjoint(_WORD.findall(fold(str(fact))))
        facts[name] = _GONE if named else fact
    return facts
