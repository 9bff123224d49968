"""Whose questionnaire a page is: the number that stands on it by hand, or that it was printed for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cbs_desktop.words import _
from ui.widgets.inputs import TextInput
from ui.widgets.parts import label, rows


class WhoseForm(QWidget):
    """A field for the number. `left` by Enter in it."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.field = TextInput()
        self.field.setAccessibleName(_("Number of the person"))
        self.field.setPlaceholderText(_("Number"))
        self.field.setMaximumWidth(200)
        self.field.returnPressed.connect(self.left)
        self.setFocusProxy(self.field)
        self.setLayout(
            rows(label(_("Number of the person"), "small"), self.field, gap=4)
        )

    def tell(self, number: str) -> None:
        """The number it was printed for; empty for a page for anybody."""
        self.field.setText(number)
        self.field.setReadOnly(bool(number))

    def number(self) -> str:
        """What stands in the field."""
        return self.field.text().strip()
