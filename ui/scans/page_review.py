"""One page that was read: its picture with what was read, what a person has to decide, and Enter to accept it.

Letters decide, Del leaves a cell as it is, ↑ and ↓ go through all cells, Enter goes on to what is open and then accepts.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cbs_desktop.scans import problems
from cbs_desktop.scans.actions import AcceptedForm, AcceptedPage
from cbs_desktop.scans.assessing import PageRecord, ReadCell
from cbs_desktop.scans.layout import PageLayout, Rect, page_layout, shape_of
from cbs_desktop.scans.queries import AssessedPage
from cbs_desktop.words import _, many
from ui.scans.by_hand import HandFields
from ui.scans.cell_card import CellCard
from ui.scans.choices import PageChoices
from ui.scans.newcomers import Newcomers
from ui.scans.refused import RefusedPage
from ui.scans.whose import WhoseForm
from ui.vocabulary import mark_word
from ui.widgets.page_photo import PagePhoto
from ui.widgets.parts import button, clear, label, line, rows, scrolled

_WIDE = 452  # pixels of what is beside the picture
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_LEAVE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_HINT_HIGH = 3.0  # millimetres at the top of an empty row that are printed


class PageReview(QWidget):
    """`accepted` carries an AcceptedPage or AcceptedForm; `left_out` goes on without it; `changed` asks to look at the page
    once more."""

    accepted = Signal(object)
    left_out = Signal()
    changed = Signal()
    named = Signal(int, str)
    register = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("The page that is looked at"))
        self.page: AssessedPage | None = None
        self.choices: PageChoices | None = None
        self._place: PageLayout | None = None
        self._warned = False
        self.busy = False
        self.photo = PagePhoto()
        self.photo.pressed.connect(self._press)
        self.refused = RefusedPage()
        self.card = CellCard()
        self.card.chosen.connect(self.decide)
        self.hand = HandFields()
        self.hand.day_changed.connect(self._change_day)
        self.hand.count_changed.connect(self._tell)
        self.hand.left.connect(self.setFocus)
        self.whose = WhoseForm()
        self.whose.left.connect(self.setFocus)
        self.newcomers = Newcomers()
        self.newcomers.named.connect(self.named)
        self.newcomers.register.connect(self.register)
        self._title = label("", "head", wrap=True)
        self._notes = QVBoxLayout()
        self.verdict = label("", "strong", wrap=True)
        self.accept = button(_("Accept page"), self.enter, "main", tip=_("Enter"))
        self.leave = button(_("Leave out"), self.left_out.emit, "", tip="Ctrl+Del")
        self._build()

    def _build(self) -> None:
        inside = rows(self._title, gap=8, margin=(0, 0, 10, 0))
        inside.addLayout(self._notes)
        parts = (self.refused, self.whose, self.card, self.hand, self.newcomers)
        for part in parts:
            inside.addWidget(part)
        inside.addStretch(1)
        beside = QWidget()
        beside.setLayout(inside)
        buttons = line(self.accept, self.leave, None, gap=8)
        right = rows(scrolled(beside), self.verdict, gap=8)
        right.addLayout(buttons)
        panel = QWidget()
        panel.setLayout(right)
        panel.setFixedWidth(_WIDE)
        box = line(gap=16)
        box.addWidget(self.photo, 1)
        box.addWidget(panel)
        self.setLayout(box)

    def show_page(self, page: AssessedPage, title: str, by_hand: bool = False) -> None:
        """Show a page, with nothing decided yet."""
        self.page = page
        self.busy = self._warned = False
        self._title.setText(title)
        self._place = _layout_of(page)
        self.photo.show_page(page.read.image, self._place)
        self.choices = None
        record = page.record
        if page.findings.refusal is None and record is not None:
            self.choices = PageChoices(page.findings, by_hand)
            self._show_fields(record)
        self._show_notes(page)
        self._tell()
        self.setFocus()
        self.refused.tell(page)  # a field that helps takes the keys

    def renew(self, page: AssessedPage) -> None:
        """The same page looked at once more; what was decided stays."""
        self.page = page
        self.busy = False
        if self.choices is not None:
            self.choices.renew(page.findings)
        self._show_notes(page)
        self._show_newcomers()
        self._tell()

    def _show_fields(self, record: PageRecord) -> None:
        self.card.offer(_choices_of(record))
        if record.is_form:
            self.whose.tell(record.whose)
            self.hand.show_columns((), self._place, self.photo)
        elif self._place is not None:
            self.hand.show_columns(record.columns, self._place, self.photo)
        self._show_newcomers()

    def _show_newcomers(self) -> None:
        page = self.page
        record = page.record if page else None
        if page is None or record is None or record.is_form or self._place is None:
            self.newcomers.show_rows([])
            return
        named = {row.row for row in record.rows}
        found = []
        for row, place in enumerate(self._place.labels):
            if row in named:
                continue
            if row in page.findings.newcomers or self.photo.is_written(_free(place)):
                found.append((row, self.photo.part(self._place.labels[row])))
        self.newcomers.show_rows(found)

    def _show_notes(self, page: AssessedPage) -> None:
        clear(self._notes)
        for note in page.findings.notes:
            self._notes.addWidget(label(problems.say_note(note), "doubt", wrap=True))

    def held(self) -> dict[int, date]:
        """The days that were entered by hand, by session."""
        return self.hand.held() if self.choices else {}

    def decide(self, letter: str) -> None:
        """A letter for the current cell, "" to leave it as it is."""
        if self.choices is not None:
            self.choices.decide(letter)
            self._warned = False
            self._tell()

    def enter(self) -> None:
        """On to what is open; where nothing is, accept the page. A refused page is left behind."""
        if self.busy or self.page is None:
            return
        if self.choices is None:
            self.left_out.emit()
            return
        if self.choices.open:
            self.choices.go_to_open()
            self._tell()
            return
        if (wrong := self.hand.wrong_day()) and not self._warned:
            self.verdict.setText(_("“{text}” is no day.").format(text=wrong))
            return
        if not self._counts_agree() and not self._warned:
            self._warned = True
            said = _(
                "The heads counted and the marks differ. Correct one of them, or press Enter again to accept both."
            )
            self.verdict.setText(said)
            return
        if _is_recorded(self.page, self.choices) and not self.hand.is_filled():
            self.left_out.emit()
            return
        if self.page.record is not None and self.page.record.is_form:
            self._accept_form(self.page.record, self.choices)
            return
        self.busy = True
        self.accepted.emit(self._taken(self.page, self.choices))

    def _accept_form(self, record: PageRecord, choices: PageChoices) -> None:
        """The answers of a questionnaire, once it is known whose they are."""
        number = self.whose.number()
        if not number:
            self.verdict.setText(_("Enter the number of the person first."))
            self.whose.setFocus()
            return
        answers: dict[int, int] = {}
        for cell in choices.cells:
            if value := choices.letter(cell):
                answers[cell.person_id] = int(value)
        self.busy = True
        self.accepted.emit(AcceptedForm(record.code, number, answers))

    def _taken(self, page: AssessedPage, choices: PageChoices) -> AcceptedPage:
        assert page.record is not None, "only a page that is known has cells"
        return AcceptedPage(
            code=page.record.code,
            marks=tuple(choices.findings.marks(choices.decided)),
            file=page.file,
            file_page=page.read.file_page,
            picture=page.read.image,
            held=self.hand.held(),
            counts=self.hand.heads(),
        )

    def _counts_agree(self) -> bool:
        if self.choices is None or self.page is None or self.page.record is None:
            return True
        if self.page.record.is_form:
            return True
        came: list[int] = []
        for column in range(len(self.page.record.columns)):
            decided = self.choices.decided
            came.append(self.choices.findings.came(column, decided))
        return self.hand.tell_came(came)

    def _change_day(self) -> None:
        if self.choices is not None and not self.hand.wrong_day():
            self.changed.emit()

    def _tell(self) -> None:
        """Show the current cell and what is left to do."""
        choices = self.choices
        for part in (self.card, self.hand, self.newcomers):
            part.setVisible(choices is not None and part.isEnabled())
        self.accept.setText(_("Next page") if choices is None else _("Accept page"))
        if choices is None or self.page is None or self.page.record is None:
            self.verdict.setText("")
            self.newcomers.hide()
            self.whose.hide()
            return
        self.whose.setVisible(self.page.record.is_form)
        self.newcomers.setVisible(bool(self.newcomers.fields))
        self._counts_agree()
        self._tell_cell(choices, self.page.record)
        said = _verdict(choices, self.page.record)
        if _is_recorded(self.page, choices):
            said = _("All of this is recorded already. Enter goes on.")
        self.verdict.setText(said)

    def _tell_cell(self, choices: PageChoices, record: PageRecord) -> None:
        cell = choices.current
        place = self._place
        if place is None:
            return
        drawn = choices.drawn(place, record.letters)
        if cell is None:
            self.card.hide()
            self.photo.show_marks(drawn, None)
            return
        name = self.photo.part(place.labels[cell.row])
        boxes = self.photo.part(_boxes_of(place, cell))
        self.card.tell(choices, _who(cell, record), name, boxes)
        self.photo.show_marks(drawn, place.strips[cell.row])

    def _letters(self) -> Sequence[str]:
        record = self.page.record if self.page else None
        if record is None:
            return ()
        if record.known is None:
            return record.letters
        return record.known.letters

    def _press(self, x: float, y: float) -> None:
        """The cell that was pressed on the picture."""
        if self.choices is None or self._place is None:
            return
        for box in self._place.boxes:
            rect = box.rect
            if rect.x - 3 <= x <= rect.right + 3 and rect.y - 1 <= y <= rect.low + 1:
                self.choices.go_to(box.row, box.column)
        self._tell()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters, Del, arrows and Enter; those that a field has let through mean nothing here."""
        key = Qt.Key(event.key())
        letter = event.text().upper()
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and key in _LEAVE:
            self.left_out.emit()
        elif not self.hasFocus():
            super().keyPressEvent(event)
        elif key in _ENTER:
            self.enter()
        elif self.choices is None or control:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.choices.step(_STEPS[key])
            self._tell()
        elif key in _LEAVE:
            self.decide("")
        elif letter and letter in self._letters():
            self.decide(letter)
        else:
            super().keyPressEvent(event)


def _choices_of(record: PageRecord) -> list[tuple[str, str]]:
    """The letters to decide by, with their words; of a questionnaire the values."""
    if record.is_form:
        return list(zip(record.letters, record.choices, strict=True))
    marks = record.known
    if marks is None:
        return []
    return [(letter, mark_word(marks, letter)) for letter in marks.letters]


def _layout_of(page: AssessedPage) -> PageLayout | None:
    if page.record is not None:
        shape = shape_of(page.record.shape)
    else:
        shape = page.read.code.shape if page.read.code else None
    try:
        return page_layout(shape) if shape else None
    except ValueError:
        return None


def _free(label_: Rect) -> Rect:
    """What is printed white of an empty row: beside its number, below the hint."""
    left = 7
    return Rect(
        label_.x + left,
        label_.y + _HINT_HIGH,
        label_.width - left - 4,
        label_.height - _HINT_HIGH - 0.8,
    )


def _boxes_of(place: PageLayout, cell: ReadCell) -> Rect:
    """The boxes of one person at one session, from edge to edge of their row."""
    head = place.heads[cell.column]
    strip = place.strips[cell.row]
    return Rect(head.x, strip.y, head.width, strip.height)


def _who(cell: ReadCell, record: PageRecord) -> str:
    row = next(one for one in record.rows if one.row == cell.row)
    if record.is_form:
        return _("Question {number}  {topic}").format(number=row.number, topic=row.name)
    number = record.columns[cell.column].number
    return _("Row {row}  {who}  ·  session {n}").format(
        row=cell.row + 1, who=row.name, n=number
    )


def _is_recorded(page: AssessedPage, choices: PageChoices) -> bool:
    """Whether a page was accepted before and says nothing new."""
    before = page.record is not None and page.record.accepted
    return bool(before) and not choices.findings.marks(choices.decided)


def _verdict(choices: PageChoices, record: PageRecord) -> str:
    """What is left to do, or what Enter will save."""
    if left := len(choices.open):
        if choices.by_hand:
            return many("{n} mark to type", "{n} marks to type", left)
        return many("{n} box to decide", "{n} boxes to decide", left)
    if record.is_form:
        return _("Nothing is open. Enter keeps the answers for Screening.")
    count = len(choices.findings.marks(choices.decided))
    return many(
        "Nothing is open. Enter saves {n} mark.",
        "Nothing is open. Enter saves {n} marks.",
        count,
    )
