"""Open safety cards, for those who may know: whom to see next, noting that the person was seen, closing with an outcome."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from cbs_desktop import clock
from cbs_desktop.screening import rules, safety
from cbs_desktop.screening.safety import SafetyCardFacts
from cbs_desktop.words import _, many
from ui.screening import card
from ui.vocabulary import full_day
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form, FormValues
from ui.widgets.parts import Facts, button, label, line, rows, rule
from ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from ui.screening.line import Screening


def _again(day: date) -> tuple[str, str]:
    due = day <= clock.day_of(clock.now())
    if due:
        return ("stop", _("due {day}").format(day=full_day(day)))
    return ("info", full_day(day))


def cause_chip(one: SafetyCardFacts) -> tuple[str, str]:
    """Whether the risk question was answered, or nobody knows."""
    if one.cause == rules.NOT_ANSWERED:
        return "info", _("not answered")
    return "stop", _("answered")


class SafetyCards(QWidget):
    """The list, the card that is chosen, and what can be done with it."""

    def __init__(self, screen: "Screening") -> None:
        super().__init__()
        self._screen = screen
        self._head = label("", "head")
        self._facts = Facts()
        self.table = Table(
            _("Open safety cards"),
            [
                Column(
                    _("Name"),
                    lambda one: one.name,
                    strong=True,
                    stretch=True,
                    width=150,
                ),
                Column(_("Risk question"), chip=cause_chip, width=110),
                Column(
                    _("Open for"),
                    lambda one: many("{n} day", "{n} days", one.days_open),
                    width=80,
                    sort=lambda one: one.days_open,
                ),
                Column(
                    _("Follow-up date"),
                    chip=lambda one: _again(one.card.see_again_on),
                    width=170,
                ),
                Column(
                    _("Safe now"),
                    chip=lambda one: (
                        ("ok", _("safe"))
                        if one.card.safe_now
                        else ("stop", _("not safe"))
                    ),
                    width=100,
                ),
            ],
        )
        self.table.chosen.connect(self._choose)
        self._seen = button(_("Record follow-up…"), self._ask_seen, "", "visit")
        self._slip = button(_("Referral slip…"), self._print_slip, "", "print")
        self._close = button(_("Close card…"), self._ask_outcome, "main", "check")
        box = rows(line(self._head, None, margin=(16, 12, 16, 8)), rule(), gap=0)
        box.addWidget(self.table, 1)
        box.addWidget(rule())
        foot = line(self._seen, self._slip, None, self._close, gap=8)
        box.addLayout(rows(self._facts, foot, gap=8, margin=(16, 12, 16, 12)))
        self.setLayout(box)

    def show_cards(self, cards: list[SafetyCardFacts]) -> None:
        """Show the open cards."""
        self._head.setText(
            many("{n} open safety card", "{n} open safety cards", len(cards))
        )
        for made in (self._close, self._seen, self._slip):
            made.setEnabled(bool(cards))
        self.table.show_rows(cards, key=lambda one: one.id)
        self.table.setFocus()

    def open_form(self, card_id: int, closing: bool) -> None:
        """Go on with the form about a card, if it still is open: its follow-up, or its end."""
        places = [one.id for one in self.table.rows]
        if card_id in places:
            self.table.choose(places.index(card_id))
            if closing:
                self._ask_outcome()
            else:
                self._ask_seen()

    def _choose(self, one: SafetyCardFacts | None) -> None:
        facts = []
        if one is not None:
            told = _("{who}, {day}").format(
                who=one.card.told, day=full_day(one.card.told_on)
            )
            facts = [
                (_("Number"), f"{one.number} · {one.place}"),
                (_("Told"), told),
                (_("Referred to"), one.card.referred_to),
            ]
        self._facts.show_facts(facts)

    def _ask_seen(self) -> None:
        one = self.table.current()
        if one is None:
            return
        form = card.card_form()
        today = clock.day_of(clock.now())
        kept = {
            "told": one.card.told,
            "referred_to": one.card.referred_to,
            "safe_now": one.card.safe_now,
        }
        form.show_values({**card.empty(today), **kept})
        self._screen.ask(
            safety.services, then=lambda services: card.offer(form, services)
        )
        dialog = Dialog(
            self,
            _("Follow-up for {name}").format(name=one.name),
            form,
            _("Keep the card open"),
            ends_in=safety.follow_up,
            about=one.id,
        )
        self._finish(
            dialog,
            lambda _values, done: self._screen.desk.do(
                dialog,
                safety.follow_up,
                one.id,
                card.typed(form),
                then=done,
                failed=dialog.failed,
            ),
        )

    def _ask_outcome(self) -> None:
        one = self.table.current()
        if one is None:
            return
        form = Form(
            [
                Field(
                    "outcome",
                    _("Outcome, in a few words, without stories"),
                    needed=True,
                )
            ],
            columns=1,
        )
        dialog = Dialog(
            self,
            _("Close the card for {name}").format(name=one.name),
            form,
            _("Close the card"),
            ends_in=safety.close_card,
            about=one.id,
        )
        self._finish(
            dialog,
            lambda values, done: self._screen.desk.do(
                dialog,
                safety.close_card,
                one.id,
                values["outcome"],
                then=done,
                failed=dialog.failed,
            ),
        )

    def _finish(
        self, dialog: Dialog, save: Callable[[FormValues, Callable[[None], None]], None]
    ) -> None:
        """Show a dialog; `save` is given its values, and what is to be called when they are kept."""

        def done(_value: object) -> None:
            dialog.well()
            self._screen.show_cards()

        dialog.accepted_with.connect(lambda values: save(values, done))
        dialog.show()

    def _print_slip(self) -> None:
        one = self.table.current()
        if one is not None:
            self._screen.save_slip(one.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list of people."""
        if event.key() == Qt.Key.Key_Escape:
            self._screen.done()
        else:
            super().keyPressEvent(event)
