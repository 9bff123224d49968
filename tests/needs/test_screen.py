"""What needs a person by keyboard: from Home to a list, to a person or a register; a visit noted; a list printed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from cbs_desktop.attendance import actions as attendance
from cbs_desktop.needs.kinds import NEEDS


@pytest.fixture
def page(qtbot, window, desk, settle, marked):
    marked("AAA")
    window.open("needs", "visits")
    settle(desk)
    return window._pages["needs"]


def press(qtbot, widget, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(widget, key, modifier)


def test_home_leads_to_the_list(qtbot, window, desk, settle, marked):
    marked("AAA")
    window.open("home")
    settle(desk)
    buttons = window._pages["home"].findChildren(QPushButton)
    (go,) = [one for one in buttons if one.accessibleName() == "1 person to visit: See list"]  # fmt: skip
    go.click()
    settle(desk)
    found = window._pages["needs"]
    assert found.kind == "visits" and len(found.tables["visits"].rows) == 1
    assert window._facts.text() == "1 person"


def test_enter_opens_the_person(qtbot, window, desk, settle, page):
    table = page.tables["visits"]
    press(qtbot, table, Qt.Key.Key_Return)
    settle(desk)
    assert window._here == "participants"


def test_a_visit_is_noted_by_keyboard_and_the_person_goes(
    qtbot, desk, settle, page, dialog
):
    page.visited()
    form = dialog()
    assert page.tables["visits"].rows[0].name not in form.windowTitle()
    press(qtbot, form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    assert dialog() is None
    assert page.tables["visits"].rows == []
    assert "Nothing to do here." in page._why.text()
    desk.undo(page)
    settle(desk)
    assert len(page.tables["visits"].rows) == 1


def test_a_register_opens_at_its_session_and_the_next_one_after_it(
    qtbot, window, desk, settle, office, grid, group
):
    window.open("needs", "todays-registers")
    settle(desk)
    needs = window._pages["needs"]
    table = needs.tables["todays-registers"]
    assert [line.session for line in table.rows] == [1, 2, 3]
    table.choose(1)
    press(qtbot, table, Qt.Key.Key_Return)
    settle(desk)
    assert window._here == "attendance"
    sheet = window._pages["attendance"]
    assert sheet.table.session_place() == 1
    office.do(attendance.mark_all, grid().columns[1].id)
    sheet.next_register()
    settle(desk)
    assert sheet.table.session_place() == 0
    office.do(attendance.mark_all, grid().columns[0].id)
    sheet.next_register()
    settle(desk)
    assert sheet.table.session_place() == 2
    for place in (0, 2):
        office.do(attendance.mark_all, grid().columns[place].id)
    said = []
    sheet.said.connect(said.append)
    sheet.next_register()
    settle(desk)
    assert said == ["No other register is to be typed today."]


def test_a_list_is_seen_as_it_prints_and_saved(qtbot, page, dialog, tmp_path, desk, settle):  # fmt: skip
    from cbs_desktop.exports.rules import OWN

    page.print_list()
    paper = dialog()
    assert paper.preview.pages == 1
    paper.save_to(tmp_path / "visits.pdf", OWN)
    settle(desk)
    assert (tmp_path / "visits.pdf").read_bytes().startswith(b"%PDF")


def test_every_list_has_a_table_with_a_name(page):
    assert list(page.tables) == list(NEEDS)
    assert all(table.accessibleName() for table in page.tables.values())
    assert [page._count_of(kind) for kind in ("visits", "never-came")] == ["1", "1"]
