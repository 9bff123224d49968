"""A new office on its first day: nothing is there, and every place says what to do first."""

import pytest

from cbs_desktop import founding
from cbs_desktop.errors import NoRound
from cbs_desktop.overview import queries as overview
from cbs_desktop.programmes import queries as programmes
from cbs_desktop.reports import queries as reports

PLACES = (
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
    "help",
)


@pytest.fixture
def first_day(qtbot, dressed, tmp_path):
    from ui.desk import Desk
    from ui.main_window import MainWindow

    office, _code = founding.found(
        tmp_path / "new",
        founding.Plan("", "", "BI", ("Gitega",), "KEZA"),
        "long enough words",
    )
    desk = Desk(office)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.closeEvent = lambda event: event.accept()
    window.show()
    yield office, desk, window
    desk.close()
    office.close()


@pytest.mark.parametrize("word", PLACES)
def test_every_place_opens_and_at_most_asks_for_a_round(first_day, settle, word):
    _office, desk, window = first_day
    window.open(word)
    settle(desk)
    assert window._pages[word].isVisible()
    if window.bar.isVisible():
        assert (
            window.bar._what.text() == "No round has been opened yet."
            and "Office" in window.bar._more.text()
        )


def test_home_says_where_to_begin(first_day, settle):
    office, desk, window = first_day
    window.open("home")
    settle(desk)
    assert not window.bar.isVisible()
    assert [todo.code for todo in office.ask(overview.today).todos] == ["backup"]


def test_a_round_is_opened_at_the_office_page_and_everything_wakes_up(
    first_day, settle, qtbot
):
    from datetime import date

    from PySide6.QtWidgets import QApplication

    from ui.widgets.dialog import Dialog

    office, desk, window = first_day
    with pytest.raises(NoRound):
        office.ask(reports.graduation)
    window.open("office")
    settle(desk)
    window._pages["office"].new_round()
    settle(desk)
    dialog = next(
        w
        for w in QApplication.topLevelWidgets()
        if isinstance(w, Dialog) and w.isVisible()
    )
    dialog.inside.show_values(
        {"name": "2027A", "starts": date(2027, 1, 11), "ends": date(2027, 1, 4)}
    )
    dialog.finish()
    settle(desk)
    assert (
        dialog.isVisible()
        and "earlier than the start" in dialog.inside._faults["ends"].text()
    )
    dialog.inside.show_values({"ends": date(2027, 6, 30)})
    dialog.finish()
    settle(desk)
    assert [one.name for one in office.ask(programmes.rounds)] == ["2027A"]
    assert office.ask(reports.graduation).total.total == 0
