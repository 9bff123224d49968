"""Screening: who waits, the questionnaire of one person, the decision; waiting list, second entries, safety cards."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from cbs_desktop.drafts.queries import Unfinished
from cbs_desktop.exports.rules import OWN, Outgoing, Recipient
from cbs_desktop.overview.lists import ListRequest, people_list
from cbs_desktop.reports import queries as reports
from cbs_desktop.scans.actions import KeptForm
from cbs_desktop.screening import documents as screening_documents
from cbs_desktop.screening import queries, safety
from cbs_desktop.screening.discretion import URGENT, may_know
from cbs_desktop.screening.queries import Awaiting
from cbs_desktop.words import _, many
from ui.desk import Desk
from ui.people_lists import ListWindow
from ui.screen import PageAction, Screen
from ui.screening import blank_forms
from ui.screening.cards import SafetyCards
from ui.screening.decision import DecisionPanel
from ui.screening.entry import EntryForm
from ui.screening.outcomes import BeforeAfter
from ui.screening.twice import Twice
from ui.screening.waiting import WaitingList
from ui.vocabulary import STATES, chip, short_day
from ui.widgets.outgoing import keep, save_as
from ui.widgets.parts import Empty, label, line, rows, rule, sheet
from ui.widgets.table import Column, Table

_FILTERS = (
    "",
    "new",
    "to decide",
    "waiting",
    "refer",
    "multifamily",
    "resilience",
    "other",
    "sociotherapy",
)
_WAITING = 1  # the page of the waiting list


def _filter_word(code: str) -> str:
    if not code:
        return _("Everybody waiting")
    if code == "sociotherapy":
        return _("In sociotherapy: before and after")
    return chip(STATES, code)[1]


def _state(one: Awaiting) -> tuple[str, str]:
    if one.draft:
        return ("info", _("In progress"))
    if one.begun_by and one.state == "new":
        return ("info", _("Begun by {name}").format(name=one.begun_by))
    return chip(STATES, one.state)


def _columns() -> list[Column]:
    return [
        Column(_("Name"), lambda one: one.name, strong=True, stretch=True, width=170),
        Column(
            _("Sex, age"),
            lambda one: f"{one.sex} {one.age if one.age is not None else '?'}",
            width=66,
        ),
        Column(
            _("Since"),
            lambda one: short_day(one.since),
            width=62,
            sort=lambda one: one.since,
        ),
        Column(_("Status"), chip=_state, width=136),
    ]


class Screening(Screen):
    """Questionnaires, decisions, safety cards."""

    word = "screening"
    watches = frozenset({"screening", "participants", "programmes"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._offer_actions()
        self._people: list[Awaiting] = []
        self._filter = QComboBox()
        self._filter.setAccessibleName(_("Status"))
        for code in _FILTERS:
            if code != URGENT or may_know(desk.office.account):
                self._filter.addItem(_filter_word(code), code)
        self._filter.currentIndexChanged.connect(self._show_list)
        self._count = label("", "small")
        self.table = Table(_("People in screening"), _columns())
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._begin)
        self.entry = EntryForm(self)
        self.decision = DecisionPanel(self)
        self.cards = SafetyCards(self)
        self.waiting = WaitingList(self)
        self.twice = Twice(self)
        self.outcomes = BeforeAfter(self)
        self._nobody = Empty(_("Nobody is waiting to be screened."))
        self._stack = QStackedWidget()
        for page in (self._nobody, self.entry, self.decision, self.cards):
            self._stack.addWidget(page)
        self._pages = QStackedWidget()
        for page in (
            self._people_page(),
            sheet(rows(self.waiting)),
            self.twice,
            sheet(rows(self.outcomes)),
        ):
            self._pages.addWidget(page)
        self.setLayout(rows(self._pages, margin=(24, 16, 24, 16)))

    def _offer_actions(self) -> None:
        """The cards come first for whoever may see them."""
        self.page_actions = (
            PageAction(_("Waiting list"), "Ctrl+Shift+W", "waiting", self.show_waiting),
        )
        if self.may(safety.open_cards):
            self.page_actions = (
                PageAction(
                    _("Open safety cards"), "Ctrl+Shift+C", "stop", self.show_cards
                ),
                *self.page_actions,
            )
        self.page_actions += (
            PageAction(
                _("Second entries"),
                "Ctrl+Shift+T",
                "screening",
                self.show_second_entries,
            ),
        )
        if self.may(reports.outcomes):
            self.page_actions += (
                PageAction(
                    _("Before and after"), "Ctrl+Shift+B", "reports", self.show_outcomes
                ),
            )
        self.page_actions += (
            PageAction(
                _("Print this person’s questionnaire"), "", "print", self.print_form
            ),
        )
        if self.may(people_list):
            self.page_actions += (
                PageAction(
                    _("Print or save a list"), "Ctrl+P", "print", self.show_lists
                ),
            )

    def _people_page(self) -> QWidget:
        left = rows(
            line(self._filter, None, self._count, gap=8, margin=(16, 12, 16, 12)),
            rule(),
            gap=0,
        )
        left.addWidget(self.table, 1)
        left.addWidget(rule())
        keys = _("Enter starts   digits answer   9 not answered   Ctrl+Enter finishes")
        left.addLayout(line(label(keys, "small", wrap=True), margin=(16, 8, 16, 8)))
        page = QWidget()
        box = line(gap=16)
        box.addWidget(sheet(left), 6)
        box.addWidget(sheet(rows(self._stack)), 8)
        page.setLayout(box)
        return page

    def refresh(self) -> None:
        """Ask who waits."""
        self.ask(queries.line, then=self._show)

    def _show(self, people: list[Awaiting]) -> None:
        self._people = people
        waiting = sum(one.state == "new" for one in people)
        deciding = sum(one.state == "to decide" for one in people)
        self.tell(
            many("{n} to screen", "{n} to screen", waiting)
            + " · "
            + many("{n} to decide", "{n} to decide", deciding)
        )
        self._show_list()

    @Slot()
    def _show_list(self, *_index: object) -> None:
        wanted = self._filter.currentData()
        shown = [
            one
            for one in self._people
            if one.state == wanted or (not wanted and one.state != "sociotherapy")
        ]
        self._count.setText(many("{n} person", "{n} people", len(shown)))
        self.table.show_rows(shown, key=lambda one: one.person_id)
        if not shown:
            self._stack.setCurrentWidget(self._nobody)

    def show_draft(self, person_id: int, half: bool) -> None:
        """Say in the list that a sheet is half typed, or is not any more."""
        for place, one in enumerate(self.table.rows):
            if one.person_id == person_id and one.draft != half:
                self.table.model_rows.supply(place, [replace(one, draft=half)])

    def _choose(self, one: Awaiting | None) -> None:
        if one is None:
            return
        if one.state == "new":
            self.ask(queries.sheet, one.person_id, then=self._show_sheet)
        else:
            self.decision.show_person(one)
            self._stack.setCurrentWidget(self.decision)

    def _show_sheet(self, found: queries.AnswerSheet) -> None:
        current = self.table.current()
        if current is not None and current.person_id == found.person_id:
            self.entry.show_sheet(found)
            self._stack.setCurrentWidget(self.entry)

    def _begin(self, one: Awaiting) -> None:
        (self.entry if one.state == "new" else self.decision).begin()

    def recorded(self, person_id: int) -> None:
        """A sheet was recorded: the cursor goes to the next person to be screened, who may be typed at once."""
        places = [
            place
            for place, one in enumerate(self.table.rows)
            if one.state == "new" and one.person_id != person_id
        ]
        here = self.table.currentIndex().row()
        if places:
            self.table.choose(
                next((place for place in places if place > here), places[0])
            )
        self.done()

    def done(self) -> None:
        """Something was left or finished: back to the list."""
        self._pages.setCurrentIndex(0)
        self._choose(self.table.current())
        self.table.setFocus()

    def screen_again(self, person_id: int, occasion: str = "screening") -> None:
        """A new questionnaire for somebody who has one."""
        self.ask(
            queries.sheet,
            person_id,
            then=lambda found: self._show_again(found, occasion),
        )

    def go_on(self, form: KeptForm) -> None:
        """A sheet that was read from paper: what is missing is asked for, beside the safety card where it is needed."""

        def show(found: queries.AnswerSheet) -> None:
            self.entry.forget()
            self._show_again(found, "screening")

        self.ask(queries.sheet, form.person_id, None, form.instrument, then=show)

    @Slot()
    def print_form(self) -> None:
        """The questionnaire that is shown, for this person."""
        found = self.entry.sheet
        if found is None or self._stack.currentWidget() is not self.entry:
            self.said.emit(_("Choose a person who is to be screened first."))
            return
        blank_forms.ask_where(self, found.instrument.key, found.person_id)

    def _show_again(self, found: queries.AnswerSheet, occasion: str) -> None:
        self._pages.setCurrentIndex(0)
        self.entry.show_sheet(found, occasion)
        self._stack.setCurrentWidget(self.entry)
        self.entry.begin()

    def look_at(self, person_id: int) -> None:
        """The decision about somebody of the waiting list."""
        self._pages.setCurrentIndex(0)
        self._filter.setCurrentIndex(_FILTERS.index("waiting"))
        self.table.choose(
            next(
                (
                    i
                    for i, one in enumerate(self.table.rows)
                    if one.person_id == person_id
                ),
                0,
            )
        )
        self.table.setFocus()

    @Slot()
    def show_cards(self) -> None:
        """The open safety cards."""
        self.ask(safety.open_cards, then=self._show_cards)

    def _show_cards(self, cards: list[safety.SafetyCardFacts]) -> None:
        self._pages.setCurrentIndex(0)
        self._stack.setCurrentWidget(self.cards)
        self.cards.show_cards(cards)

    @Slot()
    def show_waiting(self) -> None:
        """The waiting list."""
        self._pages.setCurrentIndex(_WAITING)
        self.ask(queries.waiting_list, then=self.waiting.show_list)

    @Slot()
    def show_lists(self) -> None:
        """Lists on paper: who waits, where that is shown, else who is not yet screened."""
        kind = "not-screened"
        if self._pages.currentIndex() == _WAITING:
            kind = "waiting"
        ListWindow(self, ListRequest(kind)).show()

    @Slot()
    def show_second_entries(self) -> None:
        """Papers to be typed a second time, and those to be compared."""
        self._pages.setCurrentIndex(2)
        self.ask(queries.second_entries, then=self.twice.show_list)

    @Slot()
    def show_outcomes(self) -> None:
        """What a round changed."""
        self._pages.setCurrentIndex(3)
        self.ask(queries.questionnaires, then=self.outcomes.show_choices)

    def show_second(self, found: queries.AnswerSheet) -> None:
        """The empty sheet of a second entry."""
        self._show_again(found, "screening")

    def save_slip(self, card_id: int) -> None:
        """The referral slip of a card as a PDF, in a file that the person names; its name tells nobody's."""
        write = partial(self.write_slip, card_id)
        kind = "referral slip"
        title = _("Save referral slip")
        save_as(self, self.desk, kind, title, "referral.pdf", "*.pdf", write)

    def write_slip(self, card_id: int, path: Path, to: Recipient = OWN) -> None:
        """Write the referral slip of a card to a file."""

        def made(content: bytes) -> None:
            said = _("Saved as {file}").format(file=path.name)
            keep(self, Outgoing("referral slip", 1, to), {path: content}, said)

        self.work(
            _("Saving the slip"),
            screening_documents.referral_slip,
            self.desk.office,
            card_id,
            then=made,
            takes_progress=False,
        )

    def unsaved(self) -> str:
        """What would be lost if the window closed now."""
        return self.entry.unsaved()

    def _open_unfinished(self, one: Unfinished) -> None:
        """A decision or a safety card that somebody began."""
        if one.form == "screening.decide":
            self.ask(queries.line, then=partial(self._show_decision, one.about))
        else:
            self.ask(safety.open_cards, then=partial(self._open_card, one))

    def _show_decision(self, person_id: int, people: list[Awaiting]) -> None:
        self._pages.setCurrentIndex(0)
        self._show(people)
        for one in people:
            if one.person_id == person_id:
                self._filter.setCurrentIndex(_FILTERS.index(one.state))
                places = [each.person_id for each in self.table.rows]
                self.table.choose(places.index(person_id))
                self.decision.show_person(one)
                self._stack.setCurrentWidget(self.decision)
                self.decision.begin()

    def _open_card(self, one: Unfinished, cards: list[safety.SafetyCardFacts]) -> None:
        self._show_cards(cards)
        self.cards.open_form(one.about, closing=one.form == "screening.close_card")

    def show_item(self, item: object) -> None:
        """A state to look at, the safety cards, the second entries, or a person."""
        if item == "cards":
            self.show_cards() if self.may(safety.open_cards) else self.said.emit(
                _("Only a screener may open safety cards.")
            )
        elif item == "again":
            self.show_second_entries()
        elif item == "waiting list":
            self.show_waiting()
        elif item == "outcomes" and self.may(reports.outcomes):
            self.show_outcomes()
        elif item in _FILTERS:
            self._pages.setCurrentIndex(0)
            self._filter.setCurrentIndex(_FILTERS.index(item))
        elif isinstance(item, Unfinished):
            self._open_unfinished(item)
        elif isinstance(item, KeptForm):
            self.go_on(item)
        elif isinstance(item, int):
            self.screen_again(item)
