"""Erasing people: their rows, what the journal, the index and half-typed forms have of them. Figures stay.

What becomes of each column stands in resources/rights/columns.toml.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    Column,
    LargeBinary,
    Table,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from cbs_desktop.action import Transaction
from cbs_desktop.certificates import rules as certificate_rules
from cbs_desktop.certificates.tables import Certificate
from cbs_desktop.drafts.tables import FormDraft, sealed_of_draft
from cbs_desktop.duplicates.tables import Merge
from cbs_desktop.groups.allocation.instance import Instance
from cbs_desktop.groups.tables import Membership, Session
from cbs_desktop.participants.rules import ERASED
from cbs_desktop.participants.tables import Erased, Person
from cbs_desktop.places.tables import Place
from cbs_desktop.rights import declared
from cbs_desktop.rights.declared import WhatBecomes
from cbs_desktop.scans import evidence
from cbs_desktop.store import erasing, row_sql, search
from cbs_desktop.store.erasing import Row
from cbs_desktop.store.schema import Base
from cbs_desktop.store.values import NamedRow
from cbs_desktop.text import fold

_Column = Column[Any]
_INDEXED = "NOT (tbl = 'mark' AND op = '+')"
_NAMES = ("own_name", "other_names", "name_on_id", "aliases")


@dataclass
class _Work:
    """One erasure: ids of the records that are one person, and what was found of them so far."""

    tx: Transaction
    ids: tuple[int, ...]
    rows: set[Row] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    records: set[int] = field(default_factory=set)  # ids of rows about the person


def ids_of(tx: Transaction, person_id: int) -> tuple[int, ...]:
    """The person's record, and those that became part of it."""
    standing = select(Merge.gone_id).where(
        Merge.kept_id == person_id, Merge.parted_on.is_(None)
    )
    return (person_id, *tx.column(standing))


def erase(tx: Transaction, *people: int) -> int:
    """Erase people who are there; how many entries of the journal were blanked."""
    blanked = 0
    for person_id in people:
        blanked += _erase(tx, person_id)
    with tx.erasing():
        search.rebuild(tx.db, "person_search")
    return blanked


def _erase(tx: Transaction, person_id: int) -> int:
    work = _Work(tx, ids_of(tx, person_id))
    erased = _table(Erased.__tablename__)
    number = tx.one(select(Person.number).where(Person.id == person_id))[0]
    with tx.erasing():
        for table in declared.tables():
            _find(work, table)
        _find_names(work)
        _remove_drafts(work)
        evidence.destroy(tx, work.ids)
        _leave_groups(work)
        _take_out_mentions(work)
        _keep_year_of_birth(tx, work.ids)
        for table in reversed(declared.tables()):
            if table.removed:
                _remove(work, table)
        for table in declared.tables():
            _blank(work, table)
        _coarsen(work)
        for each in work.ids:
            values = {"person_id": each, "number": number, "erased_on": tx.today}
            tx.run(insert(erased), values)
        blanked = erasing.blank(
            tx.db, tx.vault.keys.chain, work.rows, work.names, _cut_keys(work)
        )
    return blanked.entries


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def _find(work: _Work, what: WhatBecomes) -> None:
    """Note the rows of a table that lose values: those that are there, and those that only the journal still has."""
    if not what.of:
        return
    table = _table(what.name)
    wanted = work.records if what.through else set(work.ids)
    there = _there(work, what, wanted)
    work.records.update(_ids_in(table, there))
    if table.info.get("own") or not what.loses_values:
        return
    past = _in_journal(work, table, what, wanted)
    work.records.update(_ids_in(table, past))
    work.rows.update((what.name, key) for key in there | past)


def _there(work: _Work, what: WhatBecomes, wanted: set[int]) -> set[str]:
    table = _table(what.name)
    owner = [table.columns[name].in_(wanted) for name in what.of]
    found = select(*table.primary_key.columns).where(or_(*owner))
    rows = work.tx.rows(found)
    return {",".join(map(str, row)) for row in rows}


def _ids_in(table: Table, keys: Iterable[str]) -> Iterator[int]:
    if len(table.primary_key.columns) == 1:
        for key in keys:
            if key.isdigit():
                yield int(key)


def _in_journal(
    work: _Work, table: Table, what: WhatBecomes, wanted: set[int]
) -> set[str]:
    """Keys of rows that were the person's and are not there, or are somebody's no more."""
    found: set[str] = set()
    for name in what.of:
        for each in wanted:
            found.update(_told(work, table, f'"{name}":{each}'))
    return {key for key in found if not _is_of_another(work, table, key)}


def _told(work: _Work, table: Table, text: str) -> list[str]:
    """Keys of rows of which an entry says so; a number is followed by a comma or the end."""
    rows = work.tx.db.exec_driver_sql(
        f"SELECT DISTINCT key FROM entry WHERE tbl = ? AND {_INDEXED} AND"
        " (instr(before, ?) OR instr(before, ?) OR instr(after, ?) OR instr(after, ?))",
        (table.name, *(f"{text},", f"{text}}}") * 2),
    )
    return [key for (key,) in rows]


def _is_of_another(work: _Work, table: Table, key: str) -> bool:
    """Whether a row is there all the same: it was handed to somebody else."""
    if (table.name, key) in work.rows:
        return False
    there = f'SELECT 1 FROM "{table.name}" WHERE {row_sql.has_key(table)}'
    row = work.tx.db.exec_driver_sql(there, (key,)).first()
    if row is None:
        return False
    (what,) = (each for each in declared.tables() if each.name == table.name)
    wanted = work.records if what.through else set(work.ids)
    return key not in _there(work, what, wanted)


def _find_names(work: _Work) -> None:
    """Every name that the person had."""
    for each in work.ids:
        entries = work.tx.db.exec_driver_sql(
            f"SELECT before, after FROM entry WHERE tbl = 'person' AND key = ? AND {_INDEXED}",
            (str(each),),
        )
        for texts in entries:
            for text in filter(None, texts):
                _note_names(work, json.loads(text))
    columns = [getattr(Person, name) for name in _NAMES]
    for row in work.tx.rows(select(*columns).where(Person.id.in_(work.ids))):
        _note_names(work, dict(zip(_NAMES, row, strict=True)))


def _note_names(work: _Work, fields: Mapping[str, object]) -> None:
    """The numbers among the aliases stay."""
    for name in _NAMES:
        for word in str(fields.get(name) or "").split():
            if not any(sign.isdigit() for sign in word):
                work.names.add(word)


def _remove_drafts(work: _Work) -> None:
    """Half-typed forms about the person or one of their records, and those that name them."""
    d = FormDraft
    about = {*work.ids, *work.records}
    gone: list[int] = []
    for row in work.tx.rows(select(d.id, d.about, d.sealed, d.content)):
        if row.about in about or _names_them(work, row):
            gone.append(row.id)
    for each in gone:
        work.tx.run(delete(d).where(d.id == each))


def remove_forms(tx: Transaction, records: Collection[int]) -> None:
    """Half-typed forms about any of these records."""
    d = FormDraft
    tx.run(delete(d).where(d.about.in_(records)))


def _names_them(work: _Work, row: NamedRow) -> bool:
    """As far as whoever erases may read it; what is sealed to others is gone after drafts.actions.KEPT_DAYS."""
    readers = work.tx.readers
    if row.sealed or not readers.opens(row.content):
        return False
    content = json.loads(readers.unseal(row.content, sealed_of_draft(row.id)))
    text = fold(json.dumps(content, ensure_ascii=False))
    if any(str(each) in text for each in work.ids):
        return True
    p = Person
    for own, other in work.tx.rows(
        select(p.own_name, p.other_names).where(p.id.in_(work.ids))
    ):
        if own and fold(own) in text and fold(other) in text:
            return True
    return False


def _leave_groups(work: _Work) -> None:
    """The place in a group that still meets ends today; memberships of before stay as they were."""
    today = work.tx.today
    m = Membership
    last = select(func.max(Session.planned_on))
    of_group = last.where(Session.group_id == m.group_id).scalar_subquery()
    still = func.coalesce(of_group, today) >= today
    now = m.left_on.is_(None) & still
    mine = update(m).where(m.person_id.in_(work.ids), now)
    work.tx.run(mine.values(left_on=today, reason="other"))


def _take_out_mentions(work: _Work) -> None:
    """Details of the person in the JSON of other records."""
    for what in declared.tables():
        for name in what.mentions:
            _take_out(work, what, name, _WITHOUT.get(what.name, _without))


def _take_out(
    work: _Work, what: WhatBecomes, name: str, without: Callable[[str, set[int]], str]
) -> None:
    table = _table(what.name)
    key = table.columns["id"]
    column = table.columns[name]
    wanted = {*work.ids, *work.records}
    for each in work.ids:
        for entry in work.tx.db.exec_driver_sql(
            f"SELECT DISTINCT key FROM entry WHERE tbl = ? AND {_INDEXED}"
            " AND (instr(before, ?) OR instr(after, ?))",
            (what.name, str(each), str(each)),
        ):
            work.rows.add((what.name, entry.key))
        there = select(key, column).where(func.instr(column, str(each)) > 0)
        for row in work.tx.rows(there):
            work.rows.add((what.name, str(row[0])))
            left = without(row[1], wanted)
            work.tx.run(update(table).where(key == row[0]).values({name: left}))


def _without(text: str, ids: set[int]) -> str:
    return json.dumps(_left(json.loads(text), ids))


def _left(value: object, ids: set[int]) -> object:
    """Rows that say anything of these ids are left out of every list."""
    if isinstance(value, dict):
        kept: dict[str, object] = {}
        for key, one in value.items():
            kept[key] = _left(one, ids)
        return kept
    if isinstance(value, list):
        staying = [one for one in value if not _is_about(one, ids)]
        return [_left(one, ids) for one in staying]
    return value


def _is_about(row: object, ids: set[int]) -> bool:
    if not isinstance(row, dict):
        return False
    return any(isinstance(one, int) and one in ids for one in row.values())


def _without_details(text: str, ids: set[int]) -> str:
    return Instance.from_json(text).without_details(ids).to_json()


_WITHOUT: dict[str, Callable[[str, set[int]], str]] = {"proposal": _without_details}


def _remove(work: _Work, what: WhatBecomes) -> None:
    table = _table(what.name)
    wanted = work.records if what.through else set(work.ids)
    owners = [table.columns[name].in_(wanted) for name in what.of]
    if owners:
        work.tx.run(delete(table).where(or_(*owners)))


def _blank(work: _Work, what: WhatBecomes) -> None:
    if what.removed or not what.of:
        return
    table = _table(what.name)
    values: dict[str, object] = {}
    for name in what.blanked:
        values[name] = _empty(table.columns[name])
    values.update(dict.fromkeys(what.erased, ERASED))
    if values:
        owners = [table.columns[name].in_(work.ids) for name in what.of]
        work.tx.run(update(table).where(or_(*owners)).values(values))


def _empty(column: _Column) -> object:
    if column.nullable:
        return None
    return b"" if isinstance(column.type, LargeBinary) else ""


def _coarsen(work: _Work) -> None:
    """The place becomes its sector, the day of birth its year, the code of a certificate its digest."""
    tx = work.tx
    p = Person
    graduated = exists().where(Certificate.person_id == p.id)
    columns = select(
        p.id,
        p.number,
        p.left_on,
        Place.sector_id,
        p.place_id,
        graduated.label("graduated"),
    )
    for row in tx.rows(
        columns.join(Place, Place.id == p.place_id).where(p.id.in_(work.ids))
    ):
        values = {
            "place_id": row.sector_id or row.place_id,
            "search": f"{fold(ERASED)} {fold(row.number)}",
        }
        if not row.graduated:  # whoever graduated counts as that for ever
            values["left_on"] = row.left_on or tx.today
        tx.run(update(p).where(p.id == row.id).values(**values))
    c = Certificate
    for row in tx.rows(select(c.id, c.code).where(c.person_id.in_(work.ids))):
        digest = certificate_rules.digest_of_code(row.code)
        tx.run(update(c).where(c.id == row.id).values(code=digest))


def _cut_keys(work: _Work) -> dict[Row, str]:
    """What stays of keys that say more than whose row it is: the person."""
    cut: dict[Row, str] = {}
    tables = {each.name for each in declared.tables() if each.cuts_keys}
    for name, key in work.rows:
        if name in tables:
            owner, _comma, _rest = key.partition(",")
            cut[name, key] = f"{owner},"
    return cut


def _keep_year_of_birth(tx: Transaction, ids: Iterable[int]) -> None:
    """The year, of those whose day of birth is known."""
    p = Person
    for row in tx.rows(select(p.id, p.born_on).where(p.id.in_(list(ids)))):
        if row.born_on:
            tx.run(update(p).where(p.id == row.id).values(born_year=row.born_on.year))
