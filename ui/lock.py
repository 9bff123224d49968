"""The locked window: covers all data, asks for the password only, loses nothing that was typed; no key stays in memory."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from cbs_desktop import clock
from cbs_desktop.errors import WrongPassword
from cbs_desktop.problems import say
from cbs_desktop.words import _
from ui.desk import Desk
from ui.widgets.dialog import Dialog
from ui.widgets.parts import button, label, line, rows, sheet

IDLE_MINUTES = 5  # unless the office chose otherwise
_PULSE = 5  # seconds between two looks at the clock
_SLEPT = timedelta(minutes=1)  # between two looks: the laptop was asleep
_BY_HAND = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
}


class Idle(QObject):
    """Tells when nobody has typed or pointed for a while, and when the laptop wakes from sleep.

    Watches the window that has the focus, not every event.
    """

    passed = Signal()

    def __init__(self, parent: QObject, minutes: float = IDLE_MINUTES) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(int(minutes * 60_000))
        self._timer.timeout.connect(self.passed)
        self._seen = clock.now()
        self._pulse = QTimer(self)
        self._pulse.setInterval(_PULSE * 1_000)
        self._pulse.timeout.connect(self.look)
        self._pulse.start()
        app = QGuiApplication.instance()
        app.focusWindowChanged.connect(self._watch)  # type: ignore[union-attr]
        self._timer.start()

    def wait(self, minutes: float) -> None:
        """Count these minutes from now on."""
        self._timer.setInterval(int(minutes * 60_000))

    @Slot()
    def look(self) -> None:
        """A clock that jumped ahead means sleep."""
        now = clock.now()
        slept = now - self._seen > _SLEPT
        self._seen = now
        if slept:
            self.passed.emit()

    @Slot(QWindow)
    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to count anew; the event goes on its way."""
        if event.type() in _BY_HAND:
            self._timer.start()
        return False


class LockPage(QWidget):
    """Who is signed in, and a line for the password."""

    def __init__(self, desk: Desk, unlocked: Callable[[], None]) -> None:
        super().__init__()
        self._desk = desk
        self._then = unlocked
        self._covered: list[QWidget] = []
        self.setProperty("role", "page")
        self._password = QLineEdit()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.setAccessibleName(_("Password"))
        self._password.returnPressed.connect(self._try)
        self._fault = label("", "fault", wrap=True)
        self._go = button(_("Unlock"), self._try, "main")
        inside = rows(
            label(_("Locked"), "title"),
            label(
                _("{name} is signed in. What was typed is kept.").format(
                    name=desk.office.account.name
                ),
                "second",
                wrap=True,
            ),
            label(_("Password"), "small"),
            self._password,
            self._fault,
            line(None, self._go),
            gap=8,
            margin=(24, 24, 24, 24),
        )
        panel = sheet(inside)
        panel.setFixedWidth(380)
        self.setLayout(rows(None, line(None, panel, None), None))

    def begin(self) -> None:
        """Ask anew; dialogs show data too, so they wait out of sight with what was typed in them."""
        for each in QApplication.topLevelWidgets():
            if each is self.window() or not each.isVisible():
                continue
            if isinstance(each, Dialog):
                each.hide()
                self._covered.append(each)
            else:  # menus, lists, questions: nothing is typed in them
                each.close()
        self._password.clear()
        self._fault.setText("")
        self._password.setFocus()

    @Slot()
    def _try(self) -> None:
        if not self._go.isEnabled():
            return
        self._go.setEnabled(False)
        self._go.setText(_("Opening…"))
        self._desk.unlock(self, self._password.text(), self._well, self._failed)

    def _well(self, _value: object) -> None:
        self._may_try()
        self._password.clear()
        self._then()
        covered = self._covered
        self._covered = []
        for each in covered:
            each.show()

    def _failed(self, problem: BaseException) -> None:
        wrong = isinstance(problem, WrongPassword)
        self._fault.setText(_("Wrong password.") if wrong else str(say(problem)))
        self._may_try()
        self._password.setFocus()
        self._password.selectAll()

    def _may_try(self) -> None:
        self._go.setEnabled(True)
        self._go.setText(_("Unlock"))
