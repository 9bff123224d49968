"""Typing a questionnaire from paper: who, which sheet, which day; a risk item opens the safety card beside it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from cbs_desktop import clock
from cbs_desktop.action import Transaction
from cbs_desktop.errors import Invalid
from cbs_desktop.screening import actions, half_typed, queries, safety, scoring
from cbs_desktop.screening.actions import Answers
from cbs_desktop.screening.instrument import Instrument, pick
from cbs_desktop.screening.queries import AnswerSheet
from cbs_desktop.words import _, language
from ui.screening import card
from ui.screening.begun import BegunLine
from ui.screening.questions import Questions
from ui.vocabulary import NO_CONSENT, OCCASIONS, SEXES, chip, full_day, word
from ui.widgets.form import Field, Form
from ui.widgets.half_typed import AFTER
from ui.widgets.parts import Chip, button, label, line, rows, rule, scrolled, sheet

if TYPE_CHECKING:
    from ui.screening.line import Screening


class EntryForm(QWidget):
    """The sheet of one person. What was typed is kept at once, and is there again after a power cut."""

    def __init__(self, screen: "Screening") -> None:
        super().__init__()
        self._screen = screen
        self._sheet: AnswerSheet | None = None
        self._name = label("", "title")
        self._about = label("", "small", wrap=True)
        self._count = Chip()
        self._consent = Chip()
        occasions = [(code, _(text)) for code, text in OCCASIONS.items()]
        self.head = Form(
            [
                Field("instrument", _("Questionnaire"), "choice"),
                Field("occasion", _("Occasion"), "choice", choices=occasions),
                Field("taken_on", _("Date on the form"), "date", needed=True),
            ],
            columns=3,
        )
        self.head.inputs["instrument"].activated.connect(self._other_form)
        self.questions = Questions()
        self.questions.changed.connect(self._changed)
        self.questions.refused.connect(screen.said)
        self._area = scrolled(self.questions)
        self.questions.area = self._area
        self._area.setMinimumHeight(50)
        self.card = card.card_form(columns=3)
        self._risk = label("", "strong", wrap=True)
        self._legend = label("", "small", wrap=True)
        inside = QWidget()
        inside.setLayout(rows(self._risk, self.card, gap=8, margin=(14, 8, 14, 8)))
        self._card_panel = sheet(rows(scrolled(inside)), "stop")
        self._card_panel.setMinimumHeight(100)
        self.finish_button = button(
            _("Finish"), self.finish, "main", "check", "Ctrl+Enter"
        )
        self._missing = label("", "small", wrap=True)
        self._begun = BegunLine(self._take_over)
        self._card_timer = QTimer(self)
        self._card_timer.setSingleShot(True)
        self._card_timer.setInterval(AFTER)
        self._card_timer.timeout.connect(self._keep)
        self.card.stirred.connect(self._card_timer.start)
        self._build()

    def _build(self) -> None:
        head = line(gap=8)
        head.addLayout(rows(self._name, self._about, gap=0), 1)
        head.addLayout(rows(self._count, self._consent, gap=4))
        box = rows(gap=8, margin=(16, 12, 16, 12))
        box.addLayout(head)
        box.addWidget(self._begun)
        box.addWidget(self.head)
        box.addWidget(rule())
        box.addWidget(self._legend)
        box.addWidget(self._area, 3)
        box.addWidget(self._card_panel, 5)
        foot = line(gap=12)
        foot.addWidget(self._missing, 1)
        foot.addWidget(self.finish_button)
        box.addLayout(foot)
        self.setLayout(box)

    @property
    def sheet(self) -> AnswerSheet | None:
        """The sheet that is shown."""
        return self._sheet

    def forget(self) -> None:
        """What the database says of the sheet is newer than what is shown: it was read from paper."""
        self._keep_card()
        self._sheet = None

    def show_sheet(self, found: AnswerSheet, occasion: str = "screening") -> None:
        """The sheet of a person, with what was typed of it already."""
        before = self._sheet
        if before is not None and _same(before, found) and self.questions.answers:
            return  # it is being typed: what the database says of it is older
        self._keep_card()
        self._sheet = found
        form = found.instrument
        self._begun.show_typists(() if found.draft else found.begun_by)
        self._name.setText(found.name)
        self._about.setText(self._facts(found))
        self._consent.tell(*chip(NO_CONSENT, found.no_consent))
        self._fill_head(found, occasion, before)
        self.card.show_half_typed(found.card)
        self.questions.show_form(form, dict(found.draft))
        self._legend.setText(self.questions.legend())
        self._legend.setVisible(bool(self._legend.text()))
        self._screen.ask(
            safety.services, then=lambda services: card.offer(self.card, services)
        )
        self._tell()

    def _facts(self, found: AnswerSheet) -> str:
        age = "?" if found.age is None else str(found.age)
        form = found.instrument
        facts = f"{found.number} · {word(SEXES, found.sex)}, {age} · {pick(form.recall, language())}"
        if found.second_of is not None:
            return (
                facts
                + "\n"
                + _(
                    "Second entry: enter the same paper without looking at "
                    "the first entry."
                )
            )
        before = [
            f"{one.instrument}, {_(OCCASIONS[one.occasion])}, {full_day(one.taken_on)}"
            for one in found.taken
        ]
        return facts + (
            "\n" + _("Recorded: {sheets}").format(sheets="; ".join(before))
            if before
            else ""
        )

    def _fill_head(
        self, found: AnswerSheet, occasion: str, before: AnswerSheet | None
    ) -> None:
        """Another sheet of the same person keeps the day and the occasion; another person starts anew."""
        box = self.head.inputs["instrument"]
        box.clear()
        for each in (
            found.instrument,
            *(one for one in found.instruments if one.key != found.instrument.key),
        ):
            box.addItem(pick(each.title, language()), each.key)
        for key in ("instrument", "occasion", "taken_on"):
            self.head.inputs[key].setEnabled(found.second_of is None)
        if (
            before is None
            or before.person_id != found.person_id
            or before.second_of != found.second_of
        ):
            today = clock.day_of(clock.now())
            taken = {one.assessment_id: one for one in found.taken}.get(
                found.second_of or 0
            )
            values = {"occasion": occasion, "taken_on": today}
            self.head.show_values(
                values
                if taken is None
                else {"occasion": taken.occasion, "taken_on": taken.taken_on}
            )
            self.card.show_values(card.empty(today))

    @Slot()
    def _other_form(self, *_index: object) -> None:
        key = self.head.inputs["instrument"].value()
        if self._sheet is not None and key != self._sheet.instrument.key:
            self._screen.ask(
                queries.sheet,
                self._sheet.person_id,
                None,
                key,
                then=self._show_other,
            )

    def _show_other(self, found: AnswerSheet) -> None:
        if self._sheet is not None and self._sheet.person_id == found.person_id:
            self.show_sheet(found)
            self.begin()

    def unsaved(self) -> str:
        """A safety card that was begun: the answers are kept, the card is not until it is whole."""
        begun = (
            self._sheet is not None
            and self._needs_card()
            and bool(self.card.values()["told"])
        )
        if begun:
            return _("A safety card is not finished.")
        return ""

    def begin(self) -> None:
        """Put the cursor on the first open question."""
        self.questions.setFocus()

    def _risk_told(self) -> tuple[int, ...]:
        form = self.questions.form
        if form is not None:
            return scoring.risk_items(form, self.questions.answers)
        return ()

    def _risk_blank(self) -> tuple[int, ...]:
        form = self.questions.form
        if form is not None:
            return scoring.risk_blanks(form, self.questions.answers)
        return ()

    def _needs_card(self) -> bool:
        return bool(self._risk_told() or self._risk_blank())

    @Slot()
    def _changed(self) -> None:
        self._tell()
        self._keep()
        if self.questions.answers:
            self._begun.show_typists(())  # taking over would throw these answers away
        if self._sheet is not None and not self._sheet.no_consent:
            self._screen.show_draft(self._sheet.person_id, bool(self.questions.answers))

    @Slot()
    def _keep(self) -> None:
        """Keep the answers, and the card beside them as far as it is typed."""
        self._card_timer.stop()
        if self._sheet is None or self._sheet.no_consent:
            return
        if not self._screen.desk.closed:
            self._screen.desk.do(
                self,
                half_typed.keep_draft,
                self._sheet.round_id,
                self._sheet.person_id,
                self._sheet.instrument.key,
                dict(self.questions.answers),
                self.card.half_typed(),
                self._sheet.second_of,
            )

    def _keep_card(self) -> None:
        """The sheet is left: the last letters of its card are kept first."""
        if self._card_timer.isActive():
            self._keep()

    def _take_over(self, typed_by: str) -> None:
        """Go on with what somebody else has half typed."""
        found = self._sheet
        if found is None:
            return
        again = partial(self._ask_again, found)
        self._screen.desk.do(
            self,
            half_typed.take_draft,
            found.person_id,
            found.instrument.key,
            typed_by,
            found.second_of,
            then=again,
            failed=self._failed,
        )

    def _ask_again(self, found: AnswerSheet, _value: object) -> None:
        self._sheet = None
        self._screen.refresh()
        if found.second_of is None:
            asked = (queries.sheet, found.person_id, None, found.instrument.key)
            self._screen.ask(*asked, then=self.show_sheet)
        else:
            self._screen.ask(
                queries.second_sheet, found.second_of, then=self.show_sheet
            )

    def _tell(self) -> None:
        if self._sheet is None:
            return
        form = self._sheet.instrument
        answers = self.questions.answers
        self._card_panel.setVisible(self._needs_card())
        self._risk.setText(self._why_card(form))
        asked = scoring.asked(form, answers)
        missing = scoring.open_questions(form, answers)
        done = len(asked) - len(missing)
        self._count.tell("info" if missing else "ok", f"{done} / {len(asked)}")
        self._missing.setText(self._said(form, missing))
        if self._sheet.no_consent:
            why = chip(NO_CONSENT, self._sheet.no_consent)[1]
            self._missing.setText(_("{why}. Nothing can be recorded.").format(why=why))

    def _why_card(self, form: Instrument) -> str:
        """What the safety card is for: an answer, or a risk question that nobody answered."""
        if answered := self._risk_told():
            words = _(
                "Risk question answered: {questions}. Complete this now, "
                "before you finish the questionnaire."
            )
            return words.format(questions=_risks(form, answered))
        words = _(
            "Risk question not answered: {questions}. Ask the person again and enter "
            "the answer, or complete this card now."
        )
        return words.format(questions=_risks(form, self._risk_blank()))

    def _said(self, form: Instrument, missing: tuple[int, ...]) -> str:
        if missing:
            return _("Not answered yet: {numbers}").format(
                numbers=", ".join(map(str, missing))
            )
        blank = [
            number for number, value in self.questions.answers.items() if value is None
        ]
        if len(blank) > form.blank_most and form.scores:
            numbers = ", ".join(map(str, sorted(blank)))
            return _(
                "Not answered: {numbers}. The questionnaire is incomplete "
                "and will have no score."
            ).format(numbers=numbers)
        return _("Complete. The answers are sealed when you finish.")

    @Slot()
    def finish(self) -> None:
        """Record the sheet; what is missing is said, and nothing typed is lost."""
        if self._sheet is None:
            return
        head = self.head.values()
        found = self._sheet
        told = card.typed(self.card) if self._needs_card() else None
        answers = dict(self.questions.answers)
        filled = Answers(
            found.person_id,
            head["taken_on"],
            answers,
            told,
            found.instrument.key,
            head["occasion"],
        )
        self.finish_button.setEnabled(False)
        if found.second_of is None:
            self._send(actions.record, found.round_id, filled)
        else:
            self._send(actions.record_second, found.second_of, filled)

    def _send(
        self,
        action: Callable[[Transaction, int, Answers], object],
        about: int,
        filled: Answers,
    ) -> None:
        """Record a sheet, for a round or as the second entry of another."""
        self._screen.desk.do(
            self, action, about, filled, then=self._recorded, failed=self._failed
        )

    def _recorded(self, _assessment: object) -> None:
        self.finish_button.setEnabled(True)
        sheet = self._sheet
        self._sheet = None
        self._card_timer.stop()
        self.questions.answers = {}
        if sheet is not None and sheet.second_of is not None:
            self._screen.show_second_entries()
        elif sheet is not None:
            self._screen.recorded(sheet.person_id)

    def _failed(self, problem: BaseException) -> None:
        self.finish_button.setEnabled(True)
        rest: BaseException | None = problem
        if isinstance(problem, Invalid):
            faults = self.card.show_faults(self.head.show_faults(problem.faults))
            rest = None
            if faults:
                rest = Invalid(faults)
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


def _same(one: AnswerSheet, other: AnswerSheet) -> bool:
    """Whether two are the same paper of the same person."""
    return (one.person_id, one.instrument, one.second_of) == (
        other.person_id,
        other.instrument,
        other.second_of,
    )


def _risks(form: Instrument, numbers: tuple[int, ...]) -> str:
    """Risk questions as people read them: 17 (suicide)."""
    told = []
    for number in numbers:
        risk = pick(form.item(number).risk, language())
        told.append(f"{number} ({risk})")
    return ", ".join(told)
