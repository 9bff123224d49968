"""Typing a questionnaire in the order of the paper: 1 and 0 answer and go on; a risk item opens the safety card beside it."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QScrollArea, QWidget

from cbs_desktop import clock
from cbs_desktop.screening import actions, rules
from cbs_desktop.screening.actions import Answers
from cbs_desktop.screening.queries import Sheet
from cbs_desktop.screening.rules import Instrument, Item, SafetyCard
from cbs_desktop.words import _
from ui.vocabulary import SEXES, word
from ui.widgets.form import Field, Form
from ui.widgets.parts import Chip, button, clear, label, line, rows, rule, scrolled, sheet

if TYPE_CHECKING:
    from ui.screening.line import Screening


class Question(QFrame):
    """One line of the paper: number, topic, a button for each answer."""

    answered = Signal(int, int)

    def __init__(self, item: Item, answers: tuple[tuple[int, str], ...]) -> None:
        super().__init__()
        self.item = item
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        box = line(gap=8, margin=(12, 3, 12, 3))
        number = label(str(item.number), "second")
        number.setFixedWidth(26)
        box.addWidget(number)
        box.addWidget(label(_(item.topic), wrap=True), 1)
        for value, text in answers:
            made = button(_(text), None, "choice")
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setAccessibleName(f"{item.number}. {_(item.topic)}: {_(text)}")
            self._group.addButton(made, value)
            box.addWidget(made)
        self._group.idClicked.connect(self._tell)
        self.setLayout(box)

    def _tell(self, value: int) -> None:
        self.answered.emit(self.item.number, value)

    def show_answer(self, value: int | None) -> None:
        """Show an answer, or none."""
        self._group.setExclusive(False)
        for each in self._group.buttons():
            each.setChecked(self._group.id(each) == value)
        self._group.setExclusive(True)

    def show_here(self, here: bool) -> None:
        """Whether the keys go to this question."""
        self.setProperty("panel", "sunken" if here else "")
        self.style().unpolish(self)
        self.style().polish(self)


class Questions(QWidget):
    """All questions; digits answer the one that is marked and go on, arrows move, Delete takes an answer away."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.answers: dict[int, int] = {}
        self._here = 0
        self._lines: list[Question] = []
        self._values: set[int] = set()
        self._box = rows(gap=1)
        self.setLayout(self._box)
        self.area: QScrollArea | None = None

    def show_form(self, form: Instrument, answers: dict[int, int]) -> None:
        """Show a questionnaire with the answers given so far."""
        self.answers, self._values = answers, {value for value, _word in form.answers}
        clear(self._box)
        self._lines = [Question(item, form.answers) for item in form.items]
        for each in self._lines:
            each.show_answer(answers.get(each.item.number))
            each.answered.connect(self._answer)
            self._box.addWidget(each)
        open_ones = [i for i, each in enumerate(self._lines) if each.item.number not in answers]
        self._go(open_ones[0] if open_ones else 0)

    def _answer(self, number: int, value: int) -> None:
        self.answers[number] = value
        self._lines[number - 1].show_answer(value)
        self._go(min(number, len(self._lines) - 1))
        self.setFocus()
        self.changed.emit()

    def _go(self, place: int) -> None:
        if not self._lines:
            return
        self._lines[min(self._here, len(self._lines) - 1)].show_here(False)
        self._here = place
        self._lines[place].show_here(True)
        if self.area is not None:
            self.area.ensureWidgetVisible(self._lines[place], 0, 90)
        item = self._lines[place].item
        self.setAccessibleName(_("Question {n}: {topic}").format(n=item.number, topic=_(item.topic)))

    def event(self, event: QEvent) -> bool:
        """Keys of the questions are theirs before the window's."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.text().isdigit():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer, move, take away."""
        key, text = event.key(), event.text()
        number = self._lines[self._here].item.number if self._lines else 0
        if text.isdigit() and int(text) in self._values:
            self._answer(number, int(text))
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._go(max(0, min(len(self._lines) - 1, self._here + (1 if key == Qt.Key.Key_Down else -1))))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.answers.pop(number, None)
            self._lines[self._here].show_answer(None)
            self.changed.emit()
        else:
            super().keyPressEvent(event)


class Entry(QWidget):
    """The sheet of one person. What was typed stays until it is recorded, whoever is looked at in between."""

    def __init__(self, screen: "Screening") -> None:
        super().__init__()
        self._screen = screen
        self._sheet: Sheet | None = None
        self._drafts: dict[int, dict[int, int]] = {}
        self._name, self._about = label("", "title"), label("", "small", wrap=True)
        self._count, self._consent = Chip(), Chip()
        self.day = Form([Field("taken_on", _("Date on the sheet"), "date", needed=True)], columns=1)
        self.questions = Questions()
        self.questions.changed.connect(self._tell)
        self._area = scrolled(self.questions)
        self.questions.area = self._area
        self._area.setMinimumHeight(90)
        self.card = Form(_card_fields(), columns=2)
        self._card_panel = sheet(
            rows(
                label(
                    _("A risk question was answered yes. Please do this now, before you finish the sheet."),
                    "strong",
                    wrap=True,
                ),
                self.card,
                gap=10,
                margin=(14, 10, 14, 12),
            ),
            "stop",
        )
        self.finish_button = button(_("Finish"), self.finish, "main", "check", "Ctrl+Enter")
        self._missing = label("", "small", wrap=True)
        self._build()

    def _build(self) -> None:
        head = line(gap=8)
        head.addLayout(rows(self._name, self._about, gap=0), 1)
        head.addLayout(rows(self._count, self._consent, gap=4))
        head.addWidget(self.day)
        box = rows(gap=8, margin=(16, 12, 16, 12))
        box.addLayout(head)
        box.addWidget(rule())
        box.addWidget(self._area, 1)
        box.addWidget(self._card_panel)
        foot = line(gap=12)
        foot.addWidget(self._missing, 1)
        foot.addWidget(self.finish_button)
        box.addLayout(foot)
        self.setLayout(box)

    def show_sheet(self, found: Sheet) -> None:
        """The sheet of a person, with what was typed of it already."""
        if self._sheet is not None and self._sheet.person_id == found.person_id and self.questions.answers:
            return
        self._sheet = found
        form = found.instrument
        self._name.setText(found.name)
        age = "?" if found.age is None else str(found.age)
        self._about.setText(f"{found.number} · {word(SEXES, found.sex)}, {age} · {form.title}. {_(form.recall)}")
        self._consent.tell(*(("ok", _("Consent is noted")) if found.consent else ("stop", _("No consent noted"))))
        today = clock.day_of(clock.now())
        self.day.show_values({"taken_on": today})
        self.card.show_values(
            {"told": "", "told_on": today, "safe_now": "", "referred_to": "", "see_again_on": today + timedelta(days=7)}
        )
        self.questions.show_form(form, self._drafts.setdefault(found.person_id, {}))
        self._tell()

    def drafts(self) -> int:
        """How many sheets were begun and not finished."""
        return sum(bool(answers) for answers in self._drafts.values())

    def begin(self) -> None:
        """Put the cursor on the first open question."""
        self.questions.setFocus()

    @Slot()
    def _tell(self) -> None:
        if self._sheet is None:
            return
        form, answers = self._sheet.instrument, self.questions.answers
        risk = bool(rules.risk_items(form, answers))
        self._card_panel.setVisible(risk)
        self._count.tell("info" if len(answers) < len(form.items) else "ok", f"{len(answers)} / {len(form.items)}")
        missing = [str(item.number) for item in form.items if item.number not in answers]
        self._missing.setText(
            _("Still open: {numbers}").format(numbers=", ".join(missing))
            if missing
            else _("Complete. The answers are sealed when you finish.")
        )

    @Slot()
    def finish(self) -> None:
        """Record the sheet; what is missing is said, and nothing typed is lost."""
        if self._sheet is None:
            return
        card = None
        if rules.risk_items(self._sheet.instrument, self.questions.answers):
            values = self.card.values()
            if values["safe_now"] == "":
                values["safe_now"] = False
            card = SafetyCard(**values)
        sheet = Answers(self._sheet.person_id, self.day.values()["taken_on"], dict(self.questions.answers), card)
        self.finish_button.setEnabled(False)
        self._screen.desk.do(
            self, actions.record, self._sheet.round_id, sheet, then=self._recorded, failed=self._failed
        )

    def _recorded(self, _assessment: int) -> None:
        self.finish_button.setEnabled(True)
        if self._sheet is not None:
            self._drafts.pop(self._sheet.person_id, None)
            self.questions.answers = {}
            self._sheet = None
        self._screen.done()

    def _failed(self, problem: BaseException) -> None:
        from cbs_desktop.errors import Invalid

        self.finish_button.setEnabled(True)
        rest: Any = problem
        if isinstance(problem, Invalid):
            rest = self.card.show_faults(self.day.show_faults(problem.faults))
            if rest:
                rest = Invalid(rest)
        if rest:
            self._screen.problem.emit(rest)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter finishes from every field; Esc goes back to the list and keeps what was typed."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.finish()
        elif event.key() == Qt.Key.Key_Escape:
            self._screen.done()
        else:
            super().keyPressEvent(event)


def _card_fields() -> list[Field]:
    safe = [("", _("choose")), (True, _("yes, safe now")), (False, _("no, or not sure"))]
    return [
        Field("told", _("Who was told"), needed=True),
        Field("told_on", _("On which day"), "date", needed=True),
        Field("safe_now", _("Is the person safe now?"), "choice", choices=safe),
        Field("referred_to", _("Referred to")),
        Field("see_again_on", _("To be seen again on"), "date", needed=True),
    ]
