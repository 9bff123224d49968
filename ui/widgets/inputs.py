"""The inputs of a form: each gives its `value()` and takes one by `show_value()`. Nothing typed is thrown away.

`half()` is what stands there now, for a half-typed form to be kept as JSON: texts as they were typed, a choice by its
value. `show_half()` puts it back and says whether it fits.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QGridLayout,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QWidget,
)

from cbs_desktop import clock
from cbs_desktop.text import day_in_figures, day_of_text
from cbs_desktop.words import _

Choices = Iterable[tuple[object, str]]  # values and the words for them
_DAY_AND_MONTH = re.compile(r"\d{1,2}[./ -]\d{1,2}")
Offer = Callable[[list[tuple[object, str]]], None]  # shows the choices that were found


def day_from(text: str, today: date | None = None, birth: bool = False) -> date | None:
    """A day as people type it: 16/11, 161126, or all that `day_of_text` reads. None for nothing; ValueError for no day."""
    text = text.strip()
    if not text:
        return None
    if text.isdigit() and len(text) in (6, 8):
        text = f"{text[:2]}/{text[2:4]}/{text[4:]}"
    if today and _DAY_AND_MONTH.fullmatch(text):
        text = f"{text}/{today.year}"
    return day_of_text(text, today if birth else None)


def day_text(day: date | None) -> str:
    """A day as forms show it."""
    if day:
        return day_in_figures(day)
    return ""


class LineInput(QLineEdit):
    """What all inputs of one line share."""

    def half(self) -> object:
        """The letters as they stand there."""
        return self.text()

    def show_half(self, kept: object) -> bool:
        """Put letters back; False for what is none."""
        if isinstance(kept, str):
            self.setText(kept)
        return isinstance(kept, str)


class TextInput(LineInput):
    """One line of text."""

    def value(self) -> str:
        """What was typed."""
        return self.text()

    def show_value(self, value: object) -> None:
        """Show a value."""
        self.setText(str(value or ""))


class NumberInput(LineInput):
    """A whole number; what is none is given back as it was typed, for the rules to refuse."""

    def value(self) -> int | str | None:
        """The number, None for nothing."""
        text = self.text().strip()
        digits = text.removeprefix("-")
        if not text:
            return None
        if digits.isascii() and digits.isdigit() and len(digits) < 16:
            return int(text)
        return text

    def show_value(self, value: object) -> None:
        """Show a number."""
        self.setText("" if value is None else str(value))


class DayInput(LineInput):
    """A day; ↑ and ↓ move it. A `birth` whose year has two digits is never in the future."""

    def __init__(self, birth: bool = False) -> None:
        super().__init__()
        self._birth = birth
        self.setPlaceholderText(_("16/11/2026"))
        self.editingFinished.connect(self._spell)

    def value(self) -> date | str | None:
        """The day, None for nothing, the text itself when it is no day."""
        try:
            return day_from(self.text(), clock.day_of(clock.now()), self._birth)
        except ValueError:
            return self.text()

    def show_value(self, value: date | None) -> None:
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


def _plain(value: object) -> object:
    """A value as JSON keeps it; what JSON does not know goes by its letters."""
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value)


class ChoiceInput(QComboBox):
    """One of a list."""

    picked = Signal()  # by hand

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self.activated.connect(self.picked)
        for value, word in choices:
            self.addItem(word, value)

    def value(self) -> object:
        """The value chosen."""
        return self.currentData()

    def show_value(self, value: object) -> None:
        """Choose a value."""
        place = next((i for i in range(self.count()) if self.itemData(i) == value), 0)
        self.setCurrentIndex(place)

    def half(self) -> object:
        """The value chosen."""
        return _plain(self.currentData())

    def show_half(self, kept: object) -> bool:
        """Choose what was chosen, if it still is to be had."""
        values = [_plain(self.itemData(place)) for place in range(self.count())]
        if kept in values:
            self.setCurrentIndex(values.index(kept))
        return kept in values

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter that is the code of a choice takes it, as F for a woman; else the letter begins a word."""
        typed = event.text().casefold()
        for place in range(self.count()):
            code = self.itemData(place)
            if typed and isinstance(code, str) and code.casefold() == typed:
                self.setCurrentIndex(place)
                self.picked.emit()
                return
        super().keyPressEvent(event)


class YesInput(QCheckBox):
    """Yes or no."""

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def show_value(self, value: object) -> None:
        """Tick or untick."""
        self.setChecked(bool(value))

    def half(self) -> object:
        """Whether it is ticked."""
        return self.isChecked()

    def show_half(self, kept: object) -> bool:
        """Tick or untick; False for what is neither."""
        if isinstance(kept, bool):
            self.setChecked(kept)
        return isinstance(kept, bool)


class SeveralInput:
    """What inputs share in which several values are ticked."""

    def value(self) -> tuple[object, ...]:
        """The values ticked."""
        raise NotImplementedError

    def show_value(self, value: Collection[object] | None) -> None:
        """Tick these."""
        raise NotImplementedError

    def offered(self) -> list[object]:
        """The values that can be ticked."""
        raise NotImplementedError

    def half(self) -> object:
        """The values ticked."""
        return [_plain(value) for value in self.value()]

    def show_half(self, kept: object) -> bool:
        """Tick those that still are to be had; False when one is not."""
        if not isinstance(kept, list):
            return False
        values = [value for value in self.offered() if _plain(value) in kept]
        self.show_value(values)
        return len(values) == len(kept)


class BoxesInput(SeveralInput, QWidget):
    """Several of a list."""

    picked = Signal()  # a box was ticked or cleared by hand

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self._boxes = {value: QCheckBox(word) for value, word in choices}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        for i, box in enumerate(self._boxes.values()):
            grid.addWidget(box, i // 3, i % 3)
            box.clicked.connect(self.picked)
        self.setLayout(grid)
        if self._boxes:
            self.setFocusProxy(next(iter(self._boxes.values())))

    def value(self) -> tuple[object, ...]:
        """The values ticked."""
        return tuple(value for value, box in self._boxes.items() if box.isChecked())

    def show_value(self, value: Collection[object] | None) -> None:
        """Tick these."""
        for each, box in self._boxes.items():
            box.setChecked(each in (value or ()))

    def offered(self) -> list[object]:
        """The values that can be ticked."""
        return list(self._boxes)


class ListInput(SeveralInput, QListWidget):
    """Several of many, in columns; the arrows move, Space ticks."""

    picked = Signal()
    _SIZE = QSize(168, 28)  # pixels of one choice, at the least
    _BOX = 56  # pixels of the box and the space around it
    _LINES = 5  # seen at once

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self.setProperty("panel", "list")
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.itemChanged.connect(self.picked)
        self.offer(choices)

    def offer(self, choices: Choices) -> None:
        """Other choices, none of them ticked."""
        self.clear()
        pairs = list(choices)
        size = self._cell([word for _value, word in pairs])
        for value, word in pairs:
            item = QListWidgetItem(word)
            item.setSizeHint(size)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setFlags(
                Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
            )
            item.setCheckState(Qt.CheckState.Unchecked)
            self.addItem(item)
        self.setCurrentRow(0)
        self.setFixedHeight(self._LINES * size.height() + 4)

    def _cell(self, words: Sequence[str]) -> QSize:
        """Room for the longest word with its box."""
        letters = self.fontMetrics()
        longest = max((letters.horizontalAdvance(word) for word in words), default=0)
        return self._SIZE.expandedTo(QSize(longest + self._BOX, letters.height() + 10))

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]

    def value(self) -> tuple[object, ...]:
        """The values ticked."""
        ticked = [
            item for item in self._items() if item.checkState() is Qt.CheckState.Checked
        ]
        return tuple(item.data(Qt.ItemDataRole.UserRole) for item in ticked)

    def show_value(self, value: Collection[object] | None) -> None:
        """Tick these."""
        for item in self._items():
            chosen = item.data(Qt.ItemDataRole.UserRole) in (value or ())
            item.setCheckState(
                Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked
            )

    def offered(self) -> list[object]:
        """The values that can be ticked."""
        return [item.data(Qt.ItemDataRole.UserRole) for item in self._items()]


class PlaceInput(LineInput):
    """A place by any part of its path; the full path is shown, the id is the value."""

    def __init__(self, search: Callable[[str, Offer], None]) -> None:
        super().__init__()
        self._search = search
        self._known: dict[str, object] = {}
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

    def _show(self, found: list[tuple[object, str]]) -> None:
        self._known.update({path: key for key, path in found})
        self._list.setStringList([path for _key, path in found])
        if self.hasFocus() and self.text() not in self._known:
            self.completer().complete()

    def value(self) -> object:
        """The id of the place shown; when the text is no place, what was typed."""
        return self._known.get(self.text(), self.text().strip() or None)

    def show_value(self, value: tuple[object, str] | None) -> None:
        """Show a place given as (id, path)."""
        key, path = value or (None, "")
        self._known[path] = key
        self.setText(path)

    def half(self) -> object:
        """The letters, and the id that they stand for."""
        return [_plain(self.value()), self.text()]

    def show_half(self, kept: object) -> bool:
        """Put letters back, with their id; False for what is no place."""
        match kept:
            case [key, str(path)]:
                pass
            case _:
                return False
        if key != path.strip():
            self._known[path] = key
        self.setText(path)
        return True


class LongInput(QPlainTextEdit):
    """A few lines of text; Tab leaves it."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)

    def value(self) -> str:
        """What was typed."""
        return self.toPlainText()

    def show_value(self, value: object) -> None:
        """Show a text."""
        self.setPlainText(str(value or ""))

    def half(self) -> object:
        """What was typed."""
        return self.toPlainText()

    def show_half(self, kept: object) -> bool:
        """Put a text back; False for what is none."""
        if isinstance(kept, str):
            self.setPlainText(kept)
        return isinstance(kept, str)
