"""The number of a card on a person's page: its end, and the whole for a moment when somebody asks for it."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from cbs_desktop.participants.national_id import masked
from cbs_desktop.words import _
from ui.widgets.parts import button, label, line

_MOMENT = 8_000  # milliseconds


class CardNumber(QWidget):
    """One line: word, the end of the number, and a button. Showing the whole is written down nowhere."""

    def __init__(self) -> None:
        super().__init__()
        self._number = ""
        self._shown = label("")
        self._show = button(_("Show"), self.show_whole, "plain")
        self._show.setAccessibleName(_("Show the whole ID number for a moment"))
        self._moment = QTimer(self, singleShot=True, interval=_MOMENT)
        self._moment.timeout.connect(self.hide_whole)
        word = label(_("ID number"), "small")
        word.setFixedWidth(92)
        self.setLayout(line(word, self._shown, self._show, None, gap=8))
        self.show_number("")

    def show_number(self, number: str) -> None:
        """Another person's number, masked; nothing where there is none."""
        self._number = number
        self.setVisible(bool(number))
        self.hide_whole()

    @Slot()
    def show_whole(self) -> None:
        """Show all digits, and hide them by themselves."""
        self._shown.setText(self._number)
        self._moment.start()

    @Slot()
    def hide_whole(self) -> None:
        """Only the end."""
        self._moment.stop()
        self._shown.setText(masked(self._number))
