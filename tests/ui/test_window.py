"""The window by keyboard: places, undo, lock, find, menu; what a role may not open is absent."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QTableView,
)

from cbs_desktop import settings
from cbs_desktop.keeping import actions as keeping
from ui.commands import CommandPalette
from ui.lock import Idle

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "four plain words"  # of conftest.py
WORDS = (
    "home",
    "participants",
    "screening",
    "groups",
    "attendance",
    "certificates",
    "reports",
    "facilitators",
    "office",
    "questionnaires",
    "referrals",
    "look",
    "help",
)


@pytest.mark.parametrize("word", WORDS)
def test_every_place_opens_empty_and_says_what_it_is(window, desk, settle, word):
    window.open(word)
    settle(desk)
    assert window._title.text() and window._pages[word].isVisible()
    assert not window.bar.isVisible(), window.bar._what.text()


@pytest.mark.parametrize("word", WORDS)
def test_every_control_has_a_name(window, desk, settle, word):
    window.open(word)
    settle(desk)
    controls = [
        w
        for kind in (QAbstractButton, QLineEdit, QComboBox, QTableView, QListWidget)
        for w in window._pages[word].findChildren(kind)
    ]
    nameless = [
        w
        for w in controls
        if w.isVisible()
        and not (
            w.accessibleName()
            or getattr(w, "text", str)()
            or w.parent().accessibleName()
        )
    ]
    inner = [
        w
        for w in nameless
        if w.objectName().startswith("qt_")
        or type(w).__name__ in ("QTableCornerButton", "QToolButton")
    ]
    assert [
        w for w in nameless if w not in inner and type(w) is not QAbstractButton
    ] == []


def test_ctrl_z_takes_back_the_last_action_and_typing_first(
    qtbot, window, desk, office, settle
):
    window.open("participants")
    settle(desk)
    desk.do(window, settings.set_value, "office", "Another name")
    settle(desk)
    assert "Changed a setting" in window.bar._what.text()
    search = window._pages["participants"].search
    search.setFocus()
    qtbot.keyClicks(search, "muk")
    window.activateWindow()
    QApplication.setActiveWindow(window)
    search.setFocus()
    window.undo()
    assert search.text() == "" or not search.hasFocus()
    search.clearFocus()
    window.open("home")
    window._stack.setFocus()
    window.undo()
    settle(desk)
    assert office.ask(settings.all_values)["office"] == "Musanze office"
    assert "Undone" in window.bar._what.text()
    window.redo()
    settle(desk)
    assert office.ask(settings.all_values)["office"] == "Another name"


def test_the_lock_covers_everything_until_the_password(qtbot, window, desk, settle):
    window.open("home")
    settle(desk)
    window.lock()
    assert not window._pages["home"].isVisible()
    lock = window._lock
    window.activateWindow()
    qtbot.waitUntil(lock._password.hasFocus)
    lock._password.setText("wrong")
    qtbot.keyClick(lock._password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(lock._fault.text()))
    assert not window._pages["home"].isVisible()
    lock._password.setText(PASSWORD)
    qtbot.keyClick(lock._password, Qt.Key.Key_Return)
    qtbot.waitUntil(window._pages["home"].isVisible)
    assert not lock._password.text()


def test_no_key_reaches_what_the_lock_covers(qtbot, window, desk, office, settle):
    window.open("home")
    desk.do(window, settings.set_value, "office", "Another name")
    settle(desk)

    def press(key):
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        settle(desk)

    def palettes():
        return [
            w
            for w in QApplication.topLevelWidgets()
            if isinstance(w, CommandPalette) and w.isVisible()
        ]

    press(Qt.Key.Key_K)
    assert palettes()
    window.lock()
    assert not palettes()
    for key in (Qt.Key.Key_K, Qt.Key.Key_Z, Qt.Key.Key_2):
        press(key)
    assert not palettes() and window._here == "home"
    office.unlock(PASSWORD)
    assert office.ask(settings.all_values)["office"] == "Another name"


def test_a_dialog_waits_behind_the_lock_with_what_was_typed(
    qtbot, window, desk, settle
):
    from ui.widgets.dialog import Dialog
    from ui.widgets.form import Field, Form

    form = Form([Field("name", "Name")])
    dialog = Dialog(window, "Rooms", form, "Save")
    dialog.open()
    form.inputs["name"].setText("Kitabi")
    window.lock()
    assert not dialog.isVisible()
    window._lock._password.setText(PASSWORD)
    window._lock._try()
    qtbot.waitUntil(dialog.isVisible)
    assert form.values() == {"name": "Kitabi"}
    dialog.reject()


def test_a_window_left_alone_locks_itself(qtbot, window, desk, settle):
    window.open("home")
    settle(desk)
    idle = window.findChild(Idle)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    idle._timer.stop()
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert idle._timer.isActive()  # a key begins the count anew
    idle._timer.setInterval(1)
    qtbot.waitUntil(window._lock.isVisible)


def test_find_anything_finds_people_and_commands(
    qtbot, window, desk, office, settle, lines
):
    from cbs_desktop.participants import actions

    office.do(actions.import_people, lines(3))
    window.open("home")
    settle(desk)
    window.find_anything()
    palette = next(
        w for w in QApplication.topLevelWidgets() if isinstance(w, CommandPalette)
    )
    qtbot.keyClicks(palette._line, "personb")
    settle(desk)
    assert "PERSONB" in palette._list.item(0).text()
    qtbot.keyClick(palette._line, Qt.Key.Key_Return)
    settle(desk)
    settle(desk)
    assert window._here == "participants"
    assert window._pages["participants"].person.record.row.name == "PERSONB Ineza"


def test_a_narrow_window_keeps_icons_with_names(window, desk, settle):
    window.resize(1092, 576)
    window.open("home")
    settle(desk)
    assert window.width() == 1092 and window.height() == 576
    assert all(
        not made.text() and made.accessibleName() and made.toolTip()
        for made in window.rail.buttons.values()
    )


def test_bigger_text_and_the_other_theme(window, desk, settle, qapp):
    window.open("home")
    settle(desk)
    window.bigger()
    assert qapp.font().pixelSize() == 15
    window.smaller()
    before = qapp.styleSheet()
    window.turn_theme()
    assert qapp.styleSheet() != before
    window.turn_theme()


def test_a_mistake_of_ours_shows_a_page_and_keeps_the_window(window, desk, settle):
    window.open("home")
    settle(desk)
    try:
        raise ValueError("MUKAMANA Alice")
    except ValueError as problem:
        window.show_crash(problem)
    crash = window._stack.currentWidget()
    from PySide6.QtWidgets import QLabel

    words = " ".join(one.text() for one in crash.findChildren(QLabel))
    assert "ValueError" in words and "MUKAMANA" not in words
    window._leave_crash()
    assert window._stack.currentWidget() is window._pages["home"]


def test_what_a_role_may_not_open_is_absent(qtbot, dressed, sign_in):
    from ui.desk import Desk
    from ui.main_window import MainWindow

    desk = Desk(sign_in("clerk"))
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.closeEvent = lambda event: event.accept()
    assert set(window.rail.buttons) == {
        "home",
        "participants",
        "screening",
        "attendance",
        "certificates",
        "help",
    }
    desk.close()


def test_sign_in_paints_without_the_database(tmp_path, office_template):
    program = (
        "import sys\nfrom pathlib import Path\nfrom ui.app import App\n"
        f"app = App(Path({str(office_template)!r}))\napp.sign_in.show()\napp.qt.processEvents()\napp.sign_in.grab()\n"
        "heavy = {'sqlalchemy', 'sqlcipher3', 'reportlab', 'alembic', 'qtawesome', 'python_calamine', 'pypdfium2'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip().splitlines()[-1] == "[]"


def test_sign_in_and_a_new_office_by_hand(qtbot, dressed, folder, tmp_path):
    from ui.new_office import NewOffice, RecoveryCode
    from ui.sign_in import SignIn

    page = SignIn(folder)
    qtbot.addWidget(page)
    page.show()
    page._enter._password.setText(PASSWORD)
    with qtbot.waitSignal(page.opened, timeout=20_000) as opened:
        page._enter._open()
    opened.args[0].close()
    page._enter._failed(RuntimeError())
    page._enter._password.setText("wrong words here")
    page._enter._open()
    qtbot.waitUntil(
        lambda: (
            bool(page._enter._fault.text())
            and "Wrong name" in page._enter._fault.text()
        ),
        timeout=20_000,
    )

    page.folder = tmp_path / "new"
    page.make_new()
    new = page._pages.currentWidget()
    assert isinstance(new, NewOffice)
    values = {
        "districts": ("Musanze",),
        "account": "UWERA",
        "password": "long enough words",
    }
    new.form.show_values({**values, "again": "not the same"})
    new.main.click()
    qtbot.waitUntil(lambda: bool(new.form._faults["again"].text()), timeout=20_000)
    assert not (tmp_path / "new").exists() and new.main.isEnabled()
    new.form.show_values({"again": "long enough words"})
    new.main.click()
    qtbot.waitUntil(
        lambda: isinstance(page._pages.currentWidget(), RecoveryCode), timeout=30_000
    )
    shown = page._pages.currentWidget()
    shown.main.click()
    groups = shown.written._groups
    typed = {str(n): groups[n - 1].lower() for n in shown.written.asked}
    shown.written.form.show_values(typed)
    with qtbot.waitSignal(page.opened) as opened:
        shown.main.click()
    opened.args[0].close()


def test_a_problem_of_ours_goes_to_the_crash_page_a_problem_of_theirs_to_the_bar(
    window, desk, settle
):
    from cbs_desktop.errors import Bug, NothingToUndo
    from ui.messages import CrashPage

    window.open("home")
    settle(desk)
    desk.failed.emit(NothingToUndo())
    assert (
        window.bar.isVisible()
        and window._stack.currentWidget() is window._pages["home"]
    )
    desk.failed.emit(Bug("a secret"))
    desk.failed.emit(Bug("another"))
    assert len(window._stack.findChildren(CrashPage)) >= 1 and isinstance(
        window._stack.currentWidget(), CrashPage
    )
    window.open("participants")
    assert (
        window._stack.currentWidget() is window._pages["participants"]
        and window._stack.count() == 2
    )


@pytest.mark.parametrize(
    ("last", "says"),
    [
        ("", "No backup yet"),
        ("2026-03-02T08:00:00+00:00", "Backup: today"),
        ("2026-02-20T08:00:00+00:00", "Backup: 10 days ago"),
    ],
)
def test_the_strip_says_how_old_the_backup_is(qtbot, dressed, office, last, says):
    from ui.rail import Strip

    strip = Strip(office)
    qtbot.addWidget(strip)
    strip.show_backup(last, date(2026, 3, 2))
    assert strip._backup.text() == says


def test_a_backup_renews_the_strip(window, desk, office, settle, tmp_path):
    settle(desk)
    assert window._strip._backup.text() == "No backup yet"
    desk.do(window, keeping.back_up, tmp_path)
    settle(desk)
    assert window._strip._backup.text() == "Backup: today"


def test_ctrl_z_reaches_the_office_from_a_field_in_which_nothing_was_typed(
    qtbot, window, desk, office, settle
):
    window.open("participants")
    desk.do(window, settings.set_value, "office", "Another name")
    settle(desk)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    search = window._pages["participants"].search
    search.setFocus()
    qtbot.waitUntil(search.hasFocus)

    def press(key):
        qtbot.keyClick(window.windowHandle(), key, Qt.KeyboardModifier.ControlModifier)
        settle(desk)
        return search.text(), office.ask(settings.all_values)["office"]

    qtbot.keyClicks(search, "muk")
    assert press(Qt.Key.Key_Z) == ("", "Another name")
    assert press(Qt.Key.Key_Y) == ("muk", "Another name")
    assert press(Qt.Key.Key_Z) == ("", "Another name")
    assert press(Qt.Key.Key_Z) == ("", "Musanze office")


def test_big_text_does_not_widen_the_window(window, desk, settle, qapp):
    window.resize(1092, 576)
    for _ in range(5):
        window.bigger()
    for word in ("home", "participants"):
        window.open(word)
        settle(desk)
    assert qapp.font().pixelSize() == 21
    assert window.width() == 1092
    window._strip.resize(500, 28)
    assert not window._strip._offline.isVisible()
    for _ in range(5):
        window.smaller()


def test_a_locked_window_holds_no_key_and_what_was_asked_waits(
    qtbot, window, desk, office, settle
):
    window.open("home")
    settle(desk)
    window.lock()
    settle(desk)
    assert office.locked
    heard = []
    desk.ask(window, settings.all_values, then=heard.append)
    desk.do(window, settings.set_value, "office", "After the lock")
    assert desk._waiting is not None and len(desk._waiting) == 2
    window._lock._password.setText(PASSWORD)
    window._lock._try()
    qtbot.waitUntil(lambda: not office.locked, timeout=20_000)
    settle(desk)
    assert heard and office.title == "After the lock"


def test_waking_from_sleep_locks(window, desk, settle):
    from datetime import timedelta

    idle = window.findChild(Idle)
    idle.look()
    assert not window._lock.isVisible()
    idle._seen -= timedelta(minutes=2)
    idle.look()
    assert window._lock.isVisible()
    settle(desk)


def test_the_minutes_before_the_lock_are_the_offices(window, desk, settle):
    idle = window.findChild(Idle)
    settle(desk)
    assert idle._timer.interval() == 5 * 60_000
    desk.do(window, settings.set_value, "lock after", 2)
    settle(desk)
    assert idle._timer.interval() == 2 * 60_000


def test_a_locked_window_can_be_closed(window, desk, office, settle):
    window.lock()
    settle(desk)
    desk.do(window, settings.set_value, "office", "Never")
    desk.close()
    assert desk.closed
