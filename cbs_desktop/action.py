"""What staff can do and ask: the two decorators, their registers, and what an action is given to work with."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple, overload

from cbs_desktop.errors import Refused
from cbs_desktop.safe.permissions import Permission, Role, allowed

if TYPE_CHECKING:
    from sqlalchemy import Connection, Executable, Row
    from sqlalchemy.sql.selectable import TypedReturnsRows

    from cbs_desktop.safe.number_log import NumberLog
    from cbs_desktop.safe.readers import Readers
    from cbs_desktop.safe.vault import Vault
    from cbs_desktop.store.values import NamedRow

T = TypeVar("T")
Columns = TypeVarTuple("Columns")  # the types of a statement's columns, in their order
Door = Callable[..., object]  # an action or a query
F = TypeVar("F", bound=Door)
ACTIONS: dict[str, Door] = {}
QUERIES: dict[str, Door] = {}
Values = Mapping[str, object]  # of a statement, by the names of its parameters
ManyValues = Sequence[Values]
Progress = Callable[[int, int], None]  # (done, total); may raise Cancelled


@dataclass(frozen=True, slots=True)
class Account:
    """Who is signed in."""

    name: str
    roles: frozenset[Role]

    def may(self, permission: Permission) -> bool:
        """Whether one of the roles carries this permission."""
        return permission in allowed(self.roles)


@dataclass(frozen=True, slots=True)
class Change:
    """What an action changed: rooms touched (from the journal, so bulk work is seen too) and a sentence for the bar."""

    action: str
    rooms: frozenset[str]
    act: int
    done: str
    undo: bool = False
    lasting: bool = False  # Undo passes it over


@dataclass(frozen=True)
class Reading:
    """What a query is given: a read connection, who asks, the day, the laptop, and how far numbers went."""

    db: "Connection"
    account: Account
    today: date
    unseal: Callable[[bytes, str], bytes]  # what was sealed, and of which record
    practice: bool
    laptop: str
    number_log: "NumberLog"
    readers: "Readers"  # to whom a value is sealed that more than screeners read

    @overload
    def rows(
        self, statement: "TypedReturnsRows[*Columns]", values: Values | None = None
    ) -> "list[Row[*Columns]]": ...

    @overload
    def rows(
        self, statement: "Executable", values: Values | None = None
    ) -> "list[NamedRow]": ...

    def rows(
        self, statement: "Executable", values: Values | None = None
    ) -> "list[NamedRow]":
        """All rows of a statement."""
        return list(self.db.execute(statement, values).all())

    @overload
    def first(
        self, statement: "TypedReturnsRows[*Columns]", values: Values | None = None
    ) -> "Row[*Columns] | None": ...

    @overload
    def first(
        self, statement: "Executable", values: Values | None = None
    ) -> "NamedRow | None": ...

    def first(
        self, statement: "Executable", values: Values | None = None
    ) -> "NamedRow | None":
        """The first row, or None."""
        return self.db.execute(statement, values).first()

    @overload
    def value(
        self,
        statement: "TypedReturnsRows[T, *tuple[Any, ...]]",
        values: Values | None = None,
    ) -> T | None: ...

    @overload
    def value(self, statement: "Executable", values: Values | None = None) -> Any: ...

    def value(self, statement: "Executable", values: Values | None = None) -> Any:
        """The first column of the first row, or None."""
        return self.db.execute(statement, values).scalar()

    def one(self, statement: "TypedReturnsRows[*Columns]") -> "Row[*Columns]":
        """The row of a statement that gives one in any case, such as a person's."""
        return self.db.execute(statement).one()

    def count(self, statement: "TypedReturnsRows[int]") -> int:
        """The figure of a statement that gives one in any case, such as a count."""
        return self.db.execute(statement).scalar_one()

    def column(self, statement: "TypedReturnsRows[T]") -> list[T]:
        """The only column of a statement."""
        return list(self.db.scalars(statement))

    def need(self, permission: Permission) -> None:
        """Refuse a part of the work that asks for more than the action itself."""
        if not self.account.may(permission):
            raise Refused(permission=permission)


@dataclass(frozen=True)
class Transaction(Reading):
    """What an action is given: one open transaction; it commits when the outermost action returns."""

    now: datetime
    new_id: Callable[[], int]
    seal: Callable[[bytes, str], bytes]  # a value, and of which record
    sign: Callable[[bytes], bytes]
    vault: "Vault"
    said: dict[str, object] = field(default_factory=dict)
    erasing: Callable[[], AbstractContextManager[None]] = nullcontext

    def run(
        self, statement: "Executable", values: Values | ManyValues | None = None
    ) -> int:
        """Execute a write; the number of rows it touched."""
        return self.db.execute(statement, values).rowcount

    def say(self, **facts: object) -> None:
        """Facts for the sentence of the bar and the journal; what the outer action says wins."""
        for key, fact in facts.items():
            self.said[key] = fact


def _mark(
    function: F,
    register: dict[str, Door],
    permission: Permission,
    done: str,
) -> F:
    parts = function.__module__.split(".")
    room = parts[1] if len(parts) > 2 else parts[-1]
    name = f"{room}.{function.__name__}"
    if name in register:
        raise TypeError(f"two functions are called {name}")
    vars(function).update(permission=permission, room=room, name=name, done=done)
    register[name] = function
    return function


def action(permission: Permission, done: str) -> Callable[[F], F]:
    """A function of a Transaction that changes the office. `done` is its sentence, filled from `Transaction.say`."""
    return lambda function: _mark(function, ACTIONS, permission, done)


def query(permission: Permission) -> Callable[[F], F]:
    """A function of a Reading that returns frozen values."""
    return lambda function: _mark(function, QUERIES, permission, "")


def batches(values: Iterable[T], size: int = 20_000) -> Iterable[list[T]]:
    """Long lists in pieces that keep memory flat."""
    left = iter(values)
    while piece := list(islice(left, size)):
        yield piece
