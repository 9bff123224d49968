"""Off the window's thread: one writing lane that keeps the order, one reading lane, answers by queued signal."""

from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from cbs_desktop.action import Change, Reading, Transaction

if TYPE_CHECKING:
    from cbs_desktop.office import Office

R = TypeVar("R")  # the answer of a question, or what an action returns
Given = TypeVarTuple("Given")
Failed = Callable[[BaseException], object]
Done = tuple[object, Change | None]
_Kind = tuple[int, str, Hashable]  # owner, query, what it is about


@dataclass(frozen=True, slots=True)
class _Call:
    """A question or an action under way; `kind` tells questions apart of which only the newest is answered."""

    owner: QObject
    then: Callable[[Any], object] | None
    failed: Failed | None
    kind: _Kind | None


class Desk(QObject):
    """Hands questions and actions of the screens to the office, and answers back to whoever still is there."""

    changed = Signal(object)  # Change: what was done, and in which rooms
    failed = Signal(object)  # a problem that no screen took for itself
    # `before` is told, in the writing lane, the name of each action that is going to be done
    _arrived = Signal(int, object, object)

    def __init__(self, office: "Office", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self._writer = ThreadPoolExecutor(1, "writer")
        self._reader = ThreadPoolExecutor(1, "reader")
        self._numbers = count(1)
        self._calls: dict[int, _Call] = {}
        self._newest: dict[_Kind, int] = {}
        self._closed = False
        self._waiting: list[Callable[[], object]] | None = None  # while locked
        self.before: Callable[[str], object] | None = None
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def ask(
        self,
        owner: QObject,
        query: Callable[[Reading, *Given], R],
        *args: *Given,
        then: Callable[[R], object],
        failed: Failed | None = None,
        about: Hashable = None,
        rest: int = 0,
    ) -> None:
        """Answer a question; a newer one of the same owner and query, `about` the same, takes the place of an older.

        `rest`: milliseconds without a newer one, before which the office is not asked.
        """
        if self._closed:
            return  # the window is going: nobody is there to hear the answer
        number = next(self._numbers)
        kind = (id(owner), vars(query)["name"], about)
        self._newest[kind] = number
        self._calls[number] = _Call(owner, then, failed, kind)
        run = copy_context().run  # a lane speaks the language of the window

        def submit() -> None:
            if self._waiting is not None:
                self._waiting.append(submit)
            elif not self._closed:
                self._reader.submit(
                    run,
                    self._run,
                    number,
                    kind,
                    lambda: (self.office.ask(query, *args), None),
                )

        if rest:
            QTimer.singleShot(rest, self, submit)
        else:
            submit()

    def do(
        self,
        owner: QObject,
        action: Callable[[Transaction, *Given], R],
        *args: *Given,
        then: Callable[[R], object] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Do an action after those given before; `then` gets what it returns."""

        def work() -> R:
            if self.before is not None:
                self.before(vars(action)["name"])
            return self.office.do(action, *args)

        self._write(owner, work, then, failed)

    def call(
        self,
        owner: QObject,
        work: Callable[[], R],
        then: Callable[[R], object] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """As `do`, for what the office itself does around an action."""
        self._write(owner, work, then, failed)

    def undo(self, owner: QObject) -> None:
        """Take back this person's last action."""
        self._write(owner, self.office.undo, None, None)

    def redo(self, owner: QObject) -> None:
        """Do again what was taken back last."""
        self._write(owner, self.office.redo, None, None)

    def lock(self, before: Callable[[], object]) -> None:
        """After what was begun, `before` is done and the office forgets its keys. What is asked for meanwhile waits."""
        if self._waiting is None and not self._closed:
            self._write(self, lambda: [before(), self.office.lock()], None, None)
            self._waiting = []

    def unlock(
        self,
        owner: QObject,
        password: str,
        then: Callable[[object], object],
        failed: Failed,
    ) -> None:
        """Give the office its keys again, and then whatever waited."""

        def unlocked(value: object) -> None:
            self._go_on()
            then(value)

        work = partial(self.office.unlock, password)
        self._write(owner, work, unlocked, failed, waits=False)

    def _go_on(self) -> None:
        waiting, self._waiting = self._waiting, None
        for submit in waiting or ():
            submit()

    def _write(
        self,
        owner: QObject,
        work: Callable[[], R],
        then: Callable[[R], object] | None,
        failed: Failed | None,
        waits: bool = True,
    ) -> None:
        if waits and self._waiting is not None:
            again = partial(self._write, owner, work, then, failed)
            self._waiting.append(again)
            return
        number = next(self._numbers)
        self._calls[number] = _Call(owner, then, failed, None)

        def written() -> Done:
            before = self.office.last_change
            value = work()
            change = self.office.last_change
            return (
                value,
                change if change is not before and change and change.act else None,
            )

        self._writer.submit(copy_context().run, self._run, number, None, written)

    def _run(self, number: int, kind: _Kind | None, work: Callable[[], Done]) -> None:
        if kind is not None and self._newest.get(kind) != number:
            self._arrived.emit(
                number, None, None
            )  # a newer question waits: the database is not bothered with this one
            return
        try:
            self._arrived.emit(number, work(), None)
        except BaseException as problem:
            self._arrived.emit(number, None, problem)

    @Slot(int, object, object)
    def _deliver(
        self, number: int, done: Done | None, problem: BaseException | None
    ) -> None:
        call = self._calls.pop(number)
        alive = isValid(call.owner)
        newest = call.kind is None or self._newest.get(call.kind) == number
        if newest and call.kind:
            del self._newest[
                call.kind
            ]  # else the kinds of screens long gone would pile up
        if problem is not None:
            (call.failed if call.failed and alive else self.failed.emit)(problem)
        elif done is not None:
            value, change = done
            if change:
                self.changed.emit(change)
            if call.then and alive and newest:
                call.then(value)

    @property
    def closed(self) -> bool:
        """Whether the lanes are gone: nothing can be done any more."""
        return self._closed

    def idle(self) -> bool:
        """Whether every question has its answer and every action is done."""
        return not self._calls

    def close(self) -> None:
        """Finish what was begun and let the lanes go."""
        self._closed = True
        self._waiting = None
        self._writer.shutdown(wait=True)
        self._reader.shutdown(wait=True)
