"""The questionnaires there are: the program's files, an office's own, and the definition each stored sheet was made with."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import insert, select

from cbs_desktop import resource, settings
from cbs_desktop.action import Reading, Transaction
from cbs_desktop.errors import Fault, Invalid, Missing, RuleBroken, Unreadable
from cbs_desktop.screening import instrument_parser, pathway
from cbs_desktop.screening.instrument import Instrument
from cbs_desktop.screening.pathway import Pathway
from cbs_desktop.screening.tables import Definition
from cbs_desktop.store.values import NamedRow

_d = Definition


@dataclass(frozen=True, slots=True)
class ListedInstrument:
    """A questionnaire in the list of the office: its key and file, whether it is used, and why it cannot be."""

    key: str
    file: str
    instrument: Instrument | None
    own: bool
    used: bool
    problem: Invalid | Unreadable | None = None


def canonical(content: Mapping[str, object]) -> str:
    """The content of a file as one text that is the same for the same content."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False)


@lru_cache(maxsize=64)
def digest(text: str) -> str:
    """What tells two contents apart."""
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=64)
def _of_text(text: str) -> Instrument:
    return instrument_parser.instrument(json.loads(text))


@lru_cache(maxsize=64)
def shipped(key: str) -> tuple[Instrument, str]:
    """A questionnaire of the program's files, and its content. Missing without a file, Invalid or Unreadable when wrong."""
    if key not in resource.names("instruments", ".toml"):
        raise Missing(what="instrument", id=key)
    file = f"{key}.toml"
    content = resource.toml("instruments", file)
    made = instrument_parser.instrument(content, file)
    if made.key != key:
        raise Invalid([Fault(f"{file} key", "not the name of the file")])
    return made, canonical(content)


def instrument(key: str) -> Instrument:
    """A questionnaire of the program's files."""
    return shipped(key)[0]


def listed(reading: Reading) -> list[ListedInstrument]:
    """All questionnaires, the program's first; the broken ones with what is wrong."""
    off = settings.read(reading, "instruments off")
    stored = {
        (row.key, row.version): row
        for row in reading.rows(select(_d.__table__).order_by(_d.version))
    }
    digests = {place: row.digest for place, row in stored.items()}
    found = [_file(key, off, digests) for key in resource.names("instruments", ".toml")]
    own = {row.key: row for row in stored.values() if row.own}
    return found + [_own(row, off) for row in own.values()]


def _file(
    key: str, off: list[str], digests: Mapping[tuple[str, int], str]
) -> ListedInstrument:
    file = f"{key}.toml"
    try:
        made, text = shipped(key)
    except (Invalid, Unreadable) as problem:
        return ListedInstrument(key, file, None, False, False, problem)
    if digests.get((key, made.version), digest(text)) != digest(text):
        changed = Invalid(
            [
                Fault(
                    f"{file} version",
                    "changed without version",
                    {"version": made.version},
                )
            ]
        )
        return ListedInstrument(key, file, made, False, False, changed)
    return ListedInstrument(key, file, made, False, key not in off)


def _own(row: NamedRow, off: list[str]) -> ListedInstrument:
    try:
        return ListedInstrument(
            row.key, "", _of_text(row.content), True, row.key not in off
        )
    except Invalid as problem:  # taken by a version of the program that asked for less
        return ListedInstrument(row.key, "", None, True, False, problem)


def usable(reading: Reading) -> dict[str, Instrument]:
    """The questionnaires that the office uses, by key."""
    return {
        one.key: one.instrument
        for one in listed(reading)
        if one.used and one.instrument is not None
    }


def in_use(reading: Reading, key: str) -> Instrument:
    """A questionnaire that may be filled in now. Its own problem when its file is wrong, Missing when it is not used."""
    for one in listed(reading):
        if one.key == key:
            if one.problem is not None:
                raise one.problem
            if one.used and one.instrument is not None:
                return one.instrument
    raise Missing(what="instrument", id=key)


def stored(reading: Reading, key: str, version: int) -> Instrument:
    """The definition that a stored sheet was made with, whatever the file says today."""
    text = reading.value(select(_d.content).where(_d.key == key, _d.version == version))
    return (
        _of_text(text) if text is not None else instrument(key)
    )  # sheets of version 0.1 have the file of the program


def keep(tx: Transaction, made: Instrument) -> None:
    """Store the definition of a file with the first sheet that uses it; RuleBroken when it was changed since."""
    known = tx.value(
        select(_d.digest).where(_d.key == made.key, _d.version == made.version)
    )
    if made.key not in resource.names("instruments", ".toml"):
        return
    text = shipped(made.key)[1]
    if known is None:
        add(tx, made, text, own=False)
    elif known != digest(text):
        raise RuleBroken(
            rule="definition changed", file=f"{made.key}.toml", version=made.version
        )


def add(tx: Transaction, made: Instrument, text: str, own: bool) -> int:
    """Write a definition down; its id."""
    new_id = tx.new_id()
    values = {
        "key": made.key,
        "version": made.version,
        "digest": digest(text),
        "content": text,
    }
    tx.run(insert(_d).values(id=new_id, own=own, added_on=tx.today, **values))
    return new_id


@lru_cache(maxsize=1)
def pathways() -> tuple[Pathway, ...]:
    """The pathway rules of all programme files. Unreadable names the file and the key."""
    found = []
    for key in resource.names("programmes", ".toml"):
        file = f"{key}.toml"
        try:
            found.append(
                pathway.from_file(
                    key, resource.toml("programmes", file).get("pathway", {})
                )
            )
        except ValueError as problem:
            raise Unreadable(
                file=f"programmes/{file}", kind="broken resource", detail=str(problem)
            ) from problem
    return tuple(found)
