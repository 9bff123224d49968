"""The decision about one person: what the sheet says for those who may see it, and which way the person goes."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QButtonGroup, QComboBox, QLineEdit, QWidget

from cbs_desktop.screening import actions, queries, rules
from cbs_desktop.screening.queries import Awaiting, Result
from cbs_desktop.words import _
from ui.vocabulary import PATHWAYS, SEXES, STATES, chip, full_day, word
from ui.widgets.parts import Chip, button, label, line, rows, rule, scrolled, sheet

if TYPE_CHECKING:
    from ui.screening.line import Screening


class Decision(QWidget):
    """Score against its cut-off with operator and source, the proposal, and the four ways to choose from."""

    def __init__(self, screen: "Screening") -> None:
        super().__init__()
        self._screen = screen
        self._one: Awaiting | None = None
        self._round_id = 0
        self._name, self._about, self._state = label("", "title"), label("", "small", wrap=True), Chip()
        self._total, self._against, self._source = (
            label("", "figure"),
            label("", "strong", wrap=True),
            label("", "small", wrap=True),
        )
        self._risk, self._proposed = Chip(), label("", wrap=True)
        self._sealed = Chip("sealed", _("Sealed: only the screener sees the answers and the score"))
        self._score = sheet(
            rows(line(self._total, self._against, None), self._source, self._risk, gap=6, margin=(14, 10, 14, 10)),
            "sealed",
        )
        self.ways: dict[str, Any] = {}
        self._group = QButtonGroup(self)
        self._track, self._reason = QComboBox(), QLineEdit()
        for code, text in (
            ("", _("The group of their age")),
            ("youth", _("A youth group")),
            ("adult", _("An adults' group")),
        ):
            self._track.addItem(text, code)
        self._track.setAccessibleName(_("Group wished"))
        self._reason.setAccessibleName(_("Reason, in a few words"))
        self._reason.setMaxLength(rules.OUTCOME_MOST)
        self.decide_button = button(_("Decide"), self._decide, "main", "check", "Ctrl+Enter")
        self._build()

    def _build(self) -> None:
        head = line(gap=8)
        head.addLayout(rows(self._name, self._about, gap=0), 1)
        head.addWidget(self._state)
        ways = line(gap=8)
        for code, text in PATHWAYS.items():
            made = button(_(text), None, "choice")
            made.setCheckable(True)
            self._group.addButton(made)
            self.ways[code] = made
            ways.addWidget(made)
        ways.addStretch(1)
        again = button(_("Screen again"), self._again, "plain", "screening")
        inside = QWidget()
        inside.setLayout(
            rows(
                head,
                rule(),
                self._score,
                self._sealed,
                self._proposed,
                label(_("Which way"), "head"),
                ways,
                label(_("Group wished (youth and adults meet apart)"), "small"),
                self._track,
                label(_("Reason, in a few words (no stories)"), "small"),
                self._reason,
                None,
                line(again, None, self.decide_button),
                gap=10,
                margin=(16, 14, 16, 14),
            )
        )
        self.setLayout(rows(scrolled(inside)))

    def show_person(self, one: Awaiting) -> None:
        """Show somebody who was screened."""
        self._one = one
        self._name.setText(one.name)
        age = "?" if one.age is None else str(one.age)
        self._about.setText(f"{one.number} · {word(SEXES, one.sex)}, {age} · {one.place} · {full_day(one.since)}")
        self._state.tell(*chip(STATES, one.state))
        self._group.setExclusive(False)
        for code, made in self.ways.items():
            made.setChecked(code == one.state)
        self._group.setExclusive(True)
        self._reason.clear()
        self._track.setCurrentIndex(0)
        self._score.hide()
        self._proposed.setText("")
        may_see, may_decide = self._screen.may(queries.result), self._screen.may(actions.decide)
        self._sealed.setVisible(not may_see)
        self.decide_button.setEnabled(may_decide)
        for made in self.ways.values():
            made.setEnabled(may_decide)
        if may_see:
            self._screen.ask(queries.result, one.person_id, then=partial(self._show_result, one))

    def _show_result(self, one: Awaiting, found: Result | None) -> None:
        if found is None or self._one != one:
            return
        cutoff, total = found.score.cutoff, found.score.total
        self._total.setText(str(total))
        self._score.show()
        if cutoff is None:
            self._against.setText(
                _("of {n}; no cut-off is published for this sex").format(n=len(found.instrument.items))
            )
            self._source.setText("")
        else:
            verdict = _("reached") if found.score.reached else _("not reached")
            self._against.setText(
                _("of {n}: cut-off {operator} {value} {verdict}").format(
                    n=len(found.instrument.items),
                    operator=cutoff.operator.replace(">=", "≥"),
                    value=cutoff.value,
                    verdict=verdict,
                )
            )
            self._source.setText(
                _("Cut-off for {sex}: {source}. A screening result, never a diagnosis.").format(
                    sex=word(SEXES, one.sex), source=cutoff.source
                )
            )
        risk = ", ".join(map(str, found.score.risk))
        self._risk.tell("stop", _("Risk question {numbers} answered").format(numbers=risk) if risk else "")
        self._proposed.setText(_("The sheet suggests: {way}. You decide.").format(way=word(PATHWAYS, found.proposed)))
        if one.state == "to decide":
            self.ways[found.proposed].setChecked(True)

    def begin(self) -> None:
        """Put the cursor on the ways."""
        next(iter(self.ways.values())).setFocus()

    def _decide(self) -> None:
        chosen = next((code for code, made in self.ways.items() if made.isChecked()), None)
        if chosen is None or self._one is None:
            self._screen.said.emit(_("Choose one of the four ways first."))
            return
        from cbs_desktop.programmes.queries import rounds

        values = (self._one.person_id, chosen, self._reason.text(), self._track.currentData())
        self._screen.ask(rounds, then=lambda found: self._screen.do(actions.decide, found[0].id, *values))

    def _again(self) -> None:
        if self._one is not None:
            self._screen.screen_again(self._one.person_id)

    def keyPressEvent(self, event: Any) -> None:
        """Ctrl+Enter decides."""
        from PySide6.QtCore import Qt

        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._decide()
        else:
            super().keyPressEvent(event)
