"""Home of a season that is over: it says so, and shows no scroll bar where all of it fits."""

import pytest
from PySide6.QtWidgets import QLabel, QScrollArea

from ui.desk import Desk
from ui.main_window import MainWindow


@pytest.fixture
def home(qtbot, dressed, practice):
    desk = Desk(practice)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.closeEvent = lambda event: event.accept()
    window.resize(1366, 728)
    window.show()
    window.open("home", None)
    qtbot.waitUntil(lambda: desk.idle() and "2026A" in words(window), timeout=20_000)
    yield window._pages["home"]
    desk.close()


def words(widget):
    labels = widget.findChildren(QLabel)
    return " | ".join(label.text() for label in labels if label.isVisible())


def test_home_of_an_ended_round_says_so_and_leads_to_the_next(home):
    said = words(home.window())
    assert "round 2026A, which is over" in said
    assert "62 groups, ended" in said
    assert "It ended on 3 Jul 2026." in said


def test_a_list_that_fits_shows_no_scroll_bar(qtbot, home):
    areas = home.findChildren(QScrollArea)
    assert areas
    qtbot.waitUntil(lambda: all(area.widget().height() > 100 for area in areas))
    for area in areas:
        needed = area.widget().heightForWidth(area.viewport().width())
        if needed <= area.viewport().height():
            assert area.verticalScrollBar().maximum() == 0
    todos = areas[0].verticalScrollBar()
    assert todos.maximum() == 0


def test_a_small_window_scrolls_to_the_last_task(qtbot, home):
    home.window().resize(1092, 500)
    todos = home.findChildren(QScrollArea)[0]
    qtbot.waitUntil(lambda: todos.verticalScrollBar().maximum() > 0)
    assert todos.widget().height() >= todos.widget().heightForWidth(
        todos.viewport().width()
    )
