"""The questions of a sheet in the order of the paper: a digit answers and goes on, 9 says that the paper was left blank."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QScrollArea, QWidget

from cbs_desktop.screening import scoring
from cbs_desktop.screening.instrument import Instrument, Item, pick
from cbs_desktop.words import _, language
from ui.widgets.parts import button, clear, label, line, rows

BLANK_KEY = 9
_WORDS_FIT = 26  # letters: longer answers are told once above the questions, and the buttons show their number


class Question(QFrame):
    """One line of the paper: number, topic, a button for each answer."""

    answered = Signal(int, object)

    def __init__(self, item: Item, in_words: bool) -> None:
        super().__init__()
        self.item = item
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        box = line(gap=6, margin=(12, 3, 12, 3))
        number = label(str(item.number), "second")
        number.setFixedWidth(26)
        box.addWidget(number)
        topic = pick(item.topic, language())
        box.addWidget(label(topic, wrap=True), 1)
        for value, words in item.answers:
            word = pick(words, language())
            self._add(
                box,
                value,
                word if in_words else str(value),
                f"{item.number}. {topic}: {word}",
            )
        self._add(
            box,
            BLANK_KEY,
            "–",
            f"{item.number}. {topic}: " + _("not answered on the paper"),
        )
        self._group.idClicked.connect(self._tell)
        self.setLayout(box)

    def _add(self, box: QHBoxLayout, value: int, text: str, name: str) -> None:
        made = button(text, None, "choice")
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setAccessibleName(name)
        made.setToolTip(name.partition(": ")[2])
        self._group.addButton(made, value)
        box.addWidget(made)

    def _tell(self, value: int) -> None:
        self.answered.emit(self.item.number, None if value == BLANK_KEY else value)

    def show_answer(self, answers: scoring.Answers) -> None:
        """Show the answer of a sheet to this question, or none."""
        number = self.item.number
        if number not in answers:
            shown = None
        elif answers[number] is None:
            shown = BLANK_KEY
        else:
            shown = answers[number]
        for each in self._group.buttons():
            each.setChecked(self._group.id(each) == shown)

    def show_here(self, here: bool) -> None:
        """Whether the keys go to this question."""
        self.setProperty("panel", "sunken" if here else "")
        self.style().unpolish(self)
        self.style().polish(self)


class Questions(QWidget):
    """All questions; digits answer the one that is marked and go on, arrows move, Delete takes an answer away."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.answers: dict[int, int | None] = {}
        self.form: Instrument | None = None
        self.area: QScrollArea | None = None
        self._here = 0
        self._lines: list[Question] = []
        self._box = rows(gap=1)
        self.setLayout(self._box)

    def show_form(self, form: Instrument, answers: dict[int, int | None]) -> None:
        """Show a questionnaire with the answers given so far."""
        self.answers = answers
        self.form = form
        self._here = 0
        clear(self._box)
        in_words = not self.legend()
        self._lines = [Question(item, in_words) for item in form.items]
        for each in self._lines:
            each.show_answer(answers)
            each.answered.connect(self._answer)
            self._box.addWidget(each)
        self._box.addStretch(1)
        self._show_asked()
        open_ones = scoring.open_questions(form, answers)
        self._go(self._place(open_ones[0]) if open_ones else 0)

    def legend(self) -> str:
        """What the numbers on the buttons mean; empty when the buttons show words."""
        items = self.form.items if self.form is not None else ()
        sets = dict.fromkeys(
            tuple((value, pick(words, language())) for value, words in item.answers)
            for item in items
        )
        if all(sum(len(word) for _value, word in each) <= _WORDS_FIT for each in sets):
            return ""
        return "\n".join(
            "    ".join(f"{value} {word}" for value, word in each) for each in sets
        )

    def _place(self, number: int) -> int:
        return next(
            i for i, each in enumerate(self._lines) if each.item.number == number
        )

    def _show_asked(self) -> None:
        """Hide what is skipped after the answers so far; an answer to it would not be on the paper."""
        if self.form is None or all(item.ask_if is None for item in self.form.items):
            return
        asked = {item.number for item in scoring.asked(self.form, self.answers)}
        for each in self._lines:
            each.setVisible(each.item.number in asked)
            if each.item.number not in asked and each.item.number in self.answers:
                del self.answers[each.item.number]
                each.show_answer(self.answers)

    def _answer(self, number: int, value: int | None) -> None:
        place = self._place(number)
        self.answers[number] = value
        self._lines[place].show_answer(self.answers)
        self._show_asked()
        self._go(self._next(place, 1))
        self.setFocus()
        self.changed.emit()

    def _next(self, place: int, step: int) -> int:
        """The next question that is asked in a direction, or the same at the end."""
        there = place + step
        while 0 <= there < len(self._lines) and self._lines[there].isHidden():
            there += step
        if 0 <= there < len(self._lines):
            return there
        return place

    def _go(self, place: int) -> None:
        if not self._lines:
            return
        self._lines[min(self._here, len(self._lines) - 1)].show_here(False)
        self._here = place
        self._lines[place].show_here(True)
        if self.area is not None:
            self.area.ensureWidgetVisible(self._lines[place], 0, 90)
        item = self._lines[place].item
        self.setAccessibleName(
            _("Question {n}: {topic}").format(
                n=item.number, topic=pick(item.topic, language())
            )
        )

    def event(self, event: QEvent) -> bool:
        """Keys of the questions are theirs before the window's."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.text().isdigit()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer, move, take away."""
        key = event.key()
        text = event.text()
        item = self._lines[self._here].item if self._lines else None
        if item is not None and text.isascii() and text.isdigit():
            self._digit(item, int(text))
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._go(self._next(self._here, 1 if key == Qt.Key.Key_Down else -1))
        elif item is not None and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.answers.pop(item.number, None)
            self._lines[self._here].show_answer(self.answers)
            self._show_asked()
            self.changed.emit()
        else:
            super().keyPressEvent(event)

    def _digit(self, item: Item, value: int) -> None:
        if value in item.values:
            self._answer(item.number, value)
        elif value == BLANK_KEY:
            self._answer(item.number, None)
        else:
            offered = ", ".join(map(str, item.values))
            self.refused.emit(
                _(
                    "Question {n} has the answers {offered}; 9 means not "
                    "answered on the paper."
                ).format(n=item.number, offered=offered)
            )
