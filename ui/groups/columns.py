"""The board: one place and track at a time; those who wait on the left, a column for each proposed group.

Cards are held and dropped by keyboard; while one is held every column says whether it may take the person.
"""

from collections import Counter

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QWidget

from cbs_desktop.groups.proposals.alternatives import Fit
from cbs_desktop.groups.proposals.boards import Board, Card
from cbs_desktop.words import _, many
from ui.groups.answers import REFUSALS, balance_words
from ui.groups.cards import CardList
from ui.groups.column import LEAST, GroupColumn
from ui.vocabulary import TRACKS, word
from ui.widgets.parts import Empty, clear, label, line, rows, scrolled, sheet


class Columns(QWidget):
    """All columns of a place. `moved(person, group or None)` is what the hand asked for; the office says whether it may be."""

    moved = Signal(object, object)
    held_card = Signal(
        object
    )  # a Card that was taken up: ask what the groups say to it
    looked = Signal(
        str, str
    )  # kind and words about the group under the held card; empty when nothing is held
    asked = Signal(object)  # a Card: where else could this person go?
    pinned = Signal(object)  # a Card that is to stay, or no longer
    closed = Signal(int)  # a group that is to stay as it is, or no longer
    proposing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.held: Card | None = None
        self._from: CardList | None = None
        self._at: CardList | None = None
        self._board: Board | None = None
        self._pool = -1
        self._tabs: list[str] = []
        self._fits = {}
        self.columns: list[GroupColumn] = []
        self.waiting = self._wire(CardList(None))
        self.waiting.setAccessibleName(_("Waiting"))
        self._waiting_head = label("", "head")
        self._waiting_note = label("", "small", wrap=True)
        self.places = QTabBar()
        self.places.setAccessibleName(_("Place and track"))
        self.places.setExpanding(False)
        self.places.setDrawBase(False)
        self.places.setUsesScrollButtons(True)
        self.places.setElideMode(Qt.TextElideMode.ElideNone)
        self.places.currentChanged.connect(self._choose)
        left = rows(
            self._waiting_head, self._waiting_note, gap=2, margin=(12, 10, 12, 6)
        )
        box = rows(gap=0, margin=(0, 0, 0, 4))
        box.addLayout(left)
        box.addWidget(self.waiting, 1)
        panel = sheet(box)
        panel.setFixedWidth(LEAST + 14)
        self._box = QHBoxLayout()
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(12)
        inside = QWidget()
        inside.setLayout(self._box)
        self._area = scrolled(inside)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._right = QStackedWidget()
        self._empty = Empty("", _("Propose groups"), self.proposing.emit)
        self._right.addWidget(self._area)
        self._right.addWidget(self._empty)
        whole = line(panel, gap=12)
        whole.addWidget(self._right, 1)
        self.setLayout(rows(self.places, gap=10))
        self.layout().addLayout(whole)  # type: ignore[union-attr]

    def _wire(self, cards: CardList) -> CardList:
        cards.space.connect(self._space)
        cards.stepped.connect(self._step)
        cards.carried.connect(self._carry)
        cards.pinned.connect(self._pin)
        cards.closed.connect(self._close)
        cards.taken.connect(self._hold)
        cards.dragged.connect(self._drag)
        cards.dropped.connect(self._let_go)
        cards.escaped.connect(self.put_back)
        cards.asked.connect(self.asked.emit)
        cards.entered.connect(self._enter)
        return cards

    def _enter(self, cards: CardList) -> None:
        self._at = cards

    # --- what is shown

    def show_board(self, board: Board) -> None:
        """Show a proposal; place, column and cursor stay where they were."""
        here = self._at
        person = self._last_person()
        focus = here is not None and self.window().focusWidget() is here
        self.held = None
        self._from = None
        self._fits = {}
        self._board = board
        self._pool = min(max(self._pool, 0), len(board.pools) - 1)
        self._show_tabs(board)
        self._show_pool()
        if here is not None:
            there = next(
                (each for each in self._lists if person and each.go_to(person)), None
            )
            self._at = there or next(
                (each for each in self._lists if each.place == here.place), self.waiting
            )
            if focus:
                self._at.setFocus()
        self.looked.emit("", "")

    def _show_tabs(self, board: Board) -> None:
        """A tab for each place and track; nothing is chosen by it."""
        names = [_tab_name(place, track) for place, track in board.pools]
        groups = Counter(group.pool for group in board.groups)
        waiting = Counter(card.pool for card in board.waiting)
        self.places.blockSignals(True)
        self.places.setVisible(bool(names))
        if names != self._tabs:
            self._name_tabs(names)
        for number, (place, track) in enumerate(board.pools):
            about = _about_pool(place, track, groups[number], waiting[number])
            self.places.setTabToolTip(number, about)
            self.places.setAccessibleTabName(number, about)
        self.places.setCurrentIndex(self._pool)
        self.places.blockSignals(False)

    def _name_tabs(self, names: list[str]) -> None:
        """Make the tabs anew: the bar lays itself out again, so only when they are others."""
        self._tabs = names
        while self.places.count():
            self.places.removeTab(0)
        for name in names:
            self.places.addTab(name)

    def _last_person(self) -> int:
        card = self.current()
        if card:
            return card.id
        return 0

    def _choose(self, number: int) -> None:
        if self._board is None or not 0 <= number < len(self._board.pools):
            return
        self._pool = number
        self.put_back()
        self._show_pool()

    def next_place(self, step: int) -> None:
        """Show the next or the previous place."""
        if self.places.count():
            self.places.setCurrentIndex((self._pool + step) % self.places.count())
            self.columns[
                0
            ].cards.setFocus() if self.columns else self.waiting.setFocus()

    def _show_pool(self) -> None:
        board = self._board
        assert board is not None
        cards = tuple(
            card
            for card in board.waiting
            if not board.pools or card.pool in (self._pool, -1)
        )
        self._waiting_head.setText(
            many("{n} waiting", "{n} waiting", len(cards))
            if cards
            else _("Nobody is waiting")
        )
        elsewhere = len(board.waiting) - len(cards)
        self._waiting_note.setText(
            many("{n} elsewhere", "{n} elsewhere", elsewhere) if elsewhere else ""
        )
        self._waiting_note.setVisible(bool(elsewhere))
        self.waiting.show_cards(cards)
        clear(self._box)
        self._at = None
        groups = [
            (n, group)
            for n, group in enumerate(board.groups)
            if group.pool == self._pool
        ]
        self.columns = [GroupColumn(number, group) for number, group in groups]
        for column in self.columns:
            self._wire(column.cards)
            self._box.addWidget(column, 1)
        if len(self.columns) < 3:
            self._box.addStretch(1)
        self._empty.tell(self._nothing(board))
        self._right.setCurrentWidget(self._area if self.columns else self._empty)

    def _nothing(self, board: Board) -> str:
        if board.pools:
            return _(
                "No group here: too few people are waiting in this place and track."
            )
        if not board.waiting:
            return _(
                "Nobody eligible is without a group. Make decisions under Screening first."
            )
        return many(
            "Place the {n} person waiting.",
            "Place the {n} people waiting.",
            len(board.waiting),
        )

    @property
    def pool(self) -> int:
        """The place and track that is shown, by number."""
        return self._pool

    @property
    def _lists(self) -> list[CardList]:
        return [self.waiting, *(column.cards for column in self.columns)]

    def current(self) -> Card | None:
        """The person who is held, else the one under the cursor."""
        return self.held or (self._at.card() if self._at is not None else None)

    # --- holding and dropping

    def show_fits(self, person_id: int, fits: tuple[Fit, ...]) -> None:
        """What the groups say to the person who is held."""
        if self.held is not None and self.held.id == person_id:
            self._fits = {fit.group: fit for fit in fits}
            self._aim(self._at or self.waiting)

    def _space(self, column: CardList) -> None:
        if self.held is None:
            self._hold(column)
        else:
            self._drop(column)

    def _hold(self, column: CardList) -> None:
        if (card := column.card()) is None or self._board is None or not self._board.id:
            return
        self.held = card
        self._from = column
        self._at = column
        self._fits = {}
        for each in self._lists:
            each.held = card.id
        column.viewport().update()
        self.held_card.emit(card)
        self._aim(column)

    def _drop(self, column: CardList) -> None:
        fit = self._fits.get(column.place) if column.place is not None else None
        if self.held is None or (fit is not None and fit.refusal):
            return  # the refusal stands above, in words; the card stays in the hand
        if column is self._from:
            self.put_back()
            return
        person = self.held.id
        self._from = None
        self.moved.emit(person, column.place)

    def put_back(self) -> None:
        """Let go of the card; nothing has been moved."""
        column = self._from
        self.held = None
        self._from = None
        self._fits = {}
        for each in self._lists:
            each.held = 0
            each.viewport().update()
        for each in self.columns:
            each.show_fit(None)
        if column is not None:
            column.setFocus()
        self.looked.emit("", "")

    def _carry(self, column: CardList, step: int) -> None:
        """One group further with the person under the cursor in the hand."""
        if self.held is None:
            self._hold(column)
        if self.held is not None:
            self._step(column, step)

    def _pin(self, card: Card) -> None:
        if self._board is not None and self._board.id and self.held is None:
            self.pinned.emit(card)

    def _close(self, column: CardList) -> None:
        if self._board is not None and column.place is not None and self.held is None:
            self.closed.emit(column.place)

    def _under(self, point: QPoint) -> CardList | None:
        """The column at a point of the screen: its whole height counts, its head too."""
        for cards in self._lists:
            panel = cards.parentWidget()
            if panel is not None and panel.rect().contains(panel.mapFromGlobal(point)):
                return cards
        return None

    def _drag(self, point: QPoint) -> None:
        """The held card is moved over a column with the mouse; near an edge the columns move along."""
        if self.held is None:
            return
        edge = self._area.mapFromGlobal(point).x()
        bar = self._area.horizontalScrollBar()
        if not 24 < edge < self._area.width() - 24:
            bar.setValue(bar.value() + (24 if edge > 24 else -24))
        target = self._under(point)
        if target is not None and target is not self._at:
            self._at = target
            self._aim(target)

    def _let_go(self, point: QPoint) -> None:
        """The mouse lets go: over a column that may take the card it is dropped, elsewhere it goes back."""
        target = self._under(point)
        if target is not None and target.place is not None:
            fit = self._fits.get(target.place)
        else:
            fit = None
        if target is None or (fit is not None and fit.refusal):
            self.put_back()
        else:
            self._drop(target)

    def _step(self, column: CardList, step: int) -> None:
        lists = self._lists
        place = lists.index(column) + step
        if not 0 <= place < len(lists):
            return
        target = self._at = lists[place]
        target.setFocus()
        if target.currentRow() < 0:
            target.setCurrentRow(0)
        if place:
            self._area.ensureWidgetVisible(self.columns[place - 1], 12, 0)
        self._aim(target)

    def _aim(self, target: CardList) -> None:
        """Say in every head what the held card may do, and in words what the group under it says."""
        if self.held is None:
            return
        for column in self.columns:
            column.show_fit(self._fits.get(column.cards.place), column.cards is target)  # type: ignore[arg-type]
        fit = self._fits.get(target.place) if target.place is not None else None
        self.looked.emit(*self._words(target, fit))

    def _words(self, target: CardList, fit: Fit | None) -> tuple[str, str]:
        assert self.held is not None
        facts: dict[str, object] = {
            "name": self.held.name,
            "group": (target.place or 0) + 1,
        }
        if target is self._from or (fit is None and target.place is not None):
            return "info", _(
                "Moving {name}: ← → choose a group, Space drops, Esc puts back."
            ).format(**facts)
        if target.place is None:
            return "info", _("Space puts {name} back on the waiting list.").format(
                **facts
            )
        assert fit is not None
        if fit.refusal:
            return "stop", _(REFUSALS[fit.refusal][1]).format(**facts)
        worth = balance_words(fit.extra, fit.parts)
        return "ok", _("{name} may join group {group}: {worth}.").format(
            **facts, worth=worth
        )


def _tab_name(place: str, track: str) -> str:
    """The last part of a place, and the track."""
    return f"{place.split(' › ')[-1]} · {word(TRACKS, track)}"


def _about_pool(place: str, track: str, groups: int, waiting: int) -> str:
    """A place and track in words: how many groups there are, how many people wait."""
    words = [place, word(TRACKS, track), many("{n} group", "{n} groups", groups)]
    if waiting:
        words.append(many("{n} waiting", "{n} waiting", waiting))
    return " · ".join(words)
