"""One person at one session, or one question: its line as it was photographed, what was read, and the letters to choose from."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from cbs_desktop.scans.problems import DOUBTS
from cbs_desktop.words import _
from ui.scans.choices import PageChoices
from ui.widgets.parts import button, clear, label, line, rows

_NONE = "–"


class Snippet(QLabel):
    """A piece of a picture, as wide as its place and no higher than `most` pixels."""

    def __init__(self, name: str, most: int = 64) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._whole = QPixmap()
        self._most = most
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_part(self, part: QPixmap) -> None:
        """Show a piece; nothing for none."""
        self._whole = part
        self._fit()

    def resizeEvent(self, event: object) -> None:
        """Fit it again."""
        self._fit()

    def _fit(self) -> None:
        if self._whole.isNull():
            self.clear()
            self.setFixedHeight(0)
            return
        room = QSize(max(1, self.width()), self._most)
        keep = Qt.AspectRatioMode.KeepAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        shown = self._whole.scaled(room, keep, smooth)
        self.setFixedHeight(shown.height())
        self.setPixmap(shown)


class CellCard(QWidget):
    """The current cell of a page. `chosen` is a letter, "" for leaving it as it is."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._who = label("", "strong", wrap=True)
        self._why = label("", "doubt", wrap=True)
        self._says = label("", wrap=True)
        self.name = Snippet(_("The name on the paper"), 30)
        self.snippet = Snippet(_("The boxes on the paper"), 66)
        self._keys = line(gap=6)
        leave = button(
            _("Leave as it is"), partial(self.chosen.emit, ""), "plain", tip="Del"
        )
        leave.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        said = line(gap=8)
        said.addWidget(self._says, 1)
        said.addWidget(leave)
        box = rows(self._who, self.name, self.snippet, self._why, gap=6)
        box.addLayout(self._keys)
        box.addLayout(said)
        self.setLayout(box)

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """The letters of this page with their words, each a button; the keys do the same."""
        clear(self._keys)
        for letter, word in choices:
            words = f"{letter}  {word}".strip()
            pressed = partial(self.chosen.emit, letter)
            one = button(words, pressed, tip=letter)
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._keys.addWidget(one)
        self._keys.addStretch(1)

    def tell(
        self, choices: PageChoices, who: str, name: QPixmap, boxes: QPixmap
    ) -> None:
        """Show the current cell, with its pieces of the picture; nothing where there is none."""
        cell = choices.current
        self.setVisible(cell is not None)
        if cell is None:
            return
        self._who.setText(who)
        self.name.show_part(name)
        self.snippet.show_part(boxes)
        self._why.setText(_(DOUBTS[cell.doubt]) if cell.doubt else "")
        self._why.setVisible(bool(cell.doubt))
        read = cell.letter or _NONE
        if cell.doubt:
            read = f"{read}?"
        paper = _("On the paper: {letter}").format(letter=read)
        recorded = _("Recorded: {letter}").format(letter=cell.recorded or _NONE)
        will = _("Will stand: {letter}").format(letter=choices.letter(cell) or _NONE)
        said = f"{paper}   |   {recorded}" if cell.session_id else paper
        if cell.place in choices.decided:
            said = f"{said}   |   {will}"
        self._says.setText(said)
