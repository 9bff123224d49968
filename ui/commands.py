"""Find anything: every place, every command of the page, and people, by a few letters (Ctrl+K)."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QWidget,
)

from cbs_desktop.text import fold
from cbs_desktop.words import _
from ui import theme
from ui.screen import PageAction
from ui.widgets.parts import rows

if TYPE_CHECKING:
    from cbs_desktop.overview.roster import PersonMatch


def has_typing(field: object, again: bool = False) -> bool:
    """Whether this is a field with typing to take back, or to do `again`."""
    if isinstance(field, QLineEdit):
        return not field.isReadOnly() and (
            field.isRedoAvailable() if again else field.isUndoAvailable()
        )
    if isinstance(field, QPlainTextEdit):
        page = field.document()
        return not field.isReadOnly() and (
            page.isRedoAvailable() if again else page.isUndoAvailable()
        )
    return False


class TypingFirst(QObject):
    """Lets Undo and Redo through to the office where a field has no typing for them; Qt's fields keep them for themselves."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        QApplication.instance().focusChanged.connect(self._watch)  # type: ignore[union-attr]

    @Slot(QWidget, QWidget)
    def _watch(self, _before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, QLineEdit | QPlainTextEdit):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Refuse the two keys in the name of the field."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(
            event, QKeyEvent
        ):
            undo = event.matches(QKeySequence.StandardKey.Undo)
            again = not undo and event.matches(QKeySequence.StandardKey.Redo)
            if (undo or again) and not has_typing(watched, again):
                event.ignore()
                return True
        return False


class CommandPalette(QDialog):
    """A line to type into, and beneath it what fits: commands at once, people as the office answers."""

    asked = Signal(str)
    person = Signal(object)

    def __init__(self, parent: QWidget, commands: list[PageAction]) -> None:
        super().__init__(
            parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint
        )
        self.setWindowTitle(_("Find anything"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._commands = commands
        self._line = QLineEdit()
        self._line.setAccessibleName(_("Find anything"))
        self._line.setPlaceholderText(_("Name, number, or what you want to do"))
        self._list = QListWidget()
        self._list.setAccessibleName(_("Results"))
        self.setLayout(rows(self._line, self._list, gap=8, margin=(12, 12, 12, 12)))
        self._line.textChanged.connect(self._find)
        self._list.itemActivated.connect(self._take)
        self.resize(520, 380)
        self._find("")

    def _find(self, typed: str) -> None:
        words = fold(typed).split()
        self._list.clear()
        for command in self._commands:
            if all(word in fold(command.label) for word in words):
                self._add(command.label, command.key, command.icon, command.run)
        self._list.setCurrentRow(0)
        if words:
            self.asked.emit(typed)

    def show_people(self, people: "list[PersonMatch]") -> None:
        """People who fit stand first."""
        if not self._line.text().strip():
            return
        for place, one in enumerate(people):
            self._add(f"{one.name}  ·  {one.number}", one.place, "person", one, place)
        self._list.setCurrentRow(0)

    def _add(
        self, words: str, more: str, icon: str, value: object, place: int | None = None
    ) -> None:
        item = QListWidgetItem(theme.icon(icon, "second"), f"{words}    {more}")
        item.setData(Qt.ItemDataRole.UserRole, value)
        self._list.insertItem(self._list.count() if place is None else place, item)

    def _take(self, item: QListWidgetItem) -> None:
        value = item.data(Qt.ItemDataRole.UserRole)
        self.accept()
        value() if callable(value) else self.person.emit(value.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move in the list while the cursor stays in the line; Enter takes."""
        steps: dict[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(event.key())
        if step:
            self._list.setCurrentRow(
                max(0, min(self._list.count() - 1, self._list.currentRow() + step))
            )
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and self._list.currentItem()
        ):
            self._take(self._list.currentItem())
        else:
            super().keyPressEvent(event)
