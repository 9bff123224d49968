"""Screening: who waits, the questionnaire of one person, the decision, and open safety cards for those who may know."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QStackedWidget

from cbs_desktop.screening import queries
from cbs_desktop.screening.queries import Awaiting, Card
from cbs_desktop.words import _, many
from ui.desk import Desk
from ui.screen import Screen
from ui.screening.cards import Cards
from ui.screening.decision import Decision
from ui.screening.entry import Entry
from ui.vocabulary import STATES, chip, short_day
from ui.widgets.parts import Empty, label, line, rows, rule, sheet
from ui.widgets.table import Column, Table

_FILTERS = ("", "new", "to decide", "waiting", "refer", "other")


def _columns() -> list[Column]:
    return [
        Column(_("Name"), lambda one: one.name, strong=True, stretch=True, width=170),
        Column(_("Sex, age"), lambda one: f"{one.sex} {one.age if one.age is not None else '?'}", width=70),
        Column(_("Since"), lambda one: short_day(one.since), width=70, sort=lambda one: one.since),
        Column(_("State"), chip=lambda one: chip(STATES, one.state), width=140),
    ]


class Screening(Screen):
    """Questionnaires, decisions, safety cards."""

    word = "screening"
    watches = frozenset({"screening", "participants", "programmes"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        if self.may(queries.open_cards):
            self.page_actions = ((_("Open safety cards"), "Ctrl+Shift+C", "stop", "show_cards"),)
        self._people: list[Awaiting] = []
        self._filter = QComboBox()
        self._filter.setAccessibleName(_("State"))
        for code in _FILTERS:
            self._filter.addItem(chip(STATES, code)[1] if code else _("All who wait"), code)
        self._filter.currentIndexChanged.connect(self._show_list)
        self._count = label("", "small")
        self.table = Table(_("People in screening"), _columns())
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._begin)
        self.entry, self.decision, self.cards = Entry(self), Decision(self), Cards(self)
        self._nobody = Empty(_("Nobody waits to be screened."))
        self._stack = QStackedWidget()
        for page in (self._nobody, self.entry, self.decision, self.cards):
            self._stack.addWidget(page)
        left = rows(line(self._filter, None, self._count, gap=8, margin=(16, 12, 16, 12)), rule(), gap=0)
        left.addWidget(self.table, 1)
        left.addWidget(rule())
        left.addLayout(
            line(label(_("Enter begins   1 yes   0 no   Ctrl+Enter finishes"), "small"), margin=(16, 8, 16, 8))
        )
        box = line(gap=16, margin=(24, 16, 24, 16))
        box.addWidget(sheet(left), 5)
        box.addWidget(sheet(rows(self._stack)), 7)
        self.setLayout(box)

    def refresh(self) -> None:
        """Ask who waits."""
        self.ask(queries.line, then=self._show)

    def _show(self, people: list[Awaiting]) -> None:
        self._people = people
        waiting = sum(one.state == "new" for one in people)
        deciding = sum(one.state == "to decide" for one in people)
        self.tell(
            many("{n} to screen", "{n} to screen", waiting) + " · " + many("{n} to decide", "{n} to decide", deciding)
        )
        self._show_list()

    @Slot()
    def _show_list(self, *_index: Any) -> None:
        wanted = self._filter.currentData()
        shown = [one for one in self._people if wanted in ("", one.state)]
        self._count.setText(many("{n} person", "{n} people", len(shown)))
        self.table.show_rows(shown, key=lambda one: one.person_id)
        if not shown:
            self._stack.setCurrentWidget(self._nobody)

    def _choose(self, one: Awaiting | None) -> None:
        if one is None:
            return
        if one.state == "new":
            self.ask(queries.sheet, one.person_id, then=self._show_sheet)
        else:
            self.decision.show_person(one)
            self._stack.setCurrentWidget(self.decision)

    def _show_sheet(self, found: queries.Sheet) -> None:
        current = self.table.current()
        if current is not None and current.person_id == found.person_id:
            self.entry.show_sheet(found)
            self._stack.setCurrentWidget(self.entry)

    def _begin(self, one: Awaiting) -> None:
        (self.entry if one.state == "new" else self.decision).begin()

    def done(self) -> None:
        """A sheet was recorded: back to the list, where the next one waits."""
        self.table.setFocus()

    def screen_again(self, person_id: int) -> None:
        """A new questionnaire for somebody who has one."""
        self.ask(queries.sheet, person_id, then=self._show_again)

    def _show_again(self, found: queries.Sheet) -> None:
        self.entry.show_sheet(found)
        self._stack.setCurrentWidget(self.entry)
        self.entry.begin()

    @Slot()
    def show_cards(self) -> None:
        """The open safety cards."""
        self.ask(queries.open_cards, then=self._show_cards)

    def _show_cards(self, cards: list[Card]) -> None:
        self.cards.show_cards(cards)
        self._stack.setCurrentWidget(self.cards)

    def unsaved(self) -> str:
        """Questionnaires that were begun and not finished."""
        count = self.entry.drafts()
        return many("{n} questionnaire is half typed.", "{n} questionnaires are half typed.", count) if count else ""

    def show_item(self, item: Any) -> None:
        """A state to look at, the safety cards, or a person."""
        if item == "cards":
            self.show_cards() if self.may(queries.open_cards) else self.said.emit(
                _("Only a screener may open safety cards.")
            )
        elif item in _FILTERS:
            self._filter.setCurrentIndex(_FILTERS.index(item))
        elif isinstance(item, int):
            self.screen_again(item)
