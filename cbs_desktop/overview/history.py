"""A person's history, read from the journal: who changed what, when, from what to what."""

from dataclasses import dataclass

from sqlalchemy import select

from cbs_desktop.action import Reading, query
from cbs_desktop.certificates.tables import Certificate
from cbs_desktop.duplicates.tables import Merge
from cbs_desktop.groups.tables import Membership
from cbs_desktop.participants import availability, national_id
from cbs_desktop.participants.tables import Consent
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.screening.discretion import may_know
from cbs_desktop.screening.tables import Assessment, Decision
from cbs_desktop.store import history as journal_history
from cbs_desktop.store.history import Told
from cbs_desktop.store.journal import Act, sentence
from cbs_desktop.words import _

_TABLES = {
    "consent": Consent,
    "assessment": Assessment,
    "decision": Decision,
    "membership": Membership,
    "certificate": Certificate,
}
_CLINICAL = frozenset({"pathway", "reason"})
_UNSHOWN = frozenset({"sealed", "search", "code", "id", "person_id"})


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change: the moment (UTC, ISO), who, what was done in words, and the fields as (name, before, after)."""

    at: str
    account: str
    done: str
    fields: tuple[tuple[str, str, str], ...]


@query(Permission.LOOK)
def history(reading: Reading, person_id: int) -> list[HistoryEntry]:
    """All changes of a person, latest first, those of records that were merged into theirs with them.

    Background, safety cards and keep-apart are not part of it.
    """
    merged = select(Merge.gone_id).where(Merge.kept_id == person_id)
    ids = [person_id, *reading.column(merged.where(Merge.parted_on.is_(None)))]
    keys = [("person", str(each)) for each in ids]
    for name, table in _TABLES.items():
        own = reading.column(select(table.id).where(table.person_id == person_id))
        keys += [(name, str(key)) for key in own]
    knows = may_know(reading.account)
    found = [
        HistoryEntry(
            told.act.at,
            told.act.account,
            _sentence(told.act, knows),
            _changed(told, knows),
        )
        for told in reversed(journal_history.history(reading.db, keys))
    ]
    return list(
        dict.fromkeys(found)
    )  # an act that touched several rows of the person is told once


def _sentence(act: Act, knows: bool) -> str:
    done = sentence(act, () if knows else ("pathway",))
    return _("Undo: {what}").format(what=done) if act.undoes else done


def _changed(told: Told, knows: bool) -> tuple[tuple[str, str, str], ...]:
    if not told.before:
        return ()
    table, _key = told.row
    unshown = _UNSHOWN
    if table == "decision" and not knows:
        unshown |= _CLINICAL
    return tuple(
        (name, _shown(name, value), _shown(name, told.after.get(name)))
        for name, value in told.before.items()
        if name not in unshown
    )


def _shown(name: str, value: object) -> str:
    """A value as a screen shows it: of the number of a card only its end."""
    if value is None:
        return ""
    if name == "id_number":
        return national_id.masked(str(value))
    if isinstance(value, list):
        values = map(str, value)
        return ",".join(availability.listed(values))
    return str(value)
