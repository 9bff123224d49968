"""Before and after, for those who hold the key: what a round changed, as bars and as a table, saved as PDF or spreadsheet."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QWidget

from cbs_desktop.exports.rules import Outgoing, Recipient
from cbs_desktop.reports import documents as report_documents
from cbs_desktop.reports import outcome_words, queries
from cbs_desktop.reports.documents import Bars
from cbs_desktop.reports.outcomes import Outcomes
from cbs_desktop.screening import rules as screening
from cbs_desktop.screening.instrument import pick
from cbs_desktop.screening.instrument_store import ListedInstrument
from cbs_desktop.words import _, language
from ui import theme
from ui.vocabulary import OCCASIONS
from ui.widgets.outgoing import keep, save_as
from ui.widgets.parts import button, label, line, rows, rule, scrolled
from ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from ui.screening.line import Screening

_BAR = 18
_LINE = 26
_STRIP = 42
_WORD = 72
_TOLD = 230


def _height(bars: Bars) -> int:
    """Pixels for title, bars and strip."""
    lines = 1 + len(bars.shares)
    strip = _STRIP if bars.parts else 0
    return _LINE * lines + strip


class Chart(QWidget):
    """Two bars and a strip; length, words and numbers say the same."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: Bars | None = None
        self.setMinimumWidth(480)

    def show_bars(self, bars: Bars | None) -> None:
        """Show these, or nothing."""
        self._bars = bars
        self.setVisible(bars is not None)
        if bars is not None:
            self.setFixedHeight(_height(bars))
            self.setAccessibleName(self._in_words(bars))
        self.update()

    def _in_words(self, bars: Bars) -> str:
        """All that is painted, for a screen reader."""
        shares: list[str] = []
        for word, reached, of in bars.shares:
            told = self._told(reached, of)
            shares.append(f"{word}: {told}")
        parts = [f"{word} {count}" for word, count in bars.parts]
        return ". ".join((bars.title, ", ".join(shares), ", ".join(parts)))

    def _told(self, reached: int, of: int) -> str:
        meaning = self._bars.meaning if self._bars else ""
        return _("{n} of {of} {meaning}").format(n=reached, of=of, meaning=meaning)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint title, bars and strip."""
        bars = self._bars
        if bars is None:
            return
        painter = QPainter(self)
        wide = max(80, self.width() - _WORD - _TOLD)
        y = 0
        painter.setPen(theme.colour("text"))
        self._say(painter, 0, y, self.width(), bars.title)
        for word, reached, of in bars.shares:
            y += _LINE
            self._say(painter, 0, y, _WORD, word)
            self._bar(painter, _WORD, y, wide, "sunken")
            self._bar(painter, _WORD, y, wide * reached / of if of else 0, "accent")
            self._say(
                painter, _WORD + wide + 10, y, _TOLD - 10, self._told(reached, of)
            )
        x = float(_WORD)
        whole = sum(count for _word, count in bars.parts)
        for (_word, count), ground in zip(
            bars.parts, ("okSoft", "sunken", "warnSoft"), strict=False
        ):
            part = wide * count / whole if whole else 0
            self._bar(painter, x, y + 30, part, ground)
            x += part
        told = "    ".join(f"{word} {count}" for word, count in bars.parts)
        self._say(painter, _WORD, y + 48, self.width() - _WORD, told)

    def _bar(
        self, painter: QPainter, x: float, y: float, wide: float, ground: str
    ) -> None:
        painter.setPen(theme.colour("line"))
        painter.setBrush(theme.colour(ground))
        painter.drawRect(QRectF(x, y + 2, wide, _BAR))
        painter.setPen(theme.colour("text"))

    def _say(
        self, painter: QPainter, x: float, y: float, wide: float, words: str
    ) -> None:
        painter.drawText(
            QRectF(x, y, wide, 22),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            words,
        )


class BeforeAfter(QWidget):
    """Which questionnaire and occasion, the chart of everybody in groups, and the table."""

    def __init__(self, screen: "Screening") -> None:
        super().__init__()
        self._screen = screen
        self._found: Outcomes | None = None
        self._form = QComboBox()
        self._after = QComboBox()
        self._form.setAccessibleName(_("Questionnaire"))
        self._after.setAccessibleName(_("Compared with"))
        for code in ("endline", "midline", "follow-up"):
            self._after.addItem(
                _("Screening and {occasion}").format(
                    occasion=_(OCCASIONS[code]).lower()
                ),
                code,
            )
        for box in (self._form, self._after):
            box.activated.connect(self.ask)
        self.chart = Chart()
        heads = [_(head) for head in outcome_words.HEADS]
        wide = (140, 76, 124, 68, 118, 58, 104, 64, 144, 140, 64, 122, 66)
        self.table = Table(
            _("Before and after"),
            [
                Column(head, partial(_cell, i), right=i > 0, strong=not i, width=w)
                for i, (head, w) in enumerate(zip(heads, wide, strict=True))
            ],
        )
        self._notes = label("", "small", wrap=True)
        save = button(
            _("PDF"), partial(self._save, "pdf"), "", "save", _("Save as PDF, Ctrl+S")
        )
        sheet = button(
            _("Spreadsheet"),
            partial(self._save, "xlsx"),
            "",
            "export",
            _("Save as spreadsheet, Ctrl+Shift+S"),
        )
        back = button(_("Back to screening"), lambda: screen.done(), "plain", tip="Esc")
        notes = QWidget()
        notes.setLayout(rows(self._notes, None, margin=(16, 8, 16, 8)))
        area = scrolled(notes)
        area.setFixedHeight(74)
        head = line(
            self._form,
            self._after,
            None,
            back,
            sheet,
            save,
            gap=8,
            margin=(16, 12, 16, 8),
        )
        box = rows(head, rule(), gap=0)
        box.addLayout(rows(self.chart, margin=(16, 8, 16, 8)))
        box.addWidget(self.table, 1)
        box.addWidget(rule())
        box.addWidget(area)
        self.setLayout(box)

    def show_choices(self, found: list[ListedInstrument]) -> None:
        """The questionnaires that have a score; then the report is asked for."""
        chosen = self._form.currentData()
        self._form.clear()
        for one in found:
            if one.instrument is not None and one.instrument.scores:
                self._form.addItem(pick(one.instrument.title, language()), one.key)
        self._form.setCurrentIndex(max(0, self._form.findData(chosen or "srq20")))
        self.ask()
        self.table.setFocus()

    def ask(self, *_index: object) -> None:
        """Ask for the report of what is chosen."""
        self._screen.ask(
            queries.outcomes,
            None,
            self._form.currentData(),
            screening.OCCASIONS[0],
            self._after.currentData(),
            then=self.show_found,
        )

    def show_found(self, found: Outcomes) -> None:
        """Show a report."""
        self._found = found
        whole = next(
            (row for row in found.rows if row.kind == "all" and not row.withheld), None
        )
        self.chart.show_bars(outcome_words.bars(whole) if whole else None)
        self.table.show_rows(
            [outcome_words.cells(row) for row in found.rows], key=lambda cells: cells[0]
        )
        nothing = _("Nobody has completed this questionnaire on both occasions yet.")
        measured = any(row.summary.pairs for row in found.rows)
        self._notes.setText(
            "\n".join(outcome_words.notes(found) if measured else (nothing,))
        )

    def _save(self, ending: str, *_more: object) -> None:
        if self._found is None:
            return
        name = f"before-and-after-{self._found.round.name}.{ending}"
        kind = "outcome report"
        desk = self._screen.desk
        title = _("Save report")
        save_as(self, desk, kind, title, name, f"*.{ending}", self.write)

    def write(self, path: Path, *_to: Recipient) -> None:
        """Write the report to a file, by its ending."""
        if self._found is not None:
            office = self._screen.desk.office
            report = outcome_words.report(office, self._found)
            self._screen.work(
                _("Saving the report"),
                report_documents.content,
                report,
                path.suffix,
                then=partial(self._keep, path),
                takes_progress=False,
            )

    def _keep(self, path: Path, content: bytes) -> None:
        said = _("Saved as {file}").format(file=path.name)
        keep(self._screen, Outgoing("outcome report"), {path: content}, said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+S saves; Esc goes back to the list of people."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self._screen.done()
        elif event.key() == Qt.Key.Key_S and control:
            self._save(
                "xlsx"
                if event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                else "pdf"
            )
        else:
            super().keyPressEvent(event)


def _cell(place: int, cells: tuple[str, ...]) -> str:
    return cells[place]
