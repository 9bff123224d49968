"""The base of every screen: what it is called, what it needs, what it watches, and how it asks and does."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ui.work import Work

if TYPE_CHECKING:
    from cbs_desktop.action import Change, Door, Reading, Transaction
    from ui.desk import Desk

R = TypeVar("R")
Given = TypeVarTuple("Given")
Failed = Callable[[BaseException], object]


@dataclass(frozen=True, slots=True)
class PageAction:
    """Something a person can ask for: its words, its key ("" for none), its icon, and what it does.

    It is offered to whoever may call the action or query that it `needs`.
    """

    label: str
    key: str
    icon: str
    run: Callable[..., object]
    needs: "Door | None" = None


class Screen(QWidget):
    """A place of the window. Subclasses set the words, build their parts in `__init__` and show data in `refresh`."""

    word = ""  # the room, and the icon
    title = ""
    watches: frozenset[str] = frozenset()  # rooms whose changes make it ask again
    page_actions: tuple[
        "PageAction", ...
    ] = ()  # the main one first; two are shown as buttons

    told = Signal(str)  # the line of facts under the title
    titled = Signal(str)
    opens = Signal(str, object)  # another place, with an id or a filter
    problem = Signal(object)
    said = Signal(str)  # a sentence for the message bar
    working = Signal(object, str)  # a Work and what it does, for the progress bar

    def __init__(self, desk: "Desk") -> None:
        super().__init__()
        self.desk = desk
        self._stale = True
        self._last_told = ("", "")
        self.setProperty("role", "page")

    def ask(
        self,
        query: "Callable[[Reading, *Given], R]",
        *args: *Given,
        then: Callable[[R], object],
        failed: Failed | None = None,
        about: Hashable = None,
        rest: int = 0,
    ) -> None:
        """Ask the office, after `rest` milliseconds without a newer question of this kind; `then` gets the answer if this
        screen still is there."""
        self.desk.ask(
            self, query, *args, then=then, failed=failed, about=about, rest=rest
        )

    def do(
        self,
        action: "Callable[[Transaction, *Given], R]",
        *args: *Given,
        then: Callable[[R], object] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Do an action; screens that watch the rooms it touches ask again by themselves."""
        self.desk.do(self, action, *args, then=then, failed=failed)

    def offer(self, *offered: PageAction) -> None:
        """Set the actions of this page: those that the person who is signed in may use."""
        self.page_actions = tuple(
            act for act in offered if self.desk.office.may(act.needs)
        )

    def may(self, function: "Door") -> bool:
        """Whether the person who is signed in may call this action or query."""
        return self.desk.office.may(function)

    def work(
        self,
        what: str,
        function: Callable[..., R],
        *args: object,
        then: Callable[[R], object],
        takes_progress: bool = True,
    ) -> Work:
        """Compute beside the window, with progress and Cancel."""
        work = Work(
            self,
            function,
            *args,
            then=then,
            failed=self.problem.emit,
            takes_progress=takes_progress,
        )
        self.working.emit(work, what)
        work.start()
        return work

    def tell(self, facts: str, title: str = "") -> None:
        """The line under the title, and another title than the place's."""
        self._last_told = (facts, title)
        self.tell_again()

    def tell_again(self) -> None:
        """Say title and facts once more, for the window has shown another place in between."""
        facts, title = self._last_told
        self.told.emit(facts)
        if title:
            self.titled.emit(title)

    def refresh(self) -> None:
        """Ask for what is shown."""

    def show_item(self, item: object) -> None:
        """Show one thing of this place: an id or a filter that came with `opens`."""

    def unsaved(self) -> str:
        """What would be lost if the window closed now, as a sentence; empty when nothing would."""
        return ""

    def find_in_list(self) -> None:
        """Put the cursor where this list is searched (Ctrl+F)."""

    def on_change(self, change: "Change") -> None:
        """Ask again when a watched room changed: at once when seen, else when shown next."""
        if "*" in self.watches or self.watches & change.rooms:
            self._stale = True
            if self.isVisible():
                self.freshen()

    def freshen(self) -> None:
        """Refresh if something changed since the last time."""
        if self._stale:
            self._stale = False
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Being shown again is a reason to look whether something changed."""
        super().showEvent(event)
        self.freshen()
