"""What stands around the page: the rail of destinations, the band of a practice office, the strip beneath."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from cbs_desktop import clock
from cbs_desktop.errors import DiskFull, OfficeProblem
from cbs_desktop.safe.permissions import Role
from cbs_desktop.words import _, many
from ui import theme
from ui.destinations import Destination
from ui.widgets.parts import Button, label, line, picture, rows

if TYPE_CHECKING:
    from cbs_desktop.office import Office

LATE = 7  # days after which a backup is asked for


class Rail(QFrame):
    """A button for each place; with room their names, without it their icons alone (named for screen readers)."""

    chosen = Signal(str)

    def __init__(self, destinations: Sequence[Destination], office: str) -> None:
        super().__init__()
        destinations = [
            destination for destination in destinations if not destination.inside
        ]
        self.setProperty("panel", "rail")
        self.buttons: dict[str, QPushButton] = {}
        self._destinations = destinations
        self._here = ""
        self._brand = QWidget()
        names = rows(
            label("CBS Desktop", "brand"),
            label(office, "brandsmall", wrap=True),
            gap=0,
            margin=(12, 0, 0, 8),
        )
        self._brand.setLayout(names)
        self._box = rows(self._brand, gap=2, margin=(12, 14, 12, 12))
        first_below = next(
            (destination for destination in destinations if destination.below), None
        )
        for destination in destinations:
            if destination is first_below:
                self._box.addStretch(1)
            self._box.addWidget(self._button(destination))
        self.setLayout(self._box)

    def _button(self, destination: Destination) -> QPushButton:
        made = Button()
        made.setCheckable(True)
        made.setAutoExclusive(True)
        made.setIconSize(QSize(20, 20))
        made.setAccessibleName(destination.title)
        made.setToolTip(f"{destination.title}  {destination.key}")
        made.clicked.connect(lambda: self.chosen.emit(destination.word))
        self.buttons[destination.word] = made
        return made

    def go(self, word: str) -> None:
        """Mark the place that is shown; none where what holds it is not for this account."""
        self._here = word
        for destination, made in self.buttons.items():
            made.setAutoExclusive(False)  # or the last one could not be let go
            made.setChecked(destination == word)
            made.setAutoExclusive(True)
        self._paint()

    def _paint(self) -> None:
        for word, made in self.buttons.items():
            made.setIcon(
                theme.icon(word, "railTextOn" if word == self._here else "railText")
            )

    def fit(self, narrow: bool) -> None:
        """Names or icons alone."""
        self.setFixedWidth(60 if narrow else 184)
        self._box.setContentsMargins(*((6, 8, 6, 8) if narrow else (12, 14, 12, 12)))
        self._brand.setVisible(not narrow)
        for destination in self._destinations:
            made = self.buttons[destination.word]
            made.setText("" if narrow else f"  {destination.title}")
            made.setProperty("look", "navsmall" if narrow else "nav")
            made.style().unpolish(made)
            made.style().polish(made)
        self._paint()


def practice_band() -> QFrame:
    """So that a practice office is never taken for the real one."""
    band = QFrame()
    band.setProperty("panel", "practice")
    words = label(_("Practice office: nothing here is real"))
    band.setLayout(
        line(None, picture("warn", "warn", 16), words, None, margin=(8, 3, 8, 3))
    )
    return band


def looking_band(why: OfficeProblem) -> QFrame:
    """The disk took nothing when the office was opened."""
    if isinstance(why, DiskFull):
        words = _(
            "The disk is full: you can look at everything, but nothing is saved. Free some space, then open the office again."
        )
    else:
        words = _(
            "The office’s folder is write-protected: you can look at everything, but nothing is saved."
        )
    band = QFrame()
    band.setProperty("panel", "practice")
    said = label(words, wrap=True)
    box = line(picture("warn", "warn", 16), margin=(24, 3, 24, 3))
    box.addWidget(said, 1)
    band.setLayout(box)
    return band


class Strip(QFrame):
    """Beneath the page: saved, how old the backup is, offline, who."""

    def __init__(self, office: "Office") -> None:
        super().__init__()
        names = {
            Role.COORDINATOR: _("Coordinator"),
            Role.SCREENER: _("Screener"),
            Role.CLERK: _("Clerk"),
            Role.AUDITOR: _("Auditor"),
        }
        roles = ", ".join(names[role] for role in Role if role in office.account.roles)
        self.setProperty("panel", "strip")
        self.setFixedHeight(28)
        self._practice = office.practice
        self._disk = picture("backup", "second", 16)
        self._backup = label("", "small")
        self._disk.hide()
        self._copy_fault = label(_("Automatic copy failed"), "small")
        self._copy_sign = picture("warn", "warn", 16)
        self.show_copy_fault(False)
        self.is_backup_old = False
        if office.is_only_looked_at:
            saved = line(
                picture("warn", "warn", 16), label(_("Only to look at"), "small")
            )
        else:
            words = label(_("All changes saved"), "small")
            saved = line(picture("ok", "ok", 16), words, gap=6)
        self._offline = QWidget()
        self._offline.setLayout(
            line(
                picture("offline", "second", 16),
                label(_("Works without internet"), "small"),
                gap=6,
            )
        )
        who = label(f"{office.account.name} · {roles}", "small")
        right = line(
            picture("person", "second", 16),
            who,
            8,
            label(_("Ctrl+L locks"), "small"),
            gap=6,
        )
        fault = line(self._copy_sign, self._copy_fault, gap=6)
        backup = line(self._disk, self._backup, fault, gap=6)
        self.setLayout(
            line(
                saved,
                12,
                backup,
                12,
                self._offline,
                None,
                right,
                gap=6,
                margin=(24, 0, 24, 0),
            )
        )
        self.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed
        )  # big text must not widen the window

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What can be missed most easily goes when there is no room."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Look anew whether there is room: the size of the text may have changed."""
        needed = self.layout().sizeHint().width()  # pyright: ignore[reportOptionalMemberAccess]
        if self._offline.isHidden():
            needed += self._offline.sizeHint().width() + 18
        self._offline.setVisible(needed <= self.width())

    def show_copy_fault(self, failed: bool) -> None:
        """Whether the last automatic copy could not be made."""
        self._copy_sign.setVisible(failed)
        self._copy_fault.setVisible(failed)

    def show_backup(self, last: str, today: date) -> None:
        """How old the last backup is; `last` is its moment, or empty."""
        if last:
            days = (today - clock.day_of(datetime.fromisoformat(last))).days
        else:
            days = None
        if days is None:
            words = _("No backup yet")
        elif days < 1:
            words = _("Backup: today")
        else:
            words = many("Backup: {n} day ago", "Backup: {n} days ago", days)
        late = not self._practice and (days is None or days > LATE)
        self.is_backup_old = days is None or days > 0
        theme.wear(
            self._disk, "warn" if late else "backup", "warn" if late else "second", 16
        )
        self._backup.setText(words)
        self._disk.show()
