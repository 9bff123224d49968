"""Office › Referral directory by its widgets: entered, changed, taken out, taken over; undone; read by others."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from cbs_desktop import founding
from cbs_desktop.clock import Calendar
from cbs_desktop.screening import safety
from cbs_desktop.screening.rules import ServiceDetails


@pytest.fixture
def page(window, desk, settle):
    window.open("referrals")
    settle(desk)
    return window._pages["referrals"]


def names(page):
    return [one.service.name for one in page.table.rows]


def choose(page, name):
    page.table.choose(names(page).index(name))


def test_a_service_is_entered_and_stands_in_order(page, dialog, desk, office, settle):
    before = names(page)
    page.new_service()
    opened = dialog()
    opened.inside.show_values({"name": "Health centre Muhoza"})
    opened.finish()
    settle(desk)
    assert (
        opened.isVisible() and "required" in opened.inside._faults["helps_with"].text()
    )
    assert (
        "phone number or a place" in opened.inside._faults["phone"].text()
        and names(page) == before
    )
    opened.inside.show_values({"helps_with": "First help", "phone": "abc"})
    opened.finish()
    settle(desk)
    assert opened.inside._faults["phone"].isVisible() and names(page) == before
    opened.inside.show_values({"phone": "", "place": "Muhoza"})
    opened.finish()
    settle(desk)
    assert dialog() is None and names(page) == sorted([*before, "Health centre Muhoza"])
    found = {one.service.name: one.service for one in office.ask(safety.services)}
    assert found["Health centre Muhoza"] == ServiceDetails(
        "Health centre Muhoza", "First help", "", "Muhoza"
    )


def test_a_service_is_changed_and_undone(
    qtbot, window, page, dialog, desk, office, settle
):
    choose(page, "AVEGA")
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    opened = dialog()
    assert opened.inside.values() == {
        "name": "AVEGA",
        "helps_with": "Widows of the genocide",
        "phone": "7494",
        "place": "",
    }
    opened.inside.show_values({"phone": "0788 000 001"})
    opened.finish()
    settle(desk)
    assert (
        page.table.current().service.phone == "0788 000 001"
        and "AVEGA" in window.bar._what.text()
    )
    window.undo()
    settle(desk)
    assert page.table.current().service.phone == "7494"


def test_taken_out_by_a_key_and_brought_back(qtbot, window, page, desk, settle):
    choose(page, "Police")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.table.setFocus()
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Delete)
    settle(desk)
    assert "Police" not in names(page) and window.bar._undo.isVisible()
    window.undo()
    settle(desk)
    assert "Police" in names(page)


def test_the_list_of_the_country_fills_in_what_is_missing(page, desk, office, settle):
    said = []
    page.said.connect(said.append)
    page.take_list()
    settle(desk)
    assert len(names(page)) == 9 and said == [
        "All services in the national list are already in the directory."
    ]
    for name in ("Police", "Ibuka"):
        choose(page, name)
        page.take_out()
        settle(desk)
    assert len(names(page)) == 7
    page.take_list()
    settle(desk)
    assert len(names(page)) == 9 and len(said) == 1
    office.undo()
    page.refresh()
    settle(desk)
    assert len(names(page)) == 7


def test_an_empty_directory_with_a_list_offers_it(page, desk, settle):
    while page.table.rows:
        page.take_out()
        settle(desk)
    assert "add the national list" in page._none._why.text() and page._none.isVisible()
    assert (
        page._take.isVisible()
        and not page._out.isVisible()
        and not page.table.isVisible()
    )


def test_burundi_begins_empty_and_says_so(qtbot, dressed, settle, dialog, tmp_path):
    from ui.desk import Desk
    from ui.main_window import MainWindow

    plan = founding.Plan("Gitega office", "GI", "BI", ("Gitega",), "coordinator")
    office, _code = founding.found(
        tmp_path / "bi", plan, "four plain words", Calendar(date(2026, 3, 2))
    )
    desk = Desk(office)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.closeEvent = lambda event: event.accept()
    window.show()
    window.open("referrals")
    settle(desk)
    page = window._pages["referrals"]
    assert (
        page._none._why.text()
        == "There is no list for this country: enter the services you know."
    )
    assert not page._take.isVisible() and "take_list" not in [
        act.run.__name__ for act in page.page_actions
    ]
    button = next(b for b in page._none.findChildren(QPushButton) if b.isVisible())
    button.click()
    dialog().inside.show_values(
        {"name": "Centre Seruka", "helps_with": "Violence", "phone": "+257 22 00 00 00"}
    )
    dialog().finish()
    settle(desk)
    assert names(page) == ["Centre Seruka"] and not page._none.isVisible()
    desk.close()
    office.close()


@pytest.mark.parametrize("who", ["clerk", "screener"])
def test_others_read_it_and_change_nothing(qtbot, place_of, dialog, who):
    _desk, _window, page = place_of(who, "referrals")
    assert len(page.table.rows) == 9 and page.page_actions == ()
    assert [b for b in page.findChildren(QPushButton) if b.isVisible()] == []
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert dialog() is None


def test_the_door_at_the_office_leads_here_and_esc_back(
    qtbot, window, page, desk, settle
):
    window.open("office")
    settle(desk)
    next(
        b
        for b in window._pages["office"].findChildren(QPushButton)
        if "directory" in b.text()
    ).click()
    settle(desk)
    assert window._here == "referrals"
    page.back()
    assert window._here == "office"
