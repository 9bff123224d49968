"""What is written by hand under the sessions of a page: heads counted and the day, each beside its piece of the picture."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from cbs_desktop.scans.assessing import RecordColumn
from cbs_desktop.scans.layout import PageLayout, Rect
from cbs_desktop.words import _
from ui.scans.cell_card import Snippet
from ui.widgets.inputs import DayInput, NumberInput
from ui.widgets.page_photo import PagePhoto
from ui.widgets.parts import label

_SNIPPET = 26  # pixels high
_COUNT = 68  # pixels wide
_DAY = 112
_EDGE = 1.2  # millimetres inside of a frame


class HandFields(QWidget):
    """A line for each session. `day_changed` when another day was entered, `left` by Enter in a field."""

    day_changed = Signal()
    count_changed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(4)
        self.setLayout(self._grid)
        self._columns: Sequence[RecordColumn] = ()
        self.counts: list[NumberInput] = []
        self.days: list[DayInput] = []
        self._checks: list[QLabel] = []

    def show_columns(
        self,
        columns: Sequence[RecordColumn],
        place: PageLayout | None,
        photo: PagePhoto,
    ) -> None:
        """The sessions of a page, with nothing entered yet."""
        self._empty()
        self._columns = columns
        if place is None:
            return
        for column, one in enumerate(columns):
            number = {"n": one.number}
            counted = Snippet(_("Head count on the paper"), _SNIPPET)
            held = Snippet(_("Day on the paper"), _SNIPPET)
            written = ((counted, place.counts[column]), (held, place.days[column]))
            for snippet, rect in written:
                if photo.is_written(_inside(rect)):
                    snippet.show_part(photo.part(rect))
            count = NumberInput()
            count.setAccessibleName(_("Head count of session {n}").format(**number))
            count.setPlaceholderText(_("Heads"))
            day = DayInput()
            day.setAccessibleName(_("Day of session {n}").format(**number))
            count.setMaximumWidth(_COUNT)
            day.setMaximumWidth(_DAY)
            day.setPlaceholderText(_("Held on"))
            check = label("", "small")
            count.textEdited.connect(self.count_changed)
            day.editingFinished.connect(self.day_changed)
            for field in (count, day):
                field.returnPressed.connect(self.left)
            self.counts.append(count)
            self.days.append(day)
            self._checks.append(check)
            words = label(_("Session {n}").format(**number), "small")
            self._put(column, words, counted, count, check, held, day)

    def _put(self, line_: int, *parts: QWidget) -> None:
        for column, part in enumerate(parts):
            self._grid.addWidget(part, line_, column)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(4, 1)

    def _empty(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.counts.clear()
        self.days.clear()
        self._checks.clear()

    def tell_came(self, came: Sequence[int]) -> bool:
        """Hold the heads counted against those who came by the marks; whether all agree."""
        agree = True
        for field, check, by_marks in zip(self.counts, self._checks, came, strict=True):
            counted = field.value()
            if counted is None:
                check.setText(_("{n} came").format(n=by_marks))
            elif counted == by_marks:
                check.setText(_("= {n} marked").format(n=by_marks))
            else:
                agree = False
                check.setText(_("≠ {n} marked").format(n=by_marks))
        return agree

    def held(self) -> dict[int, date]:
        """The days that were entered, by session."""
        found: dict[int, date] = {}
        for one, field in zip(self._columns, self.days, strict=True):
            day = field.value()
            if isinstance(day, date):
                found[one.session_id] = day
        return found

    def wrong_day(self) -> str:
        """What was typed as a day and is none; empty where all are."""
        for field in self.days:
            if isinstance(said := field.value(), str):
                return said
        return ""

    def is_filled(self) -> bool:
        """Whether anything was entered."""
        return any(field.text().strip() for field in (*self.counts, *self.days))

    def heads(self) -> dict[int, int]:
        """The heads that were entered, by session."""
        found: dict[int, int] = {}
        for one, field in zip(self._columns, self.counts, strict=True):
            count = field.value()
            if isinstance(count, int):
                found[one.session_id] = count
        return found


def _inside(rect: Rect) -> Rect:
    """What a frame encloses, without its line."""
    return Rect(
        rect.x + _EDGE,
        rect.y + _EDGE,
        rect.width - 2 * _EDGE,
        rect.height - 2 * _EDGE,
    )
