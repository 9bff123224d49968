"""A strange clock is asked about before anything is dated by it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from cbs_desktop import clock
from cbs_desktop.text import day_in_figures
from cbs_desktop.words import _
from ui.sign_in import card
from ui.widgets.parts import button, label, line, rows

if TYPE_CHECKING:
    from cbs_desktop.office import Office


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """What is strange, the moment of the laptop, and the journal's last one."""

    kind: str
    now: datetime
    last: datetime | None


def doubt_of(office: "Office") -> ClockDoubt | None:
    """Whether the clock is strange for this office; None in the practice office, whose season has its own days."""
    if office.practice:
        return None
    now = office.now()
    last = office.last_at
    kind = clock.doubt(now, last)
    return ClockDoubt(kind, now, last) if kind else None


def note_unless_doubted(office: "Office") -> None:
    """Note the sign-in at once where the clock is right; else the page does, when somebody said that it is."""
    if doubt_of(office) is None:
        office.note_sign_in()


def _words(doubt: ClockDoubt) -> str:
    today = day_in_figures(clock.day_of(doubt.now))
    last = day_in_figures(clock.day_of(doubt.last)) if doubt.last else ""
    if doubt.kind == clock.Doubt.BEHIND:
        words = _("It says {today}, but the last work in this office was on {last}.")
    elif doubt.kind == clock.Doubt.AHEAD:
        words = _("It says {today}, years after the last work in this office ({last}).")
    else:
        words = _(
            "It says {today}, when this version of the program did not yet exist."
        )
    return words.format(today=today, last=last)


class ClockPage(QWidget):
    """Is the date right? Else the office is closed, and the clock can be set."""

    is_right = Signal(object)
    leaves = Signal()

    def __init__(self, office: "Office", doubt: ClockDoubt) -> None:
        super().__init__()
        self._office: Office | None = office
        self.right = button(_("The date is right"), self._go_on)
        self.wrong = button(_("Close it, to set the clock"), self._leave, "main")
        todo = _(
            "Sessions, consents and certificates would be dated by it. Set the clock of the laptop, then sign in again."
        )
        foot = line(self.right, None, self.wrong)
        self.setLayout(
            rows(
                card(
                    label(_("Please check the clock of this laptop"), "title"),
                    label(_words(doubt), "strong", wrap=True),
                    label(todo, wrap=True),
                    8,
                    foot,
                    width=500,
                )
            )
        )
        self.wrong.setFocus()

    @Slot()
    def _go_on(self) -> None:
        office, self._office = self._office, None
        if office is not None:
            office.note_sign_in()
            self.is_right.emit(office)

    @Slot()
    def _leave(self) -> None:
        office, self._office = self._office, None
        if office is not None:
            office.close(tidy=False)
        self.leaves.emit()
