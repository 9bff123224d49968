"""Where no office lies yet: the practice office, made while one waits, and an office from a backup."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from cbs_desktop.action import Progress
from cbs_desktop.errors import Cancelled, OfficeProblem
from cbs_desktop.practice import place
from cbs_desktop.problems import say
from cbs_desktop.safe import accounts, copies
from cbs_desktop.safe.copies import Copy
from cbs_desktop.words import _
from ui.sign_in import SignIn, card, page_with
from ui.widgets.copy_list import STATES, CopyTable
from ui.widgets.form import Field, Form
from ui.widgets.parts import button, label, line, rows
from ui.work import Work

if TYPE_CHECKING:
    from cbs_desktop.keeping.restoring import Rehearsal
    from cbs_desktop.office import Office

_FIRST = "coordinator"  # who signs in when the practice office is made


class Practice(QWidget):
    """Says what the practice office is, makes it with progress and Cancel, and opens it."""

    def __init__(self, window: SignIn) -> None:
        super().__init__()
        self._window = window
        self._work: Work | None = None
        self._progress = QProgressBar()
        self._progress.setAccessibleName(_("Progress"))
        self._progress.setTextVisible(False)
        self._state = label("", "small", wrap=True)
        self._fault = label("", "fault", wrap=True)
        self._is_there = accounts.lies_in(place.folder())
        if self._is_there:
            words = _("Open the practice office")
        else:
            words = _("Create the practice office")
        self.main = button(words, self._go, "main")
        self.leave = button(_("Back"), self._leave)
        foot = [
            self._progress,
            self._state,
            self._fault,
            line(self.leave, None, self.main),
        ]
        head = [label(_("Practice office"), "title")]
        self.setLayout(rows(page_with(head, self._told(), foot, width=560)))
        self._show_progress(False)
        self.main.setFocus()

    def _told(self) -> QWidget:
        """What it is, and how one gets in again."""
        what = _(
            "A whole season of nearly a thousand invented people. Nothing in it is real: every page and every print says so."
        )
        signs_in = _(
            "Sign in as coordinator, screener, clerk or auditor; "
            "everybody’s password is “{password}”."
        )
        where = _("It is stored in {folder}").format(folder=place.folder())
        inside = QWidget()
        told = (
            label(what, wrap=True),
            label(signs_in.format(password=place.PASSWORD), wrap=True),
        )
        inside.setLayout(rows(*told, label(where, "small", wrap=True), gap=10))
        return inside

    @Slot()
    def _go(self) -> None:
        if self._is_there:
            self._window.go_to(place.folder())
        else:
            self._make()

    def _make(self) -> None:
        def work(progress: Progress) -> "Office":
            from cbs_desktop.office import Office
            from cbs_desktop.practice import build

            build.build_whole(place.folder(), place.PASSWORD, progress)
            return Office.open(place.folder(), _FIRST, place.PASSWORD)

        self._fault.setText("")
        self._show_progress(True)
        self._work = Work(
            self, work, then=self._window.opened.emit, failed=self._failed
        )
        self._work.progressed.connect(self._advance)
        self._work.start()

    @Slot()
    def _leave(self) -> None:
        """Back to the doors; while the office is being made, stop that first."""
        if self._work is None:
            self._window.back()
        else:
            self.leave.setEnabled(False)
            self._work.cancel()

    @Slot(int, int)
    def _advance(self, done: int, total: int) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._state.setText(
            _("Creating the season: {percent} %").format(
                percent=round(100 * done / total)
            )
        )

    def _show_progress(self, under_way: bool) -> None:
        self._progress.setVisible(under_way)
        self._progress.setRange(0, 0)
        self._state.setVisible(under_way)
        self._state.setText(_("Creating the season…"))
        self._fault.setVisible(bool(self._fault.text()))
        self.main.setEnabled(not under_way)
        self.leave.setEnabled(True)
        self.leave.setText(_("Cancel") if under_way else _("Back"))

    def _failed(self, problem: BaseException) -> None:
        self._work = None
        stopped = isinstance(problem, Cancelled)
        self._fault.setText(
            _("Stopped. Nothing was created.") if stopped else str(say(problem))
        )
        self._show_progress(False)
        self.main.setFocus()


class ChooseCopy(QWidget):
    """The copies that were found beside the office and on sticks, and a way to others."""

    def __init__(self, window: SignIn) -> None:
        super().__init__()
        self._window = window
        self.table = CopyTable()
        self.table.setMinimumHeight(200)
        self._fault = label("", "fault", wrap=True)
        self.main = button(_("Open this copy"), self._open, "main")
        self.another = button(_("Another folder…"), window.choose_backup_folder)
        self.leave = button(_("Back"), window.back)
        words = _(
            "These copies were found beside the office and on the sticks that are in."
        )
        head = [label(_("Open a backup"), "title"), label(words, "small", wrap=True)]
        foot = [self._fault, line(self.leave, self.another, None, self.main)]
        self.setLayout(rows(page_with(head, self.table, foot, width=820)))
        self.table.opened.connect(self._open)
        self.table.show_copies(found_copies(window.folder))
        self.table.setFocus()

    @Slot()
    def _open(self, *_row: object) -> None:
        copy = self.table.current()
        if copy is None:
            return
        if copy.can_be_opened:
            self._window.open_backup(copy.folder)
            return
        _kind, word = STATES[copy.state]
        words = _("This copy cannot be opened here ({state}). Choose another one.")
        self._fault.setText(words.format(state=_(word)))


def found_copies(office: Path) -> list[Copy]:
    """The copies beside an office and on sticks, newest first."""
    from cbs_desktop.keeping import copying

    places = [copies.automatic_folder(office), *copies.all_sticks()]
    found: list[Copy] = []
    for each in places:
        found += copying.found_without_key(each)
    return sorted(found, key=lambda copy: copy.made, reverse=True)


class Notice(QWidget):
    """Something that happened before the sign-in, told once."""

    def __init__(self, window: SignIn, title: str, words: str) -> None:
        super().__init__()
        self.main = button(_("Continue"), window.back, "main")
        parts = (label(title, "title"), label(words, wrap=True), line(None, self.main))
        self.setLayout(rows(card(*parts, width=500)))
        self.main.setFocus()


class OpenBackup(QWidget):
    """Who signs in to the office of a backup; it is checked before it counts."""

    def __init__(self, window: SignIn, backup: Path) -> None:
        super().__init__()
        self._window = window
        self._backup = backup
        self._fault = label("", "fault", wrap=True)
        people = self._people()
        self.form = Form(
            [
                Field("person", _("Person"), "choice", choices=people),
                Field(
                    "password",
                    _("Password"),
                    "password",
                    help=_("As it was when the backup was made"),
                ),
            ],
            columns=1,
        )
        self.form.setEnabled(bool(people))
        self.form.changed.connect(self._forgive)
        self.main = button(_("Open this backup"), self._open, "main")
        self.main.setEnabled(bool(people))
        self.another = button(_("Choose another backup"), self._choose)
        self.leave = button(_("Back"), window.back)
        self._build()
        (self.form.inputs["password"] if people else self.another).setFocus()

    def _build(self) -> None:
        words = _(
            "The backup in {backup} will be copied to {folder} and "
            "checked. The backup itself is not changed."
        )
        told = words.format(backup=self._backup, folder=self._window.folder)
        head = [label(_("Open a backup"), "title"), label(told, "small", wrap=True)]
        foot = [self._fault, line(self.leave, self.another, None, self.main)]
        self.setLayout(rows(page_with(head, self.form, foot, width=560)))

    def _people(self) -> list[tuple[str, str]]:
        """Who can sign in to the backup; why nobody can is said."""
        if not accounts.lies_in(self._backup):
            words = _(
                "There is no backup in {folder}. Choose the folder that "
                "contains keys.json and office.db."
            )
            self._fault.setText(words.format(folder=self._backup))
            return []
        try:
            return [(name, name) for name in accounts.names(self._backup)]
        except OfficeProblem as problem:
            self._fault.setText(str(say(problem)))
            return []

    @Slot()
    def _choose(self) -> None:
        self._window.back()
        self._window.choose_backup()

    @Slot()
    def _open(self) -> None:
        backup = self._backup
        folder = self._window.folder
        values = self.form.values()

        given = (folder, values["person"], values["password"])

        def work() -> "Rehearsal":
            from cbs_desktop.keeping import restoring

            return restoring.rehearse(backup, *given)

        self.main.setEnabled(False)
        self.main.setText(_("Checking…"))
        if accounts.lies_in(folder):
            self._window.run(work, self._ask, self._failed)
        else:
            self._restore()

    def _ask(self, rehearsal: "Rehearsal") -> None:
        """An office lies there: what would be lost is said before."""
        from cbs_desktop.keeping import problems
        from ui.messages import confirm

        told = problems.say_rehearsal(rehearsal)
        if not rehearsal.checked.well:
            self._show_again(told)
            return
        kept = _("The present office is kept beside it under another name.")
        question = f"{told}\n\n{kept}"
        if confirm(self, question, _("Restore this copy"), _("Keep the office")):
            self._restore()
        else:
            self._show_again("")

    def _restore(self) -> None:
        values = self.form.values()
        folder = self._window.folder
        given = (folder, values["person"], values["password"])

        def work() -> "Office":
            from cbs_desktop.keeping import restoring
            from cbs_desktop.office import Office

            restoring.restore(self._backup, *given)
            return Office.open(*given)

        self._window.run(work, self._window.opened.emit, self._failed)

    def _failed(self, problem: BaseException) -> None:
        self._show_again(str(say(problem)))

    def _show_again(self, fault: str) -> None:
        self.main.setText(_("Open this backup"))
        self.main.setEnabled(True)
        self._fault.setText(fault)
        self.form.inputs["password"].setFocus()

    @Slot()
    def _forgive(self) -> None:
        self._fault.setText("")
