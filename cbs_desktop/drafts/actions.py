"""Keeping a half-typed form while it is typed, going on with one, throwing it away. None of it is in the journal."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, insert, select, text, update

from cbs_desktop.action import ACTIONS, Transaction, action
from cbs_desktop.drafts.queries import Typed, is_there, may_read, needs_of
from cbs_desktop.drafts.tables import DraftNeed, FormDraft, sealed_of_draft
from cbs_desktop.errors import Missing, Refused, Stale
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.safe.readers import is_sealed
from cbs_desktop.store.values import NamedRow

KEPT_DAYS = 30
# whoever may fill in such a form holds the clinical key: for accounts that have no key pair of their own yet
SEALED = frozenset({Permission.DECIDE, Permission.SAFETY, Permission.SEE_SCORES})
_d = FormDraft


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many half-typed forms were removed: for their age, and because their record is gone."""

    old: int
    gone: int


@action(Permission.OWN_ACCOUNT, "Kept a half-typed form")
def keep(tx: Transaction, draft_id: int, form: str, about: int, values: Typed) -> None:
    """Keep what was typed so far in place of what was kept before under this id.

    `form` is the name of the action in which the form ends: its permission is needed to keep and to read.
    Stale when somebody else has gone on with it.
    """
    permission = _permission(form)
    needs = {permission}
    if "categories" in values:
        needs.add(Permission.SEE_BACKGROUND)
    for each in needs:
        tx.need(each)
    kept = _content(tx, draft_id, values, needs)
    before = _found(tx, draft_id)
    if before is None:
        kept |= {"id": draft_id, "form": form, "about": about}
        kept["began_at"] = tx.now.isoformat()
        tx.run(insert(_d).values(**kept, **_whose(tx)))
    elif before.typed_by == tx.account.name:
        tx.run(update(_d).where(_d.id == draft_id).values(**kept))
    else:
        raise Stale(what="form")
    _put_needs(tx, draft_id, needs)


def _put_needs(tx: Transaction, draft_id: int, needs: Iterable[Permission]) -> None:
    wanted = sorted(needs)
    if wanted == needs_of(tx, draft_id):
        return
    tx.run(delete(DraftNeed).where(DraftNeed.draft_id == draft_id))
    for permission in wanted:
        tx.run(insert(DraftNeed).values(draft_id=draft_id, permission=permission))


def _permission(form: str) -> Permission:
    if form not in ACTIONS:
        raise Missing(what="form", id=form)
    return vars(ACTIONS[form])["permission"]


def _content(
    tx: Transaction, draft_id: int, values: Typed, needs: set[Permission]
) -> dict[str, object]:
    """The columns that change with every key."""
    of = sealed_of_draft(draft_id)
    content = tx.readers.seal_for(needs, json.dumps(values).encode(), of)
    clinical = not is_sealed(content) and not needs.isdisjoint(SEALED)
    if clinical:
        content = tx.seal(content, of)
    return {"kept_at": tx.now.isoformat(), "sealed": clinical, "content": content}


@action(Permission.OWN_ACCOUNT, "Went on with a half-typed form")
def take_over(tx: Transaction, draft_id: int) -> None:
    """Go on with a half-typed form: it is this person's now. Missing when it was saved or thrown away meanwhile."""
    row = _readable(tx, draft_id)
    if row is None:
        raise Missing(what="form", id=draft_id)
    tx.run(update(_d).where(_d.id == draft_id).values(**_whose(tx)))


@action(Permission.OWN_ACCOUNT, "Threw a half-typed form away")
def drop(tx: Transaction, draft_id: int) -> None:
    """Throw a half-typed form away, if it still is there."""
    if _readable(tx, draft_id) is not None:
        tx.run(delete(_d).where(_d.id == draft_id))


@action(Permission.OWN_ACCOUNT, "Removed half-typed forms of long ago")
def tidy(tx: Transaction) -> Tidied:
    """Remove what was typed more than KEPT_DAYS ago, and what is about a record that is gone."""
    first_kept = tx.now - timedelta(days=KEPT_DAYS)
    old = tx.run(delete(_d).where(_d.kept_at < first_kept.isoformat()))
    gone = 0
    for about in tx.column(select(_d.about).distinct()):
        if not is_there(tx, about):
            gone += tx.run(delete(_d).where(_d.about == about))
    return Tidied(old, gone)


def _found(tx: Transaction, draft_id: int) -> NamedRow | None:
    return tx.first(select(_d.__table__).where(_d.id == draft_id))


def _readable(tx: Transaction, draft_id: int) -> NamedRow | None:
    """The row; Refused where this account may not read it."""
    row = _found(tx, draft_id)
    needs = needs_of(tx, draft_id)
    if row is not None and not may_read(tx, needs):
        raise Refused(permission=needs[0] if needs else "")
    return row


def _whose(tx: Transaction) -> dict[str, object]:
    """Who types it from now on, and how far the journal goes."""
    last = tx.value(select(func.max(text("seq"))).select_from(text("entry")))
    return {"typed_by": tx.account.name, "seen": last or 0}
