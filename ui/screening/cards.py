"""Open safety cards, for those who may know: whom to see next, and closing one with its outcome."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cbs_desktop.screening import actions
from cbs_desktop.screening.queries import Card
from cbs_desktop.words import _, many
from ui.vocabulary import full_day
from ui.widgets.dialog import Dialog
from ui.widgets.form import Field, Form
from ui.widgets.parts import Facts, button, label, line, rows, rule
from ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from ui.screening.line import Screening


class Cards(QWidget):
    """The list, the card that is chosen, and the button that closes it."""

    def __init__(self, screen: "Screening") -> None:
        super().__init__()
        self._screen = screen
        self._head, self._facts = label("", "head"), Facts()
        self.table = Table(
            _("Open safety cards"),
            [
                Column(_("Name"), lambda one: one.name, strong=True, stretch=True, width=180),
                Column(
                    _("See again"), lambda one: full_day(one.see_again_on), width=120, sort=lambda one: one.see_again_on
                ),
                Column(
                    _("Safe now"),
                    chip=lambda one: ("ok", _("safe")) if one.safe_now else ("stop", _("not safe")),
                    width=110,
                ),
            ],
        )
        self.table.chosen.connect(self._choose)
        self._close = button(_("Close this card"), self._ask, "main", "check")
        box = rows(line(self._head, None, margin=(16, 12, 16, 8)), rule(), gap=0)
        box.addWidget(self.table, 1)
        box.addWidget(rule())
        box.addLayout(rows(self._facts, line(None, self._close), gap=8, margin=(16, 12, 16, 12)))
        self.setLayout(box)

    def show_cards(self, cards: list[Card]) -> None:
        """Show the open cards."""
        self._head.setText(many("{n} open safety card", "{n} open safety cards", len(cards)))
        self._close.setEnabled(bool(cards))
        self.table.show_rows(cards)
        self.table.setFocus()

    def _choose(self, card: Card | None) -> None:
        facts = []
        if card is not None:
            told = _("{who}, {day}").format(who=card.told, day=full_day(card.told_on))
            facts = [(_("Number"), card.number), (_("Told"), told), (_("Referred to"), card.referred_to)]
        self._facts.show_facts(facts)

    def _ask(self) -> None:
        card = self.table.current()
        if card is None:
            return
        form = Form([Field("outcome", _("What came of it, in a few words (no stories)"), needed=True)], columns=1)
        dialog = Dialog(self, _("Close the card of {name}").format(name=card.name), form, _("Close the card"))

        def close(values: dict[str, str]) -> None:
            self._screen.desk.do(
                dialog, actions.close_card, card.id, values["outcome"], then=done, failed=dialog.failed
            )

        def done(_value: object) -> None:
            dialog.well()
            self._screen.show_cards()

        dialog.accepted_with.connect(close)
        dialog.show()
