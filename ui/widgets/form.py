"""A form from a list of fields: labels above, help below, each fault under its field. Nothing typed is thrown away."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from cbs_desktop.errors import Fault
from cbs_desktop.problems import say_fault
from cbs_desktop.words import _
from ui.widgets.card_input import CardInput
from ui.widgets.inputs import (
    BoxesInput,
    ChoiceInput,
    DayInput,
    ListInput,
    LongInput,
    NumberInput,
    Offer,
    PlaceInput,
    TextInput,
    YesInput,
)
from ui.widgets.parts import label, last_stop, lead_on, rows

FormValues = dict[str, Any]  # what was typed, by key: the action that gets it checks it
HalfTyped = dict[str, object]  # what was changed and not saved, as JSON keeps it
Search = Callable[[str, Offer], None]  # finds choices for what was typed


@dataclass(frozen=True)
class Field:
    """A field: its key, words, and kind: text, long, date, number, choice, yes, many, list, place, card, password.

    Choices are (value, word). `many` is a few boxes to tick; `list` is one stop for the Tab key, for choices by the dozen.
    `span` is how many of the two columns it takes; `search` finds places while typing: text → [(id, path)] to `then`.
    """

    key: str
    label: str
    kind: str = "text"
    help: str = ""
    needed: bool = False
    choices: Sequence[tuple[object, str]] = ()
    span: int = 1
    search: Search | None = None


def _make(field: Field) -> Any:
    if field.kind == "choice":
        return ChoiceInput(field.choices)
    if field.kind == "many":
        return BoxesInput(field.choices)
    if field.kind == "list":
        return ListInput(field.choices)
    if field.kind == "place" and field.search:
        return PlaceInput(field.search)
    made = {
        "date": DayInput,
        "birth": partial(DayInput, birth=True),
        "number": NumberInput,
        "yes": YesInput,
        "long": LongInput,
        "card": CardInput,
    }.get(field.kind, TextInput)()
    if field.kind == "password":
        made.setEchoMode(QLineEdit.EchoMode.Password)
    if field.kind == "yes":
        made.setText(field.label)
    return made


_BY_HAND = (
    "picked",
    "textEdited",
    "currentIndexChanged",
    "toggled",
    "textChanged",
)  # the first that an input has
_AT_ALL = (
    "picked",
    "textChanged",
    "currentIndexChanged",
    "toggled",
)  # also by a list that pops up


class Form(QWidget):
    """The fields in two columns. `values()` gives what was typed, `show_faults` what is wrong with it.

    What is said of a field goes away as soon as the field is changed. `half_typed()` is what was changed since the form
    was filled in, for it to be kept; `show_half_typed` puts it back.
    """

    changed = Signal()
    stirred = Signal()  # a field was changed, also by a list that pops up

    def __init__(self, fields: Sequence[Field], columns: int = 2) -> None:
        super().__init__()
        self.inputs: dict[str, Any] = {}
        self._touched: dict[str, bool] = {}  # the fields changed by a person, in order
        self._filling = False
        self._faults: dict[str, QLabel] = {}
        self._doubts: dict[str, QLabel] = {}
        self._help: dict[str, str] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        place = 0
        for field in fields:
            span = min(field.span, columns)
            if place % columns + span > columns:
                place += columns - place % columns
            grid.addLayout(
                self._field(field),
                place // columns,
                place % columns,
                1,
                span,
                Qt.AlignmentFlag.AlignTop,
            )
            place += span
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        self.setLayout(grid)

    def _field(self, field: Field) -> Any:
        made = _make(field)
        self.inputs[field.key] = made
        if field.needed:
            name = _("{label} (needed)").format(label=field.label)
        else:
            name = field.label
        made.setAccessibleName(name)
        made.setAccessibleDescription(field.help)
        self._help[field.key] = field.help
        fault = label("", "fault", wrap=True)
        fault.hide()
        self._faults[field.key] = fault
        _signal(made, _BY_HAND).connect(self._changed)
        _signal(made, _AT_ALL).connect(partial(self._stir, field.key))
        head = label("" if field.kind == "yes" else name, "small")
        head.setBuddy(made)
        parts = [made, fault] if field.kind == "yes" else [head, made, fault]
        if field.help:
            parts.insert(-1, label(field.help, "small", wrap=True))
        if field.kind == "card":
            parts.append(self._doubt(field.key))
        return rows(*parts, gap=3)

    def _doubt(self, key: str) -> QLabel:
        """Where it is said that a field does not agree with others."""
        doubt = label("", "doubt", wrap=True)
        doubt.hide()
        self._doubts[key] = doubt
        return doubt

    def leads_to(self, main: QPushButton, *others: QWidget) -> None:
        """On a page: Enter on the last field presses `main`, and Tab reaches it next, then the others.

        A dialog does so by itself.
        """
        last = list(self.inputs.values())[-1]
        self._main = main
        last.installEventFilter(self)
        lead_on(last_stop(last), main, *others)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on the last field; in a text of several lines Ctrl+Enter."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and _submits(watched, event)
        ):
            self._main.click()
            return True
        return super().eventFilter(watched, event)

    def _changed(self, *_arguments: object) -> None:
        if not self._filling:
            self.changed.emit()

    def _stir(self, key: str, *_arguments: object) -> None:
        """A field that is changed is no longer the one that was refused."""
        if self._faults[key].text():
            self._say(key, ())
        if not self._filling:
            self._touched[key] = True
            self.stirred.emit()

    def values(self) -> FormValues:
        """What was typed, by key."""
        return {key: made.value() for key, made in self.inputs.items()}

    def show_values(self, values: Mapping[str, object]) -> None:
        """Fill fields in."""
        self._filling = True
        for key, value in values.items():
            if key in self.inputs:
                self.inputs[key].show_value(value)
                self._touched.pop(key, None)
        self._filling = False
        self.show_faults(())

    def half_typed(self) -> HalfTyped:
        """What a person changed and did not save, by key; a password is never part of it."""
        return {
            key: self.inputs[key].half()
            for key in self._touched
            if not _is_secret(self.inputs[key])
        }

    def show_half_typed(self, kept: Mapping[str, object]) -> list[str]:
        """Put it back; what was typed since stays. The keys that do not fit this form are given back."""
        left = []
        for key, half in kept.items():
            if key in self._touched:
                continue
            if key in self.inputs and self.inputs[key].show_half(half):
                self._touched[key] = True
            else:
                left.append(key)
        self.show_faults(())
        self.changed.emit()
        return left

    def show_faults(self, faults: Iterable[Fault]) -> list[Fault]:
        """Each sentence under its field, the cursor on the first; the faults of no field here are given back."""
        said: dict[str, list[str]] = {}
        rest = []
        for fault in faults:
            if fault.field in self.inputs:
                said.setdefault(fault.field, []).append(say_fault(fault))
            else:
                rest.append(fault)
        for key in self.inputs:
            self._say(key, said.get(key, ()))
        for key, made in self.inputs.items():
            if key in said:
                made.setFocus()
                break
        return rest

    def show_doubts(self, doubts: Iterable[Fault]) -> None:
        """What does not agree under its field, to be looked at again; it keeps nothing from being saved."""
        said: dict[str, list[str]] = {}
        for doubt in doubts:
            said.setdefault(doubt.field, []).append(say_fault(doubt))
        for key, shown in self._doubts.items():
            sentences = " ".join(said.get(key, ()))
            shown.setText(_("Please check: {what}").format(what=sentences))
            shown.setVisible(bool(sentences))
            told = (self._faults[key].text(), shown.text() if sentences else "")
            description = " ".join((*told, self._help[key])).strip()
            self.inputs[key].setAccessibleDescription(description)

    def _say(self, key: str, sentences: Sequence[str]) -> None:
        """Put what is wrong with a field under it; nothing takes it away."""
        shown = self._faults[key]
        made = self.inputs[key]
        shown.setText(" ".join(sentences))
        shown.setVisible(bool(sentences))
        made.setAccessibleDescription(" ".join((*sentences, self._help[key])).strip())
        made.setProperty("fault", "yes" if sentences else "no")
        made.style().unpolish(made)
        made.style().polish(made)


def _is_secret(made: QWidget) -> bool:
    password = QLineEdit.EchoMode.Password
    return isinstance(made, QLineEdit) and made.echoMode() is password


def _submits(field: QObject, event: QKeyEvent) -> bool:
    """Whether this key on a form's last field means that the form is finished."""
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return False
    control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return bool(control) or not isinstance(field, LongInput)


def _signal(made: Any, names: Sequence[str]) -> Any:
    """The signal by which an input says that it was changed."""
    return next(getattr(made, name) for name in names if hasattr(made, name))
