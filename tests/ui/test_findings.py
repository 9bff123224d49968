"""What the check found, as a person at the desk sees it: said at the start, dealt with by its buttons."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions as participants
from tests.tamper import sql
from ui.desk import Desk
from ui.findings import Findings
from ui.main_window import MainWindow


@pytest.fixture
def spoilt(office, lines):
    """An office in which somebody changed a name beside the program; the number of the person."""
    office.do(participants.import_people, lines(2))
    row = office.ask(overview.roster).rows[0]
    change = f"UPDATE person SET own_name = 'X' WHERE id = {row.id}"
    sql(change)(office.folder, office._keys.data)
    return row


def words(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def press(dialog, text):
    found = next(b for b in dialog.findChildren(QPushButton) if b.text() == text)
    found.setFocus()
    QTest.keyClick(found, Qt.Key.Key_Space)


def test_the_start_says_what_was_found_and_it_is_put_back(
    office, spoilt, desk, window, settle, dialog
):
    window.check()
    settle(desk)
    shown = dialog()
    assert isinstance(shown, Findings)
    assert spoilt.number in words(shown) and "Own name" in words(shown)
    press(shown, "Put it back as the journal has it")
    settle(desk)
    assert "Dealt with" in words(shown)
    assert office.ask(overview.roster).rows[0] == spoilt
    assert office.check().well


def test_all_well_says_nothing(desk, window, settle, dialog):
    window.check()
    settle(desk)
    assert dialog() is None and not window.bar.isVisible()


def test_a_clerk_is_told_to_call_the_coordinator_and_sees_no_record(
    sign_in, folder, lines, qtbot, settle, dialog
):
    office = sign_in("coordinator")
    office.do(participants.import_people, lines(2))
    sql("UPDATE consent SET mode = 'x'")(folder, office._keys.data)
    office.close()
    desk = Desk(sign_in("clerk"))
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    window.check()
    settle(desk)
    assert dialog() is None
    assert "Tell the coordinator" in words(window.bar)
    assert "Consent" not in words(window.bar)
    window.close()
