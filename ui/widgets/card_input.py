"""The input of a card's number, of which a screen shows only the end."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent

from cbs_desktop.participants import national_id
from ui.widgets.inputs import LineInput


class CardInput(LineInput):
    """The number of a card: whole while the cursor stands in it, only its end otherwise."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.textEdited.connect(self._typed)

    def value(self) -> str:
        """The whole number."""
        return self._whole

    def show_value(self, value: object) -> None:
        """Show a number."""
        self._whole = str(value or "")
        self._draw()

    def half(self) -> object:
        """The whole number."""
        return self._whole

    def show_half(self, kept: object) -> bool:
        """Put a number back; False for what is none."""
        if isinstance(kept, str):
            self.show_value(kept)
        return isinstance(kept, str)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whole."""
        self._draw()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Only its end, unless a menu of the field has opened."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._draw()

    def _typed(self, text: str) -> None:
        """What is dropped upon the end alone is no number."""
        if national_id.HIDDEN in text:
            self._draw()
            return
        self._whole = text

    def _draw(self) -> None:
        """Nobody changed anything: no signal."""
        whole = self.hasFocus()
        self.blockSignals(True)
        self.setText(self._whole if whole else national_id.masked(self._whole))
        self.blockSignals(False)
