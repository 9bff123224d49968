"""The journal as an auditor reads it: who did what and when, and in which tables. Nobody is named to whom the action itself
would not be shown."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from cbs_desktop import rooms
from cbs_desktop.action import ACTIONS, Account, Reading, query
from cbs_desktop.errors import Missing
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.store import journal
from cbs_desktop.store.journal import Act

_COUNTED_MOST = 10_000
_TOLD_TO_ALL = frozenset({"count"})  # of the facts of a sentence


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """What the journal is narrowed to: an account, a room (the first word of an action), days; empty or None is all."""

    account: str = ""
    room: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class JournalLine:
    """An act: its number, the moment in local time, who, from which laptop, what in words, and how many rows it touched.
    `undid` is the act that it took back, 0 for none."""

    act: int
    at: datetime
    account: str
    laptop: str
    done: str
    rows: int
    undid: int


@dataclass(frozen=True, slots=True)
class JournalPage:
    """A part of the journal, the latest first. `count` is exact up to 10,000."""

    lines: tuple[JournalLine, ...]
    count: int


@query(Permission.READ_JOURNAL)
def acts(
    reading: Reading, wanted: JournalFilter, first: int = 0, most: int = 60
) -> JournalPage:
    """The acts that fit a filter."""
    where, values = _where(wanted)
    count = reading.db.exec_driver_sql(
        f"SELECT count(*) FROM (SELECT 1 FROM act WHERE {where} LIMIT {_COUNTED_MOST})",
        values,
    ).scalar_one()
    found = reading.db.exec_driver_sql(
        f"{journal.ACT} WHERE {where} ORDER BY id DESC LIMIT ? OFFSET ?",
        (*values, most, first),
    ).all()
    laptops = _laptops(reading)
    lines = [_line(reading, journal.act_of(row), laptops) for row in found]
    return JournalPage(tuple(lines), count)


@query(Permission.READ_JOURNAL)
def accounts_in_journal(reading: Reading) -> list[str]:
    """Everybody who did something, in order."""
    found = reading.db.exec_driver_sql("SELECT DISTINCT account FROM act ORDER BY 1")
    return list(found.scalars())


@query(Permission.READ_JOURNAL)
def tables_of_act(reading: Reading, act: int) -> dict[str, int]:
    """How many rows of each table an act touched; Missing when there is no such act."""
    row = reading.db.exec_driver_sql(
        "SELECT first, first + entries FROM act WHERE id = ?", (act,)
    ).first()
    if row is None:
        raise Missing(what="act", id=act)
    found = reading.db.exec_driver_sql(
        "SELECT tbl, count(*) FROM entry WHERE seq >= ? AND seq < ? GROUP BY tbl ORDER BY tbl",
        tuple(row),
    )
    return {table: count for table, count in found}


@query(Permission.READ_JOURNAL)
def code_of_act(reading: Reading, act: int) -> str:
    """An act as reports show it, to compare with a paper. Missing."""
    link = reading.db.exec_driver_sql(
        "SELECT link FROM act WHERE id = ?", (act,)
    ).scalar()
    if link is None:
        raise Missing(what="act", id=act)
    return journal.code(act, link)


def _where(wanted: JournalFilter) -> tuple[str, tuple[object, ...]]:
    parts = ["1"]
    values: list[object] = []
    if wanted.account:
        parts.append("account = ?")
        values.append(wanted.account)
    if wanted.room:
        parts.append("substr(action, 1, ?) = ?")
        values += [len(wanted.room) + 1, f"{wanted.room}."]
    if wanted.since:
        parts.append("at >= ?")
        values.append(_begins(wanted.since))
    if wanted.until:
        parts.append("at < ?")
        values.append(_begins(wanted.until + timedelta(days=1)))
    return " AND ".join(parts), tuple(values)


def _begins(day: date) -> str:
    """The moment in UTC at which a day begins here, as the journal writes it."""
    return datetime.combine(day, time()).astimezone(UTC).isoformat()


def _laptops(reading: Reading) -> dict[int, str]:
    return dict(reading.db.exec_driver_sql("SELECT id, name FROM laptop").all())


def _line(reading: Reading, act: Act, laptops: dict[int, str]) -> JournalLine:
    return JournalLine(
        act=act.id,
        at=datetime.fromisoformat(act.at).astimezone(),
        account=act.account,
        laptop=laptops.get(act.laptop, ""),
        done=_sentence(act, _may_be_told(reading, act)),
        rows=act.entries,
        undid=act.undoes or 0,
    )


def _sentence(act: Act, named: bool) -> str:
    """What was done in words; facts stay out where whoever asks may not do such a thing."""
    return journal.sentence(act, () if named else act.facts.keys() - _TOLD_TO_ALL)


def _may_be_told(reading: Reading, act: Act) -> bool:
    name = act.action
    while act.undoes:
        row = reading.db.exec_driver_sql(
            f"{journal.ACT} WHERE id = ?", (act.undoes,)
        ).first()
        if row is None:
            return False
        act = journal.act_of(row)
        name = act.action
    return _may_do(reading.account, name)


def _may_do(account: Account, name: str) -> bool:
    """Whether an account may do an action; what the office does by itself tells of nobody."""
    if name.startswith("office."):
        return True
    room, _dot, _name = name.partition(".")
    if name not in ACTIONS and room in rooms.names():
        rooms.open_actions(room)
    action = ACTIONS.get(name)
    return action is not None and account.may(vars(action)["permission"])
