"""The board: those who wait on the left, a column for each proposed group; cards are held and dropped by keyboard or mouse."""

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QListWidgetItem, QMenu, QWidget

from cbs_desktop.groups.queries import Board, Card, Proposed
from cbs_desktop.words import _, many
from ui.vocabulary import TRACKS, WHY_WAITING, word
from ui.widgets.parts import Chip, clear, label, line, rows, scrolled, sheet

_WIDE = 236
_ROLE = Qt.ItemDataRole.UserRole


class _Cards(QListWidget):
    """The cards of one column."""

    def __init__(self, place: int | None) -> None:
        super().__init__()
        self.place = place
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.NoDragDrop)
        self.setWordWrap(True)
        self.setFrameShape(QListWidget.Shape.NoFrame)

    def show_cards(self, cards: tuple[Card, ...]) -> None:
        """Show people."""
        self.clear()
        for card in cards:
            age = "?" if card.age is None else str(card.age)
            words = f"{card.name}\n{card.sex} {age} · {card.place.split(' › ')[-1]}"
            if card.why:
                words += f"\n{word(WHY_WAITING, card.why)}"
            item = QListWidgetItem(words)
            item.setData(_ROLE, card)
            self.addItem(item)

    def card(self) -> Card | None:
        """The card under the cursor."""
        item = self.currentItem()
        return item.data(_ROLE) if item else None


class Columns(QWidget):
    """All columns. `moved(person, group or None)` is what the hand asked for; the office says whether it may be."""

    moved = Signal(object, object)
    said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._board: Board | None = None
        self.held: Card | None = None
        self._from: _Cards | None = None
        self._lists: list[_Cards] = []
        self._target = 0
        self._heads: dict[int | None, Any] = {}
        self.waiting = _Cards(None)
        self._waiting_head = label("", "head")
        self._box = QHBoxLayout()
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(12)
        inside = QWidget()
        inside.setLayout(self._box)
        self._area = scrolled(inside)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        left = rows(line(self._waiting_head, None, margin=(14, 10, 14, 6)), gap=0)
        left.addWidget(self.waiting, 1)
        panel = sheet(left)
        panel.setFixedWidth(_WIDE)
        box = line(panel, gap=12)
        box.addWidget(self._area, 1)
        self.setLayout(box)
        self._listen(self.waiting)
        self.waiting.setAccessibleName(_("People who wait"))

    def show_board(self, board: Board) -> None:
        """Show a proposal; the cursor stays in the column it was in."""
        here = next((each.place for each in self._lists if each.hasFocus()), None)
        self._board = board
        self.held, self._from = None, None
        self._waiting_head.setText(many("{n} waits", "{n} wait", len(board.waiting)))
        self.waiting.show_cards(board.waiting)
        clear(self._box)
        self._lists = [self.waiting]
        for place, group in enumerate(board.groups):
            self._box.addWidget(self._column(place, group))
        self._box.addStretch(1)
        if here is not None and here + 1 < len(self._lists):
            self._lists[here + 1].setFocus()

    def _column(self, place: int, group: Proposed) -> QWidget:
        cards = _Cards(place)
        cards.show_cards(group.cards)
        self._listen(cards)
        size = many("{n} person", "{n} people", len(group.cards))
        cards.setAccessibleName(f"{_('Group {n}').format(n=place + 1)}, {group.place}, {size}")
        kind, note = (
            ("warn", _("small"))
            if "small" in group.warnings
            else ("warn", _("large"))
            if group.warnings
            else ("ok", size)
        )
        chip = Chip(kind, size if kind == "ok" else f"{size}, {note}")
        balance = _("{women} women, {men} men").format(women=group.women, men=group.men)
        head = rows(
            label(f"{place + 1} · {word(TRACKS, group.track)}", "head"), label(group.place, "small", wrap=True),
            line(chip, None), label(balance, "small"), gap=3, margin=(14, 10, 14, 6),
        )  # fmt: skip
        box = rows(gap=0)
        box.addLayout(head)
        box.addWidget(cards, 1)
        panel = sheet(box)
        panel.setFixedWidth(_WIDE)
        self._heads[place] = panel
        self._lists.append(cards)
        return panel

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space, arrows and Esc of the board."""
        if isinstance(watched, _Cards) and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = event.key()
            if key == Qt.Key.Key_Space:
                self._hold(watched) if self.held is None else self._drop(watched)
                return True
            if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                self._go(watched, 1 if key == Qt.Key.Key_Right else -1)
                return True
            if key == Qt.Key.Key_B and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._offer(watched)
                return True
            if key == Qt.Key.Key_Escape and self.held is not None:
                self._put_back()
                return True
        return super().eventFilter(watched, event)

    def _offer(self, column: _Cards, *_point: Any) -> None:
        """The other groups for the person under the cursor, in a menu: Ctrl+B, or the right button of the mouse."""
        card = column.card()
        if card is None:
            return
        here = self._board.groups[column.place].pool if self._board and column.place is not None else None
        menu = QMenu(self)
        for place, group in enumerate(self._board.groups if self._board else ()):
            if place != column.place and here in (None, group.pool):
                words = f"{place + 1} · {word(TRACKS, group.track)} · {group.place} · {len(group.cards)}"
                menu.addAction(words, partial(self.moved.emit, card.id, place))
        if column.place is not None:
            menu.addAction(_("Let wait"), partial(self.moved.emit, card.id, None))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(column.viewport().mapToGlobal(column.visualItemRect(column.currentItem()).bottomLeft()))

    def _listen(self, column: _Cards) -> None:
        column.installEventFilter(self)
        column.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        column.customContextMenuRequested.connect(partial(self._offer, column))

    def _hold(self, column: _Cards) -> None:
        if (card := column.card()) is not None:
            self.held, self._from = card, column
            self.said.emit(_("You hold {name}. ← → choose a group, Space drops, Esc puts back.").format(name=card.name))

    def _drop(self, column: _Cards) -> None:
        if self.held is None:
            return
        person = self.held.id
        same = column is self._from
        self.held, self._from = None, None
        if not same:
            self.moved.emit(person, column.place)

    def _put_back(self) -> None:
        column = self._from
        self.held, self._from = None, None
        if column is not None:
            column.setFocus()
        self.said.emit(_("Put back. Nothing has been moved."))

    def _go(self, column: _Cards, step: int) -> None:
        place = self._lists.index(column) + step
        if 0 <= place < len(self._lists):
            target = self._lists[place]
            target.setFocus()
            if target.currentRow() < 0:
                target.setCurrentRow(0)
            if target.place is not None:
                self._area.ensureWidgetVisible(self._heads[target.place], 12, 0)
