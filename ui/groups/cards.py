"""A column's cards: one person each, painted; keys are told to the board."""

from dataclasses import replace

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
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
_AROUND = 3
_INSIDE = 10
_LEAST_NAME = 11
_PIN = 16  # pixels; names shrink rather than being cut
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
        """Reasons wrap to the width there is."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()


def about(card: Card) -> str:
    """Sex, age and village."""
    return f"{card.sex} {'?' if card.age is None else card.age} · {card.place.split(' › ')[-1]}"


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
    """Paints a card: name, sex, age, village, and why somebody waits."""

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
        """Two lines, and what else is to be said."""
        faces = self._faces()
        width = self._cards.viewport().width() - 2 * (_AROUND + _INSIDE)
        space = QRectF(0, 0, max(60.0, width), 200).toRect()
        more = sum(
            faces.fine.boundingRect(space, _WRAP, each).height()
            for each in _painted(index.data(_ROLE))
        )
        return QSize(
            60,
            round(faces.wide.height() + faces.fine.height() + more + 2 * _AROUND + 10),
        )

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """One card."""
        card = index.data(_ROLE)
        here = (
            bool(option.state & QStyle.StateFlag.State_Selected)
            and self._cards.hasFocus()
        )  # type: ignore[attr-defined]
        held = card.id == self._cards.held
        box = QRectF(option.rect).adjusted(_AROUND + 1, _AROUND, -_AROUND - 1, -_AROUND)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour("accentSoft" if here or held else "surface"))
        pen = QPen(
            theme.colour("accent" if here or held else "line"), 2 if here or held else 1
        )
        pen.setStyle(Qt.PenStyle.DashLine if held else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        painter.drawRoundedRect(box, 6, 6)
        inside = box.adjusted(_INSIDE - 1, 4, -_INSIDE + 1, -4)
        if card.pinned:
            theme.draw(
                painter,
                "pin",
                QRectF(inside.right() - _PIN, inside.top(), _PIN, _PIN),
                "accent",
            )
            inside.setRight(inside.right() - _PIN - 4)
        self._lines(painter, inside, card)
        painter.restore()

    def _lines(self, painter: QPainter, inside: QRectF, card: Card) -> None:
        top = Qt.AlignmentFlag.AlignTop
        left = Qt.AlignmentFlag.AlignLeft
        faces = self._faces()
        painter.setFont(_fitted(card.name, faces, inside.width()))
        painter.setPen(theme.colour("text"))
        painter.drawText(inside, top | left, card.name)
        inside = inside.adjusted(0, faces.wide.height(), 0, 0)
        painter.setFont(faces.small)
        painter.setPen(theme.colour("second"))
        painter.drawText(inside, top | left, about(card))
        inside = inside.adjusted(0, faces.fine.height(), 0, 0)
        for note in _painted(card):
            painter.setPen(
                theme.colour("warn" if card.why not in ("", "new") else "second")
            )
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
