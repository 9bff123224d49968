"""Adding a questionnaire from a file: what it says of itself, or each fault with file, part and key; then all or nothing."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from cbs_desktop.errors import Fault, Invalid
from cbs_desktop.outside.reading import Progress
from cbs_desktop.problems import say_fault
from cbs_desktop.screening import actions, guarded, instrument_parser
from cbs_desktop.screening.instrument import Instrument, pick
from cbs_desktop.words import _, language, many
from ui.screen import Screen
from ui.screening import questionnaire_words as words
from ui.widgets.dialog import Dialog
from ui.widgets.file_reading import FileReading
from ui.widgets.form import FormValues
from ui.widgets.parts import Facts, button, label, line, rows

_SHOWN = 500  # faults; a file with more is better begun anew
Read = tuple[Path, dict[str, object], Instrument]


def _read(path: Path, progress: Progress) -> Read:
    content = guarded.questionnaire(path, progress)
    return path, content, instrument_parser.instrument(content, path.name)


class Adding(Dialog):
    """The file, then what stands in it or what is wrong with it. `then` is given the key of what was added."""

    def __init__(self, screen: Screen, then: Callable[[str], None]) -> None:
        self._desk = screen.desk
        self._then = then
        self._found: Read | None = None
        self._name = ""
        told = _(
            "Choose a TOML file as described in docs/instruments.md, or an "
            "XLSForm (XLSX). Nothing is changed yet."
        )
        self._file = label(told, "second", wrap=True)
        self._reading = FileReading(self._stopped)
        self._verdict = label("", "strong", wrap=True)
        self._facts = Facts()
        self._wrong = QPlainTextEdit()  # can be copied, for whoever made the file
        self._wrong.setReadOnly(True)
        self._wrong.setTabChangesFocus(True)
        self._wrong.setAccessibleName(_("Problems by part and key"))
        self._wrong.setMinimumHeight(200)
        self._wrong.hide()
        inside = QWidget()
        choose = button(_("Choose file"), self._choose, "", "import")
        self._rest = QWidget()  # the room beneath the facts, which the list of faults takes when there is one
        box = rows(line(choose, None), self._file, self._reading, gap=10)
        box.addWidget(self._verdict)
        box.addWidget(self._facts)
        box.addWidget(self._wrong, 1)
        box.addWidget(self._rest, 1)
        inside.setLayout(box)
        super().__init__(
            screen, _("Add a questionnaire"), inside, _("Add"), 720, tall=True
        )
        self.resize(720, 540)
        self.main.setEnabled(False)
        self.accepted_with.connect(self._add)

    @Slot()
    def _choose(self) -> None:
        kinds = _("Questionnaires (*.toml *.xlsx *.xls)")
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Questionnaire to add"), "", kinds
        )
        if chosen:
            self.take(Path(chosen))

    def take(self, path: Path) -> None:
        """Read a file beside the window, and show what it says."""
        self._show("", [], [])
        self._name = path.name
        self._file.hide()
        self._reading.read(_read, path, then=self._show_found, failed=self._refused)

    def _stopped(self) -> None:
        self._say_of_file(_("Stopped. Nothing was read; choose a file."))

    def _say_of_file(self, words: str) -> None:
        self._file.setText(words)
        self._file.show()

    def _show(
        self,
        verdict: str,
        facts: list[tuple[str, str]],
        wrong: list[str],
        found: Read | None = None,
    ) -> None:
        self._found = found
        self._trouble.hide()
        self._verdict.setText(verdict)
        self._facts.show_facts(facts)
        self._wrong.setPlainText("\n".join(wrong[:_SHOWN]))
        self._wrong.setVisible(bool(wrong))
        self._facts.setVisible(bool(facts))
        self._rest.setVisible(not wrong)
        self.main.setEnabled(found is not None)

    def _show_found(self, found: Read) -> None:
        path, _content, made = found
        self._say_of_file(path.name)
        title = _("{title}, version {version}").format(
            title=pick(made.title, language()), version=made.version
        )
        scores = ", ".join(pick(score.title, language()) for score in made.scores)
        self._show(
            title, [*words.head(made), (_("Scores"), scores or _("none"))], [], found
        )
        self.main.setFocus()

    @Slot(dict)
    def _add(self, _values: FormValues) -> None:
        if self._found is not None:
            path, content, _made = self._found
            self._desk.do(
                self,
                actions.add_instrument,
                content,
                path.name,
                then=self._added,
                failed=self._refused,
            )

    def _added(self, _id: int) -> None:
        if self._found is not None:
            self._then(self._found[2].key)
        self.well()

    def _refused(self, problem: BaseException) -> None:
        """Each fault on a line; all else beneath, in words. Nothing was changed either way."""
        faults: tuple[Fault, ...] = (
            problem.faults if isinstance(problem, Invalid) else ()
        )
        told = many(
            "{n} problem in {file}. Nothing was changed.",
            "{n} problems in {file}. Nothing was changed.",
            len(faults),
        ).replace("{file}", self._name)
        self._say_of_file(
            _("Correct the file and choose it again, or choose another one.")
        )
        self._show(
            told if faults else "",
            [],
            [say_fault(fault, named=True) for fault in faults],
        )
        if not faults:
            self.failed(problem)
            self.main.setEnabled(False)
