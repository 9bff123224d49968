"""The grid by keyboard alone, with real widgets over a real office."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from cbs_desktop.attendance import actions, queries
from tests.attendance.test_actions import STARTS
from ui.attendance.marks_model import BEFORE


@pytest.fixture
def group(office, grouped, calendar):
    (made,) = grouped(13)
    calendar.day = STARTS + timedelta(days=15)
    return made


@pytest.fixture
def page(window, settle, desk, group):
    window.open("attendance")
    settle(desk)
    return window._pages["attendance"]


@pytest.fixture
def press(qtbot, settle, desk, page):
    """Keys into the grid, one by one, each answered before the next."""

    def type_in(*keys):
        for key in keys:
            qtbot.keyClick(page.table, key)
            settle(desk)

    return type_in


def marks(office, group, session=0):
    return [row.marks[session] for row in office.ask(queries.grid, group).rows]


def test_all_present_is_one_key_and_an_exception_two(office, group, press):
    press(Qt.Key.Key_F9)
    assert set(marks(office, group)) == {"P"}
    press(Qt.Key.Key_Down, "a")
    assert marks(office, group)[:3] == ["P", "A", "P"]


def test_letters_go_down_the_list(office, group, page, press):
    press("p", "L", "e", "a", Qt.Key.Key_Return, "p")
    assert marks(office, group)[:7] == ["P", "L", "E", "A", "", "P", ""]
    assert page.table.currentIndex().row() == 6
    press(Qt.Key.Key_Up, Qt.Key.Key_Delete)
    assert marks(office, group)[5] == ""


def test_a_digit_begins_the_head_count(office, group, page, press, qtbot, settle, desk):
    press(Qt.Key.Key_F9, "1")
    assert page.heads.hasFocus() and page.heads.text() == "1"
    qtbot.keyClicks(page.heads, "2")
    qtbot.keyClick(page.heads, Qt.Key.Key_Return)
    settle(desk)
    assert office.ask(queries.grid, group).columns[0].head_count == 12
    assert page.table.hasFocus()
    assert page._chip.text() == "Paper says 12 came, marks say 13"
    press("a")
    assert page._chip.text() == "13 of 13 marked"


def test_a_head_count_is_saved_when_somebody_goes_elsewhere(
    office, group, page, press, qtbot, settle, desk
):
    press(Qt.Key.Key_F9, "1")
    qtbot.keyClicks(page.heads, "1")
    page.table.setCurrentIndex(page.table.marks.index(0, BEFORE + 1))
    page.table.setFocus()
    settle(desk)
    columns = office.ask(queries.grid, group).columns
    assert [column.head_count for column in columns[:2]] == [11, None]
    assert page.heads.text() == ""


@pytest.mark.parametrize("by_session", [True, False])
def test_who_was_led_to_a_group_stays_there(
    window, settle, desk, office, grouped, calendar, by_session
):
    first, second = grouped(26)
    calendar.day = STARTS + timedelta(days=15)
    found = office.ask(queries.grid, first)
    office.do(actions.mark, found.columns[0].id, found.rows[0].person_id, "P")
    session = office.ask(queries.grid, second).columns[2].id
    item = ("session", second, session) if by_session else second
    window.open("attendance", item)
    settle(desk)
    page = window._pages["attendance"]
    assert page._grid.group_id == second
    if by_session:
        assert page.table.session_place() == 2


def test_a_head_count_that_is_no_number_is_said(office, group, page, press, qtbot):
    press("1")
    qtbot.keyClicks(page.heads, "x")
    with qtbot.waitSignal(page.said) as said:
        qtbot.keyClick(page.heads, Qt.Key.Key_Return)
    assert "whole number" in said.args[0]
    assert office.ask(queries.grid, group).columns[0].head_count is None


def test_f2_shows_a_mark_whole_and_keeps_a_remark(
    office, group, page, press, dialog, settle, desk
):
    press("l", Qt.Key.Key_Up)
    page.open_cell()
    settle(desk)
    opened = dialog()
    form = opened._forms[0]
    assert form.values()["mark"] == "L" and "reason" not in form.inputs
    form.inputs["words"].setText("came with her baby")
    opened.finish()
    settle(desk)
    assert dialog() is None
    found = office.ask(queries.grid, group)
    assert set(found.remarks.values()) == {"came with her baby"}
    settle(desk)
    cell = page.table.marks.index(0, BEFORE)
    said = cell.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.endswith("session 1, late, came with her baby")


def test_a_correction_asks_for_its_reason(
    office, group, page, press, dialog, settle, desk, calendar
):
    press("p", Qt.Key.Key_Up)
    calendar.day += timedelta(days=30)
    page.open_cell()
    settle(desk)
    opened = dialog()
    form = opened._forms[0]
    form.inputs["mark"].show_value("A")
    opened.finish()
    settle(desk)
    assert dialog() is opened and marks(office, group)[0] == "P"
    form.inputs["reason"].show_value("paper read late")
    opened.finish()
    settle(desk)
    assert dialog() is None and marks(office, group)[0] == "A"


def test_f4_records_what_became_of_a_session(
    office, group, page, press, dialog, settle, desk
):
    page.change_session()
    settle(desk)
    opened = dialog()
    form = opened._forms[0]
    form.inputs["status"].show_value("cancelled")
    form.inputs["setback"].show_value("rain or road")
    opened.finish()
    settle(desk)
    session = office.ask(queries.grid, group).columns[0]
    assert session.status == "cancelled"
    record = office.ask(queries.session_details, session.id).record
    assert record.setback == "rain or road"


def test_the_next_morning_goes_on_at_the_same_row(
    office, group, desk, settle, qtbot, page
):
    found = office.ask(queries.grid, group)
    person = found.rows[6].person_id
    office.do(actions.mark, found.columns[1].id, person, "E")
    from ui.main_window import MainWindow

    again = MainWindow(desk)
    qtbot.addWidget(again)
    again.closeEvent = lambda event: event.accept()
    again.show()
    again.open("attendance")
    settle(desk)
    here = again._pages["attendance"].table.currentIndex()
    assert (here.row(), here.column()) == (7, BEFORE + 1)


def test_letters_of_the_programme_are_the_keys(
    office, group, page, press, dialog, window, settle, desk
):
    window.open("office")
    settle(desk)
    window._pages["office"].change_marks()
    form = dialog()._forms[0]
    for part, value in {"letter": "m", "counts": "came", "en": "made up"}.items():
        form.inputs[f"mark 5: {part}"].show_value(value)
    dialog().finish()
    settle(desk)
    assert dialog() is None
    window.open("attendance")
    settle(desk)
    page.refresh()
    settle(desk)
    press("m")
    assert marks(office, group)[0] == "M"


def test_a_person_shows_the_sessions_of_all_groups(
    office, group, window, settle, desk, dialog
):
    found = office.ask(queries.grid, group)
    row = found.rows[0]
    office.do(actions.mark, found.columns[0].id, row.person_id, "E")
    office.do(actions.remark, found.columns[0].id, row.person_id, "a funeral")
    window.open("participants", row.person_id)
    settle(desk)
    page = window._pages["participants"]
    page.show_attendance()
    settle(desk)
    said = [each.text() for each in dialog().findChildren(QLabel)]
    assert "1, 9 Mar: excused, a funeral" in said
    assert f"{found.name} · 2026A" in said
