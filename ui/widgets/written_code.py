"""A code that is shown once: written down, printed or saved, then proved by typing two of its groups back."""

from pathlib import Path
from secrets import SystemRandom

from PySide6.QtCore import Signal, Slot
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QStackedWidget, QWidget

from cbs_desktop.errors import Fault
from cbs_desktop.problems import say
from cbs_desktop.safe import keys
from cbs_desktop.words import _
from ui.widgets.form import Field, Form
from ui.widgets.parts import button, clear, label, line, rows, sheet
from ui.widgets.preview import printer_for, send
from ui.work import Work

_COLUMNS = 4
_ASKED = 2  # groups that are typed back


class WrittenCode(QStackedWidget):
    """First the code, then a question about some of its groups; `go_on` leads from one to the other and to `proved`.

    The code is nowhere to be copied from, and hidden while its groups are asked for. Nothing of it is kept: a page goes
    to the printer out of memory, and a file is written only where a person says so.
    """

    proved = Signal()
    turned = Signal(bool)  # whether the groups are asked for now

    def __init__(self, office: str, title: str, why: str, code: str) -> None:
        super().__init__()
        self._office = office
        self._title = title
        self._why = why
        self._code = code
        self._groups = code.split("-")
        self._said = label("", "second", wrap=True)
        self._said.hide()
        self.print_button = button(_("Print"), self._print, "", "print")
        self.save_button = button(_("Save as PDF"), self._save, "", "save")
        self.again = button(_("Show the code again"), self.go_back, "plain")
        self.asked: tuple[int, ...] = ()
        self.form = Form([])
        self._question = rows(gap=12)
        self.addWidget(self._shown())
        self.addWidget(self._asking())

    def _shown(self) -> QWidget:
        """The code, what it is for, and the ways to paper."""
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        for place, group in enumerate(self._groups):
            row = place // _COLUMNS
            column = place % _COLUMNS
            grid.addWidget(_cell(place + 1, group), row, column)
        shown = QWidget()
        box = rows(label(self._why, wrap=True), gap=14)
        box.addLayout(grid)
        box.addLayout(line(self.print_button, self.save_button, None))
        box.addWidget(self._said)
        box.addStretch(1)
        shown.setLayout(box)
        return shown

    def _asking(self) -> QWidget:
        """The question; its fields are made anew each time."""
        words = _(
            "Type these two groups from your paper. This shows that it can be read later."
        )
        asking = QWidget()
        asking.setLayout(
            rows(
                label(words, wrap=True),
                self._question,
                line(self.again, None),
                None,
                gap=12,
            )
        )
        return asking

    @property
    def asking(self) -> bool:
        """Whether the groups are asked for now."""
        return self.currentIndex() == 1

    @Slot()
    def go_on(self, *_arguments: object) -> None:
        """From the code to the question; from the question on only when the groups are right."""
        if not self.asking:
            self._ask()
            return
        wrong = [number for number in self.asked if not self._fits(number)]
        self.form.show_faults(
            Fault(str(number), "not that group", {"number": number}) for number in wrong
        )
        if not wrong:
            self.proved.emit()

    def _fits(self, number: int) -> bool:
        typed = self.form.inputs[str(number)].value()
        return keys.plain_code(typed) == self._groups[number - 1]

    @Slot()
    def go_back(self) -> None:
        """To the code again, for who has not written it down after all."""
        self.setCurrentIndex(0)
        self.turned.emit(False)

    def _ask(self) -> None:
        whole = self._whole_groups()
        self.asked = tuple(sorted(SystemRandom().sample(whole, _ASKED)))
        fields = [
            Field(str(number), _("Group {n}").format(n=number)) for number in self.asked
        ]
        self.form = Form(fields)
        clear(self._question)
        self._question.addWidget(self.form)
        self.setCurrentIndex(1)
        self.turned.emit(True)
        self.form.inputs[str(self.asked[0])].setFocus()

    def _whole_groups(self) -> list[int]:
        """Numbers of the groups of full length; a last group of one letter proves little."""
        length = len(self._groups[0])
        return [n for n, group in enumerate(self._groups, 1) if len(group) == length]

    def page(self) -> bytes:
        """The code on one page, as PDF."""
        from cbs_desktop.paper.code_page import code_page

        last = _(
            "Lock this paper away from the laptop. Whoever has it can use the code."
        )
        return code_page(self._office, self._title, (self._why, last), self._code)

    @Slot()
    def _print(self) -> None:
        content = self.page()
        printer = printer_for(content)
        if QPrintDialog(printer, self).exec():
            self.print_to(printer, content)

    def print_to(self, printer: QPrinter, content: bytes) -> None:
        """Print the page, out of memory."""
        Work(
            self, send, content, printer, None, then=self._printed, failed=self._failed
        ).start()

    def _printed(self, _pages: int) -> None:
        self._tell(_("Sent to the printer. Check that every letter can be read."))

    @Slot()
    def _save(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self, _("Save as PDF"), _("code") + ".pdf", "*.pdf"
        )
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write the page to the file that a person chose."""
        from cbs_desktop.paper.file import save

        Work(
            self,
            save,
            path,
            self.page(),
            then=lambda _none: self._saved(path),
            failed=self._failed,
            takes_progress=False,
        ).start()

    def _saved(self, path: Path) -> None:
        words = _(
            "Saved as {file}. Whoever finds this file has the code: do not keep it on an office laptop."
        )
        self._tell(words.format(file=path.name))

    def _failed(self, problem: BaseException) -> None:
        self._tell(str(say(problem)))

    def _tell(self, words: str) -> None:
        self._said.setText(words)
        self._said.show()


def _cell(number: int, group: str) -> QFrame:
    """A group with its number, spelt out for a screen reader."""
    letters = label(group, "title")
    letters.setAccessibleName(_("Group {n}").format(n=number) + ": " + " ".join(group))
    return sheet(
        line(label(str(number), "small"), letters, None, gap=10, margin=(12, 8, 8, 8)),
        "sunken",
    )
