"""What the program says: the bar with Undo, problems in words, progress with Cancel, the rare question, the crash page."""

import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QMessageBox, QProgressBar, QWidget

from cbs_desktop.action import Change
from cbs_desktop.drafts.actions import Tidied
from cbs_desktop.errors import Cancelled, OfficeProblem
from cbs_desktop.problems import say
from cbs_desktop.words import _, many
from ui import theme
from ui.widgets.parts import button, label, line, picture, rows
from ui.work import Work


class Bar(QFrame):
    """Under the page: what was done last with its Undo, or what went wrong, or how far long work is."""

    undo = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("panel", "ok")
        self.setAccessibleName(_("Messages"))
        self._icon = picture("ok", "ok", 20)
        self._what = label("", "strong", wrap=True)
        self._more = label("", "second", wrap=True)
        self._progress = QProgressBar()
        self._progress.setAccessibleName(_("Progress"))
        self._undo = button(_("Undo"), self.undo.emit, "plain", "undo", "Ctrl+Z")
        self._cancel = button(_("Cancel"), self._stop, "", tip="Esc")
        self._close = button(_("Close"), self.hide, "plain", "close")
        text = rows(self._what, self._more, self._progress, gap=2)
        box = line(self._icon, gap=12, margin=(16, 8, 12, 8))
        box.addLayout(text, 1)
        for each in (self._undo, self._cancel, self._close):
            box.addWidget(each)
        self.setLayout(box)
        self._work: Work | None = None
        self.hide()

    def _tell(
        self,
        kind: str,
        what: str,
        more: str = "",
        undo: bool = False,
        work: bool = False,
    ) -> None:
        self.setProperty("panel", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        theme.wear(self._icon, kind, kind, 20)
        self._what.setText(what)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self._undo.setVisible(undo)
        self._progress.setVisible(work)
        self._cancel.setVisible(work)
        self._close.setVisible(not work)
        self.show()

    @Slot(object)
    def show_change(self, change: Change) -> None:
        """What was done, with its Undo; it stays until the next act."""
        if not change.done:
            self.hide()
        elif change.undo:
            self._tell("info", _("Undone: {what}").format(what=change.done))
        else:
            self._tell("ok", f"{change.done}.", undo=not change.lasting)

    @Slot(str)
    def show_word(self, what: str) -> None:
        """A sentence."""
        self._tell("info", what)

    def add(self, more: str) -> None:
        """Something that came of the last act, beneath what is said of it; its Undo stays."""
        if self.isHidden():
            self.show_word(more)
            return
        self.setProperty("panel", "warn")
        self.style().unpolish(self)
        self.style().polish(self)
        theme.wear(self._icon, "warn", "warn", 20)
        self._more.setText(more)
        self._more.show()

    @Slot(object)
    def show_problem(self, problem: BaseException) -> None:
        """What happened, what is safe, what to do."""
        if isinstance(problem, Cancelled):
            self._tell("quiet", _("Stopped. Nothing was changed."))
            return
        said = say(problem)
        kind = "warn" if isinstance(problem, OfficeProblem) else "stop"
        self._tell(
            kind, said.what, " ".join(part for part in (said.safe, said.todo) if part)
        )

    @Slot(object, str)
    def show_work(self, work: Work, what: str) -> None:
        """Long work: what it does, how far it is, and Cancel."""
        self._work = work
        self._progress.setRange(0, 0)
        self._tell("info", what, work=True)
        work.progressed.connect(self._advance)
        work.finished.connect(self._ended)

    @Slot(int, int)
    def _advance(self, done: int, total: int) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        if total:  # else nobody knows how much there is
            self._more.setText(_("{done} of {total}").format(done=done, total=total))
            self._more.show()

    @Slot()
    def _ended(self) -> None:
        self._work = None
        if self._progress.isVisible():
            self.hide()

    @Slot()
    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()


def tidied_words(removed: Tidied) -> str:
    """Which half-typed forms are offered no more; "" where none went."""
    said: list[str] = []
    if removed.old:
        words = many(
            "{n} unfinished form of more than 30 days ago was removed.",
            "{n} unfinished forms of more than 30 days ago were removed.",
            removed.old,
        )
        said.append(words)
    if removed.gone:
        words = many(
            "{n} unfinished form was discarded, because its record no longer exists.",
            "{n} unfinished forms were discarded, because their records no longer exist.",
            removed.gone,
        )
        said.append(words)
    return " ".join(said)


def confirm(parent: QWidget, question: str, do_it: str, keep: str) -> bool:
    """Ask before what cannot be undone; the buttons say what they do. Whether it is wished."""
    box = QMessageBox(
        QMessageBox.Icon.Question,
        "CBS Desktop",
        question,
        QMessageBox.StandardButton.NoButton,
        parent,
    )
    box.setTextFormat(Qt.TextFormat.PlainText)
    yes = box.addButton(do_it, QMessageBox.ButtonRole.AcceptRole)
    no = box.addButton(keep, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    box.exec()
    return box.clickedButton() is yes


class CrashPage(QWidget):
    """Shown over the page when the program made a mistake: what is safe, what to do; nothing typed is thrown away."""

    def __init__(self, problem: BaseException, back: Callable[..., object]) -> None:
        super().__init__()
        self.setProperty("role", "page")
        said = say(RuntimeError())
        where = traceback.extract_tb(problem.__traceback__)[-1:]
        place = f"{Path(where[0].filename).name}:{where[0].lineno}" if where else ""
        shown = label(
            f"{type(problem).__name__} {place}", "small", wrap=True
        )  # not its message: that may hold a name
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside = rows(
            label(said.what, "title"),
            label(said.safe, wrap=True),
            label(said.todo, wrap=True),
            shown,
            line(button(_("Back to the page"), back, "main"), None),
            gap=12,
        )
        self.setLayout(rows(None, inside, None, margin=(80, 24, 80, 24)))
