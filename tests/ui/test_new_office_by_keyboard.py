"""An office from nothing, by keys alone: founded, opened, and somebody registered down to the village."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cbs_desktop.overview import queries as overview
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.new_office import NewOffice, RecoveryCode
from ui.participants.form import PersonForm
from ui.sign_in import SignIn

CONTROL = Qt.KeyboardModifier.ControlModifier
PASSWORD = "long enough words"


class Hands:
    """What a person does at the keyboard: keys go to the widget that has the focus in a window."""

    def __init__(self, top):
        self.top = top

    def press(self, *keys, control=False):
        for key in keys:
            held = CONTROL if control else Qt.KeyboardModifier.NoModifier
            QTest.keyClick(self.top.focusWidget() or self.top, key, held)

    def write(self, text):
        QTest.keyClicks(self.top.focusWidget(), text)

    def tab_to(self, widget):
        """Tab until a widget, or something inside it, has the focus."""
        for _step in range(80):
            focused = self.top.focusWidget()
            if focused is widget or (focused and widget.isAncestorOf(focused)):
                return
            self.press(Qt.Key.Key_Tab)
        pytest.fail(f"Tab never reaches {widget.accessibleName()!r}")


@pytest.fixture
def nothing(qtbot, dressed, home, tmp_path):
    page = SignIn(tmp_path / "office")
    qtbot.addWidget(page)
    page.show()
    return page


@pytest.fixture
def founded(qtbot, nothing):
    """The office as the sign-in hands it over, after the recovery code was typed back from paper."""
    hands = Hands(nothing)
    hands.press(Qt.Key.Key_Return)  # of the three doors the new office comes first
    new = nothing._pages.currentWidget()
    assert isinstance(new, NewOffice)
    districts = new.form.inputs["districts"]
    hands.tab_to(districts)
    choose(hands, districts, "Musanze")
    for key, text in (
        ("account", "UWERA"),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ):
        hands.tab_to(new.form.inputs[key])
        hands.write(text)
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: isinstance(nothing._pages.currentWidget(), RecoveryCode), timeout=30_000
    )
    shown = nothing._pages.currentWidget()
    hands.tab_to(shown.main)
    hands.press(Qt.Key.Key_Return)
    groups = shown.written._groups
    with qtbot.waitSignal(nothing.opened) as opened:
        for number in shown.written.asked:
            hands.tab_to(shown.written.form.inputs[str(number)])
            hands.write(groups[number - 1].lower())
        hands.press(Qt.Key.Key_Return)
    yield opened.args[0]
    if not opened.args[0].closed:
        opened.args[0].close()


def choose(hands, box, name):
    """The first letters lead to a name, Space ticks it."""
    hands.write(name)
    assert box.currentItem().text() == name
    hands.press(Qt.Key.Key_Space)
    assert box.value() == (name,)


def test_somebody_is_registered_down_to_the_village(qtbot, founded, settle):
    desk = Desk(founded)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.closeEvent = lambda event: event.accept()
    window.show()
    settle(desk)
    for key in (Qt.Key.Key_2, Qt.Key.Key_N):  # participants, and a new one
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        QTest.keyClick(window.windowHandle(), key, CONTROL)
        settle(desk)
    (form,) = [
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, PersonForm) and each.isVisible()
    ]
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    fill(qtbot, Hands(form), form, desk, settle)
    (row,) = founded.ask(overview.roster).rows
    assert row.name == "Mukamana Alice"
    assert row.place == "Musanze › Cyuve › Kabeza › Bucuzi"
    desk.close()


def fill(qtbot, hands, form, desk, settle):
    """The usual fields, and a village by any part of its name."""
    inputs = form._form.inputs
    assert form.focusWidget() is inputs["own_name"]
    hands.write("Mukamana")
    hands.tab_to(inputs["other_names"])
    hands.write("Alice")
    hands.tab_to(inputs["sex"])
    hands.write("f")
    hands.tab_to(inputs["born_year"])
    hands.write("1990")
    hands.tab_to(inputs["place_id"])
    hands.write("bucuzi kabeza")
    settle(desk)
    offered = inputs["place_id"].completer()
    qtbot.waitUntil(lambda: offered.popup().isVisible())
    QTest.keyClick(offered.popup(), Qt.Key.Key_Down)
    QTest.keyClick(offered.popup(), Qt.Key.Key_Return)
    assert inputs["place_id"].text() == "Musanze › Cyuve › Kabeza › Bucuzi"
    hands.press(Qt.Key.Key_Return, control=True)
    settle(desk)
