"""Says at once when a change makes an issued certificate and the records disagree."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from cbs_desktop.action import Change
from cbs_desktop.certificates import queries
from cbs_desktop.certificates.mismatches import PaperMismatch
from cbs_desktop.words import _
from ui.desk import Desk
from ui.messages import Bar

_ROOMS = frozenset(
    {"attendance", "scans", "groups", "participants", "duplicates", "rights"}
)
_AFTER_START = 5_000  # milliseconds: Home is painted first
_REST = 700  # milliseconds: whoever types marks is not asked about each


class PaperWatch(QObject):
    """Compares papers and records after changes of the rooms that records are made of."""

    def __init__(self, window: QWidget, desk: Desk, bar: Bar) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._bar = bar
        # what was compared, by certificate; None until it was looked at for the first time
        self._known: dict[int, str] | None = None
        desk.changed.connect(self._look)
        QTimer.singleShot(_AFTER_START, self, self.begin)

    @Slot()
    def begin(self) -> None:
        """Look what differs already: Home tells of that."""
        office = self._desk.office
        if self._known is None and not office.locked and not self._desk.closed:
            self._ask(self._keep)

    @Slot(object)
    def _look(self, change: Change) -> None:
        if not _ROOMS.isdisjoint(change.rooms):
            self._ask(self._tell)

    def _ask(self, then: Callable[[list[PaperMismatch]], None]) -> None:
        if self._desk.office.may(queries.mismatches):
            self._desk.ask(self._window, queries.mismatches, then=then, rest=_REST)

    def _keep(self, found: list[PaperMismatch]) -> None:
        self._known = {one.certificate_id: one.state for one in found}

    def _tell(self, found: list[PaperMismatch]) -> None:
        """Name the first that is new, and how many there are with it."""
        known = self._known
        self._keep(found)
        new: list[PaperMismatch] = []
        for one in found:
            if known is not None and known.get(one.certificate_id) != one.state:
                new.append(one)
        if not new:
            return
        one = new[0]
        said = _("Certificate {number} of {name} no longer agrees with the records.")
        words = said.format(number=one.number, name=one.name)
        if len(new) > 1:
            words = _("{n} certificates no longer agree with the records.")
            words = words.format(n=len(new))
        todo = _("Certificates › Differ from the records shows what to decide.")
        self._bar.add(f"{words} {todo}")
