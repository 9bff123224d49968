"""Second entries: papers to be typed again by somebody else, and the two entries compared question by question."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QWidget

from cbs_desktop.screening import actions, queries, results
from cbs_desktop.screening.instrument import Instrument, pick
from cbs_desktop.screening.queries import Again
from cbs_desktop.screening.results import NOT_ASKED, Comparison
from cbs_desktop.words import _, language, many
from ui.vocabulary import SECOND, chip, short_day
from ui.widgets.parts import (
    Empty,
    button,
    clear,
    label,
    line,
    rows,
    rule,
    scrolled,
    sheet,
)
from ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from ui.screening.line import Screening


def _table() -> Table:
    return Table(
        _("Second entries"),
        [
            Column(
                _("Name"),
                lambda one: one.name,
                strong=True,
                stretch=True,
                width=150,
            ),
            Column(_("Questionnaire"), lambda one: one.instrument, width=62),
            Column(
                _("Of"),
                lambda one: short_day(one.taken_on),
                width=62,
                sort=lambda one: one.taken_on,
            ),
            Column(_("Status"), chip=lambda one: chip(SECOND, one.second), width=146),
        ],
    )


class Twice(QWidget):
    """The papers on the left, the comparison of the chosen one on the right."""

    def __init__(self, screen: "Screening") -> None:
        super().__init__()
        self._screen = screen
        self._found: Comparison | None = None
        self._choices: dict[int, QButtonGroup] = {}
        self._head = label("", "head")
        self._title = label("", "strong", wrap=True)
        self.table = _table()
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._open)
        self._nothing = Empty("")
        self._lines = rows(gap=6)
        self.settle_button = button(
            _("Save what the paper says"),
            self._settle,
            "main",
            "check",
            "Ctrl+Enter",
        )
        inside = QWidget()
        inside.setLayout(
            rows(self._title, self._lines, None, gap=10, margin=(16, 12, 16, 12))
        )
        compare = QWidget()
        box = rows(
            scrolled(inside),
            rule(),
            line(None, self.settle_button, margin=(16, 8, 16, 8)),
            gap=0,
        )
        compare.setLayout(box)
        self._stack = QStackedWidget()
        for page in (self._nothing, compare):
            self._stack.addWidget(page)
        self._compare = compare
        back = button(_("Back to screening"), lambda: screen.done(), "plain", tip="Esc")
        left = rows(line(self._head, None, back, margin=(16, 12, 16, 8)), rule(), gap=0)
        left.addWidget(self.table, 1)
        whole = line(gap=16)
        whole.addWidget(sheet(left), 5)
        whole.addWidget(sheet(rows(self._stack)), 6)
        self.setLayout(whole)

    def show_list(self, found: list[Again]) -> None:
        """Show what is to be typed again or compared."""
        self._head.setText(many("{n} second entry", "{n} second entries", len(found)))
        self.table.show_rows(found, key=lambda one: one.assessment_id)
        if not found:
            self._say(_("Nothing is due for second entry."))
        self.table.setFocus()

    def _say(self, sentence: str) -> None:
        self._nothing.tell(sentence)
        self._stack.setCurrentWidget(self._nothing)

    def _choose(self, one: Again | None) -> None:
        if one is None:
            return
        mine = one.typed_by == self._screen.desk.office.account.name
        if one.second == "due":
            self._say(
                _("You made the first entry: somebody else must make the second.")
                if mine
                else _(
                    "Enter starts. Enter the paper without looking at the first entry."
                )
            )
        elif not self._screen.may(results.comparison):
            self._say(_("Both entries are sealed: a screener compares them."))
        else:
            self._screen.ask(results.comparison, one.assessment_id, then=self._show)

    def _open(self, one: Again) -> None:
        if one.second == "due":
            self._screen.ask(
                queries.second_sheet, one.assessment_id, then=self._screen.show_second
            )
        elif self._choices:
            next(iter(self._choices.values())).buttons()[0].setFocus()
        else:
            self.settle_button.setFocus()

    def _show(self, found: Comparison) -> None:
        self._found = found
        self._choices = {}
        clear(self._lines)
        title = pick(found.instrument.title, language())
        who = _("{name} · {title}").format(name=found.name, title=title)
        if not found.differences:
            self._title.setText(who + "\n" + _("The two entries match."))
        else:
            differ = many(
                "{n} question differs", "{n} questions differ", len(found.differences)
            )
            told = _("Check the paper and choose what it says.")
            self._title.setText(f"{who}\n{differ}. {told}")
        for one in found.differences:
            self._lines.addLayout(self._line(found, one.number, one.first, one.second))
        self._stack.setCurrentWidget(self._compare)

    def _line(
        self, found: Comparison, number: int, first: int | None, second: int | None
    ) -> QHBoxLayout:
        item = found.instrument.item(number)
        group = QButtonGroup(self)
        self._choices[number] = group
        box = line(gap=8)
        box.addWidget(label(f"{number}. {pick(item.topic, language())}", wrap=True), 1)
        for place, (value, who) in enumerate(
            ((first, found.first_by), (second, found.second_by))
        ):
            made = button(
                f"{self._word(found.instrument, number, value)} ({who})", None, "choice"
            )
            made.setCheckable(True)
            made.setAccessibleName(
                f"{number}. {self._word(found.instrument, number, value)}, {who}"
            )
            group.addButton(made, place)
            box.addWidget(made)
        return box

    def _word(self, form: Instrument, number: int, value: int | None) -> str:
        if value == NOT_ASKED:
            return _("not asked")
        words = {v: f"{v} {pick(w, language())}" for v, w in form.item(number).answers}
        if value is None:
            return _("not answered")
        return words[value]

    def _settle(self) -> None:
        found = self._found
        if found is None:
            return
        chosen = {
            one.number: (one.first, one.second)[place]
            for one in found.differences
            if (place := self._choices[one.number].checkedId()) >= 0
        }
        self._screen.do(
            actions.settle,
            found.assessment_id,
            chosen,
            then=lambda _value: self._screen.show_second_entries(),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter ends a comparison; Esc goes back to the list of people."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self._screen.done()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self._settle()
        else:
            super().keyPressEvent(event)
