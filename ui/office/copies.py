"""The copies of the office: which there are, a rehearsal of opening one, and going back to one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QScrollArea, QWidget

from cbs_desktop.action import Progress
from cbs_desktop.errors import OfficeProblem
from cbs_desktop.findings import Checked
from cbs_desktop.keeping import copying, problems, restoring
from cbs_desktop.keeping.restoring import Rehearsal
from cbs_desktop.problems import say
from cbs_desktop.safe import accounts, copies, switching
from cbs_desktop.safe.copies import Copy
from cbs_desktop.words import _
from ui.messages import confirm
from ui.screen import Screen
from ui.widgets.copy_list import CopyTable
from ui.widgets.dialog import Dialog
from ui.widgets.parts import button, label, line, rows
from ui.work import Work

_WIDTH = 940
_TABLE = 136  # pixels: three copies and a head, so that what was found has room on a small screen


class Copies(Dialog):
    """A list of copies; one of them is rehearsed or restored with the password of an account in it."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._office = screen.desk.office
        self._place: Path | None = None
        self.table = CopyTable()
        self.person = QComboBox()
        self.person.setAccessibleName(_("Person"))
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(_("Password in the copy"))
        self.told = label("", wrap=True)
        self.told.setAccessibleName(_("What was found"))
        self.elsewhere = button(_("Look in another folder"), self.choose_place)
        self.restore = button(_("Restore…"), self.begin_restore)
        super().__init__(
            screen,
            _("Copies"),
            self._inside(),
            _("Rehearse a restore"),
            _WIDTH,
            tall=True,
        )
        self.cancel.setText(_("Close"))
        self.cancel.setAccessibleName(_("Close"))
        self.rehearse = self.main
        self.accepted_with.connect(self.begin_rehearsal)
        self.table.chosen.connect(self._show_people)
        self.table.setFocus()
        self.look()

    def _inside(self) -> QWidget:
        words = _(
            "To rehearse reads the whole copy and changes nothing. To restore puts the copy in the place of this office, which "
            "stays beside it under another name."
        )
        self.table.setFixedHeight(_TABLE)
        box = line(gap=8)
        box.addWidget(label(_("Person"), "small"))
        box.addWidget(self.person, 1)
        box.addWidget(label(_("Password in the copy"), "small"))
        box.addWidget(self.password, 1)
        buttons = line(self.elsewhere, None, self.restore, gap=8)
        inside = QWidget()
        inside.setLayout(
            rows(
                label(words, "second", wrap=True),
                self.table,
                box,
                buttons,
                self.told,
                gap=10,
            )
        )
        return inside

    def _say(self, words: str) -> None:
        """What was found, in sight."""
        self.told.setText(words)
        self._fit(_WIDTH, tall=True)
        QTimer.singleShot(0, self, self._show_told)

    @Slot()
    def _show_told(self) -> None:
        if isinstance(self._body, QScrollArea):
            self._body.ensureWidgetVisible(self.told, 0, 0)

    # --- which there are

    def look(self) -> None:
        """Read which copies lie beside the office, on the sticks, and in the folder that was chosen."""
        office = self._office
        place = self._place

        def found() -> list[Copy]:
            places = [copies.automatic_folder(office.folder)]
            places += copies.sticks(office.fingerprint)
            if place is not None:
                places.append(place)
            known: dict[Path, Copy] = {}
            for each in places:
                for copy in copying.lying_in(office, each):
                    known[copy.folder] = copy
            return sorted(known.values(), key=lambda copy: copy.made, reverse=True)

        self._work(found, self._show)

    def _show(self, found: list[Copy]) -> None:
        self.table.show_copies(found)
        if not found:
            words = _("No copies were found. Look in the folder or on the stick.")
            self._say(words)
        self._show_people()

    @Slot()
    def choose_place(self) -> None:
        """Another folder, such as one on a stick."""
        chosen = QFileDialog.getExistingDirectory(self, _("Folder with copies"))
        if chosen:
            self.look_in(Path(chosen))

    def look_in(self, place: Path) -> None:
        """Show what lies in a folder as well."""
        self._place = place
        self._say("")
        self.look()

    @Slot()
    def _show_people(self, *_row: object) -> None:
        """Who can sign in to the copy that is chosen."""
        copy = self.table.current()
        names: list[str] = []
        if copy is not None and copy.can_be_opened:
            try:
                names = accounts.names(copy.folder)
            except OfficeProblem as problem:
                self._say(str(say(problem)))
        self.person.clear()
        self.person.addItems(names)
        self.person.setCurrentText(self._office.account.name)
        for each in (self.rehearse, self.restore):
            each.setEnabled(bool(names))

    # --- what is done with one

    @Slot()
    def begin_rehearsal(self, *_values: object) -> None:
        """Open the copy, reading only, and say what it has."""
        self._rehearse(self._tell)

    @Slot()
    def begin_restore(self) -> None:
        """The same; then ask, with what would be lost."""
        self._rehearse(self._ask)

    def _rehearse(self, then: Callable[[Rehearsal], None]) -> None:
        copy = self.table.current()
        given = (self._office.folder, self.person.currentText(), self.password.text())

        def work(progress: Progress) -> Rehearsal:
            return restoring.rehearse(copy.folder, *given, progress)

        self._say(_("Reading the copy…"))
        self._work(work, then, takes_progress=True)

    def _tell(self, rehearsal: Rehearsal) -> None:
        self._say(problems.say_rehearsal(rehearsal))

    def _ask(self, rehearsal: Rehearsal) -> None:
        self._tell(rehearsal)
        if not rehearsal.checked.well:
            return
        words = problems.say_rehearsal(rehearsal)
        closes = _(
            "The present office is kept under another name. The program then closes; open it again, and sign in with the "
            "password of the copy."
        )
        question = f"{words}\n\n{closes}"
        if confirm(self, question, _("Restore this copy"), _("Keep the office")):
            self._prepare(rehearsal)

    def _prepare(self, rehearsal: Rehearsal) -> None:
        given = (self._office.folder, self.person.currentText(), self.password.text())

        def work() -> Checked:
            return restoring.prepare(rehearsal.folder, *given, self._office.now)

        self._say(_("Preparing the copy…"))
        self._work(work, self._leave)

    def _leave(self, _checked: Checked) -> None:
        """The window closes, and the copy takes the office's place. Where somebody keeps it open, nothing happens."""
        window = self._screen.window()
        self.reject()
        if not window.close():
            switching.give_up(self._office.folder)

    def _work(
        self,
        function: Callable[..., object],
        then: Callable[..., None],
        takes_progress: bool = False,
    ) -> None:
        for each in (self.rehearse, self.restore, self.elsewhere):
            each.setEnabled(False)

        def done(value: object) -> None:
            self._may_go_on()
            then(value)

        Work(
            self,
            function,
            then=done,
            failed=self._failed,
            takes_progress=takes_progress,
        ).start()

    def _may_go_on(self) -> None:
        self.elsewhere.setEnabled(True)
        for each in (self.rehearse, self.restore):
            each.setEnabled(self.person.count() > 0)

    def _failed(self, problem: BaseException) -> None:
        self._may_go_on()
        self._say(str(say(problem)))
        self.password.setFocus()
