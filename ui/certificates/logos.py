"""The logos of a look: small pictures with a button to take each out, and one to add another."""

from base64 import b64decode
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from cbs_desktop.certificates.looks import LOGOS_MOST
from cbs_desktop.paper import guarded
from cbs_desktop.words import _
from ui.screen import Screen
from ui.widgets.parts import button, clear, label, line, rows


class Logos(QWidget):
    """The pictures in the order in which they stand on the certificate."""

    changed = Signal()

    def __init__(self, page: Screen) -> None:
        super().__init__()
        self._page = page
        self._kept: tuple[str, ...] = ()
        self._box = rows(gap=6)
        self._add = button(_("Add a logo…"), self.choose, icon="add")
        self.setLayout(
            rows(label(_("Logos"), "head"), self._box, line(self._add, None), gap=8)
        )

    def value(self) -> tuple[str, ...]:
        """The pictures as a look keeps them."""
        return self._kept

    def show_value(self, kept: tuple[str, ...]) -> None:
        """Show these."""
        self._kept = kept
        clear(self._box)
        for place, one in enumerate(kept):
            thumb = QLabel()
            image = QPixmap()
            image.loadFromData(b64decode(one))
            thumb.setPixmap(
                image.scaled(
                    120,
                    32,
                    Qt.AspectRatioMode.KeepAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
            )
            name = _("Logo {n}").format(n=place + 1)
            thumb.setAccessibleName(name)
            out = button(
                _("Remove"), partial(self._take_out, place), "plain", "withdraw"
            )
            out.setAccessibleName(_("Remove logo {n}").format(n=place + 1))
            self._box.addLayout(line(label(name, "small"), thumb, None, out))
        self._add.setEnabled(len(kept) < LOGOS_MOST)

    def _take_out(self, place: int, *_pressed: object) -> None:
        self.show_value((*self._kept[:place], *self._kept[place + 1 :]))
        self._add.setFocus()
        self.changed.emit()

    @Slot()
    def choose(self) -> None:
        """A PNG or JPEG from the disk."""
        if len(self._kept) >= LOGOS_MOST:
            return
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Logo for the certificates"), "", "*.png *.jpg *.jpeg"
        )
        if chosen:
            self.take(Path(chosen))

    def take(self, path: Path) -> None:
        """Look through a picture beside the window and show it, or say what is wrong with it."""
        what = _("Reading {file}").format(file=path.name)
        self._page.work(what, guarded.logo, path, then=self._taken)

    def _taken(self, kept: str) -> None:
        self.show_value((*self._kept, kept))
        self.changed.emit()
