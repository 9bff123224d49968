"""One matter of the office on a sheet of its own: a head, facts, and a button for each thing that can be done."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar, TypeVarTuple

from PySide6.QtWidgets import QFrame

from cbs_desktop.action import Door, Reading, Transaction
from ui.screen import Screen
from ui.widgets.dialog import Dialog
from ui.widgets.form import Form, FormValues
from ui.widgets.parts import Facts, button, label, line, rows

R = TypeVar("R")
Given = TypeVarTuple("Given")
Act = tuple[str, Callable[..., object]]  # what the button says, and what it does
_IN_A_LINE = 3  # buttons: more do not fit two columns of a small screen


class Section(QFrame):
    """A sheet of the Office page. Subclasses give title and buttons to `build`, and show data in `refresh`."""

    def __init__(self, page: Screen) -> None:
        super().__init__()
        self.page = page
        self.desk = page.desk
        self.facts = Facts()
        self.setProperty("panel", "sheet")

    def build(self, title: str, *acts: Act) -> None:
        """The head, the facts, and a button for each act."""
        buttons = rows(gap=8)
        for start in range(0, len(acts), _IN_A_LINE):
            part = acts[start : start + _IN_A_LINE]
            buttons.addLayout(
                line(*(button(text, press) for text, press in part), None)
            )
        self.setLayout(
            rows(
                label(title, "head"),
                self.facts,
                buttons,
                gap=12,
                margin=(16, 14, 16, 14),
            )
        )

    def refresh(self) -> None:
        """Ask for what is shown."""

    def ask(self, query: Callable[[Reading], R], then: Callable[[R], object]) -> None:
        """Ask the office; sections that ask the same do not answer for each other."""
        self.desk.ask(self, query, then=then)

    def dialog(
        self,
        title: str,
        form: Form,
        save: Callable[[Dialog, FormValues], object],
        do_it: str,
        ends_in: Door,
    ) -> Dialog:
        """A form that hands itself and its values to `save`, and ends in an action."""
        dialog = Dialog(self.page, title, form, do_it, ends_in=ends_in)
        dialog.accepted_with.connect(partial(save, dialog))
        dialog.show()
        return dialog

    def send(
        self,
        dialog: Dialog,
        action: Callable[[Transaction, *Given], object],
        *values: *Given,
    ) -> None:
        """Do what a dialog asks for; it goes when all is well, else it says what is wrong."""
        dialog.send(self.desk, action, *values)
