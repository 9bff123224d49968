"""A dialog: only for what must be finished or left. Enter finishes, Esc leaves; what was typed is left at the second Esc.

What is typed into its form is kept meanwhile, and is offered when the form is opened again after a power cut.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVarTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QWidget

from cbs_desktop.errors import Invalid
from cbs_desktop.problems import say
from cbs_desktop.words import _
from ui.widgets.form import Form, HalfTyped
from ui.widgets.half_typed import Keeper, desk_of
from ui.widgets.parts import button, label, last_stop, lead_on, line, rows, scrolled

if TYPE_CHECKING:
    from cbs_desktop.action import Door, Transaction
    from ui.desk import Desk

Given = TypeVarTuple("Given")
_CHANGED = "[*]"  # where a window title says that something was changed, unless it stands twice
_FRAME = 24  # pixels left free beside a dialog, and twice that for its title bar
_AROUND = 132  # pixels of title, buttons and margins


class Dialog(QDialog):
    """A title, something inside, one main button and Cancel. `accepted_with` carries the values of its form.

    `ends_in` is the action that the form asks for in the end and `about` the id of what it changes, 0 for something new:
    under these, and for whoever may do that action, the half-typed form is kept. Without `ends_in` it is not.
    """

    accepted_with = Signal(dict)

    def __init__(
        self,
        parent: QWidget,
        title: str,
        inside: QWidget,
        do_it: str,
        width: int = 640,
        tall: bool = False,
        ends_in: "Door | None" = None,
        about: int = 0,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title.replace(_CHANGED, 2 * _CHANGED))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.inside = inside
        if isinstance(inside, Form):
            self._forms = [inside]
        else:
            self._forms = inside.findChildren(Form)
        self._typed = self._warned = False
        self._ends_in = ends_in
        self._half_about = about
        self.keeper = Keeper(self, self.half_typed, self.show_half_typed)
        for form in self._forms:
            form.changed.connect(self._was_changed)
            form.stirred.connect(self.keeper.touched)
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
                self.keeper.line,
                self._body,
                self._trouble,
                buttons,
                gap=16,
                margin=(24, 20, 24, 20),
            )
        )
        lead_on(last_stop(inside), self.main, self.cancel)
        self._fit(width, tall)

    def _fit(self, width: int, tall: bool) -> None:
        """As high as the words ask for, and as the screen or the window allows; what is `tall` scrolls beyond that."""
        room = self._room()
        width = min(width, room.width())
        wanted = self.sizeHint()
        if tall:
            inside = self.inside.sizeHint().expandedTo(self.inside.minimumSizeHint())
            wanted.setHeight(max(wanted.height(), inside.height() + _AROUND))
        self.resize(width, min(wanted.height(), room.height()))

    def _room(self) -> QSize:
        """The largest a dialog may be, its own title bar left out."""
        room = self.screen().availableGeometry().size()
        if (parent := self.parentWidget()) is not None:
            room = room.expandedTo(parent.window().size())
        return room - QSize(_FRAME, 2 * _FRAME)

    def lead_to_cancel(self) -> None:
        """For what cannot be undone: Enter leaves, until somebody goes to the other button."""
        self.main.setDefault(False)
        self.cancel.setDefault(True)
        self.cancel.setFocus()

    def half_typed(self) -> HalfTyped:
        """What was typed into the forms and not saved, by key."""
        found: HalfTyped = {}
        for form in self._forms:
            found |= form.half_typed()
        return found

    def show_half_typed(self, kept: HalfTyped) -> list[str]:
        """Put it back; the keys that do not fit are given back."""
        left = list(kept)
        for form in self._forms:
            left = form.show_half_typed({key: kept[key] for key in left})
        return left

    def showEvent(self, event: QShowEvent) -> None:
        """From the first showing on, what is typed is kept."""
        super().showEvent(event)
        desk = desk_of(self.parentWidget())
        if self._ends_in is not None and desk is not None:
            self.keeper.begin(desk, self._ends_in, self._half_about)
            self._ends_in = None

    def done(self, result: int) -> None:
        """Saved, or left knowingly: what was kept goes."""
        self.keeper.throw_away()
        self.keeper.leave()
        super().done(result)

    def put_beside(self, widget: QWidget) -> None:
        """Something that is looked at while the form is filled in, to its right."""
        box = self.layout()
        assert isinstance(box, QBoxLayout), "a dialog is a box"
        box.removeWidget(self._body)
        both = line(gap=16)
        both.addWidget(self._body, 1)
        both.addWidget(widget)
        box.insertLayout(2, both, 1)

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
