"""The background of people, sealed to those who may see it: a clerk who types one cannot read it back."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert, select

from cbs_desktop.action import Reading, Transaction, batches
from cbs_desktop.participants.tables import Background, sealed_of_background

Categories = Sequence[str]


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
    return of_everybody(reading, person_id).get(person_id, ())


def of_everybody(
    reading: Reading, person_id: int | None = None
) -> dict[int, tuple[str, ...]]:
    """Person → categories by name; only that person's, where one is given. A merged record has those of both."""
    statement = select(Background.id, Background.person_id, Background.sealed)
    if person_id is not None:
        statement = statement.where(Background.person_id == person_id)
    found: dict[int, set[str]] = defaultdict(set)
    for row_id, whose, sealed in reading.rows(statement):
        content = reading.readers.unseal(sealed, sealed_of_background(row_id))
        found[whose].update(json.loads(content))
    return {whose: tuple(sorted(held)) for whose, held in found.items()}


def _row(
    tx: Transaction, person_id: int, categories: Categories | None
) -> dict[str, object]:
    row_id = tx.new_id()
    content = json.dumps(sorted(categories or ())).encode()
    sealed = tx.readers.seal_background(content, sealed_of_background(row_id))
    return {"id": row_id, "person_id": person_id, "sealed": sealed}
