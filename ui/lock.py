"""The locked window: covers all data, asks for the password only, loses nothing that was typed."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from cbs_desktop.words import _
from ui.widgets.parts import button, label, line, rows, sheet

if TYPE_CHECKING:
    from cbs_desktop.office import Office


class LockPage(QWidget):
    """Who is signed in, and a line for the password."""

    def __init__(self, office: "Office", unlocked: Callable[[], None]) -> None:
        super().__init__()
        self._office, self._then = office, unlocked
        self.setProperty("role", "page")
        self._password = QLineEdit()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.setAccessibleName(_("Password"))
        self._password.returnPressed.connect(self._try)
        self._fault = label("", "fault")
        inside = rows(
            label(_("Locked"), "title"),
            label(_("{name} is signed in. What was typed is kept.").format(name=office.account.name), "second", wrap=True),
            label(_("Password"), "small"), self._password, self._fault,
            line(None, button(_("Unlock"), self._try, "main")), gap=8, margin=(24, 24, 24, 24),
        )  # fmt: skip
        panel = sheet(inside)
        panel.setFixedWidth(380)
        self.setLayout(rows(None, line(None, panel, None), None))

    def begin(self) -> None:
        """Ask anew."""
        self._password.clear()
        self._fault.setText("")
        self._password.setFocus()

    @Slot()
    def _try(self) -> None:
        if self._office.unlock(self._password.text()):
            self._password.clear()
            self._then()
        else:
            self._fault.setText(_("The password does not fit."))
            self._password.selectAll()
