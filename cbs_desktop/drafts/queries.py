"""Half-typed forms for whoever may fill in such a form: what was typed, by whom, and whether the record changed since."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, select, text

from cbs_desktop.action import Reading, query
from cbs_desktop.drafts.tables import DraftNeed, FormDraft, sealed_of_draft
from cbs_desktop.participants.rules import shown
from cbs_desktop.participants.tables import Person
from cbs_desktop.safe.permissions import Permission, allowed
from cbs_desktop.screening.tables import RiskCard
from cbs_desktop.store import schema
from cbs_desktop.store.values import NamedRow

Typed = dict[str, object]  # field → what stands in it, as JSON keeps it
NEW_PERSON = "participants.register"
_SINCE = text(
    "SELECT act.account, act.at FROM entry JOIN act ON act.id = entry.act"
    " WHERE entry.seq > :seen AND entry.tbl IN :tables AND (entry.key = :about"
    " OR entry.key LIKE :about || ',%'"
    " OR coalesce(entry.after, entry.before) LIKE '%\"person_id\":' || :about || ',%')"
    " ORDER BY entry.seq DESC LIMIT 1"
).bindparams(bindparam("tables", expanding=True))
_d = FormDraft


@dataclass(frozen=True, slots=True)
class HalfTyped:
    """What somebody typed into a form and did not save. `changed_by` changed the record since, at `changed_at`."""

    id: int
    typed_by: str
    mine: bool
    began_at: datetime
    values: Typed
    changed_by: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A half-typed form as lists show it: the action that it ends in, what it is about, and whose it is."""

    form: str
    about: int
    name: str
    typed_by: str
    mine: bool
    began_at: datetime


@query(Permission.OWN_ACCOUNT)
def offered(reading: Reading, form: str, about: int) -> list[HalfTyped]:
    """What was typed into this form and not saved, this person's own first, then the latest."""
    found: list[HalfTyped] = []
    for row in _readable(reading, _d.form == form, _d.about == about):
        found.append(_half_typed(reading, row))
    return sorted(found, key=lambda one: not one.mine)


@query(Permission.OWN_ACCOUNT)
def unfinished(reading: Reading) -> list[Unfinished]:
    """Every half-typed form that this person may go on with, the latest first; not those whose record is gone."""
    found: list[Unfinished] = []
    for row in _readable(reading):
        if is_there(reading, row.about):
            one = Unfinished(
                form=row.form,
                about=row.about,
                name=_name(reading, row),
                typed_by=row.typed_by,
                mine=row.typed_by == reading.account.name,
                began_at=datetime.fromisoformat(row.began_at),
            )
            found.append(one)
    return found


def _readable(reading: Reading, *which: ColumnElement[bool]) -> list[NamedRow]:
    """The half-typed forms that this account may read, the latest first; those that fulfil the conditions."""
    needs = _needs_of_each(reading)
    statement = select(_d.__table__).where(*which)
    latest_first = statement.order_by(_d.kept_at.desc(), _d.id)
    found: list[NamedRow] = []
    for row in reading.rows(latest_first):
        mine = may_read(reading, needs.get(row.id, ()))
        if mine and (row.sealed or reading.readers.opens(row.content)):
            found.append(row)
    return found


def may_read(reading: Reading, needs: Sequence[str]) -> bool:
    """Whether this account has all that a half-typed form asks for; a permission of another version opens nothing, and
    neither does a form that asks for none."""
    held = allowed(reading.account.roles)
    return bool(needs) and held.issuperset(needs)


def needs_of(reading: Reading, draft_id: int) -> list[str]:
    """The permissions without which nobody reads a half-typed form, in order."""
    need = DraftNeed
    permissions = select(need.permission)
    of_draft = permissions.where(need.draft_id == draft_id)
    in_order = of_draft.order_by(need.permission)
    return reading.column(in_order)


def _needs_of_each(reading: Reading) -> dict[int, list[str]]:
    """The same of all half-typed forms."""
    found: dict[int, list[str]] = defaultdict(list)
    columns = select(DraftNeed.draft_id, DraftNeed.permission)
    for draft_id, permission in reading.rows(columns):
        found[draft_id].append(permission)
    return found


def is_there(reading: Reading, about: int) -> bool:
    """Whether the record still is there; what is new has none."""
    if not about:
        return True
    for table in schema.tables():
        if "id" in table.c:
            same = select(table.c.id).where(table.c.id == about)
            if reading.first(same) is not None:
                return True
    return False


def values_of(reading: Reading, row: NamedRow) -> Typed:
    """What was typed, by field."""
    of = sealed_of_draft(row.id)
    if row.sealed:
        return json.loads(reading.unseal(row.content, of))
    return json.loads(reading.readers.unseal(row.content, of))


def _half_typed(reading: Reading, row: NamedRow) -> HalfTyped:
    changed = _changed_since(reading, row)
    return HalfTyped(
        id=row.id,
        typed_by=row.typed_by,
        mine=row.typed_by == reading.account.name,
        began_at=datetime.fromisoformat(row.began_at),
        values=values_of(reading, row),
        changed_by=changed.account if changed else "",
        changed_at=datetime.fromisoformat(changed.at) if changed else None,
    )


def _changed_since(reading: Reading, row: NamedRow) -> NamedRow | None:
    """Who changed the record last since the form was begun: in the tables of the room that the form writes in."""
    if not row.about:
        return None
    room = row.form.partition(".")[0]
    tables = [one.name for one in schema.tables() if schema.room_of(one) == room]
    asked = {"seen": row.seen, "about": str(row.about), "tables": tables}
    return reading.first(_SINCE, asked)


def _name(reading: Reading, row: NamedRow) -> str:
    """Whom a form is about; of somebody new the name that was typed so far."""
    if row.form == NEW_PERSON:
        typed = values_of(reading, row)
        names = [str(typed.get(key) or "") for key in ("own_name", "other_names")]
        return shown(*names).strip()
    card = select(RiskCard.person_id).where(RiskCard.id == row.about)
    person_id = reading.value(card) or row.about
    names = select(Person.own_name, Person.other_names).where(Person.id == person_id)
    person = reading.first(names)
    if person is None:
        return ""
    return shown(person.own_name, person.other_names)
