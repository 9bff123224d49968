"""A column's cards: one person each, painted; keys are told to the board."""

from dataclasses import replace

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from cbs_desktop.groups.proposals.boards import Card
from cbs_desktop.words import _
from ui import theme
from ui.vocabulary import WHY_WAITING, word

_ROLE = Qt.ItemDataRole.UserRole
_SHOWN = 13  # cards: the people of a usual group
_AROUND = 1  # pixels between cards, as all that follow
_SLACK = 10  # what a line may be higher than its words
_INSIDE = 9
_APART = 8
_PIN = 14
_LEAST_NAME = 11  # names shrink rather than being cut
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)


class CardList(QListWidget):
    """The cards of one column; `place` is the number of the group, None for those who wait."""

    space = Signal(object)
    stepped = Signal(object, int)
    carried = Signal(
        object, int
    )  # Ctrl and an arrow: take up, and go one group further
    escaped = Signal()
    pinned = Signal(object)  # a card
    closed = Signal(object)  # the whole column is pinned, or no longer
    taken = Signal(object)  # the mouse takes the card up
    dragged = Signal(object)  # it is moved to a point of the screen
    dropped = Signal(object)
    entered = Signal(object)  # the cursor came to this column
    asked = Signal(object)  # a card: where else could this person go?

    def __init__(self, place: int | None) -> None:
        super().__init__()
        self.place = place
        self.held = 0
        self._pressed: QPoint | None = None
        self._dragging = False
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.NoDragDrop)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setItemDelegate(_Painter(self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.itemDoubleClicked.connect(self._ask)
        self.customContextMenuRequested.connect(self._ask)

    def show_cards(self, cards: tuple[Card, ...]) -> None:
        """Show people. The text of an item is what a screen reader says."""
        self.clear()
        for card in cards:
            item = QListWidgetItem(", ".join((card.name, about(card), *notes(card))))
            item.setToolTip(about(card))
            item.setData(_ROLE, card)
            self.addItem(item)

    def _ask(self, *_where: object) -> None:
        if (card := self.card()) is not None:
            self.asked.emit(card)

    def card(self) -> Card | None:
        """The card under the cursor."""
        item = self.currentItem()
        if item:
            return item.data(_ROLE)
        return None

    def go_to(self, person_id: int) -> bool:
        """Put the cursor on a person; whether they are here."""
        for row in range(self.count()):
            if self.item(row).data(_ROLE).id == person_id:
                self.setCurrentRow(row)
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space, left, right and Esc belong to the board."""
        key = event.key()
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_Space or (
            self.held and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self.space.emit(self)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            (self.carried if control else self.stepped).emit(
                self, 1 if key == Qt.Key.Key_Right else -1
            )
        elif key == Qt.Key.Key_P and not control:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.closed.emit(self)
            elif (card := self.card()) is not None:
                self.pinned.emit(card)
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press may become a drag."""
        super().mousePressEvent(event)
        left = event.button() == Qt.MouseButton.LeftButton
        if left and self.itemAt(event.position().toPoint()):
            self._pressed = event.position().toPoint()
        else:
            self._pressed = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Beyond a few pixels the card is taken up; then every move is told."""
        if self._pressed is None:
            return
        far = (
            event.position().toPoint() - self._pressed
        ).manhattanLength() >= QApplication.startDragDistance()
        if far and not self._dragging:
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.taken.emit(self)
        if self._dragging:
            self.dragged.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go where the mouse is."""
        super().mouseReleaseEvent(event)
        dragging = self._dragging
        self._dragging = False
        self._pressed = None
        if dragging:
            self.unsetCursor()
            self.dropped.emit(event.globalPosition().toPoint())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remembered by the board: a button that is pressed takes the focus away."""
        super().focusInEvent(event)
        self.entered.emit(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Reasons wrap to the width there is, and cards share the height."""
        super().resizeEvent(event)
        if event.size() != event.oldSize():
            self.scheduleDelayedItemsLayout()


def sex_and_age(card: Card) -> str:
    """Such as F 34; a question mark where the age is not known."""
    age = "?" if card.age is None else card.age
    return f"{card.sex} {age}"


def about(card: Card) -> str:
    """Sex, age and village."""
    village = card.place.split(" › ")[-1]
    return f"{sex_and_age(card)} · {village}"


def notes(card: Card) -> list[str]:
    """What else is to be said of somebody: why they wait, with whom they come, that they are pinned."""
    found = [word(WHY_WAITING, card.why)] if card.why else []
    if card.friends:
        found.append(_("together with {names}").format(names=", ".join(card.friends)))
    return found + ([_("pinned")] if card.pinned else [])


class _Faces:
    """The two fonts of a card and their heights; made once for a size of text, for a board paints hundreds of cards."""

    def __init__(self, base: QFont) -> None:
        self.key = base.key()
        self.strong = QFont(base)
        self.small = QFont(base)
        self.strong.setWeight(QFont.Weight.DemiBold)
        self.small.setPixelSize(max(11, round(self.strong.pixelSize() * 12 / 14)))
        self.wide = QFontMetrics(self.strong)
        self.fine = QFontMetrics(self.small)


class _Painter(QStyledItemDelegate):
    """Paints a card: name, sex and age in one line, the village where there is room, and why somebody waits."""

    def __init__(self, cards: CardList) -> None:
        super().__init__(cards)
        self._cards = cards
        self._made = _Faces(cards.font())

    def _faces(self) -> _Faces:
        if self._made.key != self._cards.font().key():
            self._made = _Faces(self._cards.font())
        return self._made

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """One line, and what else is to be said."""
        notes_height = sum(
            self._note_height(note) for note in _painted(index.data(_ROLE))
        )
        return QSize(60, self._line_height() + notes_height)

    def _line_height(self) -> int:
        """A whole group shows without scrolling, as long as its names can be read."""
        least = self._faces().wide.height() + 2 * _AROUND
        shared = self._cards.viewport().height() // _SHOWN
        return max(least, min(shared, least + _SLACK))

    def _note_height(self, note: str) -> int:
        width = self._cards.viewport().width() - 2 * (_AROUND + _INSIDE)
        space = QRect(0, 0, max(60, width), 200)
        return self._faces().fine.boundingRect(space, _WRAP, note).height() + 2

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """One card."""
        card = index.data(_ROLE)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        place = QRectF(option.rect)  # type: ignore[attr-defined]
        box = place.adjusted(_AROUND, _AROUND, -_AROUND, -_AROUND)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._frame(painter, box, card, selected and self._cards.hasFocus())
        inside = box.adjusted(_INSIDE, 0, -_INSIDE, 0)
        line = QRectF(inside)
        line.setHeight(self._line_height() - 2 * _AROUND)
        inside.setTop(line.bottom())
        self._line(painter, line, card)
        self._notes(painter, inside, card)
        painter.restore()

    def _frame(self, painter: QPainter, box: QRectF, card: Card, current: bool) -> None:
        held = card.id == self._cards.held
        if current or held:
            pen = QPen(theme.colour("accent"), 2)
            painter.setBrush(theme.colour("accentSoft"))
        else:
            pen = QPen(theme.colour("line"), 1)
            painter.setBrush(theme.colour("surface"))
        if held:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(box, 4, 4)

    def _line(self, painter: QPainter, line: QRectF, card: Card) -> None:
        faces = self._faces()
        if card.pinned:
            middle = line.center().y() - _PIN / 2
            pin = QRectF(line.right() - _PIN, middle, _PIN, _PIN)
            theme.draw(painter, "pin", pin, "accent")
            line.setRight(pin.left() - 4)
        details = about(card)
        room = line.width() - faces.wide.horizontalAdvance(card.name) - _APART
        if faces.fine.horizontalAdvance(details) > room:
            details = sex_and_age(card)
        painter.setFont(faces.small)
        painter.setPen(theme.colour("second"))
        painter.drawText(line, _MIDDLE | Qt.AlignmentFlag.AlignRight, details)
        line.setRight(line.right() - faces.fine.horizontalAdvance(details) - _APART)
        painter.setFont(_fitted(card.name, faces, line.width()))
        painter.setPen(theme.colour("text"))
        painter.drawText(line, _MIDDLE | Qt.AlignmentFlag.AlignLeft, card.name)

    def _notes(self, painter: QPainter, inside: QRectF, card: Card) -> None:
        urgent = card.why not in ("", "new")
        painter.setFont(self._faces().small)
        painter.setPen(theme.colour("warn" if urgent else "second"))
        for note in _painted(card):
            used = painter.drawText(inside, _WRAP, note)
            inside.setTop(used.bottom())


def _fitted(name: str, faces: _Faces, width: float) -> QFont:
    """The font of a name: smaller where it would not fit."""
    if faces.wide.horizontalAdvance(name) <= width:
        return faces.strong
    font = QFont(faces.strong)
    while (
        QFontMetrics(font).horizontalAdvance(name) > width
        and font.pixelSize() > _LEAST_NAME
    ):
        font.setPixelSize(font.pixelSize() - 1)
    return font


def _painted(card: Card) -> list[str]:
    """The notes that are written out; that somebody is pinned a picture says."""
    if card.why or card.friends:
        return notes(replace(card, pinned=False))
    return []
