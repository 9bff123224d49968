"""Ticking people and working on all of them, by keyboard alone and by mouse; the window of lists. Real widgets."""

from datetime import date
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cbs_desktop import clock
from cbs_desktop.overview import lists
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions, rules
from cbs_desktop.participants.rules import PersonDetails
from cbs_desktop.places import actions as places
from ui.desk import Desk
from ui.participants.bulk import ConsentMany, LeaveMany, MoveMany, Steps
from ui.participants.people import Participants
from ui.people_lists import ListWindow

TODAY = date(2026, 3, 2)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def _the_day(monkeypatch, calendar):
    monkeypatch.setattr(clock, "now", calendar)


@pytest.fixture
def page(office, lines, window, desk, settle):
    office.do(actions.import_people, lines(70))
    window.open("participants")
    settle(desk)
    return window._pages["participants"]


@pytest.fixture
def cyuve(office, musanze):
    return office.do(places.add_path, musanze, ["Cyuve"])


def tick(qtbot, page, count):
    """Tick the first rows by keyboard."""
    page.table.setFocus()
    page.table.choose(0)
    for _row in range(count):
        qtbot.keyClick(page.table, Qt.Key.Key_Space)
        qtbot.keyClick(page.table, Qt.Key.Key_Down)


def keys(qtbot, window, key, modifiers):
    """A key of the window, wherever the cursor is."""
    window.activateWindow()
    QApplication.setActiveWindow(window)
    qtbot.keyClick(window.windowHandle(), key, modifiers)


def test_three_are_ticked_moved_and_moved_back_by_keyboard(
    qtbot, window, page, cyuve, dialog, desk, office, settle
):
    tick(qtbot, page, 3)
    assert page.ticks.number.text() == "3 ticked"
    names = [row.name for row in page.table.ticked()]
    shift = Qt.KeyboardModifier.ShiftModifier
    keys(qtbot, window, Qt.Key.Key_M, CONTROL | shift)
    shown = dialog()
    assert isinstance(shown, MoveMany)
    place = shown.form.inputs["place_id"]
    assert shown.focusWidget() is place
    qtbot.keyClicks(place, "Musanze, Cyuve")
    settle(desk)
    assert shown.summary.text() == "Will be done for 3 people."
    assert [line.name for line in shown.people.rows] == names
    assert shown.main.text() == "Move 3 people"
    place.completer().popup().hide()
    qtbot.keyClick(place, Qt.Key.Key_Return)
    settle(desk)
    assert dialog() is None
    moved = [row for row in page.table.rows if row and row.place.endswith("Cyuve")]
    assert [row.name for row in moved] == names
    assert page.ticks.ids() == ()
    window.undo()
    settle(desk)
    assert not [row for row in page.table.rows if row and row.place.endswith("Cyuve")]


def test_all_that_are_shown_are_ticked_also_beyond_the_page(
    qtbot, page, office, desk, settle
):
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_A, CONTROL)
    settle(desk)
    assert page.ticks.number.text() == "70 ticked"
    assert set(page.ticks.ids()) == set(office.ask(lists.roster_ids))
    page.refresh()
    settle(desk)
    page.table.choose(69)
    settle(desk)
    assert page.table.model_rows.has_tick(page.table.rows[69])
    page.ticks.tick_none()
    assert page.ticks.ids() == ()
    page.search.setText("personb")
    settle(desk)
    shown = len(page.table.rows)
    page.ticks.tick_shown()
    settle(desk)
    assert 0 < shown < 70 and len(page.ticks.ids()) == shown
    page.search.setText("")
    settle(desk)
    assert len(page.ticks.ids()) == shown


def test_a_click_on_the_box_ticks(qtbot, page):
    box = page.table.visualRect(page.table.model().index(1, 0)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert page.ticks.ids() == (page.table.rows[1].id,)
    name = page.table.visualRect(page.table.model().index(2, 1)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=name)
    assert len(page.ticks.ids()) == 1


def test_children_are_left_out_of_a_consent_and_named(
    qtbot, page, dialog, desk, office, settle, musanze
):
    child = PersonDetails("CYUZUZO", "Ange", "F", musanze, born_on=date(2014, 1, 1))
    child_id = office.do(actions.register, child)
    adult_id = page.table.rows[0].id
    page.table.model_rows.tick_keys({child_id, adult_id})
    page.ticks.consent_ticked()
    shown = dialog()
    assert isinstance(shown, ConsentMany)
    settle(desk)
    boxes = shown.form.inputs["purposes"]
    boxes.show_value(("photo", "sharing"))
    shown.look_anew()
    settle(desk)
    assert "1 person is left out" in shown.summary.text()
    assert shown.people.rows[0].name == "CYUZUZO Ange"
    qtbot.keyClick(shown.main, Qt.Key.Key_Return)
    settle(desk)
    stands = rules.standing(office.ask(overview.record, adult_id).consents, TODAY)
    assert {"photo", "sharing"} <= set(stands)
    assert office.ask(overview.record, child_id).consents == ()


def test_departure_needs_its_day_before_anything_is_done(
    qtbot, page, dialog, desk, office, settle
):
    tick(qtbot, page, 2)
    ids = page.ticks.ids()
    page.ticks.leave_ticked()
    shown = dialog()
    assert isinstance(shown, LeaveMany)
    settle(desk)
    qtbot.keyClick(shown.main, Qt.Key.Key_Return)
    settle(desk)
    assert dialog() is shown and shown.form._faults["left_on"].text()
    qtbot.keyClicks(shown.form.inputs["left_on"], "1/3/2026")
    settle(desk)
    qtbot.keyClick(shown.form.inputs["left_on"], Qt.Key.Key_Return)
    settle(desk)
    assert dialog() is None
    assert {office.ask(overview.record, i).row.state for i in ids} == {"left"}


def test_nobody_ticked_is_said(page, dialog):
    heard = []
    page.said.connect(heard.append)
    page.ticks.move_ticked()
    assert dialog() is None and "Nobody is ticked" in heard[0]


def test_what_is_under_way_is_stopped_by_esc_and_changes_nothing(
    qtbot, page, cyuve, dialog, desk, office, settle, monkeypatch
):
    tick(qtbot, page, 2)
    page.ticks.move_ticked()
    shown = dialog()
    shown.form.show_values({"place_id": (cyuve, "Musanze › Cyuve")})
    settle(desk)

    class Stopped(Steps):
        def __call__(self, done, total):
            self.stopped = True
            super().__call__(done, total)

    monkeypatch.setattr("ui.participants.bulk.Steps", Stopped)
    shown.finish()
    settle(desk)
    assert shown._trouble.text() == "Stopped. Nothing is changed."
    steps = Steps()
    shown._steps = steps
    shown.reject()
    assert steps.stopped and dialog() is shown
    shown._steps = None
    assert not [row for row in page.table.rows if row and row.place.endswith("Cyuve")]


def test_somebody_merged_away_is_no_longer_ticked(page, desk, settle):
    heard = []
    page.said.connect(heard.append)
    page.table.model_rows.tick_keys({page.table.rows[0].id, 1})
    page.refresh()
    settle(desk)
    assert page.ticks.ids() == (page.table.rows[0].id,)
    assert "no longer in the list" in heard[0]


def test_a_list_is_seen_and_saved(qtbot, window, page, dialog, desk, settle, tmp_path):
    tick(qtbot, page, 2)
    names = [row.name for row in page.table.ticked()]
    keys(qtbot, window, Qt.Key.Key_P, CONTROL)
    shown = dialog()
    assert isinstance(shown, ListWindow)
    settle(desk)
    assert "2 people" in shown.facts.text() and shown.preview.pages == 1
    shown.save_to(tmp_path / "list.pdf")
    settle(desk)
    (sheet,) = pypdfium2.PdfDocument(tmp_path / "list.pdf")
    text = sheet.get_textpage().get_text_bounded()
    assert all(name in text for name in names)
    shown.save_to(tmp_path / "list.xlsx")
    settle(desk)
    table = openpyxl.load_workbook(BytesIO((tmp_path / "list.xlsx").read_bytes()))
    named = [row[2] for row in table.active.values]
    assert named[1:3] == ["name not shared", "name not shared"]
    shown.close()


def test_the_own_list_comes_back_as_it_was(
    page, dialog, desk, settle, office, tmp_path
):
    page.ticks.show_lists()
    shown = dialog()
    settle(desk)
    shown._form.inputs["kind"].show_value("own")
    settle(desk)
    shown._form.show_values({"columns": ("name", "phone"), "divided": "sector"})
    shown._changed()
    settle(desk)
    shown.save_to(tmp_path / "own.pdf")
    settle(desk)
    shown.close()
    page.ticks.show_lists()
    again = dialog()
    settle(desk)
    again._form.inputs["kind"].show_value("own")
    settle(desk)
    values = again._form.values()
    assert values["columns"] == ("name", "phone") and values["divided"] == "sector"
    again._form.inputs["kind"].show_value("ages")
    settle(desk)
    offered = set(again._form.inputs["columns"].offered())
    assert offered == {"sex", "born", "age", "place"}
    assert not again._form.inputs["all_names"].isEnabled()
    again.close()


def test_a_screener_prints_but_changes_nobody(sign_in, qtbot, dressed, settle):
    desk = Desk(sign_in("screener"))
    page = Participants(desk)
    qtbot.addWidget(page)
    words = {action.label for action in page.page_actions}
    assert "Print or save a list" in words
    assert "Change the place of those ticked" not in words
    settle(desk)
    desk.close()
