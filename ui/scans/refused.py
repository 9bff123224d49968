"""A page of which nothing was saved: why, what to do, and a way on: the typed code, then the marks typed beside the picture."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cbs_desktop.scans import page_code, problems
from cbs_desktop.scans.queries import AssessedPage
from cbs_desktop.words import _
from ui.widgets.inputs import TextInput
from ui.widgets.parts import button, label, line, rows

# kinds for which the typed code helps: the page is ours, only its code or its boxes were not found
HELPED = frozenset(
    "no code|broken code|no page|cut off|blurred|two pages|mirrored|other shape".split(
        "|"
    )
)


class RefusedPage(QWidget):
    """`code_typed` is the id of a page."""

    code_typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._what = label("", "strong", wrap=True)
        self._todo = label("", wrap=True)
        self.code = TextInput()
        self.code.setAccessibleName(_("Letters beside the square code"))
        self.code.setPlaceholderText(_("M2X9-4TBC5"))
        self.code.returnPressed.connect(self._enter)
        self._fault = label("", "fault", wrap=True)
        self._use = button(_("Read with this code"), self._enter)
        self._way = QWidget()
        said = _("Letters beside the square code")
        entry = line(self.code, self._use, gap=8)
        box = rows(label(said, "small"), gap=4)
        box.addLayout(entry)
        box.addWidget(self._fault)
        self._way.setLayout(box)
        self.setLayout(rows(self._what, self._todo, self._way, gap=8))

    def tell(self, page: AssessedPage) -> None:
        """Why a page was refused; nothing for one that was not."""
        refusal = page.findings.refusal
        self.setVisible(refusal is not None)
        self._fault.hide()
        self.code.clear()
        if refusal is None:
            return
        said = problems.say_refusal(refusal)
        self._what.setText(f"{said.what} {said.safe}")
        self._todo.setText(said.todo)
        self._way.setVisible(refusal.kind in HELPED)
        if refusal.kind in HELPED:
            self.code.setFocus()

    def _enter(self) -> None:
        page = page_code.typed(self.code.text())
        if page is None:
            self.tell_fault(
                _("These are not the nine letters of a page. Compare them one by one.")
            )
        else:
            self.code_typed.emit(page)

    def tell_fault(self, said: str) -> None:
        """What is wrong with the letters."""
        self._fault.setText(said)
        self._fault.show()
