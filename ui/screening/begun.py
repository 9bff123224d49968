"""A line over a questionnaire that somebody else has half typed: whose it is, and a button to go on with it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame

from cbs_desktop.screening import queries
from cbs_desktop.words import _, many
from ui.widgets.parts import button, label, line


class BegunLine(QFrame):
    """Says who began; `take_over` is given the name."""

    def __init__(self, take_over: Callable[[str], None]) -> None:
        super().__init__()
        self.setProperty("panel", "info")
        self._take_over = take_over
        self._typists: tuple[queries.Begun, ...] = ()
        self.words = label("", wrap=True)
        self.go_on = button(_("Take over"), self._go_on, "main", tip="Alt+C")
        self.go_on.setShortcut("Alt+C")
        box = line(gap=8, margin=(12, 6, 8, 6))
        box.addWidget(self.words, 1)
        box.addWidget(self.go_on)
        self.setLayout(box)
        self.hide()

    def show_typists(self, typists: Sequence[queries.Begun]) -> None:
        """Offer the sheet of the first of these; nobody hides the line."""
        self._typists = tuple(typists)
        self.setVisible(bool(typists))
        if typists:
            one = typists[0]
            answers = many("{n} answer", "{n} answers", one.answers)
            words = _("{name} began this questionnaire ({answers}).")
            self.words.setText(words.format(name=one.typed_by, answers=answers))

    @Slot()
    def _go_on(self) -> None:
        if self._typists:
            self._take_over(self._typists[0].typed_by)
