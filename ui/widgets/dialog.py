"""A dialog: only for what must be finished or left. Enter finishes, Esc leaves; what was typed is left at the second Esc."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVarTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QWidget

from cbs_desktop.errors import Invalid
from cbs_desktop.problems import say
from cbs_desktop.words import _
from ui.widgets.form import Form
from ui.widgets.parts import button, label, last_stop, lead_on, line, rows, scrolled

if TYPE_CHECKING:
    from cbs_desktop.action import Transaction
    from ui.desk import Desk

Given = TypeVarTuple("Given")


class Dialog(QDialog):
    """A title, something inside, one main button and Cancel. `finished_with` carries the values of its form."""

    accepted_with = Signal(dict)

    def __init__(
        self,
        parent: QWidget,
        title: str,
        inside: QWidget,
        do_it: str,
        width: int = 640,
        tall: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.inside = inside
        if isinstance(inside, Form):
            self._forms = [inside]
        else:
            self._forms = inside.findChildren(Form)
        self._typed = self._warned = False
        for form in self._forms:
            form.changed.connect(self._was_changed)
        self._trouble = label("", "fault", wrap=True)
        self._trouble.hide()
        self.main = button(do_it, self.finish, "main", tip="Ctrl+Enter")
        self.main.setDefault(True)
        self.cancel = button(_("Cancel"), self.reject, tip="Esc")
        buttons = line(None, self.cancel, self.main, gap=8)
        self._body = scrolled(inside) if tall else inside
        self.setLayout(
            rows(
                label(title, "title"),
                self._body,
                self._trouble,
                buttons,
                gap=16,
                margin=(24, 20, 24, 20),
            )
        )
        lead_on(last_stop(inside), self.main, self.cancel)
        self.resize(width, min(600, self.sizeHint().height() + (200 if tall else 0)))

    def put_beside(self, widget: QWidget) -> None:
        """Something that is looked at while the form is filled in, to its right."""
        box = self.layout()
        assert isinstance(box, QBoxLayout), "a dialog is a box"
        box.removeWidget(self._body)
        both = line(gap=16)
        both.addWidget(self._body, 1)
        both.addWidget(widget)
        box.insertLayout(1, both, 1)

    def tell(self, what: str) -> None:
        """Something to be looked at before it is done; what was typed stays."""
        self.main.setEnabled(True)
        self._trouble.setText(what)
        self._trouble.show()

    def finish(self) -> None:
        """Hand the values over; the dialog stays until it is told that all is well."""
        self._trouble.hide()
        self.main.setEnabled(False)
        self.accepted_with.emit(
            self.inside.values() if isinstance(self.inside, Form) else {}
        )

    def well(self, *_arguments: object) -> None:
        """It was done: go."""
        self.accept()

    def send(
        self,
        desk: "Desk",
        action: "Callable[[Transaction, *Given], object]",
        *args: *Given,
    ) -> None:
        """Do what is asked for; go when it is done, else say why it was not."""
        desk.do(self, action, *args, then=self.well, failed=self.failed)

    def failed(self, problem: BaseException) -> None:
        """It was not done: say why, keep what was typed."""
        self.main.setEnabled(True)
        if isinstance(problem, Invalid):
            faults = list(problem.faults)
            for form in self._forms:
                faults = form.show_faults(faults)
            if not faults:
                return
            problem = Invalid(faults)
        self._trouble.setText(str(say(problem)))
        self._trouble.show()

    def _was_changed(self) -> None:
        """Something is to be lost now; and what was said of the form is no longer true of it."""
        self._trouble.hide()
        self._typed = True
        if self._warned:
            self._warned = False
            self.cancel.setText(_("Cancel"))

    def reject(self) -> None:
        """Leave; where something was typed, only when it is asked for a second time."""
        if not self._typed or self._warned:
            super().reject()
            return
        self._warned = True
        self._trouble.setText(
            _("What you entered is not saved. Press Esc again to close without it.")
        )
        self._trouble.show()
        self.cancel.setText(_("Close without saving"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter finishes from every field."""
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and self.main.isEnabled()
        ):
            self.finish()
            return
        super().keyPressEvent(event)
