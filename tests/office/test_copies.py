"""Copies under Office: listed, rehearsed and restored by keyboard; made by themselves; a fault is said once."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cbs_desktop import settings
from cbs_desktop.errors import DiskFull
from cbs_desktop.keeping import copying
from cbs_desktop.office import Office
from cbs_desktop.participants import actions as participants
from cbs_desktop.safe import copies, switching
from cbs_desktop.safe.copies import Why
from ui.auto_copies import AutoCopies
from ui.office import copies as dialogs
from ui.office.keeping import Keeping

PASSWORD = "four plain words"


@pytest.fixture
def list_of_copies(qtbot, window, desk, office, settle):
    """The dialog over one copy; since then the office was renamed."""
    copying.automatic(office, Why.EXIT)
    office.do(settings.set_value, "office", "Renamed since")
    window.open("office")
    settle(desk)
    window._pages["office"].section(Keeping).show_copies()
    settle(desk)
    (dialog,) = [
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, dialogs.Copies) and each.isVisible()
    ]
    return dialog


def test_a_restore_is_rehearsed_by_keyboard(qtbot, list_of_copies, desk, settle):
    dialog = list_of_copies
    assert len(dialog.table.rows) == 1 and dialog.person.currentText() == "coordinator"
    dialog.password.setFocus()
    qtbot.keyClicks(dialog.password, PASSWORD)
    qtbot.keyClick(dialog.password, Qt.Key.Key_Return)
    settle(desk)
    assert "all is well" in dialog.told.text() and "lose 1 action" in dialog.told.text()
    assert dialog.isVisible() and dialog.main.isEnabled()


def test_a_wrong_password_is_said_and_can_be_typed_again(
    qtbot, list_of_copies, desk, settle
):
    list_of_copies.password.setText("not the password")
    list_of_copies.restore.click()
    settle(desk)
    assert "Wrong name or password" in list_of_copies.told.text()
    assert list_of_copies.restore.isEnabled()


def test_restoring_closes_the_window_and_keeps_the_office_aside(
    qtbot, list_of_copies, window, desk, office, settle, monkeypatch
):
    asked = []

    def yes(_parent, question, _do_it, _keep):
        asked.append(question)
        return True

    monkeypatch.setattr(dialogs, "confirm", yes)
    del window.closeEvent  # the window closes the office itself
    list_of_copies.password.setText(PASSWORD)
    list_of_copies.restore.click()
    qtbot.waitUntil(lambda: office.closed, timeout=30_000)
    qtbot.waitUntil(lambda: switching.read(office.folder) is None, timeout=30_000)
    office.close = lambda: None
    assert "lose 1 action" in asked[0]
    again = Office.open(office.folder, "coordinator", PASSWORD)
    assert again.title == "Musanze office" and again.check().well
    again.close()
    assert len(list(office.folder.parent.glob("office before restore *"))) == 1


def test_a_restore_that_is_not_wished_leaves_nothing(
    list_of_copies, desk, office, settle, monkeypatch
):
    monkeypatch.setattr(dialogs, "confirm", lambda *_: False)
    list_of_copies.password.setText(PASSWORD)
    list_of_copies.restore.click()
    settle(desk)
    assert switching.read(office.folder) is None
    assert not switching.part_of(office.folder).exists()


def test_the_section_tells_of_the_copies(window, desk, office, settle, words):
    copying.automatic(office, Why.EXIT)
    window.open("office")
    settle(desk)
    said = words(window._pages["office"].section(Keeping))
    assert any(each.startswith("1, checked; of 02/03/2026") for each in said)
    assert str(copies.automatic_folder(office.folder)) in said


def test_a_copy_is_made_before_an_import(window, desk, office, lines, settle):
    settle(desk)
    before = office._act
    desk.do(window, participants.import_people, lines(3))
    settle(desk)
    newest = copying.beside(office).newest
    assert newest.why == Why.IMPORT and newest.acts == before


def test_a_copy_is_made_on_exit(window, office, desk, settle):
    settle(desk)
    window._copies.leave()
    newest = copying.beside(office).newest
    assert newest.why == Why.EXIT and newest.acts == office._act


def test_a_copy_that_fails_is_said_once_and_stops_nobody(
    window, desk, office, lines, settle, monkeypatch
):
    def full(*_args):
        raise DiskFull(folder=Path("E:/"))

    said = []
    copier: AutoCopies = window._copies
    with monkeypatch.context() as patch:
        patch.setattr(copying, "automatic", full)
        patch.setattr(window.bar, "show_problem", said.append)
        for _ in range(3):
            copier.work()
            settle(desk)
        assert len(said) == 1 and window._strip._copy_fault.isVisible()
        desk.do(window, participants.import_people, lines(3))
        settle(desk)
        done = office.last_change.action
        assert len(said) == 1 and done == "participants.import_people"
    copier.work()
    settle(desk)
    assert not window._strip._copy_fault.isVisible()


def test_the_stick_is_recognised_when_it_is_put_in(
    window, desk, office, settle, tmp_path, monkeypatch
):
    stick = tmp_path / "STICK"
    stick.mkdir()
    drives = []
    monkeypatch.setattr(copies, "_drives", lambda: iter(drives))
    copies.mark(stick, office.fingerprint)
    said = []
    monkeypatch.setattr(window.bar, "show_word", said.append)
    settle(desk)
    for drives[:] in ([], [stick], [stick]):
        window._copies.look_for_sticks()
        settle(desk)
    assert len(said) == 1 and str(stick) in said[0]
