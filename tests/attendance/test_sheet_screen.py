"""Marks from a spreadsheet in the window: seen before they are written, entered by Enter, taken back by one Undo."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from cbs_desktop.attendance import actions, queries
from tests.contents import contents

STARTS = date(2026, 3, 9)


@pytest.fixture
def grid(office, grouped, calendar):
    (group,) = grouped(13)
    calendar.day = STARTS + timedelta(days=15)
    return lambda: office.ask(queries.grid, group)


@pytest.fixture
def opened(window, desk, settle, grid, dialog):
    """The window of the import, over the grid."""
    window.open("attendance")
    settle(desk)
    window._pages["attendance"].import_marks()
    settle(desk)
    return dialog()


def write(path, *lines):
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_a_file_is_seen_entered_and_taken_back(
    qtbot, desk, settle, office, grid, opened, dialog, tmp_path
):
    now = grid()
    office.do(actions.mark, now.columns[0].id, now.rows[1].person_id, "A")
    before = contents(office)
    lines = [f"{row.number},P,A" for row in now.rows]
    opened.take(write(tmp_path / "marks.csv", "Number,S1,S2", *lines, "12345,P,P"))
    settle(desk)
    said = opened._verdict.text()
    assert said.startswith("26 marks for 13 people and 2 sessions.")
    assert "Empty cells are unknown and change nothing." in said
    assert [opened.tabs.isTabVisible(place) for place in range(3)] == [True, True, True]
    (doubt,) = opened.doubts.rows
    assert doubt.place.row == 15
    assert contents(office) == before and opened.main.isEnabled()
    assert opened.main.hasFocus() or opened.focusWidget() is opened.main
    page = opened._screen
    told = []
    page.said.connect(told.append)
    qtbot.keyClick(opened, Qt.Key.Key_Return)
    settle(desk)
    assert dialog() is None
    assert told == ["25 marks were entered. 1 doubt was left out."]
    assert grid().came[0] == 12 and grid().rows[1].marks[0] == "A"
    desk.undo(page)
    settle(desk)
    assert grid().came[0] == 0 and grid().columns[1].status == ""


def test_what_differs_is_replaced_only_when_it_is_ticked(
    desk, settle, office, grid, opened, tmp_path
):
    now = grid()
    row = now.rows[0]
    office.do(actions.mark, now.columns[0].id, row.person_id, "A")
    opened.take(write(tmp_path / "marks.csv", "Number,S1", f"{row.number},P"))
    settle(desk)
    assert not opened.main.isEnabled() and opened.replace.isVisible()
    opened.replace.setChecked(True)
    assert opened.main.isEnabled()
    opened.finish()
    settle(desk)
    assert grid().rows[0].marks[0] == "P"


def test_the_group_is_chosen_where_the_file_names_none(
    desk, settle, grid, opened, tmp_path
):
    row = grid().rows[0]
    opened.take(write(tmp_path / "marks.csv", "Name,S1,S2", f"{row.name},x,x"))
    settle(desk)
    if not opened.main.isEnabled():
        opened.group.setCurrentIndex(1)
        settle(desk)
    assert len(opened.new.rows) == 2 and opened.doubts.rows == []


def test_a_file_that_cannot_be_read_is_told_and_offers_nothing(
    desk, settle, office, grid, opened, tmp_path
):
    before = contents(office)
    broken = tmp_path / "marks.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    opened.take(broken)
    settle(desk)
    assert opened._trouble.isVisible() and not opened.main.isEnabled()
    opened.take(write(tmp_path / "marks.csv", "Beans,Price", "red,400"))
    settle(desk)
    assert "Nothing would change." in opened._verdict.text()
    assert len(opened.doubts.rows) == 1 and not opened.main.isEnabled()
    assert contents(office) == before
