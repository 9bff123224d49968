"""Names that were written into empty rows: each as it stands on the paper, with a field for the number it got."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cbs_desktop.words import _
from ui.scans.cell_card import Snippet
from ui.widgets.inputs import TextInput
from ui.widgets.parts import button, clear, label, line

_SNIPPET = 34  # pixels high


class Newcomers(QWidget):
    """A line for each name. `named` is a row and a number; `register` asks for the form of registration."""

    named = Signal(int, str)
    register = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._box = QVBoxLayout()
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        self.setLayout(self._box)
        self.fields: dict[int, TextInput] = {}

    def show_rows(self, found: Sequence[tuple[int, QPixmap]]) -> None:
        """The rows in which something is written."""
        clear(self._box)
        self.fields = {}
        self.setVisible(bool(found))
        if not found:
            return
        head = label(_("Written into empty rows"), "strong")
        self._box.addWidget(head)
        for row, part in found:
            self._add(row, part)
        said = _(
            "Register whoever is new, put them into the group, then enter their number here: the marks of the row become theirs."
        )
        self._box.addWidget(label(said, "small", wrap=True))
        ask = button(_("Register this person"), self.register.emit, "plain", "add")
        self._box.addWidget(ask)

    def _add(self, row: int, part: QPixmap) -> None:
        words = _("Row {n}").format(n=row + 1)
        snippet = Snippet(_("Handwriting in row {n}").format(n=row + 1), _SNIPPET)
        snippet.show_part(part)
        field = TextInput()
        field.setAccessibleName(_("Number of the person in row {n}").format(n=row + 1))
        field.setPlaceholderText(_("Number"))
        field.setMaximumWidth(120)

        def enter() -> None:
            if field.text().strip():
                self.named.emit(row, field.text().strip())

        field.returnPressed.connect(enter)
        self.fields[row] = field
        box = line(gap=8)
        box.addWidget(label(words, "small"))
        box.addWidget(snippet, 1)
        box.addWidget(field)
        self._box.addLayout(box)
