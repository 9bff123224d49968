"""The first window: who and which password. It paints before the database library is imported."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from cbs_desktop.errors import OfficeProblem
from cbs_desktop.practice import place
from cbs_desktop.safe import accounts
from cbs_desktop.words import _
from ui.widgets.parts import Part, button, label, lead_on, line, rows, scrolled, sheet
from ui.work import Work

if TYPE_CHECKING:
    from cbs_desktop.office import Office


def said(problem: BaseException) -> str:
    """A problem in words; they are only read in when there is one."""
    from cbs_desktop.problems import say

    return str(say(problem))


R = TypeVar("R")


class OnceShown(QWidget):
    """A page with something that is lost when the window closes."""

    def unsaved(self) -> str:
        """What is lost, as a sentence."""
        raise NotImplementedError

    def leave(self) -> None:
        """What is to be done if the window closes all the same."""
        raise NotImplementedError


class SignIn(QWidget):
    """Sign in, make a new office, or use the recovery code. `opened` carries the office."""

    opened = Signal(object)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.setWindowTitle("CBS Desktop")
        self.setProperty("role", "page")
        self._entered = False  # an office, so that the window closes without a question
        self.opened.connect(self._enter_office)
        self._pages = QStackedWidget()
        self._enter = _Enter(self)
        self._pages.addWidget(self._enter)
        self.setLayout(rows(self._pages))
        self.resize(960, 620)
        self._enter.look()

    def show_page(self, page: QWidget) -> None:
        """Another page in the place of the first."""
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)

    @Slot()
    def back(self) -> None:
        """To the first page."""
        page = self._pages.currentWidget()
        self._pages.setCurrentWidget(self._enter)
        if page is not None and page is not self._enter:
            self._pages.removeWidget(page)
            page.deleteLater()
        self._enter.look()

    @Slot()
    def make_new(self) -> None:
        """The page that makes an office."""
        from ui.new_office import NewOffice

        self.show_page(NewOffice(self))

    @Slot()
    def practise(self) -> None:
        """The page that makes or opens the practice office."""
        from ui.first_start import Practice

        self.show_page(Practice(self))

    @Slot()
    def choose_backup(self) -> None:
        """A copy to open: one of those that are found, or from another folder."""
        from ui.first_start import ChooseCopy, found_copies

        if found_copies(self.folder):
            self.show_page(ChooseCopy(self))
        else:
            self.choose_backup_folder()

    @Slot()
    def choose_backup_folder(self) -> None:
        """A backup by its folder."""
        chosen = QFileDialog.getExistingDirectory(self, _("Backup folder"))
        if chosen:
            self.open_backup(Path(chosen))

    def open_backup(self, backup: Path) -> None:
        """The page that opens this backup."""
        from ui.first_start import OpenBackup

        self.show_page(OpenBackup(self, backup))

    @Slot()
    def _enter_office(self) -> None:
        self._entered = True
        for field in self.findChildren(QLineEdit):
            field.clear()  # passwords and codes leave the memory

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask before what is shown only once is lost; an office that nobody went on into is closed."""
        page = self._pages.currentWidget()
        if self._entered or not isinstance(page, OnceShown):
            super().closeEvent(event)
            return
        from ui.messages import confirm

        if confirm(self, page.unsaved(), _("Close without it"), _("Stay")):
            page.leave()
            super().closeEvent(event)
        else:
            event.ignore()

    def go_to(self, folder: Path) -> None:
        """Sign in to the office in another folder."""
        self.folder = folder
        self.back()

    @Slot()
    def recover(self) -> None:
        """The page that takes the recovery code."""
        self.show_page(Recover(self))

    @Slot()
    def choose_folder(self) -> None:
        """Another office."""
        chosen = QFileDialog.getExistingDirectory(
            self, _("Office folder"), str(self.folder)
        )
        if chosen:
            self.go_to(Path(chosen))

    def run(
        self,
        work: Callable[[], R],
        then: Callable[[R], object],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Key derivation and opening take half a second: beside the window."""
        Work(self, work, then=then, failed=failed, takes_progress=False).start()


def card(*parts: Part, width: int = 420) -> QWidget:
    """A white sheet in the middle."""
    page = QWidget()
    panel = sheet(rows(*parts, gap=8, margin=(28, 24, 28, 24)))
    panel.setFixedWidth(width)
    page.setLayout(rows(None, line(None, panel, None), None))
    return page


def page_with(
    head: Sequence[Part], inside: QWidget, foot: Sequence[Part], width: int = 640
) -> QWidget:
    """A white sheet whose inside scrolls on a small screen, while head and foot with its buttons stay in sight."""
    page = QWidget()
    body = scrolled(inside, whole=True)
    panel = sheet(rows(*head, body, *foot, gap=12, margin=(28, 20, 28, 20)))
    panel.setFixedWidth(width)
    middle = rows(None, panel, None)
    page.setLayout(line(None, middle, None, margin=(12, 8, 12, 8)))
    return page


class _Doors(QWidget):
    """What can be done where no office lies: a new one, one to practise in, or one from a backup."""

    def __init__(self, window: SignIn) -> None:
        super().__init__()
        self.new = button(_("New office"), window.make_new, "main")
        self.practice = button(_("Practice office"), window.practise)
        self.backup = button(_("Open a backup"), window.choose_backup)
        said = {
            self.new: _(
                "Start with an empty office: its country, its districts and your name."
            ),
            self.practice: _(
                "Learn with invented people and a whole season, in a folder of its own."
            ),
            self.backup: _("Restore an office from a USB stick or another folder."),
        }
        wide = max(door.sizeHint().width() for door in said)
        doors = rows(gap=12)
        for door, words in said.items():
            door.setMinimumWidth(wide)
            door.setAccessibleDescription(words)
            row = line(door, gap=14)
            row.addWidget(label(words, "second", wrap=True), 1)
            doors.addLayout(row)
        self.setLayout(doors)


class _Enter(QWidget):
    """Office, person, password; where there is no office, the doors to one."""

    def __init__(self, window: SignIn) -> None:
        super().__init__()
        self._window = window
        self._where = label("", "small", wrap=True)
        self._fault = label("", "fault", wrap=True)
        self._hint = label("", "strong", wrap=True)
        self._person = QComboBox()
        self._password = QLineEdit()
        self._person.setAccessibleName(_("Person"))
        self._password.setAccessibleName(_("Password"))
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.returnPressed.connect(self._open)
        self._show = QCheckBox(_("Show the password"))
        self._show.toggled.connect(self._turn)
        self._go = button(_("Open"), self._open, "main")
        self._inside = self._fields()
        self.doors = _Doors(window)
        self._elsewhere = button(
            _("Choose another folder"), window.choose_folder, "plain"
        )
        self._practice = button(_("Practice office"), window.practise, "plain")
        self._copies = button(_("Restore a copy"), window.choose_backup, "plain")
        others = line(self._elsewhere, self._practice, self._copies, None)
        head = [label("CBS Desktop", "title"), self._where, self._hint, 8]
        self.setLayout(
            rows(
                card(*head, self._inside, self.doors, self._fault, 4, others, width=500)
            )
        )
        others = (self._forgot, self._elsewhere, self._practice, self._copies)
        lead_on(self._show, self._go, *others)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._may_try)

    def _fields(self) -> QWidget:
        """Who, and which password."""
        self._forgot = button(_("Forgot password?"), self._window.recover, "plain")
        person = (label(_("Person"), "small"), self._person)
        password = (label(_("Password"), "small"), self._password, self._show)
        inside = QWidget()
        inside.setLayout(
            rows(*person, *password, line(self._forgot, None, self._go), gap=6)
        )
        return inside

    def look(self) -> None:
        """Read who can sign in here."""
        folder = self._window.folder
        self._person.clear()
        self._password.clear()
        self._fault.setText("")
        names = self._names(folder)
        self._person.addItems(names)
        here = accounts.lies_in(folder)
        self._inside.setVisible(bool(names))
        self.doors.setVisible(not here)
        self._practice.setVisible(here and folder != place.folder())
        self._copies.setVisible(here)
        if here:
            said = _("Office in {folder}")
        else:
            said = _("There is no office in {folder} yet.")
        self._where.setText(said.format(folder=folder))
        self._show_hint(folder)
        (self._password if here else self.doors.new).setFocus()

    def _names(self, folder: Path) -> list[str]:
        try:
            if accounts.lies_in(folder):
                return list(accounts.roles(folder))
            return []
        except OfficeProblem as problem:
            self._fault.setText(said(problem))
            return []

    def _show_hint(self, folder: Path) -> None:
        """The practice office says that it is one, and its password."""
        practice = folder == place.folder() and accounts.lies_in(folder)
        words = _(
            "Practice office: nothing here is real. Everybody’s password "
            "is “{password}”."
        )
        self._hint.setText(words.format(password=place.PASSWORD))
        self._hint.setVisible(practice)

    @Slot()
    def _open(self) -> None:
        if not self._go.isEnabled():
            return
        folder = self._window.folder
        name = self._person.currentText()
        password = self._password.text()
        self._go.setEnabled(False)
        self._go.setText(_("Opening…"))
        self._fault.setText("")

        def work() -> "Office":
            from cbs_desktop.office import Office
            from ui.clock_page import note_unless_doubted

            office = Office.open(folder, name, password, noted=False)
            note_unless_doubted(office)
            return office

        self._window.run(work, self._window.opened.emit, self._failed)

    def _failed(self, problem: BaseException) -> None:
        self._fault.setText(said(problem))
        self._go.setText(_("Open"))
        wait = getattr(problem, "facts", {}).get("wait", 0)
        if wait:
            self._fault.setText(
                f"{said(problem)} {_('Wait {wait} seconds, then try again.').format(wait=wait)}"
            )
            self._timer.start(int(wait) * 1000)
        else:
            self._may_try()

    @Slot()
    def _may_try(self) -> None:
        self._go.setEnabled(True)
        self._password.setFocus()
        self._password.selectAll()

    @Slot(bool)
    def _turn(self, shown: bool) -> None:
        self._password.setEchoMode(
            QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        )


class Recover(QWidget):
    """A new password by the recovery code on paper."""

    def __init__(self, window: SignIn) -> None:
        super().__init__()
        self._window = window
        self._person = QComboBox()
        self._code = QLineEdit()
        self._new = QLineEdit()
        self._person.addItems(accounts.names(window.folder))
        self._new.setEchoMode(QLineEdit.EchoMode.Password)
        self._fault = label("", "fault", wrap=True)
        self._go: QPushButton = button(_("Set password"), self._try, "main")
        words = (
            _("Person"),
            _("Recovery code from the paper"),
            _("New password, at least {n} characters").format(n=accounts.LEAST),
        )
        parts: list[Part] = [label(_("Use the recovery code"), "title")]
        for word, made in zip(
            words, (self._person, self._code, self._new), strict=True
        ):
            made.setAccessibleName(word)
            parts += [label(word, "small"), made]
        self.setLayout(
            rows(
                card(
                    *parts,
                    self._fault,
                    line(button(_("Back"), window.back), None, self._go),
                )
            )
        )
        self._code.setFocus()

    @Slot()
    def _try(self) -> None:
        folder = self._window.folder
        name = self._person.currentText()
        code = self._code.text()
        new = self._new.text()
        self._go.setEnabled(False)
        self._window.run(
            lambda: accounts.recover(folder, code, name, new), self._done, self._failed
        )

    def _done(self, _value: object) -> None:
        self._window.back()

    def _failed(self, problem: BaseException) -> None:
        self._fault.setText(said(problem))
        self._go.setEnabled(True)
