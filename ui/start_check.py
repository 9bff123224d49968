"""What happens by itself when a day begins and ends: the check beside the window, older values sealed anew, the signature
under the journal."""

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cbs_desktop.errors import Cancelled, Locked, OfficeProblem
from cbs_desktop.findings import Checked
from cbs_desktop.keeping import actions, queries, sealing
from cbs_desktop.safe import switching
from cbs_desktop.words import _
from ui.desk import Desk
from ui.findings import Findings
from ui.messages import Bar
from ui.work import Work

if TYPE_CHECKING:
    from cbs_desktop.office import Office


class StartCheck:
    """The whole check of an office while people work in it. Nothing is said when all is well."""

    def __init__(self, window: QWidget, desk: Desk, bar: Bar) -> None:
        self._window = window
        self._desk = desk
        self._bar = bar

    def start(self) -> None:
        """Begin."""
        self._stopped = False
        self._work = Work(
            self._window, self._desk.office.check, then=self._show, failed=self._failed
        )
        self._work.start()

    def cancel(self) -> None:
        """The window closes or is locked."""
        self._work.cancel()

    def go_on(self) -> None:
        """Begin anew, where it was stopped before it came to an end."""
        if self._stopped:
            self.start()

    def _show(self, checked: Checked) -> None:
        if checked.well or self._desk.closed:
            return
        office = self._desk.office
        if office.may(actions.accept_row) or office.may(queries.acts):
            Findings(self._window, self._desk, checked.findings).show()
            return
        words = _("The check of the office found a problem. Tell the coordinator.")
        self._bar.show_word(words)

    def _failed(self, problem: BaseException) -> None:
        if isinstance(problem, Cancelled | Locked):
            self._stopped = True
        else:
            self._bar.show_problem(problem)


def seal_anew(window: QWidget, desk: Desk) -> None:
    """What versions before 0.4 sealed is sealed as now, some of it at a time, by whoever may read it."""
    if desk.office.may(sealing.seal_anew):
        again = partial(_seal_more, window, desk)
        desk.do(window, sealing.seal_anew, then=again, failed=_try_next_time)


def _seal_more(window: QWidget, desk: Desk, done: int) -> None:
    if done:
        seal_anew(window, desk)


def _try_next_time(_problem: BaseException) -> None:
    """A file that cannot be written says so at the first change."""


def finish_restore(folder: Path) -> None:
    """The office that was made from a copy takes the place of the one that was closed just now; else the next start does
    it, and says so."""
    with suppress(OfficeProblem):
        switching.settle(folder)


def sign_journal(office: "Office") -> None:
    """A coordinator signs the day's work; where that cannot be written now, the next day's end does it."""
    if office.may(actions.anchor):
        with suppress(OfficeProblem):
            office.do(actions.anchor)
