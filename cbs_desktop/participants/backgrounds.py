"""The background of people, sealed to those who may see it: a clerk who types one cannot read it back."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Select, delete, insert, select

from cbs_desktop.action import Reading, Transaction, batches
from cbs_desktop.participants.tables import Background, sealed_of_background

Categories = Sequence[str]
_ROWS = select(Background.id, Background.person_id, Background.sealed)


def put_new(tx: Transaction, people: Iterable[tuple[int, Categories | None]]) -> None:
    """The categories of people who have none yet; nothing is kept of those without."""
    rows = [_row(tx, *one) for one in people if one[1]]
    for part in batches(rows):
        tx.run(insert(Background), part)


def put(tx: Transaction, person_id: int, categories: Categories) -> None:
    """The categories of a person in place of those of before."""
    tx.run(delete(Background).where(Background.person_id == person_id))
    put_new(tx, [(person_id, categories)])


def of_person(reading: Reading, person_id: int) -> tuple[str, ...]:
    """The categories of a person, by name. Refused, SealBroken."""
    mine = _ROWS.where(Background.person_id == person_id)
    return _categories(reading, mine).get(person_id, ())


def of_everybody(reading: Reading) -> dict[int, tuple[str, ...]]:
    """Person → categories by name."""
    return _categories(reading, _ROWS)


def _categories(
    reading: Reading, rows: Select[int, int, bytes]
) -> dict[int, tuple[str, ...]]:
    """A merged record has those of both."""
    held: dict[int, set[str]] = defaultdict(set)
    for row_id, person_id, sealed in reading.rows(rows):
        content = reading.readers.unseal(sealed, sealed_of_background(row_id))
        held[person_id].update(json.loads(content))
    found: dict[int, tuple[str, ...]] = {}
    for person_id, categories in held.items():
        found[person_id] = tuple(sorted(categories))
    return found


def _row(
    tx: Transaction, person_id: int, categories: Categories | None
) -> dict[str, object]:
    row_id = tx.new_id()
    content = json.dumps(sorted(categories or ())).encode()
    sealed = tx.readers.seal_background(content, sealed_of_background(row_id))
    return {"id": row_id, "person_id": person_id, "sealed": sealed}
