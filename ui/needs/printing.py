"""A list of what needs a person as it will be printed: looked at, printed, or saved."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QCheckBox, QWidget

from cbs_desktop.exports.rules import Recipient
from cbs_desktop.needs import documents
from cbs_desktop.needs.kinds import NEEDS
from cbs_desktop.needs.queries import NeedLine
from cbs_desktop.words import _, many
from ui.widgets.dialog import Dialog
from ui.widgets.form import FormValues
from ui.widgets.outgoing import keep, print_out, save_as
from ui.widgets.parts import button, line, rows
from ui.widgets.preview import Preview, printer_for

if TYPE_CHECKING:
    from ui.screen import Screen

_SIZE = (820, 640)  # pixels


class NeedPaper(Dialog):
    """The real pages; Enter prints."""

    def __init__(self, screen: "Screen", kind: str, lines: Sequence[NeedLine]) -> None:
        self._screen = screen
        self._kind = kind
        self._lines = lines
        self.preview = Preview(_("Print preview of the list"))
        self.stays = QCheckBox(_("The spreadsheet stays in the office"))
        self.stays.setVisible("name" in NEEDS[kind].columns)
        self.stays.setToolTip(
            _("Else it names only those who agreed to have their names shared.")
        )
        self.pdf = button(_("Save as PDF"), partial(self._save, ".pdf"), "", "save")
        self.sheet = button(
            _("Save as spreadsheet"), partial(self._save, ".xlsx"), "", "export"
        )
        inside = QWidget()
        box = rows(gap=8)
        box.addWidget(self.preview, 1)
        box.addLayout(line(self.pdf, self.sheet, self.stays, None))
        inside.setLayout(box)
        super().__init__(screen, documents.title(kind), inside, _("Print"), _SIZE[0])
        self.cancel.setText(_("Close"))
        self.resize(_SIZE[0], min(_SIZE[1], self._room().height()))
        self.preview.show_pdf(self._content(".pdf"))
        self.accepted_with.connect(self._print)

    def _content(self, suffix: str) -> bytes:
        office = self._screen.desk.office
        names = self.stays.isChecked()
        return documents.content(office, self._kind, self._lines, suffix, names)

    @Slot(dict)
    def _print(self, _values: FormValues) -> None:
        self.main.setEnabled(True)
        content = self.preview.content
        printer = printer_for(content)
        if not QPrintDialog(printer, self).exec():
            return
        what = documents.outgoing(self._lines)
        print_out(self._screen, what, content, printer, None, self._printed)
        self.well()

    def _printed(self, pages: int) -> None:
        self._screen.said.emit(
            many(
                "{n} page went to the printer.", "{n} pages went to the printer.", pages
            )
        )

    def _save(self, suffix: str, *_clicked: object) -> None:
        name = f"{self._kind}{suffix}"

        def chosen(path: Path, to: Recipient) -> None:
            self.save_to(path.with_suffix(suffix), to)

        desk = self._screen.desk
        asked = _("Save the list")
        save_as(self, desk, "list of needs", asked, name, f"*{suffix}", chosen)

    def save_to(self, path: Path, to: Recipient) -> None:
        """Write the list by the ending of the name."""
        what = documents.outgoing(self._lines, to)
        content = self._content(path.suffix)
        said = _("Saved as {file}").format(file=path.name)
        keep(self._screen, what, {path: content}, said)
        self.well()
