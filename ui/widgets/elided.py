"""One line of text that ends in … where it does not fit."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.widgets.parts import plain_tip


class Elided(QLabel):
    """Plain text; the tip and a screen reader say all of it."""

    def __init__(self, text: str, role: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self.setToolTip(plain_tip(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text in its own colour, cut to the width there is."""
        inside = self.contentsRect()
        end = Qt.TextElideMode.ElideRight
        text = self.fontMetrics().elidedText(self.text(), end, inside.width())
        painter = QPainter(self)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()
