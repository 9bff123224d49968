"""A form from a list of fields: labels above, help below, each fault under its field. Nothing typed is thrown away."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from cbs_desktop import clock
from cbs_desktop.errors import Fault
from cbs_desktop.problems import say_fault
from cbs_desktop.words import _
from ui.widgets.parts import label, rows


@dataclass(frozen=True)
class Field:
    """A field: its key, words, and kind: text, date, number, choice, yes, many, place, password. Choices are (value, word).

    `span` is how many of the two columns it takes; `search` finds places while typing: text → [(id, path)] to `then`.
    """

    key: str
    label: str
    kind: str = "text"
    help: str = ""
    needed: bool = False
    choices: Sequence[tuple[Any, str]] = ()
    span: int = 1
    search: Callable[[str, Callable[[list[tuple[Any, str]]], None]], None] | None = None


def day_from(text: str, today: date | None = None) -> date | None:
    """A day as people type it: 16/11, 161126, 16/11/2026, 2026-11-16. None for nothing; ValueError for no day."""
    text = text.strip()
    if not text:
        return None
    if len(text) == 10 and text[4] == text[7] == "-":
        return date.fromisoformat(text)
    if text.isdigit() and len(text) in (6, 8):
        text = f"{text[:2]}/{text[2:4]}/{text[4:]}"
    parts = text.replace(".", "/").replace("-", "/").replace(" ", "/").split("/")
    if len(parts) == 2 and today:
        parts.append(str(today.year))
    day, month, year = (int(part) for part in parts)
    if year > date.max.year:  # the calendar calls that an overflow, people a slip
        raise ValueError(text)
    return date(year + 2000 if year < 100 else year, month, day)


def day_text(day: date | None) -> str:
    """A day as forms show it."""
    if day:
        return f"{day:%d/%m/%Y}"
    return ""


class _Text(QLineEdit):
    """One line of text."""

    def value(self) -> str:
        """What was typed."""
        return self.text()

    def show_value(self, value: Any) -> None:
        """Show a value."""
        self.setText(str(value or ""))


class _Number(_Text):
    """A whole number; what is none is given back as it was typed, for the rules to refuse."""

    def value(self) -> Any:
        """The number, None for nothing."""
        text = self.text().strip()
        digits = text.removeprefix("-")
        if not text:
            return None
        if digits.isascii() and digits.isdigit() and len(digits) < 16:
            return int(text)
        return text

    def show_value(self, value: Any) -> None:
        """Show a number."""
        self.setText("" if value is None else str(value))


class _Day(_Text):
    """A day; ↑ and ↓ move it."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(_("16/11/2026"))
        self.editingFinished.connect(self._spell)

    def value(self) -> Any:
        """The day, None for nothing, the text itself when it is no day."""
        try:
            return day_from(self.text(), clock.day_of(clock.now()))
        except ValueError:
            return self.text()

    def show_value(self, value: Any) -> None:
        """Show a day."""
        self.setText(day_text(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↑ is a day later, ↓ a day earlier; in an empty field both begin with today."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        day = self.value()
        if step is None or self.isReadOnly() or isinstance(day, str):
            super().keyPressEvent(event)
            return
        moved = day + timedelta(days=step) if day else clock.day_of(clock.now())
        self.setText(day_text(moved))
        self.textEdited.emit(self.text())

    def _spell(self) -> None:
        if isinstance(day := self.value(), date):
            self.setText(day_text(day))


class _Choice(QComboBox):
    """One of a list."""

    def __init__(self, choices: Iterable[tuple[Any, str]]) -> None:
        super().__init__()
        for value, word in choices:
            self.addItem(word, value)

    def value(self) -> Any:
        """The value chosen."""
        return self.currentData()

    def show_value(self, value: Any) -> None:
        """Choose a value."""
        place = next((i for i in range(self.count()) if self.itemData(i) == value), 0)
        self.setCurrentIndex(place)


class _Yes(QCheckBox):
    """Yes or no."""

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def show_value(self, value: Any) -> None:
        """Tick or untick."""
        self.setChecked(bool(value))


class _Many(QWidget):
    """Several of a list."""

    def __init__(self, choices: Iterable[tuple[Any, str]]) -> None:
        super().__init__()
        self._boxes = {value: QCheckBox(word) for value, word in choices}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        for i, box in enumerate(self._boxes.values()):
            grid.addWidget(box, i // 3, i % 3)
        self.setLayout(grid)
        if self._boxes:
            self.setFocusProxy(next(iter(self._boxes.values())))

    def value(self) -> tuple[Any, ...]:
        """The values ticked."""
        return tuple(value for value, box in self._boxes.items() if box.isChecked())

    def show_value(self, value: Any) -> None:
        """Tick these."""
        for each, box in self._boxes.items():
            box.setChecked(each in (value or ()))


class _PlaceField(QLineEdit):
    """A place by any part of its path; the full path is shown, the id is the value."""

    def __init__(
        self, search: Callable[[str, Callable[[list[tuple[Any, str]]], None]], None]
    ) -> None:
        super().__init__()
        self._search = search
        self._known: dict[str, Any] = {}
        self._list = QStringListModel(self)
        completer = QCompleter(self._list, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.textEdited.connect(self._ask)
        self.setPlaceholderText(_("Type the first letters, then choose"))

    def _ask(self, text: str) -> None:
        if text.strip():
            self._search(text, self._show)

    def _show(self, found: list[tuple[Any, str]]) -> None:
        self._known.update({path: key for key, path in found})
        self._list.setStringList([path for _key, path in found])
        if self.hasFocus() and self.text() not in self._known:
            self.completer().complete()

    def value(self) -> Any:
        """The id of the place shown; when the text is no place, what was typed."""
        return self._known.get(self.text(), self.text().strip() or None)

    def show_value(self, value: Any) -> None:
        """Show a place given as (id, path)."""
        key, path = value or (None, "")
        self._known[path] = key
        self.setText(path)


class _Long(QPlainTextEdit):
    """A few lines of text."""

    def value(self) -> str:
        """What was typed."""
        return self.toPlainText()

    def show_value(self, value: Any) -> None:
        """Show a text."""
        self.setPlainText(str(value or ""))


def _make(field: Field) -> Any:
    if field.kind == "choice":
        return _Choice(field.choices)
    if field.kind == "many":
        return _Many(field.choices)
    if field.kind == "place" and field.search:
        return _PlaceField(field.search)
    made = {"date": _Day, "number": _Number, "yes": _Yes, "long": _Long}.get(
        field.kind, _Text
    )()
    if field.kind == "password":
        made.setEchoMode(QLineEdit.EchoMode.Password)
    if field.kind == "yes":
        made.setText(field.label)
    return made


class Form(QWidget):
    """The fields in two columns. `values()` gives what was typed, `show_faults` what is wrong with it."""

    changed = Signal()

    def __init__(self, fields: Sequence[Field], columns: int = 2) -> None:
        super().__init__()
        self.inputs: dict[str, Any] = {}
        self._faults: dict[str, Any] = {}
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
        for signal in ("textEdited", "currentIndexChanged", "toggled", "textChanged"):
            if hasattr(made, signal):
                getattr(made, signal).connect(self._changed)
                break
        head = label("" if field.kind == "yes" else name, "small")
        head.setBuddy(made)
        parts = [made, fault] if field.kind == "yes" else [head, made, fault]
        if field.help:
            parts.insert(-1, label(field.help, "small", wrap=True))
        return rows(*parts, gap=3)

    def _changed(self, *_arguments: Any) -> None:
        self.changed.emit()

    def values(self) -> dict[str, Any]:
        """What was typed, by key."""
        return {key: made.value() for key, made in self.inputs.items()}

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Fill fields in."""
        for key, value in values.items():
            if key in self.inputs:
                self.inputs[key].show_value(value)
        self.show_faults(())

    def show_faults(self, faults: Iterable[Fault]) -> list[Fault]:
        """Each sentence under its field, the cursor on the first; the faults of no field here are given back."""
        said: dict[str, list[str]] = {}
        rest = []
        for fault in faults:
            if fault.field in self.inputs:
                said.setdefault(fault.field, []).append(say_fault(fault))
            else:
                rest.append(fault)
        for key, sentence in self._faults.items():
            sentence.setText(" ".join(said.get(key, ())))
            sentence.setVisible(key in said)
            made = self.inputs[key]
            made.setAccessibleDescription(
                " ".join((*said.get(key, ()), self._help[key])).strip()
            )
            made.setProperty("fault", "yes" if key in said else "no")
            made.style().unpolish(made)
            made.style().polish(made)
        for key, made in self.inputs.items():
            if key in said:
                made.setFocus()
                break
        return rest
