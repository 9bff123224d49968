"""Office › Data protection › Retention, by the keyboard: ticked, told, destroyed in parts, and the record saved."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from shiboken6 import isValid

from cbs_desktop.exports import queries as left
from cbs_desktop.rights import retention
from cbs_desktop.rights.rules import Periods
from ui.office import destroying
from ui.office.destroying import DestroyDialog
from ui.office.retention import PeriodsDialog, RecordsDialog, RetentionDialog


def shown(kind):
    for each in QApplication.topLevelWidgets():
        if isinstance(each, kind) and each.isVisible():
            return each
    return None


def said(dialog):
    return " ".join(each.text() for each in dialog.findChildren(QLabel))


@pytest.fixture
def opened(screened, calendar, window, desk, settle):
    """The list years after three people were screened; by day of the calendar."""

    def on(day=date(2029, 6, 1), count=3):
        screened(count)
        calendar.day = day
        window.open("office", "retention")
        settle(desk)
        return shown(RetentionDialog)

    return on


def destroy_all(dialog, qtbot, desk, settle):
    """Ctrl+A by hand, Space by key: everything that is due, to the confirmation."""
    dialog.tick_all()
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    return shown(DestroyDialog)


def test_a_row_is_ticked_by_space_and_destroyed(opened, qtbot, desk, office, settle):
    dialog = opened()
    assert not dialog.main.isEnabled()
    dialog.table.setFocus()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert "1" in dialog.main.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    asked = shown(DestroyDialog)
    assert "1 questionnaire" in said(asked) and "before and after" in said(asked)
    qtbot.keyClick(asked, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    assert not isValid(asked)
    assert len(office.ask(retention.retention).due) == 2
    assert len(dialog.table.rows) == 2


def test_it_can_be_stopped_between_people(
    opened, qtbot, desk, office, settle, monkeypatch
):
    monkeypatch.setattr(destroying, "_AT_ONCE", 1)
    dialog = opened()
    asked = destroy_all(dialog, qtbot, desk, settle)
    asked.finish()
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    settle(desk)
    assert len(office.ask(retention.retention).due) == 2
    (record,) = office.ask(retention.destructions)
    assert record.content.count("MU-L1-") == 1
    assert office.check().well


def test_an_only_coordinator_erases_with_the_password(
    opened, qtbot, desk, office, settle
):
    dialog = opened(date(2032, 1, 1), 2)
    asked = destroy_all(dialog, qtbot, desk, settle)
    assert "only coordinator" in said(asked)
    asked.password.setText("not these words at all")
    asked.finish()
    settle(desk)
    assert "Wrong name or password" in said(asked)
    asked.reject()
    settle(desk)
    asked = destroy_all(dialog, qtbot, desk, settle)
    asked.password.setText("four plain words")
    asked.finish()
    settle(desk)
    assert office.ask(retention.retention).due == ()
    assert office.check().well


def test_the_periods_are_changed(opened, desk, office, settle):
    dialog = opened()
    dialog.change_periods()
    form = shown(PeriodsDialog)
    form.inside.show_values({"keep answers": 3})
    form.finish()
    settle(desk)
    assert shown(PeriodsDialog) is form  # three months are too few
    form.inside.show_values({"keep answers": 48})
    form.finish()
    settle(desk)
    assert office.ask(retention.retention).periods == Periods(48, 60)
    assert dialog.table.rows == []


def test_the_record_is_saved(opened, qtbot, desk, office, settle, tmp_path):
    dialog = opened()
    destroy_all(dialog, qtbot, desk, settle).finish()
    settle(desk)
    dialog.show_records()
    settle(desk)
    records = shown(RecordsDialog)
    records.save_to(records.table.current(), tmp_path / "record.pdf")
    settle(desk)
    assert (tmp_path / "record.pdf").read_bytes().startswith(b"%PDF")
    assert office.ask(left.what_left)[0].kind == "destruction record"
