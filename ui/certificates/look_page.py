"""Office › Certificate design: how certificates look, with the page beside it as it will be printed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer, Slot
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QComboBox

from cbs_desktop.certificates import calibration, documents, looks, papers
from cbs_desktop.certificates.looks import ALL, TRAINING, Look
from cbs_desktop.certificates.rules import Printable
from cbs_desktop.errors import Invalid
from cbs_desktop.exports.rules import Outgoing, Recipient
from cbs_desktop.problems import say_fault
from cbs_desktop.programmes import queries as programmes
from cbs_desktop.programmes.rules import Rules
from cbs_desktop.words import _
from ui.certificates.look_form import LookForm
from ui.desk import Desk
from ui.screen import PageAction, Screen
from ui.widgets.outgoing import keep, print_out, save_as
from ui.widgets.parts import button, label, line, rows, rule, scrolled, sheet
from ui.widgets.preview import Preview, printer_for
from ui.work import Work

# Nobody's certificate: a code as long as a real one, that no checking finds genuine
SAMPLE = Printable(
    "MU-L1-2026A-0001",
    "MUKAMANA Alice",
    "",
    13,
    15,
    date(2026, 3, 9),
    date(2026, 6, 29),
    date(2026, 7, 3),
    "Musanze",
    "DRAFT " * 32,
    sex="F",
)
_PAUSE = 250  # ms without a keystroke before the page is drawn again


class LookPage(Screen):
    """The fields at the left, the page at the right; nothing counts before it is saved."""

    word = "look"
    watches = frozenset({"settings", "certificates", "programmes"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.page_actions = (
            PageAction(_("Save"), "Ctrl+S", "save", self.save),
            PageAction(
                _("Print calibration page"), "Ctrl+P", "print", self.print_calibration
            ),
            PageAction(
                _("Save calibration page as PDF"), "", "export", self.save_calibration
            ),
            PageAction(_("Add a logo…"), "Ctrl+N", "add", self.add_logo),
            PageAction(_("Back to Office"), "Esc", "previous", self.back),
        )
        self._looks: dict[str, Look] = {}
        self._typed: dict[str, Look] = {}  # changed and not saved, by for whom
        self._drawing = 0
        self.whose = QComboBox()
        self.whose.setAccessibleName(_("Applies to"))
        self.whose.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.form = LookForm(self)
        self.preview = Preview(_("Print preview of the certificate"))
        self._wrong = label("", "fault", wrap=True)
        self._as_all = button(_("Use the design for all"), self.same_as_all, "plain")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._draw)
        self.form.changed.connect(self._on_changed)
        self.whose.currentIndexChanged.connect(self._show)
        self._build()

    def _build(self) -> None:
        left = rows(
            line(
                label(_("For"), "small"),
                self.whose,
                self._as_all,
                None,
                margin=(16, 10, 16, 10),
            ),
            rule(),
            gap=0,
        )
        left.addWidget(scrolled(self.form), 1)
        right = rows(gap=8, margin=(16, 14, 16, 12))
        right.addWidget(self.preview, 1)
        right.addWidget(self._wrong)
        box = line(gap=16, margin=(24, 16, 24, 16))
        box.addWidget(sheet(left), 5)
        box.addWidget(sheet(right), 6)
        self.setLayout(box)

    # --- showing

    def refresh(self) -> None:
        """Ask for the looks, and for the programmes that may have one."""
        self.ask(programmes.programmes, then=self._show_whose)
        self.ask(looks.looks, then=self._keep)

    def _show_whose(self, found: list[tuple[int, Rules]]) -> None:
        chosen = self.whose.currentData() or ALL
        self.whose.blockSignals(True)
        self.whose.clear()
        self.whose.addItem(_("all certificates"), ALL)
        for _id, rules in found:
            self.whose.addItem(rules.title, rules.key)
        self.whose.addItem(_("facilitator trainings"), TRAINING)
        self.whose.setCurrentIndex(max(0, self.whose.findData(chosen)))
        self.whose.blockSignals(False)

    def _keep(self, found: dict[str, Look]) -> None:
        self._looks = found
        self._typed = {
            whose: look
            for whose, look in self._typed.items()
            if look != self._stored(whose)
        }
        self._show()

    def _stored(self, whose: str) -> Look:
        return self._looks.get(whose, self._looks[ALL])

    @property
    def chosen(self) -> str:
        """For whom the look is that is shown."""
        return self.whose.currentData() or ALL

    @Slot()
    def _show(self, *_index: object) -> None:
        if not self._looks:
            return
        look = self._typed.get(self.chosen, self._stored(self.chosen))
        if look != self.form.look():  # so that the cursor stays where it is
            self.form.show_look(look)
        self._as_all.setVisible(self.chosen != ALL and self.chosen in self._looks)
        self._say_state()
        self._draw()

    def _say_state(self) -> None:
        changed = _("unsaved changes") if self._typed else _("saved")
        self.tell(
            _("Design, colours, languages, logos and words · {state}").format(
                state=changed
            )
        )

    @Slot()
    def _on_changed(self) -> None:
        look = self.form.look()
        if look == self._stored(self.chosen):
            self._typed.pop(self.chosen, None)
        else:
            self._typed[self.chosen] = look
        self._say_state()
        self._pause.start()

    @Slot()
    def _draw(self) -> None:
        """Draw the page anew, unless something is wrong: then it is said, and the last page stays."""
        look = self.form.look()
        wrong = looks.faults(look)
        self._wrong.setText(say_fault(wrong[0], named=True) if wrong else "")
        self._wrong.setVisible(bool(wrong))
        if wrong:
            return
        self._drawing = number = self._drawing + 1
        office = self.desk.office

        def render() -> bytes:
            return documents.render(
                [SAMPLE], replace(papers.sheet(office), look=look, draft=True)
            )

        def show(content: bytes) -> None:
            if number == self._drawing:  # something else may have been typed in between
                self.preview.show_pdf(content)

        Work(
            self, render, then=show, failed=self.problem.emit, takes_progress=False
        ).start()

    def unsaved(self) -> str:
        """What would be lost if the window closed now."""
        if self._typed:
            return _("The certificate design has unsaved changes.")
        return ""

    # --- what can be done

    @Slot()
    def save(self) -> None:
        """Keep the look that is shown; every fault is said under its field."""
        whose = self.chosen
        look = self.form.look()
        self.desk.do(
            self,
            looks.set_look,
            whose,
            look,
            then=lambda _made: self._saved(whose),
            failed=self._refused,
        )

    def _saved(self, whose: str) -> None:
        self._typed.pop(whose, None)
        self.form.show_faults(())
        self._say_state()

    def _refused(self, problem: BaseException) -> None:
        if isinstance(problem, Invalid):
            rest = self.form.show_faults(problem.faults)
            if not rest:
                return
            problem = Invalid(rest)
        self.problem.emit(problem)

    @Slot()
    def same_as_all(self) -> None:
        """No look of its own any more; Undo brings it back."""
        whose = self.chosen
        self._typed.pop(whose, None)
        self.do(looks.set_look, whose, None)

    @Slot()
    def add_logo(self) -> None:
        """Choose a picture."""
        self.form.logos.choose()

    def _calibration(self) -> bytes:
        return calibration.calibration(
            replace(papers.sheet(self.desk.office), look=self.form.look())
        )

    @Slot()
    def print_calibration(self) -> None:
        """The page with the crosses, to a printer."""
        if looks.faults(self.form.look()):
            return
        content = self._calibration()
        printer = printer_for(content)
        if QPrintDialog(printer, self).exec():
            said = _("Sent to the printer. Hold it over your paper against the light.")
            print_out(
                self,
                Outgoing("calibration page"),
                content,
                printer,
                None,
                lambda _count: self.said.emit(said),
            )

    @Slot()
    def save_calibration(self) -> None:
        """The same as a PDF, to print from elsewhere."""
        save_as(
            self,
            self.desk,
            "calibration page",
            _("Save calibration page"),
            "calibration.pdf",
            "*.pdf",
            self.write_calibration,
        )

    def write_calibration(self, path: Path, *_to: Recipient) -> None:
        """Write the calibration page to a file."""
        said = _("Saved as {file}").format(file=path.name)
        keep(self, Outgoing("calibration page"), {path: self._calibration()}, said)

    @Slot()
    def back(self) -> None:
        """To the Office page; what was typed stays here."""
        self.opens.emit("office", None)
